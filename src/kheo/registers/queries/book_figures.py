"""The figures of a register, of a unit and of those directly below it, in a year: numbers, shares, days; small ones hidden.

Entries count where they stand today: those of a unit that has ended at its heir, at the lowest unit above all of its heirs, or at the unit
above (decision 027). So own counts and those of the units below make the total, and the total is its list.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kheo.core.registers.figures import FigureDef
from kheo.core.unit_kinds import Line
from kheo.core.wall import Level, hidden_along
from kheo.org.queries import Within, left_to, parents_below
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, CountedRow, Parts, Window, numbers_of

Numbers = Counter[int]


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


def _at(days: Sequence[int], percent: int) -> int | None:
    """The least of these, which are in order, that so many percent do not exceed (nearest rank: Hyndman and Fan 1996, definition 1)."""
    return days[max(0, -(-len(days) * percent // 100) - 1)] if days else None


@dataclass(frozen=True)
class Branches:
    """The tree under a unit on a day, with where each unit that entries may name has its place in it."""

    top: int
    on: date
    is_whole: bool  # whether the top has the line alone: then entries of all units count

    @cached_property
    def parents(self) -> Mapping[int, int]:
        """By unit below the top the one directly above."""
        return parents_below(self.on, Line.UNION, self.top)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """By unit that entries may name its place: itself, its heir, the lowest unit above all its heirs."""
        inside = {self.top, *self.parents}
        left = left_to(inside, Within(self.on))
        # What units elsewhere keep as well counts above all of them, so that no entry counts in two places.
        return {unit: unit for unit in inside} | {unit: self._lowest(kept) for unit, kept in left.items() if kept <= inside}

    @property
    def units(self) -> Collection[int] | None:
        """The units whose entries count; None: all."""
        return None if self.is_whole else self.places.keys()

    def way_of(self, unit: int) -> tuple[int, ...]:
        """The way to where the entries of a unit count: at the top where nobody keeps them."""
        if unit not in self._known:
            self._known[unit] = self.way(self.places.get(unit, self.top))
        return self._known[unit]

    @cached_property
    def _known(self) -> dict[int, tuple[int, ...]]:
        return {}

    def way(self, unit: int) -> tuple[int, ...]:
        """From the top down to a unit, itself last."""
        way = [unit]
        while way[-1] != self.top:
            way.append(self.parents[way[-1]])
        return tuple(reversed(way))

    def _lowest(self, units: Collection[int]) -> int:
        ways = [self.way(unit) for unit in units]
        return max((each for each in ways[0] if all(each in way for way in ways)), key=ways[0].index)

    def named(self, unit: int, *, own: bool = False) -> Collection[int] | None:
        """The units, as entries name them, that count for a unit, with all below it or alone; None: all there are."""
        if own:
            return [named for named, place in self.places.items() if place == unit]
        return self.units if unit == self.top else [named for named, place in self.places.items() if unit in self.way(place)]


@dataclass
class Rung:
    """One rule along the way from the top to the unit of the page: at each step the own count, those of the branches, their own counts."""

    path: Sequence[int]
    own: list[int] = field(default_factory=list)
    children: list[Numbers] = field(default_factory=list)
    owns: list[Numbers] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = [0 for _ in self.path]
        self.children, self.owns = [Counter() for _ in self.path], [Counter() for _ in self.path]

    def add(self, way: Sequence[int], number: int) -> None:
        """What a unit has, the way to it."""
        for depth, unit in enumerate(self.path):
            if len(way) <= depth or way[depth] != unit:
                return
            if len(way) == depth + 1:
                self.own[depth] += number
            else:
                self.children[depth][way[depth + 1]] += number
                if len(way) == depth + 2:
                    self.owns[depth][way[-1]] += number

    @property
    def total(self) -> int:
        """Of the unit of the page with all below it."""
        return self.own[-1] + sum(self.children[-1].values())

    def levels(self, branches: Branches) -> list[Level]:
        """What the wall looks at: every unit directly below with its count, be it none."""
        below: dict[int, list[int]] = {unit: [] for unit in self.path}
        has_below = set(branches.parents.values())
        for child, parent in branches.parents.items():
            if parent in below:
                below[parent].append(child)
        return [
            Level(
                unit,
                self.own[depth],
                {child: self.children[depth][child] for child in below[unit]},
                {child: self.owns[depth][child] for child in below[unit] if child in has_below},
            )
            for depth, unit in enumerate(self.path)
        ]


@dataclass(frozen=True)
class Veils:
    """Which lines of a figure are not told."""

    total: bool = False
    own: bool = False
    children: frozenset[int] = frozenset()


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
    def children(self) -> list[int]:
        """The units directly below it."""
        return [child for child, parent in self.branches.parents.items() if parent == self.unit]

    def counted(self, figure: FigureDef, *, among: bool = False) -> Counted:
        """The query of a figure: of its number, its list and its parts."""
        rule = figure.among if among and figure.among is not None else figure.counts
        return Counted(self.book.register.pk, self.book.definition, rule, self.window, taken=figure.days)

    def lines(self, figures: Sequence[FigureDef]) -> list[dict[int | None, Told]]:
        """By figure its lines: None the total, the unit itself its own, and every unit directly below: two or three queries in all."""
        rules: list[tuple[FigureDef, bool]] = [(each, among) for each in figures for among in ((False, True) if each.among else (False,))]
        numbers = self._numbers([self.counted(each, among=among) for each, among in rules])
        rungs = {rule: self._rung({unit: parts[None] for unit, parts in found.items()}) for rule, found in zip(rules, numbers, strict=True)}
        days = self._days([each for each in figures if each.days])
        return [self._lines(each, rungs[each, False], rungs.get((each, True)), days.get(each.code, {})) for each in figures]

    def parts(self, figure: FigureDef, *, own: bool = False) -> dict[str, int | None]:
        """The parts of the number of the page's unit, with all below it or alone, by code ("": left open). None: small, and not told."""
        raw = self._numbers([self.counted(figure)])[0]
        codes = sorted({code for parts in raw.values() for code in parts if code is not None})
        rungs = {code: self._rung({unit: parts[code] for unit, parts in raw.items() if code in parts}) for code in codes}
        numbers = {code: rung.own[-1] if own else rung.total for code, rung in rungs.items()}
        veils = {code: self._veils(rung, None) for code, rung in rungs.items()}
        hidden = {code for code, each in veils.items() if (each.own if own else each.total)}
        return {code: None if code in hidden | _covering(numbers, hidden) else number for code, number in numbers.items() if number}

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

    def _numbers(self, asked: Sequence[Counted]) -> list[dict[int, Parts]]:
        units = self.branches.units
        return numbers_of(asked, None if units is None else {unit: unit for unit in units})

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

    def _lines(
        self, figure: FigureDef, number: Rung, among: Rung | None, days: Mapping[int | None, Sequence[int]]
    ) -> dict[int | None, Told]:
        unit = self.unit
        veils = self._veils(number, among)
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

    def _veils(self, number: Rung, among: Rung | None) -> Veils:
        """What the wall hides: of a share its number, what it is a share of, and the rest."""
        if not self.book.definition.hides_small:
            return Veils()
        found = [number] if among is None else [number, among, _rest(number, among)]
        hidden = [hidden_along(each.levels(self.branches), is_owner=True) for each in found]
        return Veils(
            any(each.total for each in hidden),
            any(each.own for each in hidden),
            frozenset(child for each in hidden for child in each.children),
        )


def _covering(numbers: Mapping[str, int], hidden: Collection[str]) -> set[str]:
    """One more part to hide where the total less the others would tell a single hidden one: the least of those that are told."""
    told = sorted((number, code) for code, number in numbers.items() if number and code not in hidden)
    return {told[0][1]} if len(hidden) == 1 and told else set()


def _rest(number: Rung, among: Rung) -> Rung:
    rest = Rung(number.path)
    for depth in range(len(number.path)):
        rest.own[depth] = abs(among.own[depth] - number.own[depth])
        for one, other, kept in (
            (number.children, among.children, rest.children),
            (number.owns, among.owns, rest.owns),
        ):
            kept[depth].update({unit: abs(other[depth][unit] - one[depth][unit]) for unit in one[depth].keys() | other[depth].keys()})
    return rest


__all__ = ["Behind", "BookFigures", "Branches", "Told", "window_of"]
