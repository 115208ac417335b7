"""Saved lists as pages show them: tabs above a list, and all of them with what each asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.urls import reverse

from kheo.core.numbers import format_int
from kheo.core.registers.asking import own_query, said_of
from kheo.core.registers.columns import Asked as Word
from kheo.core.registers.columns import Query
from kheo.core.registers.words import REACH_NAMES, Reach
from kheo.org.access import Person
from kheo.org.queries import names_around
from kheo.registers.access import SavedList, saved_lists, sharing_units, sight, wanted_for
from kheo.registers.queries.batches import BATCH
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.opening import counts_of
from kheo.web.numbers import number_of
from kheo.web.registers.list_page import Asked

# A list is counted for its tab where that is cheap: of whoever reads few units, and of few lists.
FEW_UNITS, FEW_LISTS = 200, 8
Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class Tab:
    """A saved list above the list; `count` empty: not counted."""

    words: str
    url: str
    is_current: bool
    is_shared: bool
    count: str = ""


@dataclass(frozen=True)
class Kept:
    """A saved list with everything that is told of it."""

    id: int
    name: str
    url: str
    circle: str
    by: str
    parts: tuple[str, ...]
    may_change: bool


def saved_context(asked: Asked, person: Person) -> dict[str, object]:
    """The tabs above a list, and what can be done with the list as it now stands."""
    book, saved = asked.book, asked.saved
    found = saved_lists(person, book)
    query = own_query(book.definition, {key: asked.query.getlist(key) for key in asked.query})
    changed = saved is not None and query != saved.query
    return {
        "saved_tabs": tabs_of(asked, found, person),
        "saved": saved,
        "saved_changed": changed,
        "saved_query": query,
        "may_save": bool(query) and not book.definition.walled and (saved is None or changed),
        "saves_lists": not book.definition.walled,
    }


def tabs_of(asked: Asked, found: Sequence[SavedList], person: Person) -> list[Tab]:
    """Each with its count where that is cheap: one query for all of them."""
    counts = _counts(asked, found, person)
    current = asked.saved.id if asked.saved else None
    return [
        Tab(each.name, address_of(asked.book, each), each.id == current, each.reach is not Reach.MINE, counts.get(each.id, ""))
        for each in found
    ]


def _counts(asked: Asked, found: Sequence[SavedList], person: Person) -> dict[int, str]:
    if not found or len(found) > FEW_LISTS:
        return {}
    whole = sight(person) if asked.unit is not None else asked.looking
    if whole.units is None or len(whole.units) > FEW_UNITS:
        return {}
    asks = {each.id: parse_qs(each.query) for each in found}
    countable = {number: query for number, query in asks.items() if Word.UNIT not in query}
    lists = [EntryList(asked.book, wanted_for(asked.book, query, whole, whole, person.on)) for query in countable.values()]
    counts = counts_of(lists, BATCH + 1)
    return {number: _many(count) for number, count in zip(countable, counts, strict=True)}


def _many(count: int) -> str:
    return f"hơn {format_int(BATCH)}" if count > BATCH else format_int(count)


def address_of(book: Book, saved: SavedList) -> str:
    """Its own address, which may be passed on."""
    return reverse("saved_entries", args=[book.register.code, saved.id])


def kept_of(book: Book, found: Sequence[SavedList], person: Person) -> list[Kept]:
    """Saved lists in words: two queries at most."""
    units = {number for each in found for number in (each.unit, *map(number_of, parse_qs(each.query).get(Word.UNIT, ()))) if number}
    names = names_around(units, person.on)
    return [
        Kept(
            each.id,
            each.name,
            address_of(book, each),
            circle_of(each.reach, names.get(each.unit or 0, "")),
            each.by,
            tuple(said(book, parse_qs(each.query, keep_blank_values=True), names)),
            each.may_change,
        )
        for each in found
    ]


def circle_of(reach: Reach, unit: str) -> str:
    """For whom a list is, in words."""
    if reach is Reach.UNIT:
        return f"Người của {unit}"
    return f"{unit} và mọi đơn vị bên dưới" if reach is Reach.BELOW else REACH_NAMES[reach]


def said(book: Book, query: Query, names: dict[int, str]) -> list[str]:
    """What a list asks for, with the unit that it is narrowed to."""
    units = [names.get(number_of(each), "một đơn vị") for each in query.get(Word.UNIT, ())]
    return [*said_of(book.definition, book.options, query), *(f"đơn vị: {each}" for each in units)]


def circles(person: Person, reach: Reach, unit: int | None) -> list[Choice]:
    """For whom this person may keep a list, as `reach.unit`."""
    possible = sharing_units(person)
    names = names_around({each for units in possible.values() for each in units}, person.on)
    pairs = [(each, number) for each, units in possible.items() for number in units]
    shared = [(f"{each.value}.{number}", circle_of(each, names.get(number, "")), (each, number) == (reach, unit)) for each, number in pairs]
    return [(Reach.MINE.value, REACH_NAMES[Reach.MINE], reach is Reach.MINE), *shared]


def circle_in(text: str) -> tuple[Reach, int | None]:
    """What `reach.unit` says; anything else is for oneself."""
    reach, _, unit = text.partition(".")
    if reach not in {each.value for each in Reach} - {Reach.MINE.value}:
        return Reach.MINE, None
    return Reach(reach), number_of(unit)
