"""Writing beside an entry: to the sender who can come back and read it, or a note among officers."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kheo.core.personal_data import personal_words
from kheo.org.access import Unreachable
from kheo.registers.access import entry_to_read
from kheo.registers.actions import Refused, kinds_of_words, write_words
from kheo.registers.queries.showing import title_shown
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.entry_page import trail_to
from kheo.web.registers.words_page import BUTTONS, READ_BY, SLUGS
from kheo.web.vouching import said

DONE = {"reply": "Đã viết. Người gửi đọc được khi mở trang theo dõi.", "note": "Đã ghi chú."}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, entry: int, kind: str) -> HttpResponseBase:
    """A field for the words, and a POST that puts them beside the entry. What this person may not write is not there."""
    reached = entry_to_read(request.person, entry)
    wanted = SLUGS.get(kind)
    if wanted is None or wanted not in kinds_of_words(reached):
        raise Unreachable
    typed, problem = request.POST.get("text", ""), ""
    if request.method == "POST":
        outcome = write_words(entry, wanted, said(request.POST, typed), by=request.person, at=request.now)
        if not isinstance(outcome, Refused):
            messages.success(request, DONE[wanted])
            return redirect("entry", entry)
        problem = outcome.message
    return render(request, "registers/words.html", {
        "entry": reached.entry,
        "title": title_shown(reached.book.definition, reached.entry, reached.sees_personal),
        "name": BUTTONS[wanted],
        "read_by": READ_BY[wanted],
        "typed": typed,
        "problem": problem,
        "asks_to_vouch": bool(problem and personal_words(typed)),
        "trail": trail_to(reached, reached.entry.code, BUTTONS[wanted]),
    }, status=409 if problem else 200)  # fmt: skip
