"""The list of a register: what the address asks for, found and put into words."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.registers.asking import STANDARD_ORDERS, known_names
from kheo.core.registers.columns import Asked as Word
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem
from kheo.core.unit_kinds import Line
from kheo.org.access import Person, Unreachable
from kheo.org.queries import below, living, names_around
from kheo.registers.access import SavedList, Sight, counted_states, saved_lists, sight, units_below, wanted_for, writing_units
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import MOST_COUNTED, PAGE, EntryList, StateCounts
from kheo.registers.queries.opening import opened
from kheo.registers.queries.wanted import Wanted
from kheo.web.home.rows import Tag
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest
from kheo.web.registers.filters import column_choices, filters_of, meanings_of, problems_shown, scopes_of
from kheo.web.registers.list_drawing import filter_drawn, options_drawn, rows_drawn, ticks_drawn
from kheo.web.registers.shown import count_words, list_columns, rows_of, state_tag

MOST_UNITS = 300
# What the form of filters carries on without a box of its own.
KEPT = (Word.STATE, Word.OVERDUE, Word.READY, Word.COLUMNS, Word.SAVED)
FIRST_FILTERS = 2
LOST_UNIT = "Danh sách lọc theo một đơn vị không còn hoạt động hoặc ngoài phạm vi của anh/chị; đang hiện mọi đơn vị anh/chị xem được."


@dataclass(frozen=True)
class Chip:
    """A state (or all, or what is overdue) with how many entries there are, and the address of that list."""

    words: str
    count: str
    url: str
    is_current: bool
    tag: Tag | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see, within what they may."""

    book: Book
    looking: Sight
    wanted: Wanted
    query: QueryDict
    unit: int | None
    today: date
    saved: SavedList | None = None

    @property
    def found(self) -> EntryList:
        """The list itself."""
        return EntryList(self.book, self.wanted)


def asked_of(book: Book, query: QueryDict, person: Person) -> Asked:
    """The list that an address names. A unit that is not this person's is not there; a saved list says so, and opens without it."""
    whole = sight(person, walled=book.definition.walled)
    saved = _saved_in(book, query, person)
    unit, looking = _narrowed(query, whole, person, saved)
    wanted = wanted_for(book, {key: query.getlist(key) for key in query}, whole, looking, person.on)
    lost = [FieldProblem(Word.UNIT, LOST_UNIT)] if unit is None and query.get(Word.UNIT) else []
    unknown = set(parse_qs(saved.query)) - set(known_names(book.definition)) if saved else ()
    fields = [FieldProblem(key, f"Sổ không còn trường “{key}”. Phần ấy được bỏ qua.") for key in sorted(unknown)]
    wanted = replace(wanted, problems=(*wanted.problems, *lost, *fields))
    return Asked(book, looking, wanted, query, unit, person.on, saved)


def _saved_in(book: Book, query: QueryDict, person: Person) -> SavedList | None:
    """The saved list that an address was opened from; one that is not shared with this person is none."""
    if not query.get(Word.SAVED):
        return None
    number = number_in(query, Word.SAVED)
    return next((each for each in saved_lists(person, book) if each.id == number), None)


def _narrowed(query: QueryDict, whole: Sight, person: Person, saved: SavedList | None) -> tuple[int | None, Sight]:
    """The unit that an address narrows to, and what is read there."""
    if not query.get(Word.UNIT):
        return None, whole
    unit = number_in(query, Word.UNIT)
    looking = whole.within(units_below(unit, person))
    if looking.units and unit in looking.units and living([unit], person.on):
        return unit, looking
    if saved is None or query.get(Word.UNIT) not in parse_qs(saved.query).get(Word.UNIT, ()):
        raise Unreachable
    return None, whole


def _found(asked: Asked) -> tuple[int, Page[int], list[Entry], list[Chip]]:
    """How many there are, the page that is asked for with its entries, and the steps above them.

    Where units are listed that have no such entry, no entry is looked for: a unit stands at no step, and to count them would cost half as
    much again as to find the units.
    """
    found, query = asked.found, asked.query
    if asked.wanted.ready is not None and asked.wanted.ready.units_without:
        return 0, page_of(0, ""), [], [Chip("Tất cả", "", _of_all(query), is_current=False)]
    number = min(max(number_in(query, Word.PAGE), 1), MOST_COUNTED)
    opening = opened(found, number)
    by_state = opening.by_state
    total = by_state.of(asked.wanted.states)
    if total is None and found.has_all_states:
        total = found.most_counted + 1  # what was counted by state is this very list
    elif total is None or asked.wanted.overdue_on:
        total = found.count()
    page = page_of(total, query.get("trang", ""))
    is_there = opening.entries is not None and page.number == number
    held = opening.entries if is_there else found.page(page.number, expected=total)
    return total, page, held or [], chips_of(asked, by_state)


def list_page(request: PageRequest, asked: Asked) -> dict[str, object]:
    """Everything that the page shows."""
    book, found, query = asked.book, asked.found, asked.query
    total, page, held, chips = _found(asked)
    columns = list_columns(book, query.getlist(Word.COLUMNS))
    filters = filters_of(book, asked.wanted, query, quick=FIRST_FILTERS)
    units, may_act = unit_choices(request.person), acts_somewhere(book.definition, request.person)
    rows = rows_of(book, held, columns, asked.looking, request.person.on)
    whose = scopes_of(book, query, has_below=len(units) > 1)
    kept = KEPT if whose else (*KEPT, Word.SCOPE)
    return {
        "book": book,
        "rows": rows,
        "drawn": rows_drawn(rows, may_act=may_act, shows_unit=len(units) > 1 or asked.wanted.on_ground),
        "columns": columns,
        "page": page,
        "total": count_words(total, found.most_counted),
        "chips": chips,
        "first_filters": [filter_drawn(each) for each in filters[:FIRST_FILTERS]],
        "more_filters": [filter_drawn(each) for each in filters[FIRST_FILTERS:]],
        "meanings": meanings_of(book, query),
        "scopes": whose,
        "column_choices": ticks_drawn(Word.COLUMNS, column_choices(book, columns)),
        "is_narrow": any(each.is_used for each in filters[FIRST_FILTERS:])
        or any(query.get(each) for each in (Word.ORDER, Word.MEANING, Word.SCOPE)),
        "is_filtered": is_filtered(asked),
        "problems": problems_shown(asked.wanted.problems, filters),
        "orders": options_drawn(orders_of(book, query.get("xep", ""))),
        "units": options_drawn((number, name, number == asked.unit) for number, name in units) if len(units) > 1 else "",
        "search": asked.wanted.text,
        "kept": [(key, each) for key in kept for each in query.getlist(key)],
        "kept_columns": [(key, each) for key in query if key not in (Word.PAGE, Word.COLUMNS) for each in query.getlist(key) if each],
        "query": without(query, "trang"),
        "may_act": may_act,
        "is_many_pages": page.paginator.num_pages > 1,
        "may_write": bool(writing_units(request.person, book.definition)),
        "shows_board": "board" in book.definition.faces,
        "shows_queue": "queue" in book.definition.faces,
        "trail": [{"label": "Sổ", "url": reverse("registers")}, {"label": book.definition.short, "url": ""}],
    }


def is_filtered(asked: Asked) -> bool:
    """Whether more is asked than a page, or whose entries they are where a page offers that beside."""
    beside = {Word.SCOPE} if asked.wanted.on_ground else set[Word]()
    return bool(set(asked.query) - {Word.PAGE, Word.SAVED} - beside)


def acts_somewhere(definition: RegisterDefinition, person: Person) -> bool:
    """Whether any act of the register is done by somebody in one of this person's roles: else nothing is offered for ticking."""
    held = {post.role for post in person.posts}
    return any(role in held for act in definition.acts for doer in act.by for role in doer.roles)


def page_of(total: int, wanted: str) -> Page[int]:
    """Which page of how many."""
    return Paginator(range(min(total, MOST_COUNTED)), PAGE).get_page(wanted)


def without(query: QueryDict, *names: str, **instead: str) -> str:
    """The address's question without some of its parts, as `a=b&`."""
    kept = query.copy()
    for name in (*names, *instead):
        kept.pop(name, None)
    for name, value in instead.items():
        kept[name] = value
    words = kept.urlencode()
    return f"{words}&" if words else ""


def _of_all(query: QueryDict) -> str:
    return f"?{without(query, 'trang', 'trang_thai', 'qua_han', 'co_san')}"


def chips_of(asked: Asked, by_state: StateCounts) -> list[Chip]:
    """All, what is overdue, and every state in which something stands or that is chosen; without numbers where they were not counted."""
    book, query, most = asked.book, asked.query, asked.found.most_counted
    chosen, late = query.getlist("trang_thai"), "qua_han" in query
    whole, overdue = by_state.of(counted_states(book.definition)), by_state.late
    chips = [
        Chip(
            "Tất cả",
            count_words(most + 1 if whole is None else whole, most),
            _of_all(query),
            not chosen and not late and asked.wanted.ready is None,
        )
    ]
    if overdue != 0 or late:
        address = f"?{without(query, 'trang', 'trang_thai', qua_han='1')}"
        chips.append(Chip("Quá hạn", count_words(overdue), address, late, is_late=True))
    for state in book.definition.states:
        count = by_state.numbers.get(state.code, 0)
        if count != 0 or state.code in chosen:
            address = f"?{without(query, 'trang', 'qua_han', trang_thai=state.code)}"
            chips.append(Chip(state.name, count_words(count), address, chosen == [state.code], state_tag(book, state.code)))
    return chips


def orders_of(book: Book, chosen: str) -> list[tuple[str, str, bool]]:
    """The orders that a list can stand in."""
    own = [
        (f"{sign}{field.key}", f"{field.label}: {words}")
        for field in book.definition.asked
        if field.sort
        for sign, words in (("-", "lớn, mới trước"), ("", "nhỏ, cũ trước"))
    ]
    return [(value, words, value == chosen) for value, words in (*STANDARD_ORDERS.items(), *own)]


def unit_choices(person: Person) -> list[tuple[int, str]]:
    """The units by which a list is narrowed: where this person reads, and those directly below."""
    above = sorted(person.reading_units)
    names = names_around(above, person.on)
    under = [each for unit in above for each in below(person.on, Line.UNION, unit, most=MOST_UNITS)]
    return [*((unit, names.get(unit, "")) for unit in above), *((each.id, each.name) for each in under)]
