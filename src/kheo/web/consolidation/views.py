"""The consolidated table, the units behind one number, and the papers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.days import local_day
from kheo.documents.profiles import profile_for
from kheo.org.access import Unreachable
from kheo.reports.access import scope
from kheo.reports.actions import count_opening
from kheo.reports.queries.drilling import open_number, subject_of
from kheo.reports.queries.papers import MAKERS, papers
from kheo.reports.queries.table import consolidated_table
from kheo.reports.queries.walls import viewpoint
from kheo.web.consolidation.cards import cards
from kheo.web.consolidation.changed import changed_since_sent
from kheo.web.consolidation.figures_table import figures_table
from kheo.web.consolidation.opened import choices, heading, note, told
from kheo.web.consolidation.opened import terms as terms_of_ratio
from kheo.web.consolidation.places import tabs, units_above
from kheo.web.consolidation.units_table import lines_table, members_table, report_cell
from kheo.web.files import file_name, file_response
from kheo.web.reach import PageRequest, signed_in
from kheo.web.trails import trail


@signed_in
@require_safe
def show_table(request: PageRequest, cycle: int, unit: int) -> HttpResponse:
    """One content of a unit's totals: `?noi-dung=` names it, `?trang=` is the page of children."""
    reached = scope(request.person, cycle, unit)
    request.cycle = reached.cycle
    view = viewpoint(request.person.reading_units, reached.unit)
    table = consolidated_table(
        reached.cycle, reached.unit, request.GET.get("noi-dung", ""), view=view, page=request.GET.get("trang"), at=request.now
    )
    return render(request, "consolidation/table.html", {
        "unit": reached.unit, "cycle": reached.cycle, "table": table, "html": figures_table(table), "tabs": tabs(table),
        "changed_below": changed_since_sent(request, reached),
        "profile": profile_for(reached.unit.kind, local_day(request.now)),
        "cards": cards(reached.cycle, reached.unit, table), "query": f"noi-dung={table.content.id}&",
        "trail": trail(units_above(reached.cycle, view), lambda each: reverse("consolidated", args=[cycle, each.unit_id])),
    })  # fmt: skip


@signed_in
@require_safe
def show_units(request: PageRequest, cycle: int, unit: int, key: str) -> HttpResponse:
    """What stands behind one number: `?xem=` names a class of answer, `?trang=` is the page."""
    reached = scope(request.person, cycle, unit)
    subject = subject_of(reached.cycle, key)
    if subject is None:
        raise Unreachable
    request.cycle = reached.cycle
    count_opening(reached.cycle, subject.indicator.code)
    view = viewpoint(request.person.reading_units, reached.unit)
    opened = open_number(
        reached.cycle, reached.unit, subject, view=view, shown=request.GET.get("xem", ""), page=request.GET.get("trang"), at=request.now
    )
    html = members_table(opened, local_day(request.now)) if opened.shown else lines_table(opened)
    return render(request, "consolidation/opened.html", {
        "unit": reached.unit, "cycle": reached.cycle, "opened": opened, "heading": heading(opened), "total": told(opened.total),
        "before": told(opened.before), "note": note(opened), "choices": choices(opened), "terms": terms_of_ratio(opened),
        "report_url": report_cell(opened.own_obligation, opened) if opened.own_obligation and not reached.unit.is_inner else "",
        "html": html, "query": f"xem={opened.shown}&" if opened.shown else "",
        "trail": trail(units_above(reached.cycle, view), lambda each: reverse("cell_units", args=[cycle, each.unit_id, key]), key),
    })  # fmt: skip


@signed_in
@require_safe
def download(request: PageRequest, cycle: int, unit: int, name: str) -> HttpResponse:
    """One of the papers: Word, Excel or JSON. `?nguon=khong` leaves out the annex that says whose text went where."""
    reached = scope(request.person, cycle, unit)
    if name not in MAKERS:
        raise Unreachable
    view = viewpoint(request.person.reading_units, reached.unit)
    with_sources = request.GET.get("nguon") != "khong"
    made = papers(reached.cycle, reached.unit, at=request.now, view=view, with_sources=with_sources)
    return file_response(made.file(name), name, file_name(name, reached.cycle, reached.unit))
