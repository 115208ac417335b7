"""What the figures of one report are held against, and everything there is to say about a draft: the one place that all faces ask.

The page, a workbook that came in and the API get the same problems in the same words: `problems_of_draft`.
"""

from collections.abc import Collection, Mapping
from itertools import groupby
from operator import itemgetter

from django.db import connection

from kheo.campaigns.queries import definition_of
from kheo.core.checking import CellProblem, Words, problems_of
from kheo.core.counted_cells import CountedCell
from kheo.core.figures import Figure, Figures
from kheo.core.plausibility import FEWEST, Standard
from kheo.core.scatter import Norms, first_norms, unpack_norms
from kheo.reports.models import Obligation
from kheo.reports.queries.counted import counted_for, counted_of
from kheo.reports.queries.past import past_figures, past_of

# Whatever the number of peers, the norms of a unit's groups come in one row each: those with the same recipient, then wider and wider.
NORMS = """
SELECT owed.id, norm.norms
  FROM reports_obligation AS owed
  JOIN campaigns_cycle AS cycle ON cycle.id = owed.cycle_id
  JOIN org_snapshot_unit AS unit ON unit.snapshot_id = cycle.snapshot_id AND unit.unit_id = owed.unit_id
  JOIN reports_peer_norm AS norm ON norm.cycle_id = owed.cycle_id AND norm.kind = unit.kind
   AND (norm.scope = 'recipient' AND norm.anchor_id = owed.recipient_id OR norm.scope = 'subtree' AND norm.anchor_id = ANY(unit.ancestors))
 WHERE owed.id = ANY(%s)
 ORDER BY owed.id, norm.scope, array_position(unit.ancestors, norm.anchor_id)
"""


def norms_for(obligations: Collection[int]) -> dict[int, Norms | None]:
    """By obligation, how the nearest group with enough similar units scatters; none where nothing was counted yet. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NORMS, [list(obligations)])
        rows = [(owed, bytes(packed)) for owed, packed in cursor.fetchall()]
    unpacked = {packed: unpack_norms(packed) for _, packed in rows}  # neighbours share their groups
    return {owed: first_norms([unpacked[packed] for _, packed in chain], FEWEST) for owed, chain in groupby(rows, key=itemgetter(0))}


def standards_for(obligations: Collection[Obligation]) -> dict[int, Standard]:
    """What each of these reports is held against, by obligation: a fixed number of queries per cycle among them, however many reports."""
    if not obligations:
        return {}
    norms, counted = norms_for([owed.pk for owed in obligations]), counted_for(obligations)
    by_cycle: dict[int, list[Obligation]] = {}
    for owed in obligations:
        by_cycle.setdefault(owed.cycle_id, []).append(owed)
    found: dict[int, Standard] = {}
    for of_cycle in by_cycle.values():
        past = past_figures(of_cycle, definition_of(of_cycle[0].cycle.edition_id))
        found |= {owed.pk: Standard(past.get(owed.unit_id, {}), norms.get(owed.pk), counted[owed.pk]) for owed in of_cycle}
    return found


def standard_for(
    obligation: Obligation, past: Mapping[str, Figure] | None = None, counted: Mapping[str, CountedCell] | None = None
) -> Standard:
    """What a report is held against; `past`, `counted`: last period's figures, what registers count, where they were read already."""
    if past is None:
        before = past_of(obligation, definition_of(obligation.cycle.edition_id))
        past = before.figures if before else {}
    return Standard(past, norms_for([obligation.pk]).get(obligation.pk), counted_of(obligation) if counted is None else counted)


def problems_of_draft(
    obligation: Obligation, figures: Figures, words: Words, counted: Mapping[str, CountedCell] | None = None
) -> tuple[CellProblem, ...]:
    """Everything about a draft, stored or not yet: `error` and `explain` forbid submission, `confirm` waits for the signer's word,
    `question` only asks. As many queries whatever the sizes."""
    return problems_of(definition_of(obligation.cycle.edition_id), figures, words, standard_for(obligation, counted=counted))
