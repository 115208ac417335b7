"""Entering an arrival: the paper is read and the fields filled, the officer corrects, twins are pointed out; correcting it later."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kheo.core.days import format_day
from kheo.core.directives.encodings import from_text
from kheo.core.problems import Problem
from kheo.directives.access import arrival_to_write, book_to_write
from kheo.directives.actions import AlreadyThere, Arrived, Brought, Refused, correct_arrival, register_arrival, reserve_arrival
from kheo.directives.actions.entrusting import and_tell
from kheo.directives.actions.following import as_passed
from kheo.directives.actions.papers import LONGEST_TEXT, SECRET, TOO_LONG
from kheo.directives.models import Arrival
from kheo.directives.queries import colleagues
from kheo.directives.queries.numbers import numbers_of_book
from kheo.directives.queries.papers import facts_of
from kheo.files.actions import Arrival as File
from kheo.files.papers import KEPT_WITHOUT_TEXT, media_type_of, read_paper, words_of_converted, words_of_refusal, words_of_scanned
from kheo.web.numbers import number_in
from kheo.web.office_books import edxml, forms, pages
from kheo.web.office_books.reserved import reserved_in
from kheo.web.office_books.typed import ARRIVAL_FIELDS, PAPER_FIELDS, Typed, texts_of, typed
from kheo.web.office_books.uploads import Upload, hold, is_lost, let_go, upload_in
from kheo.web.reach import PageRequest, signed_in


def handlers(unit: int, request: PageRequest) -> list[tuple[str, str]]:
    """The people of the unit to whom a paper can be handed, as a list to choose from."""
    return [("", "Không chọn ai"), *((str(number), name) for number, name in colleagues(unit, request.person.on).items())]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PageRequest, unit: int) -> HttpResponseBase:
    """An empty form; a POST writes. `giu`: an arrival whose number was reserved."""
    book_to_write(request.person, unit)
    reserved = reserved_in(request, unit, arrival_to_write)
    if request.method != "POST":
        return _form(request, unit, {"arrived_on": format_day(request.person.on), "language": "Tiếng Việt"}, reserved=reserved)
    sent = typed(request.POST, PAPER_FIELDS, ARRIVAL_FIELDS)
    upload = upload_in(request)
    text, file, refusal = brought(request.POST.get("text", ""), upload)
    problems = (*sent.problems, *refusal, *lost_file(request))
    if problems:
        return _form(request, unit, sent.texts, text=text, problems=problems, reserved=reserved, upload=upload if file else None)
    done = _register(request, unit, sent, Brought(text, file), reserved)
    if isinstance(done, Arrived):
        let_go(request)
        messages.success(request, f"Đã ghi vào sổ: số đến {done.arrival.number}, năm {done.arrival.year}.")
        return redirect("arrival", done.arrival.pk)
    return _not_written(request, unit, sent, text, done, reserved, upload)


def _register(request: PageRequest, unit: int, sent: Typed, brought: Brought, reserved: Arrival | None) -> Arrived | AlreadyThere | Refused:
    paper, arrival, even_so = sent.paper(), sent.arrival(request.person.on), "van-ghi" in request.POST
    kept, by, at = reserved.pk if reserved else None, request.person, request.now
    return and_tell(lambda: register_arrival(unit, paper, arrival, brought, reserved=kept, even_so=even_so, by=by, at=at), by=by, at=at)


def _not_written(
    request: PageRequest, unit: int, sent: Typed, text: str, done: AlreadyThere | Refused, reserved: Arrival | None, upload: Upload | None
) -> HttpResponse:
    if isinstance(done, Refused):
        return _form(request, unit, sent.texts, text=text, problems=done.problems, reserved=reserved, upload=upload)
    twins = [{**pages.arrival_row(twin.arrival, request.person.on), "why": twin.why.words} for twin in done.twins]
    return _form(request, unit, sent.texts, text=text, twins=twins, reserved=reserved, upload=upload)


def lost_file(request: PageRequest) -> tuple[Problem, ...]:
    """The form counted on a file that is held no more: better said than written without it."""
    return (Problem("Tệp chọn lúc trước không còn giữ được; chọn lại tệp.", key="tep"),) if is_lost(request) else ()


def brought(pasted: str, sent: Upload | None) -> tuple[str, File | None, tuple[Problem, ...]]:
    """The paper's text and file; what was pasted goes before a file's own text. A scan is kept without text."""
    pasted = from_text(pasted).text
    if sent is None:
        return pasted, None, ()
    data = sent.data
    if edxml.is_edxml(data):
        said = edxml.read_sent(data)
        if isinstance(said, Problem):
            return pasted, None, (said,)
        own, file = said.text, File(data, sent.name or "van-ban.edxml", edxml.MEDIA_TYPE)
    else:
        found = read_paper(data)
        if found.refusal and found.refusal not in KEPT_WITHOUT_TEXT:
            return pasted, None, (Problem(words_of_refusal(found.refusal), key="tep"),)
        own, file = found.text, File(data, sent.name or "van-ban", media_type_of(data))
    refusal = _why_not_kept(own) if pasted and own != pasted else ()
    return (pasted, None, refusal) if refusal else (pasted or own, file, ())


def _why_not_kept(own: str) -> tuple[Problem, ...]:
    """A file beside which other words were pasted: its own text is not kept, but it may be marked secret all the same."""
    if len(own) > LONGEST_TEXT:
        return (Problem(TOO_LONG, key="tep"),)
    mark = forms.understanding(own).secret
    return (Problem(SECRET.format(mark=mark), key="tep"),) if mark else ()


@signed_in
@require_POST
def read(request: PageRequest, unit: int) -> HttpResponseBase:
    """The paper as pasted or sent, read into the form: what is typed already stays, nothing is stored."""
    book_to_write(request.person, unit)
    sent, reserved = typed(request.POST, PAPER_FIELDS, ARRIVAL_FIELDS), reserved_in(request, unit, arrival_to_write)
    typed_in, upload = from_text(request.POST.get("text", "")), upload_in(request)
    pasted = typed_in.text
    if upload and edxml.is_edxml(upload.data):
        return _read_edxml(request, unit, sent, upload, reserved)
    found = read_paper(upload.data) if upload else None
    text = found.text if found and not found.refusal else pasted
    if found and found.refusal:
        wrong = Problem(words_of_refusal(found.refusal), key="tep")
        kept = upload if found.refusal in KEPT_WITHOUT_TEXT else None
        return _form(request, unit, sent.texts, text=pasted, problems=(wrong,), reserved=reserved, upload=kept)
    if not text.strip() or len(text) > LONGEST_TEXT:
        wrong = Problem(TOO_LONG if text.strip() else "Dán văn bản vào ô, hoặc chọn tệp rồi bấm Đọc văn bản.", key="text")
        return _form(request, unit, sent.texts, problems=(wrong,), reserved=reserved)
    said = forms.understanding(text)
    if said.secret:
        wrong = Problem(SECRET.format(mark=said.secret), key="text")
        return _form(request, unit, sent.texts, problems=(wrong,), reserved=reserved)
    texts = {**sent.texts, **{key: value for key, value in said.texts.items() if value}}
    notes = [words_of_scanned(found.some_scanned)] if found and found.some_scanned else []
    if converted := words_of_converted(found.encoding if found else typed_in.encoding):
        notes.append(converted[0].upper() + converted[1:])
    return _form(request, unit, texts, text=text, places=said.places, was_read=True, notes=tuple(notes), reserved=reserved, upload=upload)


def _read_edxml(request: PageRequest, unit: int, sent: Typed, upload: Upload, reserved: Arrival | None) -> HttpResponse:
    """The fields of an edXML file into the form: they come from other software, so the paper's own words come after them."""
    said = edxml.read_sent(upload.data)
    if isinstance(said, Problem):
        return _form(request, unit, sent.texts, problems=(said,), reserved=reserved)
    own = forms.understanding(said.text)
    if own.secret:
        return _form(request, unit, sent.texts, problems=(Problem(SECRET.format(mark=own.secret), key="tep"),), reserved=reserved)
    filled = {key: value for key, value in said.texts.items() if value}
    texts = {**sent.texts, **{key: value for key, value in own.texts.items() if value}, **filled}
    places = {key: place for key, place in own.places.items() if key not in filled}
    return _form(request, unit, texts, text=said.text, places=places, was_read=True, notes=said.notes, reserved=reserved, upload=upload)


def _form(
    request: PageRequest,
    unit: int,
    texts: Any,
    *,
    text: str = "",
    problems: tuple[Problem, ...] = (),
    twins: Any = (),
    places: Any = None,
    was_read: bool = False,
    notes: tuple[str, ...] = (),
    reserved: Arrival | None = None,
    upload: Upload | None = None,
) -> HttpResponse:
    """`upload`: a file that may be held, so that it is not chosen again."""
    faults = pages.faults(problems)
    name = pages.name_of(unit, request.person.on)
    shown = {
        "unit": unit,
        "name": name,
        "trail": pages.trail(unit, name, "arrivals", "Ghi văn bản đến"),
        "paper_fields": forms.fields(PAPER_FIELDS, texts, faults, places),
        "arrival_fields": forms.fields(ARRIVAL_FIELDS, texts, faults, choices={"handler_id": handlers(unit, request)}),
        "kinds": forms.KIND_NAMES,
        "text": text,
        "text_fault": faults.get("text", ""),
        "file_fault": faults.get("tep", ""),
        "upload": hold(request, upload, text),
        "problems": pages.shown_problems(problems),
        "twins": twins,
        "was_read": was_read,
        "notes": notes,
        "reserved": reserved,
        "numbers": numbers_of_book(unit, "", request.person.on.year),
        "year": request.person.on.year,
    }
    return render(request, "office_books/enter_arrival.html", shown, status=409 if problems or twins else 200)


@signed_in
@require_POST
def reserve(request: PageRequest, unit: int) -> HttpResponseBase:
    """Keep the next number."""
    done = reserve_arrival(unit, purpose=request.POST.get("purpose", ""), by=request.person, at=request.now)
    if isinstance(done, Refused):
        messages.error(request, f"Chưa giữ số. {done.message}")
    else:
        messages.success(request, f"Đã giữ số đến {done.number}, năm {done.year}.")
    return redirect("arrivals", unit)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, arrival: int) -> HttpResponseBase:
    """The arrival's own words to be corrected; a POST writes them with the reason."""
    row = arrival_to_write(request.person, arrival)
    if request.method != "POST" or row.directive is None:
        if row.directive is None or row.is_cancelled:
            return redirect("arrival", arrival)
        return _correction(request, row, {**texts_of(facts_of(row.directive)), **texts_of(as_passed(row))})
    sent = typed(request.POST, PAPER_FIELDS, ARRIVAL_FIELDS)
    problems, reason = sent.problems, request.POST.get("reason", "")
    if not problems:
        facts, noted = sent.paper(), sent.arrival(row.arrived_on)
        version = number_in(request.POST, "version")
        done = correct_arrival(arrival, facts, noted, reason=reason, version=version, by=request.person, at=request.now)
        if isinstance(done, Arrival):
            messages.success(request, "Đã sửa. Chữ cũ còn trong Các lần ghi.")
            return redirect("arrival", arrival)
        problems = done.problems
    return _correction(request, row, sent.texts, problems, reason)


def _correction(request: PageRequest, row: Arrival, texts: Any, problems: tuple[Problem, ...] = (), reason: str = "") -> HttpResponse:
    faults, name = pages.faults(problems), pages.name_of(row.unit_id, request.person.on)
    steps = pages.trail(row.unit_id, name, "arrivals", f"Số đến {row.number}", "Sửa")
    steps[2]["url"] = reverse("arrival", args=[row.pk])
    shown = {
        "row": row,
        "trail": steps,
        "paper_fields": forms.fields(PAPER_FIELDS, texts, faults),
        "arrival_fields": forms.fields(ARRIVAL_FIELDS, texts, faults, choices={"handler_id": handlers(row.unit_id, request)}),
        "kinds": forms.KIND_NAMES,
        "problems": pages.shown_problems(problems),
        "reason": reason,
        "reason_fault": faults.get("reason", ""),
    }
    return render(request, "office_books/correct_arrival.html", shown, status=409 if problems else 200)
