"""The list of submissions to a recipient: who sent when, on time or late, and who has not, as a Word document and a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.consolidated import UnitRef
from kheo.core.days import format_day, format_instant, format_until, last_day
from kheo.core.definition import Definition
from kheo.core.numbers import format_int, format_percent
from kheo.documents.consolidated_report import LetterFacts, campaign_subject, letterhead_of
from kheo.documents.official import Block, Column, OfficialDocument, Row, Signature, Table, body
from kheo.documents.printable import keep_together, lower_first, one_line
from kheo.documents.workbook_cells import CENTRED, HEAD, PLAIN, TITLE, WORDS, Book, Look, Sheet

_TITLES = ("TT", "Mã", "Đơn vị", "Hạn gửi", "Thời điểm nhận", "Kết quả", "Trạng thái")
_WIDTHS = (5, 12, 60, 13, 19, 18, 16)


@dataclass(frozen=True)
class Sending:
    """What one unit owes and what came of it; `days` late of what came late, or overdue of what has not come. `state` in words."""

    unit: UnitRef
    due_on: date
    received_at: datetime | None
    on_time: bool | None
    days: int
    state: str

    @property
    def result(self) -> str:
        """`Đúng hạn`, `Trễ 3 ngày`, `Chưa gửi, quá hạn 2 ngày`, `Chưa gửi`."""
        if self.received_at is None:
            return f"Chưa gửi, quá hạn {format_int(self.days)} ngày" if self.days else "Chưa gửi"
        if self.on_time:
            return "Đúng hạn"
        return f"Trễ {format_int(self.days)} ngày" if self.days else "Trễ hạn"


@dataclass(frozen=True)
class Submissions:
    """Everything that a recipient was owed in one cycle, as it stood at an instant."""

    cycle_name: str
    recipient: UnitRef
    made_at: datetime
    sendings: tuple[Sending, ...]

    def count(self, kind: str) -> int:
        """How many are `on_time`, `late` or `missing`: these three partition the whole."""
        told = {"on_time": True, "late": False, "missing": None}[kind]
        return sum(each.on_time is told for each in self.sendings)


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
    whole = len(data.sendings)
    shares = (
        "; ".join(
            f"{format_int(count)} đơn vị {words}, đạt {keep_together(format_percent(count, whole, 1))}"
            for count, words in (
                (data.count("on_time"), "gửi đúng hạn"),
                (data.count("late"), "gửi trễ"),
                (data.count("missing"), "chưa gửi"),
            )
        )
        .replace("chưa gửi, đạt", "chưa gửi, chiếm")
        .replace("gửi trễ, đạt", "gửi trễ, chiếm")
    )
    told = f"Tính đến {format_until(data.made_at)}, có {format_int(whole)} đơn vị phải gửi báo cáo về {data.recipient.name}: {shares}."
    if not whole:
        told = f"Tính đến {format_until(data.made_at)}, không có đơn vị nào phải gửi báo cáo về {data.recipient.name}."
        return [body(told)]
    columns = (
        Column("TT", "center"), Column("Đơn vị"), Column("Hạn gửi", "center"), Column("Thời điểm nhận", "center"),
        Column("Kết quả", "center"), Column("Trạng thái", "center"),
    )  # fmt: skip
    return [body(told), Table(columns, tuple(_rows(data.sendings))), body(f"Danh sách có {format_int(whole)} đơn vị./.")]


def _rows(sendings: Sequence[Sending]) -> list[Row]:
    return [
        Row((str(number), one_line(each.unit.name), format_day(each.due_on), _received(each), each.result, each.state))
        for number, each in enumerate(sendings, start=1)
    ]


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
