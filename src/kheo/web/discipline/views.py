"""How the reporting itself goes: in time, back and forth, handed on, called in, and what each indicator costs."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.reports.access import scope
from kheo.reports.queries.walls import viewpoint
from kheo.web.consolidation.places import units_above
from kheo.web.discipline import page
from kheo.web.files import file_name, file_response
from kheo.web.reach import PageRequest, signed_in
from kheo.web.trails import trail


@signed_in
@require_safe
def show_discipline(request: PageRequest, cycle: int, unit: int) -> HttpResponseBase:
    """A unit's subtree: `?xem=` names one of the six views; `?tep=csv&bang=2` gives its second table as a file, `?tep=xlsx` everything."""
    reached = scope(request.person, cycle, unit)
    request.cycle = reached.cycle
    chosen = next((view for view in page.VIEWS if view.id == request.GET.get("xem")), page.VIEWS[0])
    wanted = request.GET.get("tep")
    if wanted in ("csv", "xlsx"):
        place = request.GET.get("bang", "")
        file = page.as_file(wanted, chosen, reached.cycle, reached.unit, request.now, int(place) if place in page.PLACES else 1)
        return file_response(file.content, file.name, file_name(file.name, reached.cycle, reached.unit))
    view = viewpoint(request.person.reading_units, reached.unit)
    tail = f"?xem={chosen.id}"
    return render(request, "discipline/discipline.html", {
        **page.context(chosen, reached.cycle, reached.unit, request.now),
        "trail": trail(units_above(reached.cycle, view), lambda each: reverse("discipline", args=[cycle, each.unit_id]) + tail),
    })  # fmt: skip
