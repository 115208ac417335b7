"""The lists that come with a register: what is late, missing or forgotten; and units that have nothing of a kind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kheo.core.cutoff import round_asked
from kheo.core.definition.regime import cycles_in
from kheo.core.registers.faces import Lack, ReadyList
from kheo.org.queries import among
from kheo.registers.models import Register
from kheo.registers.queries.conditions import in_force, where
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.followed import DONE
from kheo.registers.queries.looks import stands
from kheo.registers.queries.rows import rows_of

# What is not closed here is closed where it is used.
# Register, clock and day by themselves: of what runs late the index knows the entries, few among very many.
_LATE = """EXISTS (SELECT FROM registers_deadline AS d WHERE d.entry_id = e.id AND d.register_id = %s AND d.clock = %s
  AND d.known_to IS NULL AND d.met_on IS NULL AND d.paused_on IS NULL AND d.due_on < %s"""
_MET = """(SELECT count(*) FILTER (WHERE d.met_on IS NOT NULL) >= %s
    AND count(*) FILTER (WHERE d.met_on IS NULL AND d.paused_on IS NULL AND d.due_on < %s) = 0
  FROM registers_deadline AS d WHERE d.entry_id = e.id AND d.clock = %s AND d.known_to IS NULL)"""
_LINE = "EXISTS (SELECT FROM registers_line AS l WHERE l.entry_id = e.id AND l.line = %s AND l.known_to IS NULL"
_NO_LINK = "NOT EXISTS (SELECT FROM registers_link AS k WHERE k.entry_id = e.id AND k.link = %s AND k.known_to IS NULL"
_NO_LINK_FROM = """NOT EXISTS (SELECT FROM registers_link AS k JOIN registers_entry AS o ON o.id = k.entry_id
  WHERE k.other_id = e.id AND k.link = %s AND k.known_to IS NULL AND o.register_id = ANY(%s) AND o.meaning = ANY(%s)"""
_CAME_IN = """(SELECT max(s.starts) FROM registers_state_span AS s
  WHERE s.entry_id = e.id AND s.known_to IS NULL AND s.state = ANY(%s) AND NOT s.came_from = ANY(%s))"""
_ALIKE = """EXISTS (SELECT FROM registers_like_pair AS p JOIN registers_entry AS o ON o.id = p.other_id
  WHERE p.register_id = e.register_id AND p.entry_id = e.id AND p.ended_at IS NULL AND p.settled_at IS NULL AND o.meaning <> 'void'"""
_UNSAID = "NOT EXISTS (SELECT FROM registers_deed AS q WHERE q.entry_id = e.id AND q.act = ANY(%s) AND q.on > %s"
# By the first time: what was sent back and done again later was in time.
_FIRST_DONE = "(SELECT to_char(min(q.on), 'MM-DD') FROM registers_deed AS q WHERE q.entry_id = e.id AND q.act = %s)"


def ready_list(book: Book, code: str) -> ReadyList | None:
    """One of the register's lists by its code."""
    return next((each for each in book.definition.ready if each.code == code), None)


def ready_condition(
    book: Book, ready: ReadyList, today: date, *, one_by_one: bool = False, all_by_one: bool = False
) -> tuple[str, list[Any]]:
    """That the entry `e`, which is in one of the list's states, stands in it today: SQL without a leading AND, and its values.

    `one_by_one`: lines and links are looked up for each entry, as where some entries are enough; else all of them may be gathered first.
    `all_by_one`: so are deadlines and pairs, as where the entries are few and known.
    """
    known = " OFFSET 0)" if all_by_one else ")"  # over this the planner makes no join, and gathers nothing
    each = " OFFSET 0)" if one_by_one else known
    parts, values = ["TRUE"], list[Any]()
    if ready.late is not None:
        parts.append(_LATE + known)
        values += [book.register.pk, ready.late, today]
    if ready.met is not None:
        parts.append(_MET)
        values += [ready.met.times, today, ready.met.clock]
    for line in ready.lines:
        parts.append(_LINE + each)
        values.append(line)
    if ready.lacks is not None:
        sql, held = _lacking(ready.lacks)
        parts.append(sql + each)
        values += held
    if ready.alike:
        parts.append(_ALIKE + known)
    if ready.looked is not None:
        sql, held = stands(ready.looked, known)
        parts.append(sql)
        values += held
    if ready.unsaid:
        sql, held = _unsaid(book, ready, today, each)
        parts.append(sql)
        values += held
    if ready.out_of_season is not None:
        sql, held = _out_of_season(book, ready.out_of_season)
        parts.append(sql)
        values += held
    if ready.days is not None:
        sql, held = _since(ready, today - timedelta(days=ready.days))
        parts.append(sql)
        values += held
    further, held = where(book.definition, ready.where)
    holds, days = in_force(book.definition, ready.in_force, today)
    return " AND ".join(parts) + further + holds, [*values, *held, *days]


def _since(ready: ReadyList, day: date) -> tuple[str, list[Any]]:
    """That the entry has been in one of the list's states since a day: going from one of them to another begins nothing anew."""
    if len(ready.states) == 1:
        return "e.in_state_since <= %s", [day]
    states = list(ready.states)
    return f"(e.in_state_since <= %s OR {_CAME_IN} <= %s)", [day, states, states, day]


def _unsaid(book: Book, ready: ReadyList, today: date, closing: str) -> tuple[str, list[Any]]:
    """That nothing was said in the round whose cut-off is near, or was last; of what began too late for it nothing is wanted."""
    regime = book.campaign.regime if book.campaign is not None else None
    years = range(today.year - 2, today.year + 2) if regime is not None else ()
    cutoffs = [each.cutoff for year in years for each in cycles_in(regime, year)] if regime is not None else []
    wanted = round_asked(cutoffs, today, ready.ahead)
    if wanted is None:
        return "FALSE", []
    after, cutoff = wanted
    begun, held = _since(ready, cutoff - timedelta(days=ready.ahead))
    return f"{_UNSAID}{closing} AND {begun}", [list(ready.unsaid), after, *held]


def _out_of_season(book: Book, act: str) -> tuple[str, list[Any]]:
    season = book.definition.by_act[act].season
    if season is None:
        return "FALSE", []
    first, last = season.since, season.until
    if first <= last:
        return f"{_FIRST_DONE} NOT BETWEEN %s AND %s", [act, first, last]
    return f"{_FIRST_DONE} > %s AND {_FIRST_DONE} < %s", [act, last, act, first]


def _lacking(lacks: Lack) -> tuple[str, list[Any]]:
    if lacks.from_register is None:
        return _NO_LINK, [lacks.link]
    registers = list(Register.objects.filter(code=lacks.from_register).values_list("pk", flat=True))
    return _NO_LINK_FROM, [lacks.link, registers, DONE]


# Units of the line that stand there today; none has any such entry.
_LACKING = """
SELECT asked.child_id AS unit FROM org_relation AS asked
WHERE asked.line = 'union' AND asked.starts <= %s AND (asked.ends IS NULL OR asked.ends > %s) AND {units}
  AND NOT EXISTS (
    SELECT FROM registers_entry AS e WHERE e.register_id = %s AND e.{side} = asked.child_id AND e.state = ANY(%s) AND {lacked})
"""
# In Vietnamese order of their names. Those of the units alone are read: the planner would go through the names of the whole country.
_NAMED = """
WITH lacking AS MATERIALIZED ({lacking})
SELECT name.unit_id, name.name, (SELECT count(*) FROM lacking) FROM org_unit_name AS name
WHERE name.unit_id = ANY(ARRAY(SELECT unit FROM lacking)) AND name.starts <= %s AND (name.ends IS NULL OR name.ends > %s) AND {units}
ORDER BY name.sort_key COLLATE "C", name.unit_id LIMIT %s OFFSET %s
"""
# The same with those that have no name on the day, which come last: half as dear again, and asked only where the page is not full.
_ALL = """
WITH lacking AS MATERIALIZED ({lacking})
SELECT lacking.unit, name.name, (SELECT count(*) FROM lacking) FROM lacking
LEFT JOIN org_unit_name AS name
  ON name.unit_id = lacking.unit AND name.starts <= %s AND (name.ends IS NULL OR name.ends > %s) AND {units}
ORDER BY name.sort_key COLLATE "C", lacking.unit LIMIT %s OFFSET %s
"""


@dataclass(frozen=True)
class UnitsWithout:
    """The units among some that have no entry as a list says. What one unit left to another is not that other's own."""

    book: Book
    ready: ReadyList
    units: Collection[int]
    today: date

    def count(self, most: int | None = None) -> int:
        """How many; one more than `most` where there are more. One query, whatever the units."""
        sql, values = self._lacking()
        limit = None if most is None else most + 1
        return int(rows_of(f"SELECT count(*) FROM ({sql} LIMIT %s) AS found", [*values, limit])[0][0])  # noqa: S608  # clauses of ours; values are parameters

    def page(self, skip: int, most: int) -> list[tuple[int, str]]:
        """Some of them, each with its name: one query."""
        return self._named(skip, most)[0]

    def page_and_count(self, skip: int, most: int) -> tuple[list[tuple[int, str]], int]:
        """Some of them and how many there are in all: one query, two where there is nothing so far on."""
        found, count = self._named(skip, most)
        return found, count if found else self.count()

    def _named(self, skip: int, most: int) -> tuple[list[tuple[int, str]], int]:
        sql, values = self._lacking()
        units, named = among("name.unit_id", self.units)
        asked = [*values, self.today, self.today, *named, most, skip]
        rows = rows_of(_NAMED.format(lacking=sql, units=units), asked)
        if len(rows) < (min(most, rows[0][2] - skip) if rows else most):
            rows = rows_of(_ALL.format(lacking=sql, units=units), asked)
        return [(unit, name or "") for unit, name, _ in rows], rows[0][2] if rows else 0

    def _lacking(self) -> tuple[str, list[Any]]:
        # Of what holds today few are left: their lines are looked up one by one, and not those of all that ever were.
        lacked, held = ready_condition(self.book, self.ready, self.today, one_by_one=True)
        units, among_them = among("asked.child_id", self.units)
        states = list(self.ready.states)
        side = f"{self.ready.counts_for}_id"
        sql = _LACKING.format(units=units, lacked=lacked, side=side)
        return sql, [self.today, self.today, *among_them, self.book.register.pk, states, *held]
