"""Figures counted from entries: the number and the list behind it are one query, so they cannot differ.

`Counted` puts the rows of a rule together once: each row is one fact (an entry in a state, a change of state, a line, a link, a limit that
fell due) with the unit and the part it counts for. Numbers are those rows grouped, the list is those rows read.

`within` None counts for the unit that an entry names; a tree, for the unit of that tree which keeps what that one left (decision 027). What
several keep together, or nobody, is told apart, so that the units of any tree with what is told apart make the same total.

`known_at` None reads what is known now from the live tables alone. An instant reads what was known then: rows replaced since are read from
beside, spans and lines by when they were known, so that nothing that is done later changes it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from kheo.core.definition.records import CountingRule
from kheo.core.registers.models import RegisterDefinition
from kheo.org.queries import Within, keepers, left_to, lowest_over
from kheo.registers.models import HELD
from kheo.registers.queries.conditions import UNDECLARED, Expression, expression, in_force, where
from kheo.registers.queries.figure_rows import (
    UNSAID,
    CountedFact,
    CountedRow,
    Part,
    Parts,
    Places,
    Remainder,
    Window,
    number_of,
    page_of,
)
from kheo.registers.queries.followed import days_before, further_on, waited_for
from kheo.registers.queries.held import ENTRIES, held_of, side_of
from kheo.registers.queries.known_then import known, live, not_void_then
from kheo.registers.queries.looks import looked
from kheo.registers.queries.rows import rows_of
from kheo.registers.queries.silent import never_in
from kheo.registers.queries.units_below import UnitsBelow

SAID = ", ".join(HELD)


@dataclass
class Counted:
    """The rows that a rule counts in a register on some days, as known at an instant (None: now), for the units of a tree (None: raw)."""

    register_id: int
    definition: RegisterDefinition
    rule: CountingRule
    window: Window
    known_at: datetime | None = None
    within: Within | None = None
    taken: bool = False  # what a row adds: the days from the beginning of its entry to it
    aged: bool = False  # or to the last of the days, the oldest first
    one_each: bool = False  # of subjects the list has each once

    def numbers(self, units: Collection[int] | None = None) -> dict[int, Parts]:
        """By unit and part, the figure; units without any are absent. The total of a unit stands under None. `units` None: all."""
        return numbers_of([self], None if units is None else places_for([self], units))[0]

    def remainders(self) -> list[Remainder]:
        """What stands at no unit of the tree alone; nothing without a tree."""
        if self.within is None:
            return []
        raw, tree = _raw_of([(self, None)])[0], self.tree
        found = keepers(raw.keys() - tree.holds(raw), tree)
        return [
            Remainder(unit, tuple(sorted(kept)), lowest_over(sorted(kept), tree), raw[unit])
            for unit, kept in sorted(found.items())
            if len(kept) != 1
        ]

    @property
    def tree(self) -> Within:
        """The tree that units stand in: where none is asked for, that of the last of the days."""
        within = self.within or Within(self.window.until)
        return within if within.known_at == self.known_at else replace(within, known_at=self.known_at)

    def kept(self, units: Collection[int]) -> dict[int, int]:
        """By unit that entries name the one that keeps them, where that is one."""
        if self.within is None:
            return {unit: unit for unit in units}
        tree = self.tree
        inside = tree.holds(units)
        found = keepers(set(units) - inside, tree)
        return {**{unit: unit for unit in inside}, **{unit: next(iter(kept)) for unit, kept in found.items() if len(kept) == 1}}

    def places(self, units: Collection[int]) -> dict[int, int]:
        """The same the other way round: all units whose entries one of these keeps, itself among them; by unit its keeper."""
        if self.within is None:
            return {unit: unit for unit in units}
        tree = self.tree
        inside, wanted = tree.holds(units), set(units)
        found = {unit: next(iter(kept)) for unit, kept in left_to(units, tree).items() if len(kept) == 1}
        return {**{unit: unit for unit in inside}, **{unit: keeper for unit, keeper in found.items() if keeper in wanted}}

    def named(self, unit: int) -> list[int]:
        """The units, as entries name them, whose entries count for a unit."""
        return sorted(places_for([self], [unit]).named(self.rule))

    def grouped(self, units: Collection[int] | None) -> tuple[str, list[Any]]:
        """The statement of its numbers: unit, part, number, whether it is the unit's total."""
        sql, values = self.facts(units)
        grouped = "unit" if self.rule.by is None else "GROUPING SETS ((unit, part), (unit))"
        part, total = ("NULL", "1") if self.rule.by is None else ("part", "GROUPING(part)")
        return f"SELECT unit, {part}, ({self._measured()})::bigint, {total} FROM ({sql}) AS fact GROUP BY {grouped}", values  # noqa: S608  # clauses of ours; values are parameters

    def rows(self, unit: int, part: Part = None, *, skip: int = 0, most: int = 100) -> list[CountedRow]:
        """The list behind a number of `numbers`: the latest fact first, a page of it."""
        return self.rows_of(self.named(unit), part, skip=skip, most=most)

    def rows_of(self, units: Collection[int] | None, part: Part = None, *, skip: int = 0, most: int = 100) -> list[CountedRow]:
        """The same for all that some units have together, as entries name them (None: all units)."""
        sql, values = self.facts(units)
        statement = page_of(sql, self.rule.measure if self.one_each else "", aged=self.aged, part=part)
        return [CountedRow(*row) for row in rows_of(statement, [*values, *([] if part is None else [part]), most, skip])]

    def entries(self, unit: int) -> list[int]:
        """The entries behind a unit's total, each once, by number: what a signed report keeps beside its figure."""
        sql, values = self.facts(self.named(unit))
        return [entry for (entry,) in rows_of(f"SELECT DISTINCT entry FROM ({sql}) AS fact ORDER BY entry", values)]  # noqa: S608  # clauses of ours; values are parameters

    def amounts(self, units: Collection[int] | None) -> list[tuple[int, int]]:
        """What each row adds, with the unit that its entry names."""
        sql, values = self.facts(units)
        return [(unit, amount) for unit, amount in rows_of(f"SELECT unit, amount FROM ({sql}) AS fact ORDER BY amount", values)]  # noqa: S608  # clauses of ours; values are parameters

    def _measured(self) -> str:
        if self.rule.measure == "sum":
            return "SUM(amount)"
        return {"subjects": "COUNT(DISTINCT subject)", "any": SOME, "units_below": SOME}.get(self.rule.measure, "COUNT(*)")

    def facts(self, units: Collection[int] | None, source: str = ENTRIES) -> tuple[str, list[Any]]:
        """The statement of its rows: entry, unit, part, day, amount, subject. Numbers and lists are both made of it.

        `source`: what stands for the entries as they are now (`held_of`).
        """
        rule = self.rule
        base, values = self._base(units, source)
        joined, day, joined_values = _FACTS[rule.fact](self)
        met, met_values = where(self.definition, rule.where)
        holds, holds_values = in_force(self.definition, rule.in_force, self.window.until)
        stood, stood_values = looked(rule.looked, self.window.until, self.known_at)
        amount, amount_values = self._amount(day)
        never, never_values = never_in(rule, self.register_id, self.window.until)
        part = self._part()
        unit = f"e.{side_of(rule)}"
        sql = f"""
            SELECT e.id AS entry, {unit} AS unit, {part} AS part, {day} AS day, {amount} AS amount,
                   COALESCE(NULLIF(e.subject_key, ''), 'entry ' || e.id) AS subject
            FROM ({base}) AS e {joined}
            WHERE {unit} IS NOT NULL{self._not_void()}{met}{holds}{stood}{never}"""  # noqa: S608  # names are of the checked definition, values are bound
        return sql, [
            *amount_values,
            *values,
            *joined_values,
            *self._void_values(),
            *met_values,
            *holds_values,
            *stood_values,
            *never_values,
        ]

    def _base(self, units: Collection[int] | None, source: str) -> tuple[str, list[Any]]:
        """The rows as they are or were; of some units alone where these are named."""
        unit = side_of(self.rule)
        only, listed = ("", []) if units is None else (f" AND {unit} = ANY(%s::bigint[])", [list(units)])
        live = f"SELECT id, {SAID}, meaning FROM {source} WHERE register_id = %s{only}"  # noqa: S608  # clauses of ours; values are parameters
        if self.known_at is None:
            return live, [self.register_id, *listed]
        past = (
            f"{live} AND known_from <= %s UNION ALL SELECT entry_id, {SAID}, '' FROM registers_entry_version "  # noqa: S608  # clauses of ours; values are parameters
            f"WHERE register_id = %s{only} AND known_from <= %s AND known_to > %s"
        )
        return past, [self.register_id, *listed, self.known_at, self.register_id, *listed, self.known_at, self.known_at]

    def _not_void(self) -> str:
        if self.known_at is None:
            return " AND e.meaning <> 'void'"
        return f" AND {not_void_then('e.id')}"

    def _void_values(self) -> list[Any]:
        return [] if self.known_at is None else [self.known_at] * 3

    def _amount(self, day: str) -> tuple[str, list[Any]]:
        rule = self.rule
        if self.taken:
            known, values = self.known("b")
            began = f"SELECT min(b.starts) FROM registers_state_span AS b WHERE b.entry_id = e.id AND {known}"  # noqa: S608  # clauses of ours; values are parameters
            return (f"%s::date - ({began})", [self.window.until, *values]) if self.aged else (f"{day} - ({began})", values)
        if rule.measure != "sum" or rule.of is None:
            return "1", []
        if rule.fact == "line":
            return {"quantity": "COALESCE(l.quantity, 0)", "amount": "COALESCE(l.amount_vnd, 0)"}[rule.of], []
        return f"COALESCE({expression(self.definition.by_key[rule.of]).sql}, 0)", []

    def _part(self) -> str:
        """The part that a row counts for: one, so that parts add up to the total."""
        if self.rule.by is None:
            return "NULL::text"
        found = UNDECLARED.get(self.rule.by) or expression(self.definition.by_key[self.rule.by])
        if found.kind == "json":
            raise ValueError(f"not one part but many: {self.rule.by}")
        return f"({found.sql})[1]::text" if found.kind == "array" else f"({found.sql})::text"

    def known(self, alias: str) -> tuple[str, list[Any]]:
        """That a row beside the entry was known at the instant."""
        return known(alias, self.known_at)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the flows."""
        return (date.min if self.rule.window == "ever" else self.window.since), self.window.until


def places_for(figures: Sequence[Counted], units: Collection[int]) -> Places:
    """Whose entries these figures, which have one tree, count for some units: two queries and more, as for one of them."""
    where = figures[0].tree.below(units) if any(each.rule.counts_units for each in figures) else {}
    kept, asked = figures[0].places({*units, *where}), set(units)
    own = {named: keeper for named, keeper in kept.items() if keeper in asked}
    return Places(own, UnitsBelow(where, {named: keeper for named, keeper in kept.items() if keeper in where}))


def numbers_of(figures: Sequence[Counted], places: Places | None = None) -> list[dict[int, Parts]]:
    """The numbers of each (see `Counted.numbers`), all in one statement. They have one tree; `places`: see there, None for all units."""
    if not figures:
        return []
    # Every unit below counts, whatever entries there are: nothing is to be read.
    asked = [each for each in figures if each.rule.units != "all"]
    read = iter(_raw_of([(each, None if places is None else places.named(each.rule)) for each in asked]))
    raw = [{} if each.rule.units == "all" else next(read) for each in figures]
    found = places or _all_places(figures, {unit for each in raw for unit in each})
    return [_placed(each, numbers, found) for each, numbers in zip(figures, raw, strict=True)]


def _all_places(figures: Sequence[Counted], named: Collection[int]) -> Places:
    kept = figures[0].kept(named)
    where = figures[0].tree.below(None) if any(each.rule.counts_units for each in figures) else {}
    return Places(kept, UnitsBelow(where, kept))


def _placed(figure: Counted, raw: dict[int, Parts], places: Places) -> dict[int, Parts]:
    if figure.rule.counts_units:
        return {unit: {None: number} for unit, number in places.below.numbers(figure.rule, raw).items()}
    return _together(raw, places.own, most=1 if figure.rule.measure == "any" else None)


def facts_of(figures: Sequence[Counted], places: Places) -> list[list[CountedFact]]:
    """Every row behind the numbers of some units, by figure, all in one statement; by entry."""
    found: list[list[CountedFact]] = [[] for _ in figures]
    # Nobody's entries: nothing to read. Of a unit with none below it nothing more is asked than before.
    asked = [(place, units) for place, figure in enumerate(figures) if (units := places.named(figure.rule))]
    held = held_of([figures[place] for place, _ in asked], {unit for _, units in asked for unit in units})
    statements = [figures[place].facts(units, held.name) for place, units in asked]
    for which, entry, named, part, day, amount, subject in _read_all(statements, held.before, held.values):
        place = asked[which][0]
        below = places.below.places[named] if figures[place].rule.counts_units else None
        found[place].append(CountedFact(entry, part or UNSAID, day, int(amount), subject, below))
    for figure, rows in zip(figures, found, strict=True):
        if figure.rule.units == "all":
            lacking = places.below.counted(figure.rule, ()) - {row.below for row in rows}
            rows += [CountedFact(None, UNSAID, None, 0, "", unit) for unit in lacking]
    return [sorted(rows, key=lambda row: (row.entry or 0, row.on or date.min, row.amount, row.below or 0)) for rows in found]


def _raw_of(figures: Sequence[tuple[Counted, Collection[int] | None]]) -> list[dict[int, Parts]]:
    """By unit that entries name, what each counts in those of some units (None: of all)."""
    found: list[dict[int, Parts]] = [{} for _ in figures]
    for place, unit, named, number, is_total in _read_all([each.grouped(units) for each, units in figures]):
        found[place].setdefault(unit, {})[None if is_total else named or UNSAID] = int(number or 0)
    return found


def _read_all(statements: Sequence[tuple[str, list[Any]]], before: str = "", held: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of all statements in one, each with the place of its statement before it; `before` them what they read, with its values."""
    if not statements:
        return []
    joined = " UNION ALL ".join(f"SELECT {place}, one.* FROM ({sql}) AS one" for place, (sql, _) in enumerate(statements))  # noqa: S608  # clauses of ours; values are parameters
    return rows_of(f"{before} {joined}", [*held, *(value for _, values in statements for value in values)])


def _together(raw: dict[int, Parts], places: Mapping[int, int], most: int | None = None) -> dict[int, Parts]:
    """Added up by the unit that keeps them, up to `most`.

    Subjects as well: one subject is of one unit (`subject_key`), so none is counted twice.
    """
    found: dict[int, Parts] = {}
    for unit, parts in raw.items():
        if unit in places:
            kept = found.setdefault(places[unit], {})
            for part, number in parts.items():
                kept[part] = kept.get(part, 0) + number if most is None else min(kept.get(part, 0) + number, most)
    return found


Fact = tuple[str, str, list[Any]]
SOME = "LEAST(COUNT(*), 1)"


def _in_state(counted: Counted) -> Fact:
    day = counted.window.until if counted.rule.at == "cutoff" else counted.window.since - timedelta(days=1)
    known, values = counted.known("s")
    lasts, late = (
        ("s.ends IS NULL OR s.ends > %s", [])
        if counted.known_at is None
        else ("s.ends IS NULL OR s.ends > %s OR s.end_known_from > %s", [counted.known_at])
    )
    sql = f"JOIN registers_state_span AS s ON s.entry_id = e.id AND s.state = ANY(%s) AND s.starts <= %s AND ({lasts}) AND {known}"
    return sql, "s.starts", [list(counted.rule.states), day, day, *late, *values]


def _changed(counted: Counted, condition: str) -> Fact:
    known, values = counted.known("s")
    states = list(counted.rule.states)
    day, waited, more_values = waited_for(counted.rule, counted.definition, counted.window, counted.known_at)
    sql = f"JOIN registers_state_span AS s ON s.entry_id = e.id AND {condition} AND s.starts BETWEEN %s AND %s AND {known}{waited}"
    bound: list[Any] = [states, states, *days_before(counted.rule, counted.days), *values, *more_values]
    if counted.rule.once:
        earlier, more = counted.known("f")
        again = condition.replace("s.", "f.")
        before = f"f.entry_id = e.id AND f.ordinal < s.ordinal AND {again} AND {earlier}"
        sql += f" AND NOT EXISTS (SELECT FROM registers_state_span AS f WHERE {before})"
        bound += [states, states, *more]
    return sql, day, bound


def _entered(counted: Counted) -> Fact:
    return _changed(counted, "s.state = ANY(%s) AND NOT (s.came_from = ANY(%s))")


def _left(counted: Counted) -> Fact:
    return _changed(counted, "NOT (s.state = ANY(%s)) AND s.came_from = ANY(%s)")


def _line(counted: Counted) -> Fact:
    known, values = counted.known("l")
    sql = f"JOIN registers_line AS l ON l.entry_id = e.id AND l.line = %s AND l.on BETWEEN %s AND %s AND {known}"
    return sql, "l.on", [counted.rule.line, *counted.days, *values]


def _link(counted: Counted) -> Fact:
    """A link that somebody has to verify counts on the day when it was; one to an entry that is void does not."""
    known, values = counted.known("k")
    kind = counted.definition.by_link[counted.rule.link or ""]
    day = "k.verified_on" if kind.verified_by else "k.on"
    other, more = live("k.other_id", counted.known_at)
    further, further_values = further_on(counted.rule, counted.definition, counted.window, counted.known_at)
    sql = f"JOIN registers_link AS k ON k.entry_id = e.id AND k.link = %s AND {day} BETWEEN %s AND %s AND {known} AND {other}{further}"
    return sql, day, [counted.rule.link, *counted.days, *values, *more, *further_values]


def _due(counted: Counted) -> Fact:
    """Limits that fell due within the days, have passed and do not stand still; met in time, or late. Or that began to run within them."""
    known, values = counted.known("d")
    outcome = {
        "any": "true",
        "met": "d.met_on <= d.due_on",
        "late": "(d.met_on > d.due_on OR d.met_on IS NULL)",
        "open": "(d.met_on > %s OR d.met_on IS NULL)",
    }[counted.rule.outcome]
    still = [counted.window.until] if counted.rule.outcome == "open" else []
    day = "d.started_on" if counted.rule.dated == "started" else "d.due_on"
    # By when they began those count that are decided: met, however far off the limit still is, or passed.
    past = "(d.met_on IS NOT NULL OR d.due_on < %s)" if counted.rule.dated == "started" else "d.due_on < %s"
    sql = f"""JOIN registers_deadline AS d ON d.entry_id = e.id AND d.clock = %s AND {day} BETWEEN %s AND %s
        AND {past} AND d.paused_on IS NULL AND {outcome} AND {known}"""
    return sql, day, [counted.rule.clock, *counted.days, counted.window.counted_on, *still, *values]


_FACTS = {"in_state": _in_state, "entered": _entered, "left": _left, "line": _line, "link": _link, "due": _due}


__all__ = [
    "UNSAID",
    "Counted",
    "CountedFact",
    "CountedRow",
    "Expression",
    "Part",
    "Parts",
    "Places",
    "Remainder",
    "Window",
    "Within",
    "facts_of",
    "number_of",
    "numbers_of",
    "places_for",
]
