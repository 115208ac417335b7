"""A report's copy for a further recipient as an official document: that recipient's outline, name and paper."""

from collections.abc import Iterator
from datetime import datetime

from kheo.core.days import last_day
from kheo.core.definition import Definition
from kheo.core.dispatched import DispatchedReport, DispatchedSection
from kheo.core.numbers import format_int
from kheo.documents.consolidated_report import LetterFacts, bases, letterhead_of
from kheo.documents.official import Block, Column, Heading, OfficialDocument, Row, Signature, Table, body, note
from kheo.documents.official_layout import render_official
from kheo.documents.printable import lower_first, one_line, paragraphs
from kheo.documents.profiles import PaperProfile

_COLUMNS = (Column("Mã"), Column("Chỉ tiêu"), Column("Đơn vị tính"), Column("Kết quả", "right"))


def dispatched_paper(
    definition: Definition,
    data: DispatchedReport,
    letter: LetterFacts,
    cycle_name: str,
    sent_at: datetime,
    profile: PaperProfile,
    *,
    sender: str = "",
) -> bytes:
    """The .docx. Pure: the same data give the same bytes; `sent_at` is when the copy was sent, `sender` who sends it where that is not

    the issuer alone: a successor in the place of a unit that has ended.
    """
    subject = f"Kết quả thực hiện {lower_first(one_line(definition.name))} {lower_first(one_line(cycle_name))}"
    document = OfficialDocument(
        letterhead=letterhead_of(letter, "BC", last_day(sent_at).year),
        kind="Báo cáo",
        subject=subject,
        addressees=(letter.recipient_line,) if letter.recipient_line else (),
        bases=bases(definition.documents),
        blocks=(
            body(f"{sender or letter.issuer} báo cáo {lower_first(subject)} như sau:"),
            *_blocks(data),
            *_last(letter, subject, sender),
        ),
        recipients=letter.recipients,
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=sent_at,
    )
    return render_official(document, profile)


def _blocks(data: DispatchedReport) -> Iterator[Block]:
    for section in data.sections:
        is_inner = "." in section.number
        title = one_line(section.title)
        yield Heading(section.number.rpartition(".")[2], title if is_inner else title.upper(), 2 if is_inner else 1)
        yield from (body(line) for text in section.paragraphs for line in paragraphs(text))
        yield from _table(section)
        if not section.paragraphs and not section.figures:
            yield body("Không có nội dung báo cáo ở mục này.")
    if data.expected:
        counted = f"{format_int(data.reported)}/{format_int(data.expected)}"
        yield note(f"Số liệu gồm số trực tiếp của đơn vị và {counted} báo cáo cấp dưới đã được chấp nhận khi báo cáo được ký nộp.")


def _table(section: DispatchedSection) -> Iterator[Block]:
    if section.figures:
        rows = tuple(Row((each.code, each.name, each.unit, each.text), "part" if each.is_part else "plain") for each in section.figures)
        yield Table(_COLUMNS, rows)


def _last(letter: LetterFacts, subject: str, sender: str) -> tuple[Block, ...]:
    told = f", kính gửi {letter.recipient_line}" if letter.recipient_line else ""
    return (body(f"Trên đây là báo cáo {lower_first(subject)} của {letter.issuer}{told}{f' ({sender})' if sender else ''}./."),)
