"""Who decides about the report of a unit that has ended: its recipient's office, or, where that has ended too, the office above."""

from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import light_cycles
from kheo.org.access import Person, Unreachable
from kheo.reports.access import RECEIVING, Reached, as_reached
from kheo.reports.models import Obligation
from kheo.reports.queries.transitions import decider_of, undecided


def report_to_decide_on(person: Person, obligation_id: int) -> Reached:
    """The report, for reviewers and the campaign office of the unit that decides."""
    related = ("cycle__campaign", "cycle__edition", "report__latest", "report__accepted")
    heavy = ("cycle__edition__definition", "cycle__edition__source")  # a hundred kB; whoever needs it asks `definition_of`
    obligation = Obligation.objects.select_related(*related).defer(*heavy).filter(pk=obligation_id).first()
    if obligation is None or not person.roles_at(decider_of(obligation, person.on)) & RECEIVING:
        raise Unreachable
    return as_reached(person, obligation)


def decides_on(person: Person, obligation_id: int) -> bool:
    """Whether the report is this person's to decide on."""
    try:
        report_to_decide_on(person, obligation_id)
    except Unreachable:
        return False
    return True


def reports_to_decide_on(person: Person, cycle_id: int, unit_id: int) -> Cycle:
    """The cycle, for reviewers and the campaign office of a unit that has, or may have had, something to decide on in it."""
    cycle = light_cycles().filter(pk=cycle_id).first()
    if cycle is None or not person.roles_at(unit_id) & RECEIVING:
        raise Unreachable
    received = Obligation.objects.filter(Q(recipient=unit_id) | Q(first_recipient=unit_id), cycle=cycle)
    if not received.exists() and not undecided([unit_id], person.on).filter(cycle=cycle).exists():
        raise Unreachable
    return cycle
