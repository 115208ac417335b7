"""Reports of units that ended in mid-cycle: who decides, what can be decided, what was decided, and whether the tables agree."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from kheo.campaigns.models import Cycle
from kheo.core.days import local_day
from kheo.core.definition import Definition
from kheo.core.workflow import Act, State
from kheo.journal.queries import entries_about
from kheo.org.models import SnapshotUnit, UnitName, in_force
from kheo.org.queries import forebears, heirs_on, living, names_around, not_there
from kheo.reports.models import Obligation, Report, Revision, Transition
from kheo.reports.models.transitions import TRANSITIONS
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.open_to import other_recipients_of, reroutable, successors_of
from kheo.reports.queries.touched.change import among, answering
from kheo.reports.queries.touched.reports import OPEN


def decider_of(obligation: Obligation, on: date) -> int:
    """The unit whose office decides: the recipient; where that has ended too, the nearest living unit above it in the cycle's tree.

    Where nothing above lives either, whoever followed the recipient.
    """
    return decider_for(obligation.cycle.snapshot_id, obligation.recipient_id, on)


def decider_for(snapshot: int, unit: int, on: date) -> int:
    """The same for whatever waits at a unit of a cycle's tree."""
    placed = SnapshotUnit.objects.filter(snapshot=snapshot, unit=unit).first()
    line = [unit, *(placed.ancestors if placed else ())]  # nearest first
    alive = living(line, on)
    return next((each for each in line if each in alive), next(iter(heirs_on(unit, on)), unit))


def has_ended(obligation: Obligation, on: date) -> bool:
    """Whether the unit that owes the report is not there any more."""
    return not living([obligation.unit_id], on)


def is_decided(obligation: Obligation, on: date) -> bool:
    """Whether nothing waits for a decision: closed, or somebody living fills it in and somebody living receives it."""
    return obligation.closed_at is not None or len(living([obligation.answering_id, obligation.recipient_id], on)) == 2


def successors(obligation: Obligation, on: date) -> dict[int, str]:
    """Units that the report may be handed to, with their names: `successors_of`."""
    found = successors_of([obligation], on)[obligation.pk]
    names = names_around(found, on)
    return {unit: names[unit] for unit in found}


def other_recipients(obligation: Obligation, on: date) -> dict[int, str]:
    """Units that may receive the report instead, with their names: `other_recipients_of`."""
    found = other_recipients_of([obligation], on)[obligation.pk]
    names = names_around(found, on)
    return {unit: names[unit] for unit in found}


def may_reroute(obligation: Obligation, on: date) -> bool:
    """Whether it is `reroutable`."""
    return obligation.pk in reroutable([obligation], on)


def transitions_of(obligation_id: int) -> list[Transition]:
    """Every decision about one report, oldest first."""
    return list(Transition.objects.filter(obligation=obligation_id).order_by("pk"))


def sent_instead(report: Report, definition: Definition) -> dict[str, Any] | None:
    """For the enclosures of a revision: the successor that sends it instead of the unit that ended."""
    filler = report.obligation.filler_id
    return None if filler is None else {"unit": filler, "name": names_around([filler], local_day(report.updated_at)).get(filler, "")}


def sent_by(revision: Revision | None) -> dict[str, Any] | None:
    """The successor that sent a submission instead of the unit, as the submission itself says: `unit` and `name`."""
    return ((revision.enclosures if revision else None) or {}).get("instead")


def successors_at(obligations: Collection[int], at: datetime) -> dict[int, str]:
    """By obligation, the name of the successor that answered at an instant, of those that had one: two queries whatever their number."""
    rows = Transition.objects.filter(obligation__in=list(obligations), act=Act.HAND_OVER, decided_at__lte=at).order_by("pk")
    handed = {owed: (to, unit) for owed, to, unit in rows.values_list("obligation_id", "to_id", "obligation__unit_id")}
    found = {owed: to for owed, (to, unit) in handed.items() if to != unit}  # handed back
    names = names_around(set(found.values()), local_day(at)) if found else {}
    return {owed: names.get(filler, "") for owed, filler in found.items()}


def instead_words(revision: Revision | None) -> str:
    """`Liên đoàn Lao động … nộp thay đơn vị cũ`; empty where the unit sent it itself."""
    sent = sent_by(revision)
    return f"{sent['name']} nộp thay đơn vị cũ" if sent else ""


@dataclass(frozen=True)
class Undecided:
    """A report of a unit that has ended, or owed to one that has, about which nobody has decided yet; `has_ended`: the unit itself."""

    obligation: Obligation
    unit_name: str
    state: State
    has_ended: bool


@dataclass(frozen=True)
class Touched:
    """Reports still to come of units that end: each waits for a decision of its recipient's office.

    `drafts` are begun and not sent, `waiting` sent and not decided; `received` are owed to one of these units by another.
    """

    reports: int
    drafts: int
    waiting: int
    received: int
    first_due: datetime | None
    last_due: datetime | None


def touched_by_ending(units: Collection[int]) -> Touched:
    """What the end of these units touches of reports: two queries whatever the number of units."""
    still_open = Obligation.objects.filter(OPEN)
    own = answering(units)
    counted = still_open.filter(own).aggregate(
        reports=Count("pk"),
        drafts=Count("pk", filter=Q(report__state__in=(State.DRAFT, State.RETURNED))),
        waiting=Count("pk", filter=Q(report__state=State.SUBMITTED)),
        first_due=Min("due_at"),
        last_due=Max("due_at"),
    )
    received = still_open.filter(among("recipient", units) & ~own).count()
    return Touched(**counted, received=received)


def lives(unit: str, on: date) -> Exists:
    """Whether the unit of a row is there on a day."""
    return Exists(UnitName.objects.filter(in_force(on), unit=OuterRef(unit)))


def undecided(deciders: Collection[int], on: date) -> "QuerySet[Any, Any]":
    """Obligations on which these units' offices have to decide: reports still to come of units that have ended (or whose successor, if
    they were handed to one, has ended), and those owed to a unit that has ended.

    Of a report that was accepted only what is on its way again to a unit that has ended. Every one is some living unit's: that of
    `decider_of`. Each is told whether its `answering` unit is there (`answers`), and its recipient (`is_received`).
    """
    wanted = Q(recipient__in={*deciders, *ended_near(deciders, on)})
    rows = Obligation.objects.filter(wanted, closed_at__isnull=True).annotate(answering=Coalesce("filler_id", "unit_id"))
    rows = rows.annotate(answers=lives("answering", on), is_received=lives("recipient_id", on))
    again = Q(report__state=State.SUBMITTED) | Q(report__state__in=(State.DRAFT, State.RETURNED), answers=True)
    first = Q(report__accepted__isnull=True) & (Q(answers=False) | Q(is_received=False))
    found = rows.filter(first | again & Q(report__accepted__isnull=False, is_received=False))
    return found if not_there(on) else found.none()  # where no unit has ended nothing is looked through


def ended_and_undecided(deciders: Collection[int], on: date) -> list[Undecided]:
    """All of them, by due date. The same number of queries whatever the number of reports."""
    rows = undecided(deciders, on).select_related("cycle", "report")
    found = list(rows.order_by("due_at", "position", "pk")) if deciders else []
    lost = {(each.cycle.snapshot_id, each.recipient_id) for each in found if not each.is_received}
    mine = decided_by(deciders, lost, on) if lost else set()
    found = [each for each in found if each.is_received or (each.cycle.snapshot_id, each.recipient_id) in mine]
    names = names_around({each.unit_id for each in found}, on) if found else {}
    return [Undecided(each, names.get(each.unit_id, ""), each.state_of(getattr(each, "report", None)), not each.answers) for each in found]


def ended_near(deciders: Collection[int], on: date) -> frozenset[int]:
    """Units that have ended and stood, however deep, below one of these in a cycle's tree, or whose past went to one of these."""
    ended = UnitName.objects.filter(ends__lte=on).exclude(lives("unit_id", on))
    below = SnapshotUnit.objects.filter(snapshot_id__in=Cycle.objects.values("snapshot_id"), ancestors__overlap=list(deciders))
    near = Q(unit_id__in=below.values("unit_id")) | Q(unit_id__in=forebears(deciders, on))
    # As numbers: of a condition on a subquery the planner knows nothing, and reads every obligation.
    return frozenset(ended.filter(near).values_list("unit_id", flat=True)) if not_there(on) else frozenset()


def decided_by(deciders: Collection[int], lost: Collection[tuple[int, int]], on: date) -> set[tuple[int, int]]:
    """Those of the (snapshot, ended recipient) for which one of `deciders` is the unit that decides."""
    return {each for each, decider in deciders_for(lost, on).items() if decider in deciders}


def deciders_for(lost: Collection[tuple[int, int]], on: date) -> dict[tuple[int, int], int]:
    """By (snapshot, ended unit) the unit that decides: `decider_for`, for many at once."""
    placed = SnapshotUnit.objects.filter(snapshot_id__in={each for each, _ in lost}, unit_id__in={unit for _, unit in lost})
    above: dict[tuple[int, int], Collection[int]] = dict.fromkeys(lost, ())
    above |= {(each.snapshot_id, each.unit_id): each.ancestors for each in placed}
    alive = living({unit for line in above.values() for unit in line}, on)
    nearest = {each: next((unit for unit in line if unit in alive), None) for each, line in above.items()}
    return {each: unit or next(iter(heirs_on(each[1], on)), each[1]) for each, unit in nearest.items()}


def transition_faults(cycle: Cycle, names: Mapping[int, str]) -> Iterator[str]:
    """Decisions that the journal does not tell, and obligations that do not stand as the decisions left them."""
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for each in Transition.objects.filter(obligation__cycle=cycle).order_by("pk"):
        facts = (each.act, each.to_id, each.former_id, each.reason, each.ending_id, each.decided_at, each.decided_by)
        rows[each.obligation_id].append(facts)
    told: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for entry in entries_about(OBJECT, Obligation.objects.filter(cycle=cycle).values("pk")):
        if entry.act in TRANSITIONS:
            said = (entry.detail.get("to"), entry.detail.get("former"), entry.detail["reason"], entry.detail.get("ending"))
            told[entry.object_id].append((entry.act, *said, entry.at, entry.actor_name))
    changed = Q(filler__isnull=False) | Q(first_recipient__isnull=False) | Q(closed_at__isnull=False) | Q(pk__in=rows.keys() | told.keys())
    for owed in Obligation.objects.filter(changed, cycle=cycle).order_by("pk"):
        place = f"{names.get(owed.unit_id)}, kỳ {cycle.code} (obligation {owed.pk})"
        if rows.get(owed.pk) != told.get(owed.pk):
            yield f"Quyết định về báo cáo của đơn vị cũ không như nhật ký ghi: {place}."
        stands = (owed.filler_id, owed.recipient_id if owed.first_recipient_id else None, owed.closed_at)
        if _left(owed.unit_id, rows.get(owed.pk, [])) != stands:
            yield f"Đơn vị nộp, nơi nhận hoặc việc thôi thu không như đã quyết định: {place}."


def _left(unit: int, rows: list[tuple[Any, ...]]) -> tuple[int | None, int | None, Any]:
    """Filler, re-routed recipient and instant of closing after these decisions."""
    filler, recipient, closed = None, None, None
    for act, to, _, _, _, at, _ in rows:
        match Act(act):
            case Act.HAND_OVER:
                filler = to if to != unit else None  # handed back
            case Act.REROUTE:
                recipient = to
            case Act.CLOSE:
                closed = at
            case Act.REOPEN:
                closed = None
    return filler, recipient, closed
