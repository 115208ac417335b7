"""The entries behind one number of a report."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kheo.core.checking import label_of
from kheo.core.days import format_day, format_instant
from kheo.core.numbers import format_int, format_scaled
from kheo.org.access import Unreachable
from kheo.registers.models import Entry
from kheo.reports.access import Reached, report_to_read
from kheo.reports.access.counted import Eyes, eyes_on
from kheo.reports.queries.counted_lists import PAGE, CountedList, ListedEntry, counted_list, withholds_title
from kheo.reports.queries.drift import CAUSE_WORDS, Changed
from kheo.web.filling.pages import definition_of, untold
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.trails import from_report

ELSEWHERE = "Hồ sơ của đơn vị nay thuộc nơi khác"
WITHHELD = "Tên chỉ đơn vị và cấp trên trực tiếp làm việc xem được"


@signed_in
@require_safe
def counted_entries(request: PageRequest, obligation: int, cell: str) -> HttpResponseBase:
    """What one cell counts: `?trang=2` for the second page. Who reads the report sees the number, who reads the entries the list."""
    reached = report_to_read(request.person, obligation)
    request.cycle = reached.cycle
    if cell in untold(request.person, reached):
        raise Unreachable
    page = max(number_in(request.GET, "trang"), 1)
    found = counted_list(reached.obligation, reached.report, cell, page)
    if found is None:
        raise Unreachable
    return render(request, "filling/entries.html", _context(request, reached, found, page))


def _context(request: PageRequest, reached: Reached, found: CountedList, page: int) -> dict[str, Any]:
    eyes = eyes_on(request.person, reached.obligation, found)
    label = label_of(definition_of(reached), found.cell.key)
    return {
        "trail": from_report(reached.cycle.name, reached.obligation.pk, f"Hồ sơ của {found.cell.key}"),
        "obligation": reached.obligation,
        "unit": reached.unit,
        "cycle": reached.cycle,
        "label": label,
        "cell": found.cell,
        "first_day": format_day(reached.cycle.opens),
        "last_day": format_day(reached.cycle.cutoff),
        "entries": format_int(found.entries),
        "sums": found.sums,
        "amount_name": "Số cộng",
        "sent": _sent(reached, found),
        "drift": found.drift,
        "may_read": eyes.reads_list,
        "is_walled": found.is_walled,
        "of_units": found.counts_units,
        "rows": [_row(each, found, eyes) for each in found.rows],
        "changed": [_changed(each, found, eyes) for each in found.changed],
        "before": page - 1 if page > 1 else 0,
        "after": page + 1 if page * PAGE < found.total else 0,
    }


def _sent(reached: Reached, found: CountedList) -> dict[str, str] | None:
    """What was sent: the figure, and what was counted then."""
    revision = reached.report.latest if reached.report else None
    if found.sent is None or revision is None:
        return None
    return {
        "at": format_instant(revision.submitted_at),
        "figure": "không có số" if not isinstance(found.sent.figure, int) else format_scaled(found.sent.figure, found.cell.decimals),
        "number": format_scaled(found.sent.number, found.cell.decimals),
        "is_other": "1" if found.sent.figure != found.sent.number else "",
        "why": ((revision.enclosures or {}).get("explanations") or {}).get(found.cell.key, ""),
    }


def _row(listed: ListedEntry, found: CountedList, eyes: Eyes) -> dict[str, str]:
    return {
        **(_named(listed.entry, eyes) if listed.entry else {"entry": "", "code": "", "title": "Chưa có"}),
        "unit": listed.unit.name if listed.unit else "",
        "state": listed.state if listed.entry is None or eyes.reads(listed.entry) else "",
        "on": format_day(listed.on) if listed.on else "",
        "amount": format_scaled(listed.amount, found.cell.decimals),
    }


def _named(entry: Entry, eyes: Eyes) -> dict[str, str]:
    if not eyes.reads(entry):
        return {"entry": "", "code": "", "title": ELSEWHERE}
    shown = eyes.sees_personal(entry) or not withholds_title(entry)
    return {"entry": str(entry.pk), "code": entry.code, "title": entry.title if shown else WITHHELD}


def _changed(changed: Changed, found: CountedList, eyes: Eyes) -> dict[str, str]:
    then, now = ("không tính" if each is None else format_scaled(each, found.cell.decimals) for each in (changed.then, changed.now))
    is_read = eyes.reads(changed.entry)  # what was done to it, by whom and why stands on its page alone
    done = f"{changed.act}, {changed.who}, {format_instant(changed.at)}" if changed.at and is_read else ""
    return {
        **_named(changed.entry, eyes),
        "cause": CAUSE_WORDS[changed.cause],
        "then": then,
        "now": now,
        "done": done,
        "reason": changed.reason if is_read else "",
    }
