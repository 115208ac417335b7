"""On time, late, missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import latest_cycles
from kheo.core.numbers import format_int, format_percent
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.keeping import Kept, KeptPart, kept_parts, total
from kheo.web.discipline.shown import MOST_CYCLES, Shown, names_below, tier_names

HEAD = ("Phải nộp", "Đúng hạn", "Trong hạn gia hạn", "Trễ", "Chưa nộp, đã quá hạn", "Tỷ lệ đúng hạn")


def keeping_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By unit below with the trend, by cycle, by tier."""
    cycles = latest_cycles(cycle, MOST_CYCLES)
    parts = kept_parts(cycles, unit, now)
    return [_by_unit(cycle, cycles, unit, parts), _by_cycle(cycles, parts), _by_tier(cycle, parts)]


def share(kept: Kept) -> str:
    """Of those of which it is known; extended ones are no less in time by the date in force, and stand in a column of their own."""
    return format_percent(kept.on_time + kept.extended, kept.settled, 1)


def _cells(kept: Kept) -> tuple[int | str | None, ...]:
    return (kept.owed, kept.on_time, kept.extended, kept.late, kept.missing, share(kept) or None)


def _by_unit(cycle: Cycle, cycles: Sequence[Cycle], unit: SnapshotUnit, parts: Sequence[KeptPart]) -> Shown:
    by_unit: dict[int, dict[int, Kept]] = defaultdict(dict)
    for part in parts:
        kept = by_unit[part.unit_id].get(part.cycle_id, Kept())
        by_unit[part.unit_id][part.cycle_id] = kept + part.kept
    now = {each: kept[cycle.pk] for each, kept in by_unit.items() if cycle.pk in kept}
    order = sorted(now, key=lambda each: (-(now[each].late + now[each].missing) / max(now[each].settled, 1), each))
    names = names_below(cycle, unit, order)
    earlier = [each for each in cycles if each.pk != cycle.pk]
    rows = tuple((names[each], *_cells(now[each]), *_trend(by_unit[each], earlier)) for each in order)
    head = ("Đơn vị, nhiều trễ hạn nhất lên đầu", *HEAD, *(f"Đúng hạn kỳ {each.code}" for each in earlier))
    opens = tuple(each if each != unit.unit_id else None for each in order)
    return Shown(PlainTable("Đúng hạn theo đơn vị", _sentence(now, names), head, rows), opens)


def _trend(kept: Mapping[int, Kept], earlier: Sequence[Cycle]) -> tuple[str | None, ...]:
    return tuple(share(kept[each.pk]) or None if each.pk in kept else None for each in earlier)


def _sentence(kept: Mapping[int, Kept], names: Mapping[int, str]) -> str:
    whole = Kept()
    for each in kept.values():
        whole = whole + each
    if not whole.settled:
        return "Chưa báo cáo nào đến hạn."
    said = f"{share(whole)} báo cáo đã đến hạn là đúng hạn"
    if whole.extended:
        said += f", trong đó {format_int(whole.extended)} nhờ gia hạn"
    bad = [each for each, counts in kept.items() if counts.late + counts.missing]
    if not bad:
        return f"{said}; không đơn vị nào trễ hay thiếu."
    worst = max(bad, key=lambda each: kept[each].late + kept[each].missing)
    trouble = kept[worst].late + kept[worst].missing
    return f"{said}; trễ và thiếu nhiều nhất: {names[worst]} ({format_int(trouble)} báo cáo)."


def _by_cycle(cycles: Sequence[Cycle], parts: Sequence[KeptPart]) -> Shown:
    found = {each.pk: total(part for part in parts if part.cycle_id == each.pk) for each in cycles}
    rows = tuple((each.name, *_cells(found[each.pk])) for each in cycles if found[each.pk].owed)
    shares = [share(found[each.pk]) for each in cycles if found[each.pk].settled]
    trend = f"Tỷ lệ đúng hạn qua {len(shares)} kỳ: {' → '.join(shares)}."
    sentence = trend if len(shares) > 1 else "Mới có một kỳ đến hạn để so."
    return Shown(PlainTable("Đúng hạn theo kỳ", sentence, ("Kỳ", *HEAD), rows))


def _by_tier(cycle: Cycle, parts: Sequence[KeptPart]) -> Shown:
    names, here = tier_names(cycle), [part for part in parts if part.cycle_id == cycle.pk]
    tiers = [tier for tier in names if any(part.tier == tier for part in here)]
    found = {tier: total(part for part in here if part.tier == tier) for tier in tiers}
    rows = tuple((names[tier], *_cells(found[tier])) for tier in tiers)
    said = "; ".join(f"{names[tier]}: {share(found[tier])}" for tier in tiers if found[tier].settled)
    return Shown(PlainTable("Đúng hạn theo cấp", f"{said}." if said else "Chưa cấp nào đến hạn.", ("Cấp báo cáo", *HEAD), rows))
