"""What the picture of a reorganisation shows: a page of new units with the old ones they came from, drawn and as a table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.days import format_day
from kheo.core.flows import NARROW, WIDE, Frame, Name, Picture, Source, Target, picture
from kheo.core.numbers import format_int
from kheo.core.short_words import short_name
from kheo.core.text import sort_key, words
from kheo.org.queries import Flow, OldUnit, days_of_change, decisions_of, identity, reorganisation
from kheo.web.numbers import NEVER, number_in
from kheo.web.tree.asked import SLUGS, Asked, day_in
from kheo.web.tree.tree_page import LONGEST

PAGE = 12
MOST_GONE = 100


def context(sent: QueryDict, chosen: Asked, unit: int) -> dict[str, Any]:
    """For `tree/flows.html`."""
    known = identity(unit)
    days = days_of_change()
    first, last = _range(sent, days, chosen.on)
    found = reorganisation(unit, first, last, chosen.line)
    text, above = sent.get("tim", "").strip()[:LONGEST], number_in(sent, "cu")
    flows = sorted((flow for flow in found.flows if _is_meant(flow, text, above)), key=lambda flow: _order(flow, unit))
    page = Paginator(flows, PAGE).get_page(sent.get("trang"))
    shown = [_plain(flow, unit) for flow in page.object_list]
    here = chosen.at(last)
    decisions = decisions_of([flow.event for flow in shown if flow.event])
    kept = {"tuyen": SLUGS[chosen.line], "tu": first.isoformat(), "den": last.isoformat()}
    more = {"tim": text, "cu": above if above != NEVER else ""}
    name = known.name_around(last) if known else ""
    headline = _headline([flow for flow in found.flows if flow.id != unit], name)
    return {
        "asked": chosen,
        "slug": SLUGS[chosen.line],
        "unit_name": name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "first_day": format_day(first),
        "last_day": format_day(last),
        "headline": headline,
        "counts": _counts([flow for flow in found.flows if flow.id != unit]),
        "picture": drawn(shown, headline) if shown else "",
        "rows": [_row(flow, here, chosen.at(first), decisions) for flow in shown],
        "page": page,
        "query": urlencode(kept | {key: value for key, value in more.items() if value}) + "&",
        "text": text,
        "above": above,
        "choices": _choices(found.flows),
        "days": [{"day": format_day(day), "url": f"?{urlencode(_day_before(day, chosen))}", "is_now": day == last} for day in days],
        "has_changes": bool(found.flows),
        "gone": [{"name": each.name, "url": chosen.at(first).unit(each.id)} for each in found.gone[:MOST_GONE]],
        "gone_count": format_int(len(found.gone)),
        "gone_more": format_int(max(len(found.gone) - MOST_GONE, 0)) if len(found.gone) > MOST_GONE else "",
        "trail": [
            {"label": "Cây tổ chức", "url": here.tree()},
            {"label": name, "url": here.unit(unit)},
            {"label": "Sắp xếp đơn vị", "url": ""},
        ],
    }


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
    parts = words(text)
    names = [flow.name, *(f"{old.name} {old.above_name}" for old in flow.old)]
    return not parts or any(all(any(word.startswith(part) for word in words(name)) for part in parts) for name in names)


def _order(flow: Flow, unit: int) -> tuple[Any, ...]:
    """The unit asked about first, then by the old unit above most of what came, so that neighbours stand together."""
    return flow.id != unit, sort_key(flow.old[0].above_name) if flow.old else "~", sort_key(flow.name), flow.id


def _headline(flows: Sequence[Flow], name: str) -> str:
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


def _plain(flow: Flow, unit: int) -> Flow:
    """Where an old unit stood is said only where it was not under the unit asked about."""
    return replace(flow, old=tuple(replace(old, above_name="") if old.above == unit else old for old in flow.old))


def _row(flow: Flow, chosen: Asked, before: Asked, decisions: dict[int, str]) -> dict[str, Any]:
    return {
        "name": flow.name,
        "url": chosen.unit(flow.id),
        "old": [
            {"name": _with_above(old), "url": before.unit(old.id), "is_part": old.is_part, "is_same": old.id == flow.id} for old in flow.old
        ],
        "decision": decisions.get(flow.event, "") if flow.event else "",
    }


def _with_above(old: OldUnit) -> str:
    return f"{old.name} ({short_name(old.above_name)})" if old.above_name else old.name


def drawn(flows: Sequence[Flow], said: str) -> SafeString:
    """The picture twice, for wide and for narrow screens, as SVG in the page; the table beside it says the same."""
    label = escape(f"{said}; chi tiết trong bảng bên dưới")
    wide = [Target(flow.id, short_name(flow.name), tuple(Source(old.id, _short(old), old.is_part) for old in flow.old)) for flow in flows]
    narrow = [
        Target(flow.id, short_name(flow.name), tuple(Source(old.id, short_name(old.name), old.is_part) for old in flow.old))
        for flow in flows
    ]
    text = _svg(wide, WIDE, label, "flows-wide") + _svg(narrow, NARROW, label, "flows-narrow")
    return mark_safe(text)  # noqa: S308  # numbers of ours, and every text in it is escaped


def _svg(targets: Sequence[Target], frame: Frame, label: str, kind: str) -> str:
    made = picture(targets, frame)
    parts = _ribbons(made) + _names(made.old, "end", frame.left) + _names(made.new, "value", frame.right)
    return f'<svg class="{kind}" viewBox="0 0 {made.width} {made.height}" role="img" aria-label="{label}">{parts}</svg>'


def _short(old: OldUnit) -> str:
    return f"{short_name(old.name)} · {short_name(old.above_name)}" if old.above_name else short_name(old.name)


def _ribbons(made: Picture) -> str:
    kinds = {True: 'class="ribbon is-part"', False: 'class="ribbon"'}
    return "".join(f'<path {kinds[each.is_part]} d="{each.path}"/>' for each in made.ribbons)


def _names(names: Sequence[Name], kind: str, x: int) -> str:
    return "".join(f'<text class="{kind}" x="{x}" y="{name.y + 5}">{escape(name.text)}</text>' for name in names)
