"""The page of one indicator over the periods, in one structure: the picture, the table, what happened in between."""

from collections.abc import Iterator, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.cell_signs import Ratio, Sum
from kheo.core.chart import Label
from kheo.core.days import format_day
from kheo.core.short_words import short_name
from kheo.core.trend_chart import TrendChart, trend_chart
from kheo.reports.queries.remainders import Cause
from kheo.reports.queries.trends import Trend, TrendLine
from kheo.web.consolidation.signs import number_cell

Shown = Sum | Ratio


def picture(found: Trend, words: str) -> SafeString | None:
    """The line of the total; `words` say what it shows to those who do not see it. None where there is nothing to compare."""

    chart = trend_chart(
        [each.name for each in found.periods],
        [None if cell is None else cell.value for cell in found.total],
        [_label(cell) for cell in found.total],
        [bool(each.since) for each in found.periods],
    )
    if chart is None:
        return None
    text = f'<svg viewBox="0 0 {chart.width} {chart.height}" role="img" aria-label="{escape(words)}">{"".join(_parts(chart))}</svg>'
    return mark_safe(text)  # noqa: S308  # numbers of ours, and every text in it is escaped


def _label(cell: Shown | None) -> str:
    """The number; with how many units gave it where some did not, so that a period still open does not look like a fall."""
    if cell is None:
        return ""
    return f"{cell.text} (mới {cell.behind})" if isinstance(cell, Sum) and cell.is_short else cell.text


def _parts(chart: TrendChart) -> Iterator[str]:
    for line in chart.gridlines:
        yield f'<path class="gridline" d="M{chart.left} {line.y}H{chart.right}"/>'
    for x in chart.marks:
        yield f'<path class="due-line" d="M{x} {chart.top}V{chart.base}"/>'
    yield f'<path class="line" d="{chart.line}"/>'
    for x, y in chart.dots:
        yield f'<circle class="mark" cx="{x}" cy="{y}" r="4"/>'
    yield f'<path class="axis" d="M{chart.left} {chart.base}H{chart.right}"/>'
    for label in chart.points:
        yield _text("value", label)
    for label in chart.ticks:
        yield _text("", label)


def _text(kind: str, label: Label) -> str:
    classes = f"{kind} {label.anchor}".strip()
    return f'<text class="{classes}" x="{label.x}" y="{label.y}">{escape(label.text)}</text>'


def trend_table(found: Trend, addresses: Mapping[int, str]) -> SafeString:
    """One column a period, which opens to its table (`addresses`, by cycle); groups of units that only add up together share a line."""
    columns = "".join(
        f'<th scope="col"><a href="{escape(addresses[each.cycle])}">{escape(each.name)}</a>{_mark(bool(each.since))}</th>'
        for each in found.periods
    )
    total = f'<tr class="total"><th scope="row" class="corner">Cộng</th>{"".join(_cell(cell) for cell in found.total)}</tr>'
    head = f'<thead class="whole"><tr><th class="corner" scope="col">Đơn vị</th>{columns}</tr>{total}</thead>'
    rows = "".join(f'<tr><th scope="row">{_name(line)}</th>{"".join(_cell(cell) for cell in line.cells)}</tr>' for line in found.lines)
    rows += _outside(found)
    return mark_safe(f'<table class="table figures">{head}<tbody>{rows}</tbody></table>')  # noqa: S308  # every text in it is escaped


def _outside(found: Trend) -> str:
    if found.outside is None:
        return ""
    name = "Ngoài cây này<small>không nằm trong dòng Cộng; có tên ở bảng của từng kỳ</small>"
    return f'<tr class="before"><th scope="row">{name}</th>{"".join(_cell(cell) for cell in found.outside)}</tr>'


def _mark(happened: bool) -> str:
    return "<small>sau sắp xếp tổ chức</small>" if happened else ""


def _cell(cell: Shown | None) -> str:
    return '<td class="muted">không so sánh được</td>' if cell is None else number_cell(cell, "")


def _name(line: TrendLine) -> str:
    if line.units:
        first = " + ".join(short_name(unit.name) for unit in line.units)
        words = "<small>chỉ cộng chung được: đơn vị cũ bị chia giữa các đơn vị này</small>" if len(line.units) > 1 else ""
        return f"{escape(first)}{words}"
    return "Số liệu trực tiếp" if line.why is None else f"{escape(UNPLACED_NAMES[line.why])}<small>ghi ở cấp này, không chia xuống</small>"


# Why figures stand at the unit itself and under no unit below.
UNPLACED_NAMES = {
    Cause.DIVIDED: "Chia giữa chính đơn vị này và cấp dưới",
    Cause.PARTLY_GONE: "Bị chia, một phần không có chỗ trong cây này",
    Cause.NO_HEIR: "Đã kết thúc, không có đơn vị kế thừa",
    Cause.HEIR_GONE: "Đơn vị kế thừa không có chỗ trong cây này",
    Cause.NOT_YET: "Ngày đó chưa có đơn vị",
    Cause.NO_PLACE: "Không có chỗ trong cây này",
}


def happened(found: Trend) -> list[dict[str, str]]:
    """The days between the periods on which the units behind the total were reorganised, each with why."""
    return [{"day": format_day(event.day), "words": event.words} for each in found.periods for event in each.since]


def incomparable(found: Trend) -> list[str]:
    """The periods whose edition counts the indicator otherwise, each with why."""
    return [f"{each.name}: {'; '.join(each.unlike)}" for each in found.periods if each.unlike]


def outside_words(found: Trend, addresses: Mapping[int, str]) -> list[dict[str, object]]:
    """Of each period how many reports stand above all roots, and where they are named."""
    return [
        {"name": each.name, "count": each.outside, "url": f"{addresses[each.cycle]}ngoai-cay/"} for each in found.periods if each.outside
    ]
