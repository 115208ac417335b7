"""The six views as tables: one source for the page, the CSV and the workbook, so that what a page hides no file tells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.campaigns.models import Cycle
from kheo.core.days import format_instant
from kheo.core.numbers import format_int
from kheo.documents.plain_tables import Cell, PlainTable, tables_workbook
from kheo.org.models import SnapshotUnit
from kheo.web.csv_files import csv_bytes
from kheo.web.discipline.burdens import burden_tables
from kheo.web.discipline.call_ins import call_in_tables
from kheo.web.discipline.followings import following_tables
from kheo.web.discipline.keepings import keeping_tables
from kheo.web.discipline.relays import relay_tables
from kheo.web.discipline.shown import Shown
from kheo.web.discipline.turns import turn_tables

NUMBER = ' class="number"'


@dataclass(frozen=True)
class View:
    """One of the six; `make` gives its tables, the main one first."""

    id: str
    label: str
    make: Callable[[Cycle, SnapshotUnit, datetime], list[Shown]]


# What `?bang=` may say.
PLACES = ("1", "2", "3", "4")
VIEWS = (
    View("dung-han", "Đúng hạn", keeping_tables),
    View("vong", "Trả lại và thời gian", turn_tables),
    View("chuyen", "Chuyển qua các cấp", relay_tables),
    View("don-doc", "Đôn đốc", call_in_tables),
    View("so-voi-so", "So với sổ", following_tables),
    View("ganh-nang", "Gánh nặng chỉ tiêu", burden_tables),
)


@dataclass(frozen=True)
class File:
    """A download."""

    name: str
    content: bytes


def context(chosen: View, cycle: Cycle, unit: SnapshotUnit, now: datetime) -> dict[str, Any]:
    """For `discipline/discipline.html`."""
    return {
        "cycle": cycle,
        "unit": unit,
        "chosen": chosen,
        "tabs": [{"label": view.label, "url": f"?xem={view.id}", "current": view is chosen} for view in VIEWS],
        "tables": [_drawn(shown, chosen, cycle, place) for place, shown in enumerate(chosen.make(cycle, unit, now), start=1)],
    }


def _drawn(shown: Shown, chosen: View, cycle: Cycle, place: int) -> dict[str, Any]:
    table = shown.table
    return {
        "place": place,
        "name": table.name,
        "sentence": table.sentence,
        "note": shown.note,
        "head": [{"words": words, "is_number": place > 0 and place not in shown.worded} for place, words in enumerate(table.head)],
        "rows": _rows(shown, chosen, cycle),
        "is_empty": not table.rows,
    }


def _rows(shown: Shown, chosen: View, cycle: Cycle) -> SafeString:
    rows = (_row(cells, shown, unit, chosen, cycle) for cells, unit in zip(shown.table.rows, shown.units_of_rows(), strict=True))
    return mark_safe("".join(rows))  # noqa: S308  # every text in it is escaped


def _row(cells: Sequence[Cell], shown: Shown, unit: int | None, chosen: View, cycle: Cycle) -> str:
    name = str(escape(str(cells[0])))
    if unit is not None:
        name = f'<a href="{reverse("discipline", args=[cycle.pk, unit])}?xem={chosen.id}">{name}</a>'
    rest = "".join(
        f'<td{"" if place in shown.worded else NUMBER} data-label="{escape(words)}">{_written(cell)}</td>'
        for place, (cell, words) in enumerate(zip(cells[1:], shown.table.head[1:], strict=True), start=1)
    )
    return f'<tr><th scope="row">{name}</th>{rest}</tr>'


def _written(cell: Cell) -> str:
    if cell is None:
        return '<span class="muted">–</span>'
    return format_int(cell) if isinstance(cell, int) else escape(cell)


def as_file(kind: str, chosen: View, cycle: Cycle, unit: SnapshotUnit, now: datetime, place: int = 1) -> File:
    """One table of the view that is shown as CSV (the first where there is none at that place), or all of all views as a workbook."""
    if kind == "csv":
        shown = chosen.make(cycle, unit, now)
        table = shown[place - 1 if 0 < place <= len(shown) else 0].table
        texts = ([_plain(cell) for cell in row] for row in table.rows)
        return File("chap-hanh.csv", csv_bytes(table.head, texts))
    tables: list[PlainTable] = [shown.table for view in VIEWS for shown in view.make(cycle, unit, now)]
    title = f"Chấp hành báo cáo {cycle.name.lower()}, tính đến {format_instant(now)}"
    return File("chap-hanh.xlsx", tables_workbook(title, unit.name, tables, now))


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)
