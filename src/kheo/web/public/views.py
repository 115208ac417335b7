"""Sending something without an account, and coming back to it with the code that was shown once."""

from collections.abc import Sequence

from allauth.core.internal.ratelimit import respond_429
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kheo.core.days import local_day
from kheo.core.registers.values import FieldProblem
from kheo.files.receiving import SentFile, too_large
from kheo.org.access import Unreachable
from kheo.registers.access import ReachedEntry, entry_of_code
from kheo.registers.actions import AskedBack, Made, Move, Received, Refused, Sending, act_as_asker, receive_entry, say_as_asker
from kheo.registers.queries.definitions import Book
from kheo.web.numbers import NEVER, number_in
from kheo.web.people.codes import private
from kheo.web.public import follow_page
from kheo.web.public.form_page import TICKET, TRAP, Attempt, choose_place, form_columns, show_form
from kheo.web.public.gate import code_of, may, open_to_public, public_book, public_books, take_turn
from kheo.web.public.places import chosen_place
from kheo.web.reach import Visit
from kheo.web.registers.form import Typed, read_form
from kheo.web.vouching import VOUCH

PAGE = ["GET", "HEAD", "POST"]
SAY = "viet-them"
DEAD = "Mã này chưa đúng. Hãy so lại từng chữ với giấy hoặc ảnh đã lưu."
AGAIN = "Hãy xem lại trước khi gửi"


@open_to_public
@require_safe
def start(request: Visit) -> HttpResponse:
    """What can be sent here, what cannot and where that goes instead, and the way back with a code."""
    return render(request, "public/start.html", {"books": [(each, each.definition.from_public) for each in public_books()]})


@open_to_public
@require_safe
def complaints(request: Visit) -> HttpResponse:
    """Complaints and denunciations are not taken here: where they go lawfully."""
    return render(request, "public/complaints.html")


@open_to_public
@require_http_methods(PAGE)
def form(request: Visit, code: str) -> HttpResponseBase:
    """First the ward (`?tim=` what it is called), then the form (`?noi=` the ward); a POST sends it and shows the code, this once."""
    book = public_book(code)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = number_in(sent, "noi")
    place = chosen_place(chosen, local_day(request.now)) if chosen != NEVER else None
    if place is None:
        if not may(request, "search"):
            refused: HttpResponse = respond_429(request)
            return refused
        return choose_place(request, book, request.GET.get("tim", ""))
    if request.method != "POST":
        return show_form(request, book, chosen, place)
    done = _send(request, book, chosen)
    return show_form(request, book, chosen, place, done) if isinstance(done, Attempt) else _filed(request, book, place, *done)


def _send(request: Visit, book: Book, chosen: int) -> Attempt | tuple[Received, str]:
    """What was sent, taken in, or why not; nothing that was typed is lost."""
    typed = read_form(form_columns(book), request.POST)
    photos = request.FILES.getlist("files")
    code = code_of(request.POST.get(TICKET, ""))
    problems = [*typed.problems, *(FieldProblem("files", each) for each in too_large(photos))]
    if request.POST.get(TRAP, "").strip():
        problems.append(FieldProblem(TRAP, "Ô này phải để trống."))
    if code is None:
        problems.append(FieldProblem("", "Trang mở đã quá một ngày. Hãy xem lại rồi bấm gửi lần nữa."))
    if problems or code is None:
        return Attempt(typed, request.POST, "Chưa gửi được", tuple(problems))
    turn = take_turn(request)
    if turn.why_not:
        return Attempt(typed, request.POST, turn.why_not, (), status=429)
    files = [SentFile(each.name or "", each.read()) for each in photos]
    sending = Sending(chosen, typed.values, code, files, looked_again=VOUCH in request.POST)
    outcome = receive_entry(book, sending, at=request.now)
    if not isinstance(outcome, Received) or outcome.is_again:
        turn.give_back()
    return (outcome, code) if isinstance(outcome, Received) else _attempt(request, typed, outcome)


def _attempt(request: Visit, typed: Typed, outcome: Refused | AskedBack) -> Attempt:
    if isinstance(outcome, AskedBack):
        return Attempt(typed, request.POST, AGAIN, outcome.problems, asks_to_vouch=True)
    return Attempt(typed, request.POST, outcome.message, outcome.problems)


def _filed(request: Visit, book: Book, place: tuple[str, str], done: Received, code: str) -> HttpResponse:
    page = {"book": book, "entry": done.entry, "is_again": done.is_again, "code": code, "place": place[0], "receiver": place[1]}
    return private(render(request, "public/filed.html", page))


@open_to_public
@require_http_methods(PAGE)
def follow(request: Visit) -> HttpResponseBase:
    """A field for the code; a POST with it shows the entry's public side and does what its asker presses.

    The code comes in a form, never in an address: no history, bookmark or log keeps it.
    """
    if request.method != "POST":
        return private(render(request, "public/enter_code.html"))
    if not may(request, "code", dry_run=True):
        refused: HttpResponse = respond_429(request)
        return refused
    code = request.POST.get("ma", "")
    try:
        entry_of_code(code)
    except Unreachable:
        may(request, "code")
        return private(render(request, "public/enter_code.html", {"problem": DEAD}, status=404))
    done = _do(request, code)
    return _shown(request, code, entry_of_code(code), done)


def _do(request: Visit, code: str) -> Made | Refused | AskedBack | None:
    wanted, words = request.POST.get("viec", ""), request.POST.get("reason", "")
    if not wanted:
        return None
    if not may(request, "say"):
        return Refused("Từ mạng này vừa gửi nhiều lần (tối đa 20 lần mỗi giờ). Hãy đợi rồi gửi lại.")
    again = VOUCH in request.POST
    if wanted == SAY:
        return say_as_asker(code, words, looked_again=again, at=request.now)
    move = Move(wanted, number_in(request.POST, "version"), reason=words)
    return act_as_asker(code, move, looked_again=again, at=request.now)


def _shown(request: Visit, code: str, reached: ReachedEntry, done: Made | Refused | AskedBack | None) -> HttpResponse:
    problems: Sequence[FieldProblem] = () if done is None or isinstance(done, Made) else done.problems
    is_wrong = done is not None and not isinstance(done, Made)
    page = follow_page.context(reached, local_day(request.now)) | {
        "code": code,
        "is_done": isinstance(done, Made),
        "message": AGAIN if isinstance(done, AskedBack) else done.message if isinstance(done, Refused) else "",
        "problems": [each.message for each in problems],
        "wanted": request.POST.get("viec", "") if is_wrong else "",
        "typed": request.POST.get("reason", "") if is_wrong else "",
        "asks_to_vouch": isinstance(done, AskedBack),
        "say": SAY,
    }
    return private(render(request, "public/follow.html", page, status=409 if is_wrong else 200))
