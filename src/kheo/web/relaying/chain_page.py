"""What the page of a chain says: sums of the branch, days per level, the units directly below, or a list of those who wait."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from kheo.campaigns.queries import working_calendar
from kheo.core.days import WorkingCalendar, format_day
from kheo.core.numbers import format_int
from kheo.core.relaying.chain import REACHED_NAMES, LevelDays, Reached, Took, days_per_level, reached
from kheo.directives.access import reads_unit, writing_units
from kheo.directives.models import ChainRow
from kheo.directives.queries.chain import LISTED, WAITING_NAMES, Sums, Waiting, branches, level_rows, passages, waiting_below
from kheo.directives.queries.recipients import units_below
from kheo.org.queries import unit_facts
from kheo.registers.queries.plans import plan_register, plans_by_branch, with_plan, without_plan
from kheo.web.numbers import number_of
from kheo.web.reach import PageRequest
from kheo.web.relaying.wording import COLOURS, chain_url, paper_name
from kheo.web.trails import Trail, from_home

NO_PLAN = "chua-ke-hoach"
ENDED = "Đơn vị đã kết thúc"
NO_CALENDAR = WorkingCalendar(frozenset(), frozenset(), frozenset())


def context(request: PageRequest, place: ChainRow) -> dict[str, Any]:
    """The whole page."""
    found, has_plans = branches(place), plan_register() is not None
    planned = plans_by_branch(place) if has_plans else {}
    whole = sum(found.values(), Sums())
    asked = request.GET.get("loc", "")
    listing = _listed(request, place, asked) if asked in (*Waiting, NO_PLAN) else _level(request, place, found, planned)
    on = request.person.on
    return {
        "place": place,
        "unit_name": _name(place.unit_id, request),
        "paper": paper_name(place.root.directive),
        "cards": _cards(whole, sum(planned.values()) if has_plans else None),
        "levels": [_days(each) for each in days_per_level(passages(place), on, working_calendar("vn") or NO_CALENDAR)],
        "filters": _filters(asked, has_plans=has_plans),
        "asked": asked,
        "has_plans": has_plans,
        "may_remind": place.unit_id in writing_units(request.person) and whole.units > 0,
        "trail": _trail(request, place),
        **listing,
    }


def _cards(whole: Sums, planned: int | None) -> list[dict[str, str]]:
    def card(label: str, part: int, of: int, note: str) -> dict[str, str]:
        return {"label": label, "key": f"{format_int(part)}/{format_int(of)}", "note": note}

    found = [
        card("Đã bấm “Đã nhận”", whole.acknowledged, whole.units, "đơn vị được gửi tới"),
        card("Đã chuyển xuống", whole.relayed, whole.inner, "đơn vị có cấp dưới"),
    ]
    return found if planned is None else [*found, card("Đã có kế hoạch", planned, whole.units, "đơn vị được gửi tới")]


def _days(level: LevelDays) -> dict[str, Any]:
    return {
        "name": "Nơi ban hành" if level.level == 0 else f"Cấp {level.level} bên dưới",
        "relayed": format_int(level.relayed),
        "waiting": format_int(level.waiting),
        "working": _took(level.working_days),
        "calendar": _took(level.calendar_days),
        "waited": f"lâu nhất {level.waited} ngày" if level.waited is not None else "",
    }


def _took(took: Took | None) -> str:
    return f"{took.median} · {took.ninth} · {took.slowest}" if took else "–"


def _filters(asked: str, *, has_plans: bool) -> list[dict[str, Any]]:
    named = [("", "Từng cấp"), *((each.value, WAITING_NAMES[each]) for each in Waiting)]
    named += [(NO_PLAN, "Chưa có kế hoạch")] if has_plans else []
    return [{"value": value, "words": words, "is_chosen": value == asked} for value, words in named]


def _level(request: PageRequest, place: ChainRow, found: dict[int, Sums], planned: dict[int, int]) -> dict[str, Any]:
    """The units directly below in today's tree, those to which it was not sent among them, and any that have left it since."""
    under = units_below(place.unit_id, request.person.on)
    left = sorted(found.keys() - {each.id for each in under})
    names = {each.id: each.name for each in under} | {unit: facts.name for unit, facts in unit_facts(left, request.person.on).items()}
    page = Paginator([*(each.id for each in under), *left], LISTED).get_page(request.GET.get("trang"))
    shown = list(page.object_list)
    rows, plans = level_rows(place, shown), with_plan(place, shown)
    return {
        "rows": [_row(rows.get(unit), names.get(unit, ENDED), found.get(unit), planned.get(unit, 0), unit in plans) for unit in shown],
        "page": page,
        "count": format_int(page.paginator.count),
        "query": "",
    }


def _listed(request: PageRequest, place: ChainRow, asked: str) -> dict[str, Any]:
    """Units of the whole branch that wait for the same thing."""
    number = max(number_of(request.GET.get("trang", "1")), 1)
    rows, count = without_plan(place, number, LISTED) if asked == NO_PLAN else waiting_below(place, Waiting(asked), number)
    facts = unit_facts([row.unit_id for row in rows], request.person.on)
    plans = with_plan(place, [row.unit_id for row in rows])
    named = ((row, facts[row.unit_id].name if row.unit_id in facts else ENDED) for row in rows)
    return {
        "rows": [_row(row, name, None, 0, row.unit_id in plans) for row, name in named],
        "page": Paginator(range(count), LISTED).get_page(number),
        "count": format_int(count),
        "query": f"loc={asked}&",
    }


def _row(row: ChainRow | None, name: str, sums: Sums | None, planned: int, has_plan: bool) -> dict[str, Any]:
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
        "relayed": f"{format_day(row.relayed_on)} ({(row.relayed_on - row.sent_on).days} ngày)" if row.relayed_on else "",
        "has_to_relay": row.is_inner,
        "below": _below(sums, row) if below and sums else "",
        "has_plan": has_plan,
        "plans": f"{format_int(planned - has_plan)}/{format_int(sums.units - 1)}" if below and sums else "",
    }


def _below(sums: Sums, row: ChainRow) -> str:
    """Of the units below one, without itself: how many have clicked."""
    acknowledged = sums.acknowledged - (row.acknowledged_on is not None)
    return f"{format_int(acknowledged)}/{format_int(sums.units - 1)} đã nhận"


def _name(unit: int, request: PageRequest) -> str:
    facts = unit_facts([unit], request.person.on)
    return facts[unit].name if unit in facts else ENDED


def _trail(request: PageRequest, place: ChainRow) -> Trail:
    """From the highest place of the chain that the reader sees down to this one."""
    seen = [unit for unit in place.way if reads_unit(request.person, unit)]
    names = unit_facts(seen, request.person.on)
    steps = [(names[unit].name if unit in names else ENDED, reverse("chain", args=[place.root_id, unit])) for unit in seen]
    return from_home(("Văn bản chỉ đạo", reverse("passings", args=[place.unit_id])), *steps[:-1], (steps[-1][0], ""))
