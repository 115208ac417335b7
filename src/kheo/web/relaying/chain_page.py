"""What the page of a chain says: sums of the branch, days per level, the units directly below, or a list of those who wait."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from kheo.campaigns.queries import working_calendar
from kheo.core.days import WorkingCalendar, format_day
from kheo.core.numbers import format_int
from kheo.core.relaying.chain import REACHED_NAMES, LevelDays, Reached, Took, days_per_level, reached
from kheo.directives.access import reads_unit, writing_units
from kheo.directives.models import ChainRow, DirectiveLink
from kheo.directives.queries.chain import (
    LISTED,
    WAITING_NAMES,
    Sums,
    Waiting,
    branches,
    letter_of_place,
    level_rows,
    passages,
    replacement_in,
    waiting_below,
)
from kheo.directives.queries.endings import paper_words
from kheo.directives.queries.recipients import units_below
from kheo.org.queries import names_around, not_there
from kheo.registers.queries.plans import PlanBook, PlanOwed, plan_books, plans_by_branch, plans_owed, with_plan, without_plan
from kheo.web.campaign_papers import campaigns_from
from kheo.web.numbers import number_of
from kheo.web.reach import PageRequest
from kheo.web.relaying.wording import COLOURS, chain_url, paper_name
from kheo.web.trails import Trail, from_home

NO_PLAN, LATE_PLAN = "chua-ke-hoach", "qua-han-ke-hoach"
NO_CALENDAR = WorkingCalendar(frozenset(), frozenset(), frozenset())


def context(request: PageRequest, place: ChainRow) -> dict[str, Any]:
    """The whole page."""
    on = request.person.on
    found, books = branches(place, on), plan_books()
    has_plans, planned = bool(books), plans_by_branch(place, books)
    whole = sum(found.values(), Sums())
    asked = request.GET.get("loc", "")
    late = without_plan(place, on, 1, 0, late=True, books=books)[1]
    is_list = asked in (*Waiting, NO_PLAN, LATE_PLAN)
    listing = _listed(request, place, asked, books) if is_list else _level(request, place, found, planned, books)
    replaced, may_write = replacement_in(place), place.unit_id in writing_units(request.person)
    return {
        "place": place,
        "unit_name": _name(place.unit_id, request),
        "paper": paper_name(place.root.directive),
        "cards": _cards(whole, sum(planned.values()) if has_plans else None, late),
        "levels": [_days(each, place) for each in days_per_level(passages(place, on), on, working_calendar("vn") or NO_CALENDAR)],
        "filters": _filters(asked, has_plans=has_plans),
        "asked": asked,
        "has_plans": has_plans,
        "may_remind": may_write and whole.units > 0 and not is_over(replaced, on),
        "replaced": _replaced_words(replaced),
        "send_url": _send_url(place) if may_write and place.relayed_on and listing.get("unsent") else "",
        "campaigns": campaigns_from(place.root.directive, request.person) if place.root.directive else [],
        "trail": _trail(request, place),
        **listing,
    }


def _cards(whole: Sums, planned: int | None, late: int) -> list[dict[str, str]]:
    """How much of the branch is done, each with the way to those who wait; what nobody has to do is left out."""
    rows = [("Đã bấm “Đã nhận”", whole.acknowledged, whole.units, "đơn vị được gửi tới, mọi cấp bên dưới", Waiting.UNACKNOWLEDGED.value)]
    if whole.inner:
        rows.append(("Đã chuyển xuống", whole.relayed, whole.inner, "đơn vị có cấp dưới", Waiting.NOT_RELAYED.value))
    if planned is not None:
        rows.append(("Đã có kế hoạch", planned, whole.units, "đơn vị được gửi tới, mọi cấp bên dưới", NO_PLAN))
    if late:
        rows.append(("Quá hạn có kế hoạch", whole.units - late, whole.units, "đơn vị không quá hạn, mọi cấp bên dưới", LATE_PLAN))
    return [
        {"label": label, "key": f"{format_int(part)}/{format_int(of)}", "note": note, "left": format_int(of - part) if of > part else "",
         "asked": asked}
        for label, part, of, note, asked in rows
    ]  # fmt: skip


def _days(level: LevelDays, place: ChainRow) -> dict[str, Any]:
    """A level as seen from the place: itself, the units directly below, and so on down."""
    names = ("Chính đơn vị này", "Đơn vị trực thuộc")
    below = level.level - (len(place.way) - 1)
    return {
        "name": names[below] if below < len(names) else f"Cách {below} cấp bên dưới",
        "relayed": format_int(level.relayed),
        "waiting": format_int(level.waiting),
        "took": [_took(_part(level.working_days, each), _part(level.calendar_days, each)) for each in ("median", "ninth", "slowest")],
        "waited": f"lâu nhất đã {level.waited} ngày" if level.waited is not None else "",
    }


def _part(took: Took | None, name: str) -> int | None:
    return getattr(took, name) if took else None


def _took(working: int | None, calendar: int | None) -> dict[str, str]:
    """Working days, and calendar days beside them; calendar days alone where no calendar covers them."""
    if calendar is None:
        return {"days": "", "also": ""}
    return {"days": f"{calendar} ngày", "also": ""} if working is None else {"days": str(working), "also": f"({calendar} ngày lịch)"}


def _filters(asked: str, *, has_plans: bool) -> list[dict[str, Any]]:
    named = [("", "Từng cấp"), *((each.value, WAITING_NAMES[each]) for each in Waiting)]
    named += [(NO_PLAN, "Chưa có kế hoạch"), (LATE_PLAN, "Quá hạn có kế hoạch")] if has_plans else []
    return [{"value": value, "words": words, "is_chosen": value == asked} for value, words in named]


def _level(
    request: PageRequest, place: ChainRow, found: dict[int, Sums], planned: dict[int, int], books: Sequence[PlanBook]
) -> dict[str, Any]:
    """The units directly below in today's tree, those to which it was not sent among them, and any that have left it since."""
    under = units_below(place.unit_id, request.person.on)
    left = sorted(found.keys() - {each.id for each in under})
    names = {each.id: each.name for each in under} | names_around(left, request.person.on)
    page = Paginator([*(each.id for each in under), *left], LISTED).get_page(request.GET.get("trang"))
    shown = list(page.object_list)
    rows, plans, gone = level_rows(place, shown), with_plan(place, shown, books), not_there(request.person.on)
    owed = plans_owed(rows.values(), request.person.on)
    return {
        "rows": [
            _row(
                rows.get(unit),
                names.get(unit, ""),
                found.get(unit),
                planned.get(unit, 0),
                owed,
                has_plan=unit in plans,
                is_gone=unit in gone,
            )
            for unit in shown
        ],
        "unsent": len({each.id for each in under} - found.keys()),
        "page": page,
        "count": format_int(page.paginator.count),
        "query": "",
    }


def _listed(request: PageRequest, place: ChainRow, asked: str, books: Sequence[PlanBook]) -> dict[str, Any]:
    """Units of the whole branch that wait for the same thing."""
    number, on = max(number_of(request.GET.get("trang", "1")), 1), request.person.on
    if asked in (NO_PLAN, LATE_PLAN):
        rows, count = without_plan(place, on, number, LISTED, late=asked == LATE_PLAN, books=books)
    else:
        rows, count = waiting_below(place, Waiting(asked), on, number)
    units = [row.unit_id for row in rows]
    names, gone, plans, owed = names_around(units, on), not_there(on), with_plan(place, units, books), plans_owed(rows, on)
    return {
        "rows": [
            _row(row, names.get(row.unit_id, ""), None, 0, owed, has_plan=row.unit_id in plans, is_gone=row.unit_id in gone) for row in rows
        ],
        "page": Paginator(range(count), LISTED).get_page(number),
        "count": format_int(count),
        "query": f"loc={asked}&",
    }


def _row(
    row: ChainRow | None, name: str, sums: Sums | None, planned: int, owed: Mapping[int, PlanOwed], *, has_plan: bool, is_gone: bool
) -> dict[str, Any]:
    if row is None:
        return {"name": name, "url": "", "tag": {"state": COLOURS[Reached.UNSENT], "words": REACHED_NAMES[Reached.UNSENT]}}
    state = reached(sent=True, acknowledged=row.acknowledged_on is not None, relayed=row.relayed_on is not None)
    below = sums and sums.units > 1
    return {
        "name": name,
        "url": chain_url(row) if row.is_inner else "",
        "tag": {"state": COLOURS[state], "words": REACHED_NAMES[state]},
        "sent": format_day(row.sent_on),
        "acknowledged": format_day(row.acknowledged_on) if row.acknowledged_on else "",
        "relayed": f"{format_day(row.relayed_on)}, sau {(row.relayed_on - row.sent_on).days} ngày" if row.relayed_on else "",
        "has_to_relay": row.is_inner and not is_gone,
        "is_gone": is_gone,
        "below": _below(sums, row) if below and sums else "",
        "has_plan": has_plan,
        "plan_due": None if has_plan or is_gone else owed.get(row.unit_id),
        "plans": f"{format_int(planned - has_plan)}/{format_int(sums.units - 1)}" if below and sums else "",
    }


def _below(sums: Sums, row: ChainRow) -> str:
    """Of the units below one, without itself: how many have clicked."""
    acknowledged = sums.acknowledged - (row.acknowledged_on is not None)
    return f"{format_int(acknowledged)}/{format_int(sums.units - 1)} đã nhận"


def is_over(replaced: DirectiveLink | None, on: date) -> bool:
    """Whether what the chain carries holds no more on a day."""
    return replaced is not None and replaced.from_day is not None and replaced.from_day <= on


def _replaced_words(replaced: DirectiveLink | None) -> str:
    if replaced is None or replaced.from_day is None:
        return ""
    return f"{paper_words(replaced.directive)} thay thế {replaced.other} từ ngày {format_day(replaced.from_day)}."


def _send_url(place: ChainRow) -> str:
    """Where the letter is sent to more units."""
    letter = letter_of_place(place)
    return reverse("pass_issue", args=[letter]) if letter else ""


def _name(unit: int, request: PageRequest) -> str:
    return names_around([unit], request.person.on).get(unit, "")


def _trail(request: PageRequest, place: ChainRow) -> Trail:
    """From the highest place of the chain that the reader sees down to this one."""
    seen = [unit for unit in place.way if reads_unit(request.person, unit)]
    names = names_around(seen, request.person.on)
    steps = [(names.get(unit, ""), reverse("chain", args=[place.root_id, unit])) for unit in seen]
    return from_home(("Văn bản chỉ đạo", reverse("passings", args=[place.unit_id])), *steps[:-1], (steps[-1][0], ""))
