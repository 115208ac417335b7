"""How a cycle goes: by day against the due dates, and who has not sent anything."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.directives.access import campaign_units
from kheo.reports.access import scope
from kheo.reports.queries.calling import late_count
from kheo.reports.queries.progress import children_pace, pace, silent_count, silent_page
from kheo.reports.queries.walls import viewpoint
from kheo.web.campaign_papers import papers_told
from kheo.web.consolidation.places import units_above
from kheo.web.files import file_name, file_response
from kheo.web.progress import page
from kheo.web.reach import PageRequest, signed_in
from kheo.web.trails import trail

LIST = "chua-nop.csv"


@signed_in
@require_safe
def show_progress(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """A unit's subtree: `?don-vi=` lists the silent of one unit below, `?tep=csv` gives the list as a file."""
    reached = scope(request.person, cycle, unit)
    request.cycle = reached.cycle
    children = children_pace(reached.cycle, reached.unit)
    chosen = next((each.unit for each in children if str(each.unit.unit_id) == request.GET.get("don-vi")), None)
    listed = chosen or reached.unit
    if request.GET.get("tep") == "csv":
        return file_response(page.silent_csv(reached.cycle, listed, request.now), LIST, file_name(LIST, reached.cycle, listed))
    found = pace(reached.cycle, reached.unit, request.now)
    count = silent_count(reached.cycle, listed)
    silent, pages = silent_page(reached.cycle, listed, count, request.GET.get("trang"))
    view = viewpoint(request.person.reading_units, reached.unit)
    return render(request, "progress/progress.html", {
        **page.context(reached.cycle, reached.unit, found, children, request.now),
        "can_call_in": reached.is_reviewer and late_count(reached.cycle, unit, request.now) > 0,
        "rows": page.silent_rows(silent, request.now), "page": pages, "silent": count, "chosen": chosen, "choices": children,
        "papers": papers_told(reached.cycle.campaign_id, request.person),
        "may_tie": bool(campaign_units(request.person)),
        "query": f"don-vi={chosen.unit_id}&" if chosen else "",
        "trail": trail(units_above(reached.cycle, view), lambda each: reverse("progress", args=[cycle, each.unit_id])),
    })  # fmt: skip
