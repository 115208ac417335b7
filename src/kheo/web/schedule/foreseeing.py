"""Before the due date of a whole tier is moved: what it comes to, unit by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.days import due_day, due_instant, format_day, format_instant, is_on_time
from kheo.core.extending import Foreseen, needs_none
from kheo.core.short_words import short_name
from kheo.core.workflow import STATE_NAMES
from kheo.reports.actions.extending import refuse_day
from kheo.reports.queries.schedule import Candidate, owed_of_tier
from kheo.web.schedule.forms import Typed
from kheo.web.vouching import VOUCH

PER_PAGE = 50
CONFIRMED, PAGE, BACK = "xac-nhan", "trang", "sua-lai"


@dataclass(frozen=True)
class Preview:
    """What is foreseen, and of which reports."""

    foreseen: Foreseen
    owed: Sequence[Candidate]
    after: datetime


def preview(cycle: Cycle, recipient: int, typed: Typed, now: datetime) -> Preview | None:
    """None where no whole tier was chosen, or nothing would be moved: the act itself says why."""
    if not typed.tier or typed.fault or not typed.reason.strip():
        return None
    owed, after = owed_of_tier(cycle, recipient, typed.tier), due_instant(typed.until)
    moving = [each for each in owed if _moves(each, after)]
    if not moving or refuse_day(typed.until, max(each.due_at for each in owed), now):
        return None
    names = {each.id: each.name for each in definition_of(cycle.edition_id).regime.tiers}
    in_time = sum(each.received_at is not None and is_on_time(each.received_at, each.due_at) for each in owed)
    foreseen = Foreseen(
        names.get(typed.tier, typed.tier),
        len(moving),
        sum(each.received_at is not None for each in moving),
        in_time,
        len(owed) - len(moving) - in_time,
        {due_day(each.due_at) for each in moving},
        typed.until,
    )
    return Preview(foreseen, owed, after)


def _moves(each: Candidate, after: datetime) -> bool:
    return not needs_none(each.received_at, each.due_at, after)


def preview_page(cycle: Cycle, recipient: int, name: str, typed: Typed, shown: Preview, form: QueryDict) -> dict[str, Any]:
    """The sentence, and the list of units page by page; the form goes along in hidden fields."""
    page = Paginator(list(shown.owed), PER_PAGE).get_page(form.get(PAGE))
    return {
        "cycle": cycle,
        "recipient": recipient,
        "name": name,
        "typed": typed,
        "words": shown.foreseen.words,
        "has_changed": CONFIRMED in form,
        "is_vouched": VOUCH in form,
        "page_obj": page,
        "rows": [_row(each, shown.after) for each in page],
    }


def _row(each: Candidate, after: datetime) -> dict[str, str]:
    note = f"Đã nộp {format_instant(each.received_at)}" if each.received_at else ""
    due = format_day(due_day(each.due_at))
    new = format_day(due_day(after)) if _moves(each, after) else "không đổi"
    return {"unit": short_name(each.unit_name), "due": due, "new": new, "state": each.state, "words": STATE_NAMES[each.state], "note": note}
