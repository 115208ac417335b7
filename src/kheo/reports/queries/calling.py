"""Who is late with a report to a recipient, whether they were reminded, and the letters that called them in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from kheo.campaigns.models import Cycle
from kheo.core.consolidated import UnitRef
from kheo.core.days import due_day, format_day, local_day
from kheo.core.workflow import Role, State
from kheo.documents.call_in_letter import CallIn as Letter
from kheo.documents.call_in_letter import LateUnit
from kheo.notices.models import Digest
from kheo.org.models import Post, SnapshotUnit, in_force
from kheo.reports.models import CalledIn, CallIn, Obligation
from kheo.reports.queries.transitions import successors_at

# Digests older than this say nothing about who was reminded of this cycle's report.
_REMEMBERED = timedelta(days=120)
# Where a line of a digest about an own report leads: to be filled in, or to be signed.
REPORT_PAGES = ("report", "submit_report")


@dataclass(frozen=True)
class Late:
    """A report that was due and has not come; `answered_by`: the unit whose people it is to come from."""

    obligation_id: int
    answered_by: int
    state: State
    due_at: datetime


def late_reports(cycle: Cycle, recipient: int, at: datetime) -> list[Late]:
    """Every report owed to the recipient that was due by then and of which nothing has been received, in the order of the tree."""
    rows = Obligation.objects.filter(
        cycle=cycle, recipient=recipient, due_at__lte=at, report__received_at__isnull=True, closed_at__isnull=True
    )
    found = rows.order_by("position", "pk").values_list("pk", Coalesce("filler_id", "unit_id"), "report__state", "due_at")
    return [Late(owed, unit, State(state or State.NOT_STARTED), due) for owed, unit, state, due in found]


def late_count(cycle: Cycle, recipient: int, at: datetime) -> int:
    """How many they are: one query."""
    return Obligation.objects.filter(
        cycle=cycle, recipient=recipient, due_at__lte=at, report__received_at__isnull=True, closed_at__isnull=True
    ).count()


def owed_count(cycle: Cycle, recipient: int) -> int:
    """How many reports the recipient is owed in the cycle."""
    return Obligation.objects.filter(cycle=cycle, recipient=recipient).count()


def reminders(late: Sequence[Late], at: datetime) -> dict[int, str]:
    """By obligation, who was reminded of it last: `nhắc ngày 12/11/2023: Nguyễn Thị An`, `đôn đốc ngày 16/11/2023`; absent for nobody."""
    told = _told_in_digests(late, at)
    called = CalledIn.objects.filter(obligation__in=[each.obligation_id for each in late], call_in__made_at__lt=at)
    for owed, made_at in called.order_by("call_in__made_at").values_list("obligation_id", "call_in__made_at"):
        told[owed] = [each for each in told.get(owed, []) if not each.startswith("đôn đốc")] + [
            f"đôn đốc ngày {format_day(local_day(made_at))}"
        ]
    return {owed: "; ".join(words)[:400] for owed, words in told.items()}


def _told_in_digests(late: Sequence[Late], at: datetime) -> dict[int, list[str]]:
    """What the digests of the units' people told of: the last day for each report, with their names."""
    day = local_day(at)
    posts = Post.objects.filter(in_force(day), unit__in=[each.answered_by for each in late], role__in=[Role.OFFICER, Role.HEAD])
    names = dict(posts.values_list("user_id", "user__full_name"))
    digests = Digest.objects.filter(person__in=list(names), day__gte=day - _REMEMBERED, written_at__lt=at).order_by("day")
    wanted = {each.obligation_id for each in late}
    found: dict[int, tuple[str, list[str]]] = {}
    for person, told_on, lines in digests.values_list("person_id", "day", "lines"):
        for owed in wanted & set(_reports_in(lines)):
            words = f"nhắc ngày {format_day(told_on)}"
            others = found[owed][1] if owed in found and found[owed][0] == words else []
            found[owed] = (words, [*others, names[person]])
    return {owed: [f"{words}: {', '.join(dict.fromkeys(people))}"] for owed, (words, people) in found.items()}


def _reports_in(lines: Iterable[Mapping[str, object]]) -> Iterable[int]:
    for line in lines:
        args = line.get("args")
        if line.get("page") in REPORT_PAGES and isinstance(args, list) and args and isinstance(args[0], int):
            yield args[0]


@dataclass(frozen=True)
class LetterLine:
    """A letter in the list of those that a recipient made."""

    letter_id: int
    made_at: datetime
    made_by: str
    units: int
    came_since: int


def letters_of(cycle: Cycle, recipient: int) -> list[LetterLine]:
    """The letters of a recipient in a cycle, newest first, with how many of the units called in have sent their report since."""
    rows = CallIn.objects.filter(cycle=cycle, recipient=recipient).annotate(
        units=Count("lines"), came=Count("lines", filter=Q(lines__obligation__report__received_at__isnull=False))
    )
    return [LetterLine(row.pk, row.made_at, row.made_by, row.units, row.came) for row in rows.order_by("-made_at", "-pk")]


def letter_of(cycle: Cycle, recipient: int, letter_id: int) -> Letter | None:
    """What one letter says, as it said it when it was made; None when the recipient made none of that number."""
    row = CallIn.objects.filter(pk=letter_id, cycle=cycle, recipient=recipient).first()
    if row is None:
        return None
    lines = list(CalledIn.objects.filter(call_in=row).select_related("obligation").order_by("obligation__position", "pk"))
    units = refs(cycle, [line.obligation.unit_id for line in lines])
    day = local_day(row.made_at)
    successors = successors_at([line.obligation_id for line in lines], row.made_at)
    late = (
        LateUnit(
            unit=units[line.obligation.unit_id],
            state=line.state,
            due_on=due_day(line.due_at),
            days=(day - due_day(line.due_at)).days,
            reminded=line.reminded,
            instead=successors.get(line.obligation_id, ""),
        )
        for line in lines
    )
    return Letter(cycle.name, row.made_at, row.expected, tuple(late))


def refs(cycle: Cycle, units: Collection[int]) -> dict[int, UnitRef]:
    """Units as the cycle's tree has them."""
    rows = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit__in=units)
    return {row.unit_id: UnitRef(row.code, row.name, row.kind) for row in rows}
