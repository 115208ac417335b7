"""What each indicator costs and is worth: cells asked for, how they are answered, changed after a return, looked at by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import Sum

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.definition import Indicator
from kheo.core.rollup import cell_of, unpack
from kheo.org.models import SnapshotUnit
from kheo.reports.models import IndicatorOpening
from kheo.reports.queries.totals import subtotal
from kheo.reports.queries.walls import walled_keys

# An assumption, told on the page: looking a figure up and typing it takes a minute.
MINUTES_PER_CELL = 1
CHANGED = """
SELECT before.vector, after.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision before ON before.report_id = report.id
  JOIN reports_decision decision ON decision.revision_id = before.id AND decision.act = 'return'
  JOIN reports_revision after ON after.report_id = report.id AND after.number = before.number + 1
 WHERE owed.cycle_id = %s AND owed.position >= %s AND owed.position < %s
"""


@dataclass(frozen=True)
class Burden:
    """One indicator in a unit's subtree. Counts are of cells in accepted reports; of a walled indicator `zero` is None, told in `number`.

    `opened` in this cycle and `opened_before` in the cycles before, over all units; `changed`: cells that a return changed.
    """

    indicator: Indicator
    is_walled: bool
    cells: int
    asked: int
    number: int
    zero: int | None
    blank: int
    not_applicable: int
    changed: int
    opened: int
    opened_before: int

    @property
    def minutes(self) -> int:
        """Of one unit."""
        return self.cells * MINUTES_PER_CELL

    @property
    def empty_share(self) -> float:
        """How much of what was answered says nothing: zeros, blanks, not applicable."""
        said = (self.zero or 0) + self.blank + self.not_applicable
        answered = self.number + said
        return said / answered if answered else 0.0


def burdens(cycle: Cycle, earlier: Sequence[Cycle], unit: SnapshotUnit) -> list[Burden]:
    """Every indicator that somebody fills in, in the order of the edition: four queries."""
    definition = definition_of(cycle.edition_id)
    found = subtotal(cycle, unit, len(definition.cells))
    changed = _changed(cycle, unit, len(definition.cells))
    opened, before = _opened([cycle]), _opened(earlier)
    walled = set(walled_keys(definition))
    asked = {cell.key for cell in definition.input_cells}
    result: list[Burden] = []
    for indicator in definition.indicators:
        cells = [cell for cell in definition.cells_of(indicator.code) if cell.key in asked]
        if not cells:
            continue
        tallies = [cell_of(found.tally, cell.position, found.reported) for cell in cells]
        is_walled = indicator.code in walled
        zero = sum(tally.zero for tally in tallies)
        result.append(
            Burden(
                indicator=indicator,
                is_walled=is_walled,
                cells=len(cells),
                asked=len(cells) * found.expected,
                number=sum(tally.number for tally in tallies) + (zero if is_walled else 0),
                zero=None if is_walled else zero,
                blank=sum(tally.blank for tally in tallies),
                not_applicable=sum(tally.not_applicable for tally in tallies),
                changed=sum(int(changed[cell.position]) for cell in cells),
                opened=opened.get(indicator.code, 0),
                opened_before=before.get(indicator.code, 0),
            )
        )
    return result


def _changed(cycle: Cycle, unit: SnapshotUnit, width: int) -> "np.typing.NDArray[np.int64]":
    """By cell: in how many corrections after a return it was changed. Only returned reports are read."""
    counts = np.zeros(width, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [cycle.pk, unit.position, unit.ends_at])
        for before, after in cursor:
            counts += unpack(before) != unpack(after)
    return counts


def _opened(cycles: Sequence[Cycle]) -> dict[str, int]:
    rows = IndicatorOpening.objects.filter(cycle__in=[cycle.pk for cycle in cycles]).values("indicator").annotate(times=Sum("times"))
    return {row["indicator"]: row["times"] for row in rows}
