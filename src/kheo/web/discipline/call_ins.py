"""What call-in letters came to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import latest_cycles
from kheo.core.numbers import format_int, format_percent, format_scaled
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.called import Followed, FollowedPart, followed_parts, total
from kheo.web.discipline.shown import MOST_CYCLES, Shown, names_below, tier_names

Key = TypeVar("Key")
SOON, LATER = 1, 5
HEAD = (
    "Số công văn", "Báo cáo bị đôn đốc", "Lượt đôn đốc", "Đã nộp sau đó", f"Nộp trong {SOON} ngày làm việc",
    f"Nộp trong {LATER} ngày làm việc", "Số ngày làm việc đến khi nộp", "Chưa nộp", "Không thu nữa", "Quá hạn, chưa đôn đốc",
)  # fmt: skip
NOTE = (
    "Ngày làm việc kể từ công văn đầu tiên nhắc tới báo cáo ấy, nộp ngay trong ngày là 0; số ngày là của báo cáo đứng giữa: một nửa nhanh "
    "hơn, một nửa chậm hơn. Một công văn gửi nhiều đơn vị được tính ở mỗi dòng có đơn vị của nó."
)


def call_in_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By unit called in, by office that wrote, by cycle, by tier."""
    cycles = latest_cycles(cycle, MOST_CYCLES)
    parts = followed_parts(cycles, unit, now)
    here = [part for part in parts if part.cycle_id == cycle.pk]
    return [_by_unit(cycle, unit, here), _by_office(cycle, unit, here), _by_cycle(cycles, parts), _by_tier(cycle, here)]


def _cells(found: Followed) -> tuple[int | str | None, ...]:
    sent = (found.came.total(), found.came_within(SOON), found.came_within(LATER), _days(found.middle_doubled))
    return (len(found.letters), found.called, found.times, *sent, found.missing, found.closed, found.uncalled)


def _days(doubled: int | None) -> str | None:
    return None if doubled is None else format_scaled(doubled * 5, 1)


def _by_unit(cycle: Cycle, unit: SnapshotUnit, here: Sequence[FollowedPart]) -> Shown:
    found = _grouped(here, lambda part: part.unit_id)
    names = names_below(cycle, unit, list(found))
    order = sorted(found, key=lambda each: (-found[each].missing - found[each].uncalled, each))
    rows = tuple((names[each], *_cells(found[each])) for each in order)
    head = ("Đơn vị bị đôn đốc, còn nợ nhiều nhất lên đầu", *HEAD)
    opens = tuple(each if each != unit.unit_id else None for each in order)
    return Shown(PlainTable("Đôn đốc theo đơn vị", _sentence(total(here)), head, rows), opens, NOTE)


def _by_office(cycle: Cycle, unit: SnapshotUnit, here: Sequence[FollowedPart]) -> Shown:
    found = _grouped([part for part in here if part.office_id is not None], lambda part: part.office_id or 0)
    names = {**names_below(cycle, unit, list(found)), unit.unit_id: "Chính đơn vị lập"}
    order = sorted(found, key=lambda each: (-found[each].uncalled, each))
    rows = tuple((names[each], *_cells(found[each])) for each in order)
    idle = [names[each] for each in order if found[each].uncalled and not found[each].letters and each != unit.unit_id]
    silent = f"Có báo cáo quá hạn mà nơi nhận chưa lập công văn nào: {', '.join(idle[:3])}"
    more = f" và {format_int(len(idle) - 3)} nơi nữa" if len(idle) > 3 else ""
    sentence = f"{silent}{more}." if idle else "Nơi nhận nào có báo cáo quá hạn cũng đã lập công văn, hoặc chưa nơi nào cần."
    return Shown(PlainTable("Đôn đốc theo nơi nhận", sentence, ("Nơi nhận, bỏ sót nhiều nhất lên đầu", *HEAD), rows))


def _by_cycle(cycles: Sequence[Cycle], parts: Sequence[FollowedPart]) -> Shown:
    found = _grouped(parts, lambda part: part.cycle_id)
    rows = tuple((each.name, *_cells(found[each.pk])) for each in cycles if each.pk in found)
    shares = [share for each in cycles if each.pk in found and (share := _share(found[each.pk]))]
    trend = f"Tỷ lệ nộp trong {LATER} ngày làm việc sau khi bị đôn đốc, qua {len(shares)} kỳ: {' → '.join(shares)}."
    return Shown(PlainTable("Đôn đốc theo kỳ", trend if len(shares) > 1 else "Mới có một kỳ để so.", ("Kỳ", *HEAD), rows))


def _by_tier(cycle: Cycle, here: Sequence[FollowedPart]) -> Shown:
    found, names = _grouped(here, lambda part: part.tier), tier_names(cycle)
    rows = tuple((names[tier], *_cells(found[tier])) for tier in names if tier in found)
    said = "; ".join(f"{names[tier]}: {share}" for tier in names if tier in found and (share := _share(found[tier])))
    sentence = f"Nộp trong {LATER} ngày làm việc: {said}." if said else "Chưa đôn đốc cấp nào."
    return Shown(PlainTable("Đôn đốc theo cấp", sentence, ("Cấp báo cáo bị đôn đốc", *HEAD), rows))


def _grouped(parts: Sequence[FollowedPart], key: Callable[[FollowedPart], Key]) -> Mapping[Key, Followed]:
    found: dict[Key, Followed] = {}
    for part in parts:
        found[key(part)] = found.get(key(part), Followed()) + part.followed
    return found


def _share(found: Followed) -> str:
    return format_percent(found.came_within(LATER), found.called, 1)


def _sentence(found: Followed) -> str:
    left = f"{format_int(found.uncalled)} báo cáo quá hạn chưa đôn đốc lần nào"
    if not found.called:
        return f"Chưa có công văn đôn đốc nào; {left}." if found.uncalled else "Chưa có công văn đôn đốc nào và cũng chưa cần."
    letters, called, came = (format_int(count) for count in (len(found.letters), found.called, found.came.total()))
    said = f"{letters} công văn đôn đốc {called} báo cáo, {came} đã nộp sau đó{_how_soon(found.middle_doubled)}"
    return f"{said}; {left}." if found.uncalled else f"{said}."


def _how_soon(doubled: int | None) -> str:
    if doubled is None:
        return ""
    return f", báo cáo đứng giữa mất {_days(doubled)} ngày làm việc" if doubled else ", quá nửa nộp ngay trong ngày"
