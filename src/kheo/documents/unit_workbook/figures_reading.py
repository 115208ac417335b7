"""The sheet to fill in, read row by row: an answer or a problem for every cell that holds anything."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from kheo.core.answers import UNANSWERED
from kheo.core.checking import MOST_EXPLAINED
from kheo.core.figures import Figure
from kheo.core.numbers import CellProblem
from kheo.core.text import written
from kheo.documents.grid.raw import Block, Odd, RawSheet, Value
from kheo.documents.unit_workbook.answers import answer_in, of_odd, plain_number, sure_answer
from kheo.documents.unit_workbook.layout import CHOICE, CODE, FIGURES, HIDDEN_TITLES, KEPT, NAME, NOTE, PAST, TITLES, UNIT, VALUE, Line, a1
from kheo.documents.unit_workbook.locked import (
    computed_problems,
    locked_problems,
    outside_problems,
    past_as_kept,
    stray_problems,
    untouched,
)
from kheo.documents.unit_workbook.plan import Plan
from kheo.documents.unit_workbook.problems import Part, Typed, WorkbookProblem
from kheo.documents.unit_workbook.table import Table, table_of

_ALL_TITLES = TITLES + HIDDEN_TITLES
_NEW = "Tải mẫu mới từ Khéo và điền lại."
_PARTS: dict[int, Part] = {VALUE: "value", CHOICE: "choice", NOTE: "note"}
_SWALLOWED = "Các ô bị gộp, không biết con số thuộc dòng nào."
_WALLED = "Nội dung này chỉ nhận con số, không nhận ghi chú."


@dataclass
class FiguresFound:
    """What the sheet gave so far."""

    figures: dict[str, Figure] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Typed] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[WorkbookProblem] = field(default_factory=list)
    rows: int = 0
    is_read: bool = False

    def tell(self, table: Table, row: int, column: int, key: str, label: str, problem: CellProblem) -> None:
        """A problem of one cell that keeps the file from being taken."""
        cell = table.cell(row, column)
        part = _PARTS.get(column, "value")
        self.problems.append(WorkbookProblem(f"{label}: {problem.message}", problem.expected, table.sheet.name, cell, key, part=part))


def read_figures(sheet: RawSheet, plan: Plan) -> FiguresFound:
    """Read the sheet against the edition that it was made from."""
    found = FiguresFound()
    table = _table(sheet, plan, found)
    if table is None:
        return found
    seen: dict[str, list[int]] = {}
    strange, is_untouched = table.strange_rows(_PARTS), untouched(table, plan)
    pick, is_taken = table.picker(CODE, *_PARTS), _plain_taker(table, plan, found, seen, strange)
    for row, values in table.rows():
        if is_taken(row, values):
            continue
        code, *entries = pick(values)
        key = plan.key_of(code) if type(code) is str else None
        if key is None:
            found.problems += [] if table.is_above(row) else outside_problems(table, row, values, plan)
            continue
        seen.setdefault(key, []).append(row)
        line = plan.lines[key]
        if not is_untouched(key, values) or (line.kind != "cell" and entries[1:] != [None, None]):
            found.problems += locked_problems(table, row, values, line, plan)
        if line.kind == "cell":
            _read_row(table, row, entries, line, plan, found, is_strange=row in strange)
    found.rows, found.is_read = sum(map(len, seen.values())), bool(seen)
    if not seen:
        found.problems.append(WorkbookProblem("Không có dòng nào mang mã của mẫu.", _NEW, sheet.name))
        return found
    found.problems += computed_problems(table, seen, plan, found.figures)
    found.problems += stray_problems(table, {row for rows in seen.values() for row in rows})
    found.problems += _merged(table, seen, plan)
    found.problems += _hidden(table, seen, found)
    found.problems += _gone(sheet, seen, plan)
    return found


def _table(sheet: RawSheet, plan: Plan, found: FiguresFound) -> Table | None:
    """The table of the sheet; None where nobody can say which column holds the numbers."""
    table = table_of(sheet, _ALL_TITLES, (CODE, VALUE))
    for title, place in table.doubled:
        cell = a1(table.head or 0, place)
        found.problems.append(WorkbookProblem(f"Có hai cột “{title}”, không biết cột nào đúng.", "Xóa cột thừa.", sheet.name, cell))
    for title in table.missing:
        found.problems.append(WorkbookProblem(f"Không còn cột “{title}”.", _NEW, sheet.name, a1(table.head or 0, 0)))
    if table.missing or table.head is not None:
        return None if table.missing else table
    keys = {row: plan.key_of(str(values[CODE])) for row, values in sheet.rows.items()}
    known = {row: key for row, key in keys.items() if key is not None}
    named = sum(sheet.at(row, NAME) == plan.names[key] for row, key in known.items())
    if not known or named * 2 < len(known):
        found.problems.append(WorkbookProblem("Không thấy dòng tiêu đề cột (có “Mã” và “Số liệu kỳ này”).", _NEW, sheet.name))
        return None
    told = "Dòng tiêu đề cột không còn; Khéo đọc các cột theo vị trí của mẫu."
    found.problems.append(WorkbookProblem(told, "Xem lại các con số Khéo đã đọc.", sheet.name, severity="question", stage="note"))
    return replace(table, head=min(known) - 1)


def _plain_taker(
    table: Table, plan: Plan, found: FiguresFound, seen: dict[str, list[int]], strange: Collection[int]
) -> Callable[[int, Sequence[Value]], bool]:
    """Takes the row that nine in ten are: as the template wrote it but for one answer, a whole number or a word out of the list.

    What it takes is entered in `found` and `seen` as all that follows here would enter it; it leaves to that any row of which it is not
    sure (False). `strange`: rows that hold something odd.
    """
    columns = (CODE, NAME, UNIT, PAST, VALUE, CHOICE, NOTE, KEPT)
    if not table.columns.keys() >= set(columns):
        return lambda row, values: False
    sheet, at_value, at_choice = table.sheet.name, table.columns[VALUE], table.columns[CHOICE]
    places = [table.columns[column] for column in columns]
    pick, widest, plain, is_past = itemgetter(*places), max(places), plan.plain, past_as_kept

    def is_taken(row: int, values: Sequence[Value]) -> bool:
        if len(values) <= widest or row in strange:
            return False
        key, name, unit, past, value, choice, note, kept = pick(values)
        if type(key) is not str or note is not None or key in seen or plain.get(key) != (name, unit) or not is_past(past, kept):
            return False
        answer = sure_answer(value, choice)
        if answer == UNANSWERED:
            return False
        seen[key] = [row]
        found.figures[key] = answer
        found.typed[key] = Typed(value, choice)
        found.places[key] = (sheet, a1(row, at_choice if value is None else at_value))
        return True

    return is_taken


def _read_row(table: Table, row: int, entries: Sequence[Value], line: Line, plan: Plan, found: FiguresFound, *, is_strange: bool) -> None:
    """`entries`: what the cells of value, choice and note hold."""
    key, label = line.key, plan.labels[line.key]
    value, choice, note = entries
    odd = {column: each for column in _PARTS if (each := table.odd(row, column))} if is_strange else {}
    if value is None and choice is None and note is None and not odd:
        found.places.setdefault(key, (table.sheet.name, table.cell(row, VALUE)))
        return
    typed = Typed(_kept(value, odd.get(VALUE)), _kept(choice, odd.get(CHOICE)), _kept(note, odd.get(NOTE)))
    strange = [(column, each) for column, each in odd.items() if column != NOTE]
    for column, each in strange:
        found.tell(table, row, column, key, label, of_odd(each))
        found.typed.setdefault(key, typed)
        found.places.setdefault(key, (table.sheet.name, table.cell(row, column)))
    if not strange:
        _take(table, row, line, label, answer_in(value, choice, line.decimals), typed, found)
    _take_note(table, row, line, label, typed.note, found)


def _kept(value: Value, odd: Odd | None) -> str | float | None:
    """What stands in a cell, as it looks where it is no plain value."""
    if odd and odd.text:
        return odd.text
    return str(value).upper() if type(value) is bool else value


def _take(table: Table, row: int, line: Line, label: str, answer: Figure | str | CellProblem, typed: Typed, found: FiguresFound) -> None:
    """Store an answer; the same row twice is harmless while both say the same."""
    key = line.key
    place = (table.sheet.name, table.cell(row, VALUE if typed.value is not None or typed.choice is None else CHOICE))
    if isinstance(answer, CellProblem):
        found.tell(table, row, VALUE if typed.value is not None else CHOICE, key, label, answer)
        found.typed[key] = typed
    elif answer != UNANSWERED and key in found.figures and found.figures[key] != answer:
        told = CellProblem(
            f"chỉ tiêu này có hai dòng với hai số khác nhau (dòng kia: {found.places[key][1]}).", "Giữ một dòng, xóa dòng kia."
        )
        found.tell(table, row, VALUE, key, label, told)
    elif answer != UNANSWERED:
        found.figures[key] = answer  # type: ignore[assignment]  # an answer that is not empty is a figure
        found.typed[key], found.places[key] = typed, place
    else:
        found.typed.setdefault(key, typed)
    found.places.setdefault(key, place)


def _take_note(table: Table, row: int, line: Line, label: str, note: str | float | None, found: FiguresFound) -> None:
    if note is None or note == "":
        return
    text = written(plain_number(note) if type(note) is float else str(note)).strip()
    if not text:
        return
    if line.is_walled:
        found.tell(table, row, NOTE, line.key, label, CellProblem(_WALLED, "Xóa ghi chú ở ô này."))
    elif len(text) > MOST_EXPLAINED:
        told = CellProblem(f"Ghi chú dài {len(text)} ký tự.", f"Tối đa {MOST_EXPLAINED} ký tự; viết dài ở trang “Lời văn”.")
        found.tell(table, row, NOTE, line.key, label, told)
    elif found.notes.setdefault(line.key, text) != text:
        found.tell(
            table, row, NOTE, line.key, label, CellProblem("hai dòng của chỉ tiêu này có hai ghi chú khác nhau.", "Giữ một ghi chú.")
        )


def _merged(table: Table, seen: dict[str, list[int]], plan: Plan) -> list[WorkbookProblem]:
    """Merged cells that swallowed an answer: whose number is the one that is left?"""
    answered = sorted(row for key, rows in seen.items() if key not in plan.computed for row in rows)
    places = {table.columns[column] for column in (VALUE, CHOICE) if column in table.columns}
    problems = []
    for block in table.sheet.merged:
        covered = [
            place for place in sorted(places) if block.left <= place <= block.right and (block.left < place or block.bottom > block.top)
        ]
        if not covered or (block.bottom == block.top and block.left in places):
            continue  # number and choice of one row: there is but one answer
        rows = answered[bisect_left(answered, block.top) : bisect_right(answered, block.bottom)]
        if any(table.sheet.at(row, covered[0]) is None for row in rows):
            problems.append(WorkbookProblem(_SWALLOWED, "Bỏ gộp ô (Unmerge), rồi ghi từng ô.", table.sheet.name, _span(block)))
    return problems


def _span(block: Block) -> str:
    return f"{a1(block.top, block.left)}:{a1(block.bottom, block.right)}"


def _hidden(table: Table, seen: dict[str, list[int]], found: FiguresFound) -> list[WorkbookProblem]:
    """Answers that whoever looks at the sheet does not see: they count, and are told."""
    if not table.sheet.hidden_rows and not table.sheet.hidden_columns:
        return []
    hidden = [row for key, rows in seen.items() if key in found.figures for row in rows if row in table.sheet.hidden_rows]
    problems = [
        WorkbookProblem(
            f"Dòng {row + 1} đang bị ẩn nhưng có số liệu; Khéo vẫn đọc.", "Hiện dòng và xem lại con số.", table.sheet.name,
            table.cell(row, VALUE), severity="question", stage="note",
        )
        for row in sorted(hidden)
    ]  # fmt: skip
    for column in (VALUE, CHOICE):
        if table.columns.get(column) in table.sheet.hidden_columns:
            told = f"Cột “{TITLES[column]}” đang bị ẩn; Khéo vẫn đọc."
            problems.append(WorkbookProblem(told, "Hiện cột và xem lại.", table.sheet.name, severity="question", stage="note"))
    return problems


def _gone(sheet: RawSheet, seen: dict[str, list[int]], plan: Plan) -> list[WorkbookProblem]:
    """Rows of the template that are no longer there, and rows that are there twice."""
    gone = [key for key in plan.answer_keys if key not in seen]
    problems = [
        WorkbookProblem(
            f"{plan.labels[key]}: dòng này không còn trong bảng.", "Chép lại dòng từ mẫu mới.", sheet.name, target=key, stage="report"
        )
        for key in gone
    ]
    for key, rows in seen.items():
        if len(rows) > 1:
            told = ", ".join(str(row + 1) for row in rows)
            problems.append(
                WorkbookProblem(
                    f"{plan.labels[key]}: có nhiều dòng cùng mã ({told}).",
                    "Giữ một dòng.",
                    sheet.name,
                    f"A{rows[-1] + 1}",
                    key,
                    "question",
                    "note",
                )
            )
    return problems


def is_figures_sheet(sheet: RawSheet, plan: Plan) -> bool:
    """Whether a sheet without signature is the one to fill in: most codes of the edition stand in it."""
    if sheet.name == FIGURES:
        return True
    codes = {value for values in sheet.rows.values() for value in values if type(value) is str and value in plan.lines}
    return len(codes) * 2 > len(plan.lines)
