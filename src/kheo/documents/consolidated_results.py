"""Section II of a consolidated report: for each content a few sentences, a table and what the units wrote."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from kheo.core.consolidated import Consolidated, FigureTotal, RatioTotal
from kheo.core.definition import Content, Definition, Indicator
from kheo.core.numbers import format_scaled
from kheo.documents.figure_words import (
    HIDDEN_SIGN,
    HIDDEN_WORDS,
    NO_FIGURE,
    amount_in_sentence,
    comparison,
    part_words,
    ratio_in_sentence,
    total_words,
    units_behind,
)
from kheo.documents.official import Block, Column, Heading, Row, Table, body
from kheo.documents.official_forms import POINTS
from kheo.documents.outline_texts import leading_sections, texts_of
from kheo.documents.printable import lower_first, upper_first

MAIN_FIGURES = 6
_NAMED = 8


def results(definition: Definition, data: Consolidated) -> tuple[Block, ...]:
    """The contents in the order of the definition, each numbered."""
    blocks: list[Block] = []
    for number, content in enumerate(definition.contents, start=1):
        blocks.append(Heading(str(number), upper_first(content.name), 2))
        blocks.extend(body(sentence) for sentence in sentences(content, definition, data))
        if definition.indicators_of(content.id):
            blocks.append(figures_table(content, definition, data))
        blocks.extend(_written(content, definition, data))
    return tuple(blocks)


def _written(content: Content, definition: Definition, data: Consolidated) -> list[Block]:
    """What the units wrote about a content; under the titles of the outline where it asks for more than one text."""
    opening = leading_sections(definition)
    sections = [section for section in definition.outline if section.content == content.id and section not in opening]
    found = [(section, texts_of(section, data)) for section in sections]
    blocks: list[Block] = []
    for letter, (section, texts) in zip(POINTS, ((section, texts) for section, texts in found if texts), strict=False):
        if len(sections) > 1:
            blocks.append(Heading(letter, section.title, 3))
        blocks.extend(texts)
    return blocks


def sentences(content: Content, definition: Definition, data: Consolidated) -> tuple[str, ...]:
    """The main figures, family by family, then the ratios, then what is nought or missing.

    A family is the indicators whose codes begin with the same letter; its main figures are the first ones above zero.
    """
    indicators = definition.indicators_of(content.id)
    counts = [(each, data.figures.get(each.code)) for each in indicators if each.aggregation != "ratio"]
    ratios = [(each, total) for each in indicators if isinstance(total := data.figures.get(each.code), RatioTotal)]
    if counts and all(_is_missing(total) for _, total in counts):
        return (f"{upper_first(NO_FIGURE)} về nội dung này.",)
    told = [(each, total) for each, total in counts if isinstance(total, FigureTotal) and total.value]
    families = [tuple(members)[:MAIN_FIGURES] for _, members in groupby(told, key=lambda pair: pair[0].code[0])]
    pieces = [[_amount(each, total, definition) for each, total in family] for family in families]
    texts = [_joined(zip(family, words, strict=True), data) for family, words in zip(families, pieces, strict=True)]
    rates = [((each, total), ratio_in_sentence(total, each, definition)) for each, total in ratios if total.value is not None]
    nought = [each for each, total in counts if isinstance(total, FigureTotal) and total.value == 0]
    missing = [each for each, total in counts if _is_missing(total)]
    hidden = [each for each, total in counts if total and total.is_hidden]
    found = (
        *(f"{'Kết quả chính trong kỳ: ' if index == 0 else ''}{text}" for index, text in enumerate(texts)),
        _joined(rates, data),
        _named_sentence("Các chỉ tiêu không phát sinh trong kỳ", nought),
        _named_sentence("Các chỉ tiêu chưa có số liệu", missing),
        _named_sentence(f"Các chỉ tiêu ghi “{HIDDEN_SIGN}” vì là {HIDDEN_WORDS}", hidden),
    )
    return tuple(upper_first(sentence) for sentence in found if sentence)


def _is_missing(total: FigureTotal | RatioTotal | None) -> bool:
    """No unit gave a number; a hidden total is there, only not shown."""
    return total is None or (total.value is None and not total.is_hidden)


def _amount(indicator: Indicator, total: FigureTotal, definition: Definition) -> str:
    """An amount in words, with the parts of a breakdown that are above zero."""
    parts = _parts(indicator, total)
    choices = definition.lists[indicator.breakdown] if indicator.breakdown else ()
    told = [f"{choice.name} {format_scaled(value, total.decimals)}" for choice in choices if (value := parts.get(choice.code))]
    words = amount_in_sentence(total, indicator)
    return f"{words} (trong đó: {', '.join(told)})" if told else words


def _joined(told: Iterable[tuple[tuple[Indicator, FigureTotal | RatioTotal], str]], data: Consolidated) -> str:
    """The pieces of one sentence, each compared with the last period, which is named the first time only."""
    pieces, named = [], False
    for (indicator, total), words in told:
        change = comparison(total, (data.previous or {}).get(indicator.code))
        if change and not named:
            change, named = f"{change} so với {lower_first(data.previous_name)}", True
        pieces.append(f"{words}, {change}" if change else words)
    return f"{'; '.join(pieces)}." if pieces else ""


def _named_sentence(lead: str, indicators: Sequence[Indicator]) -> str:
    if not indicators:
        return ""
    names = "; ".join(lower_first(each.name) for each in indicators[:_NAMED])
    more = len(indicators) - _NAMED
    return f"{lead}: {names}{f'; và {more} chỉ tiêu khác nêu trong bảng' if more > 0 else ''}."


def figures_table(content: Content, definition: Definition, data: Consolidated) -> Table:
    """All indicators of a content: this period, the last one where there is one, and how many units stand behind."""
    compared = _is_compared(content, definition, data)
    columns = [Column("Mã", "center"), Column("Chỉ tiêu"), Column("Đơn vị tính", "center"), Column(upper_first(data.cycle_name), "right")]
    if compared:
        columns.append(Column(upper_first(data.previous_name), "right"))
    columns.append(Column("Đơn vị có số liệu", "center"))
    rows: list[Row] = []
    for indicator in definition.indicators_of(content.id):
        rows.extend(_rows(indicator, definition, data, compared=compared))
    return Table(tuple(columns), tuple(rows))


def _is_compared(content: Content, definition: Definition, data: Consolidated) -> bool:
    """Whether the last period asked for anything of this content."""
    return any(indicator.code in (data.previous or {}) for indicator in definition.indicators_of(content.id))


def _rows(indicator: Indicator, definition: Definition, data: Consolidated, *, compared: bool) -> list[Row]:
    """An indicator and its parts. Of an indicator that the last period did not ask for, its place there stays empty."""
    now = data.figures.get(indicator.code)
    texts = [indicator.code, indicator.name, indicator.unit, total_words(now)]
    if compared:
        before = (data.previous or {}).get(indicator.code)
        texts.append(total_words(before) if before else "")
    texts.append(units_behind(now.cells) if isinstance(now, FigureTotal) else "")
    return [Row(tuple(texts)), *_part_rows(indicator, definition, data, compared=compared)]


def _part_rows(indicator: Indicator, definition: Definition, data: Consolidated, *, compared: bool) -> list[Row]:
    """The parts of a breakdown, each under its indicator."""
    if indicator.breakdown is None:
        return []
    whole = data.figures.get(indicator.code)
    now, before = _parts(indicator, whole), _parts(indicator, (data.previous or {}).get(indicator.code))
    rows = []
    for choice in definition.lists[indicator.breakdown]:
        words = HIDDEN_SIGN if whole and whole.is_hidden else part_words(now.get(choice.code), indicator.decimals)
        texts = ["", f"– {choice.name}", "", words]
        if compared:
            texts.append(part_words(before[choice.code], indicator.decimals) if choice.code in before else "")
        rows.append(Row((*texts, ""), "part"))
    return rows


def _parts(indicator: Indicator, total: FigureTotal | RatioTotal | None) -> dict[str, int | None]:
    if not isinstance(total, FigureTotal) or indicator.breakdown is None:
        return {}
    return dict(total.by.get(indicator.breakdown, {}))
