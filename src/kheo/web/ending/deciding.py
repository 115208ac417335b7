"""Deciding on many reports of ended units: what is meant is shown first, with what it leaves out; each has its own answer after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from kheo.core.numbers import format_int
from kheo.core.personal_data import Vouched
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.reports.actions import Done, Refusal
from kheo.reports.actions.deciding_many import AlreadySo, AsShown, decide_as_shown
from kheo.reports.actions.transitioning import NO_REASON
from kheo.reports.actions.words import read_reason
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.waiting import WaitingReport, units_owing, waiting_at
from kheo.web.ending.many import (
    CLOSE,
    DEEDS,
    HAND_OVER,
    REROUTE,
    SUGGESTED,
    Names,
    as_suggested,
    passing,
    read_picks,
    sieve_of,
    units_of,
    value_of,
    words_of,
)
from kheo.web.grouping import grouped
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest
from kheo.web.vouching import said
from kheo.web.wording import report_title

MOST = 100  # so many are decided in one go (30 to 65 queries each); the rest stays chosen for the next
Outcome = Done | AlreadySo | Refusal


@dataclass(frozen=True)
class Meant:
    """What the form says: which deed, to which unit (NEVER for none), and why."""

    deed: str
    to: int
    reason: str

    @property
    def needs_unit(self) -> bool:
        """Whether a unit is chosen for all of them."""
        return self.deed in (HAND_OVER, REROUTE)

    def of(self, pick: AsShown) -> AsShown:
        """What is to be done with one of the chosen: as it was shown, or the one thing that was chosen for all."""
        if self.deed == SUGGESTED:
            return pick
        filler, recipient = (self.to if self.deed == each else 0 for each in (HAND_OVER, REROUTE))
        return replace(pick, filler=filler, recipient=recipient, closes=self.deed == CLOSE)


def meant_by(form: QueryDict) -> Meant:
    """An unknown deed is what is suggested: that is shown before it is done."""
    deed = form.get("viec", "")
    return Meant(deed if deed in DEEDS else SUGGESTED, number_in(form, "don-vi"), said(form, form.get("ly-do", "")))


def refusal_of(meant: Meant) -> Refusal | None:
    """Why it cannot be done as it was confirmed, or None."""
    if meant.needs_unit and meant.to < 0:
        return Refusal("Hãy chọn đơn vị.")
    reason = read_reason(meant.reason, NO_REASON)
    return reason if isinstance(reason, Refusal) else None


def question(request: PageRequest, unit: int, meant: Meant, refusal: Refusal | None) -> dict[str, Any]:
    """For `ending/decide_many.html`: what becomes of whose report."""
    rows = _chosen(request, unit)
    names = names_around({each for row in rows for each in (*units_of(row), *row.heirs, *row.others)}, request.person.on)
    left_out = [(why, row) for row in rows if (why := _why_not(row, meant.deed))]
    fit = [row for row in rows if not _why_not(row, meant.deed)]
    asked = [as_suggested(row) if meant.deed == SUGGESTED else AsShown(row.obligation.pk, row.seen) for row in fit]
    told = [words_of(each, row.obligation.unit_id, names) or DEEDS[meant.deed].rstrip("…") for each, row in zip(asked, fit, strict=True)]
    return {
        **_frame(request, unit, meant),
        "count": format_int(len(fit)),
        "is_long": len(fit) > MOST,
        "most": MOST,
        "groups": _groups(zip(told, fit, strict=True), names),
        "left_out": _groups(left_out, names),
        "left_count": format_int(len(left_out)),
        "units": _units(fit, meant, names),
        "values": " ".join(value_of(each) for each in asked),
        "refusal": refusal,
    }


def _chosen(request: PageRequest, unit: int) -> list[WaitingReport]:
    """The ticked ones, or (`ca`) everything that passes the filters in `loc`, beyond the page as well; of others nothing is said."""
    found = waiting_at(request.cycle, unit, request.person.on)
    if "ca" in request.POST:
        return passing(found, sieve_of(QueryDict(request.POST.get("loc", ""))), request.person.on)
    seen = {each.obligation: each.seen for each in read_picks(request.POST)}
    return [replace(row, seen=seen[row.obligation.pk]) for row in found if row.obligation.pk in seen]


def _why_not(row: WaitingReport, deed: str) -> str:
    """Why this cannot be done with this report; the acts themselves ask again."""
    if deed == SUGGESTED:
        return row.suggestion.why
    if deed == HAND_OVER:
        return "" if row.heirs else "Không có đơn vị kế thừa nào đang hoạt động."
    if deed == REROUTE:
        return "" if row.others else "Không có nơi nào khác có thể nhận."
    return "" if row.may_close else "Không thôi thu được: đã nộp, đã được tính, hoặc đơn vị vẫn hoạt động."


def _units(rows: Sequence[WaitingReport], meant: Meant, names: Names) -> list[dict[str, Any]]:
    """The units to choose from, those that fit most of the chosen first."""
    counts: dict[int, int] = {}
    for row in rows if meant.needs_unit else ():
        for each in row.heirs if meant.deed == HAND_OVER else row.others:
            counts[each] = counts.get(each, 0) + 1
    ordered = sorted(counts, key=lambda each: (-counts[each], names.get(each, "")))
    return [
        {
            "id": each,
            "name": names.get(each, ""),
            "fits": format_int(counts[each]),
            "is_all": counts[each] == len(rows),
            "is_chosen": each == meant.to or len(ordered) == 1,
        }
        for each in ordered
    ]


def _groups(pairs: Iterable[tuple[str, WaitingReport]], names: Names) -> dict[str, Any]:
    return grouped((words, names.get(row.obligation.unit_id, "")) for words, row in pairs)


def carry_out(request: PageRequest, unit: int, meant: Meant) -> dict[str, Any]:
    """Do the first MOST, each by itself; for `ending/decided_many.html`: what became of each, and those left for the next go."""
    picks = [pick for pick in map(meant.of, read_picks(request.POST)) if pick.filler or pick.recipient or pick.closes]
    done = [(pick, outcome) for pick in picks[:MOST] if (outcome := _one(request, pick, meant.reason)) is not None]
    owing = units_owing([pick.obligation for pick, _ in done])
    units = {each for pick, _ in done for each in (owing[pick.obligation], pick.filler, pick.recipient)} - {0}
    names = names_around(units, request.person.on)
    rows = [_result(pick, outcome, owing[pick.obligation], names) for pick, outcome in done]
    return {
        **_frame(request, unit, meant),
        "rows": rows,
        "done": sum(row["is_done"] for row in rows),
        "later": len(picks[MOST:]),
        "values": " ".join(value_of(each) for each in picks[MOST:]),
    }


def _one(request: PageRequest, pick: AsShown, reason: str) -> Outcome | None:
    """None for a report that this person does not even read: of it nothing is said."""
    try:
        return decide_as_shown(pick, cycle=request.cycle.pk, reason=reason, by=request.person, at=request.now)
    except Unreachable:
        return None


def _result(pick: AsShown, outcome: Outcome, unit: int, names: Names) -> dict[str, Any]:
    return {
        "id": pick.obligation,
        "name": names.get(unit, ""),
        "words": words_of(pick, unit, names),
        "is_done": isinstance(outcome, Done),
        "already": outcome.words if isinstance(outcome, AlreadySo) else "",
        "refusal": outcome.message if isinstance(outcome, Refusal) else "",
    }


def _frame(request: PageRequest, unit: int, meant: Meant) -> dict[str, Any]:
    return {
        "cycle": request.cycle,
        "unit": unit,
        "name": name_of(unit, request.person.on),
        "title": report_title(request.cycle.name),
        "meant": meant,
        "is_suggested": meant.deed == SUGGESTED,
        "label": DEEDS[meant.deed].rstrip("…"),
        "is_vouched": isinstance(meant.reason, Vouched),
    }
