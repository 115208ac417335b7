"""Keeping a list under a name: saving, opening, renaming and sharing, writing over, forgetting."""

from urllib.parse import parse_qs

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.registers.asking import own_query
from kheo.core.registers.columns import Asked as Word
from kheo.core.registers.columns import Query
from kheo.core.registers.words import Reach
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import book_to_read, saved_list, saved_lists
from kheo.registers.actions import (
    Naming,
    Refused,
    drop_entries_list,
    rename_entries_list,
    replace_entries_list,
    save_entries_list,
)
from kheo.registers.queries.definitions import Book
from kheo.web.numbers import number_of
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.saved import circle_in, circles, kept_of, said


def keeping_book(request: PageRequest, code: str) -> Book:
    """A register whose lists can be saved. Behind the wall there are no saved lists: raises Unreachable."""
    book = book_to_read(request.person, code)
    if book.definition.walled:
        raise Unreachable
    return book


def query_in(text: str) -> Query:
    """A question of an address as its parts."""
    return parse_qs(text, keep_blank_values=True)


def trail_to(book: Book, *last: str) -> list[dict[str, str]]:
    """From the registers to a page about saved lists."""
    lists = ("Danh sách đã lưu", reverse("saved_entries_lists", args=[book.register.code]) if last else "")
    steps = [("Sổ", reverse("registers")), (book.definition.short, reverse("entries", args=[book.register.code])), lists]
    return [{"label": words, "url": url} for words, url in [*steps, *((each, "") for each in last)]]


@signed_in
@require_safe
def all_lists(request: PageRequest, code: str) -> HttpResponseBase:
    """Every saved list of a register that this person is shown."""
    book = keeping_book(request, code)
    rows = kept_of(book, saved_lists(request.person, book), request.person)
    return render(request, "registers/saved_lists.html", {"book": book, "rows": rows, "trail": trail_to(book)})


@signed_in
@require_safe
def open_list(request: PageRequest, code: str, number: int) -> HttpResponseBase:
    """The list as it was saved: its address stays the same whatever becomes of its filters."""
    book = keeping_book(request, code)
    saved = saved_list(request.person, book, number)
    return redirect(f"{reverse('entries', args=[code])}?{saved.query}&{Word.SAVED}={saved.id}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def save_list(request: PageRequest, code: str) -> HttpResponseBase:
    """What is kept, under which name, for whom; the list stands in the address of the form."""
    book = keeping_book(request, code)
    query = query_in(request.META.get("QUERY_STRING", ""))
    refused = None
    if request.method == "POST":
        reach, unit = circle_in(request.POST.get("cho", ""))
        outcome = save_entries_list(book, query, Naming(request.POST.get("ten", ""), reach, unit), by=request.person, at=request.now)
        if not isinstance(outcome, Refused):
            messages.success(request, f"Đã lưu danh sách “{outcome.name}”.")
            return redirect("saved_entries", code, outcome.pk)
        refused = outcome
    return _form(request, book, query, refused, number=None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_list(request: PageRequest, code: str, number: int) -> HttpResponseBase:
    """Another name or circle for a list."""
    book = keeping_book(request, code)
    saved = saved_list(request.person, book, number)
    if not saved.may_change:
        raise Unreachable
    refused = None
    if request.method == "POST":
        reach, unit = circle_in(request.POST.get("cho", ""))
        outcome = rename_entries_list(book, number, Naming(request.POST.get("ten", ""), reach, unit), by=request.person, at=request.now)
        if not isinstance(outcome, Refused):
            messages.success(request, f"Đã đổi danh sách “{outcome.name}”.")
            return redirect("saved_entries_lists", code)
        refused = outcome
    return _form(request, book, query_in(saved.query), refused, number=number, name=saved.name, reach=saved.reach, unit=saved.unit)


def _form(
    request: PageRequest,
    book: Book,
    query: Query,
    refused: Refused | None,
    *,
    number: int | None,
    name: str = "",
    reach: Reach = Reach.MINE,
    unit: int | None = None,
) -> HttpResponseBase:
    if refused is not None:
        name = request.POST.get("ten", "")
        reach, unit = circle_in(request.POST.get("cho", ""))
    kept = own_query(book.definition, query)
    names = names_around([number_of(each) for each in query.get(Word.UNIT, ())], request.person.on)
    return render(request, "registers/save_list.html", {
        "book": book,
        "number": number,
        "name": name,
        "parts": said(book, query, names),
        "circles": circles(request.person, reach, unit),
        "refusal": refused.message if refused else "",
        "back": f"{reverse('entries', args=[book.register.code])}?{kept}",
        "trail": trail_to(book, "Lưu danh sách" if number is None else "Đổi tên, chia sẻ"),
    }, status=409 if refused else 200)  # fmt: skip


@signed_in
@require_POST
def replace_list(request: PageRequest, code: str, number: int) -> HttpResponseBase:
    """The filters as they now stand, under the name that is there."""
    book = keeping_book(request, code)
    outcome = replace_entries_list(book, number, query_in(request.POST.get("loc", "")), by=request.person, at=request.now)
    if isinstance(outcome, Refused):
        messages.error(request, outcome.message)
    else:
        messages.success(request, f"Danh sách “{outcome.name}” nay là như đang xem.")
    return redirect("saved_entries", code, number)


@signed_in
@require_POST
def drop_list(request: PageRequest, code: str, number: int) -> HttpResponseBase:
    """Forget a list; what stood in it stays in the register."""
    book = keeping_book(request, code)
    outcome = drop_entries_list(book, number, by=request.person, at=request.now)
    if isinstance(outcome, Refused):
        messages.error(request, outcome.message)
    else:
        messages.success(request, f"Đã bỏ danh sách “{outcome.name}”. Hồ sơ trong sổ không đổi.")
    return redirect("saved_entries_lists", code)
