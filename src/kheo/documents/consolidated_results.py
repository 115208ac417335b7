"""Section II of a consolidated report: for each content a few sentences, a table and what the units wrote."""

from collections.abc import Sequence
from string import ascii_lowercase

from kheo.core.consolidated import Consolidated, FigureTotal, RatioTotal
from kheo.core.definition import Content, Definition, Indicator
from kheo.documents.figure_words import amount_in_sentence, comparison, part_words, ratio_in_sentence, total_words, units_behind
from kheo.documents.official import Block, Column, Heading, Row, Table, body
from kheo.documents.outline_texts import texts_of
from kheo.documents.printable import lower_first, upper_first

MAIN_FIGURES = 6
_NAMED = 8


def results(definition: Definition, data: Consolidated) -> tuple[Block, ...]:
    """The contents in the order of the definition, each numbered."""
    blocks: list[Block] = []
    for number, content in enumerate(definition.contents, start=1):
        blocks.append(Heading(f"{number}. {upper_first(content.name)}", 2))
        blocks.extend(body(sentence) for sentence in sentences(content, definition, data))
        if definition.indicators_of(content.id):
            blocks.append(figures_table(content, definition, data))
        blocks.extend(_written(content, definition, data))
    return tuple(blocks)


def _written(content: Content, definition: Definition, data: Consolidated) -> list[Block]:
    """What the units wrote about a content; under the titles of the outline where it asks for more than one text."""
    sections = [section for section in definition.outline if section.content == content.id]
    found = [(section, texts_of(section, data)) for section in sections]
    blocks: list[Block] = []
    for letter, (section, texts) in zip(ascii_lowercase, ((section, texts) for section, texts in found if texts), strict=False):
        if len(sections) > 1:
            blocks.append(Heading(f"{letter}) {section.title}", 3))
        blocks.extend(texts)
    return blocks


def sentences(content: Content, definition: Definition, data: Consolidated) -> tuple[str, ...]:
    """The main figures (the first ones of the definition that are above zero), the ratios, and what is nought or missing."""
    indicators = definition.indicators_of(content.id)
    if not indicators:
        return ()
    counts = [(each, data.figures.get(each.code)) for each in indicators if each.aggregation != "ratio"]
    ratios = [(each, data.figures.get(each.code)) for each in indicators if each.aggregation == "ratio"]
    told = [(each, total) for each, total in counts if isinstance(total, FigureTotal) and total.value]
    nought = [each for each, total in counts if isinstance(total, FigureTotal) and total.value == 0]
    missing = [each for each, total in counts if total is None or total.value is None]
    found = (
        _main_sentence(told[:MAIN_FIGURES], data),
        _ratio_sentence([(each, total) for each, total in ratios if isinstance(total, RatioTotal)], definition, data),
        _named_sentence("Các chỉ tiêu không phát sinh trong kỳ", nought),
        _named_sentence("Các chỉ tiêu chưa có số liệu", missing),
    )
    return tuple(sentence for sentence in found if sentence)


def _main_sentence(told: Sequence[tuple[Indicator, FigureTotal]], data: Consolidated) -> str:
    pieces = []
    for indicator, total in told:
        pieces.append(amount_in_sentence(total, indicator) + _compared(total, indicator.code, data))
    return f"Kết quả chính trong kỳ: {'; '.join(pieces)}." if pieces else ""


def _ratio_sentence(ratios: Sequence[tuple[Indicator, RatioTotal]], definition: Definition, data: Consolidated) -> str:
    pieces = []
    for indicator, total in ratios:
        if total.value is not None:
            pieces.append(ratio_in_sentence(total, indicator, definition) + _compared(total, indicator.code, data))
    return upper_first(f"{'; '.join(pieces)}.") if pieces else ""


def _compared(total: FigureTotal | RatioTotal, code: str, data: Consolidated) -> str:
    """`, tăng 12,5 % so với năm 2022`, or nothing."""
    words = comparison(total, (data.previous or {}).get(code))
    return f", {words} so với {lower_first(data.previous_name)}" if words else ""


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
    now, before = _parts(indicator, data.figures.get(indicator.code)), _parts(indicator, (data.previous or {}).get(indicator.code))
    rows = []
    for choice in definition.lists[indicator.breakdown]:
        texts = ["", f"– {choice.name}", "", part_words(now.get(choice.code), indicator.decimals)]
        if compared:
            texts.append(part_words(before[choice.code], indicator.decimals) if choice.code in before else "")
        rows.append(Row((*texts, ""), "part"))
    return rows


def _parts(indicator: Indicator, total: FigureTotal | RatioTotal | None) -> dict[str, int | None]:
    if not isinstance(total, FigureTotal) or indicator.breakdown is None:
        return {}
    return dict(total.by.get(indicator.breakdown, {}))
