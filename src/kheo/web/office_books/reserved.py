"""A number of a book that was reserved, into which a paper is now written: `giu` of the address or the form."""

from collections.abc import Callable
from typing import TypeVar

from kheo.core.paper_books.facts import Standing
from kheo.directives.models import Arrival, Issue
from kheo.org.access import Person
from kheo.web.numbers import NEVER, number_in
from kheo.web.reach import PageRequest

Row = TypeVar("Row", Arrival, Issue)


def reserved_in(request: PageRequest, unit: int, to_write: Callable[[Person, int], Row]) -> Row | None:
    """The row of the unit's book that is asked for, None where none is or it is not reserved any more. Raises Unreachable."""
    number = number_in(request.POST if request.method == "POST" else request.GET, "giu")
    if number == NEVER:
        return None
    found = to_write(request.person, number)
    return found if found.unit_id == unit and found.standing == Standing.RESERVED else None
