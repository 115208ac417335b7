"""Rules about the reporting regime: days that exist, in an order that lets people work."""

from collections.abc import Iterator, Mapping
from datetime import date

from kheo.core.days import format_day
from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.placing import Finding, Placed
from kheo.core.definition.regime import LAST, STEPS, BackRule, DayRule, Period, Tier, cycle_code
from kheo.core.definition.rings import groups_in_rings, shortest_ring
from kheo.core.definition.wording import suggestion
from kheo.core.unit_kinds import KINDS

_TEMPLATE_FIELDS = {"year": {"year"}, "quarter": {"year", "quarter"}, "month": {"year", "month"}}
_FREQUENCY_NAMES = {"year": "theo năm", "quarter": "theo quý", "month": "theo tháng"}
# An ordinary year and a leap year: enough to see every order that two rules can stand in.
_SAMPLE_YEARS = (2023, 2024)
_Day = tuple[Placed[Period] | Placed[Tier], tuple[str, ...], DayRule, str]


def _days(draft: Draft) -> Iterator[_Day]:
    """Every day of the regime: the item it stands in, its path in the item, the rule, the frequency of its period."""
    for period in draft.periods.having("frequency"):
        for field in ("opens", "closes", "cutoff"):
            if period.has(field):
                yield period, (field,), getattr(period.item, field), period.item.frequency
    frequencies = {placed.item.id: placed.item.frequency for placed in draft.periods.having("id", "frequency")}
    for tier in draft.tiers.having("due"):
        for period_id, rule in tier.item.due.items():
            if period_id in frequencies and isinstance(rule, DayRule):
                yield tier, ("due", period_id), rule, frequencies[period_id]


def day_exists(rule: DayRule, frequency: str) -> bool:
    in_range = 1 <= rule.month <= 12 if frequency == "year" else True
    return in_range and (rule.day == LAST or int(rule.day) <= rule.largest_day(frequency))


def impossible_days(draft: Draft) -> Iterator[Finding]:
    """A day of the regime exists in every year (29/2 does not), and in every month or quarter it comes round in."""
    for placed, place, rule, frequency in _days(draft):
        path = (*placed.path, *place)
        if frequency == "year" and not 1 <= rule.month <= 12:
            yield Finding((*path, "month"), f"Tháng phải từ 1 đến 12, nhưng gặp {rule.month}.")
        elif not day_exists(rule, frequency):
            yield Finding((*path, "day"), no_such_day(rule, frequency))


def no_such_day(rule: DayRule, frequency: str) -> str:
    largest = rule.largest_day(frequency)
    which = f"Tháng {rule.month} không có ngày {rule.day}"
    if frequency != "year":
        which = f"Không phải {'tháng' if frequency == 'month' else 'quý'} nào cũng có ngày {rule.day}"
    elif (rule.day, rule.month) == (29, 2):
        which = "Không phải năm nào cũng có ngày 29 tháng 2"
    return f"{which}; ngày lớn nhất dùng được là {largest}. Muốn lấy ngày cuối tháng thì ghi last."


def cycle_names(draft: Draft) -> Iterator[Finding]:
    """The code of a cycle tells it from every other: the year, and the month or quarter when it has one."""
    for placed in draft.periods.having("code", "frequency"):
        wanted = _TEMPLATE_FIELDS[placed.item.frequency]
        used = placed.item.template_fields
        for name in sorted(wanted - set(used)):
            yield placed.finding("code", f"Kỳ {_FREQUENCY_NAMES[placed.item.frequency]} phải có {{{name}}} trong mẫu mã chu kỳ.")
        for name in sorted(set(used) - wanted):
            yield placed.finding("code", f"Kỳ {_FREQUENCY_NAMES[placed.item.frequency]} không có {{{name}}} để điền vào mẫu mã chu kỳ.")
        if len(used) != len(set(used)) or placed.item.code.count("{") != len(used) or placed.item.code.count("}") != len(used):
            yield placed.finding("code", "Dấu ngoặc nhọn trong mẫu mã chu kỳ chưa đúng; mỗi {…} chỉ viết một lần.")
        for name in sorted(set(placed.item.name_fields) - wanted):
            yield placed.finding("name", f"Kỳ {_FREQUENCY_NAMES[placed.item.frequency]} không có {{{name}}} để điền vào tên chu kỳ.")


def colliding_cycles(draft: Draft) -> Iterator[Finding]:
    """No code names two cycles: `{year}-{month}` and `{year}-12` would."""
    taken: dict[str, str] = {}
    for placed in draft.periods.having("code", "frequency"):
        template = placed.item.code
        for step in range(1, STEPS[placed.item.frequency] + 1):
            code = cycle_code(placed.item, _SAMPLE_YEARS[0], step)
            if taken.setdefault(code, template) != template:
                yield placed.finding("code", f"Mẫu “{template}” và “{taken[code]}” cùng cho mã chu kỳ “{code}”.")
                break


def windows_in_order(draft: Draft) -> Iterator[Finding]:
    """A window opens before it closes, and the data cut-off lies in it."""
    for placed in draft.periods.having("opens", "closes", "cutoff", "frequency"):
        period = placed.item
        if not all(day_exists(rule, period.frequency) for rule in (period.opens, period.closes, period.cutoff)):
            continue
        for opens, closes, cutoff in sample_days(period.frequency, period.opens, period.closes, period.cutoff):
            if closes <= opens:
                yield placed.finding("closes", f"Kỳ đóng ngày {format_day(closes)}, không sau ngày mở {format_day(opens)}.")
                break
            if not opens <= cutoff < closes:
                window = f"từ {format_day(opens)} đến trước {format_day(closes)}"
                yield placed.finding("cutoff", f"Ngày chốt số liệu {format_day(cutoff)} nằm ngoài kỳ ({window}).")
                break


def sample_days(frequency: str, *rules: DayRule) -> Iterator[tuple[date, ...]]:
    for year in _SAMPLE_YEARS:
        for step in range(1, STEPS[frequency] + 1):
            yield tuple(rule.on(frequency, year, step) for rule in rules)


def due_dates_for_every_period(draft: Draft) -> Iterator[Finding]:
    """Every tier knows by when, for every period, and for no other."""
    known = draft.periods.known("id")
    if known is None:
        return
    for placed in draft.tiers.having("due"):
        due = placed.item.due
        for period_id in sorted(known - due.keys()):
            yield placed.finding("due", f"Cấp “{placed.item.name}” chưa có hạn nộp cho kỳ “{period_id}”.")
        for period_id in sorted(due.keys() - known):
            yield Finding((*placed.path, "due", period_id), f"Không có kỳ mã “{period_id}”" + suggestion(period_id, known))


def due_after_cutoff(draft: Draft) -> Iterator[Finding]:
    """Reports are due after the data cut-off (NĐ 09/2019/NĐ-CP, Điều 12: at least one working day later)."""
    periods = {placed.item.id: placed.item for placed in draft.periods.having("id", "cutoff", "frequency")}
    for placed in draft.tiers.having("due"):
        for period_id, rule in placed.item.due.items():
            period = periods.get(period_id)
            if (
                period is None
                or isinstance(rule, BackRule)
                or not day_exists(rule, period.frequency)
                or not day_exists(period.cutoff, period.frequency)
            ):
                continue
            for due, cutoff in sample_days(period.frequency, rule, period.cutoff):
                if due <= cutoff:
                    message = f"Hạn nộp {format_day(due)} phải sau ngày chốt số liệu {format_day(cutoff)} của kỳ “{period_id}”."
                    yield Finding((*placed.path, "due", period_id), message)
                    break


def back_planned_from_a_tier(draft: Draft) -> Iterator[Finding]:
    """A due date is counted back from that of another tier, which has one for the same period, and never in a ring."""
    known = draft.tiers.known("id")
    tiers = {placed.item.id: placed for placed in draft.tiers.having("id", "due")}
    for placed in draft.tiers.having("due"):
        for period_id, rule in placed.item.due.items():
            path = (*placed.path, "due", period_id, "before")
            if not isinstance(rule, BackRule):
                continue
            if known is not None and rule.before not in known:
                yield Finding(path, f"Không có cấp mã “{rule.before}”" + suggestion(rule.before, known))
            elif rule.before in tiers and period_id not in tiers[rule.before].item.due:
                yield Finding(path, f"Cấp “{rule.before}” chưa có hạn nộp cho kỳ “{period_id}” để tính lùi.")
    yield from _rings(tiers)


def _rings(tiers: Mapping[str, Placed[Tier]]) -> Iterator[Finding]:
    periods = dict.fromkeys(period for placed in tiers.values() for period in placed.item.due)
    for period_id in periods:
        rules = {tier: placed.item.due.get(period_id) for tier, placed in tiers.items()}
        graph = {tier: {rule.before} & tiers.keys() if isinstance(rule, BackRule) else set() for tier, rule in rules.items()}
        told: set[int] = set()
        groups = groups_in_rings(graph)
        for tier in tiers:
            if tier in groups and groups[tier] not in told:
                told.add(groups[tier])
                way = " → ".join(f"“{each}”" for each in shortest_ring(graph, tier))
                yield Finding((*tiers[tier].path, "due", period_id, "before"), f"Hạn tính lùi vòng tròn: {way}.")


def kinds_of_units(draft: Draft) -> Iterator[Finding]:
    """Tiers are made of known kinds of units; a kind reports in one tier."""
    taken: dict[str, str] = {}
    for placed in draft.tiers.having("kinds"):
        if not placed.item.kinds:
            yield placed.finding("kinds", "Danh sách trống; cần ít nhất một loại đơn vị.")
        for index, kind in enumerate(placed.item.kinds):
            path = (*placed.path, "kinds", index)
            if kind not in KINDS:
                yield Finding(path, f"Không có loại đơn vị “{kind}”" + suggestion(kind, KINDS))
            elif kind in taken:
                yield Finding(path, f"Loại đơn vị “{kind}” đã thuộc cấp “{taken[kind]}”; một loại chỉ báo cáo ở một cấp.")
            else:
                taken[kind] = placed.item.name


REGIME_RULES: tuple[Rule, ...] = (
    impossible_days,
    cycle_names,
    colliding_cycles,
    windows_in_order,
    due_dates_for_every_period,
    due_after_cutoff,
    back_planned_from_a_tier,
    kinds_of_units,
)
