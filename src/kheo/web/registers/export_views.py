"""A list of a register as a file: the very entries that the page shows, in its order, with the columns that were chosen."""

from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any, TypeVar

from django.http import FileResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from kheo.core.days import format_instant
from kheo.core.numbers import format_int
from kheo.core.registers.copies import Copy, consented, copied_states, is_blind
from kheo.documents.register_csv import csv_lines
from kheo.documents.register_workbook import write_register
from kheo.org.access import Person, Unreachable
from kheo.registers.access import book_to_read, copies_to_take, writing_units
from kheo.registers.access.exporting import export_to_see, sight_digest
from kheo.registers.actions.exporting import Exported, about_file
from kheo.registers.actions.exporting_beside import csv_of_lines, csv_zip, sheets_beside
from kheo.registers.actions.ordering_exports import AT_ONCE, KEPT, order_export, take_export
from kheo.registers.models import EntryExport
from kheo.registers.queries.copying import in_copy
from kheo.registers.queries.definitions import Book
from kheo.web.files import TYPES, named_attachment
from kheo.web.proofs import size_words
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.export_file import CHOSEN, chosen_in, decided
from kheo.web.registers.list_page import Asked, asked_of, without

Answer = TypeVar("Answer", bound=HttpResponseBase)
LINES_NAME = "dong.csv"  # the lines of the entries alone
CSV_NAME = "so.zip"  # the same as the workbook, as CSVs
NAMES = ("so.xlsx", CSV_NAME, "so.csv", LINES_NAME)
COPIES = {"cong-khai.xlsx": Copy.PUBLIC, "de-cham.xlsx": Copy.JUDGES}
COPY_WORDS = {Copy.WHOLE: "", Copy.PUBLIC: " công khai", Copy.JUDGES: " để chấm"}


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
        "total": format_int(in_copy(asked.found, copy).count()),
        "states": [state.name for state in definition.states if state.code in states],
        "consents": [definition.by_key[each.field].label for each in consented(definition, copy)],
        "acts": [act.name for act in definition.judging],
    }


def _sees_personal(asked: Asked) -> bool:
    return asked.looking.near is None or bool(asked.looking.near or asked.looking.given_near)


@signed_in
@require_GET
def export(request: PageRequest, code: str, name: str) -> HttpResponseBase:
    """`so.xlsx` or `so.zip` (all of it as CSVs) of the list that the address asks for, for programs `so.csv` (its entries alone) or
    `dong.csv` (their lines), or a copy (`COPIES`) for who may take that one.

    What leaves is in the journal before its first byte has left.
    """
    book = book_to_read(request.person, code)
    copy = COPIES.get(name, Copy.WHOLE)
    if name == LINES_NAME and not book.definition.lines:
        raise Unreachable
    if name not in NAMES and copy not in copies_to_take(request.person, book.definition):
        raise Unreachable
    asked = asked_of(book, request.GET, request.person)
    if name == "so.xlsx" and (total := asked.found.count()) > AT_ONCE:
        return _long(request, book, total)
    kind = name.rpartition(".")[2]
    found = decided(asked, chosen_in(request.GET, book), kind, request.person, request.now, copy)
    file = _file_name(book, request, kind, " dòng" if name == LINES_NAME else COPY_WORDS[copy])
    answer = workbook_response(found, request) if kind == "xlsx" else _pieces(found, request, name)
    return _to_save(answer, file)


def _to_save(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = named_attachment(name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _file_name(book: Book, request: PageRequest, kind: str, which: str = "") -> str:
    return f"{book.definition.short}{which} {request.person.on:%Y-%m-%d}.{kind}".replace("/", "-")


def _long(request: PageRequest, book: Book, total: int) -> HttpResponseBase:
    """Where a workbook is ordered that takes long to write: nothing is changed by looking at an address."""
    page = _page(book, "Lập tệp Excel") | {"total": format_int(total), "query": request.GET.urlencode()}
    return render(request, "registers/export.html", page)


def _page(book: Book, last: str) -> dict[str, Any]:
    code = book.register.code
    trail = [
        {"label": "Sổ", "url": reverse("registers")},
        {"label": book.definition.short, "url": reverse("entries", args=[code])},
        {"label": last, "url": ""},
    ]
    return {"book": book, "trail": trail}


@signed_in
@require_POST
def order(request: PageRequest, code: str) -> HttpResponseBase:
    """A worker writes the workbook; the page that follows tells when it is there."""
    book = book_to_read(request.person, code)
    query = QueryDict(request.POST.get("danh_sach", ""))
    asked = asked_of(book, query, request.person)
    name = _file_name(book, request, "xlsx")
    made = order_export(book, query.urlencode(), entries=asked.found.count(), name=name, by=request.person, at=request.now)
    return redirect("ordered_export", made.pk)


@signed_in
@require_safe
def ordered(request: PageRequest, number: int) -> HttpResponseBase:
    """Whether a workbook that was ordered is written; looks again by itself until it is."""
    found = export_to_see(request.person, number)
    book = book_to_read(request.person, found.register.code)
    page = _page(book, "Tệp Excel") | {
        "export": found,
        "total": format_int(found.entries),
        "size": size_words(found.size),
        "until": format_instant(found.ordered_at + KEPT),
    }
    answer = render(request, "registers/export.html", page)
    if found.finished_at is None:
        answer["Refresh"] = "5"
    return answer


@signed_in
@require_GET
def take(request: PageRequest, number: int) -> HttpResponseBase:
    """The workbook, for who still reads all that it holds; else it is to be ordered anew."""
    found = export_to_see(request.person, number)
    book = book_to_read(request.person, found.register.code)
    asked = asked_of(book, QueryDict(found.query), request.person)
    if found.finished_at is None or found.problem or found.seen != sight_digest(asked.looking):
        return redirect("ordered_export", number) if found.finished_at is None else _changed(request, book, found)
    content = take_export(found, by=request.person, unit=asked.unit or min(request.person.reading_units), at=request.now)
    answer = StreamingHttpResponse(content, content_type=TYPES[".xlsx"])
    answer["Content-Length"] = str(found.size)
    return _to_save(answer, found.name)


def _changed(request: PageRequest, book: Book, found: EntryExport) -> HttpResponseBase:
    told = found.problem or "Phần anh/chị được xem đã đổi từ khi tệp được lập. Hãy lập lại tệp từ danh sách."
    return render(request, "registers/export.html", _page(book, "Tệp Excel") | {"export": found, "problem": told}, status=409)


def _pieces(found: Exported, request: PageRequest, name: str) -> StreamingHttpResponse:
    """In pieces, as they are read."""
    if name == CSV_NAME:
        pieces = csv_zip(found, request.person.name, request.now)
    else:
        pieces = csv_of_lines(found) if name == LINES_NAME else csv_lines(found.heads, found.rows())
    return StreamingHttpResponse(pieces, content_type=TYPES[PurePath(name).suffix])


def workbook_response(found: Exported, request: PageRequest) -> FileResponse:
    """From a file of the system without a name, which is gone when the answer is: a workbook can be sent only once it is whole."""
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it
    try:
        write_register(about_file(found.book, request.person.name, request.now), found.heads, found.rows(), file, sheets_beside(found))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return FileResponse(file, content_type=TYPES[".xlsx"])
