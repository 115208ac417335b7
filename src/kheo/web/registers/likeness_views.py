"""Entries of like words: a look while a form is filled in, two side by side, and what somebody says of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kheo.core.likeness import Piece, pieces, runs
from kheo.core.registers.columns import form_columns
from kheo.core.registers.values import Values
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, book_to_read, entry_to_read, writing_units
from kheo.registers.actions import Refused
from kheo.registers.actions.likening import may_settle, pair_to_read, settle_pair
from kheo.registers.models import LikePair
from kheo.registers.queries.likenesses import compared, texts_and_values
from kheo.registers.queries.showing import title_shown
from kheo.web.home.rows import Tag
from kheo.web.numbers import NEVER, number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.entry_page import trail_to
from kheo.web.registers.form import read_form
from kheo.web.registers.likenesses import likes_while_writing, settled_words
from kheo.web.registers.shown import state_tag


@dataclass(frozen=True)
class Half:
    """One of two entries side by side: field after field, what the other says as well is marked."""

    code: str
    title: str
    unit: str
    url: str
    tag: Tag
    fields: tuple[tuple[str, tuple[Piece, ...]], ...]
    merges: tuple[tuple[str, str], ...]


@signed_in
@require_POST
def while_writing(request: PageRequest, code: str) -> HttpResponseBase:
    """What may stand there already, of a form as it is filled in so far: a piece of the page. Nothing is kept."""
    book = book_to_read(request.person, code)
    units = writing_units(request.person, book.definition)
    if not units:
        raise Unreachable
    entry = number_in(request.POST, "ho_so")
    if entry != NEVER:
        units = [entry_to_read(request.person, entry).entry.owner_id]
    typed = read_form(form_columns(book.definition, book.options), request.POST)
    likes = likes_while_writing(request.person, book, typed.values, units, apart_from=entry)
    return render(request, "registers/_alike_typed.html", {"likes": likes})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def like_pair(request: PageRequest, pair: int) -> HttpResponseBase:
    """Two entries side by side; a POST says why they are not the same."""
    found, one, other = pair_to_read(request.person, pair)
    if request.method != "POST":
        return _page(request, found, one, other, "", "")
    outcome = settle_pair(pair, request.POST.get("reason", ""), by=request.person, at=request.now)
    if isinstance(outcome, Refused):
        return _page(request, found, one, other, outcome.message, request.POST.get("reason", ""))
    messages.success(request, "Đã ghi: hai hồ sơ không trùng.")
    return redirect("entry", found.entry_id)


def _page(request: PageRequest, pair: LikePair, one: ReachedEntry, other: ReachedEntry, refusal: str, reason: str) -> HttpResponse:
    names = names_around({one.entry.owner_id, other.entry.owner_id}, request.person.on)
    said = {each.pk: values for each, values in texts_and_values(one.book, [one.entry, other.entry])}
    sides = ((one, other), (other, one))
    halves = [_half(this, that, said, names) for this, that in sides]
    return render(request, "registers/alike.html", {
        "halves": halves,
        "degree": pair.degree,
        "settled": settled_words(pair),
        "may_settle": may_settle(one, other) and pair.settled_at is None,
        "refusal": refusal,
        "reason": reason,
        "trail": trail_to(one, one.entry.code, "So hai bản"),
    }, status=409 if refusal else 200)  # fmt: skip


def _half(this: ReachedEntry, that: ReachedEntry, said: Mapping[int, Values], names: Mapping[int, str]) -> Half:
    definition, entry = this.book.definition, this.entry
    same = runs(compared(that.book.definition, said[that.entry.pk]))
    fields = tuple(
        (definition.by_key[key].label, tuple(pieces(str(said[entry.pk][key]), same)))
        for key in definition.duplicates.fields
        if key in said[entry.pk]
    )
    merges = tuple(
        (act.name, f"{reverse('act_on_entry', args=[entry.pk, act.code])}?kia={that.entry.code}")
        for act in this.acts
        if act.effect == "merge"
    )
    title = title_shown(definition, entry, this.sees_personal)
    return Half(
        entry.code,
        title,
        names.get(entry.owner_id, ""),
        reverse("entry", args=[entry.pk]),
        state_tag(this.book, entry.state),
        fields,
        merges,
    )
