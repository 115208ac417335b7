"""What the form of “Chuyển xuống dưới” asks: whom, by when, in which paper. Everything that is wrong is told at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from kheo.core.days import typed_day
from kheo.core.problems import Problem
from kheo.core.relaying.dates import MovedDate, date_faults
from kheo.documents.relay_letter import RELAY_KINDS, RelayKind
from kheo.org.queries import Placed
from kheo.web.numbers import number_of


@dataclass(frozen=True)
class Asked:
    """`days`: for each duty the day that stands in its field, as typed in `typed`; `problems` name the field."""

    kinds: frozenset[str]
    left_out: frozenset[int]
    kind: RelayKind
    symbol: str
    subject: str
    days: tuple[date | None, ...]
    plan_due: date | None
    typed: tuple[str, ...] = ()
    plan_typed: str = ""
    problems: tuple[Problem, ...] = field(default=())

    def recipients(self, under: Sequence[Placed]) -> list[Placed]:
        """Of the units below those of the kinds that are ticked, without those that are left out."""
        return [each for each in under if each.kind in self.kinds and each.id not in self.left_out]


def at_first(under: Sequence[Placed], moved: Sequence[MovedDate], symbol: str, subject: str) -> Asked:
    """Everybody, on the days that the rule gives, by letter."""
    days = tuple(each.day for each in moved)
    typed = tuple(day.isoformat() if day else "" for day in days)
    return Asked(frozenset(each.kind for each in under), frozenset(), "", symbol, subject, days, None, typed)


def read(sent: QueryDict, moved: Sequence[MovedDate], today: date) -> Asked:
    """What was sent. Texts that are no day are told, with the number of their duty."""
    problems: list[Problem] = []
    typed = tuple(sent.get(f"han-{place}", "") for place in range(len(moved)))
    days = tuple(_day(text, f"han-{place}", f"Việc {place + 1}", problems) for place, text in enumerate(typed))
    problems += list(_unkept(days, moved, today))
    plan = _day(sent.get("han-ke-hoach", ""), "han-ke-hoach", "Hạn có kế hoạch", problems)
    if plan is not None and plan < today:
        problems.append(Problem("Hạn có kế hoạch ở trước hôm nay.", key="han-ke-hoach"))
    kind: RelayKind = next((each for each in RELAY_KINDS if each == sent.get("kieu", "")), "")
    return Asked(
        frozenset(sent.getlist("loai")), frozenset(number_of(each) for each in sent.getlist("tru")), kind,
        sent.get("ky-hieu", ""), sent.get("trich-yeu", ""), days, plan, typed, sent.get("han-ke-hoach", ""), tuple(problems),
    )  # fmt: skip


def _day(text: str, key: str, what: str, problems: list[Problem]) -> date | None:
    if not text.strip():
        return None
    try:
        return typed_day(text)
    except ValueError:
        problems.append(Problem(f"{what}: “{text}” không phải là một ngày.", key=key))
        return None


def _unkept(days: Sequence[date | None], moved: Sequence[MovedDate], today: date) -> Iterator[Problem]:
    for place, (day, each) in enumerate(zip(days, moved, strict=True)):
        yield from (Problem(f"Việc {place + 1}: {said}", key=f"han-{place}") for said in date_faults(day, each, today))
