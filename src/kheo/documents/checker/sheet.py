"""Telling the parts of a paper from one another by what they say and where they stand; nothing of our own making is looked for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kheo.documents.checker.lines import Line, Part
from kheo.documents.profiles import PaperProfile

NUMBER = re.compile(r"Số\s*:?\s*(?:[0-9]+|[.…]+)(?:\s*[/\-].*)?", re.IGNORECASE)
DATE = re.compile(r"ngày\s+(\S+)\s+tháng\s+(\S+)\s+năm\s+([0-9]{4})$", re.IGNORECASE)
ANNEX = re.compile(r"phụ lục(?:\s+(\S+))?", re.IGNORECASE)
_MARKS = ("*",)


@dataclass(frozen=True)
class Sheet:
    """The parts of the first section, each with its lines in reading order; empty where a part is not there. Lines are told by place."""

    lines: tuple[Line, ...]
    country: tuple[Line, ...]
    superior: tuple[Line, ...]
    issuer: tuple[Line, ...]
    number: tuple[Line, ...]
    letter_subject: tuple[Line, ...]
    date: tuple[Line, ...]
    kind: tuple[Line, ...]
    subject: tuple[Line, ...]
    addressees: tuple[Line, ...]
    bases: tuple[Line, ...]
    body: tuple[Line, ...]
    recipients: tuple[Line, ...]
    signature: tuple[Line, ...]

    @property
    def is_letter(self) -> bool:
        """Whether a subject stands under the number, as in a letter (công văn)."""
        return bool(self.letter_subject)

    def after(self, lines: Sequence[Line]) -> Line | None:
        """The line that follows the last of these."""
        if not lines:
            return None
        place = position(self.lines, lines[-1]) + 1
        return self.lines[place] if place < len(self.lines) else None


def position(lines: Sequence[Line], wanted: Line) -> int:
    """Where a line stands: lines are told apart by identity, since two may look alike."""
    return next(index for index, each in enumerate(lines) if each is wanted)


def sheet_of(part: Part, profile: PaperProfile) -> Sheet:
    """The parts of a paper's first section."""
    lines = part.lines
    head_table = _table_with(lines, lambda line: _is_head(line, profile))
    foot_table = _table_with(lines[::-1], lambda line: line.text.lower().startswith("nơi nhận"))
    head = [line for line in lines if line.cell and line.cell.table == head_table]
    foot = [line for line in lines if line.cell and line.cell.table == foot_table]
    country = _country(lines, profile)
    number = _first(head, NUMBER) or _first([line for line in lines if line.cell is None], NUMBER)
    date = _date(head) or _date(lines)
    issuers = _issuers(head, profile, (*country, *number, *date))
    names = [line for line in issuers if line.is_bold] or issuers[-1:]
    letter = _below(head, number)
    rest = [line for line in lines if line.cell is None or line.cell.table not in (head_table, foot_table)]
    kind = () if letter else _kind(rest)
    subject = _run_on(rest, kind)
    addressees = _addressees(rest)
    bases = tuple(line for line in rest if line.cell is None and line.text.startswith("Căn cứ ") and _stands_early(rest, line, addressees))
    taken = {id(line) for line in (*kind, *subject, *addressees, *bases, *number, *date, *country)}
    recipients = _column_of(foot, "nơi nhận")
    return Sheet(
        lines=lines,
        country=country,
        superior=tuple(line for line in issuers if not any(line is name for name in names)),
        issuer=tuple(names),
        number=number,
        letter_subject=letter,
        date=date,
        kind=kind,
        subject=subject,
        addressees=addressees,
        bases=bases,
        body=tuple(line for line in rest if id(line) not in taken),
        recipients=recipients,
        signature=tuple(line for line in foot if not any(line is each for each in recipients)),
    )


def _is_head(line: Line, profile: PaperProfile) -> bool:
    return bool(NUMBER.fullmatch(line.text)) or line.text.upper() in {each.text.upper() for each in profile.head}


def _table_with(lines: Sequence[Line], holds: Callable[[Line], bool]) -> int | None:
    return next((line.cell.table for line in lines if line.cell and holds(line)), None)


def _country(lines: Sequence[Line], profile: PaperProfile) -> tuple[Line, ...]:
    """The lines of the right head that are there, whatever their letters look like."""
    found = (next((line for line in lines if line.text.upper() == each.text.upper()), None) for each in profile.head)
    return tuple(line for line in found if line is not None)


def _first(lines: Sequence[Line], pattern: re.Pattern[str]) -> tuple[Line, ...]:
    return tuple(line for line in lines if pattern.fullmatch(line.text))[:1]


def _date(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Place and date; where the place has a line of its own, both lines."""
    for index, line in enumerate(lines):
        if DATE.search(line.text) and len(line.text) < 120:
            before = lines[index - 1] if index and line.cell and lines[index - 1].cell == line.cell else None
            return (before, line) if before is not None and before.text.endswith(",") and DATE.match(line.text) else (line,)
    return ()


def _issuers(head: Sequence[Line], profile: PaperProfile, others: Sequence[Line]) -> list[Line]:
    """The lines of the head that are neither the right side nor number or date, above the number and left of the country."""
    rows = {line.cell.row for line in others if line.cell and NUMBER.fullmatch(line.text)}
    columns = {line.cell.column for line in others if line.cell and _is_head(line, profile) and not NUMBER.fullmatch(line.text)}
    found = []
    for line in head:
        assert line.cell is not None
        is_other = any(line is each for each in others) or line.text in _MARKS or not line.text
        if not is_other and line.cell.row < min(rows, default=1) and line.cell.column not in columns:
            found.append(line)
    return found


def _below(head: Sequence[Line], number: Sequence[Line]) -> tuple[Line, ...]:
    """What stands in the number's cell under it."""
    if not number or number[0].cell is None:
        return ()
    cell = [line for line in head if line.cell == number[0].cell]
    return tuple(line for line in cell[position(cell, number[0]) + 1 :] if line.text)


def _kind(rest: Sequence[Line]) -> tuple[Line, ...]:
    """The type: the first line in capitals in the middle of the page, or else the first line there is."""
    plain = [line for line in rest if line.cell is None and line.text]
    named = [line for line in plain if line.is_upper and line.shape.align == "center"]
    return tuple(named[:1] or plain[:1])


def _run_on(rest: Sequence[Line], kind: Sequence[Line]) -> tuple[Line, ...]:
    """The subject: the lines that follow the type up to the first empty one."""
    if not kind:
        return ()
    following = rest[position(rest, kind[0]) + 1 :]
    return tuple(takewhile(lambda line: line.text and line.cell is None and not line.text.startswith("Kính gửi"), following))


def _addressees(rest: Sequence[Line]) -> tuple[Line, ...]:
    start = next((index for index, line in enumerate(rest) if line.text.startswith("Kính gửi")), None)
    if start is None:
        return ()
    listed = takewhile(lambda line: line.text.startswith("- "), rest[start + 1 :]) if rest[start].text == "Kính gửi:" else ()
    return (rest[start], *listed)


def _stands_early(rest: Sequence[Line], line: Line, addressees: Sequence[Line]) -> bool:
    """Before anything else of the body, though perhaps before the addressees too: a reason given later on is only a sentence."""
    told = {id(each) for each in addressees}
    before = rest[: position(rest, line)]
    plain = [each for each in before if each.text and each.shape.align != "center" and id(each) not in told]
    return all(each.text.startswith("Căn cứ ") for each in plain)


def _column_of(foot: Sequence[Line], words: str) -> tuple[Line, ...]:
    """The cell whose text begins with these words."""
    cell = next((line.cell for line in foot if line.text.lower().startswith(words)), None)
    return tuple(line for line in foot if line.cell == cell)
