"""The list of submissions to a recipient: who sent when, on time or late, and who has not, as a Word document and a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.consolidated import UnitRef, in_place_of
from kheo.core.days import format_day, format_instant, format_until, last_day
from kheo.core.definition import Definition
from kheo.core.numbers import format_int, format_percent
from kheo.core.timeliness import Timeliness, result_words
from kheo.documents.consolidated_report import LetterFacts, campaign_subject, letterhead_of
from kheo.documents.official import Block, Column, OfficialDocument, Row, Signature, Table, body
from kheo.documents.printable import keep_together, lower_first, one_line
from kheo.documents.workbook_cells import CENTRED, HEAD, PLAIN, TITLE, WORDS, Book, Look, Sheet

_TITLES = ("TT", "Mã", "Đơn vị", "Hạn gửi", "Thời điểm nhận", "Kết quả", "Trạng thái", "Ghi chú")
_WIDTHS = (5, 12, 60, 13, 19, 18, 16, 50)
CLOSED = "Thôi thu"


@dataclass(frozen=True)
class Sending:
    """What one unit owes and what came of it; `days` late of what came late, or overdue of what has not come. `state` in words.

    `instead`: the successor that answers instead of the unit; `closed`: why no report is wanted any more, empty where one is.
    """

    unit: UnitRef
    due_on: date
    received_at: datetime | None
    kind: Timeliness
    days: int
    state: str
    instead: str = ""
    closed: str = ""

    @property
    def result(self) -> str:
        """`Đúng hạn`, `Trong hạn gia hạn`, `Trễ 3 ngày`, `Chưa gửi, quá hạn 2 ngày`, `Chưa gửi`, `Thôi thu`."""
        return CLOSED if self.closed else result_words(self.kind, self.days)

    @property
    def remark(self) -> str:
        """Who answers instead of the unit, or why nothing is wanted of it; mostly nothing."""
        told = [in_place_of(self.instead, one_line(self.unit.name))] if self.instead else []
        told += [f"{CLOSED}: {one_line(self.closed).rstrip('.')}"] if self.closed else []
        return "; ".join(told)


@dataclass(frozen=True)
class Submissions:
    """Everything that a recipient was owed in one cycle, as it stood at an instant."""

    cycle_name: str
    recipient: UnitRef
    made_at: datetime
    sendings: tuple[Sending, ...]

    def count(self, *kinds: Timeliness) -> int:
        """How many of those that are still wanted stand so; closed ones are `closed`, and with them these partition the whole."""
        return sum(each.kind in kinds and not each.closed for each in self.sendings)

    @property
    def closed(self) -> int:
        """Of how many no report is wanted any more."""
        return sum(bool(each.closed) for each in self.sendings)


def submission_list_document(definition: Definition, data: Submissions, letter: LetterFacts) -> OfficialDocument:
    """The list as an official document of the recipient."""
    return OfficialDocument(
        letterhead=letterhead_of(letter, "DS", last_day(data.made_at).year),
        kind="Danh sách",
        subject=f"các đơn vị gửi báo cáo {lower_first(campaign_subject(definition, data.cycle_name))}",
        addressees=(),
        bases=(),
        blocks=tuple(_blocks(data)),
        recipients=letter.recipients,
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=data.made_at,
    )


def _blocks(data: Submissions) -> list[Block]:
    whole, until = len(data.sendings), f"Tính đến {format_until(data.made_at)}"
    if not whole:
        return [body(f"{until}, không có đơn vị nào phải gửi báo cáo về {data.recipient.name}.")]
    told = f"{until}, có {format_int(whole)} đơn vị phải gửi báo cáo về {data.recipient.name}: {_shares(data)}."
    columns = (
        Column("TT", "center"), Column("Đơn vị"), Column("Hạn gửi", "center"), Column("Thời điểm nhận", "center"),
        Column("Kết quả", "center"), Column("Trạng thái", "center"),
    )  # fmt: skip
    return [body(told), Table(columns, tuple(_rows(data.sendings))), body(f"Danh sách có {format_int(whole)} đơn vị./.")]


def _shares(data: Submissions) -> str:
    """How many came in which way, without the ways in which nobody did."""
    whole = len(data.sendings)
    found = (
        (data.count(Timeliness.ON_TIME), "gửi đúng hạn, đạt"),
        (data.count(Timeliness.EXTENDED), "gửi trong hạn gia hạn, chiếm"),
        (data.count(Timeliness.LATE), "gửi trễ, chiếm"),
        (data.count(Timeliness.OVERDUE, Timeliness.OPEN), "chưa gửi, chiếm"),
        (data.closed, "thôi thu báo cáo, chiếm"),
    )
    return "; ".join(
        f"{format_int(count)} đơn vị {words} {keep_together(format_percent(count, whole, 1))}" for count, words in found if count
    )


def _rows(sendings: Sequence[Sending]) -> list[Row]:
    return [
        Row((str(number), _named(each), format_day(each.due_on), _received(each), each.result, each.state))
        for number, each in enumerate(sendings, start=1)
    ]


def _named(each: Sending) -> str:
    """The unit, with whoever answers in its place, or why nothing is wanted of it."""
    name = in_place_of(each.instead, one_line(each.unit.name)) if each.instead else one_line(each.unit.name)
    return f"{name} ({lower_first(CLOSED)}: {one_line(each.closed).rstrip('.')})" if each.closed else name


def _received(each: Sending) -> str:
    return format_instant(each.received_at) if each.received_at else ""


def submission_list_workbook(definition: Definition, data: Submissions) -> bytes:
    """The .xlsx of the list, one row a unit. Pure: the same data give the same bytes."""
    subject = f"Danh sách gửi báo cáo {lower_first(campaign_subject(definition, data.cycle_name))}"
    book = Book(title=subject, author=data.recipient.name, created=data.made_at)
    sheet = book.sheet("Danh sách")
    sheet.widths(_WIDTHS)
    sheet.raw.freeze_panes(4, 3)
    sheet.print_setup(pages_wide=1, header_rows=(3, 3))
    sheet.text(0, 0, subject, TITLE)
    sheet.text(1, 0, f"{data.recipient.name}, tính đến {format_instant(data.made_at)}", PLAIN)
    for column, title in enumerate(_TITLES):
        sheet.text(3, column, title, HEAD)
    for row, each in enumerate(data.sendings, start=4):
        _sheet_row(sheet, row, row - 3, each)
    if data.sendings:
        sheet.raw.autofilter(3, 0, 3 + len(data.sendings), len(_TITLES) - 1)
    return book.to_bytes()


def _sheet_row(sheet: Sheet, row: int, number: int, each: Sending) -> None:
    sheet.whole(row, 0, number, look=Look(align="center"))
    sheet.text(row, 1, each.unit.code, CENTRED)
    sheet.text(row, 2, each.unit.name, WORDS)
    sheet.day(row, 3, each.due_on)
    if each.received_at:
        sheet.moment(row, 4, each.received_at)
    else:
        sheet.empty(row, 4, Look())
    sheet.text(row, 5, each.result, CENTRED)
    sheet.text(row, 6, each.state, CENTRED)
    sheet.text(row, 7, each.remark, WORDS)
