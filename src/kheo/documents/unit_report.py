"""The report of one unit as it was sent: the narrative by the outline, the figures in an annex, and at the foot what proves which it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from kheo.core.consolidated import UnitRef, in_place_of
from kheo.core.days import due_day, format_day, format_instant_exact, last_day
from kheo.core.definition import Cell, Definition, Indicator
from kheo.core.definition.formula import parse_formula
from kheo.core.figures import NA, Figure
from kheo.core.number_words import amount_words
from kheo.core.numbers import format_int, format_ratio, format_scaled
from kheo.core.timeliness import RECEIVED_WORDS, Timeliness
from kheo.documents.consolidated_report import LetterFacts, bases, campaign_subject, letterhead_of
from kheo.documents.figure_words import HIDDEN_SIGN, HIDDEN_WORDS, NO_FIGURE, NOTHING_HAPPENED, has_no_case, part_words
from kheo.documents.official import Annex, Block, Column, Heading, OfficialDocument, Row, Signature, Table, body, note
from kheo.documents.official_forms import attached_to
from kheo.documents.outline_texts import roman
from kheo.documents.printable import keep_together, lower_first, one_line, paragraphs, upper_first
from kheo.documents.profiles import PaperProfile

NOT_APPLICABLE, NO_CASE = "không áp dụng", "không có trường hợp"
NOTHING_SAID = "Đơn vị không nêu nội dung này."
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
    `kind`: how this submission stood against `due_at`; `first`: when the report came first and how that stood, of a later submission.
    `instead`: the successor that sends it instead of the unit, which has ended; empty where the unit sends it itself.
    """

    unit: UnitRef
    cycle_name: str
    number: int
    received_at: datetime
    due_at: datetime
    kind: Timeliness
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
    first: tuple[datetime, Timeliness] | None = None
    instead: str = ""

    @property
    def sender(self) -> str:
        """Who sends it, as a sentence names them."""
        return in_place_of(self.instead, one_line(self.unit.name)) if self.instead else ""


def unit_report_document(definition: Definition, data: SentReport, letter: LetterFacts, profile: PaperProfile) -> OfficialDocument:
    """The report as an official document, whatever the profile; `letter` is about who sends it."""
    head = letterhead_of(letter, "BC", last_day(data.received_at).year)
    subject = campaign_subject(definition, data.cycle_name)
    told = f", kính gửi {letter.recipient_line}" if letter.recipient_line else ""
    sender = data.sender or letter.issuer
    opening = f"{sender} báo cáo {lower_first(subject)} như sau:"
    whose = f"{one_line(data.unit.name)} do {data.instead} nộp thay" if data.instead else letter.issuer
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
            body(f"Trên đây là báo cáo {lower_first(subject)} của {whose}{told}./."),
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
    return (
        f"Lần nộp {data.number}, máy chủ nhận lúc {format_instant_exact(data.received_at)} ({_timing(data)})",
        f"Mã kiểm tra: {data.hash}",
    )


def _timing(data: SentReport) -> str:
    """In time or not: by the first submission that counts, whichever this one is."""
    if data.first:
        return f"lần đầu lúc {format_instant_exact(data.first[0])}, {RECEIVED_WORDS[data.first[1]]}"
    late = f", hạn là hết ngày {format_day(due_day(data.due_at))}" if data.kind is Timeliness.LATE else ""
    return f"{RECEIVED_WORDS[data.kind]}{late}"


def _reason(data: SentReport) -> tuple[Block, ...]:
    return (body(f"Báo cáo này bổ sung, thay báo cáo đã gửi trước đó. Lý do: {one_line(data.reason).rstrip('.')}."),) if data.reason else ()


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
    if data.sender:
        yield note(f"{data.sender}.")
    yield note(_legend(definition, data))
    yield Table(_columns(data), tuple(_rows(definition, data)))
    yield from _amounts(definition, data)


def _has_no_case(indicator: Indicator, data: SentReport) -> bool:
    missing = indicator.code in data.ratios and data.ratios[indicator.code] is None and indicator.code not in data.hidden
    return missing and _no_ratio(indicator, data.figures) == NO_CASE


def _legend(definition: Definition, data: SentReport) -> str:
    told = [
        f"“{NOTHING_HAPPENED}”: số liệu bằng 0",
        f"“{NO_FIGURE}”: đơn vị chưa có số",
        f"“{NOT_APPLICABLE}”: chỉ tiêu không thuộc đơn vị",
    ]
    if any(_has_no_case(each, data) for each in definition.indicators):
        told.append(f"“{NO_CASE}”: không có trường hợp nào để tính tỷ lệ")
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
                yield from _ratio(indicator, definition, data)
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
        texts.append(HIDDEN_SIGN if cell.key in data.hidden else "" if value is None else part_words(value, indicator.decimals))
    if data.previous is not None:
        texts.append(_said(cell.key, indicator, data.previous, data.hidden) if cell.key in data.previous else "")
    if data.remarks:
        texts.append(one_line(data.remarks.get(cell.key, "")))
    return Row(tuple(texts), "part" if is_part else "plain")


def _part_name(cell: Cell, indicator: Indicator, definition: Definition) -> str:
    choices = definition.lists[indicator.breakdown] if indicator.breakdown else ()
    return next((choice.name for choice in choices if choice.code == cell.part), cell.part or "")


def _ratio(indicator: Indicator, definition: Definition, data: SentReport) -> Iterator[Row]:
    """A ratio that the report itself can show; those that the system counts over many units are left out."""
    if indicator.code not in data.ratios:
        return
    value = data.ratios[indicator.code]
    said = keep_together(format_ratio(value)) if value is not None else _no_ratio(indicator, data.figures)
    words = HIDDEN_SIGN if indicator.code in data.hidden else said
    empty = [""] * (bool(data.below) + (data.previous is not None) + bool(data.remarks))
    yield Row((indicator.code, indicator.name, indicator.unit, words, *empty))


def _no_ratio(indicator: Indicator, figures: Mapping[str, Figure]) -> str:
    """Why there is no percentage: a side does not concern the unit, there was no case to take it of, or a figure is not there."""
    codes = [code for text in (indicator.numerator, indicator.denominator) if text for code in parse_formula(text).codes]
    if any(figures.get(code) == NA for code in codes):
        return NOT_APPLICABLE
    counted = {code: value for code, value in figures.items() if isinstance(value, int)}
    return NO_CASE if has_no_case(indicator, counted) else NO_FIGURE


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
