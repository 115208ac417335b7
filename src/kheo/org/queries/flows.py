"""What a reorganisation did to the units under one: which old units each came from. Two statements, however many events there were."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, Succession, UnitCode, UnitEvent, in_force
from kheo.org.queries.lives import Held, names_through_time

_IN_FORCE = "{alias}.starts <= %({day})s AND ({alias}.ends IS NULL OR {alias}.ends > %({day})s)"
_PLACED = "place.line = %(line)s AND place.parent_id IS NOT NULL AND " + _IN_FORCE.format(alias="place", day="until")
# An event of the days (after, until] that has not been taken back by the last of them.
_HOLDS = """event.day > %(after)s AND event.day <= %(until)s
    AND NOT EXISTS (SELECT 1 FROM org_unit_event AS back WHERE back.annuls_id = event.id AND back.day <= %(until)s)"""
# From the units that anything happened to, up to the one asked about; then back through successions to who was there before.
FLOWS = f"""
WITH RECURSIVE changed AS (
  SELECT event.unit_id AS unit FROM org_unit_event AS event
  WHERE event.kind IN ('established', 'renamed', 'transferred', 'kind_changed', 'split', 'absorbed', 'merged') AND {_HOLDS}
  UNION
  SELECT next.successor_id FROM org_unit_event AS event JOIN org_succession AS next ON next.event_id = event.id WHERE {_HOLDS}
), climb (unit, above) AS (
  SELECT unit, unit FROM changed
  UNION
  SELECT climb.unit, place.parent_id FROM climb JOIN org_relation AS place ON place.child_id = climb.above AND {_PLACED}
  WHERE climb.above <> %(under)s
), target AS (
  SELECT climb.unit FROM climb JOIN org_unit_name AS name ON name.unit_id = climb.unit AND {_IN_FORCE.format(alias="name", day="until")}
  WHERE climb.above = %(under)s
), past (target, unit, day, is_whole, event) AS (
  SELECT unit, unit, %(until)s::date, true, NULL::bigint FROM target
  UNION
  SELECT past.target, next.predecessor_id, event.day, past.is_whole AND next.numerator IS NOT NULL AND next.numerator = next.denominator,
    coalesce(past.event, event.id)
  FROM past JOIN org_succession AS next ON next.successor_id = past.unit AND next.predecessor_id <> past.unit
  JOIN org_unit_event AS event ON event.id = next.event_id AND event.day <= past.day AND {_HOLDS}
)
SELECT past.target, past.unit, bool_and(past.is_whole), min(past.event),
  bool_or(EXISTS (SELECT 1 FROM org_unit_name AS name WHERE name.unit_id = past.unit AND {_IN_FORCE.format(alias="name", day="after")}))
FROM past GROUP BY past.target, past.unit
"""  # noqa: S608  # constants of ours
# Units that ended with nobody to follow, wherever they stood below one of these before.
GONE = f"""
WITH RECURSIVE climb (unit, above) AS (
  SELECT event.unit_id, event.unit_id FROM org_unit_event AS event WHERE event.kind = 'closed' AND {_HOLDS}
  UNION
  SELECT climb.unit, place.parent_id FROM climb
  JOIN org_relation AS place ON place.child_id = climb.above AND place.line = %(line)s AND place.parent_id IS NOT NULL
    AND {_IN_FORCE.format(alias="place", day="after")}
)
SELECT DISTINCT unit FROM climb WHERE above = ANY(%(under_before)s)
"""  # noqa: S608  # constants of ours


@dataclass(frozen=True)
class OldUnit:
    """A unit of the first day whose past, or a part of it, came to a new one. `above`: the unit it stood under, 0 for none."""

    id: int
    name: str
    above: int
    above_name: str
    is_part: bool


@dataclass(frozen=True)
class Flow:
    """A unit of the last day with the units of the first that it came from; itself among them where it was there already.

    `event`: by which its past came together, None where it only changed its name or place.
    """

    id: int
    name: str
    above_name: str
    old: tuple[OldUnit, ...]
    event: int | None


@dataclass(frozen=True)
class Gone:
    """A unit that ended and was followed by nobody."""

    id: int
    name: str


@dataclass(frozen=True)
class Reorganisation:
    """What became of the units under one between two days."""

    flows: tuple[Flow, ...]
    gone: tuple[Gone, ...]


def reorganisation(under: int, after: date, until: date, line: Line) -> Reorganisation:
    """The units that stand under one (itself too) on the last day and are not as they were on the first."""
    values: dict[str, Any] = {"under": under, "after": after, "until": until, "line": line.value}
    with connection.cursor() as cursor:
        cursor.execute(FLOWS, values)
        found = cursor.fetchall()
        before = sorted({under, *(unit for target, unit, *_ in found if target == under)})
        cursor.execute(GONE, values | {"under_before": before})
        ended = [unit for (unit,) in cursor.fetchall()]
    units = {each for target, unit, *_ in found for each in (target, unit)}
    then, now = _places(units, after, line), _places(units, until, line)
    names = names_through_time(units | {each for each in (*then.values(), *now.values()) if each} | set(ended))
    divided = _divided({unit for target, unit, *_ in found if target == unit}, after, until)
    told = _Told(names, then, now, after, until, divided)
    gone = sorted((Gone(unit, told.before(unit)) for unit in ended), key=lambda each: each.name)
    return Reorganisation(told.flows(found), tuple(gone))


def _places(units: Collection[int], on: date, line: Line) -> dict[int, int]:
    rows = Relation.objects.filter(in_force(on), line=line, child__in=units).values_list("child_id", "parent_id")
    return {child: parent or 0 for child, parent in rows}


def _divided(units: Collection[int], after: date, until: date) -> frozenset[int]:
    """Those that lived on but left a part of their past to others."""
    rows = Succession.objects.filter(event__day__gt=after, event__day__lte=until, predecessor__in=units)
    rows = rows.exclude(event__annulled_by__day__lte=until)
    return frozenset(old for old, new in rows.values_list("predecessor_id", "successor_id") if old != new)


@dataclass(frozen=True)
class _Told:
    names: Mapping[int, Sequence[Held]]
    then: Mapping[int, int]
    now: Mapping[int, int]
    after: date
    until: date
    divided: frozenset[int]

    def before(self, unit: int) -> str:
        """What a unit was called on the first day."""
        return self._called(unit, self.after)

    def _called(self, unit: int, on: date) -> str:
        return next((held.value for held in self.names.get(unit, ()) if on in held), "")

    def flows(self, rows: Sequence[tuple[int, int, bool, int | None, bool]]) -> tuple[Flow, ...]:
        """One for each new unit that is not as it was."""
        sources: dict[int, list[OldUnit]] = defaultdict(list)
        events: dict[int, int] = {}
        targets = dict.fromkeys(target for target, *_ in rows)
        for target, unit, is_whole, event, was_there in rows:
            if event is not None:
                events[target] = min(event, events.get(target, event))
            if was_there:
                sources[target].append(self._old(unit, is_part=not is_whole or (unit == target and unit in self.divided)))
        made = (self._flow(target, sources[target], events.get(target)) for target in targets)
        return tuple(flow for flow in made if not self._is_as_it_was(flow))

    def _old(self, unit: int, *, is_part: bool) -> OldUnit:
        above = self.then.get(unit, 0)
        return OldUnit(unit, self.before(unit), above, self.before(above), is_part)

    def _flow(self, target: int, old: Sequence[OldUnit], event: int | None) -> Flow:
        ordered = sorted(old, key=lambda each: (each.is_part, each.above_name, each.name, each.id))
        return Flow(target, self._called(target, self.until), self._called(self.now.get(target, 0), self.until), tuple(ordered), event)

    def _is_as_it_was(self, flow: Flow) -> bool:
        if len(flow.old) != 1 or flow.old[0].id != flow.id:
            return False
        same_name = flow.old[0].name == flow.name
        return same_name and self.then.get(flow.id) == self.now.get(flow.id) and not flow.old[0].is_part


def days_of_change(most: int = 12) -> list[date]:
    """The latest days on which units followed each other, the newest first."""
    rows = UnitEvent.objects.filter(successions__isnull=False, annulled_by__isnull=True).order_by("-day").values_list("day", flat=True)
    return list(rows.distinct()[:most])


def codes_of(units: Collection[int], on: date) -> dict[int, str]:
    """The code that each of these units has on a day; without those that have none: one query."""
    return dict(UnitCode.objects.filter(in_force(on), scheme="kheo", unit__in=set(units)).values_list("unit_id", "value"))
