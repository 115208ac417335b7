"""Lists of entries read on from where a page ended: nothing is read twice or left out, however much is written meanwhile, at any depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kheo.registers.models import Entry
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.ordering import Order
from kheo.registers.queries.walking import FETCHED

NEWEST = "e.id DESC"
Held = str | int | bool | list[str] | None
_SINCE = "e.id IN (SELECT d.entry_id FROM registers_deed AS d WHERE d.at >= %s)"


@dataclass(frozen=True)
class Stop:
    """Where a page ended: what its last entry holds in the field that puts the list in order (None: nothing, or no order), and its id."""

    held: Held
    entry: int


@dataclass(frozen=True)
class Slice:
    """Some entries in order, and where they ended if there are more."""

    entries: tuple[Entry, ...]
    stop: Stop | None


@dataclass(frozen=True)
class Reading:
    """A list read so many at a time; `since`: only entries to which something was done at this instant or later."""

    found: EntryList
    most: int
    since: datetime | None = None

    def after(self, stop: Stop | None) -> Slice:
        """The entries that come after, in the order of the page: one query, two where those that fill in the field of the order end."""
        order = self.found.order
        if order is None:
            rows = self._part("", [], "NULL", NEWEST, stop)
        elif stop is not None and stop.held is None:
            rows = self._part(f" AND {order.key} IS NULL", [], "NULL", NEWEST, stop)
        else:
            rows = self._filled(order, stop)
            if len(rows) <= self.most:
                rows = [*rows, *self._part(f" AND {order.key} IS NULL", [], "NULL", NEWEST, None)]
        shown = rows[: self.most]
        return Slice(tuple(shown), _stop(shown[-1]) if len(rows) > self.most else None)

    def _filled(self, order: Order, stop: Stop | None) -> list[Entry]:
        further, values = f" AND {order.key} IS NOT NULL", list[Any]()
        if stop is not None:
            further += f" AND ({order.key}, e.id) {order.further} (%s::{order.kind}, %s)"
            values = [stop.held, stop.entry]
        return self._part(further, values, order.key, f"{order.key} {order.direction}, e.id {order.direction}", None)

    def _part(self, further: str, values: Sequence[Any], held: str, order: str, stop: Stop | None) -> list[Entry]:
        sql, bound = self.found.condition()
        more = list(values)
        if self.since is not None:
            further, more = f"{further} AND {_SINCE}", [*more, self.since]
        if stop is not None:
            further, more = f"{further} AND e.id < %s", [*more, stop.entry]
        source, numbers = "registers_entry AS e", list[Any]()
        if self.found.candidates is not None and order == NEWEST:
            walked, numbers = self.found.candidates
            if stop is not None:  # what was read already is passed by its number, and not fetched again
                walked, numbers = f"SELECT id FROM ({walked}) AS each WHERE id < %s ORDER BY id DESC", [*numbers, stop.entry]  # noqa: S608  # clauses of ours; values are parameters
            source, order = f"({walked}) AS walked {FETCHED}", "walked.id DESC"
        statement = f"SELECT e.*, {held} AS held FROM {source} WHERE {sql}{further} ORDER BY {order} LIMIT %s"  # noqa: S608  # clauses of ours; values are parameters
        return list(Entry.objects.raw(statement, [*numbers, *bound, *more, self.most + 1]))


def _stop(last: Entry) -> Stop:
    held: Any = last.held  # type: ignore[attr-defined]  # what the statement adds
    return Stop(held.isoformat() if isinstance(held, date) else held, last.pk)
