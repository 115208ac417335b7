"""What the page of events shows: what happened to units and what is going to, by day."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day, format_instant
from kheo.core.numbers import format_int
from kheo.core.unit_kinds import Line
from kheo.org.queries import BatchTold, Chapter, Happenings, batch_told, happenings, search
from kheo.web.numbers import NEVER, number_in
from kheo.web.tree.asked import Asked
from kheo.web.tree.life_words import chapter
from kheo.web.tree.tree_page import LONGEST

PAGE = 50
COMING, PAST = "sap-toi", "da-qua"
WHEN = {"": "Tất cả", COMING: "Sẽ có hiệu lực", PAST: "Đã có hiệu lực"}


def context(sent: QueryDict, chosen: Asked, lines: Sequence[Line]) -> dict[str, Any]:
    """For `tree/events.html`: `?tim=` units by name or code, `?dot=` recorded together, `?khi=` to come or past."""
    text, batch, when = sent.get("tim", "").strip()[:LONGEST], number_in(sent, "dot"), sent.get("khi", "")
    when = when if when in WHEN else ""
    units, has_more = _meant(text, chosen.today, lines)
    found = happenings(
        lines,
        units=units,
        batch=batch if "dot" in sent else None,
        after=chosen.today if when == COMING else None,
        until=chosen.today if when == PAST else None,
        page=number_in(sent, "trang"),
        most=PAGE,
    )
    kept = {key: value for key, value in (("tim", text), ("dot", batch if batch != NEVER else ""), ("khi", when)) if value}
    return {
        "text": text,
        "when": when,
        "batch": _batch(batch_told(batch) if "dot" in sent and found.total else None),
        "batch_asked": batch if "dot" in sent and batch != NEVER else "",
        "has_more": has_more,
        "looked_at": len(units or ()),
        "tabs": [_tab(each, kept, when) for each in WHEN],
        "is_filtered": bool(text or "dot" in sent or when),
        "total": format_int(found.total),
        "days": _days(found, chosen),
        "page": Paginator(range(found.total), PAGE).get_page(sent.get("trang")),
        "query": urlencode(kept) + "&" if kept else "",
        "trail": [{"label": "Cây tổ chức", "url": reverse("tree")}, {"label": "Sắp xếp đơn vị", "url": ""}],
    }


def _meant(text: str, on: date, lines: Sequence[Line]) -> tuple[list[int] | None, bool]:
    """The units that the words mean (None: no words, all units), and whether there are more than were looked at."""
    if not text:
        return None, False
    found, has_more = search(text, on, lines)
    return [each.id for each in found], has_more


def _tab(each: str, kept: dict[str, Any], when: str) -> dict[str, Any]:
    query = urlencode({key: value for key, value in (kept | {"khi": each}).items() if value})
    return {"label": WHEN[each], "url": f"?{query}", "current": each == when}


def _batch(told: BatchTold | None) -> dict[str, str] | None:
    if told is None:
        return None
    return {"id": str(told.id), "file": PurePath(told.file).name, "recorded": format_instant(told.recorded_at)}


def _days(found: Happenings, chosen: Asked) -> list[dict[str, Any]]:
    """The events of a page under their days."""
    return [
        {
            "day": format_day(day),
            "iso": day.isoformat(),
            "is_future": day > chosen.today,
            "events": [_event(each, found.known, chosen.at(day)) for each in told],
        }
        for day, told in groupby(found.chapters, key=lambda each: each.event.day)
    ]


def _event(told: Chapter, known: frozenset[int], chosen: Asked) -> dict[str, Any]:
    event = told.event
    return chapter(told, event.unit, chosen) | {
        "unit": event.unit_name or f"Đơn vị số {event.unit}",
        "code": event.unit_code,
        "url": chosen.unit(event.unit) if event.unit in known else "",
        "batch": event.batch,
    }
