"""Whose figures of a register somebody reads: those of the units whose entries they read, and of all below."""

from collections.abc import Sequence
from dataclasses import dataclass

from kheo.core.unit_kinds import Line
from kheo.org.access import Person, Unreachable
from kheo.org.queries import count_below, tops, way_to
from kheo.registers.queries.book_figures import BookFigures, Branches, window_of
from kheo.registers.queries.definitions import Book


@dataclass(frozen=True)
class ReachedFigures:
    """The figures of a unit, and which lists behind them this person may open."""

    figures: BookFigures
    lists_all: bool
    lists_own: bool

    def opens(self, *, own: bool) -> bool:
        """Whether the list behind a number is this person's: of the unit with all below it, or of its own entries."""
        return self.lists_own if own else self.lists_all


def figures_to_read(person: Person, book: Book, unit: int, year: int) -> ReachedFigures:
    """The figures of a unit in a year. Raises Unreachable for who reads no entries there: not for its post, nor from above.

    Of a register that hides small numbers single entries are listed to their unit alone: a list would tell what is hidden.
    """
    way = [each.id for each in way_to(person.on, Line.UNION, unit)]
    highest = next((place for place, each in enumerate(way) if each in person.reading_units), None)
    if highest is None:
        raise Unreachable
    hides = book.definition.hides_small
    path: Sequence[int] = way[highest:] if hides else (unit,)
    figures = BookFigures(book, Branches(path[0], person.on, _is_whole(path[0], person)), path, window_of(year, person.on))
    is_own = unit in person.reading_units
    return ReachedFigures(figures, not hides or (is_own and not figures.children), not hides or is_own)


def _is_whole(unit: int, person: Person) -> bool:
    return bool(tops([unit], person.on)) and count_below(person.on, Line.UNION, None) == 1
