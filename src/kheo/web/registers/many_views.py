"""One act on many entries of a list: choose the act, see what would become of which, confirm, read what became of each."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kheo.registers.access import book_to_read
from kheo.registers.actions import FOR_MANY, acts_of_many
from kheo.registers.actions.acting import asked_problems
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers import many
from kheo.web.registers.picking import picked


@signed_in
@require_POST
def act_on_many(request: PageRequest, code: str) -> HttpResponseBase:
    """`viec` names the act, `dong-y` confirms it; each entry is done by itself. An act that none of them allows is asked for again."""
    book = book_to_read(request.person, code)
    what = many.chosen(request, book, picked(book, request.POST, request.person))
    act = book.definition.by_act.get(request.POST.get("viec", ""))
    is_confirmed = "dong-y" in request.POST
    possible = {each.code for each, _ in acts_of_many(what.reached)}
    # A second press comes when the act is done already: each row then says so.
    if act is None or act.effect not in FOR_MANY or (act.code not in possible and not is_confirmed):
        return render(request, "registers/many_acts.html", many.choose(what))
    asked = many.meant(book, act, request.POST)
    problems = (*asked.problems, *asked_problems(act, asked.move, request.person.on)) if is_confirmed else ()
    if is_confirmed and not problems:
        return render(request, "registers/many_done.html", many.carry_out(request, what, asked))
    context = many.question(request, what, asked, problems)
    return render(request, "registers/many_confirm.html", context, status=409 if problems else 200)
