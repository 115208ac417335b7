"""The tree of any line on any day, and one unit in it."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kheo.org.access import Unreachable
from kheo.org.access.gaps import answers_for_all, teams_of
from kheo.reports.access.reorganising import may_reorganise
from kheo.reports.access.units import lines_to_read, sees_gaps, unit_to_look_at
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.tree import events_page, flow_page, gaps_page, tree_page, unit_page
from kheo.web.tree.asked import asked
from kheo.web.tree.flow_files import flow_file

DEEPEST = 99


@signed_in
@require_safe
def show_tree(request: PageRequest) -> HttpResponseBase:
    """`?ngay=` the day, `?tuyen=` the line, `?mo=` the unit whose units below are shown, `?tim=` a search instead."""
    lines = lines_to_read(request.person)
    chosen = asked(request.GET, lines, request.person.on)
    return render(request, "tree/tree.html", tree_page.context(request.GET, chosen, lines) | {"sees_gaps": sees_gaps(lines)})


@signed_in
@require_safe
def show_events(request: PageRequest) -> HttpResponseBase:
    """What happened to units of the lines that are open to the reader, and what is recorded for days to come."""
    lines = lines_to_read(request.person)
    chosen = asked(QueryDict(), lines, request.person.on)
    shown = events_page.context(request.GET, chosen, lines)
    return render(request, "tree/events.html", shown | {"may_change": may_reorganise(request.person)})


@signed_in
@require_safe
def show_gaps(request: PageRequest) -> HttpResponseBase:
    """Wards without a union on the day, for those on the line of the unions or of the teams that answer instead."""
    lines = lines_to_read(request.person)
    if not sees_gaps(lines):
        raise Unreachable
    chosen = asked(request.GET, lines, request.person.on)
    teams, is_all = teams_of(request.person), answers_for_all(request.person) is not None
    return render(request, "tree/gaps.html", gaps_page.context(request.GET, chosen, lines, teams=teams, is_all=is_all))


@signed_in
@require_safe
def show_branch(request: PageRequest, unit: int) -> HttpResponseBase:
    """The rows below a unit, from `?tu=` on: `tree.js` puts them into the page at level `?bac=`."""
    reached = unit_to_look_at(request.person, unit)
    chosen = asked(request.GET, reached.lines, request.person.on)
    start, level = max(number_in(request.GET, "tu"), 0), min(max(number_in(request.GET, "bac"), 1), DEEPEST)
    return HttpResponse(tree_page.branch_rows(chosen, unit, start=start, level=level))


@signed_in
@require_safe
def find_place(request: PageRequest, unit: int) -> HttpResponseBase:
    """The place, after `?sau=`, of the next unit below one whose name begins with `?chu=`; nothing where there is none."""
    reached = unit_to_look_at(request.person, unit)
    chosen = asked(request.GET, reached.lines, request.person.on)
    return HttpResponse(tree_page.place_of(request.GET, chosen, unit), content_type="text/plain")


@signed_in
@require_safe
def show_unit(request: PageRequest, unit: int) -> HttpResponseBase:
    """A unit on the day: who it is, where it stands, its life, its people and reports as far as the reader may know them."""
    reached = unit_to_look_at(request.person, unit)
    chosen = asked(request.GET, reached.lines, request.person.on)
    shown = unit_page.context(request, reached, chosen)
    return render(request, "tree/unit.html", shown | {"may_change": may_reorganise(request.person)})


@signed_in
@require_safe
def show_flows(request: PageRequest, unit: int) -> HttpResponseBase:
    """What became of the units under one from `?tu=` to `?den=`: `?cu=` only what stood under one old unit, `?tim=` by name."""
    reached = unit_to_look_at(request.person, unit)
    chosen = asked(request.GET, reached.lines, request.person.on)
    return render(request, "tree/flows.html", flow_page.context(request.GET, chosen, unit))


@signed_in
@require_safe
def download_flows(request: PageRequest, unit: int, name: str) -> HttpResponseBase:
    """The same as a table or as one picture, all of what is asked for."""
    reached = unit_to_look_at(request.person, unit)
    chosen = asked(request.GET, reached.lines, request.person.on)
    file = flow_file(request.GET, chosen, unit, name)
    if file is None:
        raise Unreachable
    answer = HttpResponse(file[0], content_type=file[1])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
