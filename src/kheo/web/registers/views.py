"""Looking at registers: all of them, the list of one, one entry."""

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.numbers import format_int
from kheo.org.access import Person, Unreachable
from kheo.registers.access import book_to_read, entry_to_read, keeps_books, queue, saved_lists, sight, writing_units
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.standings import Standing, standings
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers import entry_page as page
from kheo.web.registers.grounds import grounds_context
from kheo.web.registers.list_page import asked_of, list_page
from kheo.web.registers.ready_lists import ready_context
from kheo.web.registers.saved import address_of, saved_context
from kheo.web.registers.shown import count_words


@signed_in
@require_safe
def all_books(request: PageRequest) -> HttpResponseBase:
    """The registers, each with how much stands in it: for everybody who reads entries anywhere."""
    if not keeps_books(request.person):
        raise Unreachable
    found = books()
    counts = counted(found, request.person)
    kept = saved_lists(request.person)
    rows = [
        {
            "book": each,
            "url": reverse("entries", args=[each.register.code]),
            "standing": standing,
            "open": count_words(standing.open),
            "whole": count_words(standing.whole),
            "late": count_words(standing.late),
            "is_veiled": each.definition.walled and not writing_units(request.person, each.definition),
            "may_write": bool(writing_units(request.person, each.definition)),
            "lists": [(one.name, address_of(each, one)) for one in kept if one.register == each.register.pk],
        }
        for each in found
        for standing in (counts.get(each.register.pk, Standing()),)
    ]
    waits = queue(request.person, found, with_entries=False).waits
    waiting = sum(each.count for each in waits.values())
    return render(request, "registers/books.html", {"rows": rows, "waiting": format_int(waiting) if waiting else ""})


def counted(found: Sequence[Book], person: Person) -> dict[int, Standing]:
    """How much stands in each register: of what this person reads in it."""
    walled = {each.register.pk for each in found if each.definition.walled}
    whole, own = sight(person), sight(person, walled=True)
    seen = standings([each for each in found if each.register.pk not in walled], whole.units, whole.given, person.on)
    behind = standings([each for each in found if each.register.pk in walled], own.units, own.given, person.on) if walled else {}
    return {each.register.pk: {**seen, **behind}.get(each.register.pk, Standing()) for each in found}


@signed_in
@require_safe
def entries(request: PageRequest, code: str) -> HttpResponseBase:
    """The list of a register: filters, search, order and page stand in the address."""
    book = book_to_read(request.person, code)
    asked = asked_of(book, request.GET, request.person)
    return render(
        request,
        "registers/list.html",
        list_page(request, asked) | grounds_context(asked) | ready_context(asked, request.person) | saved_context(asked, request.person),
    )


@signed_in
@require_safe
def entry_page(request: PageRequest, entry: int) -> HttpResponseBase:
    """One entry: what it is, where it stands, what may be done now, what was done."""
    reached = entry_to_read(request.person, entry)
    return render(request, "registers/entry.html", page.context(request, reached))
