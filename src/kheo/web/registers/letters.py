"""The letter that a plan carries out: chosen among those that came to its unit, or brought along from the page of one."""

from collections.abc import Collection

from kheo.core.paper_books.sameness import LONGEST_REFERENCE, reference
from kheo.core.registers.values import Values
from kheo.directives.queries.recipients import letters_that_came
from kheo.registers.queries.definitions import Book
from kheo.web.reach import PageRequest

_LONGEST = 80  # letters of a paper's subject


def letters_offered(book: Book, units: Collection[int]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By the field that names the letter: what may be chosen, each with its subject; nothing in a register that carries out none."""
    carries = book.newest_definition.carries_out
    if carries is None or carries.letter not in book.definition.by_key:
        return {}
    found = [(reference(each.full_number, each.issued_on), f"{each.kind} {each.subject}"[:_LONGEST]) for each in letters_that_came(units)]
    return {carries.letter: tuple(dict(found).items())}


def named_letter(book: Book, request: PageRequest) -> Values:
    """What the address brings along: the letter from whose page somebody comes to write a plan."""
    carries = book.definition.carries_out
    named = request.GET.get(carries.letter, "")[:LONGEST_REFERENCE] if carries else ""
    return {carries.letter: named} if carries and named else {}
