"""A CSV under a header row, as lines of cells with their numbers; what has not the shape of one is told with its line."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from kheo.core.problems import Problem


@dataclass(frozen=True)
class Row:
    """A line of the file: its number from 1, and its cells, trimmed and in NFC."""

    line: int
    cells: tuple[str, ...]


def read_header(text: str) -> tuple[str, ...] | None:
    """The names of the columns in small letters; None where the first line is no CSV."""
    try:
        return tuple(cell.strip().lower() for cell in next(csv.reader(io.StringIO(text), strict=True), []))
    except csv.Error:
        return None


def read_rows(text: str, columns: int, file: str, *, none: str) -> tuple[list[Row], list[Problem]]:
    """The rows under the header, empty ones left out, and every line of another width.

    A file that is torn somewhere gives no row at all: nobody knows what its lines are. `none`: said of a file without a row.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        next(reader, None)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != columns:
                problems.append(Problem(f"Cần {columns} cột, dòng này có {len(cells)} cột.", file, line))
                continue
            rows.append(Row(line, tuple(unicodedata.normalize("NFC", cell).strip() for cell in cells)))
    except csv.Error as error:
        return [], [*problems, torn(error, file, max(reader.line_num, 1))]
    if not rows and not problems:
        problems.append(Problem(none, file, 2))
    return rows, problems


def torn(error: csv.Error, file: str, line: int) -> Problem:
    """What is wrong with a line that is no CSV."""
    reason = str(error)
    if "field larger" in reason:
        told = "một ô dài quá 131.072 ký tự"
    else:
        told = "dấu nháy kép mở mà không đóng đúng chỗ" if "'" in reason or "quote" in reason or "end of data" in reason else "ký tự lạ"
    return Problem(f"Dòng không đúng dạng CSV ({told}).", file, line)
