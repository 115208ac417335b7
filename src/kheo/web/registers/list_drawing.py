"""The longest parts of a list's page, written as text: a template takes five times as long for a table of fifty rows."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kheo.web.home.rows import Tag
from kheo.web.registers.filters import Choice, Filter
from kheo.web.registers.shown import Cell, Row

MOST_KEPT = 512


def rows_drawn(rows: Iterable[Row], *, may_act: bool, shows_unit: bool) -> SafeString:
    """The rows of the table: title, state and limit, cells; `may_act`: each with a box to be ticked."""
    return mark_safe("".join(_row(row, may_act, shows_unit) for row in rows))  # noqa: S308  # every text in it is escaped


def _row(row: Row, may_act: bool, shows_unit: bool) -> str:
    title, code = escape(row.title), escape(row.code)
    unit = f" · {escape(row.unit)}" if shows_unit else ""
    named = f'<a href="{escape(row.url)}">{title}</a><small>{code}{unit}</small>'
    if may_act:
        box = f'<input type="checkbox" name="pick" value="{row.id}.{row.version}" id="c{row.id}" aria-label="Chọn {title} {code}">'
        named = f'<div class="pick">{box}<div>{named}</div></div>'
    return f'<tr><th scope="row">{named}</th><td class="unit-lines">{_tag(row.tag)}{_due(row)}</td>{"".join(map(_cell, row.cells))}</tr>'


def cards_drawn(rows: Iterable[Row], *, picks: bool = False, shows_state: bool = False) -> SafeString:
    """Entries as cards: of a board with a box to be ticked (`picks`), elsewhere with their state."""
    return mark_safe("".join(_card(row, picks, shows_state) for row in rows))  # noqa: S308  # every text in it is escaped


def _card(row: Row, picks: bool, shows_state: bool) -> str:
    title, code = escape(row.title), escape(row.code)
    head = f'<a href="{escape(row.url)}">{title}</a>'
    if picks:
        box = f'<input type="checkbox" name="pick" value="{row.id}.{row.version}" aria-label="Chọn {title} {code}">'
        head = f'<div class="pick">{box}{head}</div>'
    unit = f" · {escape(row.unit)}" if row.unit else ""
    state = f'<span class="facts">{_tag(row.tag)}</span>' if shows_state else ""
    return f'<li class="unit-card">{head}<small>{code}{unit}</small>{state}{_due(row)}{_cells_of(row)}</li>'


def _cells_of(row: Row) -> str:
    return "".join(f"<small>{escape(each.label)}: {escape(each.words)}</small>" for each in row.cells if each.words)


def queue_row_drawn(row: Row, book: str, *, wrote: bool) -> SafeString:
    """An entry that waits, on two or three short lines; `book`: its register, where several stand on the page."""
    news = '<span class="tag" data-state="submitted">Người gửi vừa viết</span>' if wrote else ""
    told = " · ".join(escape(each) for each in (row.code, book, row.tag.words, row.unit) if each)
    head = f'<a href="{escape(row.url)}">{escape(row.title)}</a><small class="about">{told}</small>'
    return mark_safe(f'<li class="unit-card">{head}{_due(row)}{news}{_cells_of(row)}</li>')  # noqa: S308  # every text in it is escaped


def _tag(tag: Tag) -> str:
    return f'<span class="tag" data-state="{escape(tag.state)}">{escape(tag.words)}</span>'


def _due(row: Row) -> str:
    return f'<span class="due" data-due="{escape(row.due_tone)}">{escape(row.due_words)}</span>' if row.due_words else ""


def _cell(cell: Cell) -> str:
    look = ' class="number"' if cell.is_number else ""
    label = f' data-label="{escape(cell.label)}"' if cell.words else ""
    return f"<td{look}{label}>{escape(cell.words)}</td>"


def options_drawn(choices: Iterable[tuple[object, str, bool]]) -> SafeString:
    """The options of a list to choose from."""
    options = (
        f'<option value="{escape(str(value))}"{" selected" if chosen else ""}>{escape(words)}</option>' for value, words, chosen in choices
    )
    return mark_safe("".join(options))  # noqa: S308  # every text in it is escaped


def ticks_drawn(name: str, choices: Sequence[Choice]) -> SafeString:
    """Boxes to be ticked, several at once."""
    boxes = (
        f'<label class="choice"><input type="checkbox" name="{escape(name)}" value="{escape(value)}"{" checked" if chosen else ""}>'
        f"{escape(words)}</label>"
        for value, words, chosen in choices
    )
    return mark_safe("".join(boxes))  # noqa: S308  # every text in it is escaped


def filter_drawn(each: Filter) -> SafeString:
    """A filter of the form. One that nobody used is the same in every page of an edition, so that it is kept as it was drawn."""
    return _drawn(each) if each.is_used or each.problem else _kept(each)


def _drawn(each: Filter) -> SafeString:
    return render_to_string("registers/_filter.html", {"each": each})


_kept = lru_cache(MOST_KEPT)(_drawn)
