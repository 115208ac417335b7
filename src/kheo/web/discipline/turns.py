"""How often reports went back, and the working days on each side."""

from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.core.numbers import format_int, format_scaled
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.turning import Turned, turned_below
from kheo.web.discipline.shown import Shown, names_below

HEAD = (
    "Đơn vị, bị trả lại nhiều nhất lên đầu", "Báo cáo đã nộp", "Lần nộp", "Lần trả lại", "Ngày làm việc nơi nhận xem một lần",
    "Ngày làm việc đơn vị sửa một lần",
)  # fmt: skip
NOTE = "Ngày làm việc theo lịch nghỉ lễ, tết; nộp và trả lời trong cùng ngày là 0. Thời gian soạn trước lần nộp đầu không tính cho ai."


def turn_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By unit below."""
    found = turned_below(cycle, unit, now)
    order = sorted(found, key=lambda each: (-found[each].returns / max(found[each].reports, 1), each))
    names = names_below(cycle, unit, order)
    rows = tuple((names[each], *_cells(found[each])) for each in order)
    opens = tuple(each if each != unit.unit_id else None for each in order)
    return [Shown(PlainTable("Trả lại và thời gian", _sentence(list(found.values())), HEAD, rows), opens, NOTE)]


def _cells(turned: Turned) -> tuple[int | str | None, ...]:
    return (
        turned.reports,
        turned.sendings,
        turned.returns,
        _average(turned.at_recipient, turned.sendings),
        _average(turned.at_unit, turned.corrections),
    )


def _average(days: int | None, times: int) -> str | None:
    """`1,4`: a mean of whole days, to one place, half up."""
    return format_scaled((days * 20 + times) // (2 * times), 1) if days is not None and times else None


def _sentence(found: list[Turned]) -> str:
    sent, returned = sum(each.reports for each in found), sum(each.returns for each in found)
    if not sent:
        return "Chưa có báo cáo nào được nộp."
    known = [each for each in found if each.at_recipient is not None]
    mean = _average(sum(each.at_recipient or 0 for each in known), sum(each.sendings for each in known))
    said = f"{format_int(returned)} lần trả lại trên {format_int(sent)} báo cáo"
    return f"{said}; nơi nhận xem một lần nộp trung bình {mean} ngày làm việc." if mean else f"{said}."
