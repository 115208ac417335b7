"""What a further recipient reads: the report in that recipient's outline, its own figures and those below in one number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.answers import BLANK_WORDS, NA_WORDS
from kheo.core.definition import Copy, CopySection, Definition, Indicator, OutlineSection, parse_formula
from kheo.core.figures import NA, Figures, with_totals
from kheo.core.numbers import format_ratio, format_scaled
from kheo.core.passages import paragraphs_of
from kheo.core.privacy import is_small
from kheo.core.reading import SYSTEM, divide

HIDDEN_WORDS = "số nhỏ, được che"


@dataclass(frozen=True)
class DispatchedFigure:
    """A line of the table: a number, or words where there is none. `is_part`: of a breakdown, under its total."""

    code: str
    name: str
    unit: str
    text: str
    is_part: bool = False


@dataclass(frozen=True)
class DispatchedSection:
    """A section under the recipient's own number and title; the figures of its content stand in the first section about it."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    figures: tuple[DispatchedFigure, ...]


@dataclass(frozen=True)
class DispatchedReport:
    """The whole. `reported` of `expected` reports of the units below are in the numbers; both are 0 for a unit with none below."""

    sections: tuple[DispatchedSection, ...]
    reported: int
    expected: int


def dispatched_report(
    definition: Definition, copy: Copy, figures: Figures, narrative: Mapping[str, str], below: Mapping[str, Any] | None
) -> DispatchedReport:
    """A sent revision as one of its further recipients reads it. Of walled contents small counts are hidden, as from everybody above."""
    numbers = _numbers(definition, figures, below["values"] if below else {})
    outline = {section.id: section for section in definition.outline}
    shown: set[str] = set()
    sections: list[DispatchedSection] = []
    for asked in copy.outline:
        section = outline[asked.of]
        rows = _rows(definition, section.content, with_totals(definition, figures), numbers) if _is_first(section, shown) else ()
        sections.append(_section(asked, section, narrative, tuple(rows)))
    return DispatchedReport(tuple(sections), below["reported"] if below else 0, below["expected"] if below else 0)


def _is_first(section: OutlineSection, shown: set[str]) -> bool:
    if section.content is None or section.content in shown:
        return False
    shown.add(section.content)
    return True


def _section(
    asked: CopySection, section: OutlineSection, narrative: Mapping[str, str], rows: tuple[DispatchedFigure, ...]
) -> DispatchedSection:
    paragraphs = paragraphs_of(narrative.get(section.id, ""))
    return DispatchedSection(asked.id or section.id, asked.title or section.title, paragraphs, rows)


def _numbers(definition: Definition, figures: Figures, below: Mapping[str, int | None]) -> dict[str, int]:
    """Own and below together, by cell; a cell to which nobody gave a number is absent."""
    complete = with_totals(definition, figures)
    found: dict[str, int] = {}
    for cell in definition.cells:
        terms = [each for each in (complete.get(cell.key), below.get(cell.key)) if isinstance(each, int)]
        if terms:
            found[cell.key] = sum(terms)
    return found


def _rows(definition: Definition, content: str | None, own: Figures, numbers: Mapping[str, int]) -> Iterator[DispatchedFigure]:
    is_walled = content is not None and definition.content_of(content).walled
    for indicator in definition.indicators_of(content or ""):
        if indicator.aggregation == "ratio":
            yield from _ratio(definition, indicator, numbers)
            continue
        names = {part.code: part.name for part in definition.lists[indicator.breakdown]} if indicator.breakdown else {}
        for cell in definition.cells_of(indicator.code):
            text = _text(indicator, own.get(cell.key), numbers.get(cell.key), is_walled=is_walled)
            if cell.part is None:
                yield DispatchedFigure(indicator.code, indicator.name, indicator.unit, text)
            else:
                yield DispatchedFigure("", names[cell.part], "", text, is_part=True)


def _text(indicator: Indicator, own: object, number: int | None, *, is_walled: bool) -> str:
    if number is None:
        return NA_WORDS if own == NA else BLANK_WORDS
    return HIDDEN_WORDS if is_walled and is_small(number) else format_scaled(number, indicator.decimals)


def _ratio(definition: Definition, indicator: Indicator, numbers: Mapping[str, int]) -> Iterator[DispatchedFigure]:
    """Computed from the two numbers; not what the system counts over many units, and not of counts behind the wall."""
    formulas = (indicator.numerator or "", indicator.denominator or "")
    terms = [parse_formula(each) for each in formulas]
    keys = {key for term in terms for key in term.codes}
    if any(SYSTEM in each for each in formulas) or any(_is_walled(definition, key) for key in keys):
        return
    top, bottom = (term.evaluate(numbers.get) for term in terms)
    yield DispatchedFigure(indicator.code, indicator.name, indicator.unit, format_ratio(divide(top, bottom)) or BLANK_WORDS)


def _is_walled(definition: Definition, key: str) -> bool:
    return definition.content_of(definition.indicator(definition.cell(key).indicator).content).walled
