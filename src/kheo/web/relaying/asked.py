"""What the form of “Chuyển xuống dưới” asks: whom, by when, in which paper. Everything that is wrong is told at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from kheo.core.days import format_day, typed_day
from kheo.core.paper_books.facts import one_line
from kheo.core.problems import Problem
from kheo.core.relaying.dates import MovedDate, date_faults
from kheo.core.text import fold
from kheo.directives.actions.issuing import symbol_problems
from kheo.documents.relay_letter import RELAY_KINDS, RelayKind
from kheo.org.queries import Placed
from kheo.web.numbers import number_of

_PLANS = re.compile(r"\b(?:xay dung|ban hanh|gui|co|lap|trien khai) (?:\S+ ){0,3}ke hoach\b")
_OF_MONTH = re.compile(r"(?:ngay )?([1-9]|0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class Asked:
    """`days`: for each duty the day that stands in its field, as typed in `typed`; `problems` name the field."""

    kinds: frozenset[str]
    left_out: frozenset[int]
    kind: RelayKind
    symbol: str
    subject: str
    days: tuple[date | int | None, ...]
    plan_due: date | None
    typed: tuple[str, ...] = ()
    plan_typed: str = ""
    problems: tuple[Problem, ...] = field(default=())

    def recipients(self, under: Sequence[Placed]) -> list[Placed]:
        """Of the units below those of the kinds that are ticked, without those that are left out."""
        return [each for each in under if each.kind in self.kinds and each.id not in self.left_out]


def at_first(under: Sequence[Placed], moved: Sequence[MovedDate], symbol: str, subject: str) -> Asked:
    """Everybody, on the days that the rule gives, by letter; a plan by the day that is moved from the superior's for plans."""
    plan = next((each.day for each in moved if each.day and _PLANS.search(fold(each.text))), None)
    days = tuple(each.rhythm.day if each.rhythm else each.day for each in moved)
    typed = tuple(format_day(day) if isinstance(day, date) else str(day or "") for day in days)
    return Asked(
        frozenset(each.kind for each in under), frozenset(), "", symbol, subject, days, plan, typed, format_day(plan) if plan else ""
    )


def read(sent: QueryDict, moved: Sequence[MovedDate], today: date) -> Asked:
    """What was sent. Texts that are no day are told, with the number of their duty."""
    problems: list[Problem] = []
    typed = tuple(sent.get(f"han-{place}", "") for place in range(len(moved)))
    days = tuple(_asked_day(text, place, moved[place], problems) for place, text in enumerate(typed))
    problems += list(_unkept(days, moved, today))
    plan = _day(sent.get("han-ke-hoach", ""), "han-ke-hoach", "Hạn có kế hoạch", problems)
    if plan is not None and plan < today:
        problems.append(Problem("Hạn có kế hoạch ở trước hôm nay.", key="han-ke-hoach"))
    problems += symbol_problems(one_line(sent.get("ky-hieu", ""))) if "ky-hieu" in sent else []
    kind: RelayKind = next((each for each in RELAY_KINDS if each == sent.get("kieu", "")), "")
    return Asked(
        frozenset(sent.getlist("loai")), frozenset(number_of(each) for each in sent.getlist("tru")), kind,
        sent.get("ky-hieu", ""), sent.get("trich-yeu", ""), days, plan, typed, sent.get("han-ke-hoach", ""), tuple(problems),
    )  # fmt: skip


def _asked_day(text: str, place: int, moved: MovedDate, problems: list[Problem]) -> date | int | None:
    key, what = f"han-{place}", f"Việc {place + 1}"
    if moved.rhythm is None or not text.strip():
        return _day(text, key, what, problems)
    said = _OF_MONTH.fullmatch(fold(text))
    if said is None:
        problems.append(Problem(f"{what}: “{text[:40]}” không phải là một ngày trong tháng; viết một số từ 1 đến 31.", key=key))
    return int(said[1]) if said else None


def _day(text: str, key: str, what: str, problems: list[Problem]) -> date | None:
    if not text.strip():
        return None
    try:
        return typed_day(text)
    except ValueError:
        problems.append(Problem(f"{what}: “{text[:40]}” không phải là một ngày; viết như 15/11/2023.", key=key))
        return None


def _unkept(days: Sequence[date | int | None], moved: Sequence[MovedDate], today: date) -> Iterator[Problem]:
    for place, (day, each) in enumerate(zip(days, moved, strict=True)):
        yield from (Problem(f"Việc {place + 1}: {said}", key=f"han-{place}") for said in date_faults(day, each, today))
