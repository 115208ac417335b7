"""What each page of this job says: plain data for its template. Nothing is decided here that an action does not decide again."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kheo.campaigns.queries import definition_of as definition_of_edition
from kheo.core.checking import CellProblem, label_of
from kheo.core.cutoff import cutoff_words, early_words
from kheo.core.days import due_day, format_day, format_day_of_week, format_instant, format_instant_exact, local_day
from kheo.core.definition import Definition
from kheo.core.numbers import format_int
from kheo.core.remarks import open_remarks
from kheo.core.rounds import rounds_words
from kheo.core.timeliness import RECEIVED_WORDS, TIMELINESS_NAMES, timeliness
from kheo.core.workflow import STATE_NAMES, Act, State
from kheo.documents.profiles import profile_for
from kheo.org.access import Person
from kheo.org.queries import names_around
from kheo.reports.access import Reached, writes_or_receives
from kheo.reports.actions import Receipt, Refusal, Saved
from kheo.reports.models import Revision
from kheo.reports.queries.campaign_endings import closes_when_back
from kheo.reports.queries.extensions import extensions_of
from kheo.reports.queries.filling import Sheet, class_counts, is_touched, name_of, supplement_reason, untold_cells, view_from
from kheo.reports.queries.receipts import first_receipt
from kheo.reports.queries.rounds import rounds_of_report
from kheo.reports.queries.story import Event, Submission
from kheo.reports.queries.tasks import due_of, heads_of
from kheo.reports.queries.transitions import instead_words
from kheo.reports.queries.walls import Viewpoint
from kheo.web.filling.beside import beside_sections
from kheo.web.filling.cells import Look, Overlay
from kheo.web.filling.further import further_of
from kheo.web.filling.grid import draw
from kheo.web.filling.intake import BOOKS, STANDING, stood
from kheo.web.filling.notices import notices_of
from kheo.web.filling.replies import ANSWER, draw_asked, left_to_answer
from kheo.web.filling.side import draw_problems, draw_progress, tone
from kheo.web.filling.summary import draw_summary
from kheo.web.numbers import number_in
from kheo.web.proofs import strips_to_fill
from kheo.web.reach import PageRequest
from kheo.web.trails import from_report
from kheo.web.wording import due_tone, due_words, report_title

ONLY, ASKED = "chi", "can-sua"  # in the address: show only the places that the reviewer asked about
FILLED = "da-dien"  # in the address after zeros were filled in: which cells, so that it can be taken back


def definition_of(reached: Reached) -> Definition:
    """The edition that the report answers."""
    return definition_of_edition(reached.cycle.edition_id)


def view_of(person: Person, reached: Reached) -> Viewpoint | None:
    """From where this person looks at the report; None from the unit itself and from its recipient."""
    return view_from(reached.obligation, reached.unit, person.reading_units)


def untold(person: Person, reached: Reached) -> frozenset[str]:
    """Cells whose numbers the story does not tell this person: what counted once and what was only a draft stand there side by side."""
    return untold_cells(reached.obligation, reached.unit, person.reading_units)


def frame(request: PageRequest, reached: Reached, *steps: str) -> dict[str, Any]:
    """What all pages of one report show: which report, of whom, to whom, its state and due date; `steps` end the breadcrumb."""
    owed = reached.obligation
    due = due_of(owed, reached.report, request.now)
    title = report_title(reached.cycle.name)
    return {
        "obligation": owed,
        "cycle": reached.cycle,
        "unit": reached.unit,
        "recipient": name_of(owed.recipient_id, request.person.on),
        # Asked of the database only by pages that name them.
        "heads": SimpleLazyObject(lambda: heads_of([owed.answering_id], request.person.on).get(owed.answering_id, ())),
        "title": title,
        "trail": from_report(reached.cycle.name, owed.pk, *steps),
        "state": reached.state.value,
        "state_name": STATE_NAMES[reached.state],
        "version": reached.report.version if reached.report else 0,
        "due": due,
        "received_words": RECEIVED_WORDS.get(due.kind, ""),
        "due_tone": due_tone(due.days_left),
        "due_words": due_words(due.on, due.days_left),
        "today_day": request.person.on,
        "first_due": format_day(due.first_on) if due.first_on else "",
        "cutoff_words": cutoff_words(request.person.on, reached.cycle.cutoff),
        "may_ask": Act.ASK_EXTENSION in reached.acts and due.received_at is None,
        "is_own": reached.obligation.answering_id in request.person.reading_units,
        "is_open": Act.SAVE in reached.acts,
        "may_carry": writes_or_receives(request.person, owed),
        "may_submit": Act.SUBMIT in reached.acts,
        "may_recall": Act.RECALL in reached.acts,
        "may_revise": Act.REVISE in reached.acts,
        "last_number": last_number(reached),
        "further": further_of(request, reached),
        "instead": names_around([owed.filler_id], request.person.on).get(owed.filler_id, "") if owed.filler_id else "",
    }


def report_page(request: PageRequest, reached: Reached, whole: Sheet, over: Overlay, refusal: Refusal | None) -> dict[str, Any]:
    """The grid."""
    page = frame(request, reached)
    is_open = page["is_open"]
    report, standing = reached.report, whole.standing
    return {
        **page,
        "notices": notices_of(request, reached, page),
        "refusal": refusal,
        "unsaved": [f"{label_of(whole.definition, target)}: {text}" for target, text in over.typed.items()] if refusal else [],
        "grid": draw(
            Look(
                whole,
                is_open,
                over,
                beside_sections(request.person, reached, whole, is_open=is_open),
                strips_to_fill(reached.obligation.pk, whole.definition, whole.evidence, is_open=is_open),
                reached.obligation.pk,
            )
        ),
        "parts": draw_progress(whole),
        "problems": draw_problems(whole) if is_open else "",
        "problems_tone": tone(whole),
        "faults": [{"anchor": target, "message": message} for target, message in over.faults.items()],
        "count": standing.count,
        "below": whole.below,
        "is_walled": bool(whole.hidden),
        "standing_name": STANDING,
        "stood": stood(whole.definition, report),
        "saved_words": _saved_words(reached, request.person),
        "first_day": format_day(reached.cycle.opens),
        "last_day": format_day(reached.cycle.cutoff),
        "asked": draw_asked(whole) if is_open and whole.remarks else "",
        "left_to_answer": left_to_answer(whole),
        "rounds": _rounds(request, reached),
        "is_only_asked": is_open and bool(whole.remarks) and request.GET.get(ONLY) == ASKED,
        "filled": request.GET.get(FILLED, "") if is_open else "",
        "empty_counted": sum(key in set(standing.unanswered) for key in whole.counted) if is_open else 0,
        "books": BOOKS,
        "drifted": [{"label": label_of(whole.definition, key), "words": words, "key": key} for key, words in whole.drift.items()],
    }


def _rounds(request: PageRequest, reached: Reached) -> str:
    """How often it went back and forth; nothing to tell before the first return."""
    if reached.report is None or reached.report.latest is None:
        return ""
    found = rounds_of_report(reached.cycle, reached.obligation.pk, request.now)
    return rounds_words(found) if found.returned else ""


def _saved_words(reached: Reached, person: Person) -> str:
    """`Đã lưu lúc 10:32 09/11/2023`, with the name of whoever it was when it was somebody else."""
    report = reached.report
    if report is None:
        return "Chưa có gì để lưu"
    if not is_touched(report):
        return "Chưa sửa gì từ lần nộp trước"
    other = "" if report.updated_by == person.name else f", {report.updated_by}"
    return f"Đã lưu lúc {format_instant(report.updated_at)}{other}"


def after_saving(request: PageRequest, reached: Reached, outcome: Saved) -> str:
    """Where the plain form leads: back to the page, to the content whose zeros were filled in, with the way to take them back."""
    address = reverse("report", args=[reached.obligation.pk])
    for words in outcome.lost:
        messages.warning(request, f"{words} Nguồn vẫn giữ ở trang “Lấy từ báo cáo cấp dưới”.")
    answered = request.POST.get(ANSWER, "").rpartition("=")[0]
    if answered:
        messages.success(request, "Đã ghi câu trả lời.")
        return f"{address}{_only(request)}#{quote(answered)}"
    content = request.POST.get("fill", "")
    if content in {each.id for each in definition_of(reached).contents} and outcome.saved:
        return f"{address}?{urlencode({FILLED: ' '.join(outcome.saved)})}#{content}"
    if content == BOOKS:
        messages.success(request, f"Đã điền {len(outcome.saved)} ô từ sổ.")
    else:
        messages.success(request, f"Đã lưu lúc {format_instant(outcome.at)}.")
    return f"{address}{_only(request)}"


def _only(request: PageRequest) -> str:
    """Whoever looks only at the places to answer goes on doing so."""
    return f"?{ONLY}={ASKED}" if request.POST.get(ONLY) == ASKED else ""


def suggested_reason(request: PageRequest) -> str:
    """Why a supplement is opened, where the page that leads there knows it (`?ly-do=cap-duoi`)."""
    return "Số liệu cấp dưới đã thay đổi sau khi gửi." if request.GET.get("ly-do") == "cap-duoi" else ""


def version_in(request: PageRequest) -> int:
    """The version of the report that the form showed; one that never was when the form does not say."""
    return number_in(request.POST, "version")


def is_sent(reached: Reached) -> bool:
    """Whether there is nothing to submit because it was submitted."""
    return reached.state in (State.SUBMITTED, State.ACCEPTED)


def last_number(reached: Reached) -> int:
    """The number of the last submission, 0 before the first."""
    return reached.report.latest.number if reached.report and reached.report.latest else 0


def to_receipt(request: PageRequest, reached: Reached, receipt: Receipt) -> str:
    """The address of a receipt; a repeated submission says that it was one."""
    if receipt.is_repeat:
        messages.info(request, "Báo cáo này đã nộp trước đó rồi: đây vẫn là biên nhận của lần nộp ấy.")
    return reverse("receipt", args=[reached.obligation.pk, receipt.revision])


def submit_page(request: PageRequest, reached: Reached, whole: Sheet, refusal: Refusal | None) -> dict[str, Any]:
    """What will be signed, what stands in the way, and who signs."""
    standing = whole.standing
    address = reverse("report", args=[reached.obligation.pk])
    first_open = standing.unanswered[:1]
    left = [{"message": f"Còn {standing.count.left} ô chưa nhập", "url": f"{address}#{key}"} for key in first_open]
    today = timeliness(request.now, reached.obligation.due_at, reached.obligation.promised_at, request.now)
    unanswered = open_remarks(whole.definition, {target: each.reply is not None for target, each in whole.remarks.items()})
    return {
        **frame(request, reached, "Xem lại và nộp"),
        "refusal": refusal,
        "errors": left + [_linked(each, address) for each in (*standing.errors, *standing.to_explain, *unanswered)],
        "questions": [_linked(each, address) for each in standing.questions if each.severity == "question"],
        "personal": [{**_linked(each, address), "target": each.target} for each in standing.to_confirm],
        "explained": [
            {"label": label_of(whole.definition, each.cell), "text": whole.explanations.get(each.cell, "")}
            for each in standing.problems
            if each.severity == "explained"
        ],
        "counts": class_counts(whole.definition, standing.figures),
        "cells": format_int(standing.count.of),
        "summary": draw_summary(whole),
        "below": whole.below,
        "is_revision": bool(reached.report and reached.report.accepted_id),
        "revision_reason": supplement_reason(reached.report),
        "today_kind": today.value,
        "today_words": f"Nộp hôm nay ({format_day(request.person.on)}) là {RECEIVED_WORDS[today]}{_first_due(reached)}.",
        "early": early_words(reached.cycle.cutoff, request.person.on),
    }


def _first_due(reached: Reached) -> str:
    """The due date of the opening in brackets, where an extension has moved it."""
    promised = reached.obligation.promised_at
    return f" (hạn gốc {format_day(due_day(promised))})" if promised else ""


def _linked(problem: CellProblem, address: str) -> dict[str, str]:
    return {"message": problem.message, "url": f"{address}#{problem.target}"}


def receipt_page(request: PageRequest, reached: Reached, receipt: Receipt, revision: Revision) -> dict[str, Any]:
    """The receipt in words."""
    page = frame(request, reached, f"Biên nhận lần {receipt.revision}")
    counts = class_counts(definition_of(reached), revision.figures)
    return {
        **page,
        "receipt": receipt,
        "received": format_instant_exact(receipt.received_at),
        "signer": revision.submitted_by.full_name if revision.submitted_by else "",
        "reason": revision.reason,
        "instead": instead_words(revision),
        "counts": counts,
        "first": _first_received(reached, receipt),
        "due_on": format_day(due_day(receipt.due_at)),
        "how": {"kind": receipt.kind.value, "name": TIMELINESS_NAMES[receipt.kind]},
        "extensions": _extensions(reached),
        "window": f"từ {format_day(reached.cycle.opens)} đến hết {format_day(reached.cycle.cutoff)}",
        "before_cutoff": local_day(receipt.received_at) <= reached.cycle.cutoff,
        "is_last": receipt.revision == page["last_number"],
        "profile": profile_for(reached.unit.kind, local_day(receipt.received_at)),
    }


def _first_received(reached: Reached, receipt: Receipt) -> dict[str, str] | None:
    """When the report first came and how that stands: by that a later submission is judged too."""
    first = first_receipt(reached.report, reached.obligation, receipt) if reached.report else None
    return {"at": format_instant_exact(first[0]), "words": RECEIVED_WORDS[first[1]]} if first else None


def _extensions(reached: Reached) -> list[dict[str, Any]]:
    """Every extension of this report in words; `is_later`: given when the report had already come."""
    received = reached.report.received_at if reached.report else None
    return [
        {
            "before": format_day(due_day(each.before)),
            "after": format_day_of_week(due_day(each.after)),
            "reason": each.reason,
            "who": f"{each.granted_by}, {format_instant(each.granted_at)}",
            "is_later": received is not None and each.granted_at > received,
        }
        for each in (extensions_of(reached.obligation.pk) if reached.obligation.promised_at else ())
    ]


def revise_page(request: PageRequest, reached: Reached, reason: str, refusal: Refusal | None) -> dict[str, Any]:
    """Why a further report, and what happens to the accepted figures meanwhile."""
    return {**frame(request, reached, "Báo cáo bổ sung"), "reason": reason, "refusal": refusal}


def recall_page(request: PageRequest, reached: Reached, reason: str, refusal: Refusal | None) -> dict[str, Any]:
    """What taking it back means."""
    page = frame(request, reached, "Rút lại để sửa")
    return {
        **page,
        "reason": reason,
        "refusal": refusal,
        "is_late_again": page["due"].days_left < 0,
        "ended": closes_when_back(reached.cycle, reached.report),
    }


def history_page(request: PageRequest, reached: Reached, events: Sequence[Event], sent: Sequence[Submission]) -> dict[str, Any]:
    """The story, newest first."""
    return {
        **frame(request, reached, "Lịch sử"),
        "rounds": rounds_words(rounds_of_report(reached.cycle, reached.obligation.pk, request.now)),
        "events": [{"event": each, "when": _when(each)} for each in events],
        "sent": [{"submission": each, "when": format_instant(each.submitted_at)} for each in sent],
    }


def _when(event: Event) -> str:
    """`10:02 09/11/2023`; of a sitting `10:02–10:45 09/11/2023`."""
    first, last = format_instant(event.starts), format_instant(event.ends)
    return last if first == last else f"{first[:5]}–{last}"
