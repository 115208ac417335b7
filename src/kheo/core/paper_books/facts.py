"""What is written of a paper and of its arrival, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from kheo.core.directives.notation import NOTATION, notation
from kheo.core.problems import Problem
from kheo.core.text import written


class Standing(StrEnum):
    """Where a number of a book stands. A number is never used for another paper: reserved, written, or cancelled with a reason."""

    RESERVED = "reserved"
    WRITTEN = "written"
    CANCELLED = "cancelled"


class Progress(StrEnum):
    """How far an arrived paper has come."""

    WAITING = "waiting"
    DOING = "doing"
    DONE = "done"
    FOR_INFORMATION = "for_information"


class LinkRole(StrEnum):
    """What one paper is to another."""

    BASED_ON = "based_on"
    REPLACES = "replaces"
    AMENDS = "amends"
    ANSWERS = "answers"


STANDING_NAMES = {Standing.RESERVED: "Giữ số", Standing.WRITTEN: "Đã đăng ký", Standing.CANCELLED: "Huỷ số"}
PROGRESS_NAMES = {
    Progress.WAITING: "Chưa giải quyết",
    Progress.DOING: "Đang giải quyết",
    Progress.DONE: "Đã giải quyết",
    Progress.FOR_INFORMATION: "Để biết",
}
LINK_ROLE_NAMES = {
    LinkRole.BASED_ON: "Căn cứ",
    LinkRole.REPLACES: "Thay thế",
    LinkRole.AMENDS: "Sửa đổi, bổ sung",
    LinkRole.ANSWERS: "Trả lời",
}
# The same, as the other paper says it.
LINKED_NAMES = {
    LinkRole.BASED_ON: "Là căn cứ của",
    LinkRole.REPLACES: "Được thay thế bằng",
    LinkRole.AMENDS: "Được sửa đổi, bổ sung bằng",
    LinkRole.ANSWERS: "Được trả lời bằng",
}
# NĐ 30/2020, phụ lục I mục II.9.g: three degrees; no mark is the usual case.
URGENCIES = ("", "Khẩn", "Thượng khẩn", "Hỏa tốc")
GENERAL_BOOK = "Chung"
OPEN = frozenset({Progress.WAITING, Progress.DOING})


@dataclass(frozen=True)
class PaperFacts:
    """What a paper says of itself, as a book tells it. Empty: it does not say it."""

    full_number: str = ""
    issuer: str = ""
    superior: str = ""
    issued_on: date | None = None
    kind: str = ""
    subject: str = ""
    urgency: str = ""
    signer: str = ""
    signer_title: str = ""
    pages: int | None = None
    language: str = "Tiếng Việt"

    @property
    def notation(self) -> tuple[str, str]:
        """Number and symbol: (`199`, `LĐLĐ-TG`); without a number that can be told, all of it is the symbol."""
        match = NOTATION.fullmatch(self.full_number)
        found = notation(match) if match else None
        if found is None or found.number is None:
            return "", self.full_number
        return found.number, f"{found.year}/{found.symbol}" if found.year else found.symbol


@dataclass(frozen=True)
class ArrivalFacts:
    """What an office adds when a paper arrives. `handler`: the unit or person it goes to."""

    arrived_on: date
    handler: str = ""
    handler_id: int | None = None
    passed_on: date | None = None
    due_on: date | None = None
    file_code: str = ""
    note: str = ""


@dataclass(frozen=True)
class IssueFacts:
    """What an office adds when a paper goes out."""

    recipients: tuple[str, ...] = ()
    kept_by: str = ""
    copies: int | None = None
    sent_on: date | None = None
    received_by: str = ""
    note: str = ""


Facts = TypeVar("Facts", PaperFacts, ArrivalFacts, IssueFacts)


def one_line(text: str) -> str:
    """What somebody wrote into a field of a book: one form of letters, one line."""
    return " ".join(written(text).split())


def tidied(facts: Facts) -> Facts:
    """The same facts, every text of them on one line; recipients without empty ones, each once."""
    values: dict[str, Any] = {key: one_line(value) for key, value in asdict(facts).items() if isinstance(value, str)}
    if isinstance(facts, IssueFacts):
        values["recipients"] = tuple(dict.fromkeys(line for line in map(one_line, facts.recipients) if line))
    return replace(facts, **values)


LONGEST = {
    "full_number": 80,
    "issuer": 300,
    "superior": 300,
    "kind": 100,
    "subject": 2000,
    "signer": 120,
    "signer_title": 200,
    "language": 60,
    "handler": 300,
    "file_code": 60,
    "note": 1000,
    "kept_by": 300,
    "received_by": 300,
    "symbol": 60,
    "reason": 500,
    "progress_note": 1000,
    "answer": 200,
}
MOST_PAGES = 9999
MOST_RECIPIENTS, LONGEST_RECIPIENT = 1000, 300
_NEEDED = {"issuer": "Chưa ghi cơ quan ban hành.", "subject": "Chưa ghi trích yếu: văn bản nói về việc gì."}


def paper_problems(paper: PaperFacts, today: date) -> list[Problem]:
    """Everything that keeps a paper from being written into a book, each with the field it is about."""
    found = [Problem(words, key=key) for key, words in _NEEDED.items() if not getattr(paper, key)]
    found += text_problems({key: getattr(paper, key) for key in LONGEST if hasattr(paper, key)})
    if paper.issued_on is not None and paper.issued_on > today:
        found.append(Problem("Ngày văn bản ở sau hôm nay.", key="issued_on"))
    if paper.urgency not in URGENCIES:
        found.append(Problem("Độ khẩn là Khẩn, Thượng khẩn, Hỏa tốc, hoặc để trống.", key="urgency"))
    return found + count_problems("pages", paper.pages)


def arrival_problems(arrival: ArrivalFacts, issued_on: date | None, today: date) -> list[Problem]:
    """The same for what the office adds: days follow each other, and an arrival is of this year or the one before."""
    found = text_problems({"handler": arrival.handler, "file_code": arrival.file_code, "note": arrival.note})
    if arrival.arrived_on > today:
        found.append(Problem("Ngày đến ở sau hôm nay.", key="arrived_on"))
    elif arrival.arrived_on.year < today.year - 1:
        found.append(
            Problem(f"Sổ năm {arrival.arrived_on.year} đã khoá: chỉ ghi văn bản đến từ đầu năm {today.year - 1}.", key="arrived_on")
        )
    if issued_on is not None and issued_on > arrival.arrived_on:
        found.append(Problem("Ngày đến ở trước ngày của văn bản.", key="arrived_on"))
    if arrival.passed_on is not None and not arrival.arrived_on <= arrival.passed_on <= today:
        found.append(Problem("Ngày chuyển phải từ ngày đến tới hôm nay.", key="passed_on"))
    if arrival.due_on is not None and arrival.due_on < arrival.arrived_on:
        found.append(Problem("Hạn giải quyết ở trước ngày đến.", key="due_on"))
    if arrival.passed_on is not None and not arrival.handler:
        found.append(Problem("Đã ghi ngày chuyển thì ghi cả nơi nhận xử lý.", key="handler"))
    return found


def issue_problems(issue: IssueFacts, issued_on: date, today: date) -> list[Problem]:
    """The same for a paper that goes out."""
    found = text_problems({"kept_by": issue.kept_by, "received_by": issue.received_by, "note": issue.note})
    if len(issue.recipients) > MOST_RECIPIENTS:
        found.append(Problem(f"Nhiều nơi nhận quá: tối đa {MOST_RECIPIENTS}.", key="recipients"))
    if any(len(each) > LONGEST_RECIPIENT or not each.isprintable() for each in issue.recipients):
        found.append(Problem(f"Mỗi nơi nhận một dòng, tối đa {LONGEST_RECIPIENT} ký tự.", key="recipients"))
    if issue.sent_on is not None and not issued_on <= issue.sent_on <= today:
        found.append(Problem("Ngày gửi phải từ ngày của văn bản tới hôm nay.", key="sent_on"))
    return found + count_problems("copies", issue.copies)


def text_problems(texts: dict[str, str]) -> list[Problem]:
    """Texts that are too long for their field, or that cannot be printed."""
    found = []
    for key, text in texts.items():
        if len(text) > LONGEST[key]:
            found.append(Problem(f"Dài {len(text)} ký tự, tối đa {LONGEST[key]}.", key=key))
        elif not text.isprintable():
            found.append(Problem("Có ký tự không in được.", key=key))
    return found


def count_problems(key: str, count: int | None) -> list[Problem]:
    """A number of pages or copies."""
    if count is None or 0 < count <= MOST_PAGES:
        return []
    return [Problem(f"Ghi một số từ 1 đến {MOST_PAGES}, hoặc để trống.", key=key)]


def all_or_none(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order in which a form asks; each once."""
    return tuple(dict.fromkeys(problems))
