"""What the picture of a reorganisation shows: a page of new units with the old ones they came from, drawn and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.short_words import short_name
from kheo.core.text import sort_key, words
from kheo.org.queries import Flow, OldUnit, Reorganisation, days_of_change, decisions_of, identity, reorganisation
from kheo.web.numbers import NEVER, number_in
from kheo.web.tree.asked import SLUGS, Asked, day_in
from kheo.web.tree.flow_drawing import drawn
from kheo.web.tree.tree_page import LONGEST

PAGE = 12
MOST_GONE = 100
MOST_SAID = 4
MOST_DRAWN = 500  # new units in one picture to take away
TABLE, PICTURE = "sap-xep-don-vi.csv", "sap-xep-don-vi.svg"


@dataclass(frozen=True)
class Seen:
    """What is asked for: the days, all that changed between them, and which of it is meant, in the order in which it is shown."""

    first: date
    last: date
    found: Reorganisation
    flows: tuple[Flow, ...]
    text: str
    above: int

    @property
    def is_part(self) -> bool:
        """Whether something was looked for."""
        return bool(self.text) or self.above != NEVER


def seen(sent: QueryDict, chosen: Asked, unit: int, days: Sequence[date]) -> Seen:
    """From `?tu=`, `?den=`, `?tim=` and `?cu=`."""
    first, last = _range(sent, days, chosen.on)
    found = reorganisation(unit, first, last, chosen.line)
    text, above = sent.get("tim", "").strip()[:LONGEST], number_in(sent, "cu")
    flows = sorted((flow for flow in found.flows if _is_meant(flow, text, above)), key=lambda flow: _order(flow, unit))
    return Seen(first, last, found, tuple(flows), text, above)


def context(sent: QueryDict, chosen: Asked, unit: int) -> dict[str, Any]:
    """For `tree/flows.html`."""
    known, days = identity(unit), days_of_change()
    asked = seen(sent, chosen, unit, days)
    page = Paginator(asked.flows, PAGE).get_page(sent.get("trang"))
    shown = [plain(flow, unit) for flow in page.object_list]
    name = known.name_around(asked.last) if known else ""
    counted = [flow for flow in asked.flows if flow.id != unit or asked.is_part]
    headline = headline_of(counted, f"Khớp với “{asked.text}”" if asked.text else name)
    query = _query(asked, chosen)
    return {
        "asked": chosen,
        "slug": SLUGS[chosen.line],
        "unit_name": name,
        "headline": headline,
        "counts": _counts(counted),
        "said": sentences(asked, unit),
        "picture": drawn(shown, headline) if shown else "",
        "page": page,
        "query": query + "&",
        "table_url": f"{reverse('flows_file', args=[unit, TABLE])}?{query}",
        "picture_url": f"{reverse('flows_file', args=[unit, PICTURE])}?{query}" if len(asked.flows) <= MOST_DRAWN else "",
        "text": asked.text,
        "above": asked.above,
        "choices": _choices(asked.found.flows),
        "days": [{"day": format_day(day), "url": f"?{urlencode(_day_before(day, chosen))}", "is_now": day == asked.last} for day in days],
        **_framed(asked, shown, chosen, unit, name),
    }


def _framed(asked: Seen, shown: Sequence[Flow], chosen: Asked, unit: int, name: str) -> dict[str, Any]:
    """The days, the rows of the table, what ended, and the way here."""
    found, here, before = asked.found, chosen.at(asked.last), chosen.at(asked.first)
    decisions = decisions_of([flow.event for flow in shown if flow.event])
    return {
        "first_day": format_day(asked.first),
        "last_day": format_day(asked.last),
        "rows": [_row(flow, here, before, decisions) for flow in shown],
        "has_changes": bool(found.flows),
        "gone": [{"name": each.name, "url": before.unit(each.id)} for each in found.gone[:MOST_GONE]],
        "gone_count": format_int(len(found.gone)),
        "gone_more": format_int(max(len(found.gone) - MOST_GONE, 0)) if len(found.gone) > MOST_GONE else "",
        "trail": [
            {"label": "Cây tổ chức", "url": here.tree()},
            {"label": name, "url": here.unit(unit)},
            {"label": "Sắp xếp đơn vị", "url": ""},
        ],
    }


def _query(asked: Seen, chosen: Asked) -> str:
    kept = {"tuyen": SLUGS[chosen.line], "tu": asked.first.isoformat(), "den": asked.last.isoformat()}
    more = {"tim": asked.text, "cu": asked.above if asked.above != NEVER else ""}
    return urlencode(kept | {key: value for key, value in more.items() if value})


def sentences(asked: Seen, unit: int) -> list[str]:
    """What a name that was looked for became, or was made of; nothing where more units are called so than one takes in at a glance."""
    if not asked.text:
        return []
    new = [plain(flow, unit) for flow in asked.flows if flow.old and _holds(flow.name, asked.text)]
    went: dict[int, tuple[str, list[str]]] = {}
    for flow in (plain(each, unit) for each in asked.found.flows):
        for old in flow.old:
            if old.id != flow.id and _holds(f"{old.name} {old.above_name}", asked.text) and _holds(old.name, asked.text, any_word=True):
                went.setdefault(old.id, (with_above(old), []))[1].append(f"{flow.name}{' (một phần)' if old.is_part else ''}")
    told = [f"{flow.name} gồm {_listed([_share(old) for old in flow.old])}." for flow in new if [old.id for old in flow.old] != [flow.id]]
    told += [f"{name} thành {_listed(names)}." for name, names in went.values()]
    return told if len(told) <= MOST_SAID else []


def _share(old: OldUnit) -> str:
    return f"{'một phần ' if old.is_part else ''}{with_above(old)}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def _holds(name: str, text: str, *, any_word: bool = False) -> bool:
    """Whether every word looked for begins one of the name (or at least one does)."""
    known = words(name)
    matched = (any(word.startswith(part) for word in known) for part in words(text))
    return any(matched) if any_word else all(matched)


def address(unit: int, chosen: Asked, day: date) -> str:
    """The picture of what a day did to the units under one."""
    return f"{reverse('flows', args=[unit])}?{urlencode(_day_before(day, chosen))}"


def _day_before(day: date, chosen: Asked) -> dict[str, str]:
    return {"tuyen": SLUGS[chosen.line], "tu": (day - timedelta(days=1)).isoformat(), "den": day.isoformat()}


def _range(sent: QueryDict, days: Sequence[date], on: date) -> tuple[date, date]:
    """The days asked about; without any (or with the later before the earlier), the last day up to `on` on which units changed."""
    first, last = day_in(sent, "tu"), day_in(sent, "den")
    if first and last and first < last:
        return first, last
    day = next((day for day in days if day <= on), days[-1] if days else on)
    return day - timedelta(days=1), day


def _is_meant(flow: Flow, text: str, above: int) -> bool:
    """Whether its own name or that of an old unit holds every word looked for, and an old one stood under the one chosen."""
    if above != NEVER and not any(old.above == above for old in flow.old):
        return False
    return any(_holds(name, text) for name in (flow.name, *(f"{old.name} {old.above_name}" for old in flow.old)))


def _order(flow: Flow, unit: int) -> tuple[Any, ...]:
    """The unit asked about first, then by the old unit above most of what came, so that neighbours stand together."""
    return flow.id != unit, sort_key(flow.old[0].above_name) if flow.old else "~", sort_key(flow.name), flow.id


def headline_of(flows: Sequence[Flow], name: str) -> str:
    """`Thành phố Hồ Chí Minh: 455 đơn vị cũ thành 168 đơn vị`."""
    old = {each.id for flow in flows for each in flow.old}
    return f"{name}: {format_int(len(old))} đơn vị cũ thành {format_int(len(flows))} đơn vị"


def _counts(flows: Sequence[Flow]) -> list[dict[str, str]]:
    """How often what happened, each new unit counted once."""
    kinds = {"gộp từ nhiều đơn vị": 0, "chỉ đổi tên hoặc cấp trên": 0, "từ một đơn vị": 0, "mới, không có đơn vị cũ": 0}
    for flow in flows:
        if not flow.old:
            kinds["mới, không có đơn vị cũ"] += 1
        elif len(flow.old) > 1:
            kinds["gộp từ nhiều đơn vị"] += 1
        else:
            kinds["chỉ đổi tên hoặc cấp trên" if flow.old[0].id == flow.id else "từ một đơn vị"] += 1
    return [{"count": format_int(count), "words": kind} for kind, count in kinds.items() if count]


def _choices(flows: Sequence[Flow]) -> list[tuple[int, str]]:
    """The units that old ones stood under."""
    found = {old.above: old.above_name for flow in flows for old in flow.old if old.above}
    return sorted(found.items(), key=lambda item: sort_key(item[1]))


def plain(flow: Flow, unit: int) -> Flow:
    """Where an old unit stood is said only where it was not under the unit asked about."""
    return replace(flow, old=tuple(replace(old, above_name="") if old.above == unit else old for old in flow.old))


def _row(flow: Flow, chosen: Asked, before: Asked, decisions: dict[int, str]) -> dict[str, Any]:
    return {
        "name": flow.name,
        "url": chosen.unit(flow.id),
        "old": [
            {"name": with_above(old), "url": before.unit(old.id), "is_part": old.is_part, "is_same": old.id == flow.id} for old in flow.old
        ],
        "decision": decisions.get(flow.event, "") if flow.event else "",
    }


def with_above(old: OldUnit) -> str:
    """`Phường Bến Nghé (Quận 1)`."""
    return f"{old.name} ({short_name(old.above_name)})" if old.above_name else old.name
