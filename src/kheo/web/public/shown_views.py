"""What everybody may read of the registers, without an account: lists, maps, entries, photographs. Nothing can be done here."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.days import local_day
from kheo.core.numbers import format_int
from kheo.org.access import Unreachable
from kheo.org.queries import borders_within
from kheo.registers.access import (
    is_mapped_for_all,
    page_of_book,
    photo_shown,
    shown_book,
    shown_books,
    shown_entry,
    shown_list,
    title_shown_to_all,
)
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.mapping import Spot, extent, spots
from kheo.web.files import evidence_file
from kheo.web.public.gate import may
from kheo.web.public.shown_page import entry_context, list_context
from kheo.web.reach import Visit
from kheo.web.registers.map_views import box_asked, map_ground
from kheo.web.registers.shown import state_tag

KEPT_FOR = 300  # seconds that a browser, or a server between, shows a page again: what is taken back is gone after that
HOME = "Mô hình hay, nơi đã sạch"


View = Callable[..., HttpResponseBase]


def shown_to_all(view: View, *, is_counted: bool = True) -> View:
    """There for everybody alike where the installation says so, else nowhere; so many looks a minute from one address (`is_counted`).

    No search engine keeps it (decision 052): what an engine keeps cannot be taken back. Whoever is signed in is kept a copy of their own.
    """

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.PUBLIC_PAGES:
            raise Http404
        visit = cast(Visit, request)
        if is_counted and not may(visit, "look"):
            refused: HttpResponse = respond_429(request)
            return refused
        try:
            response = view(visit, *args, **kwargs)
        except Unreachable:
            raise Http404 from None
        whose = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"
        response.headers["Cache-Control"] = f"{whose}, max-age={KEPT_FOR}"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return opened


def small_picture(view: View) -> View:
    """The same for what a page of cards asks for two dozen times: counting each would cost more than the picture."""
    return shown_to_all(view, is_counted=False)


@shown_to_all
def start(request: Visit) -> HttpResponse:
    """The registers that have a public page."""
    return render(request, "public/shown_books.html", {"books": [(each, page_of_book(each)) for each in shown_books()], "name": HOME})


@shown_to_all
def entries(request: Visit, code: str) -> HttpResponse:
    """A page of cards, of one state (`?trang_thai=`) or of all."""
    book = shown_book(code)
    state, page = request.GET.get("trang_thai", ""), request.GET.get("trang", "")
    return render(
        request, "public/shown_list.html", {**list_context(book, state, page, local_day(request.now)), "trail": _trail(book, last=True)}
    )


@shown_to_all
def entry(request: Visit, code: str, number: str) -> HttpResponse:
    """One entry to be read."""
    book = shown_book(code)
    found = shown_entry(book, number)
    page = entry_context(book, found, local_day(request.now)) | {"trail": [*_trail(book), {"label": found.code, "url": ""}]}
    return render(request, "public/shown_entry.html", page)


@shown_to_all
def on_map(request: Visit, code: str) -> HttpResponse:
    """Where they lie: the page; the dots come from `map_spots`."""
    book = _mapped(code)
    where = extent(shown_list(book))
    page = {
        "book": book,
        "placed": format_int(where.placed),
        "placeless": format_int(where.whole - where.placed) if where.whole > where.placed else "",
        "list_url": reverse("shown_entries", args=[code]),
        "spots_url": f"{reverse('shown_spots', args=[code])}?",
        "box": [where.box.south, where.box.west, where.box.north, where.box.east] if where.box else None,
        **map_ground(),
        "trail": [*_trail(book), {"label": "Bản đồ", "url": ""}],
    }
    return render(request, "registers/map.html", page)


@shown_to_all
def map_spots(request: Visit, code: str) -> HttpResponse:
    """What lies in a box, and the borders there."""
    book, box = _mapped(code), box_asked(request)
    drawn = borders_within(box, local_day(request.now))
    told = [_told(book, each) for each in spots(shown_list(book), box)]
    return JsonResponse({"spots": told, "borders": [{"name": each.name, "polygons": each.polygons} for each in drawn]})


@shown_to_all
def photo(_request: Visit, code: str, number: str, attachment: int) -> HttpResponse:
    """A photograph as it is kept: without what its camera wrote."""
    return evidence_file(photo_shown(shown_book(code), number, attachment).file, shown=True)


@small_picture
def thumbnail(_request: Visit, code: str, number: str, attachment: int) -> HttpResponse:
    """The same, small."""
    small = photo_shown(shown_book(code), number, attachment).thumbnail
    if small is None:
        raise Unreachable
    return evidence_file(small, shown=True)


def _mapped(code: str) -> Book:
    book = shown_book(code)
    if not is_mapped_for_all(book.definition):
        raise Unreachable
    return book


def _told(book: Book, spot: Spot) -> dict[str, object]:
    told: dict[str, object] = {"at": [spot.latitude, spot.longitude], "count": spot.count}
    return told if spot.entry is None else told | _one(book, spot.entry)


def _one(book: Book, entry: Entry) -> dict[str, object]:
    tag = state_tag(book, entry.state)
    address = reverse("shown_entry", args=[book.register.code, entry.code])
    return {"url": address, "title": title_shown_to_all(book, entry), "state": tag.words, "tone": tag.state}


def _trail(book: Book, *, last: bool = False) -> list[dict[str, str]]:
    address = "" if last else reverse("shown_entries", args=[book.register.code])
    return [{"label": HOME, "url": reverse("shown_start")}, {"label": page_of_book(book).name, "url": address}]
