"""A list of a register as a file: the very entries that the page shows, in its order, with the columns that were chosen."""

from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from kheo.core.numbers import format_int
from kheo.core.registers.columns import Asked as Word
from kheo.core.registers.copies import Copy, copied_states, is_blind, judging_acts
from kheo.documents.register_csv import csv_lines
from kheo.documents.register_workbook import write_register
from kheo.org.access import Person, Unreachable
from kheo.registers.access import book_to_read, copies_to_take, writing_units
from kheo.registers.actions.exporting import Exported, about_file, export_entries
from kheo.registers.queries.definitions import Book
from kheo.web.files import TYPES, named_attachment
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.list_page import Asked, asked_of, without

NAMES = ("so.xlsx", "so.csv")
COPIES = {"cong-khai.xlsx": Copy.PUBLIC, "de-cham.xlsx": Copy.JUDGES}
COPY_WORDS = {Copy.WHOLE: "", Copy.PUBLIC: " công khai", Copy.JUDGES: " để chấm"}
# Among the filters of a list: no field has a key that begins so.
CHOSEN = "_cot"


@signed_in
@require_safe
def choose_columns(request: PageRequest, code: str) -> HttpResponseBase:
    """Which columns of the list that the address asks for are to leave, and in which kind of file; and what else files are for."""
    book = book_to_read(request.person, code)
    asked = asked_of(book, request.GET, request.person)
    chosen = chosen_in(request.GET, book)
    fields = [each for each in book.definition.asked if each.export and (_sees_personal(asked) or not each.personal)]
    return render(request, "registers/take.html", {
        "book": book,
        "total": format_int(asked.found.count()),
        "fields": [(each.key, each.label, each.personal, not chosen or each.key in chosen) for each in fields],
        "kept": [(key, value) for key, values in request.GET.lists() if key != CHOSEN for value in values],
        "chosen": CHOSEN,
        "copies": _copies(asked, request.person),
        "may_write": bool(writing_units(request.person, book.definition)),
        "back": f"{reverse('entries', args=[code])}?{without(request.GET, CHOSEN)}",
        "trail": [
            {"label": "Sổ", "url": reverse("registers")},
            {"label": book.definition.short, "url": reverse("entries", args=[code])},
            {"label": "Tải về", "url": ""},
        ],
    })  # fmt: skip


def _copies(asked: Asked, person: Person) -> list[dict[str, object]]:
    """Those that this person may take out."""
    taken = copies_to_take(person, asked.book.definition)
    return [_copy_row(asked, name, copy) for name, copy in COPIES.items() if copy in taken]


def _copy_row(asked: Asked, name: str, copy: Copy) -> dict[str, object]:
    """A copy that may be taken: how much is in it, and by which acts who judges is told."""
    definition = asked.book.definition
    states = copied_states(definition, copy)
    return {
        "name": name,
        "is_blind": is_blind(copy),
        "total": format_int(asked.found.in_states(states).count()),
        "states": [state.name for state in definition.states if state.code in states],
        "acts": [act.name for act in judging_acts(definition)],
    }


def chosen_in(query: QueryDict, book: Book) -> list[str]:
    """The fields that leave: those that were ticked, else the columns that the list was given, with the title; none named is all."""
    if CHOSEN in query:
        return query.getlist(CHOSEN)
    listed, title = query.getlist(Word.COLUMNS), book.definition.field_of("title")
    return [*listed, *([title.key] if title else [])] if listed else []


def _sees_personal(asked: Asked) -> bool:
    return asked.looking.near is None or bool(asked.looking.near or asked.looking.given_near)


@signed_in
@require_GET
def export(request: PageRequest, code: str, name: str) -> HttpResponseBase:
    """`so.xlsx` or `so.csv` of the list that the address asks for, or a copy of it (`COPIES`) for who may take that one.

    What leaves is in the journal before its first byte has left.
    """
    book = book_to_read(request.person, code)
    copy = COPIES.get(name, Copy.WHOLE)
    if name not in NAMES and copy not in copies_to_take(request.person, book.definition):
        raise Unreachable
    asked = asked_of(book, request.GET, request.person)
    unit = asked.unit or min(request.person.reading_units)
    found = export_entries(
        book,
        asked.wanted,
        asked.looking,
        chosen=chosen_in(request.GET, book),
        kind=name.rpartition(".")[2],
        by=request.person.actor(unit),
        unit=unit,
        on=asked.today,
        at=request.now,
        copy=copy,
    )
    file = f"{book.definition.short}{COPY_WORDS[copy]} {request.person.on:%Y-%m-%d}.{name.rpartition('.')[2]}".replace("/", "-")
    answer = csv_response(found) if name == "so.csv" else workbook_response(found, request)
    answer["Content-Disposition"] = named_attachment(file)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def csv_response(found: Exported) -> StreamingHttpResponse:
    """In pieces, as they are read."""
    return StreamingHttpResponse(csv_lines(found.heads, found.rows()), content_type=TYPES[".csv"])


def workbook_response(found: Exported, request: PageRequest) -> FileResponse:
    """From a file of the system without a name, which is gone when the answer is: a workbook can be sent only once it is whole."""
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it
    try:
        write_register(about_file(found.book, request.person.name, request.now), found.heads, found.rows(), file)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return FileResponse(file, content_type=TYPES[".xlsx"])
