"""The table in another structure as one joined string, and the words around it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.days import format_day
from kheo.core.definition import Indicator
from kheo.core.numbers import format_int, format_percent
from kheo.core.restructuring import Landing, Structure
from kheo.core.short_words import short_name
from kheo.core.unit_kinds import LINE_NAMES, Line
from kheo.core.workflow import STATE_NAMES, State
from kheo.org.models import SnapshotUnit
from kheo.reports.access import Scope
from kheo.reports.queries.remainders import reasons
from kheo.reports.queries.restructured import Part, Restructured
from kheo.reports.queries.restructured_table import StructureRow, StructureTable
from kheo.reports.queries.table import standings_of
from kheo.reports.queries.trends import reorganised_since
from kheo.web.consolidation.cards import Card
from kheo.web.consolidation.figures_table import anchor, column_names
from kheo.web.consolidation.signs import number_cell


def structure_address(cycle: int, structure: Structure, unit: int) -> str:
    """Where the totals of a unit in a structure stand."""
    return reverse("structure_table", args=[cycle, structure.line.value, structure.day.isoformat(), unit])


def outside_table(reading: Restructured, parts: Sequence[Part], readable: Mapping[int, bool]) -> SafeString:
    """Each report by the name of its unit in the cycle's tree, why it has no place, and how it stands."""
    why = reasons(reading, parts)
    standings = standings_of(reading.cycle, [part.unit.unit_id for part in parts])
    rows = []
    for part in parts:
        unit = part.unit.unit_id
        standing = standings.get(unit)
        name: str = escape(short_name(part.unit.name))
        if standing and standing.obligation_id and readable.get(unit):
            name = f'<a href="{reverse("report", args=[standing.obligation_id])}">{name}</a>'
        state = standing.state if standing else State.NOT_STARTED
        words = f'<td data-label="Vì sao">{escape(why[unit].words)}</td>' if unit in why else "<td></td>"
        tag = f'<td data-label="Báo cáo"><span class="tag" data-state="{state}">{STATE_NAMES[state]}</span></td>'
        rows.append(f'<tr><th scope="row">{name}<small>{escape(part.unit.code)}</small></th>{words}{tag}</tr>')
    head = '<thead><tr><th scope="col">Đơn vị của kỳ</th><th scope="col">Vì sao</th><th scope="col">Báo cáo</th></tr></thead>'
    body = f'<table class="table">{head}<tbody>{"".join(rows)}</tbody></table>'
    return mark_safe(body)  # noqa: S308  # every text in it is escaped


def rows_table(table: StructureTable, readable: Mapping[int, bool]) -> SafeString:
    """Head and total stay in sight; then units of the structure, reports that landed whole, remainders.

    `readable`: of the units of the cycle's tree, whether the reader may open their reports.
    """
    head = f'<thead class="whole">{column_names(table.indicators)}{_total(table)}</thead>'
    rows = "".join(_row(table, row, readable) for row in table.rows)
    return mark_safe(f'<table class="table figures">{head}<tbody>{rows}</tbody></table>')  # noqa: S308  # every text in it is escaped


def _total(table: StructureTable) -> str:
    cells = "".join(number_cell(cell, "", shows_behind=True) for cell in table.total.cells)
    return f'<tr class="total"><th scope="row" class="corner">Cộng{_counted(table.total)}</th>{cells}</tr>'


def _row(table: StructureTable, row: StructureRow, readable: Mapping[int, bool]) -> str:
    cells = "".join(
        number_cell(cell, _onward(table, row, indicator, readable), reported=row.reported)
        for indicator, cell in zip(table.indicators, row.cells, strict=True)
    )
    return f'<tr><th scope="row">{_name(table, row, readable)}</th>{cells}</tr>'


def _name(table: StructureTable, row: StructureRow, readable: Mapping[int, bool]) -> str:
    if row.part is None:
        return ""
    url, name = _onward(table, row, None, readable), escape(short_name(row.part.unit.name))
    linked = f'<a href="{escape(url)}">{name}</a>' if url else name
    if row.part.landing is None:
        return f"{linked}{_counted(row)}"
    state = row.standing.state if row.standing else State.NOT_STARTED
    words = "" if state == State.ACCEPTED else f"<small>{STATE_NAMES[state].lower()}</small>"
    if row.part.landing is Landing.WHOLE:
        return f"{linked}<small>báo cáo của kỳ</small>{words}"
    return f"Phần của {linked}<small>{escape(row.why.words if row.why else '')}</small>{words}"


def _onward(table: StructureTable, row: StructureRow, indicator: Indicator | None, readable: Mapping[int, bool]) -> str:
    """Behind a unit of the structure stands its own table; behind one report the report, at the cell of the indicator."""
    if row.part is None:
        return ""
    if row.part.landing is None:
        return f"../{row.part.unit.unit_id}/?noi-dung={table.content.id}"
    if row.standing is None or row.standing.obligation_id is None or not readable.get(row.part.unit.unit_id):
        return ""
    return f"{reverse('report', args=[row.standing.obligation_id])}{f'#{anchor(indicator)}' if indicator else ''}"


def _counted(row: StructureRow) -> str:
    if not row.counts.expected:
        return "<small>kỳ này không có báo cáo</small>"
    short = ' class="is-short"' if row.reported < row.counts.expected else ""
    return f"<small{short}>{format_int(row.reported)}/{format_int(row.counts.expected)} báo cáo</small>"


def structure_cards(table: StructureTable) -> list[Card]:
    """How complete the total is, and how many of the lines of this page could not be moved to one unit."""
    counts, accepted = table.total.counts, table.total.reported
    share = format_percent(accepted, counts.expected, 1)
    found = [Card("Báo cáo đã chấp nhận", format_int(accepted), f" / {format_int(counts.expected)}", share, "", "")]
    if table.remainders:
        note = "không chuyển trọn được về một đơn vị nên ghi riêng theo tên"
        found.append(Card("Báo cáo giữ riêng", format_int(table.remainders), "", note, "is-warning", ""))
    return found


def structure_trail(reading: Restructured, unit: SnapshotUnit, top: int | None) -> list[dict[str, str]]:
    """From the highest unit of the structure that the reader reaches down to the one looked at."""
    above = list(reversed(unit.ancestors))
    above = above[above.index(top) :] if top in above else []
    named = reading.units(above)
    steps = [{"label": named[each].name, "url": structure_address(reading.cycle.pk, reading.structure, each)} for each in above]
    return [*steps, {"label": unit.name, "url": ""}]


def line_choices(lines: Sequence[Line], chosen: Line) -> list[dict[str, object]]:
    """The lines that a form offers."""
    return [{"value": line.value, "label": f"tuyến {LINE_NAMES[line]}", "chosen": line is chosen} for line in lines]


def notable_days(reached: Scope, today: date) -> list[dict[str, str]]:
    """Today, and the days since the cycle was opened on which the unit or one below it was reorganised; each with why."""
    found = [{"day": format_day(each.day), "words": each.words} for each in reorganised_since(reached.cycle, reached.unit, today)]
    return [{"day": format_day(today), "words": "hôm nay"}, *found]
