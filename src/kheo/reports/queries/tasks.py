"""What concerns somebody: the cycle to look at first, and the rows of "Việc của tôi". Asked by unit, never by person."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache

from django.db.models import Count, Min, Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, light_cycles
from kheo.core.days import due_day, local_day
from kheo.core.plausibility import NOTHING, Standard
from kheo.core.timeliness import Timeliness, timeliness
from kheo.core.workflow import Role, State
from kheo.org.models import Post, in_force
from kheo.org.queries import names_around
from kheo.reports.models import Dispatch, Obligation, Report, answered_by
from kheo.reports.queries.changed_below import units_to_decide
from kheo.reports.queries.filling import Count as Answered
from kheo.reports.queries.filling import Standing, is_touched, lacks_only_signature, standing_of, words_of
from kheo.reports.queries.plausible import standards_for
from kheo.reports.queries.remarks import Asking, asking

NOTHING_ASKED = Asking()


def current_cycle(units: Collection[int]) -> Cycle | None:
    """The newest cycle in which one of these units owes or receives a report."""
    concerned = Q(obligations__unit__in=units) | Q(obligations__recipient__in=units) | Q(obligations__filler__in=units)
    every = light_cycles().order_by("-closes", "-opens", "-pk")
    return every.filter(concerned).first() or every.filter(obligations__dispatches__recipient__in=units).first()


@lru_cache(maxsize=4096)
def receives_reports(cycle_id: int, unit_id: int) -> bool:
    """Whether reports of a cycle were addressed to a unit when the cycle opened: fixed then, so kept in memory."""
    asked = Q(recipient=unit_id, first_recipient__isnull=True) | Q(first_recipient=unit_id)
    return Obligation.objects.filter(asked, cycle=cycle_id).exists()


def has_taken_over(cycle_id: int, unit_id: int) -> bool:
    """Whether reports of a cycle were sent on to a unit after the opening: asked each time, since it can change any day."""
    return Obligation.objects.filter(cycle=cycle_id, recipient=unit_id, first_recipient__isnull=False).exists()


@lru_cache(maxsize=4096)
def receives_copies(cycle_id: int, unit_id: int) -> bool:
    """Whether reports of a cycle go to a unit besides; fixed in the same way."""
    return Dispatch.objects.filter(obligation__cycle=cycle_id, recipient=unit_id).exists()


@dataclass(frozen=True)
class Due:
    """A due date seen from a day: negative `days_left` are days late.

    `first_on`: the due date given at the opening, where an extension has moved it.
    """

    on: date
    days_left: int
    received_at: datetime | None = None
    kind: Timeliness = Timeliness.OPEN
    first_on: date | None = None

    @property
    def received_day(self) -> date | None:
        """The day on which it first came in."""
        return local_day(self.received_at) if self.received_at else None


def due_of(obligation: Obligation, report: Report | None, now: datetime) -> Due:
    """When the report is due, how long that is from now, and how it came in."""
    day = due_day(obligation.due_at)
    received = report.received_at if report else None
    kind = timeliness(received, obligation.due_at, obligation.promised_at, now)
    first_on = due_day(obligation.promised_at) if obligation.promised_at else None
    return Due(day, (day - local_day(now)).days, received, kind, first_on)


@dataclass(frozen=True)
class OwnTask:
    """A report that somebody's unit owes. `standing` is None once the unit can change nothing; a draft is read only when it is asked for.

    `is_changed_below`: sums below have changed since it was sent, and the unit has not decided whether to send a supplement.
    """

    obligation: Obligation
    report: Report | None
    unit_name: str
    recipient_name: str
    heads: tuple[str, ...]
    due: Due
    standard: Standard = NOTHING
    asking: Asking = NOTHING_ASKED
    is_changed_below: bool = False

    @cached_property
    def standing(self) -> Standing | None:
        """How far it is, held against `standard`."""
        if not self.is_open:
            return None
        definition = definition_of(self.obligation.cycle.edition_id)
        return standing_of(definition, self.report.figures if self.report else {}, words_of(self.report, ()), self.standard)

    @property
    def state(self) -> State:
        """Where the report stands."""
        return self.obligation.state_of(self.report)

    @property
    def is_open(self) -> bool:
        """Whether the unit has something to do."""
        return self.state in OPEN

    @property
    def is_touched(self) -> bool:
        """Whether anything differs from what was last sent."""
        return self.report is not None and is_touched(self.report)

    @property
    def is_ready(self) -> bool:
        """Whether only the signature is missing."""
        return self.report is not None and self.standing is not None and lacks_only_signature(self.report, self.standing, self.asking)

    @property
    def count(self) -> Answered:
        """Cells answered of all; of a report that was sent, all of them."""
        if self.standing:
            return self.standing.count
        cells = len(definition_of(self.obligation.cycle.edition_id).input_cells)
        return Answered(cells, cells)


OPEN = (State.NOT_STARTED, State.DRAFT, State.RETURNED)


def own_tasks(units: Collection[int], now: datetime) -> list[OwnTask]:
    """What these units owe: open reports by due date (so the late ones first), then what was sent, newest first."""
    owed = owed_reports(units)
    names = names_around({each.unit_id for each in owed} | {each.recipient_id for each in owed}, local_day(now))
    heads = heads_of(units, local_day(now))
    reports = [report for each in owed if (report := getattr(each, "report", None))]
    asked, changed = asking(reports), units_to_decide(reports)
    standards = standards_for([each.obligation for each in reports if each.state in OPEN and is_full(each)])
    tasks = [_own_task(each, names, heads, asked, standards, now) for each in owed]
    tasks = [replace(task, is_changed_below=task.report is not None and task.report.pk in changed) for task in tasks]
    still_open = sorted((task for task in tasks if task.is_open), key=lambda task: (task.obligation.due_at, task.obligation.pk))
    return still_open + [task for task in tasks if not task.is_open]


def is_full(report: Report) -> bool:
    """Whether every cell to fill in has an answer; before, what else a report lacks need not be asked."""
    return len(report.figures) >= len(definition_of(report.obligation.cycle.edition_id).input_cells)


def _own_task(
    owed: Obligation,
    names: dict[int, str],
    heads: dict[int, tuple[str, ...]],
    asked: dict[int, Asking],
    standards: dict[int, Standard],
    now: datetime,
) -> OwnTask:
    report: Report | None = getattr(owed, "report", None)
    return OwnTask(
        obligation=owed,
        report=report,
        unit_name=names.get(owed.unit_id, ""),
        recipient_name=names.get(owed.recipient_id, ""),
        heads=heads.get(owed.answering_id, ()),
        due=due_of(owed, report, now),
        standard=standards.get(owed.pk, NOTHING),
        asking=asked.get(report.pk, NOTHING_ASKED) if report else NOTHING_ASKED,
    )


def heads_of(units: Collection[int], on: date) -> dict[int, tuple[str, ...]]:
    """Names of the people who sign for each of these units on a day."""
    found: dict[int, tuple[str, ...]] = {}
    rows = Post.objects.filter(in_force(on), unit__in=units, role=Role.HEAD).order_by("starts", "pk")
    for unit, name in rows.values_list("unit_id", "user__full_name"):
        found[unit] = (*found.get(unit, ()), name)
    return found


@dataclass(frozen=True)
class ReviewTask:
    """What waits at a recipient in one cycle: `waiting_since` is the day of the oldest submission not yet looked at."""

    cycle: Cycle
    recipient_id: int
    recipient_name: str
    waiting_since: date | None
    expected: int
    submitted: int
    accepted: int
    returned: int
    overdue: int
    closed: int = 0


# As on the board: what was accepted stays so while a supplement is written, and waits again once that is sent.
IS_COUNTED = Q(report__accepted__isnull=False, report__state__in=(State.DRAFT, State.RETURNED, State.ACCEPTED))


def review_tasks(recipients: Collection[int], now: datetime) -> list[ReviewTask]:
    """Counts of the reports addressed to these units by cycle, newest first: a fixed number of queries."""
    rows = (
        Obligation.objects.filter(recipient__in=recipients)
        .values("cycle_id", "recipient_id")
        .annotate(
            expected=Count("pk"),
            submitted=Count("pk", filter=Q(report__state=State.SUBMITTED)),
            accepted=Count("pk", filter=IS_COUNTED),
            returned=Count("pk", filter=Q(report__state=State.RETURNED) & ~IS_COUNTED),
            overdue=Count("pk", filter=Q(due_at__lte=now, report__received_at__isnull=True, closed_at__isnull=True)),
            closed=Count("pk", filter=Q(closed_at__isnull=False)),
            oldest=Min("report__latest__submitted_at", filter=Q(report__state=State.SUBMITTED)),
        )
        .order_by("cycle_id", "recipient_id")
    )
    found = list(rows)
    cycles = light_cycles().in_bulk([row["cycle_id"] for row in found])
    names = names_around(recipients, local_day(now))
    counted = ("expected", "submitted", "accepted", "returned", "overdue", "closed")
    tasks: list[ReviewTask] = []
    for row in found:
        cycle, recipient, counts = cycles[row["cycle_id"]], row["recipient_id"], {name: row[name] for name in counted}  # type: ignore[literal-required]
        since = local_day(row["oldest"]) if row["oldest"] else None
        tasks.append(ReviewTask(cycle, recipient, names.get(recipient, ""), since, **counts))
    return sorted(tasks, key=lambda task: (task.cycle.closes, task.cycle.pk), reverse=True)


def owed_reports(units: Collection[int]) -> list[Obligation]:
    """The obligations of these units with cycle and report, the latest due date first."""
    rows = Obligation.objects.filter(answered_by(units)).select_related("cycle__campaign", "cycle__edition", "report__latest")
    return list(rows.defer("cycle__edition__definition", "cycle__edition__source").order_by("-due_at", "pk"))
