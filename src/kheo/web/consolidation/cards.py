"""The few numbers above the table: how complete it is, and what the content is mainly about."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from kheo.campaigns.models import Cycle
from kheo.core.cell_signs import Sum
from kheo.core.numbers import format_int, format_percent
from kheo.core.short_words import short_number
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.table import Table

KEY_FIGURES = 4


@dataclass(frozen=True)
class Card:
    """One number with what it means; `tone` is one of the kit's words or empty."""

    label: str
    key: str
    small: str
    note: str
    tone: str
    url: str


def cards(cycle: Cycle, unit: SnapshotUnit, table: Table) -> list[Card]:
    """Completeness first, then the main figures of the content."""
    return [*completeness(cycle, unit, table.total.reported, table.total.expected), *_main_figures(table)]


def completeness(cycle: Cycle, unit: SnapshotUnit, accepted: int, expected: int) -> Iterator[Card]:
    """How many reports are counted, and how many are not yet."""
    progress = reverse("progress", args=[cycle.pk, unit.unit_id])
    share = format_percent(accepted, expected, 1)
    yield Card("Báo cáo đã chấp nhận", format_int(accepted), f" / {format_int(expected)}", share, "", progress)
    missing = expected - accepted
    note, tone = ("chưa nộp hoặc đang chờ duyệt", "is-warning") if missing else ("đã đủ", "is-success")
    yield Card("Báo cáo chưa được cộng", format_int(missing), "", note, tone, f"{progress}#cham")


def _main_figures(table: Table) -> Iterator[Card]:
    """Broken-down indicators say what a campaign is about; where there are none, the first ones of the content."""
    sums = [
        (each, cell)
        for each, cell in zip(table.indicators, table.total.cells, strict=True)
        if isinstance(cell, Sum) and cell.value is not None
    ]
    broken_down = [pair for pair in sums if pair[0].breakdown]
    for indicator, cell in (broken_down + [pair for pair in sums if pair not in broken_down])[:KEY_FIGURES]:
        note, tone = _change(cell, table.before.get(indicator.code), table.before_name)
        unit = "" if indicator.name.lower().startswith(indicator.unit.lower()) else f" {indicator.unit}"
        yield Card(indicator.name, short_number(cell.value or 0, cell.decimals), unit, note, tone, f"o/{indicator.code}/")


def _change(cell: Sum, before: object, name: str) -> tuple[str, str]:
    """`tăng 1.204 so với năm 2022`; so long as reports are missing it only says what last period had."""
    if not isinstance(before, Sum) or before.value is None or cell.value is None:
        return f"có số của {cell.behind} đơn vị", ""
    past = f"{name[:1].lower()}{name[1:]}"
    if cell.is_short:
        return f"mới có {cell.behind} đơn vị; {past}: {short_number(before.value, before.decimals)}", ""
    difference = cell.value - before.value
    if difference == 0:
        return f"bằng {past}", ""
    return f"{'tăng' if difference > 0 else 'giảm'} {short_number(abs(difference), cell.decimals)} so với {past}", ""
