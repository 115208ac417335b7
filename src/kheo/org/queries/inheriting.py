"""Which units keep what a unit left behind: records, which stay one unit's until somebody takes them over (decision 027).

`passages` tells where the *past* of a unit is read in another tree. A record is not past: while its unit lives, it is that unit's, whatever
parts the unit gave away. When the unit ends, its heirs keep it; where nobody follows, the unit that it stood under does. Read in an older
tree, what a later unit keeps belongs to whom that unit came from.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, SnapshotUnit, Succession, UnitName, in_force
from kheo.org.queries.browsing import way_to
from kheo.org.queries.kept import kept_in_a_look

Units = frozenset[int]
NOBODY: Units = frozenset()


# Everybody below somebody, or below some units.
BELOW_NOW = """
SELECT place.child_id, place.parent_id, coalesce(kind.kind, '') FROM org_relation AS place
LEFT JOIN org_unit_kind AS kind ON kind.unit_id = place.child_id AND kind.starts <= %(on)s AND (kind.ends IS NULL OR kind.ends > %(on)s)
WHERE place.line = 'union' AND place.starts <= %(on)s AND (place.ends IS NULL OR place.ends > %(on)s) AND place.parent_id {only}
"""
BELOW_IN_TREE = "SELECT unit_id, parent_id, kind FROM org_snapshot_unit WHERE snapshot_id = %(snapshot)s AND parent_id {only}"


class Below(NamedTuple):
    """Where a unit of a tree stands: the unit directly above it, and its kind there."""

    above: int
    kind: str


@dataclass(frozen=True)
class Within:
    """The units among which keepers are sought: those living on a day or, of a frozen tree, its own, `on` being the day it is of.

    `known_at`, of a frozen tree: only by events recorded by then, so that what was counted in it then is counted again; None: by all.
    """

    on: date
    snapshot: int | None = None
    known_at: datetime | None = None

    def holds(self, units: Collection[int]) -> Units:
        """Those of these units that are among them: one query."""
        if self.snapshot is None:
            rows = UnitName.objects.filter(in_force(self.on), unit__in=list(units))
        else:
            rows = SnapshotUnit.objects.filter(snapshot=self.snapshot, unit__in=list(units))  # type: ignore[assignment]
        return frozenset(rows.values_list("unit_id", flat=True))

    def below(self, units: Collection[int] | None) -> dict[int, Below]:
        """By unit, where it stands: those directly below one of these (None: below any): one query."""
        only = "IS NOT NULL" if units is None else "= ANY(%(units)s::bigint[])"
        statement = (BELOW_NOW if self.snapshot is None else BELOW_IN_TREE).format(only=only)
        with connection.cursor() as cursor:
            cursor.execute(statement, {"units": sorted(units or ()), "on": self.on, "snapshot": self.snapshot})
            return {unit: Below(above, kind) for unit, above, kind in cursor.fetchall()}

    def way_to(self, unit: int) -> tuple[int, ...]:
        """From the top of the tree down to a unit, itself last; nothing where it has no place."""
        if self.snapshot is None:
            return tuple(each.id for each in way_to(self.on, Line.UNION, unit))
        row = SnapshotUnit.objects.filter(snapshot=self.snapshot, unit=unit).values_list("ancestors", flat=True).first()
        return () if row is None else (*reversed(row), unit)


def keepers(units: Collection[int], within: Within) -> dict[int, Units]:
    """For each of these units those that keep what is its: itself, its heirs (each of several), the unit above; nobody at worst.

    The same few queries for each step of a chain of successions, however many units there are.
    """
    inside, steps, todo = set[int](), dict[int, Units](), set(units)
    while todo:
        here = within.holds(todo)
        inside |= here
        found = _next(todo - here, within)
        steps |= found
        todo = {unit for each in found.values() for unit in each} - steps.keys() - inside
    return {unit: _reached(unit, steps, inside) for unit in units}


def _reached(unit: int, steps: Mapping[int, Units], inside: Collection[int]) -> Units:
    found, todo, seen = set[int](), [unit], {unit}
    while todo:
        each = todo.pop()
        if each in inside:
            found.add(each)
            continue
        new = steps.get(each, NOBODY) - seen
        seen |= new
        todo += new
    return frozenset(found)


def _next(units: Collection[int], within: Within) -> dict[int, Units]:
    """One step from each unit that is not among those sought: to its heirs, back to whom it came from, or up."""
    if not units:
        return {}
    heirs = _heirs(units, within)
    rest = set(units) - heirs.keys()
    lives = _lives(rest, within.on)
    back = _forebears({unit: lives[unit] for unit in rest if unit in lives}, within)
    above = {child: frozenset({parent}) for child, parent in last_above(rest - back.keys(), within.on).items()}
    return {**above, **back, **heirs}


def _recorded(within: Within) -> Q:
    return Q() if within.known_at is None else Q(event__batch__recorded_at__lte=within.known_at)


def _taken_back(within: Within) -> Q:
    """That the event does not hold any more on the day, by what was known."""
    back = Q(event__annulled_by__day__lte=within.on)
    return back if within.known_at is None else back & Q(event__annulled_by__batch__recorded_at__lte=within.known_at)


def _heirs(units: Collection[int], within: Within) -> dict[int, Units]:
    """By the last event that ended each: one after which the unit itself was not among those who followed it."""
    rows = Succession.objects.filter(_recorded(within), predecessor__in=list(units), event__day__lte=within.on)
    rows = rows.exclude(_taken_back(within)).order_by("event__day", "event_id")
    events: dict[tuple[int, int], set[int]] = {}
    for event, old, new in rows.values_list("event_id", "predecessor_id", "successor_id"):
        events.setdefault((old, event), set()).add(new)
    return {old: frozenset(new) for (old, _), new in events.items() if old not in new}


@dataclass(frozen=True)
class _Life:
    begins: date
    ended: bool


def _lives(units: Collection[int], on: date) -> dict[int, _Life]:
    """The first day of each unit, also where it was taken back, and whether it is over by a day."""
    found: dict[int, _Life] = {}
    rows = UnitName.objects.filter(unit__in=list(units)).order_by("starts", "pk").values_list("unit_id", "starts", "ends")
    for unit, starts, ends in rows:
        known = found.get(unit)
        ended = starts <= on and ends is not None and ends <= on
        found[unit] = _Life(known.begins if known else starts, ended if starts <= on else bool(known and known.ended))
    return found


def _forebears(lives: Mapping[int, _Life], within: Within) -> dict[int, Units]:
    """Whom units came from that are not there yet in this tree, or whose coming to be was taken back."""
    rows = Succession.objects.filter(_recorded(within), successor__in=list(lives)).order_by("pk")
    taken_back = set(rows.filter(_taken_back(within)).values_list("event_id", flat=True))
    found: dict[int, set[int]] = {}
    for event, day, old, new in rows.values_list("event_id", "event__day", "predecessor_id", "successor_id"):
        life = lives[new]
        if day == life.begins and old != new and (event in taken_back or not life.ended):
            found.setdefault(new, set()).add(old)
    return {unit: frozenset(old) for unit, old in found.items()}


def last_above(units: Collection[int], on: date) -> dict[int, int]:
    """The unit that each stood under last on the union line by a day; of one still to come the first: one query."""
    rows = Relation.objects.filter(child__in=list(units), line=Line.UNION, parent__isnull=False).order_by("starts", "pk")
    found: dict[int, int] = {}
    for child, parent, starts in rows.values_list("child_id", "parent_id", "starts"):
        if parent is not None and (starts <= on or child not in found):
            found[child] = parent
    return found


# Everything that is not in the tree itself and can be reached from these units by one step of `keepers`, whichever way it goes.
# Not recursive: nearly always nothing is found, and room for all that might be costs more than looking. OFFSET 0: one look into the
# index for each, instead of all names of the country for a few. The cast: an array of small numbers is compared one by one.
NEAR = """
SELECT DISTINCT next.unit FROM unnest(%(units)s::bigint[]) AS near (unit) CROSS JOIN LATERAL (
  SELECT predecessor_id AS unit FROM org_succession WHERE successor_id = near.unit
  UNION ALL SELECT successor_id FROM org_succession WHERE predecessor_id = near.unit
  UNION ALL SELECT child_id FROM org_relation WHERE parent_id = near.unit AND line = 'union'
) AS next
WHERE NOT EXISTS ({inside} OFFSET 0)
"""
LIVING = """SELECT FROM org_unit_name AS name
  WHERE name.unit_id = next.unit AND name.starts <= %(on)s AND (name.ends IS NULL OR name.ends > %(on)s)"""
IN_TREE = "SELECT FROM org_snapshot_unit AS kept WHERE kept.snapshot_id = %(snapshot)s AND kept.unit_id = next.unit"


@kept_in_a_look(copied=dict)
def left_to(units: Collection[int], within: Within) -> dict[int, Units]:
    """The units not among those sought of which one of these keeps what they left, wholly or with others: by unit its keepers."""
    if not units:
        return {}
    near = _near(units, within)
    wanted = set(units)
    return {unit: found for unit, found in keepers(near, within).items() if found & wanted} if near else {}


def _near(units: Collection[int], within: Within) -> set[int]:
    """What may have left something to these units: a query for each step of the longest chain."""
    statement, wanted = NEAR.format(inside=LIVING if within.snapshot is None else IN_TREE), set(units)
    found, todo = set[int](), set(units)
    while todo:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"units": sorted(todo), "on": within.on, "snapshot": within.snapshot})
            todo = {unit for (unit,) in cursor.fetchall()} - wanted - found
        found |= todo
    return found


def lowest_over(units: Iterable[int], within: Within) -> int | None:
    """The lowest unit of the tree that stands above all of these, or is one of them; None where there is none."""
    ways = [within.way_to(unit) for unit in units]
    common = [each for each in ways[0] if all(each in way for way in ways)] if ways else []
    return common[-1] if common else None
