"""Tables that are no rows of cells any more, as a text layer or a copy gives them: columns that ran together, or a cell on each line.

`TT Nhiệm vụ Đơn vị chủ trì Thời hạn hoàn thành` stands above rows that begin with their number and end with their limit: where the work
ends and who does it begins cannot be told, so both are told as the work. Cells below each other are told by how many heads there are.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kheo.core.directives.body import Span
from kheo.core.directives.found import Place
from kheo.core.directives.limit_cells import WORD_OF_LIMIT, Due, due_by, sent_to
from kheo.core.directives.lined import at_lines
from kheo.core.directives.paper import Paper, bare, rule, tidy
from kheo.core.directives.tables import limit_column
from kheo.core.directives.times import points

_HEAD = re.compile(
    r"^[^\S\n]*(?:S?TT|Số TT)\.? (?=[^\n|]*(?:[Nn]hiệm vụ|[Nn]ội dung|[Cc]ông việc|[Hh]oạt động|[Bb]áo cáo|[Ss]ản phẩm|[Vv]iệc))"
    r"[^\n|]{4,160}? (?:[Tt]hời (?:hạn|gian|điểm)|[Tt]iến độ|[Hh]ạn)(?: (?:hoàn thành|thực hiện|trình|ban hành|báo cáo|gửi|nộp))*"
    r"[^\S\n]*$",
    re.MULTILINE,
)
_TIMES = rule(r" thoi (?:gian|diem)(?: thuc hien)?$")  # under which times of events stand too: there a row needs a word of limit
_SIGN = re.compile(r"TT\.?\s")  # of which every head holds one: only such lines are tried
_WIDE = re.compile(r"\S(?:[ ]*\t|  )\s*\S")  # columns that stand apart are read by these: looked for in the text as it was given
_WORDS = re.compile(r"\S+")
_STACKED = re.compile(
    r"^[^\S\n]*(?:S?TT|Số TT)\.?[^\S\n]*\n((?:[^\S\n]*[^\W\d][^\n|]{1,60}\n){2,7}?)(?=[^\S\n]*0?1[.)]?[^\S\n]*\n)", re.MULTILINE
)
_CELL = re.compile(r"[^\S\n]*(\S[^\n]*)\n?")
_NUMBER = re.compile(r"0?\d{1,3}[.)]?")
_MOST_LINES = 6  # of a row
_LONGEST_LIMIT = 8  # words
_FEWEST_WORDS = 2  # of the work


def due_in_flat_tables(paper: Paper, start: int, end: int) -> Iterator[Due]:
    """Rows between two places that end with a limit, or whose first line does (the work then goes on below it), or that say one."""
    for head, *rows in _tables(paper, start, end):
        strict = bool(_TIMES.search(paper.bare, head.start, head.end))
        for row in rows:
            yield from _limits(paper, row, strict) or _limits(paper, _first_line(paper, row), strict) or _said_inside(paper, row)


def due_in_stacked_tables(paper: Paper, start: int, end: int) -> Iterator[Due]:
    """Rows between two places whose cells stand below each other, under heads that do: a cell of several lines is the work's."""
    for head, rows in _stacks(paper, start, end):
        heads = [cell[1] for cell in _CELL.finditer(head[1])]
        found = limit_column([bare(tidy(each)) for each in heads])
        for index, (row, cells) in enumerate(rows if found else ()):
            # What follows the last row may stand right below it: the first lines are its cells, if they say a limit.
            forms = [cells] if index + 1 < len(rows) else [cells[: len(heads)], cells]
            yield from next((due for form in forms if (due := _of_cells(row, form, len(heads), *(found or (0, 0, False))))), [])


def _of_cells(row: Place, cells: list[str], columns: int, task: int, limit: int, strict: bool) -> list[Due]:
    said = bare(tidy(cells[limit - columns]))
    work = tidy(" ".join(cells[task : len(cells) - (columns - 1 - task)]))
    due = due_by(said, Due(row, work, sent_to(work))) if not strict or WORD_OF_LIMIT.search(said) else None
    return [due] if due and (due.period or due.month or due.when) else []


def flat_rows(paper: Paper, start: int, end: int) -> list[Place]:
    """Heads and rows between two places: no sentences."""
    stacked = [row for head, rows in _stacks(paper, start, end) for row in (Place(*head.span()), *(row for row, _ in rows))]
    return [*(row for table in _tables(paper, start, end) for row in table), *stacked]


def _stacks(paper: Paper, start: int, end: int) -> Iterator[tuple[re.Match[str], list[tuple[Place, list[str]]]]]:
    """Each head with its rows: where they stand, and their cells without the number. Lines of nothing but a number count, which
    elsewhere are a page's: where a page ends before a row, its number may be that of the row, said twice.
    """
    for head in at_lines(_STACKED, _SIGN, paper.text, start, end):
        columns, rows = head[1].count("\n"), list[tuple[Place, list[str]]]()
        at, number, cells, begun = head.end(), 0, list[str](), head.end()
        while cell := _CELL.match(paper.text, at, end):
            if rows and not cells and cell[1].strip() == paper.text[begun : rows[-1][0].end]:
                rows[-1], begun = (Place(cell.start(1), cell.end(1)), cells), cell.start(1)
            elif _NUMBER.fullmatch(cell[1].strip()) and int(cell[1].strip(" .)")) == number + 1 and (number == 0 or len(cells) >= columns):
                number, cells, begun = number + 1, [], cell.start(1)
                rows.append((Place(begun, cell.end(1)), cells))
            elif len(cells) < columns + _MOST_LINES:
                cells.append(cell[1].strip())
                rows[-1] = (Place(begun, cell.end(1)), cells)
            else:
                break
            at = cell.end()
        yield head, [row for row in rows if len(row[1]) >= columns]


def _tables(paper: Paper, start: int, end: int) -> Iterator[list[Place]]:
    """Each table: its head, then its rows."""
    for head in at_lines(_HEAD, _SIGN, paper.clean, start, end):
        rows = list(_rows(paper.clean, head.end(), end)) if not _WIDE.search(paper.text[head.start() : head.end()]) else []
        if rows:
            rows[-1] = _without_what_follows(paper, rows[-1])
            yield [Place(head.start() + len(head[0]) - len(head[0].lstrip()), head.start() + len(head[0].rstrip())), *rows]


def _rows(clean: str, at: int, end: int) -> Iterator[Place]:
    """Lines that begin with 1, 2, 3 …, each with those below it up to the next number, or up to an empty line."""
    number, begun, last, lines = 0, -1, at, 0
    while at < end:
        stop = clean.find("\n", at, end)
        stop = stop if stop >= 0 else end
        line = clean[at:stop]
        if re.match(rf"\s*0?{number + 1}[.)]? \S", line):
            if begun >= 0:
                yield Place(begun, last)
            number, begun, lines = number + 1, at + len(line) - len(line.lstrip()), 0
        elif begun < 0 and line.strip():
            return
        elif begun >= 0 and (not line.strip() or lines >= _MOST_LINES):
            following = re.compile(rf"\s*\n\s*0?{number + 1}[.)]? \S").match(clean, stop, end)
            if not following:
                break
        if line.strip():
            last, lines = at + len(line.rstrip()), lines + 1
        at = stop + 1
    if begun >= 0:
        yield Place(begun, last)


def _first_line(paper: Paper, row: Place) -> Place:
    stop = paper.clean.find("\n", row.start, row.end)
    return Place(row.start, stop if stop >= 0 else row.end)


def _without_what_follows(paper: Paper, row: Place) -> Place:
    """The last row up to its limit, where a sentence stands right below it: that is no part of the table."""
    first = _first_line(paper, row)
    below = paper.clean[first.end : row.end].lstrip()
    return first if below[:1].isupper() and _limits(paper, first, strict=False) else row


def _said_inside(paper: Paper, row: Place) -> list[Due]:
    """`Gửi báo cáo về Sở … trước ngày … để tổng hợp`: limits in the words of a row that ends with none."""
    task = tidy(paper.clean[row.start : row.end]).lstrip("0123456789.) ")
    return [
        Due(row, task, sent_to(task), each.when, each.month, each.period, each.day)
        for each in points(paper.bare, Span(row.start, row.end))
        if each.when or each.month
    ]


def _limits(paper: Paper, row: Place, strict: bool) -> list[Due]:
    """The limit that the words of a row end with, the most of them that say one."""
    words = list(_WORDS.finditer(paper.clean, row.start, row.end))[1:]  # without its number
    for count in range(min(_LONGEST_LIMIT, len(words) - _FEWEST_WORDS), 0, -1):
        limit = bare(" ".join(word[0] for word in words[-count:]))
        task = " ".join(word[0] for word in words[:-count]).rstrip(" ,;:")
        due = due_by(limit, Due(row, task, sent_to(task)))
        if due and (due.period or due.month or due.when) and (not strict or WORD_OF_LIMIT.search(limit)):
            return [replace(due, place=row)]
    return []
