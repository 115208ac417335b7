"""What the pages of this job say."""

from typing import Any

from django.urls import reverse

from kheo.core.days import due_day, format_day, format_instant, format_instant_exact
from kheo.core.dispatching import SENDABLE, STANDING_NAMES, Deed, Standing, allowed_deeds
from kheo.core.workflow import State
from kheo.reports.access.dispatches import ReachedDispatch, roles_of_receiver
from kheo.reports.actions import Refusal
from kheo.reports.models import Revision
from kheo.reports.queries.dispatched_papers import as_received
from kheo.reports.queries.dispatches import Sending, Sent, received_by, revision_of, sent_of
from kheo.reports.queries.filling import name_of
from kheo.web.reach import PageRequest
from kheo.web.trails import Trail, from_home, from_report
from kheo.web.wording import due_tone, due_words, report_title

COLOURS = {
    Standing.UNSENT: "not_started",
    Standing.SENT: "submitted",
    Standing.RECEIVED: "accepted",
    Standing.OUTDATED: "returned",
}
PAPERS = {
    "nd30": "Nghị định 30",
    "union1013": "văn bản công đoàn (QĐ 1013)",
    "union933": "văn bản công đoàn (QĐ 933)",
    "party36": "văn bản của Đảng (HD 36)",
}


def tag_of(sent: Sent, request: PageRequest) -> dict[str, str]:
    """The standing as a tag; overdue is said in its place where nothing was sent."""
    if sent.is_overdue(request.now):
        return {"state": "overdue", "words": "Quá hạn chưa gửi"}
    if sent.standing == Standing.OUTDATED and sent.last:
        words = f"Bản đã gửi là lần nộp {sent.last.revision_number}, nay đã có lần {sent.latest}"
        return {"state": COLOURS[sent.standing], "words": words}
    return {"state": COLOURS[sent.standing], "words": STANDING_NAMES[sent.standing]}


def dispatch_page(request: PageRequest, reached: ReachedDispatch, refusal: Refusal | None, typed: str) -> dict[str, Any] | None:
    """The copy with its receipts and questions; None for a sending that never was, or nothing to be seen by the recipient."""
    sent = sent_of([reached.dispatch])[0]
    asked = request.GET.get("lan", "")
    shown = next((each for each in sent.sendings if str(each.number) == asked), None) if asked else sent.last
    if asked and shown is None:
        return None
    revision = revision_of(shown) if shown else _preview(sent, reached)
    person, owed = request.person, reached.dispatch.obligation
    deeds = allowed_deeds(sent.standing, sender=person.roles_at(owed.answering_id), receiver=roles_of_receiver(person, reached.dispatch))
    is_sendable = sent.report is not None and sent.latest > 0 and State(sent.report.state) in SENDABLE
    days = sent.days_left(request.now)
    return {
        "dispatch": reached.dispatch,
        "sent": sent,
        "cycle": reached.cycle,
        "title": f"Bản gửi {sent.recipient_name}",
        "report_title": report_title(reached.cycle.name),
        "trail": _trail(reached, sent),
        "tag": tag_of(sent, request),
        "due_tone": "" if sent.sendings else due_tone(days),
        "due_words": due_words(due_day(reached.dispatch.due_at), days) if not sent.sendings else _due(reached),
        "report": as_received(sent, revision) if revision else None,
        "is_preview": shown is None,
        "shown": shown,
        "sendings": [_sending(each) for each in reversed(sent.sendings)],
        "notes": [{"note": each, "when": format_instant(each.written_at), "is_question": each.deed == Deed.ASK} for each in sent.notes],
        "paper": PAPERS[sent.copy.paper],
        "may_send": Deed.SEND in deeds and is_sendable,
        "waits_for_report": reached.is_sender and Deed.SEND in deeds and not is_sendable,
        "may_take_in": Deed.ACKNOWLEDGE in deeds and shown is not None and shown == sent.last and not shown.acknowledged,
        "may_ask": Deed.ASK in deeds,
        "may_reply": Deed.REPLY in deeds and Deed.ASK not in deeds,
        "version": sent.report.version if sent.report else 0,
        "report_url": reverse("report", args=[owed.pk]) if reached.is_sender else "",
        "refusal": refusal,
        "typed": typed,
    }


def _preview(sent: Sent, reached: ReachedDispatch) -> Revision | None:
    """What would be sent, for the unit's own side only."""
    return sent.report.latest if sent.report and reached.is_sender else None


def _due(reached: ReachedDispatch) -> str:
    return f"Hạn gửi {format_day(due_day(reached.dispatch.due_at))}"


def _trail(reached: ReachedDispatch, sent: Sent) -> Trail:
    if reached.is_receiver:
        board = reverse("dispatches_received", args=[reached.cycle.pk, reached.dispatch.recipient_id])
        return from_home(("Báo cáo các đơn vị gửi đến", board), (sent.unit_name, ""))
    return from_report(reached.cycle.name, reached.dispatch.obligation_id, f"Gửi {sent.recipient_name}")


def _sending(sending: Sending) -> dict[str, Any]:
    who = sending.acknowledged
    return {
        "sending": sending,
        "when": format_instant_exact(sending.sent_at),
        "hash": " ".join(sending.hash[place : place + 8] for place in range(0, 64, 8)),
        "taken_in": f"{who[0]} tiếp nhận lúc {format_instant(who[1])}" if who else "Chưa tiếp nhận",
    }


def received_page(request: PageRequest, unit: int) -> dict[str, Any]:
    """The list of a further recipient."""
    search, asked = request.GET.get("tim", "").strip(), request.GET.get("trang-thai", "")
    standing = Standing(asked) if asked in list(Standing) else None
    found = received_by(request.cycle, unit, search=search, standing=standing, page=request.GET.get("trang"), now=request.now)
    query = f"tim={search}&trang-thai={asked}&" if search or standing else ""
    return {
        "cycle": request.cycle,
        "name": name_of(unit, request.cycle.opened_on),
        "unit": unit,
        "found": found,
        "search": search,
        "choices": [(each.value, STANDING_NAMES[each], each == standing) for each in Standing],
        "rows": [_row(each, request) for each in found.rows],
        "waiting": found.counts[Standing.SENT],
        "taken_in": found.counts[Standing.RECEIVED],
        "all": sum(found.counts.values()),
        "query": query,
        "is_filtered": bool(query),
    }


def _row(sent: Sent, request: PageRequest) -> dict[str, Any]:
    last = sent.last
    return {
        "sent": sent,
        "tag": tag_of(sent, request),
        "when": format_instant(last.sent_at) if last else "",
        "is_late": last is not None and not sent.sendings[0].is_on_time,
        "due": format_day(due_day(sent.dispatch.due_at)),
        "url": reverse("dispatch", args=[sent.dispatch.pk]) if last else "",
    }
