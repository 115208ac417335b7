"""How long each level takes to hand on."""

from datetime import datetime
from decimal import Decimal

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import latest_cycles
from kheo.core.numbers import format_scaled
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.relaying import Relay, relays
from kheo.web.discipline.shown import MOST_CYCLES, Shown, tier_names

HEAD = (
    "Cấp báo cáo", "Kỳ", "Phải nộp", "Đã bắt đầu", "Mở kỳ → bắt đầu nhập", "Mở kỳ → nộp lần đầu", "Nộp → được chấp nhận",
    "Chấp nhận → cấp trên nộp tiếp",
)  # fmt: skip
NOTE = (
    "Số ngày (kể cả ngày nghỉ) của báo cáo đứng giữa: một nửa nhanh hơn, một nửa chậm hơn. "
    "Báo cáo chưa đi tới bước nào thì không tính ở bước ấy."
)


def relay_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By tier and cycle, from below."""
    cycles, names = latest_cycles(cycle, MOST_CYCLES), tier_names(cycle)
    found = {(each.tier, each.cycle_id): each for each in relays(cycles, unit)}
    rows = tuple((names[tier], each.code, *_cells(found[tier, each.pk])) for tier in names for each in cycles if (tier, each.pk) in found)
    here = [found[tier, cycle.pk] for tier in names if (tier, cycle.pk) in found]
    return [Shown(PlainTable("Chuyển qua các cấp", _sentence(here, names), HEAD, rows), (), NOTE)]


def _cells(relay: Relay) -> tuple[int | str | None, ...]:
    days = (relay.to_start, relay.to_send, relay.to_accept, relay.to_go_up)
    return (relay.owed, relay.started, *(_days(each) for each in days))


def _days(days: Decimal | None) -> str | None:
    return None if days is None else format_scaled(int(days * 10), 1)


def _sentence(here: list[Relay], names: dict[str, str]) -> str:
    slow = [each for each in here if each.to_start is not None]
    if not slow:
        return "Chưa cấp nào bắt đầu."
    slowest = max(slow, key=lambda each: each.to_start or 0)
    return f"Từ lúc mở kỳ đến lúc bắt đầu nhập, chậm nhất là {names[slowest.tier]}: {_days(slowest.to_start)} ngày."
