"""Deadlines in tables (`STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành | Sản phẩm`), as annexes of plans have them.

A table is rows of cells between bars, as Word files are opened and Markdown writes them, or parted by semicolons under a head, as sheets
are saved. Only a column that is headed by a limit counts;
`Thường xuyên`, a year or a span of months is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kheo.core.directives.addressing import addressee, office_at
from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.found import Place
from kheo.core.directives.limit_cells import EVERY, WORD_OF_LIMIT, Due, due_by, sent_to
from kheo.core.directives.lined import at_lines
from kheo.core.directives.paper import Paper, bare, rule, tidy
from kheo.core.directives.periods import periods

_ROW = re.compile(r"^[^\S\n]*(?=[^\n]*\|[^\n]*\|)[^\n]+$", re.MULTILINE)
# A row that begins with a bar and whose cells break over lines: up to the line that ends with one.
_BROKEN = re.compile(
    r"^[^\S\n]*\|[^\n]*[^|\s][^\S\n]*(?:\n(?![^\S\n]*\|)[^\n]*[^|\s][^\S\n]*){0,6}\n(?![^\S\n]*\|)[^\n]+\|[^\S\n]*$", re.MULTILINE
)
_BAR = re.compile(r"\|")
_CELL = re.compile(r"[^|]+")
# `TT;Nội dung;Đơn vị thực hiện;Thời hạn`: without such a head semicolons part sentences.
_HEAD_OF_SHEET = re.compile(r"^[^\n;|]{1,60}(?:;[^\n;|]{1,60}){2,9};?$", re.MULTILINE)
_MAY_BE_SHEET = re.compile(r";[^\S\n]*(?:[Tt]h[ờo]i (?:h[ạa]n|gian)|[Tt]i[ếe]n đ[ộo]|[Hh]ạn)[^\n;]{0,30}(?:;|$)", re.MULTILINE)
_LINE, _CELL_OF_SHEET = re.compile(r"^[^\n]+$", re.MULTILINE), re.compile(r"(?:^|(?<=;))[^;\n]*", re.MULTILINE)
# `STT   Nội dung   Thời gian   Phụ trách`, with gaps of two blanks or tabs.
_MAY_HEAD_COLUMNS = re.compile(r"[Tt](?:h[ờo]i (?:h[ạa]n|gian|đi[ểe]m)|i[ếe]n đ[ộo])|[Hh](?:ạn|oàn thành)")
_HEAD_OF_COLUMNS = re.compile(
    r"^(?=[^\n|]{0,160}?(?:[Tt]h[ờo]i (?:h[ạa]n|gian|đi[ểe]m)|[Tt]i[ếe]n đ[ộo]|[Hh]ạn|[Hh]oàn thành))"
    r"[^\n|;]{0,80}(?:\t|  )[^\n|;]{0,80}(?:(?:\t|  )[^\n|;]{0,80})?$",
    re.MULTILINE,
)
_SPACED, _RULED = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE), re.compile(r"[\s\-–—_=+.]*")
_CELL_OF_COLUMNS = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_LIMIT = rule(
    r"^\W*(?:(?:thoi gian|thoi han|thoi diem|tien do|han|moc thoi gian|khi nao|bao gio|ngay)"
    r"(?: (?:hoan thanh|thuc hien|trinh|ban hanh|bao cao|gui|cuoi|nop|xong|ket thuc|phai|chot|cung))*|(?:phai )?hoan thanh(?: truoc"
    r"| xong)?)(?:(?: (?:(?:gui|nop) )?(?:bao cao )?(?:ve|cho|den|toi)|(?<=trinh)|(?<=bao\scao)) (?P<office>[^|]{2,90}))?\W*$"
)
# `Kỳ báo cáo`: how often each report comes.
_OFTEN = rule(r"^\W*(?:dinh ky|ky(?: han)?|tan suat|chu ky|loai ky)(?: (?:bao cao|gui|thuc hien))*\W*$")
# Of such a cell, which has neither the word before a period nor one way of listing: `Quý / 6 tháng / 01 năm`, `01 lần/quý`, `Năm 2024`.
_NO_PERIOD = re.compile(r"\bnam\s+20\d\d|(?:/|\b0?1|\bmot)\s*lan\b|\b(?:0?1|mot)\s+(?=(?:nam|quy|thang|tuan)\b)")
_JOINED = re.compile(r"\s*[/;,+&–-]\s*|\s+va\s+")
_TASK = rule(
    r"^\W*(?:ten |noi dung )?(?:cac |loai )?(?:bao cao|tai lieu|ho so|san pham|nhiem vu|noi dung|cong viec|dau viec|viec"
    r"|hoat dong|van ban|de an|chi tieu)\b"
)
_SENT_TO = rule(r"^\W*(?:noi nhan|co quan nhan|don vi nhan|cap trinh|trinh cap)\b")
_REPORTED, _LONGEST_OFFICE = rule(r"^\W*(?:bao cao|gui|nop)(?: bao cao)? "), 80  # letters
_REMARKS, _OWED = rule(r"^\W*(?:ghi chu|noi nhan|gui)\b"), rule(r"^\W*gui (?:ve )?(?=\w)")
_MAY_BE_EVENT = rule(r"^\W*(?:thoi gian|thoi diem|ngay|khi nao|bao gio)(?: thuc hien)?\W*$")
_ONLY_A_YEAR = re.compile(r"\s*(?:nam\s+)?20\d\d\W*$")
_A_DAY = r"(?:(?:truoc|cham nhat|vao) )?(?:ngay )?\d{1,2}/\d{1,2}(?!/)(?: (?:hang|moi) nam)?"
_DAYS = rule(rf"^\W*{_A_DAY}(?:\s*(?:,|;|va|, va)\s*{_A_DAY}){{1,3}}\W*$")
_EACH_DAY = rule(r"(?:ngay )?\d{1,2}/\d{1,2}")
_NAMED_BY_PERIOD = rule(r"^\W*bao cao (?:(?:cong tac|dinh ky|tong ket|so ket) )*(quy|nam|0?6 thang|sau thang|thang|tuan)\b")
# A cell of kinds of reports that says no more than how often: `Quý I`, `6 tháng`, `Năm`.
_ONLY_A_PERIOD = rule(r"^\W*(?:ky |ca |hang )?(quy|nam|0?6 thang|sau thang|thang|tuan)(?: (?:i{1,3}|iv|[1-4]|dau nam))?\W*$")
_NUMBERS, _NUMBER = re.compile(r"\W*(?:s?tt|so (?:tt|thu tu))\W*"), re.compile(r"\d{1,3}[.)]?")
_MOST_BROKEN = 4  # lines
_LEAD = 500  # letters of the sentence above a table
_FEWEST, _TWO = 3, 2  # columns: two are a table only under a head of work and limit, where the limit is no long text
_LONGEST_LIMIT = 60  # letters


@dataclass(frozen=True)
class _Heads:
    """Which column says what; `count` of columns. `strict`: times of events stand there too, so a cell needs a word of limit.

    `numbered`: the first column holds the rows' numbers. `often`: how often; `office`: to whom all rows are sent, as the head of the limits
    says (`Thời hạn gửi về Sở Nội vụ`) or the sentence above the table.
    """

    count: int
    task: int
    limit: int
    strict: bool
    to: int | None
    remarks: int | None = None
    often: int | None = None
    office: str | None = None
    numbered: bool = False


def due_in_tables(paper: Paper, start: int, end: int) -> Iterator[Due]:
    """Rows between two places whose column of limits holds one."""
    heads: _Heads | None = None
    rows = _rows(paper, start, end)
    for index, row in enumerate(rows):
        cells = _cells(row)
        said = [bare(tidy(cell[0])) for cell in cells]
        found = _heads(said)
        if found:
            heads = replace(found, office=_office_of_head(tidy(cells[found.limit][0])) or _office_of_lead(paper, start, row.start()))
        elif heads and _is_cut_off(heads, said):
            short = replace(heads, to=_where(heads.to, cells), remarks=_where(heads.remarks, cells), often=_where(heads.often, cells))
            named = Due(_place(row), tidy(cells[heads.task][0]), _to(short, cells))
            yield from (due for due in _of_row(short, said, named) if due.task)
        elif heads and heads.task and heads.count > _TWO and row.re is _SPACED and len(cells) == heads.count - 1:
            short = replace(heads, task=heads.task - 1, limit=heads.limit - 1, to=None, remarks=None, often=None)
            yield from (due for due in _of_row(short, said, Due(_place(row), tidy(cells[short.task][0]), None)) if due.task)
        elif heads and len(cells) == heads.count and (heads.count > _TWO or _is_pair(heads, said)):
            said[heads.limit] += _rest_of_limit(heads, said[heads.limit], rows[index + 1 : index + 2])
            (task, end), (limit, _) = (_below(row, cells[each]) for each in (heads.task, heads.limit))
            place = replace(_place(row), end=end) if task else _place(row)
            named = Due(place, tidy(f"{cells[heads.task][0]} {task}"), _to(heads, cells))
            wrapped = [*said[: heads.limit], f"{said[heads.limit]} {bare(tidy(limit))}", *said[heads.limit + 1 :]] if limit else said
            yield from (due for due in _of_row(heads, wrapped, named) or _of_row(heads, said, named) if due.task)


def _is_cut_off(heads: _Heads, said: list[str]) -> bool:
    """A row with its number, as its head says, whose last cells are not there: those of the limit and the work are where they should be."""
    return heads.numbered and heads.limit < len(said) < heads.count and heads.task < len(said) and bool(_NUMBER.fullmatch(said[0]))


def _where(column: int | None, cells: list[re.Match[str]]) -> int | None:
    """A column, if a row that was cut off has it."""
    return column if column is not None and column < len(cells) else None


def _below(row: re.Match[str], cell: re.Match[str]) -> tuple[str, int]:
    """What stands under a cell of a row in columns, in the lines that begin no row: the rest of a cell that broke, and where that ends."""
    found, at, end, first = list[str](), row.end() + 1, row.end(), len(row[0]) - len(row[0].lstrip())
    for _ in range(_MOST_BROKEN if row.re is _SPACED and "\t" not in row[0] else 0):
        stop = row.string.find("\n", at)
        line = row.string[at : stop if stop >= 0 else len(row.string)]
        if len(line) - len(line.lstrip()) <= first or "\t" in line or "|" in line or not line.strip():
            break
        for each in _CELL_OF_COLUMNS.finditer(line):
            if abs(each.start() - (cell.start() - row.start())) <= 1:
                found.append(each[0])
                end = at + each.end()
        at += len(line) + 1
    return " ".join(found), end


def _rest_of_limit(heads: _Heads, said: str, following: list[re.Match[str]]) -> str:
    """`Xong trong tháng 8 |` above `| năm 2026 |`: the year that a narrow column breaks off, in a row without a number of its own."""
    cells = following[0][0].strip().removeprefix("|").removesuffix("|").split("|") if following else []
    if len(cells) != heads.count or cells[0].strip() or not said:
        return ""
    rest = bare(tidy(cells[heads.limit]))
    return f" {rest}" if _ONLY_A_YEAR.match(rest) else ""


def _of_row(heads: _Heads, said: list[str], row: Due) -> list[Due]:
    """The limit of its column (two, where it holds two days of every year), else one that the remarks say (`báo cáo trước 31/5/2026`)."""
    limit = said[heads.limit]
    parts = [f"{day} hang nam" if "nam" in limit else day for day in _EACH_DAY.findall(limit)] if _DAYS.match(limit) else [limit]
    found = [due_by(part, row) for part in parts] if not heads.strict or WORD_OF_LIMIT.search(limit) else []
    remark = said[heads.remarks] if heads.remarks is not None else ""
    found = found if any(found) else [due_by(_REPORTED.sub("", remark), row) if WORD_OF_LIMIT.search(remark) else None]
    told = _as_often([_of_a_report(due) for due in found if due], said[heads.often] if heads.often is not None else "")
    return [due for due in told if due.period or not due.day]  # `Ngày 20` alone says neither of which month nor how often


def _as_often(found: list[Due], said: str) -> list[Due]:
    """With the periods of their column, of days without a year: one of all, or as many as there are days, or one day of each."""
    listed = f"ky {_JOINED.sub(', ', _NO_PERIOD.sub('', said))}"
    named = [*dict.fromkeys(each.name for each in periods(listed, 0, len(listed)))]
    if not named or not found or any(due.month or (due.when and due.when.year) for due in found):
        return found
    if len(found) == 1:
        return [replace(found[0], period=period) for period in named]
    each_its_own = named if len(named) == len(found) else named * len(found) if len(named) == 1 else [due.period for due in found]
    return [replace(due, period=period) for due, period in zip(found, each_its_own, strict=True)]


def _office_of_head(said: str) -> str | None:
    """`Thời hạn gửi về Sở Nội vụ` -> `Sở Nội vụ`."""
    head = _LIMIT.match(bare(said))
    office = office_at(said, bare(said), head.start("office"), len(said)) if head and head["office"] else None
    return office.value if office else None


def _office_of_lead(paper: Paper, start: int, table: int) -> str | None:
    """`… gửi báo cáo về Sở Nội vụ theo các kỳ sau:` right above a table."""
    above = paper.clean[max(start, table - _LEAD) : table].rstrip()
    if not above.endswith(":"):
        return None
    begin = max(above.rfind("\n\n"), above.rfind(". "), 0)
    named = addressee(above, bare(above), begin, len(above), None, advice=False)
    return named.value if named else None


def _of_a_report(due: Due) -> Due:
    """A day of a year or of a month beside `Báo cáo 6 tháng`: how often it is said by the name of the report."""
    unsaid = (due.when and due.when.year is None) or (due.day and due.period is None)
    said = bare(due.task)
    named = (_NAMED_BY_PERIOD.match(said) or _ONLY_A_PERIOD.match(said)) if unsaid else None
    if named is None:
        return due
    return replace(due, period=EVERY.get(named[1], "half-year"))


def rows_of_tables(paper: Paper, start: int, end: int) -> list[Place]:
    """All rows of three cells or more between two places, and those of two under their head: no sentences."""
    found, two = list[Place](), None
    for row in _rows(paper, start, end):
        cells = _cells(row)
        if len(cells) == _TWO:
            said = [bare(tidy(cell[0])) for cell in cells]
            heads = _heads(said)
            two = heads or two
            if heads is None and not (two and _is_pair(two, said)):
                continue
        elif len(cells) < _FEWEST:
            continue
        else:
            two = None
        found.append(Place(row.start(), row.end()))
    return found


def _is_pair(heads: _Heads, said: list[str]) -> bool:
    """Whether two cells are work and a limit, or the time of what takes place."""
    limit = said[heads.limit] if len(said) == _TWO else ""
    return len(limit) <= _LONGEST_LIMIT and (any(map(str.isdigit, limit)) or bool(due_by(limit, Due(Place(0, 0), "", None))))


def _rows(paper: Paper, start: int, end: int) -> list[re.Match[str]]:
    """Between bars; and the lines of as many cells under a head with semicolons, up to the first line of another count or none."""
    rows = list(_between_bars(paper, start, end)) if "|" in paper.in_cells else []
    rows += _in_columns(paper, start, end)
    if not _MAY_BE_SHEET.search(paper.in_cells, start, end):
        return sorted(rows, key=lambda row: row.start())
    after = start
    for head in _HEAD_OF_SHEET.finditer(paper.in_cells, start, end):
        columns = len(_cells(head))
        if head.start() < after or _heads([bare(tidy(cell[0])) for cell in _cells(head)]) is None:
            continue
        rows.append(head)
        for line in _LINE.finditer(paper.in_cells, head.end(), end):
            if line.start() != rows[-1].end() + 1 or line[0].count(";") + 1 != columns or "|" in line[0]:
                break
            rows.append(line)
            after = line.end()
    return sorted(rows, key=lambda row: row.start())


def _between_bars(paper: Paper, start: int, end: int) -> Iterator[re.Match[str]]:
    """Rows of one line, and those that break over several."""
    after = start
    for broken in _BROKEN.finditer(paper.in_cells, start, end):
        yield from at_lines(_ROW, _BAR, paper.in_cells, after, broken.start())
        yield broken
        after = broken.end()
    yield from at_lines(_ROW, _BAR, paper.in_cells, after, end)


def _in_columns(paper: Paper, start: int, end: int) -> Iterator[re.Match[str]]:
    """Under a head whose cells stand apart by wide gaps or tabs: the lines with as many cells, up to two lines that are none."""
    after = start
    for head in at_lines(_HEAD_OF_COLUMNS, _MAY_HEAD_COLUMNS, paper.in_cells, start, end):
        columns, heads = len(_cells(head)), _heads([bare(tidy(cell[0])) for cell in _cells(head)])
        if head.start() < after or heads is None:
            continue
        yield head
        others = 0
        for line in _SPACED.finditer(paper.in_cells, head.end() + 1, end):
            cells = [bare(tidy(cell[0])) for cell in _cells(line)]
            if columns == _TWO:
                is_row, goes_on = _is_pair(heads, cells), len(cells) == 1 and line[0].lstrip()[:1].islower()
            else:
                is_row, goes_on = len(cells) == columns or _lacks_its_first(head, line) or _is_cut_off(heads, cells), False
            others = 0 if is_row else others + (not goes_on and not _RULED.fullmatch(line[0]))
            if others > 1 or "|" in line[0]:
                break
            if is_row:
                yield line
            after = line.end()


def _lacks_its_first(head: re.Match[str], line: re.Match[str]) -> bool:
    """A row that goes on in the group of the row before: its first cell stands under the second head."""
    heads, cells = _cells(head), _cells(line)
    under = len(cells) == len(heads) - 1 and "\t" not in line[0]
    return under and abs((cells[0].start() - line.start()) - (heads[1].start() - head.start())) <= 1


def _cells(row: re.Match[str]) -> list[re.Match[str]]:
    if row.re in (_SPACED, _HEAD_OF_COLUMNS):
        return list(_CELL_OF_COLUMNS.finditer(row.string, row.start(), row.end()))
    if "|" not in row[0]:
        return list(_CELL_OF_SHEET.finditer(row.string, row.start(), row.end()))
    found = list(_CELL.finditer(row.string, row.start(), row.end()))
    while found and not found[0][0].strip():
        found.pop(0)
    while found and not found[-1][0].strip() and row[0].rstrip().endswith("|") and found[-1].end() == row.end():
        found.pop()
    return found


def limit_column(said: list[str]) -> tuple[int, int, bool] | None:
    """Of bare heads: which says the work, which the limit, and whether times of events stand there too; None where none are."""
    heads = _heads(said)
    return (heads.task, heads.limit, heads.strict) if heads else None


def _heads(said: list[str]) -> _Heads | None:
    limit = next((index for index, each in enumerate(said) if _LIMIT.match(each)), None)
    strict = limit is not None and bool(_MAY_BE_EVENT.match(said[limit]))
    task = next((index for index, each in enumerate(said) if _TASK.match(each)), None)
    if limit is None or task is None or len(said) < _TWO or (len(said) == _TWO and task > limit):
        return None
    to, remarks, often = (
        next((index for index, each in enumerate(said) if pattern.match(each)), None) for pattern in (_SENT_TO, _REMARKS, _OFTEN)
    )
    return _Heads(len(said), task, limit, strict, to, remarks, often, numbered=bool(_NUMBERS.fullmatch(said[0])))


def _place(row: re.Match[str]) -> Place:
    return Place(row.start() + len(row[0]) - len(row[0].lstrip(" |")), row.start() + len(row[0].rstrip(" |")))


def _to(heads: _Heads, cells: list[re.Match[str]]) -> str | None:
    """The cell of those who receive, else a remark that is nothing but an office something is sent to (`gửi Đoàn cấp trên`), else who the
    work itself is sent to (`Hoàn thiện hồ sơ gửi Sở GDĐT`), else who the head of the limits names.
    """
    if heads.to is not None:
        return tidy(cells[heads.to][0]) or None
    remark = tidy(cells[heads.remarks][0]) if heads.remarks is not None else ""
    sent = _OWED.match(bare(remark))
    told = remark[sent.end() :].strip(" .;") if sent else ""
    if told and len(told) < _LONGEST_OFFICE and begins_like_an_office(told):
        return told
    return sent_to(tidy(cells[heads.task][0])) or heads.office
