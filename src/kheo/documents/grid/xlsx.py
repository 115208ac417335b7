"""An .xlsx made into a plain grid by python-calamine, checked row by row against a second count of the XML itself."""

import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from html import unescape
from posixpath import normpath
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kheo.documents.grid.counting import Counted, ImpossibleError, count, empty_texts
from kheo.documents.grid.package import Package
from kheo.documents.grid.raw import FRAMES, MARK, Odd, Place, RawBook, RawSheet, Value
from kheo.documents.grid.scanning import Scan, percent_styles, scan

MOST_SHEETS = 60
MOST_ROWS = 20_000
MOST_CELLS = 1_000_000  # of the rectangle from A1 to the last value, which the parser lays out in memory
_SIGNED_ROWS = 40
_SHORT = 64 << 10  # bytes of a list of sheets that is remembered
_PLAIN = frozenset((str, float, bool))
_MARK = MARK.encode()
_FRAMES = {name: role for role, name in FRAMES.items()}
_FRAME = re.compile(
    rb'<sheetData><row r="1"[^>]*><c r="A1"[^>]* t="inlineStr"><is><t>('
    + re.escape(_MARK)
    + rb"[0-9]+\|([a-z-]+)\|[\x21-\x25\x27-\x3b\x3d-\x7e]{1,2000})</t>"
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')


class DiffersError(Exception):
    """Two counts of a sheet do not agree, so that nobody can say what it holds."""


class TooManyError(Exception):
    """More rows, columns or sheets than any report has."""


@dataclass(frozen=True)
class _Parts:
    package: Package
    styles: bytes
    by_name: Mapping[str, str]


def read_xlsx(package: Package) -> RawBook:
    """All sheets. Raises DiffersError, TooManyError, what `Package.read` raises, and what the parser raises for a damaged file."""
    parts = _Parts(package, package.read("xl/styles.xml"), _sheet_parts(package))
    if len(parts.by_name) > MOST_SHEETS:
        raise TooManyError("")
    for name in ("_rels/.rels", "xl/sharedStrings.xml"):
        package.read(name)
    marks = {name: mark for name in parts.by_name if (mark := _frame_mark(name, parts))}
    looked = _looked(parts, marks.keys())
    book = CalamineWorkbook.from_filelike(io.BytesIO(package.looked_over(without=[parts.by_name[name] for name in marks])))
    sheets = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        is_hidden = about.visible != SheetVisibleEnum.Visible
        if about.name in marks:
            sheets.append(RawSheet(about.name, is_hidden, {}, marks=(marks[about.name],), is_frame=True))
            continue
        if about.name not in looked:
            raise DiffersError(about.name)
        found = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        sheets.append(_sheet(about.name, is_hidden, found, looked[about.name], parts))
    if len(sheets) != len(looked) + len(marks):
        raise DiffersError("")
    return RawBook(tuple(sheets))


def _frame_mark(name: str, parts: _Parts) -> str:
    """The signature of a sheet that is ours and asks nothing, "" for any other: nobody looks for an answer in it, so it is read no further.

    It must be plain to see: by the sheet's name, by a signature in its first cell as the template writes it, and by no second one.
    What is written in another way (another program keeps texts in a table of their own) is read as any sheet is.
    """
    if name not in _FRAMES:
        return ""
    part = parts.by_name[name]
    xml = parts.package.read(part)
    found = _FRAME.search(xml)
    is_sure = found and found[2].decode() == _FRAMES[name] and xml.count(_MARK) == 1 and part not in parts.package.veiled
    return found[1].decode() if found and is_sure else ""


def _looked(parts: _Parts, without: Collection[str]) -> Mapping[str, Scan | Counted]:
    """The second count, before the parser is let in: it would lay out the whole rectangle to the farthest cell."""
    sheets = {name: parts.package.read(part) for name, part in parts.by_name.items() if name not in without}
    is_veiled = any(parts.by_name[name] in parts.package.veiled for name in sheets)
    plain = None if is_veiled else scan(list(sheets.values()), parts.styles)
    if plain is None:
        return {name: _looked_at_closely(name, parts) for name in sheets}
    looked = dict(zip(sheets, plain, strict=True))
    for name, found in looked.items():
        if len(found.counts) > MOST_ROWS:
            raise TooManyError(name)
    return looked


def _looked_at_closely(name: str, parts: _Parts) -> Counted:
    counted = _counted(name, parts)
    rows, columns = (max((place[axis] for place in counted.values | counted.errors.keys()), default=0) + 1 for axis in (0, 1))
    if len(counted.scan().counts) > MOST_ROWS or rows * columns > MOST_CELLS:
        raise TooManyError(name)
    return counted


def _counted(name: str, parts: _Parts) -> Counted:
    try:
        return count(parts.package.read(parts.by_name[name]), percent_styles(parts.styles))
    except (expat.ExpatError, ImpossibleError) as fault:
        raise DiffersError(name) from fault


def _sheet(name: str, is_hidden: bool, found: list[list[Any]], looked: Scan | Counted, parts: _Parts) -> RawSheet:
    odd: dict[Place, Odd] = {}
    rows, counts = _rows(found, odd)
    quick = looked if isinstance(looked, Scan) else None
    if quick is None or quick.counts != counts:
        counted = looked if isinstance(looked, Counted) else _counted(name, parts)
        _agree(name, rows, odd, counted, parts)
        quick = counted.scan()
    for place, sign in quick.errors.items():
        odd[place] = Odd("error", sign)
    for place in quick.percents:
        _percent(place, rows, odd)
    return RawSheet(
        name=name,
        is_hidden=is_hidden,
        rows=rows,
        odd=odd,
        formulas=quick.formulas,
        unreckoned=quick.unreckoned,
        merged=quick.merged,
        hidden_rows=quick.hidden_rows,
        hidden_columns=quick.hidden_columns,
        marks=marks_in(rows),
    )


def _rows(found: list[list[Any]], odd: dict[Place, Odd]) -> tuple[dict[int, list[Value]], dict[int, int]]:
    """Rows that hold anything, and how many values each; what is odd is put aside and counts as well."""
    rows, counts = {}, {}
    for row, values in enumerate(found):
        before = len(odd)
        kept = values_of(row, values, odd)
        count = len(kept) - kept.count(None) + len(odd) - before
        if count:
            rows[row], counts[row] = kept, count
    return rows, counts


def marks_in(rows: Mapping[int, list[Value]]) -> tuple[str, ...]:
    """Texts that look like our signature: it stands in the first row, lower only where rows were put in above it."""
    return tuple(
        value for row, values in rows.items() if row < _SIGNED_ROWS for value in values if type(value) is str and value.startswith(MARK)
    )


def values_of(row: int, values: list[Any], odd: dict[Place, Odd]) -> list[Value]:
    """A row with None for empty cells, and its dates put aside."""
    if _PLAIN.issuperset(map(type, values)):
        return [value or (None if value == "" else value) for value in values]  # most are true, and need no comparing
    kept: list[Value] = []
    for column, value in enumerate(values):
        if isinstance(value, date | time | timedelta):
            odd[row, column] = Odd("date", _moment(value))
            kept.append(None)
        elif type(value) is int:
            kept.append(float(value))
        else:
            kept.append(None if value == "" else value)
    return kept


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _percent(place: Place, rows: dict[int, list[Value]], odd: dict[Place, Odd]) -> None:
    row, column = place
    values = rows.get(row, [])
    value = values[column] if column < len(values) else None
    if isinstance(value, float):
        odd[place] = Odd("percent", f"{value * 100:.10g}%".replace(".", ","))


def _agree(name: str, rows: dict[int, list[Value]], odd: dict[Place, Odd], counted: Counted, parts: _Parts) -> None:
    """Every value that the XML holds came out of the parser, and nothing else did; but for empty texts of the common table."""
    seen = {(row, column) for row, values in rows.items() for column, value in enumerate(values) if value is not None} | odd.keys()
    differing = seen ^ counted.values
    if not differing:
        return
    try:
        empty = empty_texts(parts.package.read("xl/sharedStrings.xml")) if differing <= counted.shared.keys() else frozenset()
    except expat.ExpatError as fault:
        raise DiffersError(name) from fault
    if not all(place in counted.shared and counted.shared[place] in empty for place in differing):
        raise DiffersError(name)
    counted.values -= differing


def _sheet_parts(package: Package) -> Mapping[str, str]:
    """The part of each sheet, by the sheet's name. Both lists are the same in file after file of a campaign."""
    relations, sheets = package.read("xl/_rels/workbook.xml.rels"), package.read("xl/workbook.xml")
    listed = _known_list if len(relations) + len(sheets) < _SHORT else _listed
    return listed(relations, sheets)


def _listed(relations_xml: bytes, sheets_xml: bytes) -> Mapping[str, str]:
    relations = {}
    for attributes in _attributes(_RELATION, relations_xml):
        target = attributes.get("Target", "")
        relations[attributes.get("Id", "")] = normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    found: dict[str, str] = {}
    for attributes in _attributes(_SHEET, sheets_xml):
        name = attributes.get("name", "")
        part = next((relations.get(value, "") for key, value in attributes.items() if key.endswith(":id")), "")
        if name in found or part in found.values():
            raise DiffersError(name)
        if part.startswith("xl/worksheets/"):
            found[name] = part
    return found


_known_list = lru_cache(maxsize=16)(_listed)


def _attributes(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[dict[str, str]]:
    for element in pattern.findall(xml):
        yield {name.decode(): unescape((one or other).decode("utf-8", "replace")) for name, one, other in _ATTRIBUTE.findall(element)}
