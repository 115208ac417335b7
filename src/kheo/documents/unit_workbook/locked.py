"""What stands where nothing was to be written: overwritten names, totals and last period's numbers, and values outside the template."""

from collections.abc import Callable, Collection, Mapping, Sequence

from kheo.core.answers import UNANSWERED, write_answer
from kheo.core.figures import Figure, with_totals
from kheo.core.numbers import format_int
from kheo.core.text import nfc
from kheo.documents.grid.raw import Value
from kheo.documents.unit_workbook import excel
from kheo.documents.unit_workbook.answers import answer_in, plain_number
from kheo.documents.unit_workbook.layout import CHOICE, CODE, KEPT, NAME, NOTE, PAST, STATUS, UNIT, VALUE, Line, a1
from kheo.documents.unit_workbook.plan import Plan
from kheo.documents.unit_workbook.problems import WorkbookProblem
from kheo.documents.unit_workbook.table import Table

_LOCKED = "Ô này đã khóa; Khéo không lấy gì từ đây. Trả lại như mẫu."
_SYSTEM_WORDS = "Khéo tự đếm"
_TOLD = (excel.WRONG, excel.MUST, excel.ASK, excel.OPEN_WORDS, excel.GOOD_SIGN)
_ECHO = 60


def locked_problems(table: Table, row: int, values: Sequence[Value], line: Line, plan: Plan) -> list[WorkbookProblem]:
    """Names, units and last period's numbers that are no longer what the template says; answers where there is no question."""
    problems = []
    for column, wanted in ((NAME, plan.names[line.key]), (UNIT, line.indicator.unit if line.indicator else "")):
        value = table.value(values, column)
        if value != wanted and value is not None and nfc(str(value)) != nfc(wanted):
            told = f"{plan.labels[line.key]}: “{_echo(value)}” khác với mẫu; Khéo đọc theo mã."
            problems.append(_note(table, row, column, line.key, told, f"Như mẫu: {nfc(wanted)}."))
    if _is_past_changed(table, values, line):
        kept = str(table.value(values, KEPT) or "trống")
        told = f"{plan.labels[line.key]}: số kỳ trước bị sửa thành “{_echo(table.value(values, PAST)) or 'trống'}”; Khéo không lấy số này."
        problems.append(_note(table, row, PAST, line.key, told, f"Như mẫu: {kept}."))
    if line.kind != "cell":
        problems += [
            _note(table, row, column, line.key, f"{plan.labels[line.key]}: ô này không nhận gì; “{_echo(value)}” không được đọc.", _LOCKED)
            for column in (CHOICE, NOTE)
            if (value := table.value(values, column)) is not None
        ]
    return problems


def untouched(table: Table, plan: Plan) -> Callable[[str, Sequence[Value]], bool]:
    """A quick look by which most rows need no closer one: name, unit of measure and last period stand as the template wrote them."""
    columns = (NAME, UNIT, PAST, KEPT)
    if not table.columns.keys() >= set(columns):
        return lambda key, values: False
    pick = table.picker(*columns)

    def is_untouched(key: str, values: Sequence[Value]) -> bool:
        name, unit, number, text = pick(values)
        if name != plan.names[key] or unit != plan.units[key]:
            return False
        return past_as_kept(number, text) if plan.is_whole[key] else number == text

    return is_untouched


def past_as_kept(past: Value, kept: Value) -> bool:
    """Whether last period's whole number is plainly the one that the hidden column keeps as a text."""
    return past == kept or (type(past) is float and past.is_integer() and format_int(int(past)) == kept)


def _is_past_changed(table: Table, values: Sequence[Value], line: Line) -> bool:
    """Last period stands twice, once in a hidden column: both say the same, unless somebody wrote over the one that is seen."""
    past, kept = table.value(values, PAST), table.value(values, KEPT)
    if (past is None and kept is None) or past == kept or KEPT not in table.columns:
        return False
    if type(past) is float and past.is_integer() and line.decimals == 0 and format_int(int(past)) == kept:
        return False
    return answer_in(past, None, line.decimals) != answer_in(kept, None, line.decimals)


def computed_problems(table: Table, seen: Mapping[str, Sequence[int]], plan: Plan, figures: Mapping[str, Figure]) -> list[WorkbookProblem]:
    """Totals and ratios written over by hand. A total that is what its parts give is no matter."""
    totals = with_totals(plan.definition, figures)
    problems = []
    for key, rows in seen.items():
        if key not in plan.computed:
            continue
        line = plan.lines[key]
        for row in rows:
            place = (row, table.columns.get(VALUE, VALUE))
            value = table.sheet.at(*place)
            if value is None or place in table.sheet.formulas or value == _SYSTEM_WORDS:
                continue
            problems += _computed(table, row, value, line, plan, totals)
    return problems


def _computed(table: Table, row: int, value: Value, line: Line, plan: Plan, totals: Mapping[str, Figure]) -> list[WorkbookProblem]:
    label = plan.labels[line.key]
    if line.kind == "ratio":
        return [_note(table, row, VALUE, line.key, f"{label}: Khéo tự tính; “{_echo(value)}” không được đọc.", _LOCKED)]
    right = totals.get(line.key, UNANSWERED)
    if answer_in(value, None, line.decimals) == right:
        return []
    shown = write_answer(right, line.decimals) or "chưa có"
    told = f"{label}: tổng gõ tay là “{_echo(value)}”, các phần cộng lại là {shown}."
    return [
        WorkbookProblem(told, "Ghi số vào từng phần; tổng do Khéo tính.", table.sheet.name, table.cell(row, VALUE), line.key, part="other")
    ]


def outside_problems(table: Table, row: int, values: Sequence[Value], plan: Plan) -> list[WorkbookProblem]:
    """A row whose code is not in the edition: a value in it is never dropped unsaid."""
    code = table.value(values, CODE)
    if isinstance(code, str) and (nfc(code) in plan.headings) and not any(_answers(table, row, values)):
        return []
    told = f"mã “{_echo(code)}” không có trong mẫu" if code is not None else "dòng không có mã"
    problems = []
    for place, value in _answers(table, row, values):
        message = f"“{_echo(value)}” nằm ở dòng không đọc được: {told}."
        problems.append(WorkbookProblem(message, "Ghi vào dòng có mã của mẫu, rồi xóa dòng này.", table.sheet.name, a1(row, place)))
    if not problems and any(value is not None for value in values):
        first = next(place for place, value in enumerate(values) if value is not None)
        message = f"Dòng không thuộc mẫu, không được đọc: “{_echo(values[first])}”."
        problems.append(WorkbookProblem(message, "Xóa dòng này.", table.sheet.name, a1(row, first), severity="question", stage="note"))
    return problems


def _answers(table: Table, row: int, values: Sequence[Value]) -> list[tuple[int, Value]]:
    """What stands in the answer columns of a row, odd cells as they look."""
    found: list[tuple[int, Value]] = []
    for column in (VALUE, CHOICE, NOTE):
        place = table.columns.get(column, -1)
        value, odd = table.value(values, column), table.odd(row, column)
        if value is not None or (odd is not None and odd.text):
            found.append((place, odd.text if odd and odd.text else value))
    return found


def stray_problems(table: Table, read: Collection[int]) -> list[WorkbookProblem]:
    """Values in columns that the template does not have, in its column of checks, and above it in rows that were not read."""
    if table.head is None:
        return []
    known = set(table.columns.values())
    above = {table.columns.get(column, column) for column in (VALUE, CHOICE, NOTE)}
    status = table.columns.get(STATUS, STATUS)
    problems = []
    for row, values in table.sheet.rows.items():
        is_remarked = len(values) > status and values[status] != excel.GOOD_SIGN and is_remark(values[status])
        if row == table.head or (row in read and len(values) <= len(known) and not is_remarked):
            continue
        if row not in read and table.is_above(row):
            strays = [place for place in sorted(above) if place < len(values)]
        else:
            strays = [place for place, value in enumerate(values) if place not in known] + [status] * is_remarked
        for place in strays:
            if (value := values[place]) is not None:
                message = f"“{_echo(value)}” nằm ngoài các cột của mẫu, không được đọc."
                problems.append(
                    WorkbookProblem(
                        message, "Ghi vào đúng ô nền vàng, hoặc xóa.", table.sheet.name, a1(row, place), severity="question", stage="note"
                    )
                )
    return problems


def is_remark(value: Value) -> bool:
    """Whether a text in the column of checks was written by somebody, not by the formulas that stand there."""
    return value is not None and not (isinstance(value, str) and value.startswith(_TOLD))


def _note(table: Table, row: int, column: int, key: str, message: str, expected: str) -> WorkbookProblem:
    return WorkbookProblem(message, expected, table.sheet.name, table.cell(row, column), key, "question", "note", "other")


def _echo(value: Value) -> str:
    text = plain_number(value) if type(value) is float else nfc(str("" if value is None else value))
    shown = "".join(each if each.isprintable() else " " for each in text[:_ECHO])
    return f"{shown}…" if len(text) > _ECHO else shown
