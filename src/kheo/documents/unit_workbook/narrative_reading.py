"""The narrative, section by section."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kheo.core.checking import SECTION as SECTION_TARGET
from kheo.core.definition import Definition
from kheo.core.text import nfc, written
from kheo.documents.grid.raw import RawSheet, Value
from kheo.documents.unit_workbook.answers import plain_number
from kheo.documents.unit_workbook.layout import NARRATIVE, NARRATIVE_TITLES, SECTION, TEXT, a1
from kheo.documents.unit_workbook.problems import WorkbookProblem
from kheo.documents.unit_workbook.table import Table, table_of

_NEW = "Tải mẫu mới từ Khéo và điền lại."
LONGEST = 20_000  # characters of one section: the most that a definition can ask for


@dataclass
class NarrativeFound:
    """What the sheet gave: texts by section, places by target."""

    narrative: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[WorkbookProblem] = field(default_factory=list)
    is_read: bool = False


def read_narrative(sheet: RawSheet, definition: Definition) -> NarrativeFound:
    """Read the sheet against the outline of the edition that it was made from."""
    table = table_of(sheet, NARRATIVE_TITLES, (SECTION, TEXT))
    found = NarrativeFound(is_read=True)
    for title in table.missing:
        found.problems.append(WorkbookProblem(f"Không còn cột “{title}”.", _NEW, sheet.name))
    if table.missing:
        return NarrativeFound(problems=found.problems)
    for title, place in table.doubled:
        cell = a1(table.head or 0, place)
        found.problems.append(WorkbookProblem(f"Có hai cột “{title}”, không biết cột nào đúng.", "Xóa cột thừa.", sheet.name, cell))
    known = {section.id: section for section in definition.outline}
    for row, values in table.rows():
        if table.is_above(row):
            continue
        section, text = _as_text(table.value(values, SECTION)), _text_of(table, row, values)
        section = nfc(section).strip("'. ")
        if section in known:
            _take(table, row, section, f"Mục {section}. {known[section].title}", text, found)
        elif text:
            told = (
                f"Đoạn chữ ở dòng không có mục nào của mẫu (“{section}”), không được đọc." if section else "Đoạn chữ ở dòng không ghi mục."
            )
            found.problems.append(
                WorkbookProblem(told, "Chép vào ô của mục cần viết, rồi xóa dòng này.", sheet.name, table.cell(row, TEXT))
            )
    for section, each in known.items():
        if SECTION_TARGET + section not in found.places:
            told = f"Mục {section}. {each.title}: dòng này không còn trong trang."
            found.problems.append(
                WorkbookProblem(told, "Chép lại dòng từ mẫu mới.", sheet.name, target=SECTION_TARGET + section, stage="report")
            )
    return found


def _text_of(table: Table, row: int, values: Sequence[Value]) -> str:
    odd = table.odd(row, TEXT)
    return odd.text if odd and odd.text else written(_as_text(table.value(values, TEXT)))


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if type(value) is float:
        return plain_number(value)
    return str(value) if isinstance(value, str) else str(value).upper()


def _take(table: Table, row: int, section: str, label: str, text: str, found: NarrativeFound) -> None:
    target = SECTION_TARGET + section
    cell = table.cell(row, TEXT)
    if len(text) > LONGEST:
        told = f"{label}: đoạn này dài {len(text)} ký tự."
        found.problems.append(WorkbookProblem(told, f"Tối đa {LONGEST} ký tự.", table.sheet.name, cell, target))
    elif text.strip() and found.narrative.get(section, text) != text:
        told = f"{label}: có hai dòng với hai đoạn khác nhau (dòng kia: {found.places[target][1]})."
        found.problems.append(WorkbookProblem(told, "Giữ một dòng, xóa dòng kia.", table.sheet.name, cell, target))
    elif text.strip():
        found.narrative[section] = text
    if text:
        found.written.setdefault(section, text)
    found.places.setdefault(target, (table.sheet.name, cell))


def is_narrative_sheet(sheet: RawSheet) -> bool:
    """Whether a sheet without signature is the narrative."""
    return sheet.name == NARRATIVE
