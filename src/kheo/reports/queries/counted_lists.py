"""The list behind one counted cell of a report: its entries now, and what has changed since it was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kheo.core.counted_cells import CountedCell
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import register_definition
from kheo.registers.queries.figures import CountedFact
from kheo.registers.queries.showing import title_is_personal
from kheo.reports.models import Obligation, Report
from kheo.reports.queries.counted import Feed, kept_cells, listed_for
from kheo.reports.queries.drift import AsSent, Changed, Drift, causes_of, counted_as_sent, drift_words

PAGE = 100


@dataclass(frozen=True)
class ListedEntry:
    """One row of the list: one fact of an entry, as it stands today. `unit`: the one below that it makes count, maybe without any entry."""

    entry: Entry | None
    state: str
    on: date | None
    amount: int
    unit: SnapshotUnit | None = None


@dataclass(frozen=True)
class CountedList:
    """`total`: rows in all, `rows` one page of them. `sent`, `drift`, `changed`: of what was sent, and how it counts otherwise now."""

    feed: Feed
    cell: CountedCell
    total: int
    entries: int
    rows: tuple[ListedEntry, ...]
    sent: AsSent | None
    drift: str
    changed: tuple[Changed, ...]

    @property
    def sums(self) -> bool:
        """Whether the number is a sum over the rows, not their count."""
        return self.feed.rule.measure == "sum"

    @property
    def counts_units(self) -> bool:
        """Whether the number is that of the units directly below that the rows name."""
        return self.feed.rule.counts_units

    @property
    def is_walled(self) -> bool:
        """Whether the register is behind the wall; an open content may count from one as well."""
        return register_definition(self.feed.edition_id).walled


def counted_list(obligation: Obligation, report: Report | None, key: str, page: int) -> CountedList | None:
    """A page (from 1) of the list; None where nothing is counted for the cell. As many queries for one entry as for a thousand."""
    revision = report.latest if report else None
    sent = counted_as_sent(revision).get(key)
    listed = listed_for(obligation, [key])
    if sent is None:
        listed = kept_cells(obligation, listed)
    if key not in listed:
        return None
    found = listed[key]
    drift = Drift(found, sent) if sent else None
    changed: Sequence[Changed] = ()
    if drift is not None and revision is not None and drift.is_there:
        changed = causes_of(obligation, revision, {key: drift})[key]
    facts = sorted(found.facts, key=lambda fact: (fact.on or date.min, fact.entry or 0), reverse=True)
    units = snapshot_units(obligation.cycle.snapshot_id, {fact.below for fact in facts if fact.below})
    facts.sort(key=lambda fact: units[fact.below].position if fact.below else 0)
    return CountedList(
        feed=found.feed,
        cell=found.cell,
        total=len(facts),
        entries=len({fact.entry for fact in facts} - {None}),
        rows=_rows(facts[(page - 1) * PAGE : page * PAGE], units),
        sent=sent,
        drift=drift_words(drift, changed) if drift and drift.is_there else "",
        changed=tuple(changed),
    )


def _rows(facts: Sequence[CountedFact], units: Mapping[int, SnapshotUnit]) -> tuple[ListedEntry, ...]:
    entries = Entry.objects.select_related("register").in_bulk({fact.entry for fact in facts if fact.entry})
    return tuple(_row(fact, entries.get(fact.entry or 0), units.get(fact.below or 0)) for fact in facts)


def _row(fact: CountedFact, entry: Entry | None, unit: SnapshotUnit | None) -> ListedEntry:
    return ListedEntry(entry, state_name(entry) if entry else "", fact.on, fact.amount, unit)


def state_name(entry: Entry) -> str:
    """What the state of an entry is called."""
    return register_definition(entry.edition_id).by_state[entry.state].name


def withholds_title(entry: Entry) -> bool:
    """Whether the name of an entry may be that of a person."""
    return title_is_personal(register_definition(entry.edition_id))
