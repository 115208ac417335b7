"""A sheet's XML looked over by patterns: how many values each row holds, and the cells that need a second look.

This is the second count with which the parser's rows must agree. It knows the plain way in which Excel, LibreOffice and Khéo write a
sheet; for any other (`is_plain`), and wherever the counts differ, `counting` goes through the XML cell by cell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kheo.documents.unit_workbook.raw import Block

Place = tuple[int, int]

_NUMBER = re.compile(rb'[^>]*?\br="([0-9]{1,7})"')
# Ways to write an empty text, which the quick count does not know.
_EMPTY_TEXTS = (b"<t></t>", b"<t/>")
_REF = rb'<c r="([A-Z]{1,3})([0-9]{1,7})"'
# The last group is there where the formula has a value.
_FORMULA = re.compile(_REF + rb"([^>]*)><f[^>]*(?:/>|>[^<]*</f>)(<v>[^<])?")
_REFERENCE = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(_REF + rb'[^>]*\bt="e"[^>]*>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)<')
# Two patterns, each with a beginning of its own: that is what makes them quick to look for.
_FAR = (re.compile(rb'<c r="[A-Z]{3}'), re.compile(rb'<row r="[0-9]{6}'))
# The parser takes what is no number for the first text of the table.
_NO_TEXT = re.compile(rb'\bt="s"[^>]*>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>(?![0-9]{1,9}</v>)')
_PLAIN_TEXT = re.compile(rb't="s"><v>[0-9]{1,9}</v>')
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^>]* hidden="(?:1|true)"')
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


@dataclass(frozen=True)
class Scan:
    """What was found. `counts`: values by row, errors not among them; `errors` with their signs."""

    counts: dict[int, int]
    formulas: frozenset[Place] = frozenset()
    unreckoned: frozenset[Place] = frozenset()
    errors: dict[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def is_plain(xml: bytes) -> bool:
    """Whether the patterns know this way of writing a sheet (nothing veiled in it), and it keeps to the near part of the grid."""
    opening = xml.find(b"<worksheet", 0, 1000)
    if opening < 0 or b"<row" not in xml or any(each.search(xml) for each in _FAR) or any(each in xml for each in _EMPTY_TEXTS):
        return False
    if xml.find(b'<c r="', _end_of_data(xml)) >= 0:
        return False
    texts = xml.count(b't="s"')
    return texts == 0 or texts == len(_PLAIN_TEXT.findall(xml)) or _NO_TEXT.search(xml) is None


def _end_of_data(xml: bytes) -> int:
    """Behind the cells; in a plain sheet none stands farther on, and the patterns for cells need not look there."""
    return max(0, xml.rfind(b"</sheetData>"))


def scan(xml: bytes, styles: bytes) -> Scan:
    """Look a plain sheet over."""
    errors = {_place(column, row): sign.decode("ascii", "replace") for column, row, sign in _ERROR.findall(xml)} if b't="e"' in xml else {}
    end = _end_of_data(xml)
    formulas = _FORMULA.findall(xml, 0, end)
    unreckoned = [(column, row) for column, row, attributes, value in formulas if not value and b't="str"' not in attributes]
    head, tail = xml[: xml.find(b"<sheetData")], xml[end:]
    return Scan(
        counts=_counts(xml, errors),
        formulas=frozenset([(int(row) - 1, _COLUMNS[column]) for column, row, _, _ in formulas]),
        unreckoned=frozenset([(int(row) - 1, _COLUMNS[column]) for column, row in unreckoned]),
        errors=errors,
        percents=_percents(xml, styles),
        merged=tuple(_merged(tail)),
        hidden_rows=frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(xml, 0, end)),
        hidden_columns=frozenset(hidden_columns(_HIDDEN_COLUMN.findall(head))),
    )


def _counts(xml: bytes, errors: dict[Place, str]) -> dict[int, int]:
    """Values by row. A row without a number counts under -1, which agrees with nothing."""
    counts: dict[int, int] = {}
    has_others = b"<v></v>" in xml or b"</is>" in xml
    for piece in xml.split(b"<row")[1:]:
        values = piece.count(b"</v>")
        if has_others:
            values += piece.count(b"</is>") - piece.count(b"<v></v>")
        if values:
            found = _NUMBER.match(piece)
            row = int(found[1]) - 1 if found else -1
            counts[row] = counts.get(row, 0) + values
    for row, _ in errors:
        counts[row] -= 1
    return {row: count for row, count in counts.items() if count}


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
    for pattern in _percent_patterns(styles):
        for match in pattern.finditer(xml):
            ref = _REFERENCE.match(xml, xml.rfind(b"<c ", 0, match.start()))
            if ref:
                found.add(_place(ref[1], ref[2]))
    return frozenset(found)


@lru_cache(maxsize=32)
def _percent_patterns(styles: bytes) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(rb' s="%d"[^>]*>(?:<f|<v|<is)' % number) for number in sorted(percent_styles(styles)))


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
