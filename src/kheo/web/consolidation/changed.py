"""Whether the totals on the page are no longer those that the unit has sent."""

from kheo.reports.access import Scope
from kheo.reports.queries.changed_below import undecided_obligation
from kheo.web.reach import PageRequest


def changed_since_sent(request: PageRequest, reached: Scope) -> int | None:
    """The report to look at, for the unit's own people while they have not decided; None otherwise."""
    if not reached.unit.is_inner or reached.unit.unit_id not in request.person.reading_units:
        return None
    return undecided_obligation(reached.cycle, reached.unit.unit_id)
