"""What the page about proposals that wait at a unit that has ended shows."""

from typing import Any

from kheo.core.due_words import report_title
from kheo.core.proposals import Stage
from kheo.reports.actions import Refusal
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.left_proposals import held_lines, may_answer
from kheo.web.numbers import number_in
from kheo.web.proposing.pages import row_of
from kheo.web.reach import PageRequest
from kheo.web.trails import from_home


def context(request: PageRequest, holder: int, refusal: Refusal | None) -> dict[str, Any]:
    """For `proposing/left.html`."""
    found = held_lines(request.cycle, holder, page=request.GET.get("trang"))
    units = may_answer(request.cycle, holder, request.person.on)
    chosen = number_in(request.POST, "don-vi")
    return {
        "cycle": request.cycle,
        "title": report_title(request.cycle.name),
        "name": name_of(holder, request.person.on),
        "rows": [row_of(each, "cho") for each in found.rows],
        "found": found,
        "answered": found.counts[Stage.ANSWERED],
        "total": sum(found.counts.values()),
        "units": [{"id": unit, "name": name, "is_chosen": unit == chosen or len(units) == 1} for unit, name in units.items()],
        "reason": request.POST.get("ly-do", ""),
        "refusal": refusal,
        "trail": from_home(("Kiến nghị ở đơn vị cũ", "")),
    }
