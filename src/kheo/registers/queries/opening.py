"""A list as it is opened; how many stand in the lists that come with its register, of few units in one look, and in saved ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kheo.core.registers.faces import ReadyList
from kheo.core.registers.words import OPEN_CLASSES
from kheo.registers.models import Entry
from kheo.registers.queries.batches import BATCH
from kheo.registers.queries.listing import PAGE, EntryList, StateCounts
from kheo.registers.queries.ordering import NEWEST, whole_order
from kheo.registers.queries.ready import ready_condition
from kheo.registers.queries.rows import rows_of

# The numbers alone are kept of what is looked through: of fifty entries everything is fetched afterwards.
_OPENED = """
WITH found AS MATERIALIZED ({entries} LIMIT %s)
SELECT state, count(*), count(*) FILTER (WHERE due_on < %s), NULL::bigint[] FROM found GROUP BY state
UNION ALL SELECT '', 0, 0, ARRAY(SELECT id FROM found WHERE %s OR state = ANY(%s) ORDER BY {order} LIMIT %s OFFSET %s)
"""
_SHOWN = "e.id, e.state, e.due_on, {order} AS ordered"
# In these orders an index holds all that is asked.
_HELD_ORDERS = ("", "ma", "han")


@dataclass(frozen=True)
class Opening:
    """How many stand in each state, and a page of the list; None where that is sooner found by itself (`EntryList.page`)."""

    by_state: StateCounts
    entries: list[Entry] | None


def opened(found: EntryList, number: int, most: int = PAGE) -> Opening:
    """A list with the page `number` (from 1), as `by_state` and `page` have them.

    Of few units the same entries would be looked through once to be counted and once to be put in order: here one look does both, and
    the entries of the page are fetched by their numbers. Of many, or in an order that no index of the units holds, each goes its own way.
    """
    if found.reads_many_units or not (found.is_narrowed or found.wanted.order.removeprefix("-") in _HELD_ORDERS):
        return Opening(found.by_state(), None)
    limit = found.most_counted + 1 if found.is_narrowed else None
    rows = _looked(found, limit, most, (max(number, 1) - 1) * most)
    counts = {state: count for state, count, _, _ in rows if state}
    if limit is not None and sum(counts.values()) >= limit:
        return Opening(found.more_than_counted(), None)
    still = {each.code for each in found.book.definition.states if each.meaning in OPEN_CLASSES}
    late = sum(overdue for state, _, overdue, _ in rows if state in still)
    numbers = next(ids for _, _, _, ids in rows if ids is not None)
    entries = Entry.objects.in_bulk(numbers)
    return Opening(StateCounts(counts, late), [entries[each] for each in numbers])


def _looked(found: EntryList, limit: int | None, most: int, skip: int) -> list[tuple[Any, ...]]:
    sql, values = found.apart(shown=_SHOWN.format(order=(found.order or NEWEST).key), all_states=True)
    states = found.states_listed
    statement = _OPENED.format(entries=sql, order=whole_order(found.order, "ordered", "id"))
    return rows_of(statement, [*values, limit, found.wanted.today, states is None, list(states or ()), most, skip])


def counts_of(lists: Sequence[EntryList], most: int = BATCH) -> list[int]:
    """How many stand in each of some lists, each up to `most`: one query for all of them."""
    if not lists:
        return []
    parts, values = list[str](), list[Any]()
    for each in lists:
        sql, held = each.apart()
        parts.append(f"(SELECT count(*) FROM ({sql} LIMIT %s) AS found)")  # noqa: S608  # clauses of ours; values are parameters
        values += [*held, most]
    return [int(each) for each in rows_of(f"SELECT {', '.join(parts)}", values)[0]]


def counts_of_ready(whole: EntryList, lists: Sequence[ReadyList]) -> list[int]:
    """How many of these entries, of few units, stand in each of some lists that come with the register: one query for all of them."""
    if not lists:
        return []
    counted, asked = list[str](), list[Any]()
    for each in lists:
        sql, held = ready_condition(whole.book, each, whole.wanted.today, all_by_one=True)
        counted.append(f"count(*) FILTER (WHERE e.state = ANY(%s) AND {sql})")
        asked += [list(whole.in_states(each.states).wanted.states), *held]
    entries, values = whole.apart(shown="e.*")
    return [int(each) for each in rows_of(f"SELECT {', '.join(counted)} FROM ({entries}) AS e", [*asked, *values])[0]]  # noqa: S608  # clauses of ours; values are parameters
