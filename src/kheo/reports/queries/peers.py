"""Counting how similar units' figures scatter: every group of a cycle afresh, from what was sent and what was accepted before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection
from django.db.models import Max
from numpy.typing import NDArray

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import cycles, definition_of
from kheo.core.definition import Definition
from kheo.core.figures import BLANK
from kheo.core.plausibility import FEWEST, open_cells
from kheo.core.rollup import Int64s, unpack_all
from kheo.core.scatter import are_numbers, norms_of, pack_norms
from kheo.reports.models import PeerNorm, Revision
from kheo.reports.queries.odd_reports import previous_vectors

# Each unit once, however many recipients it owes; what was returned does not count again until it is sent again.
UNITS = """
SELECT DISTINCT ON (unit.position) unit.unit_id, unit.kind, unit.ancestors, sent.vector,
       (SELECT array_agg(DISTINCT each.recipient_id) FROM reports_obligation each
         WHERE each.cycle_id = owed.cycle_id AND each.unit_id = owed.unit_id)
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN reports_revision sent ON sent.id = CASE WHEN report.state = 'submitted' THEN report.latest_id ELSE report.accepted_id END
 WHERE owed.cycle_id = %s
 ORDER BY unit.position, sent.id NULLS LAST
"""
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Counted:
    """One group of similar units as it scatters now."""

    kind: str
    scope: str
    anchor: int
    members: int
    norms: bytes


@dataclass(frozen=True)
class _Unit:
    unit: int
    kind: str
    ancestors: list[int]
    recipients: list[int]


def counted_norms(cycle: Cycle) -> Iterator[Counted]:
    """Every group of a cycle, counted afresh; a fixed number of queries."""
    definition = definition_of(cycle.edition_id)
    units, values = _newest(cycle, definition)
    numbers = are_numbers(values) & open_cells(definition)
    for (kind, scope, anchor), members in sorted(_groups(units).items()):
        rows: Rows = np.array(members, np.intp)
        norms = norms_of(values[rows], numbers[rows])
        enough = norms.counts >= FEWEST
        told = type(norms)(*(np.where(enough, part, 0) for part in (norms.counts, norms.middles, norms.spreads)))
        yield Counted(kind, scope, anchor, len(members), pack_norms(told))


def _newest(cycle: Cycle, definition: Definition) -> tuple[list[_Unit], Int64s]:
    """The units that owe a report in the cycle, and the newest figures of each; BLANK throughout where there are none."""
    width = len(definition.cells)
    with connection.cursor() as cursor:
        cursor.execute(UNITS, [cycle.snapshot_id, cycle.pk])
        rows = cursor.fetchall()
    units = [_Unit(unit, kind, ancestors, recipients) for unit, kind, ancestors, _, recipients in rows]
    values = np.full((len(units), width), BLANK, np.int64)
    sent = [place for place, row in enumerate(rows) if row[3] is not None]
    silent = [place for place, row in enumerate(rows) if row[3] is None]
    if sent:
        values[sent] = unpack_all([bytes(rows[place][3]) for place in sent], width)
    if silent:
        values[silent] = previous_vectors(cycle, [units[place].unit for place in silent])
    return units, values


def _groups(units: list[_Unit]) -> dict[tuple[str, str, int], list[int]]:
    """Places of the members of every group."""
    groups: dict[tuple[str, str, int], list[int]] = {}
    for place, unit in enumerate(units):
        keys = [("recipient", anchor) for anchor in unit.recipients] + [("subtree", anchor) for anchor in unit.ancestors]
        for scope, anchor in keys:
            groups.setdefault((unit.kind, scope, anchor), []).append(place)
    return groups


def cycles_to_count(before: datetime) -> list[Cycle]:
    """Cycles in which something was sent since their norms were counted, if that was before this instant; and those never counted."""
    counted = dict(PeerNorm.objects.values_list("cycle").annotate(Max("counted_at")))
    sent = dict(Revision.objects.values_list("report__obligation__cycle").annotate(Max("submitted_at")))
    return [
        cycle
        for cycle in cycles()
        if cycle.pk not in counted or (counted[cycle.pk] <= before and cycle.pk in sent and sent[cycle.pk] >= counted[cycle.pk])
    ]
