"""Who may reach which proposal."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import light_cycles
from kheo.core.proposals import Party, Stage
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.reports.access import RECEIVING
from kheo.reports.models import Obligation, Proposal
from kheo.reports.queries.left_proposals import decider_of_left, held_at
from kheo.reports.queries.proposals import line_of, parties_of, root_of, units_that_passed


@dataclass(frozen=True)
class ReachedProposal:
    """A proposal that somebody may read. `sees_all`: whatever is said in its thread, not only what concerns the one who asks."""

    proposal: Proposal
    cycle: Cycle
    sees_all: bool
    roles: Mapping[Party, frozenset[Role]]


def proposal_to_read(person: Person, proposal_id: int) -> ReachedProposal:
    """For readers of the asking unit's report on its side, for the unit whose turn it is and those that passed it up.

    What is only marked, not yet sent, is there for the asking unit alone.
    """
    related = ("obligation__cycle__campaign", "obligation__cycle__edition", "thread__obligation")
    heavy = ("obligation__cycle__edition__definition", "obligation__cycle__edition__source")
    proposal = Proposal.objects.select_related(*related).defer(*heavy).filter(pk=proposal_id).first()
    if proposal is None:
        raise Unreachable
    root, units = root_of(proposal), person.reading_units
    is_own = proposal.obligation.answering_id in units
    if proposal.stage in (Stage.DRAFTED, Stage.WITHDRAWN) and not is_own:
        raise Unreachable
    handled = {root.holder_id, *units_that_passed(proposal, root)} & units
    if not handled and not line_of(proposal.obligation) & units:
        raise Unreachable
    sees_all = root.holder_id in units or (root.pk == proposal.pk and not is_own)
    return ReachedProposal(proposal, proposal.obligation.cycle, sees_all, parties_of(person.roles_at, proposal, root))


def proposal_to_move(person: Person, proposal_id: int) -> ReachedProposal:
    """The same, for those who act for one of its parties."""
    reached = proposal_to_read(person, proposal_id)
    acting = {Role.OFFICER, Role.HEAD, Role.REVIEWER, Role.OFFICE}
    if not any(roles & acting for roles in reached.roles.values()):
        raise Unreachable
    return reached


def proposals_of_unit(person: Person, cycle_id: int, unit_id: int) -> Cycle:
    """The cycle, for readers of a unit that owes or receives reports in it, or did before one was sent on to another."""
    cycle = light_cycles().filter(pk=cycle_id).first()
    concerned = Q(unit=unit_id) | Q(filler=unit_id) | Q(recipient=unit_id) | Q(first_recipient=unit_id)
    if cycle is None or unit_id not in person.reading_units or not Obligation.objects.filter(concerned, cycle=cycle).exists():
        raise Unreachable
    return cycle


def proposals_to_merge(person: Person, cycle_id: int, unit_id: int) -> Cycle:
    """The same, for those who answer for the unit."""
    cycle = proposals_of_unit(person, cycle_id, unit_id)
    if not person.roles_at(unit_id) & {Role.REVIEWER, Role.OFFICE, Role.HEAD}:
        raise Unreachable
    return cycle


def proposals_left(person: Person, cycle_id: int, holder: int) -> Cycle:
    """The cycle, for the office that decides about what waits at a unit that has ended, as long as something does."""
    cycle = light_cycles().filter(pk=cycle_id).first()
    decider = decider_of_left(cycle, holder, person.on) if cycle and held_at(cycle.pk, holder).exists() else None
    if cycle is None or decider is None or not person.roles_at(decider) & RECEIVING:
        raise Unreachable
    return cycle
