"""The paper forms of the books: NĐ 30/2020/NĐ-CP, phụ lục IV (in force from 05/3/2020). A book that is kept here is printed as these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from kheo.core.days import format_day


class BookKind(StrEnum):
    """The three books."""

    ARRIVALS = "den"
    ISSUES = "di"
    FOLLOWING = "theo-doi"


@dataclass(frozen=True)
class FormColumn:
    """A column of a form: its title as the decree words it, how it stands, and how wide a sheet shows it (characters)."""

    title: str
    align: Literal["left", "center"]
    width: int


@dataclass(frozen=True)
class BookForm:
    """A form: its title and columns, and where it is prescribed."""

    kind: BookKind
    title: str
    columns: tuple[FormColumn, ...]
    source: str
    valid_from: date = date(2020, 3, 5)


def _form(kind: BookKind, title: str, source: str, *columns: tuple[str, int]) -> BookForm:
    short = 14
    told = tuple(FormColumn(name, "center" if width <= short else "left", width) for name, width in columns)
    return BookForm(kind, title, told, source)


FORMS = {
    BookKind.ARRIVALS: _form(
        BookKind.ARRIVALS,
        "Sổ đăng ký văn bản đến",
        "Nghị định 30/2020/NĐ-CP, phụ lục IV, mẫu sổ đăng ký văn bản đến",
        ("Ngày đến", 12),
        ("Số đến", 8),
        ("Tác giả", 26),
        ("Số, ký hiệu văn bản", 20),
        ("Ngày tháng văn bản", 12),
        ("Tên loại và trích yếu nội dung văn bản", 48),
        ("Đơn vị hoặc người nhận", 24),
        ("Ngày chuyển", 12),
        ("Ký nhận", 22),
        ("Ghi chú", 22),
    ),
    BookKind.ISSUES: _form(
        BookKind.ISSUES,
        "Sổ đăng ký văn bản đi",
        "Nghị định 30/2020/NĐ-CP, phụ lục IV, mẫu sổ đăng ký văn bản đi",
        ("Số, ký hiệu văn bản", 20),
        ("Ngày tháng văn bản", 12),
        ("Tên loại và trích yếu nội dung văn bản", 48),
        ("Người ký", 22),
        ("Nơi nhận văn bản", 34),
        ("Đơn vị, người nhận bản lưu", 22),
        ("Số lượng bản", 10),
        ("Ngày chuyển", 12),
        ("Ký nhận", 22),
        ("Ghi chú", 22),
    ),
    BookKind.FOLLOWING: _form(
        BookKind.FOLLOWING,
        "Sổ theo dõi giải quyết văn bản đến",
        "Nghị định 30/2020/NĐ-CP, phụ lục IV, mẫu sổ theo dõi giải quyết văn bản đến",
        ("Số đến", 8),
        ("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", 58),
        ("Đơn vị hoặc người nhận", 26),
        ("Thời hạn giải quyết", 14),
        ("Tiến độ giải quyết", 28),
        ("Số, ký hiệu văn bản trả lời", 24),
        ("Ghi chú", 24),
    ),
}


@dataclass(frozen=True)
class PaperLine:
    """What a book tells of a paper; None where the number has none."""

    full_number: str
    number: str
    symbol: str
    issuer: str
    issued_on: date | None
    kind: str
    subject: str
    signer: str
    signer_title: str
    language: str
    pages: int | None
    urgency: str

    @property
    def what(self) -> str:
        """Type and subject."""
        return " ".join(part for part in (self.kind, self.subject) if part)


@dataclass(frozen=True)
class ArrivalLine:
    """One number of the book of arrivals. `told`: why it is cancelled or reserved."""

    number: int
    year: int
    arrived_on: date
    paper: PaperLine | None
    handler: str
    passed_on: date | None
    signed: str
    due_on: date | None
    progress: str
    answer: str
    file_code: str
    note: str
    told: str


@dataclass(frozen=True)
class IssueLine:
    """One number of a book of outgoing papers."""

    number: int
    year: int
    book: str
    issued_on: date
    paper: PaperLine | None
    recipients: tuple[str, ...]
    kept_by: str
    copies: int | None
    sent_on: date | None
    received_by: str
    note: str
    told: str


def rows_of_arrivals(lines: Iterable[ArrivalLine]) -> list[tuple[str, ...]]:
    """Ten texts a line, as the form asks."""
    return [
        (
            format_day(line.arrived_on),
            str(line.number),
            line.paper.issuer if line.paper else "",
            line.paper.full_number if line.paper else "",
            _day(line.paper.issued_on if line.paper else None),
            line.paper.what if line.paper else "",
            line.handler,
            _day(line.passed_on),
            line.signed,
            _note(line.told, line.note),
        )
        for line in lines
    ]


def rows_of_issues(lines: Iterable[IssueLine]) -> list[tuple[str, ...]]:
    """Ten texts a line."""
    return [
        (
            line.paper.full_number if line.paper else str(line.number),
            format_day(line.issued_on),
            line.paper.what if line.paper else "",
            line.paper.signer if line.paper else "",
            "; ".join(line.recipients),
            line.kept_by,
            "" if line.copies is None else str(line.copies),
            _day(line.sent_on),
            line.received_by,
            _note(line.told, line.note),
        )
        for line in lines
    ]


def rows_to_follow(lines: Iterable[ArrivalLine]) -> list[tuple[str, ...]]:
    """Seven texts a line."""
    return [
        (str(line.number), _named(line.paper), line.handler, _day(line.due_on), line.progress, line.answer, _note(line.told, line.note))
        for line in lines
    ]


def _named(paper: PaperLine | None) -> str:
    if paper is None:
        return ""
    number = f"số {paper.full_number}" if paper.full_number else "không số"
    day = f"ngày {format_day(paper.issued_on)}" if paper.issued_on else ""
    return " ".join(part for part in (paper.kind or "Văn bản", number, day, f"của {paper.issuer}") if part)


def _day(day: date | None) -> str:
    return format_day(day) if day else ""


def _note(told: str, note: str) -> str:
    return "; ".join(part for part in (told, note) if part)
