"""A grid read against the edition it was made from: every answer, every text, and every problem in one pass."""

from collections.abc import Iterable, Mapping
from typing import Literal

from kheo.core.checking import NOT_ANSWERED, SECTION, problems_of
from kheo.core.definition import Definition, counted_alike
from kheo.documents.grid.raw import RawBook, RawSheet
from kheo.documents.unit_workbook.addressing import address_of, address_problems, signatures
from kheo.documents.unit_workbook.figures_reading import FiguresFound, is_figures_sheet, read_figures
from kheo.documents.unit_workbook.layout import CHECKS, COVER, FAULTS, FIGURES, NARRATIVE
from kheo.documents.unit_workbook.narrative_reading import NarrativeFound, is_narrative_sheet, read_narrative
from kheo.documents.unit_workbook.order import Address, Role
from kheo.documents.unit_workbook.plan import plan_of
from kheo.documents.unit_workbook.problems import WorkbookProblem, WorkbookReading
from kheo.documents.unit_workbook.refusals import refusal_problem

_NEW = "Tải mẫu mới từ Khéo và điền lại."
_ENTER = NOT_ANSWERED.partition(". ")[2]
_UNREAD = "Chép vào trang “Số liệu” hoặc “Lời văn” nếu cần; không cần thì xóa trang."


def validate(
    book: RawBook, definition: Definition, wanted: Address | None = None, *, made_from: Definition | None = None
) -> WorkbookReading:
    """Read a workbook for a report that answers `definition`.

    `wanted`: whose workbook it must be, with the hash of `definition`; None when anything will do. `made_from`: the edition that the
    workbook was made from, where that is another one: what both count alike is taken over, anything else is told.
    """
    refused = refusal_problem(book)
    if refused:
        return WorkbookReading(problems=(refused,))
    address = address_of(book)
    problems = address_problems(book, wanted)
    template = made_from or definition
    if address and wanted and address.edition != wanted.edition and made_from is None:
        problems.append(WorkbookProblem("Bảng làm theo một bản bộ chỉ tiêu mà Khéo không biết.", _NEW))
    figures, narrative = _read(book, template, problems)
    if made_from is not None and made_from is not definition:
        problems += _carry_over(figures, narrative, definition, made_from)
    problems += figures.problems + narrative.problems
    problems += _of_report(definition, figures, narrative)
    return WorkbookReading(
        address, figures.figures, narrative.narrative, figures.notes, tuple(problems), figures.rows, figures.typed, narrative.written
    )


def _read(book: RawBook, template: Definition, problems: list[WorkbookProblem]) -> tuple[FiguresFound, NarrativeFound]:
    plan = plan_of(template)
    roles = _roles(book, template)
    figures, narrative = FiguresFound(), NarrativeFound()
    for role, name in (("so-lieu", FIGURES), ("loi-van", NARRATIVE)):
        sheets = roles.get(role, [])
        if len(sheets) > 1:
            told = ", ".join(f"“{sheet.name}”" for sheet in sheets)
            problems.append(
                WorkbookProblem(f"Có {len(sheets)} trang “{name}”: {told}; không biết trang nào đúng.", "Giữ một trang, xóa trang kia.")
            )
        elif not sheets and (role == "so-lieu" or template.outline):
            problems.append(WorkbookProblem(f"Không có trang “{name}” trong tệp.", _NEW))
        elif sheets and sheets[0].is_hidden:
            told = f"Trang “{sheets[0].name}” đang bị ẩn; Khéo vẫn đọc."
            problems.append(WorkbookProblem(told, "Hiện trang và xem lại.", sheets[0].name, severity="question", stage="note"))
    if len(roles.get("so-lieu", [])) == 1:
        figures = read_figures(roles["so-lieu"][0], plan)
    if len(roles.get("loi-van", [])) == 1:
        narrative = read_narrative(roles["loi-van"][0], template)
    problems += _strangers(roles.get("", []))
    return figures, narrative


def _roles(book: RawBook, template: Definition) -> dict[str, list[RawSheet]]:
    """Sheets by what they are: by their signature, else by their name or what stands in them; under "" those that are not ours."""
    found: dict[str, list[RawSheet]] = {}
    unsigned = []
    for sheet in book.sheets:
        signed = next((each for each in signatures(sheet) if each), None)
        if signed:
            found.setdefault(signed.role, []).append(sheet)
        elif (sheet.rows or sheet.odd) and sheet.name not in (COVER, CHECKS, FAULTS):
            unsigned.append(sheet)
    plan = plan_of(template)
    for sheet in unsigned:
        role: Role | str = ""
        if "so-lieu" not in found and is_figures_sheet(sheet, plan):
            role = "so-lieu"
        elif "loi-van" not in found and is_narrative_sheet(sheet):
            role = "loi-van"
        found.setdefault(role, []).append(sheet)
    return found


def _strangers(sheets: Iterable[RawSheet]) -> list[WorkbookProblem]:
    return [
        WorkbookProblem(
            f"Trang “{sheet.name}” không thuộc mẫu, không được đọc ({len(sheet.rows)} dòng có nội dung).", _UNREAD, sheet.name,
            severity="question", stage="note",
        )
        for sheet in sheets
    ]  # fmt: skip


def _carry_over(figures: FiguresFound, narrative: NarrativeFound, definition: Definition, old: Definition) -> list[WorkbookProblem]:
    """Keep what both editions count alike; tell the rest."""
    alike = counted_alike(definition, old)
    keys = {cell.key for cell in definition.input_cells}
    problems = []
    for key in [key for key in figures.figures if key not in keys or old.cell(key).indicator not in alike]:
        sheet, cell = figures.places[key]
        label = plan_of(old).labels[key]
        told = f"{label}: bản bộ chỉ tiêu hiện nay không còn chỉ tiêu này, hoặc đếm cách khác; số đã ghi không chuyển sang được."
        problems.append(WorkbookProblem(told, _NEW, sheet, cell, key))
        del figures.figures[key]
    for key in [key for key in figures.notes if key not in keys or old.cell(key).indicator not in alike]:
        sheet, cell = figures.places[key]
        told = f"{plan_of(old).labels[key]}: ghi chú không chuyển sang bản bộ chỉ tiêu hiện nay được."
        problems.append(WorkbookProblem(told, _NEW, sheet, cell, key, part="note"))
        del figures.notes[key]
    sections = {section.id: section for section in definition.outline}
    for section in [each for each in narrative.narrative if each not in sections]:
        sheet, cell = narrative.places[f"section:{section}"]
        problems.append(WorkbookProblem(f"Mục {section}: đề cương hiện nay không còn mục này.", _NEW, sheet, cell, f"section:{section}"))
        del narrative.narrative[section]
    return problems


def _of_report(definition: Definition, figures: FiguresFound, narrative: NarrativeFound) -> list[WorkbookProblem]:
    """What stands between these answers and a submission, at their places in the workbook."""
    places: Mapping[str, tuple[str, str]] = figures.places | narrative.places
    told = {problem.target for problem in (*figures.problems, *narrative.problems) if problem.severity == "error"}
    problems = []
    for each in problems_of(definition, figures.figures, narrative.narrative):
        is_section = each.target.startswith(SECTION)
        if each.target in told and each.target not in figures.figures:
            continue
        if not (narrative.is_read if is_section else figures.is_read):
            continue
        sheet, cell = places.get(each.cell, ("", ""))
        message, expected = each.message, ""
        if message.endswith(NOT_ANSWERED):
            message, expected = message.removesuffix(f" {_ENTER}"), _ENTER
        severity: Literal["error", "question"] = "error" if each.blocks else "question"
        problems.append(WorkbookProblem(message, expected, sheet, cell, each.target, severity, "report"))
    return problems
