"""Opening a cycle: the tree is frozen, and every unit gets its obligation with recipient and due date."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from kheo.campaigns.models import Campaign, Cycle, Edition
from kheo.campaigns.queries import campaign_by_code, cycle_by_code, cycle_templates, definition_of, edition_for, plan_as_kept
from kheo.core.days import NonWorkingDay, UncoveredYearError, WorkingCalendar, due_instant, format_day, local_day
from kheo.core.definition import CycleDates, Definition, Tier
from kheo.core.definition.planning import PlanFault, PlannedDue, plan_dues, plan_faults
from kheo.core.rollup import PARTS
from kheo.core.tree import TreeError
from kheo.core.unit_kinds import LINE_NAMES, Line
from kheo.journal.actions import Actor, record
from kheo.org.actions import BATCH, freeze_tree
from kheo.org.models import SnapshotUnit
from kheo.org.queries import parents_on
from kheo.reports.actions.dispatching import plan_dispatches
from kheo.reports.models import Dispatch, Obligation, Rollup
from kheo.reports.queries.dispatches import dispatched_hash
from kheo.reports.queries.promised import promised_hash


@dataclass(frozen=True)
class OpenResult:
    """The cycle and how many obligations it has; `unaddressed` are units whose tier's line gives them no recipient.

    `dues` are the planned due dates, `doubts` what should be meant about them; both are told of a rehearsal as well.
    """

    cycle: Cycle | None
    is_new: bool
    obligations: int
    unaddressed: tuple[str, ...]
    problems: tuple[str, ...]
    dues: tuple[PlannedDue, ...] = ()
    doubts: tuple[str, ...] = ()
    by_tier: Mapping[str, int] = field(default_factory=dict)


def _refused(*problems: str) -> OpenResult:
    return OpenResult(None, False, 0, (), problems)


@dataclass(frozen=True)
class _Plan:
    """The days of the cycle that is being opened, on which calendar; `is_rehearsal`: nothing is kept in the end."""

    dates: CycleDates
    dues: tuple[PlannedDue, ...]
    calendar: WorkingCalendar
    is_rehearsal: bool

    @property
    def instants(self) -> dict[str, datetime]:
        """By tier: the first instant that is late."""
        return {each.tier: due_instant(each.day) for each in self.dues}

    def further(self, rule: NonWorkingDay) -> dict[tuple[str, str], datetime]:
        """The same of every further recipient, by tier and its id; a day off is moved by the regime's rule."""
        return {key: due_instant(self.calendar.settle(day, rule)) for key, day in self.dates.copies.items()}


def open_cycle(
    campaign_code: str, cycle_code: str, *, calendar: WorkingCalendar, by: Actor, at: datetime, is_rehearsal: bool = False
) -> OpenResult:
    """Open a cycle on the tree of the day of `at`, with the newest edition; opening twice changes nothing.

    Refused where a due date cannot be kept (too near the cut-off, after that of the tier above in the real tree).
    `is_rehearsal`: the same answer, but nothing is stored.
    """
    campaign = campaign_by_code(campaign_code)
    if campaign is None:
        return _refused(f"Chưa có phong trào “{campaign_code}”. Hãy công bố trước: kheo campaign publish TỆP.yaml")
    standing = cycle_by_code(campaign_code, cycle_code)
    if standing:
        return OpenResult(standing, False, standing.obligations.count(), (), ())
    edition = edition_for(campaign, cycle_code)
    definition = definition_of(edition.pk) if edition else None
    dates = definition.cycle(cycle_code) if definition else None
    if edition is None or definition is None or dates is None:
        codes = ", ".join(cycle_templates(campaign))
        return _refused(f"Kỳ “{cycle_code}” không có trong chế độ báo cáo của “{campaign_code}”. Mẫu mã kỳ: {codes}.")
    try:
        plan = _Plan(dates, plan_dues(definition.regime, dates, calendar), calendar, is_rehearsal)
        return _open(campaign, edition, plan, by, at)
    except (TreeError, UncoveredYearError) as error:
        return _refused(str(error))


@transaction.atomic
def _open(campaign: Campaign, edition: Edition, plan: _Plan, by: Actor, at: datetime) -> OpenResult:
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    dates = plan.dates
    raced = cycle_by_code(campaign.code, dates.code)
    if raced:
        return OpenResult(raced, False, raced.obligations.count(), (), ())
    snapshot = freeze_tree(local_day(at), Line.UNION)
    cycle = Cycle.objects.create(
        campaign=campaign,
        edition=edition,
        snapshot=snapshot,
        code=dates.code,
        name=dates.name,
        period=dates.period,
        opens=dates.opens,
        closes=dates.closes,
        cutoff=dates.cutoff,
        opened_at=at,
        plan=plan_as_kept(plan.dues),
    )
    return _oblige(cycle, definition_of(edition.pk), plan, by, at)


def _oblige(cycle: Cycle, definition: Definition, plan: _Plan, by: Actor, at: datetime) -> OpenResult:
    due = plan.instants
    units = list(SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id).order_by("position"))
    recipients = _recipients(cycle.opened_on, definition, units)
    obligations: list[Obligation] = []
    unaddressed: list[str] = []
    for unit in units:
        tier = definition.tier_of(unit.kind)
        if tier is None or tier.id not in due:
            continue
        recipient = recipients[tier.line].get(unit.unit_id)
        if recipient is None:
            unaddressed.append(f"{unit.name} (mã {unit.code}): không có nơi nhận trên tuyến {LINE_NAMES[Line(tier.line)]}")
            continue
        obligations.append(_obligation(cycle, unit, recipient, tier, due))
    if not obligations:
        transaction.set_rollback(True)
        reason = f"cây tổ chức ngày {format_day(cycle.opened_on)} không có loại đơn vị nêu trong chế độ báo cáo"
        return _refused(f"Không có đơn vị nào phải báo cáo: {reason}.", *unaddressed)
    faults = _plan_faults(plan, obligations)
    errors = [fault.message for fault in faults if fault.is_error]
    if errors:
        transaction.set_rollback(True)
        return _refused(*errors)
    Obligation.objects.bulk_create(obligations, batch_size=BATCH)
    dispatches, without = plan_dispatches(cycle, definition, plan.further(definition.regime.non_working_day), obligations, units)
    Dispatch.objects.bulk_create(dispatches, batch_size=BATCH)
    unaddressed += without
    _prepare_rollups(cycle, definition, units, obligations)
    record(
        "open_cycle",
        by=by,
        at=at,
        object_type="cycle",
        object_id=cycle.pk,
        campaign=cycle.campaign.code,
        cycle=cycle.code,
        edition=cycle.edition.hash,
        obligations=len(obligations),
        unaddressed=unaddressed,
        tree=cycle.snapshot.hash,
        promised=promised_hash(cycle, obligations, {}),
        dispatched=dispatched_hash(dispatches),
        plan=cycle.plan,
    )
    transaction.set_rollback(plan.is_rehearsal)
    doubts = tuple(fault.message for fault in faults)
    counts = Counter(each.tier for each in obligations)
    return OpenResult(cycle, True, len(obligations), tuple(unaddressed), (), plan.dues, doubts, counts)


def _plan_faults(plan: _Plan, obligations: Sequence[Obligation]) -> list[PlanFault]:
    """What is wrong with the dates in this tree: a tier stands under the earliest tier that any of its recipients reports in."""
    days = {each.tier: each.day for each in plan.dues}
    tier_of = {each.unit_id: each.tier for each in obligations}
    above: dict[str, str] = {}
    for tier, upper in {(each.tier, tier_of[each.recipient_id]) for each in obligations if each.recipient_id in tier_of}:
        above[tier] = min(upper, above.get(tier, upper), key=lambda each: days[each])
    return list(plan_faults(plan.dates, plan.dues, plan.calendar, above))


def _obligation(cycle: Cycle, unit: SnapshotUnit, recipient: int, tier: Tier, due: dict[str, datetime]) -> Obligation:
    return Obligation(cycle=cycle, unit_id=unit.unit_id, recipient_id=recipient, tier=tier.id, position=unit.position, due_at=due[tier.id])


def _recipients(on: date, definition: Definition, units: Sequence[SnapshotUnit]) -> dict[str, dict[int, int]]:
    """By line: the unit above each unit on the day. The union line is the frozen tree itself, which may be older: equal trees are one."""
    lines = {tier.line for tier in definition.regime.tiers}
    found: dict[str, dict[int, int]] = {Line.UNION: {unit.unit_id: unit.parent_id for unit in units if unit.parent_id is not None}}
    ids = [unit.unit_id for unit in units]
    for line in lines - {Line.UNION.value}:
        found[line] = parents_on(on, Line(line), ids)
    return found


def _prepare_rollups(cycle: Cycle, definition: Definition, units: Sequence[SnapshotUnit], obligations: Sequence[Obligation]) -> None:
    """An empty tally for every inner unit, with how many reports it expects."""
    owed = [0] * (len(units) + 1)
    for obligation in obligations:
        owed[obligation.position + 1] += 1
    for position in range(len(units)):
        owed[position + 1] += owed[position]
    empty = [0] * (PARTS * len(definition.cells))
    Rollup.objects.bulk_create(
        [
            Rollup(
                cycle=cycle,
                unit_id=unit.unit_id,
                position=unit.position,
                ends_at=unit.ends_at,
                expected=owed[unit.ends_at] - owed[unit.position],
                tally=empty,
            )
            for unit in units
            if unit.is_inner
        ],
        batch_size=BATCH,
    )
