"""A plan in force answers the letter that asked for one: the follow-up in the unit's book of arrivals ends, whichever came first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.paper_books.facts import OPEN, Standing
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.words import StateClass
from kheo.directives.actions import Refused, acknowledge
from kheo.directives.actions.following import answered_by_plan
from kheo.directives.models import Arrival, Passing
from kheo.directives.queries.chain import papers_of_root, place_of_passing
from kheo.org.access import Person
from kheo.registers.actions.keeping import Doing
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import values_of
from kheo.registers.queries.plans import PlanBook, as_compared, names_of, plan_books, plans_in_force


def answer_letters(entry: Entry, book: Book, doing: Doing, *, came: bool, changed: Collection[str] = ()) -> None:
    """End the follow-up of what an entry in force names, where that was the plan alone.

    `came`: it came into its state just now; else it answers only if the letter that it names is among what `changed`.
    """
    carries = book.newest_definition.carries_out
    if carries is None or entry.meaning != StateClass.DONE_GOOD or not (came or carries.letter in changed):
        return
    said = entry.extra.get(carries.letter)
    if not said or not isinstance(doing.by, Person):
        return
    _wait_for_clicks(entry.owner_id)
    asked = Arrival.objects.filter(unit=entry.owner_id, standing=Standing.WRITTEN, progress__in=OPEN, passing__plan_due_on__isnull=False)
    letter, waiting = as_compared(str(said)), asked.select_related("passing__issue__directive", "directive")
    for each in [each for each in waiting if _waits_for_plan(each) and letter in _names(each)]:
        _end(each, entry, book.newest_definition, doing.by, doing.at)


def _wait_for_clicks(unit: int) -> None:
    """Whoever acknowledges a letter of the unit at this moment holds its row and cannot see the plan yet: we see the arrival instead."""
    waiting = Passing.objects.filter(unit=unit, plan_due_on__isnull=False, arrival=None)
    list(waiting.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


@dataclass(frozen=True)
class Acknowledged:
    """The arrival with its number; `plan`: what in force answered it already, as a sentence names it, else empty."""

    arrival: Arrival
    plan: str = ""


@transaction.atomic
def acknowledge_letter(number: int, *, by: Person, at: datetime) -> Acknowledged | Refused:
    """One click (`directives.actions.acknowledge`); where a plan of the unit carries the letter out already, the follow-up ends with it."""
    is_first = Passing.objects.filter(pk=number, arrival=None).exists()
    made = acknowledge(number, by=by, at=at)
    if isinstance(made, Refused):
        return made
    books = plan_books() if is_first and _waits_for_plan(made) else ()
    plan = _plan_of(made, books) if books else None
    if plan is None:
        return Acknowledged(made)
    definition = next(each.definition for each in books if each.register_id == plan.register_id)
    ended = _end(made, plan, definition, by, at)
    return ended if isinstance(ended, Refused) else Acknowledged(ended, _called(plan, definition))


def _plan_of(arrival: Arrival, books: Sequence[PlanBook]) -> Entry | None:
    """That of the unit which has carried the letter out longest. Most units have none yet: then nothing is asked of the chain."""
    found = plans_in_force(arrival.unit_id, books)
    names = _names(arrival) if found else set()
    number = next((plan for plan, said in found if as_compared(said) in names), None)
    return Entry.objects.get(pk=number) if number else None


def _waits_for_plan(arrival: Arrival) -> bool:
    """Whether its letter asked for a plan and the unit waits for nothing else: it has set no other day."""
    due_on = arrival.passing.plan_due_on
    open_still = arrival.standing == Standing.WRITTEN and arrival.progress in OPEN
    return due_on is not None and open_still and arrival.due_on in (None, due_on)


def _names(arrival: Arrival) -> set[str]:
    """How a plan may name the letter by which the order came, or the papers that its chain carries."""
    place = place_of_passing(arrival.passing)
    above = papers_of_root(place.root) if place else []
    return names_of([*above, *([arrival.directive] if arrival.directive else [])])


def _end(arrival: Arrival, entry: Entry, definition: RegisterDefinition, by: Person, at: datetime) -> Arrival | Refused:
    """With the number and the day of the answering paper, as the entry has them."""
    carries, values = definition.carries_out, values_of(definition, entry, {})
    assert carries is not None
    said = values.get(carries.issued)
    issued = date.fromisoformat(said) if isinstance(said, str) else entry.in_state_since
    answer, done_on = str(values.get(carries.number) or ""), min(issued, local_day(at))
    return answered_by_plan(arrival.pk, answer=answer, plan=_called(entry, definition), done_on=done_on, by=by, at=at)


def _called(entry: Entry, definition: RegisterDefinition) -> str:
    return f"{definition.one} {entry.code}"
