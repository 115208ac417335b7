"""The call-in letter (công văn đôn đốc): to the units whose report is overdue, with their list as an annex."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kheo.core.consolidated import UnitRef, in_place_of
from kheo.core.days import format_day, format_instant, format_until, last_day
from kheo.core.definition import Definition
from kheo.core.number_words import number_words
from kheo.core.numbers import format_int
from kheo.core.workflow import STATE_NAMES, State
from kheo.documents.consolidated_report import LetterFacts, campaign_subject, letterhead_of
from kheo.documents.official import Annex, Block, Column, OfficialDocument, Row, Signature, Table, body
from kheo.documents.official_forms import attached_to
from kheo.documents.printable import lower_first, one_line
from kheo.documents.profiles import PaperProfile

# So many units are named after "Kính gửi"; more of them stand in the annex only.
NAMED = 8
_ALL = "Các đơn vị chưa gửi báo cáo (theo danh sách tại Phụ lục kèm theo)"


@dataclass(frozen=True)
class LateUnit:
    """A unit whose report has not come though it was due; `reminded` says by whom and when it was reminded, empty for nobody.

    `instead`: the successor that it is to come from, where the unit has ended.
    """

    unit: UnitRef
    state: str
    due_on: date
    days: int
    reminded: str
    instead: str = ""

    @property
    def name(self) -> str:
        """Whom the letter is to: the unit, or its successor, which sends in its place."""
        unit = one_line(self.unit.name)
        return in_place_of(one_line(self.instead), unit) if self.instead else unit


@dataclass(frozen=True)
class CallIn:
    """What a letter says: who had not reported at an instant, of how many."""

    cycle_name: str
    made_at: datetime
    expected: int
    units: tuple[LateUnit, ...]


def call_in_document(definition: Definition, data: CallIn, letter: LetterFacts, profile: PaperProfile) -> OfficialDocument:
    """The letter as an official document; number and day stay open, to be filled in by the office."""
    head = letterhead_of(letter, "", last_day(data.made_at).year)
    return OfficialDocument(
        letterhead=head,
        kind="",
        subject=f"đôn đốc gửi báo cáo {_about(definition, data)}",
        addressees=_addressees(data.units),
        bases=(),
        blocks=tuple(_blocks(definition, data, letter)),
        recipients=letter.recipients,
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=data.made_at,
        annexes=(_annex(data, attached_to("Công văn", head, profile)),),
    )


def _about(definition: Definition, data: CallIn) -> str:
    return lower_first(campaign_subject(definition, data.cycle_name))


def _addressees(units: Sequence[LateUnit]) -> tuple[str, ...]:
    return tuple(each.name for each in units) if len(units) <= NAMED else (_ALL,)


def _blocks(definition: Definition, data: CallIn, letter: LetterFacts) -> list[Block]:
    about, late = _about(definition, data), len(data.units)
    days = sorted({each.due_on for each in data.units})
    due = f"ngày {format_day(days[0])}" if len(days) == 1 else f"các ngày từ {format_day(days[0])} đến {format_day(days[-1])}"
    cited = "; ".join(document.citation.rstrip(".;") for document in definition.documents)
    carrying = f"Thực hiện {cited}" if cited else f"Thực hiện {one_line(definition.name)}"
    whom = "đơn vị" if late == 1 else "các đơn vị có tên trong danh sách tại Phụ lục"
    ask = (
        f"{letter.issuer} đề nghị thủ trưởng {whom} khẩn trương hoàn thành và gửi báo cáo {about} về {letter.issuer}; "
        "đơn vị có khó khăn, vướng mắc thì phản ánh ngay để được hướng dẫn."
    )
    return [
        body(f"{carrying}, các đơn vị phải gửi báo cáo {about} chậm nhất là hết {due}."),
        body(
            f"Tính đến {format_until(data.made_at)}, còn {format_int(late)} ({number_words(late)}) đơn vị trên tổng số "
            f"{format_int(data.expected)} đơn vị phải báo cáo đã quá hạn mà chưa gửi báo cáo (danh sách tại Phụ lục kèm theo)."
        ),
        body(ask),
        body("Đơn vị đã gửi báo cáo sau thời điểm nêu trên thì không phải thực hiện Công văn này./."),
    ]


def _annex(data: CallIn, reference: str) -> Annex:
    columns = (
        Column("TT", "center"),
        Column("Đơn vị"),
        Column("Mã", "center"),
        Column("Trạng thái", "center"),
        Column("Hạn gửi", "center"),
        Column("Quá hạn (ngày)", "right"),
        Column("Đã nhắc"),
    )
    rows = tuple(
        Row((
            str(number), each.name, each.unit.code, _state(each.state), format_day(each.due_on),
            format_int(each.days), each.reminded or "chưa nhắc",
        ))
        for number, each in enumerate(data.units, start=1)
    )  # fmt: skip
    title = f"DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO {data.cycle_name.upper()}"
    told = Table(columns, rows, unit=f"Tính đến {format_instant(data.made_at)}")
    return Annex("Phụ lục", title, reference, (told,), landscape=False)


def _state(state: str) -> str:
    return STATE_NAMES[State(state)]
