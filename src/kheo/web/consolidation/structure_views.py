"""A cycle read in the structure of another day or line: choosing it, its tables, its papers."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.days import format_day, local_day, typed_day
from kheo.core.restructuring import Structure
from kheo.core.unit_kinds import Line
from kheo.org.access import Unreachable
from kheo.reports.access import Scope, readable_units, scope
from kheo.reports.access.structures import StructureScope, highest_reached, read_by, structure_lines, structure_scope
from kheo.reports.queries.papers import MAKERS, structure_papers
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.restructured_table import structure_table
from kheo.reports.queries.table import PAGE
from kheo.reports.queries.trends import Asked, first_comparable, trend
from kheo.web.consolidation.places import tabs
from kheo.web.consolidation.structures import (
    line_choices,
    notable_days,
    outside_table,
    rows_table,
    structure_address,
    structure_cards,
    structure_trail,
)
from kheo.web.consolidation.trend_page import happened, incomparable, outside_words, picture, trend_table
from kheo.web.files import file_name, file_response
from kheo.web.reach import PageRequest, signed_in
from kheo.web.trails import from_home

NO_DAY = "Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/07/2025."


@signed_in
@require_safe
def choose_structure(request: PageRequest, cycle: int, unit: int) -> HttpResponse:
    """`?ngay=` and `?tuyen=` lead on to where the unit stands in that structure; without them, or where that fails, a form says why."""
    reached = scope(request.person, cycle, unit)
    request.cycle = reached.cycle
    typed = request.GET.get("ngay", "")
    lines = structure_lines(request.person, reached.cycle)
    line = next((each for each in lines if each.value == request.GET.get("tuyen", "")), lines[0])
    try:
        day = typed_day(typed) if typed else None
    except ValueError:
        day = None
        fault: HttpResponse | str = NO_DAY
    else:
        fault = _lead(request, reached, Structure(line, day)) if day else ""
    if isinstance(fault, HttpResponse):
        return fault
    return render(request, "consolidation/choose.html", {
        "unit": reached.unit, "cycle": reached.cycle, "fault": fault, "typed": typed or format_day(local_day(request.now)),
        "lines": line_choices(lines, line), "opened": format_day(reached.cycle.opened_on),
        "problems": [{"message": fault, "anchor": "ngay"}] if fault else [],
        "days": notable_days(reached, local_day(request.now)),
        "trail": from_home((reached.unit.name, reverse("consolidated", args=[cycle, unit])), ("Theo cây tổ chức khác", "")),
    })  # fmt: skip


def _lead(request: PageRequest, reached: Scope, structure: Structure) -> "HttpResponse | str":
    """To the page, or why there is none."""
    reading = Restructured(reached.cycle, structure)
    if not len(reading.shape.target):
        return f"Ngày {format_day(structure.day)} chưa ghi nhận cây nào của tuyến này."
    place = reading.place_of(reached.unit.unit_id)
    try:
        if place is None:
            raise Unreachable
        structure_scope(request.person, reached.cycle.pk, structure, place)
    except Unreachable:
        name = reading.units([place])[place].name if place else ""
        where = f"đơn vị này thuộc {name}, nơi gồm cả báo cáo của đơn vị khác" if name else "đơn vị này không có chỗ trong cây"
        return f"Ngày {format_day(structure.day)}, {where} mà anh/chị không xem được. Bảng theo kỳ báo cáo vẫn xem như thường."
    return redirect(structure_address(reached.cycle.pk, structure, place))


def _structure(line: str, day: str) -> Structure:
    try:
        found = Structure(Line(line), date.fromisoformat(day))
    except ValueError:
        raise Unreachable from None
    if found.day.isoformat() != day:
        raise Unreachable
    return found


@signed_in
@require_safe
def show_structure(request: PageRequest, cycle: int, line: str, day: str, unit: int) -> HttpResponse:
    """One content of a unit's totals in a structure: `?noi-dung=` names it, `?trang=` is the page."""
    reached = structure_scope(request.person, cycle, _structure(line, day), unit)
    reading = reached.reading
    request.cycle = reading.cycle
    table = structure_table(
        reading, reached.unit, request.GET.get("noi-dung", ""), view=reached.view, page=request.GET.get("trang"), at=request.now
    )
    reports = [row.part.unit.unit_id for row in table.rows if row.part and row.part.landing is not None]
    readable = readable_units(request.person, reading.cycle, reports)
    return render(request, "consolidation/structure.html", {
        "unit": reached.unit, "cycle": reading.cycle, "table": table, "html": rows_table(table, readable), "tabs": tabs(table),
        "cards": structure_cards(table), "query": f"noi-dung={table.content.id}&", "words": reading.structure.words,
        "outside": len(reached.outside),
        "is_own": reached.unit.unit_id in reading.shape.origin.position,
        "trail": structure_trail(reading, reached.unit, highest_reached(request.person, reading, reached.unit)),
    })  # fmt: skip


@signed_in
@require_safe
def show_outside(request: PageRequest, cycle: int, line: str, day: str, unit: int) -> HttpResponse:
    """The reports of the cycle that the reader reads and that stand above all roots of a structure, by name with why: `?trang=`."""
    reached = structure_scope(request.person, cycle, _structure(line, day), unit)
    reading = reached.reading
    request.cycle = reading.cycle
    page = Paginator(reached.outside, PAGE).get_page(request.GET.get("trang"))
    parts = reading.reports(list(page))
    readable = readable_units(request.person, reading.cycle, [part.unit.unit_id for part in parts])
    return render(request, "consolidation/outside.html", {
        "cycle": reading.cycle, "words": reading.structure.words, "page": page, "count": len(reached.outside),
        "html": outside_table(reading, parts, readable),
        "trail": under_table(request, reached, "Ngoài cây"),
    })  # fmt: skip


@signed_in
@require_safe
def download_structure(request: PageRequest, cycle: int, line: str, day: str, unit: int, name: str) -> HttpResponse:
    """One of the papers in a structure."""
    reached = structure_scope(request.person, cycle, _structure(line, day), unit)
    if name not in MAKERS:
        raise Unreachable
    made = structure_papers(reached.reading, reached.unit, at=request.now, by=read_by(request.person, reached))
    return file_response(made.file(name), name, file_name(name, reached.reading.cycle, reached.unit))


def under_table(request: PageRequest, reached: StructureScope, label: str) -> list[dict[str, str]]:
    """The way to a page that stands under a table."""
    reading, unit = reached.reading, reached.unit
    above = structure_trail(reading, unit, highest_reached(request.person, reading, unit))[:-1]
    table = {"label": unit.name, "url": structure_address(reading.cycle.pk, reading.structure, unit.unit_id)}
    return [*above, table, {"label": label, "url": ""}]


PERIODS = 6


@signed_in
@require_safe
def show_trend(request: PageRequest, cycle: int, line: str, day: str, unit: int) -> HttpResponse:
    """One indicator (`?chi-tieu=`) over the periods up to this cycle, as far as the reader may read them, all in one structure."""
    structure = _structure(line, day)
    reached = structure_scope(request.person, cycle, structure, unit)
    reading = reached.reading
    request.cycle = reading.cycle
    definition = definition_of(reading.cycle.edition_id)
    asked = [*_earlier(request, reading, unit), Asked(reading, reached.view, reached.outside)]
    named = (each for each in definition.indicators if each.code == request.GET.get("chi-tieu", ""))
    indicator = next(named, None) or first_comparable(asked)
    found = trend(asked, reached.unit, indicator.code, at=request.now)
    tables = {each.reading.cycle.pk: structure_address(each.reading.cycle.pk, structure, unit) for each in asked}
    return render(request, "consolidation/trend.html", {
        "unit": reached.unit, "cycle": reading.cycle, "words": structure.words, "heading": indicator.name, "code": indicator.code,
        "unit_of": indicator.unit, "indicators": definition.indicators, "table": trend_table(found, tables),
        "outside": outside_words(found, tables),
        "happened": happened(found),
        "incomparable": incomparable(found), "picture": picture(found, f"{indicator.name} của {reached.unit.name}"),
        "trail": under_table(request, reached, "Qua các kỳ"),
    })  # fmt: skip


def _earlier(request: PageRequest, reading: Restructured, unit: int) -> list[Asked]:
    """The periods of the same kind before this one that the reader may read in the structure, the oldest first."""
    found: list[Asked] = []
    before = previous_cycle(reading.cycle)
    while before is not None and len(found) < PERIODS - 1:
        try:
            reached = structure_scope(request.person, before.pk, reading.structure, unit)
        except Unreachable:
            break
        found.insert(0, Asked(reached.reading, reached.view, reached.outside))
        before = previous_cycle(before)
    return found
