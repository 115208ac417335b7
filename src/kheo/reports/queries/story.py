"""A report's story for people: what happened to it, and what one submission changed against the one before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from kheo.core.checking import EXPLAIN, SECTION, label_of
from kheo.core.days import due_day, format_day, local_day
from kheo.core.definition import Definition
from kheo.core.figures import with_totals
from kheo.core.remarks import ANSWER_NAMES, Answered
from kheo.core.workflow import State
from kheo.journal.models import JournalEntry
from kheo.reports.models import Obligation, Report, Revision
from kheo.reports.queries.history import figure_words, history
from kheo.reports.queries.receipts import Receipt, receipt_of

SAVED, ENTERED, ARRANGED = "save_draft", "enter_draft", "arrange_section"
WRITTEN = (SAVED, ENTERED, ARRANGED)
# What an act leaves behind, for the colour of its mark, and how it is told.
TOLD: dict[str, tuple[str, State | None]] = {
    SAVED: ("nhập số liệu", State.DRAFT),
    ENTERED: ("nhập hộ đơn vị", State.DRAFT),
    ARRANGED: ("soạn lời văn từ báo cáo cấp dưới", State.DRAFT),
    "add_evidence": ("thêm minh chứng", None),
    "remove_evidence": ("bỏ minh chứng", None),
    "caption_evidence": ("sửa chú thích minh chứng", None),
    "submit_report": ("ký và nộp", State.SUBMITTED),
    "recall_report": ("rút lại để sửa", State.DRAFT),
    "remark": ("ghi nhận xét", None),
    "answer_remark": ("trả lời nhận xét", None),
    "keep_as_sent": ("giữ bản đã gửi, không gửi bổ sung", None),
    "settle_remark": ("cho qua nhận xét", None),
    "return_report": ("trả lại", State.RETURNED),
    "accept_report": ("chấp nhận", State.ACCEPTED),
    "revise_report": ("lập báo cáo bổ sung", State.DRAFT),
    "ask_extension": ("xin gia hạn", None),
    "answer_extension": ("không đồng ý gia hạn", None),
    "extend_due": ("gia hạn", None),
    "call_in": ("lập công văn đôn đốc vì quá hạn", None),
    "hand_over": ("giao đơn vị kế thừa nộp thay đơn vị cũ", None),
    "reroute": ("chuyển nơi nhận", None),
    "close": ("thôi thu vì đơn vị ngừng hoạt động", State.CLOSED),
    "reopen": ("thu lại", None),
}
_OF_A_CAMPAIGN = {"close": "thôi thu vì phong trào đã kết thúc", "reopen": "thu lại vì phong trào tiếp tục"}
HIDDEN = "được che"
NOTHING_SAID = "chưa có"
MORE_TIME = ("ask_extension", "answer_extension", "extend_due")
ABOUT_A_PLACE = ("remark", "answer_remark", "settle_remark")


@dataclass(frozen=True)
class Change:
    """A place that changed, in words; of a section only that it did (`before` and `after` are empty)."""

    target: str
    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Event:
    """Something somebody did. Saving again and again on one day is one event, from `starts` to `ends`, with what came of it."""

    act: str
    words: str
    state: State | None
    who: str
    post: str
    starts: datetime
    ends: datetime
    quote: str
    changes: tuple[Change, ...]
    revision: int | None


def story(obligation: Obligation, definition: Definition, hidden: frozenset[str]) -> list[Event]:
    """The journal of a report, newest first; numbers of the `hidden` cells are not told, and not what was said of them."""
    entries = groupby(history(obligation), key=_sitting)
    return [_event(list(rows), definition, hidden) for _, rows in entries][::-1]


def _sitting(entry: JournalEntry) -> tuple[object, ...]:
    """Entries with the same key, one after the other, are told as one."""
    return (entry.act, entry.actor_id, local_day(entry.at)) if entry.act in WRITTEN else (entry.number,)


def _event(rows: list[JournalEntry], definition: Definition, hidden: frozenset[str]) -> Event:
    first, last = rows[0], rows[-1]
    words, state = TOLD.get(first.act, (first.act, None))
    detail: dict[str, Any] = last.detail
    quote = detail.get("reason", "") or detail.get("text", "")
    if first.act in ABOUT_A_PLACE:
        quote = quote if detail["target"] not in hidden or not quote else f"({HIDDEN})"
        words = f"{_place_words(first.act, words, detail)} ở {label_of(definition, detail['target'])}"
    if first.act in MORE_TIME:
        words = _more_time(words, first.act, detail)
    if "ending" in detail:
        words = _OF_A_CAMPAIGN[first.act]
    if "to_name" in detail:
        words = f"{words}: {detail['former_name']} → {detail['to_name']}"
    return Event(
        act=first.act,
        words=words,
        state=state,
        who=first.actor_name,
        post=first.post,
        starts=first.at,
        ends=last.at,
        quote=quote,
        changes=tuple(_changes(rows, definition, hidden)) if first.act in WRITTEN else (),
        revision=detail.get("revision"),
    )


def _more_time(words: str, act: str, detail: Mapping[str, Any]) -> str:
    """`gia hạn đến hết ngày 15/11/2023 (hạn trước đó: hết ngày 13/11/2023)`."""
    if act == "extend_due":
        before, after = (format_day(due_day(datetime.fromisoformat(detail[name]))) for name in ("before", "after"))
        return f"{words} đến hết ngày {after} (hạn trước đó: hết ngày {before})"
    wanted = format_day(due_day(datetime.fromisoformat(detail["wanted"])))
    if act == "answer_extension" and detail["is_granted"]:
        words = "đồng ý gia hạn"
    return f"{words} đến hết ngày {wanted}"


def _place_words(act: str, words: str, detail: Mapping[str, Any]) -> str:
    """What was done to one place."""
    if act == "remark":
        return words if detail["text"] else "bỏ nhận xét"
    if act == "answer_remark":
        return f"{words} (“{ANSWER_NAMES[Answered(detail['kind'])]}”)"
    return words if detail["is_settled"] else "mở lại nhận xét"


def _changes(rows: list[JournalEntry], definition: Definition, hidden: frozenset[str]) -> Iterator[Change]:
    """What a sitting changed in the end: cells set back to what they were are left out."""
    cells: dict[str, list[object]] = {}
    sections: dict[str, list[object]] = {}
    explained: dict[str, list[object]] = {}
    for row in rows:
        for kept, name in ((cells, "cells"), (sections, "sections"), (explained, "explanations")):
            for key, (before, after) in row.detail.get(name, {}).items():
                kept.setdefault(key, [before, after])[1] = after
    for key, (before, after) in cells.items():
        if before != after:
            yield _cell_change(definition, key, before, after, hidden)
    for key, (before, after) in sections.items():
        if before != after:
            yield Change(SECTION + key, label_of(definition, SECTION + key))
    for key, (before, after) in explained.items():
        if before != after:
            yield _explained(definition, key, str(before), str(after), hidden)


def _explained(definition: Definition, key: str, before: str, after: str, hidden: frozenset[str]) -> Change:
    then, now = ((HIDDEN if key in hidden and said else said or NOTHING_SAID) for said in (before, after))
    return Change(EXPLAIN + key, label_of(definition, EXPLAIN + key), then, now)


def _cell_change(definition: Definition, key: str, before: object, after: object, hidden: frozenset[str]) -> Change:
    return Change(key, label_of(definition, key), _words(definition, key, before, hidden), _words(definition, key, after, hidden))


def _words(definition: Definition, key: str, figure: object, hidden: frozenset[str]) -> str:
    if key in hidden and isinstance(figure, int):
        return HIDDEN
    return figure_words(definition, key, figure)


@dataclass(frozen=True)
class Submission:
    """One revision: who signed it, when and why, and what changed against the one before (None for the first)."""

    number: int
    submitted_at: datetime
    hash: str
    signer: str
    reason: str
    changes: tuple[Change, ...] | None


def submissions(report: Report | None, definition: Definition, hidden: frozenset[str]) -> list[Submission]:
    """Every revision of a report, newest first."""
    if report is None:
        return []
    revisions = list(Revision.objects.filter(report=report).select_related("submitted_by").order_by("number"))
    found: list[Submission] = []
    previous: Revision | None = None
    for revision in revisions:
        changes = tuple(_differences(previous, revision, definition, hidden)) if previous else None
        signer = revision.submitted_by.full_name if revision.submitted_by else ""
        found.append(Submission(revision.number, revision.submitted_at, revision.hash, signer, revision.reason, changes))
        previous = revision
    return found[::-1]


def _differences(before: Revision, after: Revision, definition: Definition, hidden: frozenset[str]) -> Iterator[Change]:
    then, now = with_totals(definition, before.figures), with_totals(definition, after.figures)
    for cell in definition.cells:
        old, new = then.get(cell.key, ""), now.get(cell.key, "")
        if old != new or type(old) is not type(new):
            yield _cell_change(definition, cell.key, old, new, hidden)
    yield from _rewritten(before.narrative, after.narrative, definition)
    then_said, now_said = (((each.enclosures or {}).get("explanations") or {}) for each in (before, after))
    for cell in definition.cells:
        if then_said.get(cell.key, "") != now_said.get(cell.key, ""):
            yield _explained(definition, cell.key, then_said.get(cell.key, ""), now_said.get(cell.key, ""), hidden)


def _rewritten(before: Mapping[str, str], after: Mapping[str, str], definition: Definition) -> Iterator[Change]:
    for section in definition.outline:
        if before.get(section.id, "") != after.get(section.id, ""):
            yield Change(SECTION + section.id, label_of(definition, SECTION + section.id))


def submission(report: Report | None, obligation: Obligation, number: int) -> tuple[Receipt, Revision] | None:
    """One revision with its receipt, or None when nothing of that number was ever sent."""
    revision = Revision.objects.filter(report=report, number=number).select_related("submitted_by").first() if report else None
    return (receipt_of(revision, obligation), revision) if revision else None
