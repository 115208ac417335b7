"""A register's map: the list as it is filtered, where its entries lie."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.numbers import format_int
from kheo.core.places import Box as Ground
from kheo.core.places import Spot as Place
from kheo.core.places import box_around
from kheo.org.access import Unreachable
from kheo.org.queries import Box, borders_within
from kheo.registers.access import Sight, book_to_read, entry_to_read
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.mapping import Spot, extent, spots
from kheo.registers.queries.showing import title_shown
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.grounds import grounds_context
from kheo.web.registers.list_page import asked_of, chips_of, without
from kheo.web.registers.shown import state_tag

NEAR, AROUND = "gan", 700  # around which entry, and how many metres
SIDES = ("tay", "nam", "dong", "bac")
_MILLION = 1_000_000


@signed_in
@require_safe
def entries_map(request: PageRequest, code: str) -> HttpResponseBase:
    """The page: what is drawn comes from `entries_spots`; what has no place is told, with its list."""
    book = _mapped(request, code)
    asked = asked_of(book, request.GET, request.person)
    where = extent(asked.found)
    box = _around(request, book) or where.box
    lists = reverse("entries", args=[code])
    page = {
        "book": book,
        "chips": chips_of(asked, asked.found.by_state()),
        "placed": format_int(where.placed),
        "placeless": format_int(where.whole - where.placed) if where.whole > where.placed else "",
        "list_url": f"{lists}?{without(request.GET, NEAR)}".rstrip("?&"),
        "spots_url": f"{reverse('entries_spots', args=[code])}?{without(request.GET)}",
        "box": [box.south, box.west, box.north, box.east] if box else None,
        **map_ground(),
        **grounds_context(asked, NEAR),
        "trail": [
            {"label": "Sổ", "url": reverse("registers")},
            {"label": book.definition.short, "url": lists},
            {"label": "Bản đồ", "url": ""},
        ],
    }
    return render(request, "registers/map.html", page)


@signed_in
@require_safe
def entries_spots(request: PageRequest, code: str) -> HttpResponseBase:
    """What lies in a box (tay, nam, dong, bac: degrees times a million) of the list that the address names, and the borders there."""
    book = _mapped(request, code)
    box = box_asked(request)
    asked = asked_of(book, request.GET, request.person)
    found = spots(asked.found, box)
    drawn = borders_within(box, request.person.on)
    return JsonResponse(
        {
            "spots": [_told(book, each, asked.looking) for each in found],
            "borders": [{"unit": each.unit, "name": each.name, "polygons": each.polygons} for each in drawn],
        }
    )


def _mapped(request: PageRequest, code: str) -> Book:
    book = book_to_read(request.person, code)
    if not is_mapped(book):
        raise Unreachable
    return book


def _around(request: PageRequest, book: Book) -> Box | Ground | None:
    """The ground around the entry that the address names, where this person reads it; None where none is named."""
    if NEAR not in request.GET:
        return None
    entry = entry_to_read(request.person, number_in(request.GET, NEAR)).entry
    if entry.register_id != book.register.pk or entry.latitude is None or entry.longitude is None:
        return None
    return box_around(Place(entry.latitude, entry.longitude), AROUND)


def is_mapped(book: Book) -> bool:
    """Whether the register has a map."""
    return "map" in book.definition.faces


def map_ground() -> dict[str, str]:
    """On which tiles a map of this installation is drawn: none, where it names no server of them."""
    return {"tiles": settings.MAP_TILES, "credit": settings.MAP_CREDIT}


def box_asked(request: HttpRequest) -> Box:
    """The whole earth where none is asked for. Raises Http404 for what is no box: nobody types it."""
    if not any(side in request.GET for side in SIDES):
        return Box(-180 * _MILLION, -90 * _MILLION, 180 * _MILLION, 90 * _MILLION)
    try:
        west, south, east, north = (int(request.GET[side]) for side in SIDES)
    except (KeyError, ValueError):
        raise Http404 from None
    if not (-180 * _MILLION <= west < east <= 180 * _MILLION and -90 * _MILLION <= south < north <= 90 * _MILLION):
        raise Http404
    return Box(west, south, east, north)


def _told(book: Book, spot: Spot, looking: Sight) -> dict[str, object]:
    told: dict[str, object] = {"at": [spot.latitude, spot.longitude], "count": spot.count}
    if spot.entry is not None:
        tag = state_tag(book, spot.entry.state)
        told |= {
            "url": reverse("entry", args=[spot.entry.pk]),
            "title": title_shown(book.definition, spot.entry, looking.sees_personal(spot.entry)),
            "state": tag.words,
            "tone": tag.state,
        }
    else:
        told["box"] = [spot.box.south, spot.box.west, spot.box.north, spot.box.east]
    return told
