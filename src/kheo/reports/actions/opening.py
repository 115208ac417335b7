"""Opening a cycle: the tree is frozen, and every unit gets its obligation with recipient and due date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from kheo.campaigns.models import Campaign, Cycle, Edition
from kheo.campaigns.queries import campaign_by_code, cycle_by_code, cycle_templates, definition_of, edition_for, plan_as_kept
from kheo.core.days import NonWorkingDay, UncoveredYearError, WorkingCalendar, due_instant, format_day, local_day
from kheo.core.definition import CycleDates, Definition
from kheo.core.definition.planning import PlanFault, PlannedDue, plan_dues, plan_faults
from kheo.core.tree import TreeError
from kheo.core.unit_kinds import Line
from kheo.directives.queries.endings import why_no_window
from kheo.journal.actions import Actor, record
from kheo.org.actions import BATCH, freeze_tree
from kheo.reports.actions.dispatching import plan_dispatches
from kheo.reports.actions.obliging import oblige_units, prepare_rollups, upper_tiers
from kheo.reports.models import Dispatch, Obligation
from kheo.reports.queries.dispatches import dispatched_hash
from kheo.reports.queries.promised import promised_hash


@dataclass(frozen=True)
class OpenResult:
    """The cycle and how many obligations it has; `unaddressed` are units whose tier's line gives them no recipient.

    `suspended` are units that owe nothing because they do not work on the day of opening.
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
    suspended: tuple[str, ...] = ()


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
    over = why_no_window(campaign.pk, dates.code, dates.opens)
    if over:
        return _refused(over)
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
    left_out = oblige_units(cycle, definition, plan.instants)
    counts = dict(Obligation.objects.filter(cycle=cycle).order_by().values_list("tier").annotate(Count("pk")))
    if not counts:
        transaction.set_rollback(True)
        reason = f"cây tổ chức ngày {format_day(cycle.opened_on)} không có loại đơn vị nêu trong chế độ báo cáo"
        return _refused(f"Không có đơn vị nào phải báo cáo: {reason}.", *left_out.unaddressed, *left_out.suspended)
    faults = _plan_faults(plan, upper_tiers(cycle))
    errors = [fault.message for fault in faults if fault.is_error]
    if errors:
        transaction.set_rollback(True)
        return _refused(*errors)
    dispatches, without = plan_dispatches(cycle, definition, plan.further(definition.regime.non_working_day))
    Dispatch.objects.bulk_create(dispatches, batch_size=BATCH)
    unaddressed = (*left_out.unaddressed, *without)
    prepare_rollups(cycle, definition)
    total = sum(counts.values())
    record(
        "open_cycle",
        by=by,
        at=at,
        object_type="cycle",
        object_id=cycle.pk,
        campaign=cycle.campaign.code,
        cycle=cycle.code,
        edition=cycle.edition.hash,
        obligations=total,
        unaddressed=list(unaddressed),
        suspended=list(left_out.suspended),
        tree=cycle.snapshot.hash,
        promised=promised_hash(cycle, {}),
        dispatched=dispatched_hash(dispatches),
        plan=cycle.plan,
    )
    transaction.set_rollback(plan.is_rehearsal)
    doubts = tuple(fault.message for fault in faults)
    return OpenResult(cycle, True, total, unaddressed, (), plan.dues, doubts, counts, left_out.suspended)


def _plan_faults(plan: _Plan, uppers: Sequence[tuple[str, str]]) -> list[PlanFault]:
    """What is wrong with the dates in this tree: a tier stands under the earliest tier that any of its recipients reports in."""
    days = {each.tier: each.day for each in plan.dues}
    above: dict[str, str] = {}
    for tier, upper in uppers:
        above[tier] = min(upper, above.get(tier, upper), key=lambda each: days[each])
    return list(plan_faults(plan.dates, plan.dues, plan.calendar, above))
