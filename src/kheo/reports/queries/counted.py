"""Cells of reports that registers count: which they are, what is counted for a unit, and the entries behind it.

A register feeds a unit's cells once the unit has entries in it; until then its people type as ever. Those that count the units below it are
fed once one of these has some as well: else the figure would only say that they write elsewhere. Numbers and lists are one statement each,
whatever the number of rules and units.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.counted_cells import CountedCell
from kheo.core.definition import Indicator
from kheo.core.definition.records import RecordRule
from kheo.core.oddness import walled_cells
from kheo.core.registers.counted import counting_problems, rule_in_words
from kheo.registers.queries.definitions import newest_editions, options_under, register_definition
from kheo.registers.queries.figures import (
    Counted,
    CountedFact,
    Part,
    Places,
    Window,
    Within,
    facts_of,
    number_of,
    numbers_of,
    places_for,
)
from kheo.registers.queries.figures_of_one import numbers_of_one
from kheo.registers.queries.keeping import Kept, registers_kept
from kheo.reports.models import Obligation


@dataclass(frozen=True)
class Feed:
    """An indicator that a register counts. `cells`: those that are filled in, each with the part that it stands for."""

    indicator: Indicator
    rule: RecordRule
    register_id: int
    edition_id: int
    book: str
    words: str
    cells: tuple[tuple[str, Part], ...]
    is_walled: bool

    def counted(self, cycle: Cycle) -> Counted:
        """Its rows in the days of a cycle. What falls due within them counts as due, whenever it is asked."""
        window = Window(cycle.opens, cycle.cutoff, cycle.cutoff + timedelta(days=1))
        tree = Within(cycle.opened_on, cycle.snapshot_id)
        return Counted(self.register_id, register_definition(self.edition_id), self.rule, window, within=tree)

    @property
    def kept_as(self) -> Kept:
        """What a unit must have entries in, and how, for its cells to be fed: who was merely given an entry counts none of its own."""
        return self.register_id, self.rule.counts_for

    @property
    def looks_at(self) -> tuple[bool, tuple[str, ...]]:
        """Whose entries it counts: the unit's own, or those of the units below, of these kinds. Alike for all that look at the same."""
        return self.rule.counts_units, self.rule.kinds

    def cell(self, key: str, number: int) -> CountedCell:
        """What is said of one of its cells."""
        return CountedCell(key, number, self.rule.register_code, self.book, self.words, self.indicator.decimals, self.is_walled)


def feeds_of(cycle: Cycle) -> tuple[Feed, ...]:
    """The indicators of a cycle that are counted, in the order of the form; one query, none where the campaign counts nothing."""
    codes = _registers_asked(cycle.edition_id)
    return _feeds(cycle.edition_id, tuple(sorted(newest_editions(codes).items()))) if codes else ()


@lru_cache(maxsize=128)
def _registers_asked(edition_id: int) -> frozenset[str]:
    """Those that are counted, and those from which something is linked to what is counted."""
    rules = [each.records for each in definition_of(edition_id).indicators if each.records]
    linked = {rule.followed.from_register for rule in rules if rule.followed is not None and rule.followed.from_register is not None}
    return frozenset(rule.register_code for rule in rules) | linked


@lru_cache(maxsize=128)
def _feeds(edition_id: int, editions: tuple[tuple[str, tuple[int, int]], ...]) -> tuple[Feed, ...]:
    """A rule that its register cannot answer (it asks for a state that is not there) feeds nothing."""
    definition, found = definition_of(edition_id), dict(editions)
    registers = {code: register_definition(edition) for code, (_, edition) in found.items()}
    broken = {code for code, _ in counting_problems(definition, registers)}
    walled = walled_cells(definition)
    feeds = []
    for indicator in definition.indicators:
        if indicator.records is None or indicator.code in broken:
            continue
        register, edition = found[indicator.records.register_code]
        book = registers[indicator.records.register_code]
        cells = tuple((cell.key, cell.part) for cell in definition.cells_of(indicator.code) if not cell.is_total)
        words = rule_in_words(indicator.records, book, options_under(edition, edition_id))
        feeds.append(Feed(indicator, indicator.records, register, edition, book.short, words, cells, cells[0][0] in walled))
    return tuple(feeds)


def counted_for(obligations: Collection[Obligation]) -> dict[int, dict[str, CountedCell]]:
    """By obligation and cell, what its unit's registers count now: a few queries for each cycle, none where nothing is counted."""
    found: dict[int, dict[str, CountedCell]] = {}
    by_cycle: dict[int, list[Obligation]] = {}
    for owed in obligations:
        by_cycle.setdefault(owed.cycle_id, []).append(owed)
    for owing in by_cycle.values():
        of_units = _counted_in(owing[0].cycle, {owed.unit_id for owed in owing})
        found |= {owed.pk: of_units.get(owed.unit_id, {}) for owed in owing}
    return found


def counted_of(obligation: Obligation) -> dict[str, CountedCell]:
    """The same of one report."""
    return counted_for([obligation])[obligation.pk]


def _counted_in(cycle: Cycle, units: Collection[int]) -> dict[int, dict[str, CountedCell]]:
    feeds = feeds_of(cycle)
    if not feeds:
        return {}
    figures = [feed.counted(cycle) for feed in feeds]
    places = places_for(figures, units)
    fed = _fed(feeds, places)
    if not fed:
        return {}
    numbers = (numbers_of_one if len(set(places.own.values())) == 1 else numbers_of)(figures, places)
    found: dict[int, dict[str, CountedCell]] = {unit: {} for unit in fed}
    for feed, by_unit in zip(feeds, numbers, strict=True):
        for unit, codes in fed.items():
            if feed.indicator.code in codes:
                counted = by_unit.get(unit, {})
                found[unit] |= {key: feed.cell(key, counted.get(part, 0)) for key, part in feed.cells}
    return found


def _fed(feeds: Sequence[Feed], places: Places) -> dict[int, set[str]]:
    """By unit, the indicators that registers feed; units without any are absent. Entries of units that it took over from are its own."""
    kept = registers_kept({feed.register_id for feed in feeds}, {*places.own, *places.below.places})
    found: dict[int, set[str]] = {}
    for feed in feeds:
        having = {named for named, registers in kept.items() if feed.kept_as in registers}
        units = {places.own[named] for named in having if named in places.own}
        if feed.rule.counts_units:
            units &= places.below.above(feed.rule, having)
        for unit in units:
            found.setdefault(unit, set()).add(feed.indicator.code)
    return found


@dataclass(frozen=True)
class Listed:
    """A counted cell with the rows that its number is made of."""

    cell: CountedCell
    feed: Feed
    facts: tuple[CountedFact, ...]

    @property
    def amounts(self) -> dict[int, int]:
        """By entry that the number is made of, how much it adds: its rows, or what is summed of them. Of all units below none is needed."""
        found: Counter[int] = Counter()
        for fact in self.facts if self.feed.rule.units != "all" else ():
            found[fact.entry or 0] += fact.amount
        return dict(found)

    @property
    def units(self) -> dict[int, list[int]] | None:
        """Where units below are counted: each with its entries."""
        if not self.feed.rule.counts_units:
            return None
        found: dict[int, set[int]] = {}
        for fact in self.facts:
            found.setdefault(fact.below or 0, set()).update([fact.entry] if fact.entry else [])
        return {unit: sorted(entries) for unit, entries in sorted(found.items())}


def listed_for(obligation: Obligation, keys: Collection[str] | None = None) -> dict[str, Listed]:
    """By cell, what is counted for the unit of a report with every row behind it; `keys`: these cells alone. Three queries.

    Also of registers that the unit keeps no more: what was once counted and is gone has to be seen.
    """
    cycle = obligation.cycle
    feeds = [feed for feed in feeds_of(cycle) if keys is None or any(key in keys for key, _ in feed.cells)]
    figures = [feed.counted(cycle) for feed in feeds]
    return dict(_listed(feeds, facts_of(figures, places_for(figures, [obligation.unit_id])), keys)) if figures else {}


def _listed(feeds: Sequence[Feed], facts: Sequence[Sequence[CountedFact]], keys: Collection[str] | None) -> Iterable[tuple[str, Listed]]:
    for feed, rows in zip(feeds, facts, strict=True):
        for key, part in feed.cells:
            if keys is None or key in keys:
                own = tuple(row for row in rows if part is None or row.part == part)
                yield key, Listed(feed.cell(key, number_of(feed.rule.measure, own)), feed, own)


def kept_cells(obligation: Obligation, listed: Mapping[str, Listed]) -> dict[str, Listed]:
    """Those of registers that the unit keeps: the cells that are asked to follow. One query, none where nothing is listed."""
    feeds = list({each.feed.indicator.code: each.feed for each in listed.values()}.values())
    if not feeds:
        return {}
    places = places_for([feed.counted(obligation.cycle) for feed in feeds], [obligation.unit_id])
    fed = _fed(feeds, places).get(obligation.unit_id, set())
    return {key: each for key, each in listed.items() if each.feed.indicator.code in fed}
