"""Totals as of an earlier instant: counted afresh from what had been accepted by then."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.core.rollup import recount, unpack_all
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation
from kheo.reports.queries.totals import Subtotal

ACCEPTED = """
SELECT DISTINCT ON (owed.position) owed.position, sent.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.report_id = report.id
  JOIN reports_decision decision ON decision.revision_id = sent.id AND decision.act = 'accept' AND decision.decided_at < %s
 WHERE owed.cycle_id = %s
 ORDER BY owed.position, sent.number DESC
"""


def subtotals_as_of(cycle: Cycle, units: Sequence[SnapshotUnit], width: int, instant: datetime) -> dict[int, Subtotal]:
    """Subtotals by unit id, from the revisions accepted before `instant`."""
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED, [instant, cycle.pk])
        rows = cursor.fetchall()
    positions = np.array([row[0] for row in rows], np.int64)
    vectors = unpack_all([row[1] for row in rows], width)
    los = np.array([unit.position for unit in units], np.int64)
    his = np.array([unit.ends_at for unit in units], np.int64)
    tallies, reported = recount(los, his, positions, vectors)
    owed = np.array(Obligation.objects.filter(cycle=cycle).order_by("position").values_list("position", flat=True), np.int64)
    expected = np.searchsorted(owed, his) - np.searchsorted(owed, los)
    return {unit.unit_id: Subtotal(tallies[index].tolist(), int(reported[index]), int(expected[index])) for index, unit in enumerate(units)}
