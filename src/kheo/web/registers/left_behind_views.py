"""What units that have ended left, of all registers: chosen, confirmed, taken over each by itself, with a result per row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kheo.core.numbers import format_int
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, each_to_read, keeps_books
from kheo.registers.actions import LeftEntry, Made, Refused, Side, left_behind, take_over_many
from kheo.registers.queries.showing import title_shown
from kheo.web.grouping import grouped
from kheo.web.numbers import number_in, pairs_in
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.picking import MOST_DONE, MOST_PICKED, as_values
from kheo.web.registers.shown import state_tag

STAYS = "Đơn vị ấy không tiếp nhận được, hoặc đã có người tiếp nhận."
SIDES: dict[Side, str] = {"owner": "ghi", "handler": "được giao"}
Group = tuple[Side, int, frozenset[int]]


@signed_in
@require_safe
def left_entries(request: PageRequest) -> HttpResponseBase:
    """By unit that ended and who may take over: the entries, ready to be ticked."""
    if not keeps_books(request.person):
        raise Unreachable
    found, is_more = left_behind(request.person, most=MOST_PICKED)
    groups: dict[Group, list[LeftEntry]] = {}
    for each in found:
        groups.setdefault((each.side, each.unit, each.takers), []).append(each)
    names = names_around({unit for _, unit, takers in groups for unit in (unit, *takers)}, request.person.on)
    shown = [
        {
            "unit": names.get(unit, ""),
            "side": side,
            "side_words": SIDES[side],
            "count": format_int(len(rows)),
            "takers": by_name(takers, names),
            "rows": [_row(each) for each in rows],
        }
        for (side, unit, takers), rows in groups.items()
    ]
    return render(request, "registers/left.html", {"groups": shown, "is_more": is_more, "most": format_int(MOST_PICKED), "trail": _trail()})


@signed_in
@require_POST
def take_over_chosen(request: PageRequest) -> HttpResponseBase:
    """First which entries go to which unit and which stay (`to`, `side`); once that is confirmed (`dong-y`), each by itself."""
    if not keeps_books(request.person):
        raise Unreachable
    seen = dict(list(pairs_in([*request.POST.getlist("pick"), *request.POST.get("chon", "").split()]).items())[:MOST_PICKED])
    side: Side = "handler" if request.POST.get("side") == "handler" else "owner"
    to = number_in(request.POST, "to")
    name = names_around([to], request.person.on).get(to, "")
    frame = {"to": to, "to_name": name, "side": side, "trail": _trail("Tiếp nhận")}
    if "dong-y" in request.POST:
        return render(request, "registers/left_done.html", frame | _carried_out(request, seen, to, side))
    return render(request, "registers/left_confirm.html", frame | _question(request, seen, to, side))


def by_name(units: Iterable[int], names: Mapping[int, str]) -> list[tuple[int, str]]:
    """Units with their names, in their order."""
    pairs = [(each, names.get(each, "")) for each in units]
    return sorted(pairs, key=lambda pair: pair[1])


def _question(request: PageRequest, seen: dict[int, int], to: int, side: Side) -> dict[str, Any]:
    """What goes to the unit and what stays. Of what this person does not read nothing is said."""
    found, _ = left_behind(request.person, most=MOST_PICKED)
    fitting = {each.reached.entry.pk: each for each in found if each.side == side and to in each.takers}
    read = each_to_read(request.person, list(seen))
    fit = [fitting[number] for number in read if number in fitting]
    rest = [reached for number, reached in read.items() if number not in fitting]
    return {
        "count": format_int(len(fit)),
        "values": as_values((each.reached.entry.pk, seen[each.reached.entry.pk]) for each in fit),
        "groups": grouped((each.reached.book.definition.name, f"{_titled(each.reached)} ({each.reached.entry.code})") for each in fit),
        "left_count": format_int(len(rest)),
        "left_out": grouped((STAYS, f"{_titled(each)} ({each.entry.code})") for each in rest),
        "is_long": len(fit) > MOST_DONE,
        "most": MOST_DONE,
    }


def _carried_out(request: PageRequest, seen: dict[int, int], to: int, side: Side) -> dict[str, Any]:
    """Take over the first of them; what became of each, and those left for the next press."""
    pairs = list(seen.items())
    read = each_to_read(request.person, [number for number, _ in pairs[:MOST_DONE]])
    now = [(number, version) for number, version in pairs[:MOST_DONE] if number in read]
    outcomes = take_over_many(now, to, by=request.person, at=request.now, side=side)
    before = {number: reached.entry.owner_id if side == "owner" else reached.entry.handler_id for number, reached in read.items()}
    rows = []
    for (number, _), outcome in zip(now, outcomes, strict=True):
        reached = read[number]
        is_already = isinstance(outcome, Refused) and before[number] == to
        rows.append({
            "title": _titled(reached),
            "code": reached.entry.code,
            "url": reverse("entry", args=[number]),
            "is_done": isinstance(outcome, Made),
            "is_already": is_already,
            "refusal": outcome.message if isinstance(outcome, Refused) and not is_already else "",
        })  # fmt: skip
    return {
        "rows": rows,
        "done": sum(row["is_done"] for row in rows),
        "later": len(pairs[MOST_DONE:]),
        "values": as_values(pairs[MOST_DONE:]),
    }


def _row(each: LeftEntry) -> dict[str, Any]:
    reached = each.reached
    return {
        "id": reached.entry.pk,
        "value": f"{reached.entry.pk}.{reached.entry.version}",
        "title": _titled(reached),
        "code": reached.entry.code,
        "book": reached.book.definition.short,
        "url": reverse("entry", args=[reached.entry.pk]),
        "tag": state_tag(reached.book, reached.entry.state),
    }


def _titled(reached: ReachedEntry) -> str:
    return title_shown(reached.book.definition, reached.entry, reached.sees_personal)


def _trail(*last: str) -> Sequence[dict[str, str]]:
    here = ("Hồ sơ của đơn vị đã kết thúc", reverse("left_entries") if last else "")
    return [{"label": words, "url": url} for words, url in [("Sổ", reverse("registers")), here, *((each, "") for each in last)]]
