"""The chart of a cycle as SVG inside the page: classes only, no inline style, so that the strict policy of the pages holds."""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.chart import Chart, Label

ANCHORS = {"start": "", "middle": "middle", "end": "end"}


def svg(chart: Chart, words: str) -> SafeString:
    """The chart; `words` say what it shows to those who do not see it."""
    inside = "".join(_parts(chart))
    text = f'<svg viewBox="0 0 {chart.width} {chart.height}" role="img" aria-label="{escape(words)}">{inside}</svg>'
    return mark_safe(text)  # noqa: S308  # numbers of ours, and every text in it is escaped


def _parts(chart: Chart) -> Iterator[str]:
    for line in chart.gridlines:
        yield f'<path class="gridline" d="M{chart.left} {line.y}H{chart.right}"/>'
        yield _text("end", Label(chart.left - 8, line.y + 4, line.text, "end"))
    yield f'<path class="area" d="{chart.received_area}"/>'
    yield f'<path class="line-expected" d="{chart.owed}"/>'
    yield f'<path class="line" d="{chart.received}"/>'
    yield f'<path class="line line-second" d="{chart.accepted}"/>'
    yield f'<path class="axis" d="M{chart.left} {chart.base}H{chart.right}"/>'
    for due in chart.dues:
        yield f'<path class="due-line" d="M{due.x} {due.top}V{chart.base}"/>'
        yield _text("due-label", due.label)
    for tick in chart.ticks:
        yield _text("", tick)
    for end in chart.ends:
        yield _text("value", end)


def _text(kind: str, label: Label) -> str:
    classes = " ".join(dict.fromkeys(part for part in (kind, ANCHORS[label.anchor]) if part))
    return f'<text{f""" class="{classes}" """.rstrip() if classes else ""} x="{label.x}" y="{label.y}">{escape(label.text)}</text>'
