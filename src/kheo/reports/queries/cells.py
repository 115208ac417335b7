"""Only the cells that a page shows: totals of subtrees and own figures of many units at a few positions, in one query."""

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.definition import Definition, Indicator, parse_formula
from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.reading import SYSTEM
from kheo.core.rollup import PARTS, CellTally

# One row per unit: its roll-up (none for a leaf) and its own accepted figures (none without an accepted report).
READ = """
SELECT unit.unit_id, unit.parent_id, owed.id, roll.expected, roll.reported,
       CASE WHEN roll.id IS NOT NULL THEN {tally} END, {vector}
  FROM org_snapshot_unit unit
  LEFT JOIN reports_rollup roll ON roll.cycle_id = %(cycle)s AND roll.unit_id = unit.unit_id
  LEFT JOIN reports_obligation owed ON owed.cycle_id = %(cycle)s AND owed.unit_id = unit.unit_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE unit.snapshot_id = %(snapshot)s AND {which}
 ORDER BY unit.position
"""


@dataclass(frozen=True, slots=True)
class UnitCells:
    """A unit's cells at the asked positions, by their order in the question: of its whole subtree, and its own."""

    unit_id: int
    parent_id: int | None
    obligation_id: int | None
    expected: int
    reported: int
    tally: Sequence[int] | None
    own: Sequence[int] | None

    def cell(self, index: int) -> CellTally:
        """The subtree's tally of the cell."""
        if self.tally is None:
            return self.own_cell(index)
        width = len(self.tally) // PARTS
        total, zero, blank, not_applicable = (self.tally[part * width + index] for part in range(PARTS))
        return CellTally(total, zero, blank, not_applicable, self.reported)

    def own_cell(self, index: int) -> CellTally:
        """The tally of the unit's own report alone."""
        if self.own is None:
            return CellTally(0, 0, 0, 0, 0)
        value = self.own[index]
        is_blank, is_na = value == BLANK, value == NOT_APPLICABLE
        return CellTally(0 if is_blank or is_na else value, int(value == 0), int(is_blank), int(is_na), 1)

    def value(self, index: int) -> int | None:
        """The subtree's sum; None when nobody gave a number. (Asked of a thousand units: read straight, without a tally.)"""
        if self.tally is None:
            return self.own_value(index)
        width = len(self.tally) // PARTS
        silent = self.tally[2 * width + index] + self.tally[3 * width + index]
        return self.tally[index] if self.reported > silent else None

    def own_value(self, index: int) -> int | None:
        """The unit's own number."""
        value = self.own[index] if self.own is not None else BLANK
        return None if value in (BLANK, NOT_APPLICABLE) else value


def cells_of_units(cycle: Cycle, units: Collection[int], positions: Sequence[int], definition: Definition) -> dict[int, UnitCells]:
    """Cells of these units, by unit id in the tree's order."""
    return _read(cycle, "unit.unit_id = ANY(%(units)s)", units, positions, definition)


def cells_below(cycle: Cycle, units: Collection[int], positions: Sequence[int], definition: Definition) -> dict[int, UnitCells]:
    """Cells of these units and of every unit directly below them, by unit id in the tree's order."""
    return _read(cycle, "(unit.unit_id = ANY(%(units)s) OR unit.parent_id = ANY(%(units)s))", units, positions, definition)


def _read(cycle: Cycle, which: str, units: Collection[int], positions: Sequence[int], definition: Definition) -> dict[int, UnitCells]:
    width = len(definition.cells)
    tally = _array("roll.tally", [part * width + position for part in range(PARTS) for position in positions])
    query = READ.format(tally=tally, vector=_slice("sent.vector", positions), which=which)
    with connection.cursor() as cursor:
        cursor.execute(query, {"cycle": cycle.pk, "snapshot": cycle.snapshot_id, "units": list(units)})
        return {row[0]: _unit_cells(*row) for row in cursor.fetchall()}


def _array(column: str, positions: Sequence[int]) -> str:
    """`ARRAY[column[…], …]`: positions are 0-based here and 1-based in the database."""
    return f"ARRAY[{', '.join(f'{column}[{int(position) + 1}]' for position in positions)}]::bigint[]"


def _slice(column: str, positions: Sequence[int]) -> str:
    """The stored figures at these positions, one after the other (`core.rollup.pack`)."""
    return " || ".join(f"substr({column}, {8 * int(position) + 1}, 8)" for position in positions) or r"'\x'::bytea"


def _unit_cells(
    unit: int,
    parent: int | None,
    obligation: int | None,
    expected: int | None,
    reported: int | None,
    tally: Sequence[int] | None,
    stored: bytes | None,
) -> UnitCells:
    own = None if stored is None else struct.unpack(f"<{len(stored) // 8}q", stored)
    if tally is None:
        return UnitCells(unit, parent, obligation, int(obligation is not None), int(own is not None), None, own)
    return UnitCells(unit, parent, obligation, expected or 0, reported or 0, tally, own)


def keys_behind(definition: Definition, indicators: Collection[Indicator]) -> tuple[str, ...]:
    """Keys of every cell that showing these indicators needs: their own, and for ratios those of their formulas."""
    keys: dict[str, None] = {}
    for indicator in indicators:
        if indicator.aggregation == "ratio":
            keys.update(dict.fromkeys(terms_of(indicator)))
        else:
            keys[indicator.code] = None
    return tuple(keys)


def terms_of(indicator: Indicator) -> tuple[str, ...]:
    """Keys in the two formulas of a ratio, without what the system counts itself."""
    formulas = (parse_formula(text) for text in (indicator.numerator, indicator.denominator) if text)
    return tuple(key for formula in formulas for key, _ in formula.terms if not key.startswith(SYSTEM))


def positions_of(definition: Definition, keys: Collection[str]) -> list[int]:
    """Places of cells in the edition's vector."""
    return [definition.cell(key).position for key in keys]
