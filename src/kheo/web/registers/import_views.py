"""A register's own table coming back: sent, looked at row by row, confirmed, written."""

import io

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.core.registers.line_heads import line_heads
from kheo.core.registers.table_heads import LINES, heads_of
from kheo.documents.register_workbook import BesideSheet, write_register, write_wrong_rows
from kheo.registers.access import writing_units
from kheo.registers.access.importing import book_to_write, import_to_see
from kheo.registers.actions.exporting import about_file
from kheo.registers.actions.importing import confirm_import, open_register_table, take_in_table, write_next
from kheo.registers.actions.importing.taking_in import LARGEST_FILE
from kheo.registers.actions.outcomes import Refused
from kheo.registers.queries.importing import unwritten
from kheo.web.files import file_response
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers import import_page

PAGE = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(PAGE)
def send_entries(request: PageRequest, code: str) -> HttpResponseBase:
    """Where a table is chosen; a POST reads it and shows what it would do, or everything why it cannot be read."""
    book = book_to_write(request.person, code)
    units = writing_units(request.person, book.definition)
    problems: list[str] = []
    if request.method == "POST":
        sent, chosen = request.FILES.get("tep"), number_in(request.POST, "don_vi")
        unit = units[0] if len(units) == 1 else chosen if chosen in units else None
        if sent is None:
            problems = ["Chưa chọn tệp nào."]
        else:
            data, name = sent.read(LARGEST_FILE + 1), sent.name or ""
            stored = take_in_table(code, open_register_table(data, name), data, name, unit=unit, by=request.person, at=request.now)
            if not isinstance(stored, Refused):
                return redirect("import_entries", stored.pk)
            problems = stored.message.split("\n")[1:]
    shown = import_page.upload(book, units, request, problems)
    return render(request, "registers/import_upload.html", shown, status=409 if problems else 200)


@signed_in
@require_http_methods(PAGE)
def import_entries(request: PageRequest, number: int) -> HttpResponseBase:
    """What each row would do, a page at a time; a POST has the right ones written. Afterwards: what became of each."""
    table = import_to_see(request.person, number)
    problem = ""
    if request.method == "POST":
        only_good, doubtful = request.POST.get("chi_dong_dung") == "1", request.POST.get("ca_dong_trung") == "1"
        done = confirm_import(number, only_good=only_good, takes_doubtful=doubtful, by=request.person, at=request.now)
        if not isinstance(done, Refused):
            write_next(number, by=request.person, at=request.now)
            return redirect("import_entries", number)
        problem = done.message
    return render(request, "registers/import.html", import_page.context(request, table, problem), status=409 if problem else 200)


@signed_in
@require_POST
def write_on(request: PageRequest, number: int) -> HttpResponseBase:
    """The next rows, for whoever looks on: a worker does the same."""
    import_to_see(request.person, number)
    write_next(number, by=request.person, at=request.now)
    return redirect("import_entries", number)


@signed_in
@require_safe
def wrong_rows(request: PageRequest, number: int) -> HttpResponseBase:
    """The rows that were not written, in the columns of a register's file, wrong cells marked: to be mended and sent again."""
    table = import_to_see(request.person, number)
    book = book_to_write(request.person, table.register.code)
    heads = heads_of(book.definition, book.options)
    file = io.BytesIO()
    rows, about = unwritten(table), about_file(book, request.person.name, request.now)
    lines = line_heads(book.definition, book.options), import_page.wrong_rows([each for each in rows if each.of_lines])
    write_wrong_rows(about, heads, import_page.wrong_rows([each for each in rows if not each.of_lines]), file, lines)
    return file_response(file.getvalue(), "so.xlsx", f"{book.definition.short} cần sửa.xlsx".replace("/", "-"))


@signed_in
@require_safe
def empty_table(request: PageRequest, code: str) -> HttpResponseBase:
    """A register's file with its columns, its words and what they mean, and no entry."""
    book = book_to_write(request.person, code)
    file = io.BytesIO()
    lines = [each for each in line_heads(book.definition, book.options) if not each.is_quiet] if book.definition.lines else []
    notes = ("Mỗi dòng ở trang “Hồ sơ” là một hồ sơ mới. Bỏ trống mã hồ sơ; Khéo đặt mã khi ghi.", *((import_page.TIED,) if lines else ()))
    about = about_file(book, request.person.name, request.now, *notes)
    heads = import_page.to_fill_in(heads_of(book.definition, book.options, codes=False), has_lines=bool(lines))
    beside = [BesideSheet(LINES, [each.label for each in lines], [], lines)] if lines else []
    write_register(about, heads, [], file, beside)
    return file_response(file.getvalue(), "so.xlsx", f"{book.definition.short} mẫu.xlsx".replace("/", "-"))
