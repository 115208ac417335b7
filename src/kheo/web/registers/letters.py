"""The letter that a plan carries out: chosen among those that came to its unit, or brought along from the page of one."""

from collections.abc import Collection

from kheo.core.paper_books.sameness import reference
from kheo.core.registers.values import Values
from kheo.directives.queries.recipients import letters_that_came
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.plans import CARRIES_OUT, PLANS
from kheo.web.reach import PageRequest

_LONGEST = 80  # letters of a paper's subject


def letters_offered(book: Book, units: Collection[int]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By the field of a plan that names its letter: what may be chosen, each with its subject; nothing in another book."""
    if book.register.code != PLANS or CARRIES_OUT not in book.definition.by_key:
        return {}
    found = [(reference(each.full_number, each.issued_on), f"{each.kind} {each.subject}"[:_LONGEST]) for each in letters_that_came(units)]
    return {CARRIES_OUT: tuple(dict(found).items())}


def named_letter(book: Book, request: PageRequest) -> Values:
    """What the address brings along: the letter from whose page somebody comes to write a plan."""
    named = request.GET.get(CARRIES_OUT, "")[:_LONGEST]
    return {CARRIES_OUT: named} if named and book.register.code == PLANS else {}
