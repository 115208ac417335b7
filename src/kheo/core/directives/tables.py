"""Deadlines in tables (`STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành | Sản phẩm`), as annexes of plans have them.

A table is rows of cells between bars, as Word files are opened and Markdown writes them. Only a column that is headed by a limit counts;
`Thường xuyên`, a year or a span of months is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kheo.core.directives.dates import OF_A_YEAR, WHOLE, When, of_a_year, whole
from kheo.core.directives.found import Place
from kheo.core.directives.paper import Paper, bare, rule, tidy
from kheo.core.directives.spans import alone

_ROW = re.compile(r"^[^\S\n]*(?=[^\n]*\|[^\n]*\|)[^\n]+$", re.MULTILINE)
_CELL = re.compile(r"[^|\n]+")
_LIMIT = rule(r"^\W*(?:thoi gian|thoi han|tien do|han)(?: (?:hoan thanh|thuc hien|trinh|ban hanh|bao cao|gui|cuoi))*\W*$")
_TASK = rule(
    r"^\W*(?:ten |noi dung )?(?:cac )?(?:bao cao|tai lieu|ho so|san pham|nhiem vu|noi dung|cong viec|dau viec|viec"
    r"|hoat dong|van ban|de an|chi tieu)\b"
)
_SENT_TO = rule(r"^\W*(?:noi nhan|co quan nhan|don vi nhan|cap trinh|trinh cap)\b")
_REMARK = r"(?:[a-z ]{3,40}:\s*)?"  # `Báo cáo kết quả: 12/02`
_BY = r"\W*(?:(?:truoc|cham nhat|xong|trong|hoan thanh|den|het|han)[\s:]+(?:la |vao |trong |truoc |ngay )*)*"
_DATE, _DAY = rule(rf"^{_REMARK}{_BY}{WHOLE}\W*$"), rule(rf"^{_REMARK}{_BY}{OF_A_YEAR}(?: (?:hang|moi) nam)?\W*$")
_EVERY = {"quy": "quarter", "thang": "month", "tuan": "week", "nam": "year"}
_RHYTHM = rule(r"^\W*(?:bao cao )?(?:hang|moi) (quy|thang|tuan)\W*$")
_MAY_BE_EVENT, _WORD_OF_LIMIT = rule(r"^\W*thoi gian(?: thuc hien)?\W*$"), rule(r"\b(?:truoc|cham nhat|xong|hoan thanh|han|muon nhat)\b")
_MONTHLY = rule(r"^\W*(?:truoc )?ngay \d{1,2} (?:(hang thang)|(?:cua )?thang (?:dau|cuoi)(?: cung)? (?:cua )?quy)\W*$")
_FEWEST = 3  # columns: a head of two columns with bars is none


@dataclass(frozen=True)
class Due:
    """A row with its limit: `task` and `to` as the cells say them; one of `when`, `month`, `period`."""

    place: Place
    task: str
    to: str | None
    when: When | None = None
    month: str | None = None
    period: str = "once"


@dataclass(frozen=True)
class _Heads:
    """Which column says what; `count` of columns. `strict`: times of events stand there too, so a cell needs a word of limit."""

    count: int
    task: int
    limit: int
    strict: bool
    to: int | None


def due_in_tables(paper: Paper, start: int, end: int) -> Iterator[Due]:
    """Rows between two places whose column of limits holds one."""
    if "|" not in paper.text:
        return
    heads: _Heads | None = None
    for row in _ROW.finditer(paper.text, start, end):
        cells = _cells(row)
        said = [bare(tidy(cell[0])) for cell in cells]
        found = _heads(said)
        if found:
            heads = found
        elif heads and len(cells) == heads.count and (not heads.strict or _WORD_OF_LIMIT.search(said[heads.limit])):
            due = _due(said[heads.limit], Due(_place(row), tidy(cells[heads.task][0]), _to(heads, cells)))
            if due and due.task:
                yield due


def rows_of_tables(paper: Paper, start: int, end: int) -> list[Place]:
    """All rows of three cells or more between two places: no sentences."""
    if "|" not in paper.text:
        return []
    return [Place(row.start(), row.end()) for row in _ROW.finditer(paper.text, start, end) if len(_cells(row)) >= _FEWEST]


def _cells(row: re.Match[str]) -> list[re.Match[str]]:
    found = list(_CELL.finditer(row.string, row.start(), row.end()))
    while found and not found[0][0].strip():
        found.pop(0)
    while found and not found[-1][0].strip() and row[0].rstrip().endswith("|") and found[-1].end() == row.end():
        found.pop()
    return found


def _heads(said: list[str]) -> _Heads | None:
    limit = next((index for index, each in enumerate(said) if _LIMIT.match(each)), None)
    strict = limit is not None and bool(_MAY_BE_EVENT.match(said[limit]))
    task = next((index for index, each in enumerate(said) if _TASK.match(each)), None)
    if limit is None or task is None or len(said) < _FEWEST:
        return None
    return _Heads(len(said), task, limit, strict, next((index for index, each in enumerate(said) if _SENT_TO.match(each)), None))


def _place(row: re.Match[str]) -> Place:
    return Place(row.start() + len(row[0]) - len(row[0].lstrip(" |")), row.start() + len(row[0].rstrip(" |")))


def _to(heads: _Heads, cells: list[re.Match[str]]) -> str | None:
    return (tidy(cells[heads.to][0]) or None) if heads.to is not None else None


def _due(limit: str, row: Due) -> Due | None:
    dated = _DATE.match(limit)
    if dated:
        when = whole(dated)
        return replace(row, when=when) if when else None
    day = _DAY.match(limit)
    if day:
        when = of_a_year(day)
        return replace(row, when=when, period="year" if "nam" in limit else "once") if when else None
    rhythm = _RHYTHM.match(limit)
    if rhythm:
        return replace(row, period=_EVERY[rhythm[1]])
    monthly = _MONTHLY.match(limit)
    if monthly:
        return replace(row, period="month" if monthly[1] else "quarter")
    month = alone(limit)
    return replace(row, month=month) if month else None
