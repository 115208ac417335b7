"""The lists that come with a register, above the list itself: how many stand in each, and units that have nothing of a kind."""

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator

from kheo.core.registers.asking import HANDED, scopes
from kheo.core.registers.columns import Asked as Word
from kheo.core.registers.faces import ReadyList
from kheo.org.access import Person
from kheo.org.queries import reach
from kheo.registers.access import counted_states
from kheo.registers.queries.listing import MOST_COUNTED, PAGE, EntryList
from kheo.registers.queries.opening import counts_of_ready
from kheo.registers.queries.ready import UnitsWithout
from kheo.web.numbers import number_in
from kheo.web.registers.list_page import Asked
from kheo.web.registers.shown import count_words

MOST_UNITS = 500  # whose entries are counted for each list with every page


@dataclass(frozen=True)
class ReadyLink:
    """A list by its name, with how many there are today."""

    words: str
    count: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class UnitRow:
    """A unit that has no such entry."""

    name: str
    url: str


def ready_links(asked: Asked, person: Person) -> list[ReadyLink]:
    """The lists of the register in which anything stands, with their counts: one query for all lists of entries, one for each list of
    units. The one that is open stands there whatever it holds.

    Who reads hundreds of units finds the count where the list is opened: with every page it would cost more than the page.
    """
    counts = _counts(asked, person)
    return [
        ReadyLink(each.name, count_words(counts.get(each.code)), f"?{_address(asked, each)}", each == asked.wanted.ready)
        for each in asked.book.definition.ready
        if counts.get(each.code) != 0 or each == asked.wanted.ready
    ]


def _address(asked: Asked, ready: ReadyList) -> str:
    """As its number was counted: of the unit and of whose entries the page is."""
    unit = f"&{Word.UNIT}={asked.unit}" if asked.unit is not None else ""
    scope = next((each for each in asked.query.getlist(Word.SCOPE) if each in scopes(asked.book.definition)), "")
    return f"{Word.READY}={ready.code}{unit}" + (f"&{Word.SCOPE}={scope}" if scope and not ready.units_without else "")


def _counts(asked: Asked, person: Person) -> dict[str, int]:
    if asked.wanted.units is None or len(asked.wanted.units) > MOST_UNITS:
        return {}
    definition = asked.book.definition
    whole = replace(asked.wanted, conditions=(), text="", overdue_on=None, due_on=None, ready=None, states=counted_states(definition))
    of_entries = [each for each in definition.ready if not each.units_without]
    numbers = counts_of_ready(EntryList(asked.book, whole), of_entries)
    counts = {each.code: number for each, number in zip(of_entries, numbers, strict=True)}
    return counts | {each.code: lacking(asked, each, person).count() for each in definition.ready if each.units_without}


def lacking(asked: Asked, ready: ReadyList, person: Person) -> UnitsWithout:
    """The units of this person's reach (or of the one that was chosen, and below) that have no entry as the list says."""
    tops = [asked.unit] if asked.unit is not None else person.reading_units
    return UnitsWithout(asked.book, ready, reach(tops, person.on).below, asked.today)


def units_page(asked: Asked, ready: ReadyList, person: Person) -> tuple[Page[int], list[UnitRow]]:
    """A page of them, by name, each leading to what there is of the unit so far: written by it, given to it, or on its ground."""
    found = lacking(asked, ready, person)
    number = min(max(number_in(asked.query, Word.PAGE), 1), MOST_COUNTED)
    units, count = found.page_and_count((number - 1) * PAGE, PAGE)
    page = Paginator(range(count), PAGE).get_page(asked.query.get(Word.PAGE, ""))
    if page.number != number:
        units = found.page((page.number - 1) * PAGE, PAGE)
    return page, [UnitRow(name, f"?{_of_unit(asked, ready, unit)}") for unit, name in units]


def _of_unit(asked: Asked, ready: ReadyList, unit: int) -> str:
    """The list in which an entry would stand that is missing: on the same side of the unit as what is missed."""
    if ready.counts_for == "ward" and (ward := asked.book.definition.field_of("ward")) is not None and ward.filter:
        return f"{ward.key}={unit}"
    handed = f"&{Word.SCOPE}={HANDED}" if ready.counts_for == "handler" else ""
    return f"{Word.UNIT}={unit}{handed}"


def ready_context(asked: Asked, person: Person) -> dict[str, object]:
    """What the page shows of them; where units are listed, these in place of entries."""
    ready = asked.wanted.ready
    shown: dict[str, object] = {"ready_links": ready_links(asked, person), "ready": ready}
    if ready is not None and ready.units_without:
        page, rows = units_page(asked, ready, person)
        shown |= {"unit_rows": rows, "page": page, "rows": ()}
    return shown
