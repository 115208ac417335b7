"""How long each level and each office takes to hand on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import latest_cycles
from kheo.core.numbers import format_scaled
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.relaying import OfficeRelay, Relay, office_relays, relays
from kheo.web.discipline.shown import MOST_CYCLES, Shown, names_below, tier_names

HEAD = (
    "Cấp báo cáo", "Kỳ", "Phải nộp", "Đã bắt đầu", "Mở kỳ → bắt đầu nhập", "Mở kỳ → nộp lần đầu", "Nộp → được chấp nhận",
    "Chấp nhận → cấp trên nộp tiếp", "Nhận báo cáo đầu tiên → nộp lên", "Nhận báo cáo cuối cùng → nộp lên",
)  # fmt: skip
OFFICE_HEAD = (
    "Nơi chuyển tiếp, chậm nhất lên đầu", "Số nơi nhận báo cáo", "Đã nộp lên", "Nhận → chấp nhận", "Chấp nhận → nộp lên",
    "Nhận báo cáo đầu tiên → nộp lên", "Nhận báo cáo cuối cùng → nộp lên",
)  # fmt: skip
NOTE = (
    "Số ngày (kể cả ngày nghỉ) của báo cáo đứng giữa: một nửa nhanh hơn, một nửa chậm hơn. "
    "Báo cáo chưa đi tới bước nào thì không tính ở bước ấy. Báo cáo đầu tiên, cuối cùng: trong những báo cáo cấp dưới đã gửi đến trước khi "
    "đơn vị nộp lên; đến sau thì không tính."
)


def relay_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By tier and cycle, from below; by unit below."""
    cycles = latest_cycles(cycle, MOST_CYCLES)
    return [_by_tier(cycle, cycles, unit), _by_office(cycle, cycles, unit)]


def _by_tier(cycle: Cycle, cycles: Sequence[Cycle], unit: SnapshotUnit) -> Shown:
    names = tier_names(cycle)
    found = {(each.tier, each.cycle_id): each for each in relays(cycles, unit)}
    rows = tuple((names[tier], each.code, *_cells(found[tier, each.pk])) for tier in names for each in cycles if (tier, each.pk) in found)
    here = [found[tier, cycle.pk] for tier in names if (tier, cycle.pk) in found]
    return Shown(PlainTable("Chuyển qua các cấp", _sentence(here, names), HEAD, rows), (), NOTE)


def _by_office(cycle: Cycle, cycles: Sequence[Cycle], unit: SnapshotUnit) -> Shown:
    found = {(each.unit_id, each.cycle_id): each for each in office_relays(cycles, unit)}
    here = {each.unit_id: each for each in found.values() if each.cycle_id == cycle.pk}
    names = {**names_below(cycle, unit, list(here)), unit.unit_id: "Chính đơn vị"}
    order = sorted(here, key=lambda each: (-(here[each].to_go_up or 0), -(here[each].from_last or 0), each))
    earlier = [each for each in cycles if each.pk != cycle.pk]
    rows = tuple((names[each], *_office_cells(here[each]), *(_go_up(found.get((each, other.pk))) for other in earlier)) for each in order)
    head = (*OFFICE_HEAD, *(f"Chấp nhận → nộp lên kỳ {each.code}" for each in earlier))
    opens = tuple(each if each != unit.unit_id else None for each in order)
    return Shown(PlainTable("Chuyển tiếp theo đơn vị", _office_sentence(here, names), head, rows), opens)


def _office_cells(relay: OfficeRelay) -> tuple[int | str | None, ...]:
    days = (relay.to_accept, relay.to_go_up, relay.from_first, relay.from_last)
    return (relay.offices, relay.sent, *(_days(each) for each in days))


def _go_up(relay: OfficeRelay | None) -> str | None:
    return _days(relay.to_go_up) if relay else None


def _office_sentence(here: Mapping[int, OfficeRelay], names: Mapping[int, str]) -> str:
    known = {each: relay.to_go_up for each, relay in here.items() if relay.to_go_up is not None}
    if not known:
        return "Chưa nơi nào nộp lên báo cáo tổng hợp từ báo cáo đã chấp nhận." if here else "Không đơn vị nào ở đây nhận báo cáo cấp dưới."
    slowest = max(known, key=lambda each: known[each])
    return f"Từ lúc chấp nhận báo cáo cấp dưới đến lúc nộp lên, chậm nhất: {names[slowest]}, {_days(known[slowest])} ngày."


def _cells(relay: Relay) -> tuple[int | str | None, ...]:
    days = (relay.to_start, relay.to_send, relay.to_accept, relay.to_go_up, relay.from_first, relay.from_last)
    return (relay.owed, relay.started, *(_days(each) for each in days))


def _days(days: Decimal | None) -> str | None:
    return None if days is None else format_scaled(int(days * 10), 1)


def _sentence(here: list[Relay], names: dict[str, str]) -> str:
    slow = [each for each in here if each.to_start is not None]
    if not slow:
        return "Chưa cấp nào bắt đầu."
    slowest = max(slow, key=lambda each: each.to_start or 0)
    return f"Từ lúc mở kỳ đến lúc bắt đầu nhập, chậm nhất là {names[slowest.tier]}: {_days(slowest.to_start)} ngày."
