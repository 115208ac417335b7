"""The receipt of one submission as a paper of one page: number, the server's time, on time or late, and the code of what was sent."""

from dataclasses import dataclass
from datetime import datetime

from kheo.core.consolidated import UnitRef, in_place_of
from kheo.core.days import due_day, format_day, format_instant_exact, last_day
from kheo.core.definition import Definition
from kheo.core.numbers import format_int
from kheo.core.timeliness import RECEIVED_WORDS, Timeliness, result_words
from kheo.documents.consolidated_report import LetterFacts, campaign_subject, letterhead_of
from kheo.documents.official import Column, OfficialDocument, Row, Signature, Table, body
from kheo.documents.printable import lower_first, one_line


@dataclass(frozen=True)
class ReceiptFacts:
    """What the recipient's server wrote down. `counts`: cells with a number, zero, blank, not applicable.

    `kind` and `days_late` are of this submission; `first`: when the report came first and how that stood, of a later one.
    `promised_at`: the due instant of the opening, where an extension had moved it; `instead`: the successor that sent it.
    """

    number: str
    unit: UnitRef
    recipient: str
    cycle_name: str
    revision: int
    received_at: datetime
    due_at: datetime
    kind: Timeliness
    days_late: int
    signer: str
    reason: str
    counts: tuple[int, int, int, int]
    hash: str
    first: tuple[datetime, Timeliness] | None = None
    promised_at: datetime | None = None
    instead: str = ""


def receipt_document(definition: Definition, data: ReceiptFacts, letter: LetterFacts) -> OfficialDocument:
    """The receipt as an official document of the recipient; `letter` is about the recipient."""
    unit = one_line(data.unit.name)
    whose = f"{unit} do {data.instead} nộp thay" if data.instead else unit
    subject = f"báo cáo {lower_first(campaign_subject(definition, data.cycle_name))}"
    return OfficialDocument(
        letterhead=letterhead_of(letter, "BN", last_day(data.received_at).year),
        kind="Giấy biên nhận",
        subject=subject,
        addressees=(data.instead or data.unit.name,),
        bases=(),
        blocks=(
            body(f"{data.recipient} xác nhận đã nhận {subject} của {whose}, cụ thể như sau:"),
            Table((Column("Nội dung"), Column("Ghi nhận")), tuple(Row(each) for each in _facts(data))),
            body(
                "Mã kiểm tra được tính từ toàn bộ số liệu, lời văn, người ký và thời điểm nộp: đổi một chữ số là ra mã khác. "
                "Biên nhận do hệ thống lập tự động khi đơn vị nộp báo cáo./."
            ),
        ),
        recipients=("Như trên", "Lưu: VT"),
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=data.received_at,
        footer=(f"Biên nhận số {data.number}", f"Mã kiểm tra: {data.hash}"),
    )


def _facts(data: ReceiptFacts) -> list[tuple[str, str]]:
    number, zero, blank, na = (format_int(count) for count in data.counts)
    reason = f" (bổ sung: {one_line(data.reason).rstrip('.')})" if data.reason else ""
    unit = one_line(data.unit.name)
    sender = in_place_of(data.instead, unit) if data.instead else unit
    half = len(data.hash) // 2
    return [
        ("Số biên nhận", data.number),
        ("Đơn vị nộp", f"{sender} (mã {data.unit.code})"),
        ("Kỳ báo cáo", data.cycle_name),
        ("Lần nộp", f"{format_int(data.revision)}{reason}"),
        ("Thời điểm máy chủ nhận", format_instant_exact(data.received_at)),
        ("Hạn gửi", f"hết ngày {format_day(due_day(data.due_at))}{_moved(data)}"),
        ("Kết quả lần nộp này" if data.first else "Kết quả", result_words(data.kind, data.days_late)),
        *_first(data),
        ("Người ký nộp", one_line(data.signer)),
        ("Số liệu", f"{number} ô có số, {zero} ô không phát sinh, {blank} ô chưa có số liệu, {na} ô không áp dụng"),
        ("Mã kiểm tra nội dung", f"{data.hash[:half]} {data.hash[half:]}"),
    ]


def _moved(data: ReceiptFacts) -> str:
    return f" (gia hạn từ ngày {format_day(due_day(data.promised_at))})" if data.promised_at else ""


def _first(data: ReceiptFacts) -> list[tuple[str, str]]:
    """A later submission is judged by the first one."""
    if data.first is None:
        return []
    at, kind = data.first
    return [("Lần nộp đầu", f"{format_instant_exact(at)}; việc đúng hạn hay trễ được tính theo lần này ({RECEIVED_WORDS[kind]})")]
