"""What waits for somebody in all registers, and a register by the steps its entries stand at."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.org.access import Unreachable
from kheo.registers.access import book_to_read, counted_states, keeps_books, queue, sight
from kheo.registers.queries.board import Step, first_of_steps
from kheo.registers.queries.definitions import books
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.grounds import grounds_context
from kheo.web.registers.list_drawing import cards_drawn
from kheo.web.registers.list_page import acts_somewhere, asked_of, is_filtered, without
from kheo.web.registers.queue_page import of_books, parts_of
from kheo.web.registers.shown import card_columns, count_words, rows_of, state_tag

ON_A_COLUMN = 10


@signed_in
@require_safe
def waiting(request: PageRequest, register: int | None = None) -> HttpResponseBase:
    """Every entry that this person has to lead on, of all registers or of one, by what is due."""
    found = [each for each in books() if register is None or each.register.pk == register]
    if not keeps_books(request.person) or not found:
        raise Unreachable
    looking = sight(request.person)  # behind the wall only one's own unit has any work
    work = queue(request.person, found)
    one = found[0] if register is not None else None
    trail = [("Sổ", reverse("registers")), *([(one.definition.short, reverse("entries", args=[one.register.code]))] if one else [])]
    trail.append(("Việc chờ anh/chị", ""))
    parts, in_books = parts_of(work, found, looking, request.person.on), of_books(work, found)
    page = {"parts": parts, "books": in_books, "one": one, "trail": [{"label": words, "url": url} for words, url in trail]}
    return render(request, "registers/queue.html", page)


@signed_in
@require_safe
def by_state(request: PageRequest, code: str) -> HttpResponseBase:
    """A column for each state in which something stands: how many, the first of them, and the way to all."""
    book = book_to_read(request.person, code)
    if "board" not in book.definition.faces:
        raise Unreachable
    asked = asked_of(book, request.GET, request.person)
    counts, columns = asked.found.numbers_by_state(), []
    address = reverse("entries", args=[code])
    steps = [Step(each, counts.get(each, 0), falls_due_first(book.definition, each)) for each in counted_states(book.definition)]
    first = first_of_steps(asked.found, steps, ON_A_COLUMN)
    rows = {
        row.id: row
        for row in rows_of(book, [each for part in first.values() for each in part], card_columns(book), asked.looking, request.person.on)
    }
    may_act = acts_somewhere(book.definition, request.person)
    for step in steps:
        part = first[step.state]
        columns.append({
            "tag": state_tag(book, step.state),
            "code": step.state,
            "count": count_words(step.expected),
            "cards": cards_drawn([rows[each.pk] for each in part], picks=may_act),
            "more": step.expected != len(part),
            "url": f"{address}?{without(request.GET, trang_thai=step.state)}",
        })  # fmt: skip
    trail = [("Sổ", reverse("registers")), (book.definition.short, address), ("Theo bước", "")]
    return render(request, "registers/board.html", {
        "book": book,
        "columns": [each for each in columns if each["cards"]],
        "may_act": may_act,
        "query": without(request.GET, "trang"),
        **grounds_context(asked),
        "is_filtered": is_filtered(asked),
        "empty": [each["tag"] for each in columns if not each["cards"]],
        "trail": [{"label": words, "url": url} for words, url in trail],
    })  # fmt: skip


def falls_due_first(definition: RegisterDefinition, state: str) -> bool:
    """What falls due first, where something may: among what is done only where it is looked at again. Else the newest.

    Of a hundred thousand done entries without a limit none would be found first, after all of the register had been looked through.
    """
    meaning = definition.by_state[state].meaning
    is_looked_at_again = meaning is StateClass.DONE_GOOD and any(clock.repeats for clock in definition.clocks)
    return meaning in OPEN_CLASSES or is_looked_at_again
