"""Lists of a board that are kept under a name."""

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kheo.org.access import Unreachable
from kheo.reports.access import board
from kheo.reports.actions import Refusal, drop_list, save_list
from kheo.reports.queries.boards import Sieve
from kheo.reports.queries.saved_lists import SavedAs, lists_of, saved_list
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.review.board_page import Lists
from kheo.web.review.sieve import query_of, sieve_of


@signed_in
@require_POST
def save(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """Keep the filters `loc` under the name `ten`; `chung`: for everybody who reviews here."""
    board(request.person, cycle, unit)
    query = query_of(sieve_of(QueryDict(request.POST.get("loc", ""))))
    name, is_shared = request.POST.get("ten", ""), "chung" in request.POST
    kept = save_list(unit, name=name, query=query, is_shared=is_shared, by=request.person, at=request.now)
    address = reverse("board", args=[cycle, unit])
    if isinstance(kept, Refusal):
        messages.warning(request, kept.message)
        return redirect(f"{address}?{query}")
    messages.success(request, f"Đã lưu danh sách “{kept.name}”.")
    return redirect(f"{address}?ds={kept.pk}")


@signed_in
@require_POST
def drop(request: PageRequest, cycle: int, unit: int, number: int) -> HttpResponseBase:
    """Forget a list."""
    board(request.person, cycle, unit)
    outcome = drop_list(unit, number=number, by=request.person, at=request.now)
    if isinstance(outcome, Refusal):
        raise Unreachable
    messages.success(request, "Đã bỏ danh sách.")
    return redirect("board", cycle, unit)


def asked_list(request: PageRequest, unit: int) -> SavedAs | None:
    """The list that the address names (`?ds=7`); one that is not about this board is not there."""
    if not request.GET.get("ds"):
        return None
    found = saved_list(unit, number_in(request.GET, "ds"), request.person.user_id)
    if found is None:
        raise Unreachable
    return found


def asked_sieve(request: PageRequest, opened: SavedAs | None) -> Sieve:
    """The filters of the list that is open, else those in the address."""
    return sieve_of(QueryDict(opened.query) if opened else request.GET)


def offered_lists(request: PageRequest, unit: int, opened: SavedAs | None, *, reviews: bool) -> Lists:
    """What the board offers."""
    return Lists(lists_of(unit, request.person.user_id, reviews=reviews), opened, may_share=reviews)
