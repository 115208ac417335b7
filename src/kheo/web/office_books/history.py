"""Everything that was written about a row of a book and its paper: who, when, why, and which words took the place of which."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kheo.core.days import format_day, format_instant
from kheo.core.paper_books.facts import PROGRESS_NAMES, Progress
from kheo.directives.models import Arrival, Issue, Writing
from kheo.directives.queries import writings_of
from kheo.web.office_books.forms import DAYS, LABELS

ACTS = {
    "register_arrival": "Ghi vào sổ",
    "reserve_arrival": "Giữ số",
    "pass_arrival_on": "Chuyển xử lý",
    "sign_for_arrival": "Ký nhận",
    "note_progress": "Ghi tiến độ",
    "correct_arrival": "Sửa phần ghi khi đến",
    "cancel_arrival": "Huỷ số",
    "write_paper": "Ghi văn bản",
    "correct_paper": "Sửa văn bản",
    "register_issue": "Ghi vào sổ",
    "reserve_issue": "Giữ số",
    "note_sending": "Ghi việc gửi đi",
    "correct_issue": "Sửa phần của sổ",
    "cancel_issue": "Huỷ số",
}
# What another act's writing fills in anew is no change to be looked at; of these the words before and after are told.
CHANGING = frozenset({"correct_arrival", "correct_issue", "correct_paper", "note_sending", "note_progress", "pass_arrival_on"})
CORRECTING = frozenset({"correct_arrival", "correct_issue"})
_NAMES = {
    **{key: label for key, (label, _) in LABELS.items() if key != "handler_id"},
    "progress": "Tiến độ",
    "progress_note": "Ghi thêm",
    "answer": "Văn bản trả lời",
    "done_on": "Xong ngày",
}
# Told by name alone: what stands there are numbers of rows, or a whole text.
_UNTOLD = {"handler_user_id": "Người nhận trong Khéo", "file_id": "Tệp", "text": "Toàn văn"}


def writings_told(row: Arrival | Issue) -> list[dict[str, Any]]:
    """The newest first. A correction of the paper alone is told once, not again for the row of the book."""
    kept = row.directive
    told = list(_told(writings_of(type(row).__name__.lower(), row.pk), by_paper=kept is not None and isinstance(row, Issue)))
    if kept is not None and kept.keeper_id == row.unit_id:
        told += _told(writings_of("directive", kept.pk))
    told.sort(key=lambda each: each[0], reverse=True)
    return [each for _, each in told]


def _told(rows: list[Writing], *, by_paper: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    before: Mapping[str, Any] = {}
    for row in rows:
        changes = changed(before, row.state) if row.act in CHANGING else []
        if by_paper:
            changes = [each for each in changes if each["what"] != _NAMES["issued_on"]]
        before = row.state
        if changes or row.act not in CORRECTING:
            what = {"what": ACTS.get(row.act, row.act), "who": row.writer, "when": format_instant(row.at), "reason": row.reason}
            yield row.pk, {**what, "changes": changes}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """Field by field what stood there and what stands there now; of some only that it is another."""
    found = [
        {"what": name, "was": _words(key, before.get(key)), "now": _words(key, after[key])}
        for key, name in _NAMES.items()
        if key in after and before.get(key) != after[key]
    ]
    others = [name for key, name in _UNTOLD.items() if key in after and before.get(key) != after[key]]
    return found + [{"what": name, "was": "", "now": ""} for name in others]


def _words(key: str, value: Any) -> str:
    if value in (None, "", []):
        return "(trống)"
    if key in DAYS or key == "done_on":
        return format_day(date.fromisoformat(value))
    if key == "progress":
        return PROGRESS_NAMES[Progress(value)]
    return "; ".join(value) if isinstance(value, list) else str(value)
