"""What the page of gaps shows: wards and communes without a union on a day, and who answers for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day, local_day, typed_day
from kheo.core.numbers import format_int
from kheo.core.problems import Problem
from kheo.core.unit_kinds import Line, kind_name
from kheo.org.models import GapPlan
from kheo.org.queries import Gap, below, gaps, lines_of, names_around, newest_plans, plans_for
from kheo.web.numbers import NEVER, number_in
from kheo.web.tree.asked import Asked

PAGE = 100
MOST_TOPS = 100
NOBODY, TEAM, OWN = "chua-co-ai", "to-dia-ban", "cua-minh"
SHOWN = {"": "Tất cả", TEAM: "Có tổ địa bàn", NOBODY: "Chưa có ai", OWN: "Tổ mình trả lời"}


def context(sent: QueryDict, chosen: Asked, lines: Sequence[Line], *, teams: frozenset[int], is_all: bool) -> dict[str, Any]:
    """For `tree/gaps.html`: `?ngay=` the day, `?thuoc=` the province or city, `?xem=` with a team or with nobody.

    `teams` in whose name the reader answers, `is_all` whether for every ward: there they may say what is done.
    """
    top, shown = number_in(sent, "thuoc"), sent.get("xem", "")
    shown = shown if shown in SHOWN else ""
    tops = [(each.id, each.name) for each in below(chosen.on, Line.ADMIN, None, skip=0, most=MOST_TOPS)]
    found = gaps(chosen.on, below=top if top != NEVER else None)
    meant = [gap for gap in found if _is_meant(gap, shown, teams)]
    page = Paginator(meant, PAGE).get_page(sent.get("trang"))
    rows = list(page.object_list)
    kept = {"ngay": chosen.on.isoformat() if chosen.on != chosen.today else "", "thuoc": top if top != NEVER else "", "xem": shown}
    answered = sum(gap.team is not None for gap in found)
    return {
        "asked": chosen,
        "day": format_day(chosen.on),
        "tops": tops,
        "top": top,
        "shown": shown,
        "has_units": bool(tops),
        "total": format_int(len(found)),
        "answered": format_int(answered),
        "nobody": format_int(len(found) - answered),
        "tabs": [
            {"label": label, "url": _query(kept | {"xem": each}), "current": each == shown}
            for each, label in SHOWN.items()
            if each != OWN or teams
        ],
        "rows": _rows(rows, chosen, lines, teams, is_all=is_all),
        "page": page,
        "query": _query(kept).removeprefix("?") + "&",
        "trail": [{"label": "Cây tổ chức", "url": reverse("tree")}, {"label": "Nơi chưa có công đoàn", "url": ""}],
    }


def _is_meant(gap: Gap, shown: str, teams: frozenset[int]) -> bool:
    if shown == OWN:
        return gap.team is not None and gap.team.id in teams
    return not shown or (gap.team is not None) == (shown == TEAM)


def _query(kept: dict[str, Any]) -> str:
    return "?" + urlencode({key: value for key, value in kept.items() if value})


def _rows(found: Sequence[Gap], chosen: Asked, lines: Sequence[Line], teams: frozenset[int], *, is_all: bool) -> list[dict[str, str]]:
    """A team is linked where the reader may look at it."""
    stand = lines_of({gap.team.id for gap in found if gap.team})
    plans = newest_plans([gap.unit.id for gap in found])
    is_today = chosen.on == chosen.today
    at = replace(chosen, line=Line.ADMIN)
    return [
        {
            "name": gap.unit.name,
            "kind": kind_name(gap.unit.kind),
            "code": gap.unit.code,
            "url": at.unit(gap.unit.id),
            "plan": plan_words(plans[gap.unit.id]) if gap.unit.id in plans else "",
            "answer_url": reverse("answer_gap", args=[gap.unit.id])
            if is_today and (is_all or (gap.team is not None and gap.team.id in teams))
            else "",
            "team": gap.team.name if gap.team else "",
            "team_url": chosen.unit(gap.team.id) if gap.team and not stand.get(gap.team.id, frozenset()).isdisjoint(lines) else "",
        }
        for gap in found
    ]


def plan_words(plan: GapPlan) -> str:
    """`Lê Thị Nga theo dõi; dự kiến có công đoàn ngày 01/03/2026. Đang vận động hai doanh nghiệp`."""
    told = [f"{plan.covers} theo dõi"] if plan.covers else []
    told += [f"dự kiến có công đoàn ngày {format_day(plan.founded_on)}"] if plan.founded_on else []
    words = "; ".join(told)
    return f"{words[:1].upper()}{words[1:]}{'. ' if words and plan.note else ''}{plan.note}"


@dataclass(frozen=True)
class Answer:
    """What is done about a ward, as it was typed."""

    covers: str
    text: str
    note: str

    @classmethod
    def of(cls, form: QueryDict) -> "Answer":
        """Out of the form."""
        return cls(form.get("theo-doi", "")[:1000], form.get("ngay", "").strip()[:40], form.get("ghi-chu", "")[:2000])

    @property
    def day(self) -> date | None:
        """The day that was typed, where it is one."""
        try:
            return typed_day(self.text) if self.text else None
        except ValueError:
            return None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be read."""
        return (Problem(f"“{self.text}” không phải là một ngày.", key="founded_on"),) if self.text and self.day is None else ()


FIELDS = {"covers": "theo-doi", "founded_on": "ngay", "note": "ghi-chu"}


def answer(gap: Gap, acting: int, typed: Answer, problems: Sequence[Problem], on: date, *, may_change: bool) -> dict[str, Any]:
    """For `tree/gap.html`."""
    steps = [("Cây tổ chức", reverse("tree")), ("Nơi chưa có công đoàn", reverse("gaps")), (gap.unit.name, "")]
    return {
        "name": gap.unit.name,
        "team": gap.team.name if gap.team else "",
        "acting": names_around([acting], on).get(acting, ""),
        "typed": typed,
        "may_change": may_change,
        "plans": [
            {"words": plan_words(each), "maker": each.maker, "day": format_day(local_day(each.made_at))} for each in plans_for(gap.unit.id)
        ],
        "problems": [{"message": each.message, "anchor": FIELDS[each.key]} for each in problems],
        "faults": {each.key: each.message for each in problems},
        "trail": [{"label": label, "url": url} for label, url in steps],
    }
