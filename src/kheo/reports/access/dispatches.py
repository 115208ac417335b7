"""Who may reach the copy of a report for a further recipient."""

from dataclasses import dataclass

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import light_cycles
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.reports.access import readable_units
from kheo.reports.models import Dispatch
from kheo.reports.queries.dispatches import receivers


@dataclass(frozen=True)
class ReachedDispatch:
    """A report's copy for a further recipient that somebody may read: as the unit's side does, or as the recipient's."""

    dispatch: Dispatch
    cycle: Cycle
    is_sender: bool
    is_receiver: bool


def roles_of_receiver(person: Person, dispatch: Dispatch) -> frozenset[Role]:
    """What somebody may do as the further recipient's people; of one that has ended, as those of its successors."""
    return frozenset(role for unit in receivers(dispatch.recipient_id, person.on) for role in person.roles_at(unit))


def dispatch_to_read(person: Person, dispatch_id: int) -> ReachedDispatch:
    """For everybody who may read the report, and for the people of the further recipient."""
    related = ("obligation__cycle__campaign", "obligation__cycle__edition", "obligation__report__latest")
    heavy = ("obligation__cycle__edition__definition", "obligation__cycle__edition__source")
    dispatch = Dispatch.objects.select_related(*related).defer(*heavy).filter(pk=dispatch_id).first()
    if dispatch is None:
        raise Unreachable
    unit, cycle = dispatch.obligation.unit_id, dispatch.obligation.cycle
    is_receiver = not person.reading_units.isdisjoint(receivers(dispatch.recipient_id, person.on))
    is_sender = readable_units(person, cycle, [unit]).get(unit, False) or dispatch.obligation.filler_id in person.reading_units
    if not is_sender and not is_receiver:
        raise Unreachable
    return ReachedDispatch(dispatch, cycle, is_sender, is_receiver)


def dispatch_to_send(person: Person, dispatch_id: int) -> ReachedDispatch:
    """The same, for officers and the head of the unit that owes the report."""
    reached = dispatch_to_read(person, dispatch_id)
    if not person.roles_at(reached.dispatch.obligation.answering_id) & {Role.OFFICER, Role.HEAD}:
        raise Unreachable
    return reached


def dispatch_to_take_in(person: Person, dispatch_id: int) -> ReachedDispatch:
    """The same, for those who act for the further recipient."""
    reached = dispatch_to_read(person, dispatch_id)
    if not roles_of_receiver(person, reached.dispatch) & {Role.REVIEWER, Role.OFFICE, Role.HEAD}:
        raise Unreachable
    return reached


def dispatch_to_write_about(person: Person, dispatch_id: int) -> ReachedDispatch:
    """The same, for both."""
    reached = dispatch_to_read(person, dispatch_id)
    if not roles_of_receiver(person, reached.dispatch) & {Role.REVIEWER, Role.OFFICE, Role.HEAD}:
        return dispatch_to_send(person, dispatch_id)
    return reached


def dispatches_received(person: Person, cycle_id: int, recipient_id: int) -> Cycle:
    """The cycle, for the people of a unit to which reports go besides, or, where that has ended, of those that followed it."""
    cycle = light_cycles().filter(pk=cycle_id).first()
    if cycle is None or person.reading_units.isdisjoint(receivers(recipient_id, person.on)):
        raise Unreachable
    if not Dispatch.objects.filter(obligation__cycle=cycle, recipient=recipient_id).exists():
        raise Unreachable
    return cycle
