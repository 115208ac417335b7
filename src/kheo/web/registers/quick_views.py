"""Filing in the field: a photograph, the place, three fields. A form that is sent at once, or what a telephone kept and sends later."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kheo.core.days import format_day
from kheo.core.registers.quick import quick_columns
from kheo.core.registers.unasked import not_asked
from kheo.core.registers.values import FieldProblem
from kheo.files.receiving import SentFile, too_large
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import book_to_read, writing_units
from kheo.registers.actions import PHOTO, Filed, Filing, Refused, file_entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.filing import last_filed_for
from kheo.web.numbers import NEVER, number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.form import Box, Typed, boxes_of, needed_words, read_form
from kheo.web.registers.map_views import is_mapped, map_ground
from kheo.web.registers.writing_views import anchored
from kheo.web.senses import senses

# What a form sends beside fields: no field has a key with a dash.
KEY, WHOSE, AGE, UNIT, TOKEN = "ma-may", "cua-ai", "truoc-day", "don_vi", "csrfmiddlewaretoken"
MANY = 8  # so many choices stand open, to be touched once
NOT_HERS = "Anh/chị không ghi cho đơn vị của mục này; hãy chọn đơn vị rồi gửi lại."
LATE_DAY = "Giờ của điện thoại đã bị đổi, nên ngày ghi là ngày gửi tới. Nếu không đúng, hãy sửa trong hồ sơ."
OTHER = "Máy này đang đăng nhập bằng tài khoản khác. Mục này chỉ gửi được bằng tài khoản đã ghi nó."
CHANGED = "Lần gửi trước đã tới, với nội dung trước khi anh/chị sửa. Hãy mở hồ sơ và sửa nốt ở đó."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def file_quickly(request: PageRequest, code: str) -> HttpResponseBase:
    """The page; a POST without a script files at once, or gives everything back with what is wrong."""
    book, units = _reached(request, code)
    if request.method != "POST":
        return _page(request, book, units, None, ())
    typed, outcome = _filed(request, book, units)
    if isinstance(outcome, Refused):
        return _page(request, book, units, typed, outcome.problems or (FieldProblem("", outcome.message),))
    messages.success(request, f"Đã ghi {book.definition.one} {outcome.entry.code}.")
    for note in _notes(outcome):
        messages.warning(request, note)
    return redirect("entry", outcome.entry.pk)


@signed_in
@require_POST
def send_filed(request: PageRequest, code: str) -> HttpResponseBase:
    """What a telephone kept: filed once, or told what to mend. `state`: sent, refused, stranger (kept by somebody else)."""
    book, units = _reached(request, code)
    if number_in(request.POST, WHOSE) != request.person.user_id:
        return JsonResponse({"state": "stranger", "message": OTHER}, status=409)
    _, outcome = _filed(request, book, units)
    if isinstance(outcome, Refused):
        problems = [{"key": each.key, "message": each.message} for each in outcome.problems]
        return JsonResponse({"state": "refused", "message": outcome.message, "problems": problems}, status=409)
    url = reverse("entry", args=[outcome.entry.pk])
    told = {"state": "sent", "code": outcome.entry.code, "title": outcome.entry.title, "url": url}
    return JsonResponse(told | {"is_same": outcome.is_same, "notes": list(_notes(outcome))})


def _notes(filed: Filed) -> Iterable[str]:
    if not filed.is_same:
        yield CHANGED
    if not filed.is_day_known:
        yield LATE_DAY


def _reached(request: PageRequest, code: str) -> tuple[Book, list[int]]:
    book = book_to_read(request.person, code)
    units = writing_units(request.person, book.definition)
    if book.definition.quick is None or not units:
        raise Unreachable
    return book, units


def _filed(request: PageRequest, book: Book, units: list[int]) -> tuple[Typed, Filed | Refused]:
    sent = request.POST
    typed = read_form(quick_columns(book.definition, book.options), sent)
    unit = number_in(sent, UNIT) if len(units) > 1 or UNIT in sent else units[0]
    photos = request.FILES.getlist(PHOTO)
    problems = [*typed.problems, *not_asked(book.definition, book.options, typed.values, typed.problems), *_strange(book, sent)]
    problems += [FieldProblem(UNIT, NOT_HERS)] if unit not in units else []
    problems += [FieldProblem(PHOTO, each) for each in too_large(photos)]
    key = _key(sent.get(KEY, ""))
    if key is None:
        return typed, Refused("Mục này hỏng trên máy; hãy ghi lại thành mục mới.")
    photos = [] if any(each.key == PHOTO for each in problems) else photos
    filing = Filing(key, _age(sent), [SentFile(each.name or "", each.read()) for each in photos])
    # What else is wrong is told with it, judged as of any of their units: nothing is written.
    owner = unit if unit in units else units[0]
    return typed, file_entry(book, owner, typed.values, filing, by=request.person, at=request.now, unread=problems)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _age(sent: QueryDict) -> timedelta | None:
    """How many milliseconds ago, by the telephone; a form without a script is sent when it is filled in."""
    if AGE not in sent:
        return timedelta(0)
    told = number_in(sent, AGE)
    return None if told == NEVER or told > timedelta.max // timedelta(milliseconds=1) else timedelta(milliseconds=told)


def _strange(book: Book, sent: QueryDict) -> Iterable[FieldProblem]:
    """What the register asked when it was filed, and does not ask here any more: named, never dropped."""
    known = {each.key for each in quick_columns(book.definition, book.options)}
    for key in sent:
        if key not in known and "-" not in key and key not in (UNIT, TOKEN) and any(sent.getlist(key)):
            field = book.definition.by_key.get(key)
            yield FieldProblem("", f"Sổ không hỏi “{field.label if field else key}” ở đây nữa. Mở mục này để xem đã ghi gì, rồi gửi lại.")


def _page(request: PageRequest, book: Book, units: list[int], typed: Typed | None, problems: Iterable[FieldProblem]) -> HttpResponse:
    problems = tuple(problems)
    definition, quick, code = book.definition, book.definition.quick, book.register.code
    names = names_around(units, request.person.on)
    chosen = number_in(request.POST, UNIT) if typed else last_filed_for(book, request.person, units) or units[0]
    said = {each.key: each.message for each in problems}
    boxes = _boxes(book, typed, problems)
    photo = definition.by_role.get(quick.photo) if quick and quick.photo else None
    page = {
        "book": book,
        "quick": quick,
        "boxes": boxes,
        "needed": " ".join(each.key for each in boxes if each.column.field.required_from == definition.first_state.code),
        "photo": photo,
        "photo_problem": said.get(PHOTO, ""),
        "unit_problem": said.get(UNIT, ""),
        "units": [(unit, names.get(unit, ""), unit == chosen) for unit in units],
        "problems": anchored(problems, {*(each.key for each in boxes), UNIT, *((PHOTO,) if photo else ())}),
        "key": request.POST.get(KEY) or uuid.uuid4(),
        "today": format_day(request.person.on),
        "trail": [
            {"label": "Sổ", "url": reverse("registers")},
            {"label": definition.short, "url": reverse("entries", args=[code])},
            {"label": "Ghi tại chỗ", "url": ""},
        ],
    }
    drawn = {"spots_url": reverse("entries_spots", args=[code]), **map_ground()} if quick and quick.place and is_mapped(book) else {}
    response = render(request, "registers/quick.html", page | drawn, status=409 if problems else 200)
    if drawn:
        response.headers["Permissions-Policy"] = senses("geolocation")
    return response


def _boxes(book: Book, typed: Typed | None, problems: Iterable[FieldProblem]) -> list[Box]:
    """As in the long form, but choices stand open: a touch, and nothing to unfold."""
    columns, needs = quick_columns(book.definition, book.options), needed_words(book.definition, book.definition.first_state.code)
    boxes = boxes_of(book, columns, {}, {}, typed=typed, problems=problems, needs=needs)
    return [replace(each, kind="radios") if each.kind == "select" and len(each.choices) <= MANY else each for each in boxes]
