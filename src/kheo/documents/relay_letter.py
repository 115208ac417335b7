"""A unit's own paper that passes a directive down, as a draft for Word: cited, contents, tasks, dates moved earlier, recipients.

A draft: number and day stay open, and whoever signs it may change every word.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kheo.core.days import format_day, last_day, written_day
from kheo.core.directives.opening import without_about
from kheo.core.numbers import format_int
from kheo.core.relaying.bases import Basis
from kheo.core.relaying.dates import MovedDate
from kheo.core.relaying.order import OrderAbove
from kheo.core.unit_kinds import kind_name
from kheo.documents.consolidated_report import LetterFacts
from kheo.documents.official import Annex, Block, Column, Heading, Letterhead, OfficialDocument, Row, Signature, Table, body, item
from kheo.documents.official_forms import attached_to
from kheo.documents.official_layout import render_official
from kheo.documents.printable import lower_first, one_line, upper_first
from kheo.documents.profiles import PaperProfile

RelayKind = Literal["", "Kế hoạch", "Hướng dẫn"]
# Codes of the kinds of paper with which an order is passed down (NĐ 30/2020/NĐ-CP, Phụ lục III); a letter has none.
RELAY_KINDS: dict[RelayKind, str] = {"": "", "Kế hoạch": "KH", "Hướng dẫn": "HD"}
# So many recipients are named after "Kính gửi"; more are told by kind, with their list as an annex.
NAMED = 8
_TO_WRITE = "…………"


@dataclass(frozen=True)
class Recipient:
    """A unit that the paper goes to."""

    name: str
    code: str
    kind: str


@dataclass(frozen=True)
class RelayDraft:
    """What the paper says. `plan_due`: by when those below must have a plan of their own, None where none is asked for.

    `kind` "" is a letter (công văn); `notation` what stands after its number and `subject` what it is about, both as the book will have
    them: "" is what follows from the directive and the unit's own letterhead.
    """

    order: OrderAbove
    dates: tuple[MovedDate, ...]
    recipients: tuple[Recipient, ...]
    made_at: datetime
    plan_due: date | None = None
    kind: RelayKind = ""
    notation: str = ""
    subject: str = ""

    def about(self, *, is_letter: bool) -> str:
        """What the paper is about: as given, else as the directive is carried out."""
        said = one_line(self.subject) or relayed_subject(self.order)
        return said if is_letter else upper_first(said)


def relay_paper(draft: RelayDraft, letter: LetterFacts, profile: PaperProfile) -> bytes:
    """The .docx. Pure: the same draft, letter and profile give the same bytes."""
    return render_official(relay_document(draft, letter, profile), profile)


def relay_document(draft: RelayDraft, letter: LetterFacts, profile: PaperProfile) -> OfficialDocument:
    """The paper as an official document, before it is put on paper."""
    head = Letterhead(
        letter.superior, letter.issuer, letter.number, RELAY_KINDS[draft.kind], letter.abbreviation, letter.place,
        letter.signed_on, last_day(draft.made_at).year, notation=draft.notation,
    )  # fmt: skip
    carrying = citation(draft.order)
    return OfficialDocument(
        letterhead=head,
        kind=draft.kind,
        subject=draft.about(is_letter=not draft.kind),
        addressees=addressees(draft.recipients) if not draft.kind else (),
        bases=tuple(_bases(draft.order)) if draft.kind else (),
        blocks=tuple(_blocks(draft, letter, carrying)),
        recipients=_copies(draft, letter),
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=draft.made_at,
        annexes=_annexes(draft, attached_to(draft.kind or "Công văn", head, profile)),
    )


def _bases(order: OrderAbove) -> Iterator[str]:
    """A line each, parted by semicolons, the directive that is carried out last (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6)."""
    cited = [*map(citation, order.bases), citation(order)]
    yield from (f"Căn cứ {each};" for each in cited[:-1])
    yield f"Căn cứ {cited[-1]}."


def citation(order: OrderAbove | Basis) -> str:
    """`Công văn số 199/LĐLĐ-TG ngày 15 tháng 3 năm 2023 của … về …` (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6); gaps are left out."""
    parts = (
        order.kind or "Văn bản",
        f"số {order.number}" if order.number else "",
        written_day(order.issued_on) if order.issued_on else "",
        f"của {order.issuer}" if order.issuer else "",
        f"về {_about(order)}" if order.subject else "",
    )
    return one_line(" ".join(part for part in parts if part))


def _about(order: OrderAbove | Basis) -> str:
    return lower_first(one_line(without_about(order.subject)))


def relayed_subject(order: OrderAbove) -> str:
    """`triển khai thực hiện …`; what the directive itself only carries out is not said twice."""
    about = _about(order) or f"văn bản số {order.number or _TO_WRITE}"
    opening = about.split(" ", 2)[:2]
    carrying = opening in (["triển", "khai"], ["thực", "hiện"], ["phối", "hợp"], ["tổ", "chức"], ["tăng", "cường"])
    return about if carrying else f"triển khai thực hiện {about}"


def addressees(recipients: Sequence[Recipient]) -> tuple[str, ...]:
    """Names of a few; of many their kinds, with how many of each, in the order in which they came."""
    if len(recipients) <= NAMED:
        return tuple(one_line(each.name) for each in recipients)
    kinds = Counter(each.kind for each in recipients)
    told = [f"{kind_name(kind)} ({format_int(count)} đơn vị)" for kind, count in kinds.items()]
    return (*told[:-1], f"{told[-1]}, theo danh sách tại Phụ lục")


def _blocks(draft: RelayDraft, letter: LetterFacts, carrying: str) -> Iterator[Block]:
    order, issuer = draft.order, one_line(letter.issuer)
    whom = "các đơn vị" if len(draft.recipients) != 1 else "đơn vị"
    if draft.kind:
        yield body(f"{issuer} ban hành {lower_first(draft.kind)} {lower_first(draft.about(is_letter=True))} như sau:")
    else:
        rests = "; ".join(citation(each) for each in order.bases)
        opening = f"Căn cứ {rests}; thực hiện" if rests else "Thực hiện"
        yield body(f"{opening} {carrying}, {issuer} đề nghị {whom} triển khai các nội dung sau:")
    general = [item(one_line(each.text)) for each in order.tasks_of(None)]
    sections: list[tuple[str, Sequence[Block]]] = [("NỘI DUNG", list(_contents(order))), ("NHIỆM VỤ CHUNG", general)]
    sections += [("THỜI HẠN", list(_dates(draft, issuer))), ("TỔ CHỨC THỰC HIỆN", list(_carrying_out(draft, issuer, whom)))]
    numbers = iter(("I", "II", "III", "IV"))
    for title, blocks in sections:
        if blocks:
            yield Heading(next(numbers), title, 1)
            yield from blocks


def _contents(order: OrderAbove) -> Iterator[Block]:
    """Each named content with its tasks below it."""
    for place, content in enumerate(order.contents, start=1):
        yield Heading(str(place), one_line(content), 2)
        yield from (item(one_line(each.text)) for each in order.tasks_of(place))


def _dates(draft: RelayDraft, issuer: str) -> Iterator[Block]:
    if draft.dates:
        rows = [Row((one_line(each.text), *_both_days(each))) for each in draft.dates]
        columns = (Column("Việc"), Column("Hạn của cấp trên", "center"), Column(f"Hạn gửi {issuer}", "center"))
        yield body(f"Để {issuer} kịp tổng hợp, các hạn sau đây sớm hơn hạn của cấp trên:")
        yield Table(columns, tuple(rows))
    if draft.plan_due:
        yield body(f"Ban hành kế hoạch thực hiện và gửi về {issuer}: chậm nhất {written_day(draft.plan_due)}.")


def _both_days(moved: MovedDate) -> tuple[str, str]:
    """The superior's and the unit's own."""
    rhythm = moved.rhythm
    if rhythm is None:
        return _day(moved.above, "không ghi ngày"), _day(moved.day, _TO_WRITE if moved.above else "theo cấp trên")
    own = rhythm.words(rhythm.day) if rhythm.day else "theo cấp trên"
    return rhythm.words(rhythm.above), f"{own} ({rhythm.exceptions})" if rhythm.exceptions else own


def _day(day: date | None, otherwise: str) -> str:
    return format_day(day) if day else otherwise


def _carrying_out(draft: RelayDraft, issuer: str, whom: str) -> Iterator[Block]:
    yield item(f"{upper_first(whom)} xác nhận đã nhận văn bản này; đơn vị có cấp dưới thì chuyển tiếp tới từng đơn vị trực thuộc.")
    yield item("Xây dựng kế hoạch của đơn vị với chỉ tiêu cụ thể: con số phải đạt, đơn vị tính, người chịu trách nhiệm, ngày xong.")
    yield item(f"Có khó khăn, vướng mắc thì phản ánh ngay về {issuer} để được hướng dẫn.")
    about = f"{lower_first(draft.kind)} của" if draft.kind else "nội dung triển khai của"
    yield body(f"Trên đây là {about} {issuer}, đề nghị {whom} nghiêm túc thực hiện./.")


def _copies(draft: RelayDraft, letter: LetterFacts) -> tuple[str, ...]:
    """`Như trên`, the office above to be told, the archive copy last (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.9)."""
    whom = "Như Kính gửi" if not draft.kind else "Các đơn vị trực thuộc" if len(draft.recipients) > 1 else ""
    named = [whom] if whom else [one_line(each.name) for each in draft.recipients]
    above = [f"{one_line(draft.order.issuer)} (để báo cáo)"] if draft.order.issuer else []
    given = [each for each in letter.recipients if each not in ("Như trên", *named, *above)]
    return (*named, *above, *(given or ("Lưu: VT",)))


def _annexes(draft: RelayDraft, reference: str) -> tuple[Annex, ...]:
    if len(draft.recipients) <= NAMED:
        return ()
    columns = (Column("TT", "center"), Column("Đơn vị"), Column("Mã", "center"), Column("Loại đơn vị"))
    rows = tuple(
        Row((str(number), one_line(each.name), each.code, kind_name(each.kind))) for number, each in enumerate(draft.recipients, start=1)
    )
    return (Annex("Phụ lục", "DANH SÁCH ĐƠN VỊ NHẬN VĂN BẢN", reference, (Table(columns, rows),), landscape=False),)
