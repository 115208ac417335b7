"""The order of the campaign on its way down, each act by somebody who writes the unit's books."""

from collections.abc import Callable

from kheo.core.paper_books.facts import GENERAL_BOOK, ArrivalFacts, IssueFacts, PaperFacts
from kheo.demo.actions.staging import BrokenScriptError
from kheo.demo.plan.cast import Hands
from kheo.demo.plan.orders import PAPERS, OrderDeed, OrderStep
from kheo.directives.actions import Arrived, Issued, Refused, pass_down, register_arrival, register_issue, start_book
from kheo.directives.models import Arrival, Passing
from kheo.org.access import Person, person
from kheo.org.queries import unit_facts, units_by_code
from kheo.people.models import User
from kheo.registers.actions import acknowledge_letter


class Clerks:
    """Who writes the books of papers in the demo."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    def perform(self, step: OrderStep) -> None:
        """Do one act; raises BrokenScriptError where it is refused."""
        units = units_by_code(step.at.date())
        outcome = _DEEDS[step.deed](self, step, units[step.unit], self._writer(step))
        if isinstance(outcome, Refused):
            raise BrokenScriptError(f"{step.unit}, {step.deed} on {step.at}: {outcome.message}")

    def _writer(self, step: OrderStep) -> Person:
        return person(User.objects.get(username=self.hands.writer(step.unit)), step.at)


def _receive(_: Clerks, step: OrderStep, unit: int, by: Person) -> object:
    paper = PAPERS[step.paper]
    facts = PaperFacts(**paper.facts)  # type: ignore[arg-type]
    day = step.at.date()
    noted = ArrivalFacts(day, paper.handler, passed_on=day, due_on=paper.due_on)
    made = register_arrival(unit, facts, noted, by=by, at=step.at)
    return made if isinstance(made, Arrived | Refused) else Refused(())


def _pass_down(_: Clerks, step: OrderStep, unit: int, by: Person) -> object:
    """The unit's own letter, based on what came from above."""
    units = units_by_code(step.at.date())
    above = Arrival.objects.filter(unit=unit).order_by("pk").first()
    if above is None:
        raise BrokenScriptError(f"{step.unit} has nothing to pass on")
    name = unit_facts({unit}, step.at.date())[unit].name
    subject = "thực hiện “5 không” của phong trào thi đua “Dân vận khéo”"
    facts = PaperFacts(issuer=name, issued_on=step.at.date(), kind="Công văn", subject=subject)
    if step.first_number and isinstance(
        begun := start_book(unit, step.first_number, book=GENERAL_BOOK, year=step.at.year, by=by, at=step.at), Refused
    ):
        return begun
    sent = IssueFacts(("Các đơn vị trực thuộc", "Lưu: VT"), kept_by="Văn thư", copies=len(step.to) + 1)
    made = register_issue(unit, facts, "LĐLĐ-TG", sent, by=by, at=step.at)
    if not isinstance(made, Issued):
        return made
    return pass_down(made.issue.pk, [units[code] for code in step.to], arrival=above.pk, by=by, at=step.at)


def _acknowledge(_: Clerks, step: OrderStep, unit: int, by: Person) -> object:
    passing = Passing.objects.filter(unit=unit, arrival=None).order_by("pk").first()
    if passing is None:
        raise BrokenScriptError(f"{step.unit} was sent nothing")
    return acknowledge_letter(passing.pk, by=by, at=step.at)


_DEEDS: dict[OrderDeed, Callable[[Clerks, OrderStep, int, Person], object]] = {
    OrderDeed.RECEIVE: _receive,
    OrderDeed.PASS_DOWN: _pass_down,
    OrderDeed.ACKNOWLEDGE: _acknowledge,
}
