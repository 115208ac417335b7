"""A sheet as a table: its columns found by their titles, its rows by their codes, wherever they have been moved."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from kheo.core.text import fold
from kheo.documents.grid.raw import Odd, RawSheet, Value
from kheo.documents.unit_workbook.layout import a1

_SEARCHED_ROWS = 200
_ENOUGH = 3  # titles that make a row the row of titles
_LONGEST_TITLE = 400


@dataclass(frozen=True)
class Table:
    """Columns by what they hold (the template's numbers); `head` is the row of the titles, None when it is gone.

    `doubled`: titles that stand twice, and where; `missing`: needed titles that the row of titles no longer has.
    """

    sheet: RawSheet
    columns: Mapping[int, int]
    head: int | None
    doubled: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()

    def value(self, values: Sequence[Value], column: int) -> Value:
        """What a row holds in a column of the template."""
        place = self.columns.get(column, -1)
        return values[place] if 0 <= place < len(values) else None

    def picker(self, *columns: int) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
        """As `value`, for several columns of row after row: most rows reach to all of them, and are asked but once."""
        places = [self.columns.get(column, -1) for column in columns]
        pick, widest = itemgetter(*places), max(places)
        if -1 in places:
            return lambda values: tuple([self.value(values, column) for column in columns])
        return lambda values: pick(values) if len(values) > widest else tuple([self.value(values, column) for column in columns])

    def odd(self, row: int, column: int) -> Odd | None:
        """What is odd about a cell."""
        return self.sheet.odd_at(row, self.columns.get(column, -1))

    def strange_rows(self, columns: Iterable[int]) -> set[int]:
        """Rows in which some of these columns' cells may be odd."""
        places = {self.columns[column] for column in columns if column in self.columns}
        return {row for row, _ in self.sheet.odd} | self.sheet.unreckoned.rows(places)

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, as the sheet shows it."""
        return a1(row, self.columns.get(column, column))

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """Rows that hold anything, odd cells included, but for that of the titles."""
        alone = sorted({row for row, _ in self.sheet.odd} - self.sheet.rows.keys()) if self.sheet.odd else ()
        for row, values in self.sheet.rows.items():
            if row != self.head:
                yield row, values
        for row in alone:
            if row != self.head:
                yield row, ()

    def is_above(self, row: int) -> bool:
        """Whether a row stands above the titles."""
        return self.head is not None and row < self.head


def table_of(sheet: RawSheet, titles: tuple[str, ...], needed: Sequence[int]) -> Table:
    """The table of a sheet. Where no row holds titles, the columns are taken to stand as in the template."""
    partial: Table | None = None
    for row, values in sheet.rows.items():
        if row > _SEARCHED_ROWS:
            break
        found: dict[int, int] = {}
        doubled = []
        for place, value in enumerate(values):
            column = _column_of(value, titles) if type(value) is str else None
            if column is not None and column in found:
                doubled.append((titles[column], place))
            elif column is not None:
                found[column] = place
        missing = tuple(titles[column] for column in needed if column not in found)
        if not missing:
            return Table(sheet, found, row, tuple(doubled))
        if len(found) >= _ENOUGH and partial is None:
            partial = Table(sheet, found, row, tuple(doubled), missing)
    return partial or Table(sheet, {column: column for column in range(len(titles))}, None)


def _column_of(text: str, titles: tuple[str, ...]) -> int | None:
    """Which title a text is: exactly, or with something after it, such as the name of the last period."""
    return _known_column(text, titles) if len(text) <= _LONGEST_TITLE else None


@lru_cache(maxsize=4096)
def _known_column(text: str, titles: tuple[str, ...]) -> int | None:
    """The same texts stand above the rows in file after file."""
    if text in titles:
        return titles.index(text)
    folded = fold(text)
    for column, plain in enumerate(_folded(titles)):
        if folded == plain or folded.startswith(f"{plain} ("):
            return column
    return None


@lru_cache(maxsize=8)
def _folded(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, titles))
