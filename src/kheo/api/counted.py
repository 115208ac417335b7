"""Numbers of a report that registers count, and the entries behind each: the same query as the page's."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from kheo.api.answers import ProblemOut
from kheo.api.asking import holder
from kheo.core.plain_figures import plain_figure
from kheo.org.access import Unreachable
from kheo.registers.queries.definitions import register_definition
from kheo.registers.queries.showing import title_shown
from kheo.reports.access import Reached, report_to_read
from kheo.reports.access.counted import Eyes, eyes_on
from kheo.reports.queries.counted import counted_of
from kheo.reports.queries.counted_lists import PAGE, CountedList, ListedEntry, counted_list
from kheo.reports.queries.filling import untold_cells

router = Router(tags=["số từ sổ"])
Asked: dict[int, Any] = dict.fromkeys((401, 404, 422, 429), ProblemOut)
Figure = int | str | None


class CountedOut(Schema):
    """A cell that a register counts: what is counted now, by which rule in words. What stands in the report itself is told there."""

    cell: str
    number: Figure
    register_code: str
    rule: str


class FactOut(Schema):
    """One fact behind the number. An entry may be there more than once where lines or changes of state are counted.

    Where units directly below are counted, `unit` is the code of the one that counts ("" elsewhere), as it was when the cycle was opened;
    `entry` null: it counts without an entry, or its entry is not the holder's to read (it stands elsewhere by now).
    """

    unit: str
    entry: int | None
    code: str
    title: str
    state: str
    on: date | None
    amount: Figure


class ListOut(Schema):
    """What one cell counts. `units`: how many units directly below, where these are counted; `entries`: how many entries; `facts`: a page
    of them, the newest first (where units are counted in the order of the tree), `pages` in all; empty where the holder reads the number
    but not the entries. `sent`: the number as it was counted when the report was sent."""

    cell: str
    number: Figure
    sent: Figure
    drift: str
    units: int | None
    entries: int
    pages: int
    facts: list[FactOut]


@router.get("/reports/{int:obligation}/counted", response={200: list[CountedOut], **Asked}, summary="Các ô lấy số từ sổ")
def counted(request: HttpRequest, obligation: int) -> list[dict[str, Any]]:
    """Of a report that the holder reads; nothing of cells that are not shown to them."""
    reached = report_to_read(holder(request), obligation)
    hidden = _hidden(request, reached)
    return [
        {"cell": cell.key, "number": plain_figure(cell.number, cell.decimals), "register_code": cell.register, "rule": cell.rule}
        for cell in counted_of(reached.obligation).values()
        if cell.key not in hidden
    ]


@router.get("/reports/{int:obligation}/counted/{str:cell}", response={200: ListOut, **Asked}, summary="Hồ sơ đứng sau một ô")
def facts(request: HttpRequest, obligation: int, cell: str, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> dict[str, Any]:
    """The list on the page of the cell: its length, its sum, or how many units it names, is the number."""
    reached = report_to_read(holder(request), obligation)
    if cell in _hidden(request, reached):
        raise Unreachable
    found = counted_list(reached.obligation, reached.report, cell, page)
    if found is None:
        raise Unreachable
    eyes = eyes_on(holder(request), reached.obligation, found)
    return {
        "cell": cell,
        "number": plain_figure(found.cell.number, found.cell.decimals),
        "sent": plain_figure(found.sent.number, found.cell.decimals) if found.sent else None,
        "drift": found.drift,
        "units": found.cell.number if found.counts_units else None,
        "entries": found.entries,
        "pages": -(-found.total // PAGE),
        "facts": [_fact(each, found, eyes) for each in found.rows] if eyes.reads_list else [],
    }


def _hidden(request: HttpRequest, reached: Reached) -> frozenset[str]:
    return untold_cells(reached.obligation, reached.unit, holder(request).reading_units)


def _fact(listed: ListedEntry, found: CountedList, eyes: Eyes) -> dict[str, Any]:
    entry = listed.entry if listed.entry and eyes.reads(listed.entry) else None
    return {
        "unit": listed.unit.code if listed.unit else "",
        "entry": entry.pk if entry else None,
        "code": entry.code if entry else "",
        "title": title_shown(register_definition(entry.edition_id), entry, eyes.sees_personal(entry)) if entry else "",
        "state": entry.state if entry else "",
        "on": listed.on,
        "amount": plain_figure(listed.amount, found.cell.decimals),
    }
