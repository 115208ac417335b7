"""What the page of gaps shows: wards and communes without a union on a day, and who answers for them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.unit_kinds import Line, kind_name
from kheo.org.queries import Gap, below, gaps, lines_of
from kheo.web.numbers import NEVER, number_in
from kheo.web.tree.asked import Asked

PAGE = 100
MOST_TOPS = 100
NOBODY, TEAM = "chua-co-ai", "to-dia-ban"
SHOWN = {"": "Tất cả", TEAM: "Có tổ địa bàn", NOBODY: "Chưa có ai"}


def context(sent: QueryDict, chosen: Asked, lines: Sequence[Line]) -> dict[str, Any]:
    """For `tree/gaps.html`: `?ngay=` the day, `?thuoc=` the province or city, `?xem=` with a team or with nobody."""
    top, shown = number_in(sent, "thuoc"), sent.get("xem", "")
    shown = shown if shown in SHOWN else ""
    tops = [(each.id, each.name) for each in below(chosen.on, Line.ADMIN, None, skip=0, most=MOST_TOPS)]
    found = gaps(chosen.on, below=top if top != NEVER else None)
    meant = [gap for gap in found if not shown or (gap.team is not None) == (shown == TEAM)]
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
        "tabs": [{"label": label, "url": _query(kept | {"xem": each}), "current": each == shown} for each, label in SHOWN.items()],
        "rows": _rows(rows, chosen, lines),
        "page": page,
        "query": _query(kept).removeprefix("?") + "&",
        "trail": [{"label": "Cây tổ chức", "url": reverse("tree")}, {"label": "Nơi chưa có công đoàn", "url": ""}],
    }


def _query(kept: dict[str, Any]) -> str:
    return "?" + urlencode({key: value for key, value in kept.items() if value})


def _rows(found: Sequence[Gap], chosen: Asked, lines: Sequence[Line]) -> list[dict[str, str]]:
    """A team is linked where the reader may look at it."""
    stand = lines_of({gap.team.id for gap in found if gap.team})
    at = replace(chosen, line=Line.ADMIN)
    return [
        {
            "name": gap.unit.name,
            "kind": kind_name(gap.unit.kind),
            "code": gap.unit.code,
            "url": at.unit(gap.unit.id),
            "team": gap.team.name if gap.team else "",
            "team_url": chosen.unit(gap.team.id) if gap.team and not stand.get(gap.team.id, frozenset()).isdisjoint(lines) else "",
        }
        for gap in found
    ]
