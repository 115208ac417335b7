"""A plan that is in force answers the letter which asked for one: the follow-up in the unit's book of arrivals ends with it."""

from django.db.models import F

from kheo.core.days import local_day
from kheo.core.paper_books.facts import OPEN, Standing
from kheo.directives.actions.following import answered_by_plan
from kheo.directives.models import Arrival
from kheo.directives.queries.chain import papers_of_root, place_of_passing
from kheo.org.access import Person
from kheo.registers.actions.keeping import Doing
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.plans import CARRIES_OUT, PLANS, as_compared, names_of

NUMBER = "so_ky_hieu"  # the field of a plan's own number


def answer_letters(entry: Entry, book: Book, doing: Doing) -> int:
    """End the follow-up of what the plan names, where that was the plan alone; gives how many ended."""
    said = entry.extra.get(CARRIES_OUT)
    if book.register.code != PLANS or entry.meaning != "done_good" or not said or not isinstance(doing.by, Person):
        return 0
    owed = Arrival.objects.filter(unit=entry.owner_id, standing=Standing.WRITTEN, progress__in=OPEN, due_on=F("passing__plan_due_on"))
    named = [each.pk for each in owed.select_related("passing__issue__directive", "directive") if as_compared(str(said)) in _names(each)]
    answer = str(entry.extra.get(NUMBER) or "")
    for number in named:
        answered_by_plan(number, answer=answer, plan=entry.code, done_on=local_day(doing.at), by=doing.by, at=doing.at)
    return len(named)


def _names(arrival: Arrival) -> set[str]:
    """How a plan may name the letter by which the order came, or the papers that its chain carries."""
    place = place_of_passing(arrival.passing)
    above = papers_of_root(place.root) if place else []
    return names_of([*above, *([arrival.directive] if arrival.directive else [])])
