"""Every entry of the demo read out of the tables and counted one by one in Python: no statement of the product's figures is used."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import cycle_by_code
from kheo.core.definition.conditions import Value, holds
from kheo.core.definition.records import CountingRule, RecordRule
from kheo.org.models import SnapshotUnit
from kheo.registers.models import DeadlineRun, Entry, EntryLine, EntryLink, StateSpan
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.figures import numbers_of
from kheo.registers.queries.holding import values_of
from kheo.reports.models import Obligation
from kheo.reports.queries.counted import feeds_of

# The first and last days of both periods with those beside them, days on which something changed, days between, and one long after.
EDGES = ("2022-11-10", "2022-11-11", "2022-11-12", "2023-05-05", "2023-05-06", "2023-11-09", "2023-11-10", "2023-11-11", "2024-06-30",
         "2023-01-16", "2023-05-30", "2023-08-14")  # fmt: skip
DAYS = sorted([*map(date.fromisoformat, EDGES), *(date(2023, month, 8 + 2 * month) for month in range(2, 11, 2))])


def opened(code: str) -> Cycle:
    """A cycle of the demo's campaign."""
    cycle = cycle_by_code("5-khong", code)
    assert cycle
    return cycle


@dataclass(frozen=True)
class Row:
    """One thing that counts: of which entry, for which unit and part, how much, about whom."""

    entry: int
    unit: int
    part: str
    amount: int
    subject: str


@dataclass
class Walk:
    """All that stands in the books, and which unit stands below which."""

    snapshot: int
    books: Mapping[str, Book] = field(init=False)
    entries: Mapping[str, list[tuple[Entry, dict[str, Value]]]] = field(init=False)
    below: Mapping[int, dict[int, str]] = field(init=False)
    beside: Mapping[type, Mapping[int, list[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self.books = {each.register.code: each for each in books()}
        self.entries = {code: [(entry, _values(found, entry)) for entry in _of(found)] for code, found in self.books.items()}
        below: dict[int, dict[int, str]] = defaultdict(dict)
        for unit, above, kind in SnapshotUnit.objects.filter(snapshot=self.snapshot).values_list("unit_id", "parent_id", "kind"):
            if above is not None:
                below[above][unit] = kind
        self.below = below
        self.beside = {model: _by_entry(model) for model in (StateSpan, EntryLine, EntryLink, DeadlineRun)}

    def rows(self, rule: RecordRule, since: date, until: date) -> list[Row]:
        """Everything that a rule counts in these days, of every unit."""
        found = []
        for entry, values in self.entries[rule.register_code]:
            for more in self._facts(rule, entry, since, until) if entry.meaning != "void" else ():
                every = {**values, **more, "ordinal": entry.ordinal}
                unit = entry.owner_id if rule.counts_for == "owner" else entry.handler_id
                if unit is not None and holds(rule.where, every) and _is_in_force(rule, every, until):
                    amount = int(every.get(rule.of or "", 0) or 0) if rule.measure == "sum" else 1  # type: ignore[arg-type]
                    subject = entry.subject_key or f"entry {entry.pk}"
                    found.append(Row(entry.pk, unit, str(every.get(rule.by or "", "")), amount, subject))
        return found

    def numbers(self, rule: RecordRule, rows: list[Row]) -> dict[int, int]:
        """By unit what they make."""
        own: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            own[row.unit].append(row)
        if rule.counts_units:
            return {above: number for above, units in self.below.items() if (number := len(self.counting(rule, own, units)))}
        return {unit: measured(rule, of_unit) for unit, of_unit in own.items()}

    def counting(self, rule: CountingRule, having: Mapping[int, object], units: Mapping[int, str]) -> set[int]:
        """Which of some units below count."""
        fitting = {unit for unit, kind in units.items() if not rule.kinds or kind in rule.kinds}
        return fitting if rule.units == "all" else {unit for unit in fitting if unit in having}

    def _facts(self, rule: RecordRule, entry: Entry, since: date, until: date) -> Iterator[dict[str, Value]]:
        """One for each time that the entry counts, with what that adds to its fields."""
        first = date.min if rule.window == "ever" else since
        spans = self.beside[StateSpan].get(entry.pk, [])
        if rule.fact == "in_state":
            day = until if rule.at == "cutoff" else since - timedelta(days=1)
            yield from ({} for each in spans if each.state in rule.states and each.starts <= day and (each.ends is None or each.ends > day))
        elif rule.fact in ("entered", "left"):
            changes = [
                each for each in spans if ((each.state in rule.states), (each.came_from in rule.states)) == _TURN[rule.fact]
            ]  # every one, in the order of what happened
            yield from ({} for each in (changes[:1] if rule.once else changes) if first <= each.starts <= until)
        elif rule.fact == "line":
            lines = (each for each in self.beside[EntryLine].get(entry.pk, []) if each.line == rule.line and first <= each.on <= until)
            yield from (_of_line(each) for each in lines)
        elif rule.fact == "link":
            yield from ({} for each in self.beside[EntryLink].get(entry.pk, []) if self._links(rule, each, first, until))
        else:
            yield from ({} for each in self.beside[DeadlineRun].get(entry.pk, []) if _is_due(rule, each, first, until))

    def _links(self, rule: RecordRule, link: EntryLink, first: date, until: date) -> bool:
        kind = self.books[rule.register_code].definition.by_link[rule.link or ""]
        day = link.verified_on if kind.verified_by else link.on
        return link.link == rule.link and day is not None and first <= day <= until and link.other.meaning != "void"


def _is_in_force(rule: RecordRule, values: Mapping[str, Value], day: date) -> bool:
    """Through the day that it names, else through the year in which it began."""
    if rule.in_force is None:
        return True
    since, until = values.get(rule.in_force.since), values.get(rule.in_force.until or "")
    return str(until or f"{str(since)[:4]}-12-31") >= day.isoformat()


_TURN = {"entered": (True, False), "left": (False, True)}


def as_of(cycle: Cycle, since: date, day: date) -> Cycle:
    """The same cycle asked on other days."""
    asked = copy(cycle)
    asked.opens, asked.cutoff = since, day
    return asked


def asked_of(owed: Obligation, cycle: Cycle) -> Obligation:
    """A report as if its cycle had these days."""
    owed.cycle = cycle
    return owed


def as_known(cycle: Cycle, instant: datetime | None) -> dict[str, object]:
    """By indicator all numbers of a cycle, as known then."""
    figures = {feed.indicator.code: replace(feed.counted(cycle), known_at=instant) for feed in feeds_of(cycle)}
    return dict(zip(figures, numbers_of(list(figures.values())), strict=True))


def measured(rule: CountingRule, rows: list[Row]) -> int:
    """As many, as much, so many different ones, or whether any."""
    if rule.measure == "sum":
        return sum(row.amount for row in rows)
    if rule.measure == "subjects":
        return len({row.subject for row in rows})
    return min(len(rows), 1) if rule.measure == "any" else len(rows)


def _of(found: Book) -> list[Entry]:
    return list(Entry.objects.filter(register=found.register))


def _values(found: Book, entry: Entry) -> dict[str, Value]:
    held = values_of(found.definition, entry)
    return {key: tuple(value) if isinstance(value, list) else value for key, value in held.items()}


def _by_entry(model: Any) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    known = model.objects.filter(known_to__isnull=True)
    for each in known.select_related("other") if model is EntryLink else known.order_by("ordinal") if model is StateSpan else known:
        rows[each.entry_id].append(each)
    return rows


def _of_line(line: EntryLine) -> dict[str, Value]:
    words = {"kind": line.kind, "source": line.source}
    return {"quantity": line.quantity or 0, "amount": line.amount_vnd or 0} | {key: word for key, word in words.items() if word}


def _is_due(rule: RecordRule, run: DeadlineRun, first: date, until: date) -> bool:
    day = run.started_on if rule.dated == "started" else run.due_on
    has_passed = run.due_on <= until
    is_decided = has_passed or (rule.dated == "started" and run.met_on is not None)
    if run.clock != rule.clock or not first <= day <= until or run.paused_on is not None or not is_decided:
        return False
    in_time = run.met_on is not None and run.met_on <= run.due_on
    return {"any": True, "met": in_time, "late": not in_time}[rule.outcome]
