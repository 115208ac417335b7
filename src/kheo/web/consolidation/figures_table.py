"""The table of figures as one joined string: a template loop over a thousand cells costs thirty times as much."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.definition import Indicator
from kheo.core.numbers import format_int
from kheo.core.short_words import short_name
from kheo.core.workflow import STATE_NAMES, State
from kheo.reports.queries.cells import terms_of
from kheo.reports.queries.table import Row, Shown, Table
from kheo.web.consolidation.signs import number_cell

# Addresses are relative to /tong-hop/<cycle>/<unit>/: a third of the bytes of whole ones.
INNER = "../{unit}/"


def figures_table(table: Table) -> SafeString:
    """Head, total and last period stay in sight; then the unit's own figures and its children."""
    head = f'<thead class="whole">{column_names(table.indicators)}{_total(table)}{_before(table)}</thead>'
    rows = "".join(_row(table, row) for row in table.rows)
    return mark_safe(f'<table class="table figures">{head}<tbody>{rows}</tbody></table>')  # noqa: S308  # every text in it is escaped


def column_names(indicators: tuple[Indicator, ...]) -> str:
    """The row of the names of the columns."""
    columns = "".join(
        f'<th scope="col">{escape(each.code)}<small>{escape(each.name)}</small><small>{escape(each.unit)}</small></th>'
        for each in indicators
    )
    return f'<tr><th class="corner" scope="col">Đơn vị<small>báo cáo đã cộng</small></th>{columns}</tr>'


def _total(table: Table) -> str:
    cells = "".join(
        number_cell(cell, f"o/{each.code}/", shows_behind=True) for each, cell in zip(table.indicators, table.total.cells, strict=True)
    )
    return f'<tr class="total"><th scope="row" class="corner">Cộng{_counted(table.total)}</th>{cells}</tr>'


def _before(table: Table) -> str:
    if not table.before:
        return ""
    cells = "".join(_past(table.before, each) for each in table.indicators)
    return f'<tr class="before"><th scope="row" class="corner">{escape(table.before_name)}</th>{cells}</tr>'


def _past(before: Mapping[str, Shown], indicator: Indicator) -> str:
    return number_cell(before[indicator.code], "", shows_behind=None) if indicator.code in before else "<td></td>"


def _row(table: Table, row: Row) -> str:
    cells = "".join(_cells(table, row))
    return f'<tr><th scope="row">{_name(row)}{_facts(row)}</th>{cells}</tr>'


def _name(row: Row) -> str:
    if row.is_own:
        return f'<a href="{_report(row)}">Số liệu trực tiếp</a>'
    if row.unit.is_inner:
        return f'<a href="{INNER.format(unit=row.unit.unit_id)}">{escape(short_name(row.unit.name))}</a>'
    return (
        f'<a href="{_report(row)}">{escape(short_name(row.unit.name))}</a>'
        if row.standing.obligation_id
        else escape(short_name(row.unit.name))
    )


def _facts(row: Row) -> str:
    if row.unit.is_inner and not row.is_own:
        return _counted(row) + ("<small>báo cáo riêng nộp trễ</small>" if row.standing.is_late else "")
    words = [] if row.standing.state == State.ACCEPTED else [STATE_NAMES[row.standing.state].lower()]
    words += ["nộp trễ"] if row.standing.is_late else []
    return f"<small>{', '.join(words)}</small>" if words else ""


def _counted(row: Row) -> str:
    short = ' class="is-short"' if row.reported < row.expected else ""
    return f"<small{short}>{format_int(row.reported)}/{format_int(row.expected)} báo cáo</small>"


def _cells(table: Table, row: Row) -> Iterator[str]:
    is_one_report = row.is_own or not row.unit.is_inner
    report = _report(row) if is_one_report else ""
    for indicator, cell in zip(table.indicators, row.cells, strict=True):
        yield number_cell(cell, _address(row, indicator, report), reported=row.reported, is_late=is_one_report and row.standing.is_late)


def _address(row: Row, indicator: Indicator, report: str) -> str:
    """Onward: to the units behind a subtree's number, or to the cell of the one report behind it."""
    if row.unit.is_inner and not row.is_own:
        return f"../{row.unit.unit_id}/o/{indicator.code}/"
    return f"{report}#{anchor(indicator)}" if report else ""


def anchor(indicator: Indicator) -> str:
    """Where a report shows an indicator; a ratio at the first of its terms."""
    return next(iter(terms_of(indicator)), indicator.code) if indicator.aggregation == "ratio" else indicator.code


def _report(row: Row) -> str:
    return reverse("report", args=[row.standing.obligation_id]) if row.standing.obligation_id else ""
