"""What the preview of taking events back shows: everything that it would do, before it is done."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.http import QueryDict

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.reorganising import EVENT_NAMES, EventKind, Plan
from kheo.org.models import UnitEvent
from kheo.org.queries import name_before, names_through_time
from kheo.reports.access.reorganising import unit_of_reorganiser
from kheo.reports.actions.previews import keep_preview
from kheo.reports.actions.reorganising import Undone, preview_undo
from kheo.reports.queries.previews import Preview, kept_preview, stamp_of
from kheo.reports.queries.touched import PROVIDERS, REPORTS, change_back, last_names, posts_back, posts_lost
from kheo.web.reach import PageRequest
from kheo.web.tree.changes_page import change_in, kept_change, post_rows, trail
from kheo.web.tree.preview_lists import LONG, asked_list, lists_of

OWN = {
    "don-vi-lai": "Đơn vị có trở lại",
    "don-vi-thoi": "Đơn vị không còn",
    "chuc-danh-lai": "Chức danh có lại",
    "chuc-danh": "Chức danh hết hiệu lực",
    "su-kien": "Các sự kiện",
}


def preview_of(request: PageRequest, events: Sequence[int], day: date | None, *, is_doubted: bool = False) -> Preview:
    """What taking these back would do: kept from an earlier page of many (and not `is_doubted`), or worked out now."""
    person = request.person
    named = sha256(repr((sorted(events), day)).encode()).hexdigest()
    stamp, key = stamp_of(unit_of_reorganiser(person)), f"undo:{named}"
    found = kept_preview(person.user_id, key, stamp) if len(events) > LONG and not is_doubted else None
    if found is None:
        found = _worked_out(preview_undo(events, from_day=day, by=person), request.now)
        if len(events) > LONG:
            keep_preview(found, person=person.user_id, key=key, stamp=stamp, at=request.now)
    return found


def _worked_out(undone: Undone, at: datetime) -> Preview:
    plan = undone.found.plan
    facts: dict[str, Any] = {"mark": undone.mark, "problems": [each.message for each in undone.problems]}
    lists: dict[str, Sequence[Mapping[str, Any]]] = dict.fromkeys(OWN, ())
    lists["su-kien"] = _rows(undone.found.rows)
    if undone.mark and plan is not None:
        change = change_back(plan, at)
        facts |= {"since": _days(plan), "change": kept_change(change)}
        lists |= {
            "don-vi-lai": [{"name": name} for name in last_names(change.back)],
            "don-vi-thoi": [{"name": name} for name in last_names(change.ended)],
            "chuc-danh-lai": post_rows(posts_back(plan)),
            "chuc-danh": post_rows(posts_lost(plan)),
        }
    return Preview(facts, {name: len(rows) for name, rows in lists.items()}, lists)


def _rows(rows: Sequence[UnitEvent]) -> list[dict[str, Any]]:
    names = names_through_time({row.unit_id for row in rows})
    return [
        {
            "row": row.pk,
            "unit": name_before(names.get(row.unit_id, ()), row.day) or row.detail.get("name", ""),
            "words": EVENT_NAMES[EventKind(row.kind)],
            "day": format_day(row.day),
            "decision": row.decision_number or "Không rõ số quyết định",
        }
        for row in rows
    ]


def _days(plan: Plan) -> str:
    days = [event.day for event in plan.events]
    first, last = format_day(min(days)), format_day(max(days))
    return first if first == last else f"ngày của từng sự kiện ({first} – {last})"


def context(sent: QueryDict, preview: Preview, request: PageRequest, title: str) -> dict[str, Any]:
    """For `tree/undo.html`: `?xem=` one list alone, a page at a time; else the first rows of each."""
    facts, change, mark = preview.facts, change_in(preview.facts), preview.facts["mark"]
    chosen = asked_list(sent, preview, change, request.person, OWN)
    day = sent.get("tu", "")
    shown = {
        "title": title,
        "trail": trail("Huỷ", request.person, of_file=False),
        "mark": mark,
        "version": mark[:12],
        "has_changed": bool(sent.get("ban")) and sent["ban"] != mark[:12],
        "problems": facts["problems"][:LONG],
        "problems_more": max(len(facts["problems"]) - LONG, 0),
        "count": format_int(preview.counts["su-kien"]),
        "since": facts.get("since", ""),
        "query": (f"tu={day}&" if day else "") + (f"ban={mark[:12]}&" if mark else ""),
        "chosen": chosen,
        "lists": [] if chosen else lists_of(preview, change, request.person, OWN),
        "by_number": True,
    }
    if chosen or not mark:
        return shown
    counts = {name: preview.counts[name] for name in OWN if name != "su-kien"}
    told = [(OWN[name], count) for name, count in counts.items()] + [(each.title, each.count(change)) for each in PROVIDERS]
    kept = {REPORTS.title, *(OWN[name] for name in counts)}  # said also where there is none
    return shown | {"told": [{"title": name, "count": format_int(n) if n else "Không có"} for name, n in told if n or name in kept]}
