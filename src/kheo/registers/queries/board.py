"""A register by the steps its entries stand at: the first of each step, found for all steps at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from kheo.registers.models import Entry
from kheo.registers.queries.listing import EntryList

GATHERED = 300  # entries of a step that are sooner put in order than looked for in an index that has them in order
_BY_LIMIT, _NEWEST = "ORDER BY e.due_on, e.id", "ORDER BY e.id DESC"


@dataclass(frozen=True)
class Step:
    """A state with how many entries the reader has in it. `by_limit`: what falls due first stands first, then the newest."""

    state: str
    expected: int | None
    by_limit: bool


def first_of_steps(found: EntryList, steps: Sequence[Step], most: int) -> dict[str, list[Entry]]:
    """By state the first entries of each, as `EntryList.page` has them: two or three queries for all; of a narrowed list more."""
    if found.is_narrowed:
        return {each.state: list_of_step(found, each).page(most=most, expected=each.expected) for each in steps}
    asked = [each for each in steps if each.expected != 0]
    numbers = _picked([_picking(found, each, most) for each in asked])
    short = [each for each, held in zip(asked, numbers, strict=True) if _is_walked(each) and each.by_limit and len(held) < most]
    # Fewer have a limit than are wanted: so many more of the newest hold all that are wanted of those without one.
    further = _picked([_newest(list_of_step(found, each), 2 * most) for each in short])
    entries = Entry.objects.in_bulk({number for held in (*numbers, *further) for number in held})
    picked = {each.state: set(held) for each, held in zip(asked, numbers, strict=True)}
    for each, held in zip(short, further, strict=True):
        picked[each.state] |= {number for number in held if entries[number].due_on is None}
    return {each.state: _in_order([entries[number] for number in picked.get(each.state, ())], each)[:most] for each in steps}


def _in_order(entries: Collection[Entry], step: Step) -> list[Entry]:
    newest = sorted(entries, key=lambda each: -each.pk)
    if not step.by_limit:
        return newest
    due = sorted((each.due_on, each.pk, each) for each in entries if each.due_on is not None)
    return [*(each for _, _, each in due), *(each for each in newest if each.due_on is None)]


def list_of_step(found: EntryList, step: Step) -> EntryList:
    """The list that a step's first entries begin, in its order."""
    return replace(found, wanted=replace(found.wanted, states=(step.state,), order="han" if step.by_limit else ""))


def _is_walked(step: Step) -> bool:
    return step.expected is None or step.expected > GATHERED


def _picking(found: EntryList, step: Step, most: int) -> tuple[str, list[Any]]:
    column = list_of_step(found, step)
    if not _is_walked(step):
        sql, values = column.apart(shown="e.id, e.due_on")
        order = "ORDER BY e.due_on, CASE WHEN e.due_on IS NULL THEN -e.id ELSE e.id END" if step.by_limit else _NEWEST
        return f"SELECT e.id FROM ({sql}) AS e {order} LIMIT %s", [*values, most]  # noqa: S608  # clauses of ours; values are parameters
    return _walked(column, " AND e.due_on IS NOT NULL", _BY_LIMIT, most) if step.by_limit else _newest(column, most)


def _newest(column: EntryList, most: int) -> tuple[str, list[Any]]:
    return _walked(column, "", _NEWEST, most)


def _walked(column: EntryList, further: str, order: str, most: int) -> tuple[str, list[Any]]:
    """Along an index that holds the owner: each part by itself, since with “or given to” the entries themselves would be read."""
    parts, values = list[str](), list[Any]()
    for sql, held in column.parts(further, "e.id, e.due_on" if order == _BY_LIMIT else "e.id"):
        parts.append(f"({sql} {order} LIMIT %s)")
        values += [*held, most]
    return f"SELECT e.id FROM ({' UNION ALL '.join(parts)}) AS e {order} LIMIT %s", [*values, most]  # noqa: S608  # clauses of ours; values are parameters


def _picked(pickings: Sequence[tuple[str, list[Any]]]) -> list[list[int]]:
    """The numbers that each of some statements finds: one query for all of them."""
    found: Mapping[int, list[int]] = {place: [] for place in range(len(pickings))}
    if pickings:
        parts = [f"SELECT {place} AS place, each.id FROM ({sql}) AS each" for place, (sql, _) in enumerate(pickings)]  # noqa: S608  # clauses of ours; values are parameters
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), [value for _, values in pickings for value in values])
            for place, number in cursor.fetchall():
                found[place].append(number)
    return list(found.values())
