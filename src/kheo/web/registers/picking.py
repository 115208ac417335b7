"""Rows of a list that were ticked: which entries, as they were shown."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from kheo.org.access import Person
from kheo.registers.queries.definitions import Book
from kheo.web.numbers import pairs_in
from kheo.web.registers.list_page import asked_of

MOST_PICKED = 1000  # so many of a list are chosen at once
MOST_DONE = 100  # and so many done in one press


def picked(book: Book, form: QueryDict, person: Person) -> dict[int, int]:
    """By entry, the version in which it was shown: what was ticked (`pick`, one each; `chon`, many in one field), or the whole list (`ca`).

    A list is read from its start, in its order, up to `MOST_PICKED`; the page says how many that leaves out.
    """
    if "ca" in form:
        found = asked_of(book, QueryDict(form.get("loc", "")), person).found
        return {entry.pk: entry.version for entry in found.page(1, MOST_PICKED)}
    ticked = pairs_in([*form.getlist("pick"), *form.get("chon", "").split()])
    return dict(list(ticked.items())[:MOST_PICKED])


def as_values(picks: Mapping[int, int] | Iterable[tuple[int, int]]) -> str:
    """As they stand in one field of a form."""
    pairs = picks.items() if isinstance(picks, Mapping) else picks
    return " ".join(f"{entry}.{version}" for entry, version in pairs)
