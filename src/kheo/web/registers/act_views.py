"""Doing to an entry what its register's table of acts allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kheo.campaigns.queries import working_calendar
from kheo.core.days import typed_day
from kheo.core.registers.asked_here import asked_here
from kheo.core.registers.columns import Column, columns_of_register
from kheo.core.registers.models import ActDef
from kheo.core.registers.values import FieldProblem, Kept, required_fields
from kheo.org.access import Person, Unreachable
from kheo.registers.access import ReachedEntry, entry_to_read
from kheo.registers.actions import NO_MORE_TIME, Move, Refused, act_on_entry
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.showing import title_shown
from kheo.registers.queries.stories import limits_of
from kheo.web.numbers import NEVER, number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.entry_page import BACKWARD, NO_CALENDAR, trail_to
from kheo.web.registers.extending import extended_limits
from kheo.web.registers.form import Box, Typed, boxes_of, read_form
from kheo.web.registers.handing import handing, units_offered
from kheo.web.registers.shown import state_tag
from kheo.web.registers.writing_views import anchored


@dataclass(frozen=True)
class Attempt:
    """An act that was refused: what was typed, and why."""

    typed: Typed
    sent: QueryDict
    message: str
    problems: tuple[FieldProblem, ...]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PageRequest, entry: int, act: str) -> HttpResponseBase:
    """What the act asks, and a POST that does it. An act that is not this person's now is not there."""
    reached = entry_to_read(request.person, entry)
    wanted = next((each for each in reached.acts if each.code == act), None)
    if wanted is None:
        return _gone(request, reached, act)
    if request.method != "POST":
        return _form(request, reached, wanted, None)
    typed = read_form(asked_columns(reached, wanted), request.POST)
    on, wrong_day = read_day(request.POST.get("on", ""))
    unread = (*typed.problems, *wrong_day)
    outcome = act_on_entry(entry, move_of(wanted, typed, request.POST, on), by=request.person, at=request.now, unread=unread)
    if isinstance(outcome, Refused):
        again = entry_to_read(request.person, entry)
        return _form(request, again, wanted, Attempt(typed, request.POST, outcome.message, outcome.problems))
    messages.success(request, f"{wanted.name}: {outcome.entry.code} đang ở “{reached.book.definition.by_state[outcome.entry.state].name}”.")
    if outcome.told:
        messages.info(request, outcome.told)
    return _back(request.person, entry)


def _back(person: Person, entry: int) -> HttpResponseBase:
    """To the entry; who was there for this act alone, from another unit, reads it no more and goes to the registers."""
    try:
        entry_to_read(person, entry)
    except Unreachable:
        return redirect("registers")
    return redirect("entry", entry)


def _gone(request: PageRequest, reached: ReachedEntry, act: str) -> HttpResponseBase:
    """Somebody else has done it meanwhile, or it was never this person's: the first is told, the second is not there."""
    found = reached.book.definition.by_act.get(act)
    if found is None or not reached.stance.is_any_of(reached.doers(found)):
        raise Unreachable
    messages.warning(request, f"Bây giờ không “{found.name}” được nữa: hồ sơ đã sang bước khác. Xem diễn biến bên dưới.")
    return redirect("entry", reached.entry.pk)


def asked_columns(reached: ReachedEntry, act: ActDef) -> list[Column]:
    """The fields that an act asks, in the order of the register."""
    return [
        each
        for each in columns_of_register(reached.book.definition, reached.book.options)
        if each.key in reached.book.definition.asked_by(act)
    ]


def read_day(text: str) -> tuple[date | None, tuple[FieldProblem, ...]]:
    """The day on which it happened; none typed: today."""
    if not text.strip():
        return None, ()
    try:
        return typed_day(text), ()
    except ValueError:
        return None, (FieldProblem("on", "Ngày không đúng; viết ngày/tháng/năm, ví dụ 15/11/2023."),)


def asked_on_page(act: ActDef, boxes: Iterable[Box]) -> frozenset[str]:
    """The keys of everything that the page of an act asks: it has a box for each, and for nothing else."""
    words = (("reason", act.reason != "none"), ("reply", act.reply), ("on", not act.day))
    ends = (("handler", act.chooses_unit), ("other", act.names_another))
    return frozenset({*(each.key for each in boxes), *(key for key, is_asked in (*words, *ends) if is_asked)})


def move_of(act: ActDef, typed: Typed, sent: QueryDict, on: date | None) -> Move:
    """The act as it was sent: a field that was emptied is emptied."""
    values: Mapping[str, Kept | None] = {key: typed.values.get(key) for key in typed.texts}
    unit = number_in(sent, "handler") if act.chooses_unit else NEVER
    return Move(
        act.code,
        number_in(sent, "version"),
        values,
        reason=sent.get("reason", ""),
        reply=sent.get("reply", ""),
        other=sent.get("other", ""),
        handler=None if unit == NEVER else unit,
        on=on,
    )


def _form(request: PageRequest, reached: ReachedEntry, act: ActDef, attempt: Attempt | None) -> HttpResponse:
    book, entry = reached.book, reached.entry
    values = values_of(book.definition, entry, texts_of(entry))
    columns = asked_columns(reached, act)
    units = units_offered(request.person, book.definition, values) if any(each.field.type == "unit" for each in columns) else {}
    problems = attempt.problems if attempt else ()
    required = (each.key for each in required_fields(book.definition, act.to or entry.state))
    needs = dict.fromkeys((*act.needs, *required), "bắt buộc")
    open_here = asked_here(book.definition, (each.key for each in columns), {**values, **act.sets})
    typed = attempt.typed if attempt else None
    boxes = boxes_of(book, columns, values, units, typed=typed, problems=problems, needs=needs, conditions=open_here)
    hands = handing(request.person, reached, act)
    here = asked_on_page(act, boxes)
    return render(request, "registers/act.html", {
        "book": book,
        "entry": entry,
        "act": act,
        "title": title_shown(book.definition, entry, reached.sees_personal),
        "tag": state_tag(book, entry.state),
        "to": state_tag(book, act.to) if act.to and act.to != entry.state else None,
        "is_backward": act.to is not None and book.definition.by_state[act.to].meaning in BACKWARD,
        "boxes": boxes,
        **hands,
        "sent": attempt.sent if attempt else {"other": request.GET.get("kia", "")},
        "said": {each.key: each.message for each in problems},
        "refusal": attempt.message if attempt else "",
        "problems": anchored((each for each in problems if each.key in here), here),
        "elsewhere": [each.message for each in problems if each.key not in here],
        "extends": extended_limits(book.definition, limits_of(entry), request.person.on, working_calendar("vn") or NO_CALENDAR)
        if act.effect == "extend"
        else None,
        "no_more": NO_MORE_TIME,
        "may_edit": reached.is_editable,
        "is_from_public": reached.is_from_public,
        "asker_reads": reached.is_from_public and act.tells_reason,
        "trail": trail_to(reached, entry.code, act.name),
    }, status=409 if attempt else 200)  # fmt: skip
