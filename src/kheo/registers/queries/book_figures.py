"""The figures of a register, of a unit and of those directly below it, in a year: numbers, shares, days; small ones hidden.

Entries count where they stand today: those of a unit that has ended at its heir, at the lowest unit above all of its heirs, or at the unit
above (decision 027). So own counts and those of the units below make the total, and the total is its list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kheo.core.registers.figures import FigureDef
from kheo.registers.models import Entry
from kheo.registers.queries.branches import Branches
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, CountedRow, Parts, Places, Window, numbers_of
from kheo.registers.queries.veils import OPEN, Rung, Wall


def window_of(year: int, today: date) -> Window:
    """A whole year, up to today while it runs. Years do not overlap: two of them subtracted tell nothing of a few days."""
    until = min(date(year, 12, 31), today)
    return Window(date(year, 1, 1), until, min(until + timedelta(days=1), today))


@dataclass(frozen=True)
class Told:
    """A figure of one line: its number, what it is a share of, and the days in order. None: small, and not this reader's to see."""

    number: int | None
    among: int | None = None
    days: Sequence[int] = ()

    @property
    def median(self) -> int | None:
        """Half of them took no longer."""
        return _at(self.days, 50)

    @property
    def ninth_decile(self) -> int | None:
        """90 % took no longer."""
        return _at(self.days, 90)

    @property
    def longest(self) -> int | None:
        """The days of the one that took, or waits, longest."""
        return self.days[-1] if self.days else None


def _at(days: Sequence[int], percent: int) -> int | None:
    """The least of these, which are in order, that so many percent do not exceed (nearest rank: Hyndman and Fan 1996, definition 1)."""
    return days[max(0, -(-len(days) * percent // 100) - 1)] if days else None


@dataclass(frozen=True)
class Behind:
    """Which number a list is asked for: of which figure, or what it is a share of; one part; with all below, or the unit's own."""

    figure: FigureDef
    among: bool = False
    part: str | None = None
    own: bool = False


@dataclass(frozen=True)
class BookFigures:
    """The figures of a register for one unit, in a year.

    `path`: from the highest unit that the reader belongs to down to the one of the page; where nothing is hidden, that one alone.
    """

    book: Book
    branches: Branches
    path: Sequence[int]
    window: Window

    @property
    def unit(self) -> int:
        """The unit of the page."""
        return self.path[-1]

    @property
    def children(self) -> Sequence[int]:
        """The units directly below it."""
        return self.branches.below.get(self.unit, ())

    def counted(self, figure: FigureDef, *, among: bool = False) -> Counted:
        """The query of a figure: of its number, its list and its parts."""
        rule = figure.among if among and figure.among is not None else figure.counts
        return Counted(
            self.book.register.pk, self.book.definition, rule, self.window, taken=figure.is_timed, aged=figure.age, one_each=True
        )

    def lines(self, figures: Sequence[FigureDef]) -> list[dict[int | None, Told]]:
        """By figure its lines: None the total, the unit itself its own, and every unit directly below: two or three queries in all."""
        found = self._numbers(figures)
        rungs = {rule: self._rung({unit: parts[None] for unit, parts in raw.items()}) for rule, raw in found.items()}
        days = self._days([each for each in figures if each.is_timed])
        return [self._lines(rungs[each.code, False], rungs.get((each.code, True)), days.get(each.code, {})) for each in figures]

    def all_parts(self, figures: Sequence[FigureDef]) -> list[dict[str, int] | None]:
        """By figure the parts of the number of the page's unit with all below it: nothing of what has none."""
        found = self._numbers(figures)
        return [self._parts(found[each.code, False]) if each.counts.by is not None else {} for each in figures]

    def parts(self, figure: FigureDef, *, own: bool = False) -> dict[str, int] | None:
        """The parts of the number of the page's unit, with all below it or alone, by code ("": left open). None: not told."""
        return self._parts(self._numbers([figure])[figure.code, False], own=own)

    def _parts(self, raw: Mapping[int, Parts], *, own: bool = False) -> dict[str, int] | None:
        codes = sorted({code for parts in raw.values() for code in parts if code is not None})
        rungs = {code: self._rung({unit: parts[code] for unit, parts in raw.items() if code in parts}) for code in codes}
        if self._hides:
            hidden = self._wall.parts(rungs)
            if hidden.own if own else hidden.total:
                return None
        numbers = {code: rung.own[-1] if own else rung.total for code, rung in rungs.items()}
        return {code: number for code, number in numbers.items() if number}

    def rows(self, wanted: Behind, *, skip: int = 0, most: int = 100) -> list[CountedRow]:
        """A page of the list behind a number of the page's unit."""
        units = self.branches.named(self.unit, own=wanted.own)
        counted = self.counted(wanted.figure, among=wanted.among)
        return counted.rows_of(None if units is None else list(units), wanted.part, skip=skip, most=most)

    def listed(self, wanted: Behind, *, skip: int = 0, most: int = 100) -> list[tuple[CountedRow, Entry]]:
        """The same with the entries that the rows are about."""
        rows = self.rows(wanted, skip=skip, most=most)
        entries = Entry.objects.in_bulk({row.entry for row in rows})
        return [(row, entries[row.entry]) for row in rows]

    @property
    def _hides(self) -> bool:
        return self.book.definition.hides_small

    def _numbers(self, figures: Sequence[FigureDef]) -> dict[tuple[str, bool], dict[int, Parts]]:
        """The numbers of some figures: read once where all are asked, or where the wall looks at all."""
        return self._found if self._hides or len(figures) == len(self.book.definition.figures) else self._read(figures)

    @cached_property
    def _found(self) -> dict[tuple[str, bool], dict[int, Parts]]:
        """Of every figure of the register: the wall looks at all of them together."""
        return self._read(self.book.definition.figures)

    def _read(self, figures: Sequence[FigureDef]) -> dict[tuple[str, bool], dict[int, Parts]]:
        """By figure, and whether it is what that is a share of, its numbers by unit and part: one query."""
        rules = [(each, among) for each in figures for among in ((False, True) if each.among else (False,))]
        units = self.branches.units
        places = None if units is None else Places({unit: unit for unit in units})
        asked = [self.counted(each, among=among) for each, among in rules]
        numbers = [
            self._each_once(found) if counted.rule.measure == "any" else found
            for counted, found in zip(asked, numbers_of(asked, places), strict=True)
        ]
        everybody: dict[int, Parts] = {unit: {None: 1} for unit in (self.branches.top, *self.branches.parents)}
        of_units: dict[tuple[str, bool], dict[int, Parts]] = {(each.code, True): everybody for each in figures if each.of_units}
        return of_units | {(each.code, among): found for (each, among), found in zip(rules, numbers, strict=True)}

    def _each_once(self, numbers: Mapping[int, Parts]) -> dict[int, Parts]:
        """What says whether a unit has something, once by who keeps it: the heir of two that had is one that has, as in reports."""
        return {self.branches.way_of(unit)[-1]: dict.fromkeys(parts, 1) for unit, parts in numbers.items()}

    @cached_property
    def _wall(self) -> Wall:
        numbers = {rule: self._rung({unit: parts[None] for unit, parts in raw.items()}) for rule, raw in self._found.items()}
        rests = [numbers[code, False].rest_of(among) for (code, is_among), among in numbers.items() if is_among]
        return Wall(self.branches, [*numbers.values(), *rests])

    def _rung(self, numbers: Mapping[int, int]) -> Rung:
        rung = Rung(self.path)
        for unit, number in numbers.items():
            rung.add(self.branches.way_of(unit), number)
        return rung

    def _days(self, figures: Sequence[FigureDef]) -> dict[str, dict[int | None, list[int]]]:
        """By figure and line the days, in order. A register that hides small numbers has no such figure, so the path is one unit long."""
        found: dict[str, dict[int | None, list[int]]] = {}
        for figure in figures:
            lines = found.setdefault(figure.code, {})
            for unit, amount in self.counted(figure).amounts(self.branches.units):
                way = self.branches.way_of(unit)
                for line in (None, way[1] if len(way) > 1 else self.branches.top):
                    lines.setdefault(line, []).append(amount)
        return found

    def _lines(self, number: Rung, among: Rung | None, days: Mapping[int | None, Sequence[int]]) -> dict[int | None, Told]:
        unit = self.unit
        veils = self._wall.along[-1] if self._hides else OPEN
        rows: dict[int | None, tuple[int, int | None]] = {
            None: (number.total, among.total if among else None),
            unit: (number.own[-1], among.own[-1] if among else None),
        }
        # One that has nothing may be what covers a small one.
        for child in number.children[-1].keys() | (among.children[-1].keys() if among else set()) | veils.children:
            rows[child] = (number.children[-1][child], among.children[-1][child] if among else None)
        hidden = {None: veils.total, unit: veils.own} | dict.fromkeys(veils.children, True)
        told = {}
        for key, (one, whole) in rows.items():
            told[key] = Told(None, None) if hidden.get(key) else Told(one, whole, days.get(key, ()))
        return told


__all__ = ["Behind", "BookFigures", "Branches", "Told", "window_of"]
