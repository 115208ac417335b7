"""The public form, put together."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from kheo.core.days import local_day
from kheo.core.registers.columns import Column
from kheo.core.registers.values import FieldProblem
from kheo.registers.queries.definitions import Book
from kheo.web.public.gate import is_ticket, is_used_up, new_ticket
from kheo.web.public.places import Chosen, asks_for_wards, places_called
from kheo.web.reach import Visit
from kheo.web.registers.form import Typed, boxes_of
from kheo.web.registers.map_views import map_ground
from kheo.web.registers.writing_views import anchored
from kheo.web.senses import senses

TICKET = "phieu"
TRAP = "trang-web"  # a field that people are told to leave empty, and machines fill in


@dataclass(frozen=True)
class Attempt:
    """A sending that was not taken (yet): what was typed, why not, and whether a tick is asked."""

    typed: Typed
    sent: QueryDict
    message: str
    problems: tuple[FieldProblem, ...]
    asks_to_vouch: bool = False
    status: int = 409


def form_columns(book: Book) -> list[Column]:
    """The fields that the form asks, in its order."""
    form = book.definition.from_public
    return [Column(book.definition.by_key[key], book.options) for key in form.asks] if form else []


def choose_place(request: Visit, book: Book, typed: str) -> HttpResponse:
    """The first step: where it is."""
    on = local_day(request.now)
    page = {"book": book, "form": book.definition.from_public, "places": places_called(typed, on), "has_wards": asks_for_wards(on)}
    return render(request, "public/place.html", {**page, "trail": trail(book)})


def show_form(request: Visit, book: Book, place: Chosen | None, attempt: Attempt | None = None) -> HttpResponse:
    """The second step: what it is about. What was refused comes back as it was typed, though its place is there no more."""
    form, definition = book.definition.from_public, book.definition
    columns = form_columns(book)
    must = {key: "bắt buộc" for key in form.asks if key not in form.may_lack and _is_needed(book, key)} if form else {}
    must |= dict.fromkeys(form.may_lack, "không bắt buộc") if form else {}
    problems, kept = attempt.problems if attempt else (), attempt.sent.get(TICKET, "") if attempt else ""
    boxes = boxes_of(book, columns, {}, {}, typed=attempt.typed if attempt else None, problems=problems, needs=must)
    role = definition.by_role.get(form.photos or "") if form else None
    has_place = any(column.field.type == "place" for column in columns)
    page = {
        "book": book,
        "form": form,
        "chosen": place,
        "boxes": boxes,
        "role": role,
        "ticket": kept if is_ticket(kept) and not is_used_up(kept) else new_ticket(),
        "trap": attempt.sent.get(TRAP, "") if attempt else "",
        "has_place": has_place,
        **(map_ground() if has_place else {}),
        "message": attempt.message if attempt else "",
        "problems": anchored(problems, {*(each.key for each in boxes), TRAP, *(("files",) if role else ())}),
        "said": {each.key: each.message for each in problems},
        "asks_to_vouch": attempt.asks_to_vouch if attempt else False,
        "trail": trail(book),
    }
    response = render(request, "public/form.html", page, status=attempt.status if attempt else 200)
    if has_place:
        response.headers["Permissions-Policy"] = senses("geolocation")
    return response


def _is_needed(book: Book, key: str) -> bool:
    return book.definition.by_key[key].required_from == book.definition.first_state.code


def trail(book: Book) -> list[dict[str, str]]:
    """From the page where one chooses what to send."""
    name = book.definition.from_public.name if book.definition.from_public else ""
    return [{"label": "Góp ý", "url": reverse("public_start")}, {"label": name, "url": ""}]
