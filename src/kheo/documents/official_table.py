"""A table of an official document: thin lines, a head repeated on every page, rows never split."""

from collections.abc import Sequence

from kheo.documents.laid import Empty, Face, Grid, GridCell, Line, Piece, Shape
from kheo.documents.official import Align, Column, Row, Table
from kheo.documents.profiles import PaperProfile
from kheo.documents.table_layout import PADDING, Widths, fit_columns, share_columns

_SHADE = "F2F2F2"
# So many rows stay on one page at either end of a table: neither a first row nor a total is alone under a head.
_KEPT = 3


def table_of(data: Table, width: float, profile: PaperProfile, size: float, shares: Sequence[float] = ()) -> list[Piece]:
    """Caption, unit line, the table itself and the gap below it, on a text width in millimetres. `shares`: widths of a prescribed form."""
    fitted = share_columns(data, shares, width, size) if shares else fit_columns(data, width, size, profile.smallest_table_size)
    last = len(data.rows) - 1
    rows = []
    for index, each in enumerate(data.rows):
        keep = index < _KEPT - 1 or index > last - _KEPT or each.look == "group"
        rows.append(_row(each, data.columns, fitted, keep=keep and index < last))
    pieces: list[Piece] = []
    if data.caption:
        pieces.append(Line(data.caption, Face(size, bold=True), Shape(align="center", before=6, after=3, keep_next=True)))
    if data.unit:
        pieces.append(Line(data.unit, Face(max(size - 1, 10), italic=True), Shape(align="right", after=2, keep_next=True)))
    head = _head(data.columns, fitted.columns, fitted.size)
    return [*pieces, Grid(fitted.columns, head, tuple(rows), PADDING), Empty(Shape(exact_line=profile.paragraph_gap))]


def _head(columns: Sequence[Column], widths: Sequence[float], size: float) -> tuple[tuple[GridCell, ...], ...]:
    """Titles, and below them the codes where there are any; a column without a code has its title over both rows."""
    has_codes = any(column.code for column in columns)
    title_face, code_face = Face(size, bold=True), Face(max(size - 1, 7), italic=True)
    titles, codes = [], []
    for column, width in zip(columns, widths, strict=True):
        alone = has_codes and not column.code
        titles.append(GridCell(column.title, title_face, "center", width, down="restart" if alone else "", shade=_SHADE, keep_next=True))
        codes.append(GridCell(column.code, code_face, "center", width, down="continue" if alone else "", shade=_SHADE, keep_next=True))
    return (tuple(titles), *([tuple(codes)] if has_codes else []))


def _row(data: Row, columns: Sequence[Column], fitted: Widths, *, keep: bool) -> tuple[GridCell, ...]:
    face = Face(fitted.size, bold=data.look in ("total", "group"), italic=data.look in ("part", "quiet"))
    shade = _SHADE if data.look == "group" else ""
    whole = data.texts if len(data.texts) == len(columns) else data.texts[:-1]
    cells = [
        GridCell(text, face, column.align, width, shade=shade, keep_next=keep)
        for text, column, width in zip(whole, columns, fitted.columns, strict=False)
    ]
    rest = len(columns) - len(whole)
    if rest:
        align: Align = "left" if data.look == "group" else "center"
        width = sum(fitted.columns[len(whole) :])
        cells.append(GridCell(data.texts[-1], face, align, width, span=rest, shade=shade, keep_next=keep))
    return tuple(cells)
