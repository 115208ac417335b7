"""The figures of one report, and their vector form.

A figure is a scaled integer, or None ("chưa có số liệu"), or "na" ("không áp dụng"). Zero ("không phát sinh") is a number.
A cell whose key is absent has not been answered yet. Missing is not zero (design.md §3).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kheo.core.definition.models import Cell, Definition

Figure = int | None | Literal["na"]
Figures = Mapping[str, Figure]
FigureClass = Literal["number", "zero", "blank", "not_applicable"]

NA: Literal["na"] = "na"
BLANK = -(2**63)
NOT_APPLICABLE = -(2**63) + 1
# 300,000 units of the largest figure still add up within int64 (3 · 10^18 < 9.2 · 10^18), in PostgreSQL and in NumPy.
LARGEST = 10**13 - 1


def classify(figure: Figure) -> FigureClass:
    """Which of the four classes of a cell a figure belongs to."""
    if figure is None:
        return "blank"
    if figure == NA:
        return "not_applicable"
    return "zero" if figure == 0 else "number"


def is_number(figure: object) -> bool:
    """A whole number within the limits of a cell; True and False are not numbers."""
    return type(figure) is int and -LARGEST <= figure <= LARGEST


def total_of(parts: Sequence[Figure]) -> Figure:
    """Total of the answered parts of a breakdown: their sum; blank when none is a number and one is blank; else not applicable."""
    numbers = [part for part in parts if isinstance(part, int)]
    if numbers:
        return sum(numbers)
    return None if None in parts else NA


def with_totals(definition: "Definition", figures: Figures) -> dict[str, Figure]:
    """The figures with the total of every breakdown computed anew; a total that was typed is overwritten.

    While parts are unanswered the total is what is known: the sum or the blank, and nothing at all when that would say "na".
    """
    result = dict(figures)
    for total, parts in definition.totals:
        result.pop(total, None)
        answered = [figures[part] for part in parts if part in figures]
        value = total_of(answered)
        if answered and (value != NA or len(answered) == len(parts)):
            result[total] = value
    return result


def unanswered(definition: "Definition", figures: Figures) -> "tuple[Cell, ...]":
    """The cells that the officer still has to answer, in the order of the definition."""
    return tuple(cell for cell in definition.input_cells if cell.key not in figures)


def unknown_keys(definition: "Definition", figures: Figures) -> tuple[str, ...]:
    """Keys of the figures that are no cell of the definition, sorted."""
    return tuple(sorted(set(figures) - {cell.key for cell in definition.cells}))


def to_vector(definition: "Definition", figures: Figures) -> list[int]:
    """All K cells in the order of `definition.cells`, totals computed; blank and unanswered are BLANK, "na" is NOT_APPLICABLE.

    Raises ValueError for a key that is no cell and for a value that is no figure: the callers have checked what people type.
    A total that is given is not looked at, since it is computed anew; it may be larger than any typed figure.
    """
    strangers = unknown_keys(definition, figures)
    if strangers:
        raise ValueError(f"no such cells: {', '.join(strangers)}")
    for key, figure in figures.items():
        if figure is not None and figure != NA and not is_number(figure) and not definition.cell(key).is_total:
            raise ValueError(f"{key}: not a figure: {figure!r}")
    complete = with_totals(definition, figures)
    return [_to_integer(complete.get(cell.key)) for cell in definition.cells]


def from_vector(definition: "Definition", vector: Sequence[int]) -> dict[str, Figure]:
    """The figures of a vector, totals included: the inverse of `to_vector` on completely answered reports."""
    if len(vector) != len(definition.cells):
        raise ValueError(f"{len(vector)} values for {len(definition.cells)} cells")
    return {cell.key: _from_integer(value) for cell, value in zip(definition.cells, vector, strict=True)}


def _to_integer(figure: Figure) -> int:
    if figure is None:
        return BLANK
    return NOT_APPLICABLE if figure == NA else int(figure)


def _from_integer(value: int) -> Figure:
    if value == BLANK:
        return None
    return NA if value == NOT_APPLICABLE else value
