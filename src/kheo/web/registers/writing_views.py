"""Writing a new entry and changing one."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.registers.asked_here import asked_here
from kheo.core.registers.columns import form_columns
from kheo.core.registers.unasked import not_asked
from kheo.core.registers.values import FieldProblem, Kept, frozen_in
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, book_to_read, entry_to_read, writing_units
from kheo.registers.actions import Refused, create_entry, edit_entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.likenesses import compares_words
from kheo.registers.queries.showing import title_shown
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.entry_page import trail_to
from kheo.web.registers.form import Typed, boxes_of, can_wait, needed_words, read_form, sections_of
from kheo.web.registers.handing import units_offered
from kheo.web.registers.letters import letters_offered, named_letter
from kheo.web.registers.likenesses import Likes, likes_while_writing
from kheo.web.registers.map_views import is_mapped, map_ground
from kheo.web.senses import senses


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: PageRequest, code: str) -> HttpResponseBase:
    """A new entry of one of the person's units; a POST writes it, or gives everything back as it was typed, with what is wrong."""
    book = book_to_read(request.person, code)
    units = writing_units(request.person, book.definition)
    if not units:
        raise Unreachable
    if request.method != "POST":
        return _new_form(request, book, units, None, ())
    typed = read_form(form_columns(book.definition, book.options), request.POST)
    unit = number_in(request.POST, "don_vi") if len(units) > 1 else units[0]
    problems = [*typed.problems, *not_asked(book.definition, book.options, typed.values, typed.problems)]
    if "xem_giong" in request.POST:
        return _new_form(request, book, units, typed, problems, likes_while_writing(request.person, book, typed.values, units))
    if unit not in units:
        # What else is wrong is told with it, judged as of any of their units: nothing is written.
        problems, unit = [*problems, FieldProblem("don_vi", "Hãy chọn đơn vị ghi.")], units[0]
    outcome = create_entry(book, unit, typed.values, by=request.person, at=request.now, unread=problems)
    if isinstance(outcome, Refused):
        return _new_form(request, book, units, typed, outcome.problems or (FieldProblem("", outcome.message),))
    messages.success(request, f"Đã ghi {book.definition.one} {outcome.entry.code}.")
    return redirect("entry", outcome.entry.pk)


def _new_form(
    request: PageRequest,
    book: Book,
    units: list[int],
    typed: Typed | None,
    problems: "list[FieldProblem] | tuple[FieldProblem, ...]",
    likes: Likes | None = None,
) -> HttpResponse:
    columns = form_columns(book.definition, book.options)
    first = book.definition.first_state.code
    needs, later = needed_words(book.definition, first), can_wait(book.definition, first)
    values = named_letter(book, request)
    named = units_offered(request.person, book.definition, values)
    boxes = boxes_of(
        book, columns, values, named, typed=typed, problems=problems, needs=needs, later=later, offered=letters_offered(book, units)
    )
    names = names_around(units, request.person.on)
    trail = [("Sổ", reverse("registers")), (book.definition.short, reverse("entries", args=[book.register.code])), ("Ghi mới", "")]
    return _shown(request, book, {
        "heading": f"Ghi {book.definition.one}",
        "sections": sections_of(boxes),
        "units": [(unit, names.get(unit, ""), str(unit) == request.POST.get("don_vi")) for unit in units],
        "problems": anchored(problems, {*(each.key for each in boxes), *(("don_vi",) if len(units) > 1 else ())}),
        "likes": likes,
        "back": reverse("entries", args=[book.register.code]),
        "trail": [{"label": words, "url": url} for words, url in trail],
    }, 409 if problems else 200)  # fmt: skip


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, entry: int) -> HttpResponseBase:
    """Change what an entry says. Where somebody saved meanwhile, both are shown and nothing is lost."""
    reached = entry_to_read(request.person, entry)
    if not reached.is_editable:
        raise Unreachable
    book = reached.book
    if request.method != "POST":
        return _edit_form(request, reached, None, (), is_stale=False)
    typed = read_form(form_columns(book.definition, book.options), request.POST)
    version = number_in(request.POST, "version")
    problems = [*typed.problems, *not_asked(book.definition, book.options, typed.values, typed.problems)]
    if "xem_giong" in request.POST:
        likes = likes_while_writing(request.person, book, typed.values, [reached.entry.owner_id], apart_from=entry)
        return _edit_form(request, reached, typed, problems, is_stale=version != reached.entry.version, likes=likes)
    if version != reached.entry.version:
        return _edit_form(request, reached, typed, problems, is_stale=True)
    outcome = edit_entry(entry, typed.values, version=version, by=request.person, at=request.now, unread=problems)
    if isinstance(outcome, Refused):
        again = entry_to_read(request.person, entry)
        is_stale = again.entry.version != version
        said = outcome.problems or (() if is_stale else (FieldProblem("", outcome.message),))
        return _edit_form(request, again, typed, said, is_stale=is_stale)
    messages.success(request, f"Đã lưu {outcome.entry.code}.")
    if outcome.told:
        messages.info(request, outcome.told)
    return redirect("entry", entry)


def _edit_form(
    request: PageRequest,
    reached: ReachedEntry,
    typed: Typed | None,
    problems: "list[FieldProblem] | tuple[FieldProblem, ...]",
    *,
    is_stale: bool,
    likes: Likes | None = None,
) -> HttpResponse:
    book, entry = reached.book, reached.entry
    values: Mapping[str, Kept] = values_of(book.definition, entry, texts_of(entry))
    columns, needs = form_columns(book.definition, book.options), needed_words(book.definition, entry.state)
    stored = values if is_stale else None
    frozen, units = frozen_in(book.definition, entry.state, values), units_offered(request.person, book.definition, values)
    later = can_wait(book.definition, entry.state)
    boxes = boxes_of(book, columns, values, units, typed=typed, problems=problems, stored=stored, needs=needs, later=later,
                     offered=letters_offered(book, [entry.owner_id]), frozen=frozen,
                     conditions=asked_here(book.definition, (each.key for each in columns), values))  # fmt: skip
    return _shown(request, book, {
        "heading": f"Sửa {entry.code}",
        "title": title_shown(book.definition, entry, reached.sees_personal),
        "entry": entry,
        "sections": sections_of(boxes),
        "problems": anchored(problems, {each.key for each in boxes}),
        "is_stale": is_stale,
        "differing": [each for each in boxes if each.stored],
        "likes": likes,
        "back": reverse("entry", args=[entry.pk]),
        "trail": trail_to(reached, entry.code, "Sửa"),
    }, 409 if problems or is_stale else 200, frozen)  # fmt: skip


def _shown(request: PageRequest, book: Book, page: dict[str, object], status: int, frozen: Collection[str] = ()) -> HttpResponse:
    """The form; where it asks for a place, with what its map needs and the leave to ask the machine where it is.

    `frozen`: the keys of fields that it shows and does not ask.
    """
    has_place = any(field.type == "place" and field.key not in frozen for field in book.definition.asked)
    drawn = {"spots_url": reverse("entries_spots", args=[book.register.code]), **map_ground()} if has_place and is_mapped(book) else {}
    hints = compares_words(book.definition) or book.definition.duplicates.within_m is not None
    looks = {"alike_url": reverse("alike_typed", args=[book.register.code])} if hints else {}
    response = render(request, "registers/form.html", {"book": book, **drawn, **looks, **page}, status=status)
    if drawn:
        response.headers["Permissions-Policy"] = senses("geolocation")
    return response


def anchored(problems: Iterable[FieldProblem], there: Collection[str]) -> list[dict[str, str]]:
    """Problems as the summary shows them, each leading to its field where the page has it; `there`: the keys of those that it has."""
    return [{"message": each.message, "anchor": f"o-{each.key}" if each.key in there else ""} for each in problems]
