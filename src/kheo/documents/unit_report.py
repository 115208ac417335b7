"""The report of one unit as it was sent: the narrative by the outline, the figures in an annex, and at the foot what proves which it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from kheo.core.consolidated import UnitRef
from kheo.core.days import due_day, format_day, format_instant_exact, last_day
from kheo.core.definition import Cell, Definition, Indicator
from kheo.core.figures import NA, Figure
from kheo.core.number_words import amount_words
from kheo.core.numbers import format_int, format_ratio, format_scaled
from kheo.documents.consolidated_report import LetterFacts, bases, campaign_subject, letterhead_of
from kheo.documents.figure_words import HIDDEN_SIGN, HIDDEN_WORDS, NO_FIGURE, NOTHING_HAPPENED
from kheo.documents.official import Annex, Block, Column, Heading, OfficialDocument, Row, Signature, Table, body, note
from kheo.documents.official_forms import attached_to
from kheo.documents.outline_texts import roman
from kheo.documents.printable import keep_together, lower_first, one_line, paragraphs, upper_first
from kheo.documents.profiles import PaperProfile

NOT_APPLICABLE, NOTHING_SAID = "không áp dụng", "Đơn vị không nêu nội dung này."
ANNEX, ANNEX_TITLE = "Phụ lục", "SỐ LIỆU CỦA ĐƠN VỊ"
MONEY = "đồng"


@dataclass(frozen=True)
class SumsBelow:
    """Sums over the accepted reports below when this one was sent: by cell, and of how many of how many."""

    reported: int
    expected: int
    figures: Mapping[str, int | None]


@dataclass(frozen=True)
class SentReport:
    """One revision. `figures` and `previous` by cell key with totals, `ratios` by code; codes and keys in `hidden` are not told.

    `previous` is None when there was no cycle before. `remarks`: what the unit said about single cells, by cell key.
    """

    unit: UnitRef
    cycle_name: str
    number: int
    received_at: datetime
    due_at: datetime
    on_time: bool
    hash: str
    reason: str
    signer: str
    figures: Mapping[str, Figure]
    ratios: Mapping[str, Decimal | None]
    previous: Mapping[str, Figure] | None
    previous_name: str
    narrative: Mapping[str, str]
    below: SumsBelow | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def unit_report_document(definition: Definition, data: SentReport, letter: LetterFacts, profile: PaperProfile) -> OfficialDocument:
    """The report as an official document, whatever the profile."""
    head = letterhead_of(letter, "BC", last_day(data.received_at).year)
    subject = campaign_subject(definition, data.cycle_name)
    told = f", kính gửi {letter.recipient_line}" if letter.recipient_line else ""
    opening = f"{letter.issuer} báo cáo {lower_first(subject)} như sau:"
    return OfficialDocument(
        letterhead=head,
        kind="Báo cáo",
        subject=subject,
        addressees=(letter.recipient_line,) if letter.recipient_line else (),
        bases=bases(definition.documents),
        blocks=(
            body(opening),
            *_reason(data),
            *_outline(definition, data),
            body(f"Số liệu chi tiết của đơn vị nêu tại {ANNEX} kèm theo."),
            body(f"Trên đây là báo cáo {lower_first(subject)} của {letter.issuer}{told}./."),
        ),
        recipients=letter.recipients,
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=data.received_at,
        annexes=(
            Annex(ANNEX, ANNEX_TITLE, attached_to("Báo cáo", head, profile), tuple(_annex(definition, data)), data.below is not None),
        ),
        footer=foot_of(data),
    )


def foot_of(data: SentReport) -> tuple[str, str]:
    """Which submission this is, and the code that proves it."""
    timing = "đúng hạn" if data.on_time else f"trễ, hạn là hết ngày {format_day(due_day(data.due_at))}"
    return (f"Lần nộp {data.number}, máy chủ nhận lúc {format_instant_exact(data.received_at)} ({timing})", f"Mã kiểm tra: {data.hash}")


def _reason(data: SentReport) -> tuple[Block, ...]:
    return (body(f"Báo cáo này bổ sung, thay báo cáo đã gửi trước đó. Lý do: {one_line(data.reason)}."),) if data.reason else ()


def _outline(definition: Definition, data: SentReport) -> Iterator[Block]:
    """The sections in the order of the outline: roman numbers for those at the top, then 1, 2 … under each."""
    top, inner = 0, 0
    heads = {section.id.rpartition(".")[0] for section in definition.outline}
    for section in definition.outline:
        text = paragraphs(data.narrative.get(section.id, ""))
        if "." not in section.id:
            top, inner = top + 1, 0
            yield Heading(roman(top), section.title.upper(), 1)
        else:
            inner += 1
            yield Heading(str(inner), section.title, 2)
        if text or section.id not in heads:
            yield from (body(line) for line in text or (NOTHING_SAID,))


def _annex(definition: Definition, data: SentReport) -> Iterator[Block]:
    yield note(_legend(data))
    yield Table(_columns(data), tuple(_rows(definition, data)))
    yield from _amounts(definition, data)


def _legend(data: SentReport) -> str:
    told = [
        f"“{NOTHING_HAPPENED}”: số liệu bằng 0",
        f"“{NO_FIGURE}”: đơn vị chưa có số",
        f"“{NOT_APPLICABLE}”: chỉ tiêu không thuộc đơn vị",
    ]
    if data.hidden:
        told.append(f"“{HIDDEN_SIGN}”: {HIDDEN_WORDS}")
    if data.below:
        counts = f"{format_int(data.below.reported)}/{format_int(data.below.expected)}"
        told.append(f"“Cấp dưới”: cộng {counts} báo cáo cấp dưới đã được chấp nhận khi nộp, không gồm số trực tiếp")
    return f"Ghi chú: {'; '.join(told)}."


def _columns(data: SentReport) -> tuple[Column, ...]:
    now = "Trực tiếp" if data.below else upper_first(data.cycle_name)
    columns = [Column("Mã", "center"), Column("Chỉ tiêu"), Column("Đơn vị tính", "center"), Column(now, "right")]
    columns += [Column("Cấp dưới", "right")] if data.below else []
    columns += [Column(upper_first(data.previous_name), "right")] if data.previous is not None else []
    return (*columns, *([Column("Giải trình")] if data.remarks else []))


def _rows(definition: Definition, data: SentReport) -> Iterator[Row]:
    for number, content in enumerate(definition.contents, start=1):
        indicators = definition.indicators_of(content.id)
        if indicators:
            yield Row((f"{roman(number)}. {upper_first(content.name)}",), "group")
        for indicator in indicators:
            if indicator.aggregation == "ratio":
                yield from _ratio(indicator, data)
            else:
                yield from (_row(cell, indicator, definition, data) for cell in definition.cells_of(indicator.code))


def _row(cell: Cell, indicator: Indicator, definition: Definition, data: SentReport) -> Row:
    is_part = cell.part is not None
    name = f"– {_part_name(cell, indicator, definition)}" if is_part else indicator.name
    texts = [
        "" if is_part else indicator.code,
        name,
        "" if is_part else indicator.unit,
        _said(cell.key, indicator, data.figures, data.hidden),
    ]
    if data.below:
        value = data.below.figures.get(cell.key)
        texts.append(HIDDEN_SIGN if cell.key in data.hidden else "" if value is None else format_scaled(value, indicator.decimals))
    if data.previous is not None:
        texts.append(_said(cell.key, indicator, data.previous, data.hidden) if cell.key in data.previous else "")
    if data.remarks:
        texts.append(one_line(data.remarks.get(cell.key, "")))
    return Row(tuple(texts), "part" if is_part else "plain")


def _part_name(cell: Cell, indicator: Indicator, definition: Definition) -> str:
    choices = definition.lists[indicator.breakdown] if indicator.breakdown else ()
    return next((choice.name for choice in choices if choice.code == cell.part), cell.part or "")


def _ratio(indicator: Indicator, data: SentReport) -> Iterator[Row]:
    """A ratio that the report itself can show; those that the system counts over many units are left out."""
    if indicator.code not in data.ratios:
        return
    value = data.ratios[indicator.code]
    words = HIDDEN_SIGN if indicator.code in data.hidden else _percent(value)
    empty = [""] * (bool(data.below) + (data.previous is not None) + bool(data.remarks))
    yield Row((indicator.code, indicator.name, indicator.unit, words, *empty))


def _percent(value: Decimal | None) -> str:
    return keep_together(format_ratio(value)) if value is not None else NO_FIGURE


def _said(key: str, indicator: Indicator, figures: Mapping[str, Figure], hidden: frozenset[str]) -> str:
    """A figure in words: zero, blank and not applicable are three different things; a cell that nobody answered stays empty."""
    if key in hidden:
        return HIDDEN_SIGN
    if key not in figures:
        return ""
    value = figures[key]
    if value is None:
        return NO_FIGURE
    if value == NA:
        return NOT_APPLICABLE
    return format_scaled(int(value), indicator.decimals) if value else NOTHING_HAPPENED


def _amounts(definition: Definition, data: SentReport) -> Iterator[Block]:
    """Amounts of money once more in words, as on every paper that speaks of money."""
    for indicator in definition.indicators:
        value = data.figures.get(indicator.code)
        told = isinstance(value, int) and value > 0 and indicator.code not in data.hidden
        if indicator.unit == MONEY and indicator.decimals == 0 and told:
            assert isinstance(value, int)
            yield note(f"{indicator.code} – {indicator.name}: {format_int(value)} đồng (bằng chữ: {amount_words(value)}).")
