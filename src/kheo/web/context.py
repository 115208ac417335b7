"""What every page shows around its content: who is signed in, the cycle, the main items."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kheo.campaigns.models import Cycle
from kheo.core.holding import SUPERIORS
from kheo.core.workflow import REVIEWING, ROLE_NAMES, Role
from kheo.notices.queries.reading import unread
from kheo.org.access import Person
from kheo.registers.access import keeps_books
from kheo.registers.queries.definitions import there_are_books
from kheo.reports.access import top_unit
from kheo.reports.access.reorganising import may_reorganise
from kheo.reports.queries.tasks import current_cycle, has_taken_over, receives_copies, receives_reports

# For them how others report is a matter of their own; everybody else finds the page from the progress of the unit.
JUDGING = (*REVIEWING, Role.AUDITOR)


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `scope` and how many notices are `unread`, for the page frame; for visitors only `public_url` and `shown_url`."""
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return {"nav": [], "scope": {}, "unread": 0, **_for_visitors()}
    cycle: Cycle | None = getattr(request, "cycle", None) or current_cycle(person.reading_units)
    return {"nav": _items(request, person, cycle), "scope": _scope(person, cycle), "unread": unread(person.user_id)}


def _for_visitors() -> dict[str, str]:
    return {
        "public_url": reverse("public_start") if settings.PUBLIC_FORM else "",
        "shown_url": reverse("shown_start") if settings.PUBLIC_PAGES else "",
    }


def _scope(person: Person, cycle: Cycle | None) -> dict[str, str]:
    first = person.posts[0] if person.posts else None
    return {
        "person": person.name,
        "role": ROLE_NAMES[Role(first.role)] if first else "Chưa được giao nhiệm vụ",
        "unit": first.unit_name if first else "",
        "campaign": cycle.campaign.name if cycle else "",
        "cycle": cycle.name if cycle else "",
    }


def _items(request: HttpRequest, person: Person, cycle: Cycle | None) -> list[dict[str, Any]]:
    items = [("Việc của tôi", reverse("home"))]
    if cycle:
        items += _cycle_items(person, cycle, getattr(request, "unit", None))
    told: bool | None = getattr(request, "keeps_books", None)
    if told or (told is None and there_are_books() and keeps_books(person)):
        items.append(("Sổ", reverse("registers")))
    if person.reading_units:
        items.append(("Văn bản", reverse("office_books")))
        items.append(("Cây tổ chức", reverse("tree")))
    elif may_reorganise(person):
        items.append(("Sắp xếp đơn vị", reverse("events")))
    inviting = sorted(person.units_as(*SUPERIORS)) or sorted(person.units_as(Role.KEEPER))
    if inviting:
        items.append(("Người", reverse("people", args=[inviting[0]])))
    return [{"label": label, "url": url, "current": _is_current(request.path, url)} for label, url in items]


def _cycle_items(person: Person, cycle: Cycle, unit: int | None) -> list[tuple[str, str]]:
    """The board of the unit where the person reviews, and the totals of the highest unit the person reads."""
    items: list[tuple[str, str]] = []
    reviewing = sorted(person.units_as(*REVIEWING))
    boards = [unit for unit in reviewing if receives_reports(cycle.pk, unit) or has_taken_over(cycle.pk, unit)]
    if boards:
        items.append(("Duyệt báo cáo", reverse("board", args=[cycle.pk, boards[0]])))
        items.append(("Kiến nghị", reverse("proposals", args=[cycle.pk, boards[0]])))
    copies = [unit for unit in sorted(person.units_as(*REVIEWING, Role.HEAD)) if receives_copies(cycle.pk, unit)]
    if copies:
        items.append(("Báo cáo gửi đến", reverse("dispatches_received", args=[cycle.pk, copies[0]])))
    top = top_unit(person, cycle, unit)
    if top is not None:
        items.append(("Tổng hợp", reverse("consolidated", args=[cycle.pk, top])))
        items.append(("Tiến độ", reverse("progress", args=[cycle.pk, top])))
        items.append(("Lịch", reverse("schedule", args=[cycle.pk, top])))
        if person.units_as(*JUDGING):
            items.append(("Chấp hành", reverse("discipline", args=[cycle.pk, top])))
    return items


# Pages that stand in another item of the navigation than their address begins with.
_PART_OF = {"chuyen-xuong": "van-ban"}


def _is_current(path: str, url: str) -> bool:
    first = path.split("/")[1]
    return path == url if url == "/" else _PART_OF.get(first, first) == url.split("/")[1]
