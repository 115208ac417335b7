"""Totals of a subtree: the kept roll-up of an inner unit, the one report of a leaf."""

from collections.abc import Sequence
from dataclasses import dataclass

from kheo.campaigns.models import Cycle
from kheo.core.definition import Definition
from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.rollup import Stored, cell_of, delta, unpack
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation, Revision, Rollup


@dataclass(frozen=True)
class Subtotal:
    """The tally over the accepted reports of a subtree, how many there are and how many are owed."""

    tally: Sequence[int]
    reported: int
    expected: int

    def value(self, position: int) -> int | None:
        """The sum of one cell; None when nobody gave a number."""
        return cell_of(self.tally, position, self.reported).value


def subtotal(cycle: Cycle, unit: SnapshotUnit, width: int) -> Subtotal:
    """Of an inner unit its roll-up; of a leaf its own accepted report, if any."""
    return subtotals(cycle, [unit], width)[unit.unit_id]


def below(obligation: Obligation, definition: Definition, accepted: Revision | None) -> dict[str, object] | None:
    """Sums over the accepted reports below a unit, without its own: what its submission stands on. None for a leaf."""
    row = Rollup.objects.filter(cycle=obligation.cycle_id, unit=obligation.unit_id).first()
    if row is None:
        return None
    return without_own(row, definition, accepted.vector if accepted else None)


def without_own(row: Rollup, definition: Definition, own_vector: Stored | None) -> dict[str, object]:
    """The sums of an inner unit's roll-up less its own accepted report."""
    own = delta(None, own_vector, len(definition.cells))
    tally = [whole - part for whole, part in zip(row.tally, own, strict=True)]
    reported = row.reported - (1 if own_vector is not None else 0)
    values = {cell.key: cell_of(tally, cell.position, reported).value for cell in definition.cells}
    return {"expected": row.expected - 1, "reported": reported, "values": values}


def subtotals(cycle: Cycle, units: Sequence[SnapshotUnit], width: int) -> dict[int, Subtotal]:
    """The same for many units by unit id: two queries whatever their number. A unit without a report has an empty tally."""
    ids = [unit.unit_id for unit in units]
    found = {row.unit_id: Subtotal(row.tally, row.reported, row.expected) for row in Rollup.objects.filter(cycle=cycle, unit__in=ids)}
    leaves = [unit for unit in ids if unit not in found]
    accepted = Obligation.objects.filter(cycle=cycle, unit__in=leaves).values_list("unit_id", "report__accepted__vector")
    for unit, vector in accepted:
        found[unit] = Subtotal(delta(None, vector, width), 1 if vector else 0, 1)
    return {unit: found.get(unit) or Subtotal(delta(None, None, width), 0, 0) for unit in ids}


def own_numbers(cycle: Cycle, units: Sequence[int]) -> dict[int, list[int | None]]:
    """Own direct numbers of the accepted reports of these units in the order of the cells; None where there is no number."""
    rows = Obligation.objects.filter(cycle=cycle, unit__in=units, report__accepted__isnull=False)
    stored = rows.values_list("unit_id", "report__accepted__vector")
    return {unit: [None if value in (BLANK, NOT_APPLICABLE) else value for value in unpack(vector).tolist()] for unit, vector in stored}
