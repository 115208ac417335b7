"""An .ods made into a plain grid: LibreOffice's own format, for officers who saved in it without noticing.

As with .xlsx, python-calamine gives the values and a second reader, here of `content.xml`, says where values stand.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import CalamineWorkbook

from kheo.documents.grid.package import Package
from kheo.documents.grid.raw import Block, Odd, Place, Places, RawBook, RawSheet
from kheo.documents.grid.xlsx import MOST_CELLS, MOST_ROWS, MOST_SHEETS, DiffersError, TooManyError, marks_in, values_of

_FARTHEST = 1_048_576
_HIDDEN = ("collapse", "filter")


@dataclass
class _Sheet:
    name: str
    style: str
    values: set[Place] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    unreckoned: set[Place] = field(default_factory=set)
    odd: dict[Place, Odd] = field(default_factory=dict)
    merged: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class _Cell:
    attributes: Mapping[str, str]
    times: int
    text: str = ""


def read_ods(data: bytes, package: Package) -> RawBook:
    """All sheets; raises as `read_xlsx` does."""
    reader = _Reader()
    reader.read(package.read("content.xml"))
    if len(reader.sheets) > MOST_SHEETS:
        raise TooManyError("")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if book.sheet_names != [sheet.name for sheet in reader.sheets]:
        raise DiffersError("")
    return RawBook(tuple(_sheet(sheet, book, sheet.style in reader.hidden_styles) for sheet in reader.sheets))


def _sheet(counted: _Sheet, book: CalamineWorkbook, is_hidden: bool) -> RawSheet:
    rows, columns = (max((place[axis] for place in counted.values), default=0) + 1 for axis in (0, 1))
    if rows * columns > MOST_CELLS or len({row for row, _ in counted.values}) > MOST_ROWS:
        raise TooManyError(counted.name)
    found = book.get_sheet_by_name(counted.name).to_python(skip_empty_area=False)
    odd: dict[Place, Odd] = {}
    plain = {row: values_of(row, values, odd) for row, values in enumerate(found) if any(value != "" for value in values)}
    seen = {(row, column) for row, values in plain.items() for column, value in enumerate(values) if value is not None} | odd.keys()
    if seen - counted.odd.keys() != counted.values - counted.odd.keys():
        raise DiffersError(counted.name)
    return RawSheet(
        name=counted.name,
        is_hidden=is_hidden,
        rows=plain,
        odd=odd | counted.odd,
        formulas=Places.of(counted.formulas),
        unreckoned=Places.of(counted.unreckoned),
        merged=tuple(counted.merged),
        hidden_rows=frozenset(counted.hidden_rows),
        hidden_columns=frozenset(counted.hidden_columns),
        marks=marks_in(plain),
    )


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._column = self._defined_columns = 0
        self._times = 1
        self._cell: _Cell | None = None
        self._depth = 0  # of annotations inside a cell: remarks are no values

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._text
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as fault:
            raise ValueError("content.xml") from fault

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self._style)
        elif name == "table:table":
            self.sheets.append(_Sheet(attributes.get("table:name", ""), attributes.get("table:style-name", "")))
            self._row = self._defined_columns = 0
        elif name == "office:annotation":
            self._depth += 1
        elif self.sheets:
            self._start_in_sheet(name, attributes)

    def _start_in_sheet(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table-column":
            times = _times(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self.sheets[-1].hidden_columns.update(range(self._defined_columns, min(self._defined_columns + times, 16_384)))
            self._defined_columns += times
        elif name == "table:table-row":
            self._column, self._times = 0, _times(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self.sheets[-1].hidden_rows.update(range(self._row, min(self._row + self._times, self._row + MOST_ROWS)))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell = _Cell(attributes, _times(attributes, "table:number-columns-repeated"))
        elif name == "text:p" and self._cell is not None and self._cell.text:
            self._cell.text += "\n"

    def _text(self, text: str) -> None:
        if self._cell is not None and not self._depth:
            self._cell.text += text

    def _end(self, name: str) -> None:
        if name == "office:annotation":
            self._depth -= 1
        elif name == "table:table-row":
            self._row += self._times
        elif name in ("table:table-cell", "table:covered-table-cell") and self._cell is not None:
            cell, self._cell = self._cell, None
            self._finish(cell)
            self._column += cell.times

    def _finish(self, cell: _Cell) -> None:
        sheet, place = self.sheets[-1], (self._row, self._column)
        span = (_times(cell.attributes, "table:number-rows-spanned"), _times(cell.attributes, "table:number-columns-spanned"))
        if span != (1, 1):
            sheet.merged.append(Block(*place, place[0] + span[0] - 1, place[1] + span[1] - 1))
        kind = cell.attributes.get("office:value-type", "")
        has_value = kind not in ("", "string") or bool(cell.text)
        if "table:formula" in cell.attributes:
            sheet.formulas.add(place)
            if not kind:
                sheet.unreckoned.add(place)
        if not has_value:
            return
        if self._times * cell.times > MOST_CELLS or self._row > _FARTHEST:
            raise TooManyError(sheet.name)
        places = {(row, column) for row in range(place[0], place[0] + self._times) for column in range(place[1], place[1] + cell.times)}
        sheet.values |= places
        if cell.attributes.get("calcext:value-type") == "error":
            sheet.odd.update(dict.fromkeys(places, Odd("error", cell.text)))
        elif kind == "percentage":
            sheet.odd.update(dict.fromkeys(places, Odd("percent", cell.text)))


def _times(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 1
