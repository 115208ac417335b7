"""One act on many entries: which acts there are, what would become of which entry, what became of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from kheo.core.numbers import format_int
from kheo.core.registers.columns import Column, columns_of_register
from kheo.core.registers.models import ActDef
from kheo.core.registers.values import FieldProblem
from kheo.registers.access import ReachedEntry, each_to_read
from kheo.registers.actions import FOR_MANY, AlreadyDone, Made, Move, Refused, Try, act_on_many, acts_of_many, try_on_many
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.showing import title_shown
from kheo.web.grouping import grouped
from kheo.web.numbers import NEVER, number_in
from kheo.web.reach import PageRequest
from kheo.web.registers.act_views import asked_on_page, read_day
from kheo.web.registers.entry_page import BACKWARD
from kheo.web.registers.form import Typed, boxes_of, read_form
from kheo.web.registers.handing import handing_many, units_offered
from kheo.web.registers.picking import MOST_DONE, MOST_PICKED, as_values
from kheo.web.registers.shown import state_tag
from kheo.web.registers.writing_views import anchored


@dataclass(frozen=True)
class Chosen:
    """The entries of a register that were chosen and that this person reads, and the version in which each was shown."""

    book: Book
    seen: Mapping[int, int]
    reached: Sequence[ReachedEntry]
    form: QueryDict


@dataclass(frozen=True)
class Meant:
    """One act for all of them as it was sent: what was typed, what of it is wrong."""

    act: ActDef
    columns: Sequence[Column]
    typed: Typed
    move: Move
    problems: Sequence[FieldProblem]


def chosen(request: PageRequest, book: Book, seen: Mapping[int, int]) -> Chosen:
    """Those of this register that can be read; of others nothing is said."""
    there = each_to_read(request.person, list(seen))
    reached = [each for each in there.values() if each.entry.register_id == book.register.pk]
    return Chosen(book, {each.entry.pk: seen[each.entry.pk] for each in reached}, reached, request.POST)


def meant(book: Book, act: ActDef, form: QueryDict) -> Meant:
    """What the form says; before it is confirmed nothing is typed and nothing is wrong."""
    columns = [each for each in columns_of_register(book.definition, book.options) if each.key in book.definition.asked_by(act)]
    typed = read_form(columns, form)
    on, wrong_day = read_day(form.get("on", ""))
    unit = number_in(form, "handler") if act.chooses_unit else NEVER
    values = {key: value for key, value in typed.values.items() if value is not None}
    move = Move(
        act.code,
        0,
        values,
        reason=form.get("reason", ""),
        reply=form.get("reply", ""),
        handler=None if unit == NEVER else unit,
        on=on,
    )
    return Meant(act, columns, typed, move, (*typed.problems, *wrong_day))


def choose(what: Chosen) -> dict[str, Any]:
    """For `registers/many_acts.html`: every act that one of them allows, with how many do; what strikes out comes last."""
    acts = sorted(acts_of_many(what.reached), key=lambda each: bool(_kind(what.book, each[0])))
    return _frame(what) | {
        "acts": [
            {
                "code": act.code,
                "words": act.name,
                "count": format_int(count),
                "is_all": count == len(what.reached),
                "kind": _kind(what.book, act),
            }
            for act, count in acts
            if act.effect in FOR_MANY
        ],
        "single": [act.name for act, _ in acts if act.effect not in FOR_MANY],
    }


def _kind(book: Book, act: ActDef) -> str:
    is_backward = act.to is not None and book.definition.by_state[act.to].meaning in BACKWARD
    return " danger" if is_backward else ""


def question(request: PageRequest, what: Chosen, asked: Meant, problems: Sequence[FieldProblem]) -> dict[str, Any]:
    """For `registers/many_confirm.html`: what will become of how many, what will not and why, and what the act asks, once for all."""
    book, act, today = what.book, asked.act, request.person.on
    tries = try_on_many(what.reached, what.seen, asked.move, today=today)
    fit, left = [each for each in tries if not each.refused], [each for each in tries if each.refused]
    units, hands = units_offered(request.person, book.definition, {}), handing_many(request.person, act)
    boxes = boxes_of(book, asked.columns, {}, units, typed=asked.typed, problems=problems, needs=_lacking(book, fit))
    return _frame(what) | {
        "act": act,
        "is_backward": bool(_kind(book, act)),
        "count": format_int(len(fit)),
        "values": as_values((each.reached.entry.pk, what.seen[each.reached.entry.pk]) for each in fit),
        "groups": grouped((_moving(book, each, act), _name(each)) for each in fit),
        "left_count": format_int(len(left)),
        "left_out": grouped((each.refused, _name(each)) for each in left),
        "boxes": boxes,
        **hands,
        "sent": what.form,
        "said": {each.key: each.message for each in problems},
        "problems": anchored(problems, asked_on_page(act, boxes) - {"other"} if fit else ()),
        "most": MOST_DONE,
        "is_long": len(fit) > MOST_DONE,
    }


def _moving(book: Book, one: Try, act: ActDef) -> str:
    states = book.definition.by_state
    name = states[one.reached.entry.state].name
    return f"{name} → {states[act.to].name}" if act.to and act.to != one.reached.entry.state else f"Vẫn ở “{name}”"


def _name(one: Try) -> str:
    reached = one.reached
    return f"{title_shown(reached.book.definition, reached.entry, reached.sees_personal)} ({reached.entry.code})"


def _lacking(book: Book, fit: Sequence[Try]) -> dict[str, str]:
    """By field that the act needs, how many of them have nothing there yet."""
    counts: dict[str, int] = {}
    for each in fit:
        for key in each.lacks:
            counts[key] = counts.get(key, 0) + 1
    return {key: f"{format_int(count)} {book.definition.one} chưa có" for key, count in counts.items()}


def carry_out(request: PageRequest, what: Chosen, asked: Meant) -> dict[str, Any]:
    """Do the first of them, each by itself; for `registers/many_done.html`: what became of each, and those left for the next press."""
    pairs = list(what.seen.items())
    done = act_on_many(pairs[:MOST_DONE], asked.move, by=request.person, at=request.now)
    reached = {each.entry.pk: each for each in what.reached}
    rows = [_result(what.book, reached[entry], outcome) for entry, outcome in done]
    return _frame(what) | {
        "act": asked.act,
        "rows": rows,
        "done": sum(row["is_done"] for row in rows),
        "told": [(said, format_int(count)) for said, count in Counter(_told(outcome) for _, outcome in done).items() if said],
        "later": len(pairs[MOST_DONE:]),
        "values": as_values(pairs[MOST_DONE:]),
        "kept": [(key, each) for key, texts in what.form.lists() if key not in NOT_KEPT for each in texts],
    }


def _told(outcome: Made | Refused | AlreadyDone) -> str:
    return outcome.told if isinstance(outcome, Made) else ""


NOT_KEPT = ("csrfmiddlewaretoken", "pick", "chon", "ca", "loc", "dong-y", "viec")


def _result(book: Book, reached: ReachedEntry, outcome: Made | Refused | AlreadyDone) -> dict[str, Any]:
    entry = reached.entry if isinstance(outcome, Refused) else outcome.entry
    problems = [each.message for each in outcome.problems] if isinstance(outcome, Refused) else []
    return {
        "code": entry.code,
        "title": title_shown(book.definition, entry, reached.sees_personal),
        "url": reverse("entry", args=[entry.pk]),
        "is_done": isinstance(outcome, Made),
        "is_already": isinstance(outcome, AlreadyDone),
        "tag": None if isinstance(outcome, Refused) else state_tag(book, entry.state),
        "refusal": " ".join([outcome.message, *problems]) if isinstance(outcome, Refused) else "",
    }


def _frame(what: Chosen) -> dict[str, Any]:
    code = what.book.register.code
    back = f"{reverse('entries', args=[code])}?{what.form.get('loc', '')}"
    trail = [("Sổ", reverse("registers")), (what.book.definition.short, back), ("Nhiều hồ sơ một lúc", "")]
    return {
        "book": what.book,
        "one": what.book.definition.one,
        "chosen": format_int(len(what.reached)),
        "values": as_values(what.seen),
        "filters": what.form.get("loc", ""),
        "back": back,
        "most_picked": format_int(MOST_PICKED),
        "is_cut": "ca" in what.form and len(what.seen) == MOST_PICKED,
        "trail": [{"label": words, "url": url} for words, url in trail],
    }
