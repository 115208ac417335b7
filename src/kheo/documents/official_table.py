"""A table of an official document: thin lines, a head repeated on every page, rows never split."""

from collections.abc import Sequence

from kheo.documents.official import Align, Column, Row, Table
from kheo.documents.profiles import PaperProfile
from kheo.documents.table_layout import PADDING, Widths, fit_columns
from kheo.documents.word import Face, Shape, cell, line, paragraph, row, table

_SHADE = "F2F2F2"
# So many rows stay on one page at either end of a table: neither a first row nor a total is alone under a head.
_KEPT = 3


def table_of(data: Table, width: float, profile: PaperProfile, size: float) -> list[str]:
    """Caption, unit line, the table itself and the gap below it, on a text width in millimetres."""
    fitted = fit_columns(data, width, size, profile.smallest_table_size)
    rows = [*_head(data.columns, fitted.columns, fitted.size)]
    last = len(data.rows) - 1
    for index, each in enumerate(data.rows):
        keep = index < _KEPT - 1 or index > last - _KEPT
        rows.append(_row(each, data.columns, fitted, keep=keep and index < last))
    pieces = []
    if data.caption:
        pieces.append(line(data.caption, Face(size, bold=True), Shape(align="center", before=6, after=3, keep_next=True)))
    if data.unit:
        pieces.append(line(data.unit, Face(max(size - 1, 10), italic=True), Shape(align="right", after=2, keep_next=True)))
    pieces.append(table(rows, fitted.columns, lined=True, padding=PADDING))
    pieces.append(paragraph([], Shape(exact_line=profile.paragraph_gap)))
    return pieces


def _head(columns: Sequence[Column], widths: Sequence[float], size: float) -> list[str]:
    """Titles, and below them the codes where there are any; a column without a code has its title over both rows."""
    has_codes = any(column.code for column in columns)
    titles, codes = [], []
    for column, width in zip(columns, widths, strict=True):
        alone = has_codes and not column.code
        title = _paragraph(column.title, Face(size, bold=True), "center", keep=True)
        titles.append(cell([title], width, merge="restart" if alone else "", shade=_SHADE))
        code = _paragraph(column.code, Face(max(size - 1, 7), italic=True), "center", keep=True)
        codes.append(cell([code], width, merge="continue" if alone else "", shade=_SHADE))
    return [row(titles, header=True), *([row(codes, header=True)] if has_codes else [])]


def _paragraph(text: str, face: Face, align: Align, *, keep: bool) -> str:
    return line(text, face, Shape(style="KheoTable", align=align, keep_next=keep))


def _row(data: Row, columns: Sequence[Column], fitted: Widths, *, keep: bool) -> str:
    face = Face(fitted.size, bold=data.look in ("total", "group"), italic=data.look in ("part", "quiet"))
    shade = _SHADE if data.look == "group" else ""
    whole = data.texts if len(data.texts) == len(columns) else data.texts[:-1]
    cells = []
    for text, column, width in zip(whole, columns, fitted.columns, strict=False):
        cells.append(cell([_paragraph(text, face, column.align, keep=keep)], width, shade=shade))
    rest = len(columns) - len(whole)
    if rest:
        align: Align = "left" if data.look == "group" else "center"
        words = _paragraph(data.texts[-1], face, align, keep=keep)
        cells.append(cell([words], sum(fitted.columns[len(whole) :]), span=rest, shade=shade))
    return row(cells)
