"""Units from people's own table: sent, looked at, chosen where it is doubtful, created when confirmed."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kheo.core.numbers import format_int
from kheo.core.problems import Problem
from kheo.reports.access.reorganising import unit_of_reorganiser
from kheo.reports.actions.importing import confirm_import, keep_choices, take_in_table, understood_import
from kheo.reports.models import UnitImport
from kheo.web.csv_files import csv_bytes
from kheo.web.files import file_response
from kheo.web.reach import PageRequest, signed_in
from kheo.web.tree import import_page
from kheo.web.tree.change_views import PAGE

MOST_BYTES = 10 * 1024 * 1024


@signed_in
@require_http_methods(PAGE)
def send_table(request: PageRequest) -> HttpResponseBase:
    """Where a table is chosen, with the line, the day and the decision; a POST puts it away and shows how it is understood."""
    unit_of_reorganiser(request.person)
    asked = import_page.asked(request.POST, request.person.on)
    refusals: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("tep")
        if asked.problems:
            refusals = asked.problems
        elif sent is None:
            refusals = (Problem("Chưa chọn tệp nào."),)
        elif (sent.size or 0) > MOST_BYTES:
            refusals = (Problem("Tệp lớn hơn 10 MB. Hãy bỏ ảnh và các trang không cần, hoặc chia thành nhiều tệp."),)
        else:
            who, told = request.person, sent.name or ""
            under = asked.typed["duoi"]
            stored = take_in_table(
                sent.read(), told, line=asked.line, on=asked.on, decision=asked.decision, under=under, by=who, at=request.now
            )
            if isinstance(stored, UnitImport):
                return redirect("import_units", stored.pk)
            refusals = stored
    return render(request, "tree/import_upload.html", import_page.upload(asked, request.person, refusals), status=409 if refusals else 200)


@signed_in
@require_http_methods(PAGE)
def import_units(request: PageRequest, number: int) -> HttpResponseBase:
    """How a table is understood, a page of rows at a time; a POST keeps what was chosen there, or creates what is new."""
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        keep_choices(number, import_page.chosen(request.POST), by=request.person)
        act = request.POST.get("viec", "")
        if act != "ghi":
            return redirect(import_page.address(number, request.POST, act))
        done = confirm_import(number, mark=request.POST.get("mark", ""), by=request.person, at=request.now)
        if not done.problems:
            messages.success(request, f"Đã tạo {format_int(done.created)} đơn vị." if done.batch else "Không có đơn vị nào mới để tạo.")
            return redirect(reverse("import_units", args=[number]))
        problems = tuple(each.message for each in done.problems)
    stored, found = understood_import(number, by=request.person)
    if stored.result is None:
        shown = import_page.context(request.GET, stored, found, request.person) | {"refusals": problems}
    else:
        shown = import_page.done(request.GET, stored, request.person)
    return render(request, "tree/import.html", shown, status=409 if problems else 200)


@signed_in
@require_safe
def import_result(request: PageRequest, number: int) -> HttpResponse:
    """Every row with what became, or would become, of it, as a table to take away."""
    stored, found = understood_import(number, by=request.person)
    answer = HttpResponse(csv_bytes(*import_page.table(stored, found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ket-qua-nhap-don-vi-{number}.csv"'
    return answer


@signed_in
@require_safe
def table_sample(request: PageRequest) -> HttpResponse:
    """A table to try it with, of units that are there."""
    top = unit_of_reorganiser(request.person)
    return file_response(import_page.sample(top, request.person.on, request.now), "mau.xlsx", "Bảng ví dụ danh sách đơn vị.xlsx")
