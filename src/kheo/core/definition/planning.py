"""The real due dates of a cycle: the rules of the regime on a working-day calendar, from the top tier down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kheo.core.days import UncoveredYearError, WorkingCalendar, format_day, format_day_of_week, weekday_name
from kheo.core.definition.placing import Finding
from kheo.core.definition.regime import BackRule, CycleDates, Regime, cycles_in

MOVES = {"next": "chuyển sang ngày làm việc kế tiếp", "previous": "chuyển về ngày làm việc liền trước", "same": "giữ nguyên"}


@dataclass(frozen=True)
class PlannedDue:
    """The due date of a tier: `rule_day` is the day of the rule, `day` the real one.

    `why` says what made them differ or how it was counted, and is empty for a day that stands where the rule put it. A tier that is
    planned back has no day of its own: `rule_day` is `day`.
    """

    tier: str
    name: str
    rule_day: date
    day: date
    why: str

    @property
    def is_moved(self) -> bool:
        """Whether the calendar moved it."""
        return self.day != self.rule_day


def plan_dues(regime: Regime, dates: CycleDates, calendar: WorkingCalendar) -> tuple[PlannedDue, ...]:
    """By tier from below, as the regime lists them. Raises UncoveredYearError for a year that is not in the calendar."""
    names = {tier.id: tier.name for tier in regime.tiers}
    found = {tier: _settled(regime, tier, names[tier], day, calendar) for tier, day in dates.due.items()}
    waiting = dict(dates.back)
    while waiting:
        ready = {tier: rule for tier, rule in waiting.items() if rule.before in found}
        if not ready:
            raise ValueError(f"due dates in a ring: {', '.join(waiting)}")  # a checked definition has none
        for tier, rule in ready.items():
            found[tier] = _counted_back(tier, names[tier], rule, found[rule.before], calendar)
            del waiting[tier]
    return tuple(found[tier.id] for tier in regime.tiers if tier.id in found)


def _settled(regime: Regime, tier: str, name: str, day: date, calendar: WorkingCalendar) -> PlannedDue:
    settled = calendar.settle(day, regime.non_working_day)
    if calendar.is_working(day):
        return PlannedDue(tier, name, day, settled, "")
    return PlannedDue(tier, name, day, settled, f"{format_day(day)} là {_day_off(day, calendar)}: {MOVES[regime.non_working_day]}")


def _day_off(day: date, calendar: WorkingCalendar) -> str:
    holiday = calendar.names.get(day)
    return f"ngày nghỉ ({holiday})" if holiday else weekday_name(day)


def _counted_back(tier: str, name: str, rule: BackRule, above: PlannedDue, calendar: WorkingCalendar) -> PlannedDue:
    day = calendar.before(above.day, rule.working_days)
    offs = (day + timedelta(days=offset) for offset in range(1, (above.day - day).days))
    passed = dict.fromkeys(calendar.names[each] for each in offs if each in calendar.names and not calendar.is_working(each))
    without = f", không tính {', '.join(passed)}" if passed else ""
    why = f"{rule.working_days} ngày làm việc trước hạn {format_day(above.day)} của {above.name}{without}"
    return PlannedDue(tier, name, day, day, why)


@dataclass(frozen=True)
class PlanFault:
    """A due date that does not work: of which tier, and why. `is_error`: nobody could keep it; otherwise it should be meant."""

    tier: str
    message: str
    is_error: bool


def plan_faults(dates: CycleDates, dues: Sequence[PlannedDue], calendar: WorkingCalendar, above: Mapping[str, str]) -> Iterator[PlanFault]:
    """What is wrong with the real dates. `above`: for a tier, the tier whose report is made of its reports.

    A whole working day lies between cut-off and due date (NĐ 09/2019/NĐ-CP, Điều 12), and no tier is due after the one above.
    """
    days = {each.tier: each for each in dues}
    for each in dues:
        if each.day <= dates.cutoff or not calendar.working_days(dates.cutoff + timedelta(days=1), each.day + timedelta(days=1)):
            words = f"Hạn {format_day_of_week(each.day)} không cách ngày chốt số liệu {format_day(dates.cutoff)} một ngày làm việc nào"
            yield PlanFault(each.tier, f"{words} (kỳ {dates.code}).", is_error=True)
        upper = days.get(above.get(each.tier, ""))
        if upper is not None and each.day >= upper.day:
            when = "sau" if each.day > upper.day else "cùng ngày với"
            words = f"Hạn {format_day_of_week(each.day)} {when} hạn của cấp trên “{upper.name}” ({format_day(upper.day)}, kỳ {dates.code})."
            yield PlanFault(each.tier, words, is_error=each.day > upper.day)


def tiers_above(regime: Regime, period: str) -> dict[str, str]:
    """Which tier each is planned back from, as far as the rules say it; the tree of a real cycle says the rest."""
    rules = {tier.id: tier.due.get(period) for tier in regime.tiers}
    return {tier: rule.before for tier, rule in rules.items() if isinstance(rule, BackRule)}


def plan_findings(regime: Regime, calendar: WorkingCalendar, year_from: int, year_to: int | None) -> Iterator[Finding]:
    """Dates that cannot be kept in some year of the calendar, each rule once, at its place in the file."""
    places = {tier.id: index for index, tier in enumerate(regime.tiers)}
    told: set[tuple[str, str]] = set()
    for year in sorted(year for year in calendar.years if year >= year_from and (year_to is None or year <= year_to)):
        for dates in cycles_in(regime, year):
            try:
                dues = plan_dues(regime, dates, calendar)
                faults = list(plan_faults(dates, dues, calendar, tiers_above(regime, dates.period)))
            except UncoveredYearError:
                continue  # the last cycles of the calendar may end in a year that nobody has announced yet
            for fault in faults:
                if fault.is_error and (fault.tier, dates.period) not in told:
                    told.add((fault.tier, dates.period))
                    yield Finding(("regime", "tiers", places[fault.tier], "due", dates.period), fault.message)
