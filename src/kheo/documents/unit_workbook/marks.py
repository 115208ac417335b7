"""What a corrected copy shows over the sheets: what was typed, as it was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kheo.core.checking import SECTION
from kheo.documents.unit_workbook.layout import CHOICE, NOTE, TEXT, VALUE, Line
from kheo.documents.unit_workbook.problems import Part, Typed, WorkbookProblem
from kheo.documents.unit_workbook.sheets import ENTRY_FILL
from kheo.documents.workbook_cells import Look, Sheet, decimals_format

WRONG_FILL, ASKED_FILL = "#FAD4D0", "#FFE8B3"
_COLUMNS: tuple[tuple[Part, int], ...] = (("value", VALUE), ("choice", CHOICE), ("note", NOTE))
_LOOKS: dict[Part, Look] = {
    "value": Look(fill=ENTRY_FILL, is_open=True, align="right"),
    "choice": Look(fill=ENTRY_FILL, is_open=True, align="center", size=10),
    "note": Look(fill=ENTRY_FILL, is_open=True, wrap=True, size=10),
}
_TEXT = Look(wrap=True, fill=ENTRY_FILL, is_open=True, top=True)
_LONGEST_COMMENT = 900


@dataclass(frozen=True)
class Marks:
    """Typed entries by key, texts by section, problems by target and part. Empty for a workbook that is new."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[tuple[str, Part], Sequence[WorkbookProblem]] = field(default_factory=dict)

    def put_on(self, sheet: Sheet, line: Line) -> None:
        """Over one row of the figures."""
        typed = self.typed.get(line.key, Typed())
        for (part, column), entry in zip(_COLUMNS, (typed.value, typed.choice, typed.note), strict=True):
            told = self.problems.get((line.key, part), ())
            if not told and (entry is None or part != "note") and not self._is_unread(line.key):
                continue
            look = replace(_LOOKS[part], fill=_fill(told))
            _write(sheet, line.row, column, entry, look, line.decimals)
            _comment(sheet, line.row, column, told)

    def _is_unread(self, key: str) -> bool:
        """Whether something in the row could not be read, so that all of it stands as it was typed."""
        return any(each.stage == "file" for part, _ in _COLUMNS for each in self.problems.get((key, part), ()))

    def put_on_text(self, sheet: Sheet, row: int, section: str) -> None:
        """Over one section of the narrative."""
        told = self.problems.get((SECTION + section, "value"), ())
        if not told and section not in self.written:
            return
        sheet.paragraph(row, TEXT, self.written.get(section, "")[:32_000], replace(_TEXT, fill=_fill(told)))
        _comment(sheet, row, TEXT, told)


def marks_of(typed: Mapping[str, Typed], written: Mapping[str, str], problems: Sequence[WorkbookProblem]) -> Marks:
    """The marks of a reading."""
    found: dict[tuple[str, Part], list[WorkbookProblem]] = {}
    for each in problems:
        if each.target:
            found.setdefault((each.target, each.part), []).append(each)
    return Marks(typed, written, found)


def _fill(told: Sequence[WorkbookProblem]) -> str:
    if not told:
        return ENTRY_FILL
    return WRONG_FILL if any(each.severity == "error" for each in told) else ASKED_FILL


def _write(sheet: Sheet, row: int, column: int, entry: str | float | None, look: Look, decimals: int) -> None:
    if isinstance(entry, str):
        sheet.paragraph(row, column, entry, look)
    elif entry is None:
        sheet.empty(row, column, replace(look, number=decimals_format(decimals)) if column == VALUE else look)
    else:
        whole = column == VALUE and (entry * 10**decimals).is_integer()
        sheet.raw.write_number(
            row, column, entry, sheet.book.format(replace(look, number=decimals_format(decimals) if whole else "General"))
        )


def _comment(sheet: Sheet, row: int, column: int, told: Sequence[WorkbookProblem]) -> None:
    if told:
        text = "\n".join(f"{each.message} {each.expected}".strip() for each in told)[:_LONGEST_COMMENT]
        sheet.raw.write_comment(row, column, text, {"author": "Khéo", "x_scale": 2.2, "y_scale": 1.4})
