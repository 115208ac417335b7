"""What the pages of this job show: plain data for their templates."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.cutoff import cutoff_words
from kheo.core.days import due_day, format_day, format_day_of_week, format_instant, last_day, local_day
from kheo.core.due_words import in_sentence, report_title
from kheo.core.numbers import format_int
from kheo.core.short_words import short_name
from kheo.core.workflow import STATE_NAMES
from kheo.directives.queries.endings import ending_of, paper_words
from kheo.org.models import SnapshotUnit
from kheo.reports.access import Reached
from kheo.reports.actions import Done, Doubt, Extended, Refusal
from kheo.reports.models import ExtensionRequest
from kheo.reports.queries.extensions import ExtensionAct, Waiting
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.schedule import Candidate, ScheduledDue
from kheo.web.reach import PageRequest
from kheo.web.schedule.forms import Typed
from kheo.web.trails import from_report

Row = dict[str, Any]
FEW = 2


def schedule(cycle: Cycle, unit: SnapshotUnit, dues: Sequence[ScheduledDue], now: datetime) -> Row:
    """The days in their order, today among them."""
    today = local_day(now)
    rows = [
        _day(cycle.opens, "Bắt đầu tính số liệu"),
        _day(cycle.opened_on, "Mở kỳ, giao việc cho các đơn vị"),
        _day(cycle.cutoff, "Chốt số liệu", "Hết ngày này: việc phát sinh sau đó để dành cho kỳ sau"),
        *(_due(due, today) for due in dues),
        {**_day(today, "Hôm nay", cutoff_words(today, cycle.cutoff)), "is_today": True},
    ]
    ending = ending_of(cycle.campaign_id)
    if ending is not None:
        told = f"Theo {paper_words(ending.link.directive)}; kỳ bắt đầu từ ngày này không thu"
        rows.append(_day(ending.from_day, "Phong trào kết thúc", told))
    rows.sort(key=lambda row: (row["on"], not row.get("is_today")))
    return {"cycle": cycle, "unit": unit, "rows": rows, "has_moved": any(due.why or due.first_day for due in dues)}


def _day(on: date, what: str, note: str = "") -> Row:
    return {"on": on, "day": format_day_of_week(on), "what": what, "note": note}


def _due(due: ScheduledDue, today: date) -> Row:
    names = ", ".join(short_name(name) for name in due.recipients[:FEW])
    to = names if len(due.recipients) <= FEW else f"{format_int(len(due.recipients))} nơi nhận"
    note = f"Gia hạn; hạn gốc {format_day_of_week(due.first_day)}" if due.first_day else due.why
    late = due.day < today and due.received < due.reports
    return {
        **_day(due.day, f"Hạn nộp của {in_sentence(due.name)}", note),
        "to": to,
        "tone": "overdue" if late else "",
        "received": f"{format_int(due.received)}/{format_int(due.reports)}",
        "is_extended": due.first_day is not None,
        "is_moved": due.rule_day is not None and due.first_day is None,
    }


def told_act(act: ExtensionAct) -> Row:
    """One extension."""
    names = ", ".join(short_name(name) for name in act.names)
    more = f" và {format_int(act.units - len(act.names))} đơn vị khác" if act.units > len(act.names) else ""
    return {
        "when": format_instant(act.granted_at),
        "iso": act.granted_at.isoformat(),
        "who": act.granted_by,
        "at": short_name(act.recipient_name),
        "units": f"{names}{more}",
        "before": ", ".join(sorted({format_day(due_day(each)) for each in act.before})),
        "after": format_day_of_week(due_day(act.after)),
        "reason": act.reason,
    }


def waiting(found: Sequence[Waiting]) -> list[Row]:
    """Requests with the way to answer them."""
    return [
        {
            "unit": short_name(each.unit_name),
            "wanted": format_day_of_week(due_day(each.wanted)),
            "due": format_day(due_day(each.due_at)),
            "reason": each.reason,
            "who": f"{each.asked_by}, {format_instant(each.asked_at)}",
            "url": reverse("answer_extension", args=[each.obligation_id]),
        }
        for each in found
    ]


def extension(cycle: Cycle, recipient: int, found: Sequence[Candidate], typed: Typed, outcome: Doubt | Refusal | Extended | None) -> Row:
    """The form: who, until when, why."""
    tiers = {each.id: each.name for each in definition_of(cycle.edition_id).regime.tiers}
    counts = {tier: sum(each.tier == tier for each in found) for tier in dict.fromkeys(each.tier for each in found)}
    name = name_of(recipient, cycle.opened_on)
    return {
        "cycle": cycle,
        "recipient": recipient,
        "name": name,
        "typed": typed,
        "rows": _candidate_rows(found, typed),
        "count": len(found),
        "tiers": [{"id": tier, "name": tiers.get(tier, tier), "count": format_int(count)} for tier, count in counts.items()],
        "trail": [
            {"label": f"Lịch báo cáo của {short_name(name)}", "url": reverse("schedule", args=[cycle.pk, recipient])},
            {"label": "Gia hạn", "url": ""},
        ],
        **_told(outcome),
    }


def _told(outcome: Extended | Done | Doubt | Refusal | None) -> Row:
    return {
        "refusal": outcome if isinstance(outcome, Refusal) else None,
        "doubt": outcome.message if isinstance(outcome, Doubt) else "",
    }


def _candidate_rows(found: Sequence[Candidate], typed: Typed) -> SafeString:
    """Hundreds of boxes: joined strings."""
    ticked = set(() if typed.tier else typed.chosen)
    return mark_safe("".join(_candidate_row(each, each.obligation_id in ticked) for each in found))  # noqa: S308  # every text in it is escaped


def _candidate_row(each: Candidate, is_ticked: bool) -> str:
    box = f'<input type="checkbox" name="pick" value="{each.obligation_id}"{" checked" if is_ticked else ""}>'
    tag = f'<span class="tag" data-state="{each.state}">{STATE_NAMES[each.state]}</span>'
    late = f" Nộp trễ lúc {format_instant(each.received_at)}." if each.received_at else ""
    asked = f" Xin đến {format_day(due_day(each.wanted))}." if each.wanted else ""
    note = (late + asked).strip()
    return (
        f'<tr><th scope="row"><label class="choice">{box}{escape(short_name(each.unit_name))}</label></th>'
        f'<td data-label="Hạn đang có">{format_day(due_day(each.due_at))}</td><td>{tag}</td><td class="muted">{note}</td></tr>'
    )


def extended_words(outcome: Extended, until: date) -> str:
    """What was done, also what was left alone."""
    words = f"Đã gia hạn cho {format_int(len(outcome.moved))} báo cáo đến hết ngày {format_day(until)}; các đơn vị đã được báo."
    return f"{words} {format_int(len(outcome.passed_over))} báo cáo giữ nguyên hạn." if outcome.passed_over else words


def answered_words(outcome: Extended | Done | Doubt | Refusal, until: date) -> str:
    """The same for one request."""
    return extended_words(outcome, until) if isinstance(outcome, Extended) else "Đã trả lời: không gia hạn. Đơn vị thấy lý do ngay."


def request_page(request: PageRequest, reached: Reached, typed: Typed, refusal: Refusal | None, last: ExtensionRequest | None) -> Row:
    """What a unit sees before it asks."""
    owed = reached.obligation
    title = report_title(reached.cycle.name)
    return {
        "obligation": owed,
        "cycle": reached.cycle,
        "unit": reached.unit,
        "title": title,
        "recipient": name_of(owed.recipient_id, request.person.on),
        "due": format_day_of_week(due_day(owed.due_at)),
        "typed": typed,
        "refusal": refusal,
        "may_ask": reached.report is None or reached.report.received_at is None,
        "waiting": last if last and not hasattr(last, "answer") else None,
        "wanted": format_day_of_week(due_day(last.wanted)) if last else "",
        "trail": from_report(reached.cycle.name, owed.pk, "Xin gia hạn"),
    }


def answer_page(
    request: PageRequest, reached: Reached, asked: ExtensionRequest | None, typed: Typed, outcome: Extended | Done | Doubt | Refusal | None
) -> Row:
    """What was asked for, and the two answers."""
    owed, recipient = reached.obligation, name_of(reached.obligation.recipient_id, request.person.on)
    return {
        "obligation": owed,
        "cycle": reached.cycle,
        "unit": reached.unit,
        "asked": asked,
        "wanted": format_day_of_week(due_day(asked.wanted)) if asked else "",
        "when": format_instant(asked.asked_at) if asked else "",
        "due": format_day_of_week(last_day(owed.due_at)),
        "typed": typed,
        "back": reverse("schedule", args=[reached.cycle.pk, owed.recipient_id]),
        "trail": [
            {"label": f"Lịch báo cáo của {short_name(recipient)}", "url": reverse("schedule", args=[reached.cycle.pk, owed.recipient_id])},
            {"label": short_name(reached.unit.name), "url": ""},
        ],
        **_told(outcome),
    }
