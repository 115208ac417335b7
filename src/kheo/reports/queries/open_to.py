"""What can be decided about reports of units that have ended: one rule, asked for one report or for thousands alike.

The same few queries however many reports. Each obligation comes with its `cycle`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, SnapshotUnit, in_force
from kheo.org.queries import heirs_of, living, parents_on
from kheo.reports.models import Obligation

Units = tuple[int, ...]


def successors_of(owed: Sequence[Obligation], on: date) -> dict[int, Units]:
    """By obligation, the units that the report may be handed to: those that the past of its unit went to.

    Where the unit is there again, because its end was taken back, the unit itself gets back what was handed to another.
    """
    alive = living({each.unit_id for each in owed}, on)
    asked = {each.unit_id for each in owed if each.unit_id not in alive or each.filler_id}
    found = heirs_of(asked, on)
    return {each.pk: found[each.unit_id] if each.unit_id not in alive or each.filler_id else () for each in owed}


def other_recipients_of(owed: Sequence[Obligation], on: date) -> dict[int, Units]:
    """By obligation, the units that may receive the report instead.

    Those above the unit or its successors today, whoever followed the recipient, whoever receives the recipient's own report, and
    the recipient of the opening. A unit that gets this report already, or fills it in, is none.
    """
    heirs = heirs_of({unit for each in owed for unit in (each.unit_id, each.recipient_id)}, on)
    below = {each.pk: [each.answering_id, *heirs[each.unit_id]] for each in owed}
    above = _above({unit for units in below.values() for unit in units}, on)
    asked = _asked(owed)
    wanted: dict[int, list[int]] = {}
    for each in owed:
        parents = sorted({above[unit] for unit in below[each.pk] if unit in above})
        upper = asked.get((each.cycle_id, each.recipient_id), ())
        wanted[each.pk] = [each.asked_by_id, *(parent for _, parent in parents), *heirs[each.recipient_id], *upper]
    alive = living({unit for units in wanted.values() for unit in units}, on)
    found = {}
    for each in owed:
        taken = {each.answering_id, *asked.get((each.cycle_id, each.unit_id), ())}
        found[each.pk] = tuple(unit for unit in dict.fromkeys(wanted[each.pk]) if unit in alive and unit not in taken)
    return found


def _above(units: Collection[int], on: date) -> dict[int, tuple[int, int]]:
    """By unit the place of the union line on which it stands under another today: (number, the unit above)."""
    rows = Relation.objects.filter(in_force(on), child__in=units, line=Line.UNION, parent__isnull=False)
    return {child: (number, parent) for number, child, parent in rows.values_list("pk", "child_id", "parent_id") if parent is not None}


def _asked(owed: Sequence[Obligation]) -> Mapping[tuple[int, int], list[int]]:
    """By (cycle, unit), for units and recipients of these, who receives their reports, in the order of the opening."""
    units = {unit for each in owed for unit in (each.unit_id, each.recipient_id)}
    rows = Obligation.objects.filter(cycle__in={each.cycle_id for each in owed}, unit__in=units).order_by("pk")
    found: dict[tuple[int, int], list[int]] = {}
    for cycle, unit, recipient in rows.values_list("cycle_id", "unit_id", "recipient_id"):
        found.setdefault((cycle, unit), []).append(recipient)
    return found


def reroutable(owed: Sequence[Obligation], on: date) -> set[int]:
    """The obligations that may be re-routed, since a reorganisation asks for it: the unit or its recipient has ended, or the unit stands
    elsewhere by now; and one that was re-routed before.
    """
    alive = living({unit for each in owed for unit in (each.unit_id, each.recipient_id)}, on)
    found = {each.pk for each in owed if each.first_recipient_id or not {each.unit_id, each.recipient_id} <= alive}
    rest = [each for each in owed if each.pk not in found]
    if rest:
        units = {each.unit_id for each in rest}
        now = parents_on(on, Line.UNION, units)
        placed = SnapshotUnit.objects.filter(snapshot__in={each.cycle.snapshot_id for each in rest}, unit__in=units)
        then = {(snapshot, unit): parent for snapshot, unit, parent in placed.values_list("snapshot_id", "unit_id", "parent_id")}
        found |= {each.pk for each in rest if now.get(each.unit_id) != then.get((each.cycle.snapshot_id, each.unit_id))}
    return found
