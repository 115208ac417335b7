"""Reading a CSV of units (code, name, kind, parent_code): every wrong line is told, nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.csv_lines import read_header, read_rows
from kheo.core.problems import Problem
from kheo.core.tree import Edge, TreeError, build_snapshot
from kheo.core.unit_kinds import KINDS

COLUMNS = ("code", "name", "kind", "parent_code")
MAX_CODE, MAX_NAME = 60, 300


@dataclass(frozen=True)
class UnitRow:
    """One line of the file; `parent_code` is empty for a root."""

    line: int
    code: str
    name: str
    kind: str
    parent_code: str


@dataclass(frozen=True)
class KnownUnit:
    """What the tree already says about a code on the day of loading."""

    name: str
    kind: str


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """UTF-8 text, with or without a byte order mark; other encodings are refused with the line of the first bad byte."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem("Tệp không phải mã UTF-8. Hãy lưu lại dưới dạng “CSV UTF-8”.", file, line)]


def read_units(text: str, file: str, known: Mapping[str, KnownUnit]) -> tuple[tuple[UnitRow, ...], tuple[Problem, ...]]:
    """Rows in file order and all problems at once; load nothing when there is any problem.

    `known`: units already in the tree on the day, by code. A parent may be one of them.
    """
    rows, problems = _parse(text, file)
    problems += _field_problems(rows, file)
    problems += _duplicates(rows, file)
    problems += _parent_problems(rows, file, known)
    problems += _differences(rows, file, known)
    problems += _cycles(rows, file)
    return tuple(rows), tuple(sorted(problems, key=lambda problem: (problem.line, problem.key)))


def _parse(text: str, file: str) -> tuple[list[UnitRow], list[Problem]]:
    header = read_header(text)
    if header is not None and header != COLUMNS:
        return [], [_header_problem(header, file)]
    rows, problems = read_rows(text, len(COLUMNS), file, none="Tệp không có đơn vị nào.")
    return [UnitRow(row.line, *row.cells) for row in rows], problems


def _header_problem(header: Sequence[str], file: str) -> Problem:
    if not any(header):
        return Problem(f"Tệp rỗng. Dòng đầu phải là: {','.join(COLUMNS)}.", file, 1)
    missing = [name for name in COLUMNS if name not in header]
    detail = f"thiếu cột {', '.join(missing)}" if missing else "thừa cột hoặc sai thứ tự"
    return Problem(f"Dòng đầu phải là đúng: {','.join(COLUMNS)} ({detail}).", file, 1)


def _field_problems(rows: list[UnitRow], file: str) -> list[Problem]:
    problems: list[Problem] = []
    for row in rows:
        for key, value, limit in (("code", row.code, MAX_CODE), ("name", row.name, MAX_NAME)):
            if not value:
                problems.append(Problem("Ô này không được để trống.", file, row.line, key))
            elif len(value) > limit:
                problems.append(Problem(f"Dài {len(value)} ký tự, tối đa {limit}.", file, row.line, key))
            elif not value.isprintable():
                problems.append(Problem("Có ký tự không in được.", file, row.line, key))
        if row.kind not in KINDS:
            problems.append(Problem(f"Loại đơn vị “{row.kind[:40]}” không có. Các loại: {', '.join(KINDS)}.", file, row.line, "kind"))
    return problems


def _duplicates(rows: list[UnitRow], file: str) -> list[Problem]:
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for row in rows:
        if row.code and row.code in first:
            problems.append(Problem(f"Mã “{row.code[:60]}” đã có ở dòng {first[row.code]}.", file, row.line, "code"))
        first.setdefault(row.code, row.line)
    return problems


def _parent_problems(rows: list[UnitRow], file: str, known: Mapping[str, KnownUnit]) -> list[Problem]:
    codes = {row.code for row in rows}
    return [
        Problem(f"Không có đơn vị cấp trên mang mã “{row.parent_code[:60]}”.", file, row.line, "parent_code")
        for row in rows
        if row.parent_code and row.parent_code not in codes and row.parent_code not in known
    ]


def _differences(rows: list[UnitRow], file: str, known: Mapping[str, KnownUnit]) -> list[Problem]:
    """A load adds units; it never renames one behind its history."""
    problems: list[Problem] = []
    for row in rows:
        unit = known.get(row.code)
        if unit and (unit.name, unit.kind) != (row.name, row.kind):
            message = f"Mã “{row.code}” đang là “{unit.name}” ({unit.kind}); nạp tệp không đổi tên, đổi loại đơn vị đã có."
            problems.append(Problem(message, file, row.line, "code"))
    return problems


def _cycles(rows: list[UnitRow], file: str) -> list[Problem]:
    line_of = {row.code: row.line for row in rows}
    index = {code: number for number, code in enumerate(line_of)}
    parents = {row.code: row.parent_code if row.parent_code in index else "" for row in rows}
    edges = [Edge(index[code], index[parent] if parent else None) for code, parent in parents.items()]
    try:
        build_snapshot(edges)
    except TreeError as error:
        codes = list(index)
        at_fault = _on_cycle([codes[unit] for unit in error.units], parents)
        message = "Các đơn vị này làm cấp trên của nhau theo vòng tròn: " + " → ".join(at_fault[:10]) + "."
        return [Problem(message, file, line_of[code], "parent_code") for code in at_fault]
    return []


def _on_cycle(codes: list[str], parents: Mapping[str, str]) -> list[str]:
    """Only the units on a cycle itself, not those merely hanging below it."""
    found: list[str] = []
    for start in codes:
        above = parents[start]
        seen = {start}
        while above and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == start:
            found.append(start)
    return found
