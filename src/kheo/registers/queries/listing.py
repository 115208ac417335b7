"""Lists of entries: filtered, searched, sorted, a page at a time, and counted, by one and the same condition."""

from array import array
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from kheo.core.registers.fields import ORDERED
from kheo.core.registers.models import StateDef
from kheo.core.registers.words import COUNTS_NOWHERE, OPEN_CLASSES, StateClass
from kheo.core.text import words
from kheo.org.queries import among
from kheo.registers.models import Entry
from kheo.registers.queries.batches import BATCH, in_batches
from kheo.registers.queries.conditions import expression, searching, where
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.known_more import is_more, key_of, remember
from kheo.registers.queries.ordering import NEWEST, Order, order_of, whole_order
from kheo.registers.queries.ready import ready_condition
from kheo.registers.queries.rows import rows_of
from kheo.registers.queries.walking import FETCHED, answering, candidates, holding, newest
from kheo.registers.queries.wanted import NOWHERE, Wanted

PAGE = 50
CHUNK = 10_000
MOST_COUNTED = 10_000
MOST_FILTERED = 1000  # among the entries of more units than these
WALKED = 100  # entries looked through for each that is wanted
FEW = 2000  # entries that are sooner put in order than looked for in an order
FEW_UNITS = 2000  # whose entries of one register are counted to the end, unit by unit
Part = tuple[str, list[Any]]  # a condition with its values
_FOUND_BY_STATE = """
SELECT found.state, count(*), count(*) FILTER (WHERE found.due_on < %s) FROM ({entries} LIMIT %s) AS found GROUP BY found.state
"""
# A look into the index of states for each, which ends where it is enough.
_HELD_BY_STATE = """
SELECT asked.state, held.number FROM unnest(%s::text[]) AS asked (state)
CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({entries} LIMIT %s) AS found) AS held
"""
# The index of migration 0005 is made of this very expression.
SEARCHED = "array_to_tsvector(array_remove(regexp_split_to_array(e.search, '[^a-z0-9]+'), ''))"


@dataclass(frozen=True)
class StateCounts:
    """By state how many entries; None where a narrowed list has more than is counted (`most_counted`). `late`: overdue, in all."""

    numbers: Mapping[str, int | None]
    late: int | None

    def of(self, states: Sequence[str]) -> int | None:
        """In these states (none: in all); None where that was not counted."""
        counts = [count for state, count in self.numbers.items() if not states or state in states]
        return None if None in counts else sum(count for count in counts if count is not None)


@dataclass(frozen=True)
class EntryList:
    """The entries of a register that somebody wants to see."""

    book: Book
    wanted: Wanted

    def in_states(self, states: Collection[str]) -> "EntryList":
        """Of these entries those in some states; none where it asks for none of them."""
        kept = tuple(state for state in self.wanted.states or self.book.definition.by_state if state in states)
        return replace(self, wanted=replace(self.wanted, states=kept or NOWHERE))

    def page(self, number: int = 1, most: int = PAGE, *, expected: int | None = None) -> list[Entry]:
        """A page of them, in order: one query. What does not fill in the field that puts them in order comes after the rest.

        `expected`: how many the list has, where that was counted: few are gathered and put in order, many looked through in their order.
        """
        skip = (min(max(number, 1), MOST_COUNTED) - 1) * most
        order = self.order
        if order is None:
            return self._part("", NEWEST, (skip, most), expected)
        filled = self._part(f" AND {order.key} IS NOT NULL", order, (skip, most), expected)
        if len(filled) == most:
            return filled
        before = skip + len(filled) if filled or not skip else self._filled(order)
        rest = (max(0, skip - before), most - len(filled))
        return filled + self._part(f" AND {order.key} IS NULL", NEWEST, rest, expected)

    def batches(self, most: int = BATCH) -> Iterator[list[Entry]]:
        """All of them, in order, so many at a time: one query for each, and never more than one batch in memory."""
        return in_batches(self.ids(), most)

    def ids(self) -> "array[int]":
        """The numbers of all of them, in the order of the list: one query, read by a cursor of the server, eight bytes each.

        A list is taken as it stands at one instant; what is read of each entry afterwards is as that entry then stands.
        """
        sql, values = self.condition()
        found = array("q")
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT e.id FROM registers_entry AS e WHERE {sql} ORDER BY {whole_order(self.order)}", values)  # noqa: S608  # clauses of ours; values are parameters
            while rows := cursor.fetchmany(CHUNK):
                found.extend(number for (number,) in rows)
        return found

    @property
    def order(self) -> Order | None:
        """What puts them in order, as its index has it: both ways without those that have nothing there; None: the newest first."""
        return order_of(self.book, self.wanted.order)

    def _part(self, further: str, order: Order, cut: tuple[int, int], expected: int | None) -> list[Entry]:
        """Nothing is known to the planner of what declared fields hold, so that it is told here how to go about it (OFFSET 0)."""
        is_known_few = expected is not None and expected <= min(FEW, self.most_counted)
        if order == NEWEST and not further and not is_known_few:
            of_value = holding(self.book, self.wanted.conditions) if expected is not None and self._asks_fields_alone else None
            numbers = self.candidates or of_value
            if numbers is not None:
                return self._picked(numbers, cut)
        if expected is not None and not is_known_few:
            found = self._walked(further, order, cut)
            if len(found) == cut[1]:
                return found
            answers = answering(self.book, self.wanted.conditions) if order == NEWEST and not further and self._asks_fields_alone else None
            if answers is not None:  # none of the newest thousands answer: the planner would go on backwards through the whole table
                return self._picked(answers, cut)
        source, values = self._source(self._of_units(), f"e.*, {order.key} AS ordered", further)
        apart = " OFFSET 0" if is_known_few or self._words else ""
        gathered = f"SELECT * FROM ({source}{apart}) AS e {order.sql} LIMIT %s OFFSET %s"  # noqa: S608  # clauses of ours; values are parameters
        return list(Entry.objects.raw(gathered, [*values, cut[1], cut[0]]))

    def _walked(self, further: str, order: Order, cut: tuple[int, int]) -> list[Entry]:
        """Through the register in this order, as far as a page of many is soon full; less where that is too far."""
        skip, most = cut
        sql, values = self.searched_condition()
        if order == NEWEST and not further:
            return self._newest(cut, WALKED * (skip + most))
        # Numbers and what puts them in order stand in the index: nothing else is read of what the page does not come to.
        walked = f"SELECT e.id, {order.key} AS ordered FROM registers_entry AS e WHERE e.register_id = %s{further} {order.sql} LIMIT %s"  # noqa: S608  # clauses of ours; values are parameters
        statement = f"SELECT e.*, walked.ordered FROM ({walked}) AS walked {FETCHED} WHERE {sql} {order.of('walked')} LIMIT %s OFFSET %s"  # noqa: S608  # clauses of ours; values are parameters
        return list(Entry.objects.raw(statement, [self.book.register.pk, WALKED * (skip + most), *values, most, skip]))

    def _newest(self, cut: tuple[int, int], looked: int) -> list[Entry]:
        states = self.states_listed
        if states is not None and set(states) != {each.code for each in self._possible if each.meaning is not StateClass.VOID}:
            return self._picked(newest(self.book, states, looked), cut)
        sql, values = self.searched_condition()  # of nearly all states: as they stand, a seventh of fetching each by its number
        entries = "(SELECT e.* FROM registers_entry AS e WHERE e.register_id = %s ORDER BY e.id DESC LIMIT %s) AS e"
        statement = f"SELECT e.*, e.id AS ordered FROM {entries} WHERE {sql} ORDER BY e.id DESC LIMIT %s OFFSET %s"  # noqa: S608  # clauses of ours; values are parameters
        return list(Entry.objects.raw(statement, [self.book.register.pk, looked, *values, cut[1], cut[0]]))

    def _picked(self, numbers: Part, cut: tuple[int, int]) -> list[Entry]:
        """Of entries by their numbers, the newest first: fetched one by one, and no further than the page is full."""
        sql, values = self.searched_condition()
        source = f"({numbers[0]}) AS walked {FETCHED}"
        statement = f"SELECT e.*, e.id AS ordered FROM {source} WHERE {sql} ORDER BY walked.id DESC LIMIT %s OFFSET %s"  # noqa: S608  # clauses of ours; values are parameters
        return list(Entry.objects.raw(statement, [*numbers[1], *values, cut[1], cut[0]]))

    def searched_condition(self) -> Part:
        """As `condition`, for entries looked at one by one."""
        sql, values = self.condition()
        # To look for letters costs a tenth of making words of every text that is passed: only what has them is read as words.
        return sql + "".join(" AND e.search LIKE %s" for _ in self._words), [*values, *(f"%{word}%" for word in self._words)]

    @property
    def candidates(self) -> Part | None:
        """The numbers of all that can stand in it, the newest first, where an index knows them and more than a few units are read."""
        return candidates(self.book, self.wanted.ready, self.wanted.today) if self.reads_many_units else None

    def _filled(self, order: Order) -> int:
        sql, values = self.condition()
        return int(_one(f"SELECT count(*) FROM registers_entry AS e WHERE {sql} AND {order.key} IS NOT NULL", values))  # noqa: S608  # clauses of ours; values are parameters

    def count(self, most: int | None = None) -> int:
        """How many there are; one more than `most` (None: `most_counted`) where there are more: no list is counted to its end."""
        sql, values = self.apart()
        return int(_one(f"SELECT count(*) FROM ({sql} LIMIT %s) AS found", [*values, (most or self.most_counted) + 1]))  # noqa: S608  # clauses of ours; values are parameters

    def by_state(self) -> StateCounts:
        """How many stand in each state, whatever states the list is narrowed to, and how many are overdue."""
        if not self.is_narrowed:
            return StateCounts(self.numbers_by_state(), self._overdue())
        wanted = self.wanted
        key = self._key(wanted.conditions, tuple(self._words), wanted.overdue_on, wanted.due_on, wanted.ready, wanted.today)
        if self.reads_many_units and is_more(key):
            return self.more_than_counted()
        found, overdue = self._found_by_state()
        if sum(found.values()) <= self.most_counted:
            return StateCounts(found, overdue)
        remember(key)
        return self.more_than_counted()

    def more_than_counted(self) -> StateCounts:
        """That it has more than is counted: of no state is it known how many."""
        return StateCounts(dict.fromkeys(each.code for each in self._possible), None)

    def numbers_by_state(self) -> Mapping[str, int | None]:
        """The same without what is overdue, where nobody asks for it."""
        if self.is_narrowed:
            return self.by_state().numbers
        return self._held_by_state() if self.reads_many_units else self._found_by_state()[0]

    def _overdue(self) -> int:
        late = EntryList(self.book, replace(self.wanted, states=_counting(self.book), overdue_on=self.wanted.today))
        key = self._key("", self.wanted.today)
        if self.reads_many_units and is_more(key):
            return MOST_COUNTED + 1
        found = late.count()
        if found > MOST_COUNTED:
            remember(key)
        return found

    def _held_by_state(self) -> dict[str, int]:
        sql, values = self.apart(" AND e.state = asked.state", all_states=True)
        keys = {state: self._key(state) for state in self.book.definition.by_state}
        found = {state: MOST_COUNTED + 1 for state, key in keys.items() if is_more(key)}
        rest = [state for state in keys if state not in found]
        for state, number in rows_of(_HELD_BY_STATE.format(entries=sql), [rest, *values, MOST_COUNTED + 1]) if rest else ():
            found[state] = number
            if number > MOST_COUNTED:
                remember(keys[state])
        return {state: found[state] for state in keys if found.get(state)}

    def _key(self, *counted: Hashable) -> Hashable:
        """What is counted, and of whom."""
        wanted = self.wanted
        whose = (wanted.units, wanted.handlers, wanted.outside, wanted.given)
        return key_of(self.book.register.pk, whose, self.most_counted, wanted.on_ground, *counted)

    def _found_by_state(self) -> tuple[dict[str, int], int]:
        """Everything, or one more than is counted where it is narrowed."""
        sql, values = self.apart(shown="e.state, e.due_on" if self.is_narrowed else "e.state, NULL::date AS due_on", all_states=True)
        limit = self.most_counted + 1 if self.is_narrowed else None
        still = [each.code for each in self.book.definition.states if each.meaning in OPEN_CLASSES]
        rows = rows_of(_FOUND_BY_STATE.format(entries=sql), [self.wanted.today, *values, limit])
        return {state: number for state, number, _ in rows}, sum(late for state, _, late in rows if state in still)

    @property
    def most_counted(self) -> int:
        """Of a few thousand units, or of a whole register, by an index; what is filtered among very many is read one by one."""
        return MOST_FILTERED if self.is_narrowed and self.reads_many_units else MOST_COUNTED

    @property
    def reads_many_units(self) -> bool:
        """Whether what is counted of all of them is too much for a page."""
        return self.wanted.units is None or len(self.wanted.units) > FEW_UNITS

    @property
    def states_listed(self) -> list[str] | None:
        """The states that can stand in the list; None: all."""
        return self._states(all_states=False)

    @property
    def has_all_states(self) -> bool:
        """Whether the states that it is narrowed to leave out nothing of it."""
        return self._states(all_states=True) == self._states(all_states=False)

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked than whose entries they are, and in which states."""
        wanted = self.wanted
        return bool(wanted.conditions or self._words or wanted.overdue_on or wanted.due_on or wanted.ready)

    def condition(self, *, all_states: bool = False) -> tuple[str, list[Any]]:
        """The condition on `registers_entry AS e` with its values: of the list, its count, its board and its map alike."""
        return self._joined([*self._of_units(), *self._narrowed(all_states)])

    def apart(self, further: str = "", shown: str = "", *, all_states: bool = False) -> tuple[str, list[Any]]:
        """The same entries to be counted: those of the units, then those given to some that are not; each from an index of its own."""
        parts, ranged = self.parts(further, shown, all_states=all_states), self._ranged
        own = f"({parts[0][0]} ORDER BY {ranged})" if ranged else parts[0][0]
        return " UNION ALL ".join([own, *(sql for sql, _ in parts[1:])]), [value for _, values in parts for value in values]

    @property
    def _ranged(self) -> str:
        """A declared number of which nothing but a range is asked: among many units it is read from its index, and ends where it is enough.

        Of such numbers the planner knows nothing and takes a third for every range: it would look for them all over the table.
        """
        asked = {each.field for each in self.wanted.conditions}
        if len(asked) != 1 or not self._asks_fields_alone:
            return ""
        field = self.book.definition.by_key.get(asked.pop())
        return expression(field).sql if field is not None and field.in_tail and field.type in ORDERED else ""

    @property
    def _asks_fields_alone(self) -> bool:
        """Whether something is asked of fields of very many units, and nothing else: then the index of a field is gone through.

        What is overdue, has a word or stands in a ready list may be one in thousands of what the field holds, and has indexes of its own.
        """
        wanted = self.wanted
        return self.reads_many_units and not (self._words or wanted.ready or wanted.overdue_on or wanted.due_on)

    def parts(self, further: str = "", shown: str = "", *, all_states: bool = False) -> list[Part]:
        """The same, each part by itself: no entry stands in two of them."""
        return [self._source(each, shown, further, all_states=all_states) for each in self._of_units_apart()]

    def _source(self, units: list[Part], shown: str, further: str, *, all_states: bool = False) -> Part:
        """The entries of some units, looked at one by one where these are few: by what else is asked the planner would err."""
        if self.reads_many_units or self._words or not self.is_narrowed:
            sql, values = self._joined([*units, *self._narrowed(all_states)])
            among_them = self.candidates if self.wanted.ready and self.wanted.ready.met else None
            if among_them:  # else the limits of every entry would be looked at
                return f"SELECT {shown} FROM ({among_them[0]}) AS walked {FETCHED} WHERE {sql}{further}", [*among_them[1], *values]  # noqa: S608  # clauses of ours; values are parameters
            return f"SELECT {shown} FROM registers_entry AS e WHERE {sql}{further}", values  # noqa: S608  # clauses of ours; values are parameters
        held, more = self._joined([*units, *self._in_states(all_states)], with_fields=False)
        sql, values = self._joined(self._narrowed(all_states))
        entries = f"(SELECT e.* FROM registers_entry AS e WHERE {held} OFFSET 0) AS e"  # noqa: S608  # clauses of ours; values are parameters
        return f"SELECT {shown} FROM {entries} WHERE {sql}{further}", more + values  # noqa: S608  # clauses of ours; values are parameters

    @property
    def _words(self) -> list[str]:
        return words(self.wanted.text)

    def _joined(self, conditions: Sequence[Part], *, with_fields: bool = True) -> Part:
        further, held = where(self.book.definition, self.wanted.conditions if with_fields else ())
        register: Part = ("e.register_id = %s", [self.book.register.pk])
        values = [value for _, each in (register, *conditions) for value in each]
        return " AND ".join(sql for sql, _ in (register, *conditions)) + further, values + held

    def _of_units(self) -> list[Part]:
        if self.wanted.on_ground:
            return self._of_grounds()
        return [*([] if self.wanted.units is None else [whose(self.wanted.units, self.wanted.handlers)]), *self._apart_from()]

    def _of_grounds(self) -> list[Part]:
        """That it is on the ground of these units: the indexes of grounds hold no entry that names none, and the planner is told so."""
        named: Part = ("e.ward_id IS NOT NULL", [])
        return [named] if self.wanted.units is None else [named, among("e.ward_id", self.wanted.units)]

    def _apart_from(self) -> list[Part]:
        """What is left of the units whose entries they are: none of some, only what others were given."""
        outside = among("e.owner_id", self.wanted.outside) if self.wanted.outside else None
        given = among("e.handler_id", self.wanted.given) if self.wanted.given is not None else None
        return [*([(f"NOT {outside[0]}", outside[1])] if outside else []), *([given] if given else [])]

    def _of_units_apart(self) -> list[list[Part]]:
        if self.wanted.on_ground:
            return [self._of_units()]
        if self.wanted.units is None:
            return [self._apart_from()]
        own = among("e.owner_id", self.wanted.units)
        if not self.wanted.handlers:
            return [[own, *self._apart_from()]]
        given = [among("e.handler_id", self.wanted.handlers), (f"NOT {own[0]}", own[1])]
        return [[own, *self._apart_from()], [*given, *self._apart_from()]]

    def _narrowed(self, all_states: bool) -> list[Part]:
        wanted, found = self.wanted, self._in_states(all_states)
        if wanted.overdue_on is not None:
            found.append(("e.due_on < %s", [wanted.overdue_on]))
        if wanted.due_on is not None:
            found.append(("e.due_on = %s", [wanted.due_on]))
        if wanted.ready is not None:
            found.append(ready_condition(self.book, wanted.ready, wanted.today, one_by_one=True))
        if self._words:
            found.append((f"{SEARCHED} @@ %s::tsquery", [searching(self._words)]))
        return found

    def _in_states(self, all_states: bool) -> list[Part]:
        states = self._states(all_states)
        if states is None:
            return []
        # Of one of one the planner does not see that an index by state has them in the order wanted.
        return [("e.state = %s", states)] if len(states) == 1 else [("e.state = ANY(%s)", [states])]

    @property
    def _possible(self) -> list[StateDef]:
        """Those in which an entry is read at all, as the list comes to it."""
        nowhere = COUNTS_NOWHERE if self.wanted.on_ground else ()
        return [each for each in self.book.definition.states if each.meaning not in nowhere]

    def _states(self, all_states: bool) -> list[str] | None:
        """Those that can stand in the list; None: all. What is overdue is open: a used state never changes its meaning."""
        wanted, found = self.wanted, self._possible
        if wanted.states and not all_states:
            found = [each for each in found if each.code in wanted.states]
        if wanted.ready is not None:
            found = [each for each in found if each.code in wanted.ready.states]
        if wanted.overdue_on is not None:
            found = [each for each in found if each.meaning in OPEN_CLASSES]
        return None if len(found) == len(self.book.definition.states) else [each.code for each in found]


def whose(units: Collection[int], handlers: Collection[int] = ()) -> Part:
    """That the entry `e` is of one of these units, or given to one of those."""
    sql, values = among("e.owner_id", units)
    if not handlers:
        return sql, values
    given, more = among("e.handler_id", handlers)
    return f"({sql} OR {given})", [*values, *more]


def _counting(book: Book) -> tuple[str, ...]:
    return tuple(each.code for each in book.definition.states if each.meaning is not StateClass.VOID)


def _one(statement: str, values: list[Any]) -> Any:
    return rows_of(statement, values)[0][0]
