"""What the page of one report under review shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.core.checking import label_of
from kheo.core.days import due_day, format_instant, local_day
from kheo.core.numbers import format_int, format_scaled
from kheo.core.rounds import rounds_words
from kheo.core.short_words import short_name
from kheo.core.timeliness import TIMELINESS_NAMES, timeliness
from kheo.core.workflow import STATE_NAMES, Act, State
from kheo.reports.access import Reached
from kheo.reports.actions import Refusal
from kheo.reports.queries.campaign_endings import closes_when_back, why_not_again
from kheo.reports.queries.decided import decided_about
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.phrases import REMARK, RETURN, offered, phrases
from kheo.reports.queries.review import Above, Sent, next_waiting, sent_report
from kheo.reports.queries.walls import viewpoint
from kheo.web.reach import PageRequest
from kheo.web.review.answers import draw_answers
from kheo.web.review.sheet import Look, draw, parts_of
from kheo.web.wording import due_tone, due_words

STEPS = {"chap-nhan": Act.ACCEPT, "tra-lai": Act.RETURN}


@dataclass(frozen=True)
class Attempt:
    """Something that was sent and not taken: why, and what had been typed."""

    refusal: Refusal | None = None
    reason: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def context(request: PageRequest, reached: Reached, attempt: Attempt) -> dict[str, Any]:
    """For `review/report.html`."""
    view = viewpoint(request.person.reading_units, reached.unit)
    sent = sent_report(reached.obligation, reached.report, reached.unit, view, request.now)
    recipient = name_of(reached.obligation.recipient_id, reached.cycle.opened_on)
    board = reverse("board", args=[reached.cycle.pk, reached.obligation.recipient_id])
    is_unvouched = attempt.refusal is not None and attempt.refusal.asks_to_vouch and not attempt.typed
    asked = "tra-lai" if is_unvouched else request.GET.get("buoc", "")
    return {
        "obligation": reached.obligation,
        "unit": reached.unit,
        "cycle": reached.cycle,
        "recipient": recipient,
        "board": board,
        "trail": [
            {"label": f"Duyệt báo cáo của {short_name(recipient)}", "url": board},
            {"label": short_name(reached.unit.name), "url": ""},
        ],
        "state": reached.state,
        "state_name": STATE_NAMES[reached.state],
        "version": reached.report.version if reached.report else 0,
        "may": {"accept": Act.ACCEPT in reached.acts, "return": Act.RETURN in reached.acts, "remark": Act.REMARK in reached.acts},
        "ended": closes_when_back(reached.cycle, reached.report) if Act.RETURN in reached.acts else "",
        "step": asked if STEPS.get(asked) in reached.acts else "",
        "attempt": attempt,
        "due": _due(request, reached),
        "decided": decided_about([reached.obligation.pk], request.person.on).get(reached.obligation.pk),
        "is_closed": reached.state is State.CLOSED,
        "may_decide": Act.REOPEN not in reached.acts or not why_not_again(reached.obligation),
        "sent": sent,
        **(_sent_words(reached, sent, attempt) if sent else {}),
    }


def next_to_review(reached: Reached) -> int:
    """The oddest other report that waits at the same recipient; this one itself when there is none."""
    waiting = next_waiting(reached.cycle, reached.obligation.recipient_id, reached.obligation.pk)
    return waiting.obligation_id if waiting else reached.obligation.pk


def _due(request: PageRequest, reached: Reached) -> dict[str, str]:
    day = due_day(reached.obligation.due_at)
    left = (day - local_day(request.now)).days
    return {"tone": due_tone(left), "words": due_words(day, left)}


def _sent_words(reached: Reached, sent: Sent, attempt: Attempt) -> dict[str, Any]:
    can_remark = Act.REMARK in reached.acts
    known = phrases(reached.obligation.recipient_id) if can_remark else []
    look = Look(sent, can_remark, attempt.typed, has_phrases=bool(offered(known, REMARK)), obligation=reached.obligation.pk)
    received = reached.report.received_at if reached.report else None
    kind = timeliness(received, reached.obligation.due_at, reached.obligation.promised_at, sent.revision.submitted_at)
    return {
        "sheet": draw(look),
        "parts": _parts(sent),
        "odd": [{"anchor": each.cell, "message": each.words} for each in sent.odd],
        "notes": [{"anchor": note.target, "label": label_of(sent.definition, note.target)} for note in sent.notes.values()],
        "timeliness": {"kind": kind.value, "name": TIMELINESS_NAMES[kind]},
        "received": format_instant(received) if received else "",
        "submitted": format_instant(sent.revision.submitted_at),
        "changed": len(sent.changed),
        "phrases": {"remark": offered(known, REMARK), "return": offered(known, RETURN)},
        "answers": draw_answers(sent, can_settle=Act.SETTLE in reached.acts),
        "unsettled": sum(each.waits_for_reviewer and each.target not in sent.notes for each in sent.answered),
        "rounds": rounds_words(sent.rounds),
        "above": [_above(each) for each in sent.above],
        "is_supplement": bool(reached.report and reached.report.accepted_id and reached.state != State.ACCEPTED),
    }


def _parts(sent: Sent) -> SafeString:
    """The list of parts, each with how many odd places it has."""
    rows = ((part, name, _odd_in(sent, part)) for part, name, _ in parts_of(sent.definition))
    return format_html_join("", '<a href="#{}">{}{}</a>', rows)


def _odd_in(sent: Sent, part: str) -> SafeString:
    cells = (sent.definition.cell(each.cell) for each in sent.odd)
    count = sum(sent.definition.indicator(cell.indicator).content == part for cell in cells)
    return format_html('<span class="is-warning">{} cần xem</span>', count) if count else format_html("{}", "")


def _above(above: Above) -> dict[str, Any]:
    return {
        "name": above.unit.name,
        "unit": above.unit.unit_id,
        "counted": f"{format_int(above.reported)}/{format_int(above.expected)}",
        "gained": [
            {
                "code": each.indicator.code,
                "name": each.indicator.name,
                "own": format_scaled(each.own, each.indicator.decimals),
                "total": format_scaled(each.total or 0, each.indicator.decimals),
            }
            for each in above.gained
        ],
    }
