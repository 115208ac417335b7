"""A workbook as a plain grid, before anybody asks what it means: what the child process hands back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pydantic_core

# How the signature of a workbook of ours begins (unit_workbook.order).
MARK = "kheo-bang|"
# The sheets of ours in which there is nothing to answer: what they are called, by the role in their signature.
FRAMES = {"bia": "Bìa", "kiem-tra": "Kiểm tra"}
# A number is a float; an empty cell is None. Dates, errors and the like are in `Sheet.odd`.
Value = str | float | bool | None
OddKind = Literal["date", "error", "percent", "unreckoned"]
Place = tuple[int, int]
# Why a file was not read at all.
Refusal = Literal[
    "empty", "large", "not_workbook", "text", "html", "picture", "pdf", "word", "zip", "old_excel", "encrypted", "macro", "broken",
    "bomb", "unsafe", "rows_differ", "too_many", "memory", "time", "slides", "binary_excel",
]  # fmt: skip


@dataclass(frozen=True)
class Odd:
    """A cell that holds no plain value: a date, an error, a percentage; `text` is how it looks. A formula never reckoned has none."""

    kind: OddKind
    text: str


UNRECKONED = Odd("unreckoned", "")


@dataclass(frozen=True)
class Block:
    """Cells from one corner to the other, both from 0 and both in it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Places:
    """Cells of a sheet, their rows by column: formulas fill a few columns, and said so they are few words."""

    by_column: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Places":
        """These cells."""
        found: dict[int, set[int]] = {}
        for row, column in places:
            found.setdefault(column, set()).add(row)
        return cls({column: frozenset(rows) for column, rows in found.items()})

    def __contains__(self, place: Place) -> bool:
        return place[0] in self.by_column.get(place[1], ())

    def rows(self, columns: Iterable[int]) -> set[int]:
        """Rows in which one of these columns is among them."""
        return {row for column in columns for row in self.by_column.get(column, ())}


NOWHERE = Places()


@dataclass(frozen=True)
class RawSheet:
    """One sheet. `rows`: only those with a value, by number from 0, each from column 0.

    `formulas`: the cells that hold one, `unreckoned` those of them without a value; `marks`: texts that look like our signature.
    `is_frame`: a sheet of ours that asks nothing, of which no more than the signature was read.
    """

    name: str
    is_hidden: bool
    rows: Mapping[int, list[Value]]
    odd: Mapping[Place, Odd] = field(default_factory=dict)
    formulas: Places = NOWHERE
    unreckoned: Places = NOWHERE
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    marks: tuple[str, ...] = ()
    is_frame: bool = False

    def odd_at(self, row: int, column: int) -> Odd | None:
        """What is odd about a cell."""
        place = (row, column)
        return self.odd.get(place) or (UNRECKONED if place in self.unreckoned else None)

    def at(self, row: int, column: int) -> Value:
        """The plain value of a cell."""
        values = self.rows.get(row, ())
        return values[column] if column < len(values) else None


@dataclass(frozen=True)
class RawBook:
    """All sheets in their order, or why there are none. `detail` is for the sentence that tells it (a sheet's name, a size)."""

    sheets: tuple[RawSheet, ...] = ()
    refusal: Refusal | None = None
    detail: str = ""


def to_json(book: RawBook) -> bytes:
    """A book as it travels from the child."""
    sheets = [
        [
            sheet.name,
            sheet.is_hidden,
            list(sheet.rows.items()),
            [[*place, odd.kind, odd.text] for place, odd in sheet.odd.items()],
            _spoken(sheet.formulas),
            _spoken(sheet.unreckoned),
            [[block.top, block.left, block.bottom, block.right] for block in sheet.merged],
            list(sheet.hidden_rows),
            list(sheet.hidden_columns),
            sheet.marks,
            sheet.is_frame,
        ]
        for sheet in book.sheets
    ]
    return pydantic_core.to_json([book.refusal, book.detail, sheets])


def from_json(data: bytes) -> RawBook:
    """The book again. The child is trusted no more than the file that it read: what is not of this shape raises ValueError."""
    try:
        refusal, detail, sheets = pydantic_core.from_json(data)
        return RawBook(tuple(_sheet(*sheet) for sheet in sheets), refusal, detail)
    except (TypeError, AttributeError) as fault:
        raise ValueError("not a book") from fault


def _spoken(places: Places) -> list[tuple[int, list[int]]]:
    return [(column, list(rows)) for column, rows in places.by_column.items()]


def _places(found: list[Any]) -> Places:
    return Places({column: frozenset(rows) for column, rows in found})


def _sheet(name: str, is_hidden: bool, *parts: Any) -> RawSheet:
    rows, odd, formulas, unreckoned, merged, hidden_rows, hidden_columns, marks, is_frame = parts
    return RawSheet(
        name=name,
        is_hidden=is_hidden,
        rows=dict(rows),
        odd={(row, column): Odd(kind, text) for row, column, kind, text in odd},
        formulas=_places(formulas),
        unreckoned=_places(unreckoned),
        merged=tuple(Block(*block) for block in merged),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        marks=tuple(marks),
        is_frame=is_frame,
    )
