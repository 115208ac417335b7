"""Who decides about the report of a unit that has ended: its recipient's office, or, where that has ended too, the office above."""

from kheo.reports.access import RECEIVING, Person, Reached, Unreachable, as_reached
from kheo.reports.models import Obligation
from kheo.reports.queries.transitions import decider_of


def report_to_decide_on(person: Person, obligation_id: int) -> Reached:
    """The report, for reviewers and the campaign office of the unit that decides."""
    related = ("cycle__campaign", "cycle__edition", "report__latest", "report__accepted")
    obligation = Obligation.objects.select_related(*related).filter(pk=obligation_id).first()
    if obligation is None or not person.roles_at(decider_of(obligation, person.on)) & RECEIVING:
        raise Unreachable
    return as_reached(person, obligation)
