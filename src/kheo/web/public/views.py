"""Sending something without an account, and coming back to it with the code that was shown once."""

from collections.abc import Sequence
from datetime import timedelta

from allauth.core.internal.ratelimit import respond_429
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kheo.core.days import local_day
from kheo.core.registers.values import FieldProblem
from kheo.files.receiving import SentFile, too_large
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import BehindTheWall, ReachedEntry, entry_of_code
from kheo.registers.actions import (
    AskedBack,
    Made,
    Move,
    Received,
    Refused,
    Sending,
    act_as_asker,
    content_of,
    receive_entry,
    say_as_asker,
    sent_before,
)
from kheo.registers.queries.definitions import Book
from kheo.web.numbers import NEVER, number_in
from kheo.web.people.codes import private
from kheo.web.public import follow_page
from kheo.web.public.form_page import TICKET, TRAP, Attempt, choose_place, form_columns, show_form
from kheo.web.public.gate import (
    TOO_MANY,
    code_of,
    is_ticket,
    is_used_up,
    may,
    open_to_public,
    public_book,
    public_books,
    take_turn,
    use_up,
)
from kheo.web.public.places import Chosen, chosen_place
from kheo.web.reach import Visit
from kheo.web.registers.form import Typed, read_form
from kheo.web.vouching import VOUCH

PAGE = ["GET", "HEAD", "POST"]
SAY = "viet-them"
DEAD = "Mã này chưa đúng. Hãy so lại từng chữ với giấy hoặc ảnh đã lưu."
WALLED = "Mã đúng, nhưng sổ này nay chỉ giữ con số nên không xem qua mã được nữa. Việc vẫn được giải quyết; hãy hỏi {}."
AGAIN = "Hãy xem lại trước khi gửi"
SHOWN_AGAIN = timedelta(minutes=15)
USED = (
    "Trang này đã gửi đi một lần rồi, với lời khác. Những gì ghi dưới đây chưa gửi: bấm Gửi lần nữa thì thành một việc riêng, có mã riêng. "
    "Muốn viết thêm cho việc đã gửi, hãy xem bằng mã theo dõi rồi viết thêm ở đó."
)
NO_PLACE = "Nơi đã chọn không còn nhận. Lời anh/chị viết vẫn còn ở đây; hãy mở “Chọn nơi khác” ở một thẻ mới rồi chép sang."


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
    is_sent = request.method == "POST"
    chosen = number_in(request.POST if is_sent else request.GET, "noi")
    if not may(request, "try" if is_sent else "search"):
        return show_form(request, book, None, _too_many(request, book)) if is_sent else _refused(request)
    place = chosen_place(chosen, local_day(request.now)) if chosen != NEVER else None
    if not is_sent:
        return show_form(request, book, place) if place else choose_place(request, book, request.GET.get("tim", ""))
    done = _send(request, book, place)
    return show_form(request, book, place, done) if isinstance(done, Attempt) else _filed(request, book, *done)


def _refused(request: Visit) -> HttpResponse:
    refused: HttpResponse = respond_429(request)
    return refused


def _too_many(request: Visit, book: Book) -> Attempt:
    return Attempt(read_form(form_columns(book), request.POST), request.POST, f"{TOO_MANY}.", (), status=429)


def _send(request: Visit, book: Book, place: Chosen | None) -> Attempt | tuple[Received, str, Chosen]:
    """What was sent, taken in, or why not; nothing that was typed is lost."""
    typed, ticket = read_form(form_columns(book), request.POST), request.POST.get(TICKET, "")
    photos = request.FILES.getlist("files")
    problems = [*typed.problems, *(FieldProblem("files", each) for each in too_large(photos))]
    if request.POST.get(TRAP, "").strip():
        problems.append(FieldProblem(TRAP, "Ô này phải để trống."))
    if not is_ticket(ticket):
        problems.append(FieldProblem("", "Trang mở đã quá một ngày. Hãy xem lại rồi bấm gửi lần nữa."))
    if place is None:
        problems.append(FieldProblem("", NO_PLACE))
    if problems or place is None:
        return Attempt(typed, request.POST, "Chưa gửi được", tuple(problems))
    files = [SentFile(each.name or "", each.read()) for each in photos]
    code = code_of(ticket, content_of(book.register.code, place.id, typed.values, files=files))
    return _take(request, book, place, typed, Sending(place.id, typed.values, code, files, looked_again=VOUCH in request.POST))


def _take(request: Visit, book: Book, place: Chosen, typed: Typed, sending: Sending) -> Attempt | tuple[Received, str, Chosen]:
    """The same once more is told what it was told; other words with a used-up ticket are asked about, and shown nothing of the first."""
    ticket, there = request.POST.get(TICKET, ""), sent_before(sending.code)
    if there is not None:
        return Received(there, is_again=True), sending.code, place
    if is_used_up(ticket):
        return Attempt(typed, request.POST, USED, ())
    turn = take_turn(request, place.receiver_id)
    if turn.why_not:
        return Attempt(typed, request.POST, f"{turn.why_not}, hoặc đến, gọi {place.receiver}.", (), status=429)
    outcome = receive_entry(book, sending, at=request.now)
    if not isinstance(outcome, Received) or outcome.is_again:
        turn.give_back()
    if not isinstance(outcome, Received):
        return _attempt(request, typed, outcome)
    use_up(ticket)
    return outcome, sending.code, place


def _attempt(request: Visit, typed: Typed, outcome: Refused | AskedBack) -> Attempt:
    if isinstance(outcome, AskedBack):
        return Attempt(typed, request.POST, AGAIN, outcome.problems, asks_to_vouch=True)
    return Attempt(typed, request.POST, outcome.message, outcome.problems)


def _filed(request: Visit, book: Book, done: Received, code: str, place: Chosen) -> HttpResponse:
    """The code, once; and once more to who sends the very same again soon, because the answer may have been lost on the way."""
    shown = not done.is_again or request.now - done.entry.created_at <= SHOWN_AGAIN
    page = {"book": book, "entry": done.entry, "is_again": done.is_again, "code": code if shown else "", "place": place}
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
        return _refused(request)
    code = request.POST.get("ma", "")
    try:
        entry_of_code(code)
    except BehindTheWall as wall:
        names = names_around([wall.owner], local_day(request.now))
        return private(render(request, "public/enter_code.html", {"problem": WALLED.format(names.get(wall.owner, "nơi nhận"))}, status=404))
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
