"""The XML of sheets looked over tag by tag: how many values each row holds, and the cells that need a second look.

This is the second count with which the parser's rows must agree. It knows the plain way in which Excel, LibreOffice and Khéo write a
sheet; for any other, and wherever the counts differ, `counting` goes through the XML cell by cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from kheo.documents.grid.raw import NOWHERE, Block, Place, Places
from kheo.documents.grid.tags import CELL, DATA, ROW, Numbers, Tags

# Before and after the cells there is no row and no cell: the parser does not look for one there.
_CELLS = re.compile(rb"<(?:[\w.-]+:)?(?:c|row|sheetData)[\s/>]")
_ROW = re.compile(rb'<row r="([0-9]{1,5})"([^>]*)>')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_REFERENCE = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="e"[^>]*>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)<')
_HIDDEN_COLUMN = re.compile(rb'<col\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_SPAN = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_FORMATS_OF_CELLS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_FORMAT_ID = re.compile(rb'\bnumFmtId="([0-9]{1,5})"')
_FORMAT_CODE = re.compile(rb'\bformatCode="([^"]*)"')
_PERCENT_IDS = frozenset((b"9", b"10"))
_LAST_COLUMN = 16_384
_DATA, _END = b"<sheetData>", b"</sheetData>"


@dataclass(frozen=True)
class Scan:
    """What was found. `counts`: values by row, errors not among them; `errors` with their signs."""

    counts: dict[int, int]
    formulas: Places = NOWHERE
    unreckoned: Places = NOWHERE
    errors: dict[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def scan(sheets: Sequence[bytes], styles: bytes) -> list[Scan] | None:
    """Look over sheets that are well formed and have nothing veiled in them; None where one is not written plainly.

    All at once: a dozen looks at all their tags take no longer than at those of one small sheet.
    """
    grid = _grid(sheets)
    if grid is None or not grid.tags.is_plain() or not _stand_in_their_rows(grid) or grid.tags.texts() != grid.tags.shared():
        return None
    row_of_values = _last(grid.rows, grid.tags.held())
    if (row_of_values < 0).any():
        return None
    counts = np.bincount(row_of_values, minlength=len(grid.rows)).tolist()
    formulas, has_errors = _formulas(grid), grid.tags.has_errors()
    bounds = [*np.searchsorted(grid.rows, grid.starts).tolist(), len(grid.rows)]
    found = []
    for index, xml in enumerate(sheets):
        own = slice(bounds[index], bounds[index + 1])
        lines = list(zip(grid.numbers[own], grid.attributes[own], counts[own], strict=True))
        found.append(_scan(xml, styles, lines, formulas.get(index, (NOWHERE, NOWHERE)), _errors(xml) if has_errors else {}))
    return found


@dataclass(frozen=True)
class _Grid:
    """The cells of all sheets: the tags of cells and rows, and those with which sheets begin.

    Of each row what stands behind its name, its number from 0, and how many digits it is written with.
    """

    data: bytes
    tags: Tags
    cells: Numbers
    rows: Numbers
    starts: Numbers
    attributes: list[bytes]
    numbers: list[int]
    digits: list[int]


def _grid(sheets: Sequence[bytes]) -> _Grid | None:
    """None where cells stand outside the data, or a row is not named plainly."""
    spans = [_span(xml) for xml in sheets]
    data = b"".join([xml[span[0] : span[1]] for xml, span in zip(sheets, spans, strict=True) if span])
    if not data or None in spans:
        return None
    tags = Tags(data)
    rows, starts = tags.of(ROW), tags.of(DATA)
    lines = [_ROW.match(data, place) for place in tags.at[rows].tolist()]
    if len(starts) != len(sheets) or not lines or None in lines:
        return None
    found = [line.groups() for line in lines if line]
    digits = [len(number) for number, _ in found]
    return _Grid(data, tags, tags.of(CELL), rows, starts, [each for _, each in found], [int(number) - 1 for number, _ in found], digits)


def _scan(
    xml: bytes, styles: bytes, lines: list[tuple[int, bytes, int]], formulas: tuple[Places, Places], errors: dict[Place, str]
) -> Scan:
    """One sheet, with its rows: their numbers, attributes and counts. A number that comes twice has the values of both."""
    counts: dict[int, int] = {}
    for number, _, count in lines:
        if count:
            counts[number] = counts.get(number, 0) + count
    for row, _ in errors:
        counts[row] = counts.get(row, 0) - 1
    begin, end = xml.find(_DATA), xml.rfind(_END)
    return Scan(
        counts={row: count for row, count in counts.items() if count} if errors else counts,
        formulas=formulas[0],
        unreckoned=formulas[1],
        errors=errors,
        percents=_percents(xml, styles),
        merged=tuple(_merged(xml[end:])),
        hidden_rows=frozenset([number for number, attributes, _ in lines if b"hidden" in attributes and _HIDDEN.search(attributes)]),
        hidden_columns=frozenset(hidden_columns(_HIDDEN_COLUMN.findall(xml, 0, begin))),
    )


def _span(xml: bytes) -> tuple[int, int] | None:
    """Where the cells of a sheet begin and end; None where there are some outside, too."""
    begin, end = xml.find(_DATA), xml.rfind(_END)
    if xml.find(b"<worksheet", 0, 1000) < 0 or not 0 <= begin < end:
        return None
    behind = end + len(_END)
    return None if _CELLS.search(xml, 0, begin) or _CELLS.search(xml, behind) else (begin, behind)


def _last(openings: Numbers, tags: Numbers) -> Numbers:
    """For each tag the last of these before it, by its index; -1 where there is none."""
    found: Numbers = np.searchsorted(openings, tags) - 1
    return found


def _stand_in_their_rows(grid: _Grid) -> bool:
    """Whether every cell is named after its row, in one of the near columns: the digits of both names are compared, with their quote."""
    tags, cells, row = grid.tags, grid.cells, _last(grid.rows, grid.cells)
    if not len(cells):
        return True
    if not tags.are_named(cells, b"c r=") or (row < 0).any() or (grid.rows[row] < grid.starts[_last(grid.starts, cells)]).any():
        return False
    first, second = tags.letter(cells, 6), tags.letter(cells, 7)
    has_two = second > _NINE
    if not _are_letters(first) or not _are_letters(second[has_two]) or not (tags.letter(cells, 5) == _QUOTE).all():
        return False
    masks = _MASKS[grid.digits]
    wanted = tags.eight(grid.rows, len(b'<row r="')) & masks
    return bool((tags.eight(cells, 7 + has_two) & masks[row] == wanted[row]).all())


def _are_letters(found: Numbers) -> bool:
    return bool(((found >= _A) & (found <= _Z)).all())


_QUOTE, _NINE, _A, _Z = b'"9AZ'
# For numbers of so many digits: they and the quote behind them, out of eight letters.
_MASKS = np.array([(1 << 8 * (digits + 1)) - 1 for digits in range(6)], "<u8")


def _formulas(grid: _Grid) -> dict[int, tuple[Places, Places]]:
    """By sheet the cells with a formula, and those of them without a value. One with an empty text was reckoned: its kind says so."""
    tags = grid.tags
    if not len(tags.formulas) or not len(grid.cells):
        return {}
    owner = grid.cells[_last(grid.cells, tags.formulas)]
    first, second = (tags.letter(owner, place).astype(int) - _A + 1 for place in (6, 7))
    columns = np.where(second > 0, first * 26 + second, first) - 1
    rows = np.array(grid.numbers)[_last(grid.rows, owner)]
    sheets = _last(grid.starts, owner)
    empty = np.flatnonzero(~tags.are_reckoned())
    begin, end = tags.at[owner[empty]].tolist(), tags.at[tags.formulas[empty]].tolist()
    are_unreckoned = [b't="str"' not in grid.data[first:last] for first, last in zip(begin, end, strict=True)]
    unreckoned = empty[np.array(are_unreckoned, bool)]
    every, some = _by_column(sheets, columns, rows), _by_column(sheets[unreckoned], columns[unreckoned], rows[unreckoned])
    return {sheet: (Places(found), Places(some.get(sheet, {}))) for sheet, found in every.items()}


def _by_column(sheets: Numbers, columns: Numbers, rows: Numbers) -> dict[int, dict[int, frozenset[int]]]:
    """Rows by sheet and column: formulas fill whole columns, so they are few to name."""
    by_name: dict[int, list[int]] = {}
    for name, row in zip((sheets * _LAST_COLUMN + columns).tolist(), rows.tolist(), strict=True):
        by_name.setdefault(name, []).append(row)
    found: dict[int, dict[int, frozenset[int]]] = {}
    for name, part in by_name.items():
        sheet, column = divmod(name, _LAST_COLUMN)
        found.setdefault(sheet, {})[column] = frozenset(part)
    return found


def _errors(xml: bytes) -> dict[Place, str]:
    return {_place(column, row): sign.decode("ascii", "replace") for column, row, sign in _ERROR.findall(xml)}


class _Columns(dict[bytes, int]):
    """Numbers of columns by their letters, each worked out once."""

    def __missing__(self, letters: bytes) -> int:
        index = 0
        for letter in letters:
            index = index * 26 + letter - 64
        self[letters] = index - 1
        return index - 1


_COLUMNS = _Columns()


def _place(column: bytes, row: bytes) -> Place:
    return int(row) - 1, _COLUMNS[column]


def place_of(ref: str) -> Place | None:
    """`E17` -> (16, 4); None for what is no reference."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", ref)
    return _place(found[1].encode(), found[2].encode()) if found else None


def _merged(xml: bytes) -> Iterator[Block]:
    for left, top, right, bottom in _MERGED.findall(xml):
        yield Block(*_place(left, top), *_place(right, bottom))


def hidden_columns(found: list[bytes]) -> Iterator[int]:
    """The columns of `<col>` elements."""
    for attributes in found:
        span = {name: int(value) for name, value in _SPAN.findall(attributes)}
        yield from range(span.get(b"min", 1) - 1, min(span.get(b"max", 0), _LAST_COLUMN))


def _percents(xml: bytes, styles: bytes) -> frozenset[Place]:
    """Cells with a value that are shown as a percentage. Their format comes first to the eye, then, backwards, their name."""
    found = set()
    for style, pattern in _percent_patterns(styles):
        for match in pattern.finditer(xml) if style in xml else ():
            ref = _REFERENCE.match(xml, xml.rfind(b"<c ", 0, match.start()))
            if ref:
                found.add(_place(ref[1], ref[2]))
    return frozenset(found)


@lru_cache(maxsize=32)
def _percent_patterns(styles: bytes) -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    found = [b' s="%d"' % number for number in sorted(percent_styles(styles))]
    return tuple((style, re.compile(style + rb"[^>]*>(?:<f|<v|<is)")) for style in found)


@lru_cache(maxsize=32)
def percent_styles(styles: bytes) -> frozenset[int]:
    """Numbers of the cell formats that show a percentage."""
    codes = set(_PERCENT_IDS)
    for attributes in _FORMAT.findall(styles):
        number, code = _FORMAT_ID.search(attributes), _FORMAT_CODE.search(attributes)
        if number and code and b"%" in code[1]:
            codes.add(number[1])
    found = _FORMATS_OF_CELLS.search(styles)
    formats = _CELL_FORMAT.findall(found[0]) if found else []
    numbers = [_FORMAT_ID.search(attributes) for attributes in formats]
    return frozenset(index for index, number in enumerate(numbers) if number and number[1] in codes)
