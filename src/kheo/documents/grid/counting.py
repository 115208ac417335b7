"""A sheet's XML read cell by cell, whatever way it is written: slow and exact, for the sheets of which the quick look is not sure.

It finds the same as `scanning`, and which cells hold a value, so that not one can be lost between two readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kheo.documents.grid.raw import Block, Place, Places
from kheo.documents.grid.scanning import Scan, place_of


class ImpossibleError(Exception):
    """A sheet of which no two readers could agree: two cells or two rows of one name, cells outside their row."""


@dataclass
class _Cell:
    place: Place
    style: int
    kind: str
    text: str = ""
    has_formula: bool = False


@dataclass
class Counted:
    """What stands in a sheet. `values`: places with a value; `shared`: those whose text is in the common table, by its number."""

    values: set[Place] = field(default_factory=set)
    shared: dict[Place, int] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    unreckoned: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    percents: set[Place] = field(default_factory=set)
    merged: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def scan(self) -> Scan:
        """The same as the quick look gives."""
        counts: dict[int, int] = {}
        for row, _ in self.values:
            counts[row] = counts.get(row, 0) + 1
        return Scan(
            counts,
            Places.of(self.formulas),
            Places.of(self.unreckoned),
            self.errors,
            frozenset(self.percents),
            tuple(self.merged),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )


def count(xml: bytes, percent_styles: frozenset[int]) -> Counted:
    """Read a sheet through. Raises expat's error for what is not well formed, ImpossibleError for what has no one meaning."""
    return _Counter(percent_styles).read(xml)


def empty_texts(xml: bytes) -> frozenset[int]:
    """Numbers of the empty texts in the common table."""
    reader = _Texts()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.text
    parser.Parse(xml, True)
    return frozenset(reader.empty)


class _Texts:
    def __init__(self) -> None:
        self.empty: set[int] = set()
        self._index = -1
        self._length = 0
        self._is_text = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self._index, self._length = self._index + 1, 0
        self._is_text = local == "t"

    def end(self, name: str) -> None:
        self._is_text = False
        if name.rpartition(":")[2] == "si" and not self._length:
            self.empty.add(self._index)

    def text(self, text: str) -> None:
        self._length += len(text) if self._is_text else 0


class _Counter:
    def __init__(self, percent_styles: frozenset[int]) -> None:
        self._percent = percent_styles
        self.found = Counted()
        self._row = -1
        self._column = -1
        self._rows: set[int] = set()
        self._places: set[Place] = set()
        self._cell: _Cell | None = None
        self._is_text = False

    def read(self, xml: bytes) -> Counted:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._text
        parser.Parse(xml, True)
        return self.found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self._start_row(attributes)
        elif local == "c":
            self._start_cell(attributes)
        elif local == "f" and self._cell is not None:
            self._cell.has_formula = True
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            self.found.hidden_columns.update(range(_number(attributes, "min", 1) - 1, min(_number(attributes, "max", 0), 16_384)))
        self._is_text = local in ("v", "t")

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        row = _number(attributes, "r", self._row + 2) - 1
        if row in self._rows or row < self._row:
            raise ImpossibleError(f"row {row + 1}")
        self._rows.add(row)
        self._row, self._column = row, -1
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_rows.add(row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = place_of(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        if place is None or place[0] != self._row or place in self._places:
            raise ImpossibleError(attributes.get("r", ""))
        self._places.add(place)
        self._column = place[1]
        self._cell = _Cell(place, _number(attributes, "s", 0), attributes.get("t", "n"))

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        one, other = place_of(first), place_of(last or first)
        if one and other:
            self.found.merged.append(Block(*one, *other))

    def _text(self, text: str) -> None:
        if self._cell is not None and self._is_text:
            self._cell.text += text

    def _end(self, name: str) -> None:
        self._is_text = False
        if name.rpartition(":")[2] != "c" or self._cell is None:
            return
        cell, self._cell = self._cell, None
        if cell.has_formula:
            self.found.formulas.add(cell.place)
            if not cell.text and cell.kind != "str":
                self.found.unreckoned.add(cell.place)
        if not cell.text:
            return
        if cell.style in self._percent:
            self.found.percents.add(cell.place)
        if cell.kind == "e":
            self.found.errors[cell.place] = cell.text
            return
        self.found.values.add(cell.place)
        if cell.kind == "s":
            self.found.shared[cell.place] = _index(cell.text)


def _index(text: str) -> int:
    """The number of a text in the common table. The parser would take anything that is no number for the first text."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ImpossibleError(text[:20])
    return int(text)


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ImpossibleError(f"{name}={text[:20]}")
    return int(text)
