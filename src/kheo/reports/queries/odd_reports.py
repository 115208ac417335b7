"""What looks odd among the reports that one recipient received: read once, then explained report by report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.definition import Definition, counted_alike, run_checks
from kheo.core.figures import BLANK, from_vector
from kheo.core.labels import cell_label
from kheo.core.odd_words import odd_words
from kheo.core.oddness import Kind, Oddity, Oddness, Reports
from kheo.core.rollup import Int64s, unpack_all

SENT = """
SELECT owed.id, sent.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id = report.latest_id
 WHERE owed.cycle_id = %s AND owed.recipient_id = %s
 ORDER BY owed.position
"""
ACCEPTED = """
SELECT owed.unit_id, sent.vector
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id = report.accepted_id
 WHERE owed.cycle_id = %s AND owed.unit_id = ANY(%s)
"""
KINDS: tuple[Kind, ...] = ("question", "change", "distance", "share")
# A share is told from a tenth on, and only when it is three times what an equal part would be.
NOTABLE, TIMES_EXPECTED = 0.1, 3


@dataclass(frozen=True)
class OddReports:
    """Scores and reasons by obligation; a report that was never sent has none."""

    definition: Definition
    rows: Mapping[int, int]
    reports: Reports

    @cached_property
    def _oddness(self) -> Oddness:
        return Oddness(self.definition, self.reports)

    @cached_property
    def _scores(self) -> Sequence[float]:
        scores: list[float] = self._oddness.scores.tolist()
        return scores

    def score(self, obligation: int) -> float:
        """How odd the report is; 0 is not at all."""
        return self._scores[self.rows[obligation]] if obligation in self.rows else 0.0

    @cached_property
    def _kinds(self) -> Mapping[Kind, Sequence[bool]]:
        return {kind: self._oddness.has_kind(kind).tolist() for kind in KINDS}

    @cached_property
    def _failed(self) -> Sequence[int]:
        failed: list[int] = self._oddness.questions_failed.tolist()
        return failed

    @cached_property
    def _shares(self) -> tuple[Sequence[float], Sequence[int]]:
        shares, places = self._oddness.largest_shares
        return shares.tolist(), places.tolist()

    def has_kind(self, obligation: int, kind: Kind) -> bool:
        """Whether the report has a reason of this kind."""
        return obligation in self.rows and self._kinds[kind][self.rows[obligation]]

    def questions(self, obligation: int) -> int:
        """How many questions of the campaign it fails."""
        return self._failed[self.rows[obligation]] if obligation in self.rows else 0

    def share(self, obligation: int) -> tuple[int, str]:
        """Its largest share in a total (per cent) and what the indicator is called; (0, "") where it is no more than may be expected."""
        if obligation not in self.rows:
            return 0, ""
        row = self.rows[obligation]
        share = self._shares[0][row]
        if share < max(NOTABLE, TIMES_EXPECTED / len(self.rows)):
            return 0, ""
        return int(100 * share), cell_label(self.definition, self.definition.cells[self._shares[1][row]].indicator)

    def reasons(self, obligation: int) -> tuple[Oddity, ...]:
        """Why, the heaviest first."""
        return self._oddness.reasons(self.rows[obligation]) if obligation in self.rows else ()

    def words(self, obligation: int, most: int | None = None) -> list[str]:
        """Why in words, the heaviest first; `most`: so many of them."""
        reasons = self.reasons(obligation)[:most]
        messages = self._messages(obligation) if any(reason.kind == "question" for reason in reasons) else {}
        return [odd_words(self.definition, reason, messages) for reason in reasons]

    def _messages(self, obligation: int) -> dict[str, str]:
        figures = from_vector(self.definition, self.reports.values[self.rows[obligation]].tolist())
        return {problem.check_id: problem.message for problem in run_checks(self.definition, figures)}


def odd_reports(cycle: Cycle, recipient: int, units: Mapping[int, tuple[int, str]]) -> OddReports:
    """The last sent revisions to a recipient beside last period's accepted ones. `units`: by obligation the unit and its kind."""
    definition = definition_of(cycle.edition_id)
    width = len(definition.cells)
    with connection.cursor() as cursor:
        cursor.execute(SENT, [cycle.pk, recipient])
        sent = [(obligation, stored) for obligation, stored in cursor.fetchall() if obligation in units]
    obligations = [obligation for obligation, _ in sent]
    kinds = {kind: number for number, kind in enumerate(sorted({kind for _, kind in units.values()}))}
    reports = Reports(
        values=unpack_all([stored for _, stored in sent], width),
        previous=previous_vectors(cycle, [units[obligation][0] for obligation in obligations]),
        groups=np.array([kinds[units[obligation][1]] for obligation in obligations], np.int64),
    )
    return OddReports(definition, {obligation: row for row, obligation in enumerate(obligations)}, reports)


def previous_vectors(cycle: Cycle, units: Sequence[int]) -> Int64s:
    """What was accepted of these units (in this order) in the cycle before, put into the places of this cycle's edition.

    BLANK where there is nothing, and for cells that the earlier edition counted differently or not at all.
    """
    definition = definition_of(cycle.edition_id)
    rows = np.full((len(units), len(definition.cells)), BLANK, np.int64)
    earlier = previous_cycle(cycle)
    if earlier is None or not units:
        return rows
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED, [earlier.pk, list(units)])
        found = dict(cursor.fetchall())
    then = definition_of(earlier.edition_id)
    here, there = _same_cells(definition, then)
    present = [row for row, unit in enumerate(units) if unit in found]
    vectors = unpack_all([found[units[row]] for row in present], len(then.cells))
    rows[np.ix_(present, here)] = vectors[:, there]
    return rows


def _same_cells(now: Definition, then: Definition) -> tuple[list[int], list[int]]:
    """Places of the cells that two editions count alike, in the one and in the other."""
    places = {cell.key: cell.position for cell in then.cells}
    alike = counted_alike(now, then)
    same = [(cell.position, places[cell.key]) for cell in now.cells if cell.key in places and cell.indicator in alike]
    return [here for here, _ in same], [there for _, there in same]
