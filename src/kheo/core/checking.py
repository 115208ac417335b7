"""What stands between a draft and its submission: every problem at once, each about a cell or a section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kheo.core.definition import Cell, Definition, run_checks
from kheo.core.figures import NA, Figures, is_number, unanswered, with_totals

SECTION = "section:"
TOO_LARGE = "tổng các phần vượt 13 chữ số. Kiểm tra lại số liệu và đơn vị tính."
NOT_ANSWERED = "chưa nhập. Nhập số, hoặc chọn “không phát sinh”, “chưa có số liệu”, “không áp dụng”."


@dataclass(frozen=True)
class CellProblem:
    """A problem in Vietnamese with the place to jump to (`C304`, `B01.KT`, `section:II`). A question does not block."""

    target: str
    message: str
    severity: Literal["error", "question"] = "error"
    others: tuple[str, ...] = ()


def problems_of(definition: Definition, figures: Figures, narrative: Mapping[str, str]) -> tuple[CellProblem, ...]:
    """Unanswered cells, failed checks, missing or over-long sections, in the order of the form."""
    found = [CellProblem(cell.key, f"{label_of(definition, cell.key)}: {NOT_ANSWERED}") for cell in unanswered(definition, figures)]
    complete = with_totals(definition, figures)
    found += [CellProblem(cell.key, f"{label_of(definition, cell.key)}: {TOO_LARGE}") for cell in _too_large(definition, complete)]
    faults = run_checks(definition, complete)
    found += [CellProblem(fault.cells[0], fault.message, fault.severity, fault.cells[1:]) for fault in faults]
    return tuple(found + section_problems(definition, narrative))


def _too_large(definition: Definition, figures: Figures) -> list[Cell]:
    """Totals of breakdowns over the limit of a figure: beyond it, sums over a country could leave int64."""
    totals = [cell for cell in definition.cells if cell.is_total]
    return [cell for cell in totals if not (figures.get(cell.key) in (None, NA) or is_number(figures[cell.key]))]


def section_problems(definition: Definition, narrative: Mapping[str, str]) -> list[CellProblem]:
    """Required sections left empty, and texts over their limit."""
    found: list[CellProblem] = []
    for section in definition.outline:
        text = narrative.get(section.id, "").strip()
        if section.required and not text:
            found.append(CellProblem(SECTION + section.id, f"Mục {section.id}. {section.title}: chưa viết."))
        if len(text) > section.max_chars:
            message = f"Mục {section.id}. {section.title}: dài {len(text)} ký tự, tối đa {section.max_chars}."
            found.append(CellProblem(SECTION + section.id, message))
    return found


def label_of(definition: Definition, key: str) -> str:
    """How people call a cell: `B01 Mô hình đăng ký mới – Kinh tế`."""
    if key.startswith(SECTION):
        section = next((each for each in definition.outline if each.id == key.removeprefix(SECTION)), None)
        return f"Mục {section.id}. {section.title}" if section else key
    cell = definition.cell(key)
    indicator = definition.indicator(cell.indicator)
    label = f"{indicator.code} {indicator.name}"
    if cell.part is None or indicator.breakdown is None:
        return label
    names = {choice.code: choice.name for choice in definition.lists[indicator.breakdown]}
    return f"{label} – {names[cell.part]}"
