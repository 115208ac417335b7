"""What somebody typed into the forms of the books: kept letter for letter, and as facts with what is wrong about them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from kheo.core.days import format_day, typed_day
from kheo.core.paper_books.facts import ArrivalFacts, IssueFacts, PaperFacts
from kheo.core.problems import Problem
from kheo.web.numbers import number_of

PAPER_FIELDS = (
    "full_number",
    "issuer",
    "superior",
    "issued_on",
    "kind",
    "subject",
    "urgency",
    "signer",
    "signer_title",
    "pages",
    "language",
)
ARRIVAL_FIELDS = ("arrived_on", "handler", "handler_id", "passed_on", "due_on", "file_code", "note")
ISSUE_FIELDS = ("recipients", "kept_by", "copies", "sent_on", "received_by", "note")
_DAYS = {
    "done_on": "Ngày giải quyết xong",
    "from_day": "Ngày bắt đầu",
    "issued_on": "Ngày văn bản",
    "arrived_on": "Ngày đến",
    "passed_on": "Ngày chuyển",
    "due_on": "Hạn giải quyết",
    "sent_on": "Ngày chuyển đi",
}
_COUNTS = {"pages": "Số trang", "copies": "Số lượng bản"}
_LOOKS_LIKE_DAY = re.compile(r"^\d{1,2}[-./]\d{1,2}[-./]\d{4}$")


@dataclass(frozen=True)
class Typed:
    """Texts by field, and what cannot be read of them."""

    texts: Mapping[str, str]
    problems: tuple[Problem, ...]

    def day(self, key: str) -> date | None:
        """None where the field is empty or wrong."""
        try:
            return typed_day(self.texts[key]) if self.texts[key] else None
        except ValueError:
            return None

    def count(self, key: str) -> int | None:
        """The same of a whole number."""
        found = number_of(self.texts[key])
        return found if found >= 0 else None

    def paper(self) -> PaperFacts:
        """What the paper says of itself."""
        texts = {key: self.texts[key] for key in PAPER_FIELDS if key not in ("issued_on", "pages")}
        return PaperFacts(**texts, issued_on=self.day("issued_on"), pages=self.count("pages"))

    def arrival(self, today: date) -> ArrivalFacts:
        """What the office adds when it arrives."""
        return ArrivalFacts(
            self.day("arrived_on") or today,
            self.texts["handler"],
            self.count("handler_id"),
            self.day("passed_on"),
            self.day("due_on"),
            self.texts["file_code"],
            self.texts["note"],
        )

    def issue(self) -> IssueFacts:
        """What the office adds when it goes out: a recipient a line."""
        lines = tuple(self.texts["recipients"].splitlines())
        kept, got, note = (self.texts[key] for key in ("kept_by", "received_by", "note"))
        return IssueFacts(lines, kept, self.count("copies"), self.day("sent_on"), got, note)


def typed(sent: QueryDict, *groups: tuple[str, ...]) -> Typed:
    """The fields of these groups."""
    keys = [key for group in groups for key in group]
    texts = {key: sent.get(key, "").strip() for key in keys}
    told = [(key, _day_fault(texts[key])) for key in keys if key in _DAYS and texts[key]]
    wrong = [Problem(f"{_DAYS[key]} “{texts[key][:40]}”: {fault}.", key=key) for key, fault in told if fault]
    counts = [key for key in _COUNTS if texts.get(key) and number_of(texts[key]) < 0]
    return Typed(texts, tuple(wrong + [Problem(f"{_COUNTS[key]} “{texts[key][:40]}”: ghi một số nguyên.", key=key) for key in counts]))


def _day_fault(text: str) -> str:
    """Why a text is no day of a paper; "" where it is one."""
    try:
        day = typed_day(text)
    except ValueError:
        return "không có ngày ấy trong lịch" if _LOOKS_LIKE_DAY.match(text) else "viết như 15/11/2023"
    return "" if 1900 <= day.year <= 2100 else "ghi đủ bốn chữ số của năm, như 15/11/2023"


def texts_of(facts: PaperFacts | ArrivalFacts | IssueFacts) -> dict[str, str]:
    """Facts as a form shows them."""
    return {name: _shown(getattr(facts, name)) for name in facts.__dataclass_fields__}


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None else str(value)
