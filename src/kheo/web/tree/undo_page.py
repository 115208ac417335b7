"""What the preview of taking events back shows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.reorganising import EVENT_NAMES, EventKind, Plan
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.models import UnitEvent
from kheo.org.queries import name_before, names_through_time
from kheo.reports.actions.reorganising import Undone
from kheo.reports.queries.touched import PostLost, posts_lost, taken_back
from kheo.reports.queries.transitions import touched_by_ending
from kheo.web.reach import PageRequest
from kheo.web.tree.changes_page import MOST, PAGE, trail


def context(request: PageRequest, undone: Undone, title: str) -> dict[str, Any]:
    """For `tree/undo.html`."""
    page = Paginator(undone.found.rows, PAGE).get_page(request.GET.get("trang"))
    shown = {
        "title": title,
        "trail": trail("Huỷ", request.person, of_file=False),
        "mark": undone.mark,
        "problems": [each.message for each in undone.problems[:MOST]],
        "problems_more": max(len(undone.problems) - MOST, 0),
        "count": format_int(len(undone.found.rows)),
        "page": page,
        "rows": _rows(list(page.object_list)),
    }
    return shown | _effects(undone.found.plan, request) if undone.mark and undone.found.plan else shown


def _rows(rows: Sequence[UnitEvent]) -> list[dict[str, Any]]:
    names = names_through_time({row.unit_id for row in rows})
    return [
        {
            "id": row.pk,
            "unit": name_before(names.get(row.unit_id, ()), row.day) or row.detail.get("name", ""),
            "words": EVENT_NAMES[EventKind(row.kind)],
            "day": format_day(row.day),
            "decision": row.decision_number or "Không rõ số quyết định",
        }
        for row in rows
    ]


def _effects(plan: Plan, request: PageRequest) -> dict[str, Any]:
    done = taken_back(plan, request.person.on)
    lost = posts_lost(plan)
    touched = touched_by_ending(done.gone_units)
    return {
        "since": _days([event.day for event in plan.events]),
        "back": _listed(done.back),
        "back_count": format_int(len(done.back)),
        "gone": _listed(done.gone),
        "gone_count": format_int(len(done.gone)),
        "posts_back": _listed([_post(each) for each in done.posts_back]),
        "posts": _listed([_post(each) for each in lost]),
        "reports_count": format_int(touched.reports + touched.received),
    }


def _days(days: Sequence[date]) -> str:
    first, last = format_day(min(days)), format_day(max(days))
    return first if first == last else f"các ngày từ {first} đến {last}"


def _listed(texts: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f"; và {format_int(len(texts) - MOST)} nữa" if len(texts) > MOST else ""
    return "; ".join(texts[:MOST]) + more


def _post(post: PostLost) -> str:
    return f"{post.person} ({ROLE_NAMES[Role(post.role)]}, {post.unit_name}) từ {format_day(post.day)}"
