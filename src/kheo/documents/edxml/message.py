"""What an edXML file says, as plain data, and everything that keeps it from being written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.paper_books.electronic import ARRIVAL_FIELDS, ISSUE_FIELDS
from kheo.core.paper_books.facts import URGENCIES
from kheo.core.problems import Problem

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
# Kinds of business: a new paper; and that no sheet of paper follows.
NEW, NO_PAPER = "0", "0"
# QĐ 20/2020/QĐ-TTg điều 5: groups of figures and capitals, at most 35 signs (NĐ 30/2020 phụ lục VI still says 13: the later rule holds).
_ORGAN = re.compile(r"[0-9A-Z]+(\.[0-9A-Z]+)*")
LONGEST_ORGAN = 35
# NĐ 30/2020 phụ lục VI: the longest text of each field of a paper's record.
_LONGEST = {each.name: each.longest or 0 for each in (*ISSUE_FIELDS, *ARRIVAL_FIELDS)}
LONGEST = {
    "code_number": ("Số văn bản", _LONGEST["CodeNumber"]),
    "code_notation": ("Ký hiệu văn bản", _LONGEST["CodeNotation"]),
    "type_name": ("Tên loại văn bản", _LONGEST["TypeName"]),
    "subject": ("Trích yếu", _LONGEST["Subject"]),
    "signer_position": ("Chức vụ người ký", _LONGEST["Position"]),
    "signer_name": ("Họ tên người ký", _LONGEST["FullName"]),
}
LONGEST_NAME, LONGEST_PLACES, MOST_COUNT, LONGEST_FILE_NAME = _LONGEST["OrganName"], _LONGEST["ToPlaces"], 999, 150
PRIORITIES = {words: number for number, words in enumerate(URGENCIES)}
_NEEDED = {"code_notation": "Ký hiệu văn bản", "subject": "Trích yếu", "place": "Nơi ban hành"}


@dataclass(frozen=True)
class Organ:
    """An office. `code`: its identifier (QĐ 20/2020), empty where it has none; `above`: the office that it is of."""

    code: str
    name: str
    above: str = ""


@dataclass(frozen=True)
class Attached:
    """A file that goes with the paper."""

    name: str
    media_type: str
    data: bytes
    description: str = ""


@dataclass(frozen=True)
class Trace:
    """An office that the file went through, and when."""

    organ: str
    at: datetime


@dataclass(frozen=True)
class EdxmlMessage:
    """A paper on its way. `priority`: 0 to 3, as `PRIORITIES`; `type_code` as the sender's list of kinds has it, empty: not told.

    `document_id` is made from sender, day and number where it is empty.
    """

    sender: Organ
    recipients: tuple[Organ, ...]
    code_number: str
    code_notation: str
    place: str
    issued_on: date
    type_name: str
    subject: str
    type_code: str = ""
    content: str = ""
    competence: str = ""
    signer_position: str = ""
    signer_name: str = ""
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    priority: int = 0
    copies: int | None = None
    pages: int | None = None
    document_id: str = ""
    traces: tuple[Trace, ...] = ()
    attached: tuple[Attached, ...] = ()

    @property
    def known_as(self) -> str:
        """The identifier of the paper: office, day, number and notation."""
        return (
            self.document_id or f"{self.sender.code},{self.issued_on.isoformat().replace('-', '/')},{self.code_number}/{self.code_notation}"
        )


def message_problems(message: EdxmlMessage) -> list[Problem]:
    """Everything that keeps it from being written, each with its field; nothing is cut to fit."""
    return [*_texts(message), *_organs(message), *_counts(message), *_files(message)]


def _texts(message: EdxmlMessage) -> Iterator[Problem]:
    for key, name in _NEEDED.items():
        if not getattr(message, key).strip():
            yield Problem(f"{name}: chưa ghi.", key=key)
    for key, (name, longest) in LONGEST.items():
        text = getattr(message, key)
        if len(text) > longest:
            yield Problem(f"{name} dài {len(text)} ký tự, edXML nhận tối đa {longest}.", key=key)
        if _unprintable(text):
            yield Problem(f"{name} có ký tự không in được.", key=key)
    for key, name in (("place", "Nơi ban hành"), ("content", "Nội dung tóm tắt"), ("competence", "Thẩm quyền ký")):
        if _unprintable(getattr(message, key)):
            yield Problem(f"{name} có ký tự không in được.", key=key)
    if (together := sum(len(each) for each in message.to_places)) > LONGEST_PLACES:
        yield Problem(f"Nơi nhận dài tổng cộng {together} ký tự, edXML nhận tối đa {LONGEST_PLACES}.", key="to_places")


def _organs(message: EdxmlMessage) -> Iterator[Problem]:
    if not message.recipients:
        yield Problem("Chưa có cơ quan nhận.", key="recipients")
    organs = [("sender", "Cơ quan gửi", message.sender)]
    organs += [(f"recipients[{place}]", f"Cơ quan nhận thứ {place + 1}", each) for place, each in enumerate(message.recipients)]
    for key, name, organ in organs:
        if not organ.name.strip():
            yield Problem(f"{name}: chưa ghi tên.", key=key)
        elif len(organ.name) > LONGEST_NAME:
            yield Problem(f"{name}: tên dài {len(organ.name)} ký tự, edXML nhận tối đa {LONGEST_NAME}.", key=key)
        if _unprintable(organ.name + organ.above):
            yield Problem(f"{name}: tên có ký tự không in được.", key=key)
        if not organ.code:
            yield Problem(f"{name} (“{organ.name}”) chưa có mã định danh; edXML gửi và nhận theo mã này.", key=key)
        elif len(organ.code) > LONGEST_ORGAN or not _ORGAN.fullmatch(organ.code):
            yield Problem(
                f"{name}: mã định danh “{organ.code}” không đúng dạng (chữ số, chữ in hoa, các nhóm cách nhau bằng dấu chấm, "
                f"tối đa {LONGEST_ORGAN} ký tự, như G09.1.2).",
                key=key,
            )


def _counts(message: EdxmlMessage) -> Iterator[Problem]:
    for key, name in (("pages", "Số trang"), ("copies", "Số bản")):
        count = getattr(message, key)
        if count is not None and not 0 < count <= MOST_COUNT:
            yield Problem(f"{name}: edXML nhận một số từ 1 đến {MOST_COUNT}.", key=key)
    if message.priority not in PRIORITIES.values():
        yield Problem("Độ khẩn là một số từ 0 (thường) đến 3 (hỏa tốc).", key="priority")
    if message.due_on is not None and message.due_on < message.issued_on:
        yield Problem("Hạn trả lời ở trước ngày của văn bản.", key="due_on")


def _files(message: EdxmlMessage) -> Iterator[Problem]:
    names = [each.name for each in message.attached]
    for place, name in enumerate(names):
        if not 0 < len(name) <= LONGEST_FILE_NAME or _unprintable(name) or "/" in name or "\\" in name:
            yield Problem(f"Tệp thứ {place + 1}: tên “{name[:60]}” không dùng làm tên tệp được.", key=f"attached[{place}]")
        elif name in names[:place]:
            yield Problem(f"Hai tệp cùng tên “{name}”.", key=f"attached[{place}]")


def _unprintable(text: str) -> bool:
    return not text.replace("\n", " ").isprintable()
