"""What the page of the tree shows: the units below one, or what a search found."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.reorganising import EVENT_NAMES, EventKind
from kheo.core.unit_kinds import LINE_NAMES, Line, kind_name
from kheo.org.queries import Ending, Found, Placed, below, count_below, look_for, place_named, way_to
from kheo.web.numbers import NEVER, number_in
from kheo.web.tree.asked import SLUGS, Asked, tabs
from kheo.web.tree.nodes import PAGE, Page, rows

FOUND = 50  # on one page
MOST_ANSWERS = 4
LONGEST = 200  # of what is looked for


def context(sent: QueryDict, chosen: Asked, lines: tuple[Line, ...]) -> dict[str, Any]:
    """For `tree/tree.html`."""
    text = sent.get("tim", "").strip()[:LONGEST]
    frame = {
        "asked": chosen,
        "day": format_day(chosen.on),
        "is_today": chosen.on == chosen.today,
        "line": LINE_NAMES[chosen.line],
        "slug": SLUGS[chosen.line],
        "text": text,
        "tabs": tabs(chosen, lines, reverse("tree")),
    }
    return frame | (_found(sent, text, chosen, lines) if text else _opened(sent, chosen))


def _opened(sent: QueryDict, chosen: Asked) -> dict[str, Any]:
    """The units below the one that is open; of a line with one unit at the top, that one is open from the start."""
    wanted = number_in(sent, "mo")
    way = way_to(chosen.on, chosen.line, wanted) if wanted != NEVER else []
    unit = way[-1] if way else None
    start = max(number_in(sent, "trang") - 1, 0) * PAGE
    page = read_page(chosen, unit.id if unit else None, start=start, level=1)
    return {
        "unit": unit,
        "is_elsewhere": wanted != NEVER and unit is None,
        "kind": kind_name(unit.kind) if unit else "",
        "unit_url": chosen.unit(unit.id) if unit else "",
        "total": format_int(page.total),
        "count": page.total,
        "first": format_int(page.start + 1),
        "last": format_int(page.start + len(page.units)),
        "is_part": len(page.units) < page.total,
        "before": chosen.tree_page(page.parent, page.start // PAGE) if page.start else "",
        "rows": rows(page, chosen),
        "branch": chosen.branch(page.parent, page.level) if page.parent else "",
        "trail": trail(chosen, way),
    }


def trail(chosen: Asked, way: list[Placed]) -> list[dict[str, str]]:
    """From the whole line down to a unit; each step opens the tree there."""
    steps = [{"label": "Cây tổ chức", "url": chosen.tree()}]
    return [*steps, *({"label": each.name, "url": chosen.tree(each.id)} for each in way)]


def read_page(chosen: Asked, unit: int | None, *, start: int, level: int) -> Page:
    """A page of the units directly below one (None: of the top of the line)."""
    units = below(chosen.on, chosen.line, unit, skip=start, most=PAGE)
    return Page(units, unit, start, count_below(chosen.on, chosen.line, unit), level)


def branch_rows(chosen: Asked, unit: int, *, start: int, level: int) -> str:
    """The rows below a unit, to be put into a page that is open."""
    page = read_page(chosen, unit, start=start, level=level)
    return rows(page, chosen)


def place_of(sent: QueryDict, chosen: Asked, unit: int) -> str:
    """What `tree.js` is told where the letters that were typed belong to units it has not read."""
    letters = sent.get("chu", "").strip()[:LONGEST]
    place = place_named(chosen.on, chosen.line, unit, letters, after=max(number_in(sent, "sau"), 0)) if letters else None
    return str(place or "")


def _found(sent: QueryDict, text: str, chosen: Asked, lines: tuple[Line, ...]) -> dict[str, Any]:
    hits = look_for(text, chosen.on, lines)
    page = Paginator(hits.ranked, FOUND).get_page(sent.get("trang"))
    found = hits.told(max(page.start_index() - 1, 0), FOUND)
    return {
        "searched": True,
        "answers": answers(found, chosen) if page.number == 1 else [],
        "found": [_result(each, chosen, len(lines) > 1) for each in found],
        "found_count": format_int(len(hits.ranked)),
        "has_more": hits.is_cut,
        "page": page,
        "query": chosen.query(tim=text).removeprefix("?") + "&",
        "trail": [{"label": "Cây tổ chức", "url": chosen.tree()}, {"label": "Tìm đơn vị", "url": ""}],
    }


def answers(found: Sequence[Found], chosen: Asked) -> list[dict[str, Any]]:
    """Where a unit that was asked for by its whole name or code is on the day: a line for each that has ended or is called otherwise.

    One entry without `heirs` where too many old units were called so: then it takes the unit above to tell which was meant.
    """
    moved = [each for each in found if each.is_meant and ((each.heirs and not each.is_there) or (each.is_there and each.matched))]
    if len(moved) > MOST_ANSWERS:
        return [{"many": format_int(len(moved)), "example": f"{moved[0].matched or moved[0].name}, {moved[0].above}"}]
    return [_answer(each, chosen.on_line(each.line)) for each in moved]


def _answer(each: Found, chosen: Asked) -> dict[str, Any]:
    since = each.ending.day if each.ending and not each.is_there else None
    return {
        "name": each.name if not each.is_there else each.matched,
        "above": each.above if not each.is_there else "",
        "url": chosen.unit(each.id),
        "is_same": each.is_there,
        "now": [{"name": heir.name, "url": chosen.unit(heir.id)} for heir in each.heirs]
        if not each.is_there
        else [{"name": each.name, "url": chosen.unit(each.id)}],
        "since": format_day(since) if since else "",
        "decision": each.ending.decision_number if each.ending else "",
    }


def _result(each: Found, chosen: Asked, names_line: bool) -> dict[str, Any]:
    facts = [kind_name(each.kind), each.code, each.above and f"thuộc {each.above}", f"tuyến {LINE_NAMES[each.line]}" if names_line else ""]
    on_line = chosen.on_line(each.line)
    return {
        "name": each.name,
        "url": on_line.unit(each.id),
        "facts": " · ".join(fact for fact in facts if fact),
        "matched": each.matched,
        "state": _state(each, chosen),
        "is_there": each.is_there,
        "is_paused": each.is_suspended,
        "ending": ending_words(each.ending) if each.ending else "",
        "heirs": [{"name": heir.name, "url": on_line.unit(heir.id)} for heir in each.heirs],
    }


def _state(each: Found, chosen: Asked) -> str:
    if each.is_there:
        return ""
    if each.begins > chosen.on:
        return f"Có từ {format_day(each.begins)}"
    return f"Đã kết thúc từ {format_day(each.ends)}" if each.ends else "Không có trong ngày này"


def ending_words(ending: Ending) -> str:
    """`hợp nhất, 1685/NQ-UBTVQH15`: what happened and the decision, or that its number is not known."""
    kind = EVENT_NAMES[EventKind(ending.kind)]
    return f"{kind}, {ending.decision_number}" if ending.decision_number else f"{kind}, không rõ số quyết định"
