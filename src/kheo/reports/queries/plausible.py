"""What the figures of one report are held against, and everything there is to say about a draft: the one place that all faces ask.

The page, a workbook that came in and the API get the same problems in the same words: `problems_of_draft`.
"""

from collections.abc import Mapping

from django.db import connection

from kheo.campaigns.queries import definition_of
from kheo.core.checking import CellProblem, Words, problems_of
from kheo.core.figures import Figure, Figures
from kheo.core.plausibility import FEWEST, Standard
from kheo.core.scatter import Norms, first_norms, unpack_norms
from kheo.reports.models import Obligation
from kheo.reports.queries.past import past_of

# Whatever the number of peers, the norms of a unit's groups come in one row each: those with the same recipient, then wider and wider.
NORMS = """
SELECT norm.norms
  FROM org_snapshot_unit AS unit
  JOIN reports_peer_norm AS norm ON norm.cycle_id = %s AND norm.kind = unit.kind
   AND (norm.scope = 'recipient' AND norm.anchor_id = %s OR norm.scope = 'subtree' AND norm.anchor_id = ANY(unit.ancestors))
 WHERE unit.snapshot_id = %s AND unit.unit_id = %s
 ORDER BY norm.scope, array_position(unit.ancestors, norm.anchor_id)
"""


def norms_for(obligation: Obligation) -> Norms | None:
    """Cell by cell how the nearest group with enough similar units scatters; None where nothing was counted yet. One query."""
    values = [obligation.cycle_id, obligation.recipient_id, obligation.cycle.snapshot_id, obligation.unit_id]
    with connection.cursor() as cursor:
        cursor.execute(NORMS, values)
        chain = [unpack_norms(row[0]) for row in cursor.fetchall()]
    return first_norms(chain, FEWEST) if chain else None


def standard_for(obligation: Obligation, past: Mapping[str, Figure] | None = None) -> Standard:
    """What a report is held against; `past`: last period's figures where they were read already."""
    if past is None:
        before = past_of(obligation, definition_of(obligation.cycle.edition_id))
        past = before.figures if before else {}
    return Standard(past, norms_for(obligation))


def problems_of_draft(obligation: Obligation, figures: Figures, words: Words) -> tuple[CellProblem, ...]:
    """Everything about a draft, stored or not yet: `error` and `explain` forbid submission, `confirm` waits for the signer's word,
    `question` only asks. Four queries whatever the sizes."""
    return problems_of(definition_of(obligation.cycle.edition_id), figures, words, standard_for(obligation))
