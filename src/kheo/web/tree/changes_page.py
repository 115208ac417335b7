"""What the preview of a file of changes shows: everything that recording it would do, before it is done."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.numbers import format_int
from kheo.core.problems import Problem
from kheo.core.reorganising import EVENT_NAMES, Plan, kind_of
from kheo.core.workflow import ROLE_NAMES, STATE_NAMES, Role, State
from kheo.reports.access import Person
from kheo.reports.access.reorganising import reads_reports_of_all, unit_of_reorganiser
from kheo.reports.actions.reorganising import Previewed
from kheo.reports.queries.touched import ReportTouched, posts_lost, reports_touched, units_ended
from kheo.reports.queries.transitions import touched_by_ending
from kheo.web.tree.planned_words import planned_rows

PAGE = 50
MOST = 100  # posts, reports, doubts and problems shown one by one; how many there are in all is always said


def trail(last: str, person: Person, *, of_file: bool = True) -> list[dict[str, str]]:
    """From the tree to a page about a file, or to taking back; the keeper, who reads no tree, comes from the first page."""
    steps = [("Cây tổ chức", "tree"), ("Sắp xếp đơn vị", "events")] if person.reading_units else [("Việc của tôi", "home")]
    steps += [("Ghi từ tệp", "send_changes")] if last and of_file else []
    return [*({"label": label, "url": reverse(name)} for label, name in steps), {"label": last or "Ghi từ tệp", "url": ""}]


def context(sent: QueryDict, previewed: Previewed, file: str, person: Person) -> dict[str, Any]:
    """For `tree/change_preview.html`."""
    shown = {
        "file": file,
        "trail": trail("Xem trước", person),
        "mark": previewed.mark,
        "recorded": previewed.found.recorded,
        **_told("problems", previewed.problems),
    }
    plan = previewed.found.plan
    return shown if plan is None else shown | _of_plan(sent, plan, person)


def _told(name: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    rows = [{"line": each.line, "key": each.key, "message": each.message} for each in problems[:MOST]]
    return {name: rows, f"{name}_count": format_int(len(problems)), f"{name}_more": max(len(problems) - MOST, 0)}


def _of_plan(sent: QueryDict, plan: Plan, person: Person) -> dict[str, Any]:
    page = Paginator(plan.events, PAGE).get_page(sent.get("trang"))
    counts = Counter(kind_of(event) for event in plan.events)
    posts, ended = posts_lost(plan), units_ended(plan.events)
    unknown = sum(not event.decision.number for event in plan.events)
    return {
        "count": format_int(len(plan.events)),
        "counts": [{"count": format_int(counts[kind]), "words": words} for kind, words in EVENT_NAMES.items() if counts[kind]],
        "first": format_day(min(event.day for event in plan.events)) if plan.events else "",
        "last": format_day(max(event.day for event in plan.events)) if plan.events else "",
        "unknown": format_int(unknown) if unknown else "",
        "page": page,
        "rows": planned_rows(list(page.object_list), plan.events),
        "ended": format_int(len(ended)),
        "posts": [
            {"person": each.person, "role": ROLE_NAMES[Role(each.role)], "unit": each.unit_name, "day": format_day(each.day)}
            for each in posts[:MOST]
        ],
        "posts_count": format_int(len(posts)),
        "posts_more": max(len(posts) - MOST, 0),
        **_told("doubts", plan.doubts),
        **_reports(ended, person),
    }


def _reports(ended: tuple[int, ...], person: Person) -> dict[str, Any]:
    """How many reports still to come are touched; each by name only to somebody who reads them."""
    touched = touched_by_ending(ended)
    reads = reads_reports_of_all(person, unit_of_reorganiser(person))
    found = reports_touched(ended, person.on, most=MOST) if reads else []
    total = touched.reports + touched.received
    return {
        "reports_count": format_int(total),
        "own_count": format_int(touched.reports),
        "drafts": format_int(touched.drafts),
        "waiting": format_int(touched.waiting),
        "received": format_int(touched.received),
        "first_due": format_day(due_day(touched.first_due)) if touched.first_due else "",
        "last_due": format_day(due_day(touched.last_due)) if touched.last_due else "",
        "reports": [_report(each) for each in found],
        "reports_more": max(total - len(found), 0) if reads else 0,
    }


def _report(each: ReportTouched) -> dict[str, Any]:
    return {
        "url": reverse("report", args=[each.obligation]),
        "unit": each.unit_name,
        "cycle": each.cycle,
        "state": each.state.value,
        "state_name": STATE_NAMES[each.state],
        "due": format_day(due_day(each.due_at)),
        "then": _then(each),
    }


def _then(each: ReportTouched) -> str:
    """What becomes of it (decision 017)."""
    if not each.is_own:
        return f"Nơi nhận ({each.recipient_name}) ngừng hoạt động: cấp trên còn hoạt động chuyển nơi nhận"
    if each.state is State.SUBMITTED:
        return f"Đã nộp, {each.recipient_name} vẫn duyệt được; cần trả lại thì giao đơn vị kế thừa"
    kept = "bản đang soạn được giữ; " if each.state in (State.DRAFT, State.RETURNED) else ""
    then = f"{kept}từ ngày đơn vị kết thúc, {each.recipient_name} giao đơn vị kế thừa nộp thay, hoặc thôi thu"
    return then[:1].upper() + then[1:]
