"""What the page about the report of a unit that has ended reads and shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kheo.core.days import format_instant
from kheo.core.due_words import report_title
from kheo.core.workflow import ACT_NAMES, STATE_NAMES, Act, step
from kheo.org.access import Person
from kheo.org.queries import names_around
from kheo.reports.access import Reached
from kheo.reports.actions import Done, Refusal, close_report, hand_over, reopen_report, reroute
from kheo.reports.queries.campaign_endings import why_not_again
from kheo.reports.queries.transitions import has_ended, is_decided, may_reroute, other_recipients, successors, transitions_of
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest
from kheo.web.trails import from_report
from kheo.web.vouching import said

CHOICES: Mapping[str, Act] = {"giao": Act.HAND_OVER, "tra": Act.HAND_OVER, "chuyen": Act.REROUTE, "thoi": Act.CLOSE, "lai": Act.REOPEN}
LABELS = {
    "giao": ("Giao đơn vị kế thừa nộp thay", "Cán bộ, thủ trưởng đơn vị kế thừa nhập, ký, nộp, trả lời nhận xét; ghi rõ “nộp thay”."),
    "tra": ("Trả báo cáo về cho đơn vị tự nộp", "Đơn vị hoạt động trở lại: cán bộ, thủ trưởng của chính đơn vị nhập, ký, nộp từ nay."),
    "chuyen": ("Chuyển cho nơi nhận khác", "Nơi nhận mới duyệt từ nay; nơi nhận cũ vẫn đọc được."),
    "thoi": ("Thôi thu báo cáo này", "Ghi là chỗ trống có lý do trong tiến độ và tổng hợp, không còn bị coi là quá hạn."),
    "lai": ("Thu lại báo cáo này", "Báo cáo trở về đúng chỗ đã dừng."),
}  # fmt: skip
DONE = {
    "giao": "Đã giao đơn vị kế thừa nộp thay; các đơn vị liên quan đã được báo.",
    "tra": "Đã trả báo cáo về cho đơn vị tự nộp; các đơn vị liên quan đã được báo.",
    "chuyen": "Đã chuyển nơi nhận; các đơn vị liên quan đã được báo.",
    "thoi": "Đã thôi thu; báo cáo được ghi là chỗ trống có lý do.",
    "lai": "Đã thu lại; báo cáo trở về đúng chỗ đã dừng.",
}


@dataclass(frozen=True)
class Typed:
    """What was chosen and written; `choice` is empty until a decision is named, `to` is NEVER for no unit."""

    choice: str
    to: int
    reason: str


def read(request: PageRequest) -> Typed:
    """From the address and the form; what is no choice or no unit counts as none."""
    choice = request.GET.get("viec", "")
    return Typed(choice if choice in CHOICES else "", number_in(request.POST, "don-vi"), said(request.POST, request.POST.get("ly-do", "")))


def act(typed: Typed, obligation: int, *, by: Person, at: datetime) -> Done | Refusal:
    """Do what was chosen."""
    match CHOICES[typed.choice]:
        case Act.HAND_OVER:
            return hand_over(obligation, to=typed.to, reason=typed.reason, by=by, at=at)
        case Act.REROUTE:
            return reroute(obligation, to=typed.to, reason=typed.reason, by=by, at=at)
        case Act.CLOSE:
            return close_report(obligation, reason=typed.reason, by=by, at=at)
    return reopen_report(obligation, reason=typed.reason, by=by, at=at)


def context(request: PageRequest, reached: Reached, typed: Typed, refusal: Refusal | None) -> dict[str, Any]:
    """For `ending/decide.html`."""
    owed, on = reached.obligation, request.person.on
    past = transitions_of(owed.pk)
    units = {owed.recipient_id, owed.answering_id} | {unit for each in past for unit in (each.to_id, each.former_id) if unit}
    names = names_around(units, on)
    open_to = _open_to(reached, on)
    choice = typed.choice if typed.choice in open_to else ""
    return {
        "obligation": owed,
        "cycle": reached.cycle,
        "unit": reached.unit,
        "title": report_title(reached.cycle.name),
        "state": reached.state.value,
        "state_name": STATE_NAMES[reached.state],
        "recipient": names.get(owed.recipient_id, ""),
        "filler": names.get(owed.filler_id, "") if owed.filler_id else "",
        "has_ended": has_ended(owed, on),
        "is_decided": bool(past) and is_decided(owed, on),
        "options": [{"id": each, "label": LABELS[each][0], "hint": LABELS[each][1]} for each in open_to],
        "choice": choice,
        "label": LABELS[choice][0] if choice else "",
        "hint": LABELS[choice][1] if choice else "",
        "units": [{"id": unit, "name": name, "is_chosen": unit == typed.to} for unit, name in open_to.get(choice, {}).items()],
        "typed": typed,
        "refusal": refusal,
        "past": [
            {
                "words": ACT_NAMES[Act(each.act)],
                "units": f"{names.get(each.former_id, '')} → {names.get(each.to_id, '')}" if each.to_id and each.former_id else "",
                "reason": each.reason,
                "who": f"{each.decided_by}, {format_instant(each.decided_at)}",
            }
            for each in reversed(past)
        ],
        "trail": from_report(reached.cycle.name, owed.pk, "Báo cáo của đơn vị cũ"),
    }


def _open_to(reached: Reached, on: date) -> dict[str, dict[int, str]]:
    """The decisions that can be taken now, each with the units to choose from."""
    owed = reached.obligation
    if owed.closed_at is not None:
        return {} if why_not_again(owed) else {"lai": {}}
    heirs = {unit: name for unit, name in successors(owed, on).items() if unit != owed.filler_id}
    found: dict[str, dict[int, str]] = {"tra" if owed.unit_id in heirs else "giao": heirs} if heirs else {}
    others = other_recipients(owed, on) if may_reroute(owed, on) else {}
    if others:
        found["chuyen"] = others
    if has_ended(owed, on) and step(reached.state, Act.CLOSE) and not (reached.report and reached.report.accepted_id):
        found["thoi"] = {}
    return found
