"""Days, days of a year and hours as papers write them.

`ngày 15 tháng 3 năm 2023`, `15/3/2023`, `15-3-2023`, `ngày 15 tháng 3`, `15/3`; OCR writes O for 0 and l or I for 1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kheo.core.directives.once import asked_once

LONGEST_MONTH = 31
DAY_DIGITS = r"[0-3oli]?[0-9oli]"
# A scan parts a year (`20/3/20 24`): it is one where the sentence ends or goes on after it, and no things are counted (`20/3/20 24 xã`).
_PARTED = r"2[0o][^\S\n][0-4]\d(?=\s*(?:[.,;:)]|$)|\s+(?:cua|ve|va|den|de|thi|qua|theo|doi voi|hang)\b)"
YEAR_DIGITS = rf"(?:(?:[1l]9|2[0o])[0-9oli]{{2}}|{_PARTED})"
_SEP = r"\s*[/.\-–]\s*"
_IN_WORDS = r"(?:\s*\([a-z\s]{3,18}(?:\s\d{1,2})?\))?"  # `ngày 15 (mười lăm) tháng 6`, `ngày 15 tháng 10 (đợt 2) năm 2024`
# Day, month and year of a whole date; every rule works on bare text. Three ways of writing, so the groups are numbered by way.
WHOLE = (
    rf"(?:(?:ngay\s*)?({DAY_DIGITS}){_IN_WORDS}\s*thang\s*({DAY_DIGITS}){_IN_WORDS}\s*(?:nam|[,/.\-–])?\s*({YEAR_DIGITS})"
    rf"|(?:ngay\s*)?(?<![\d/.])({DAY_DIGITS}){_SEP}({DAY_DIGITS})(?:{_SEP}|\s+(?:cua\s+)?nam\s+)({YEAR_DIGITS})(?!\d))"
)
OF_A_YEAR = (
    rf"(?:(?:ngay\s*)?({DAY_DIGITS}){_IN_WORDS}\s*thang\s*({DAY_DIGITS})(?![\doli]){_IN_WORDS}(?!\s*(?:nam|[,/.\-–])?\s*[12]\d{{3}})"
    # `10-4` and `15.6` only after the word for a day, as newspapers and unions write it
    rf"|(?:ngay\s*)?(?<![\d/.])({DAY_DIGITS})(?:\s*/\s*|(?:(?<=ngay\s\d)|(?<=ngay\s\d\d))[-.])({DAY_DIGITS})(?![\d/])"
    r"(?!\s*(?:[-.–]\s*\d|thang\b|(?:hang|moi|cua)\s+thang|nam\s*[12]\d{3})))"
)
HOUR = r"(\d{1,2})\s*(?:gio|h|g|:)\s*(\d{2})?\s*(?:phut|p\b|['’′])?"
_WHOLE = re.compile(WHOLE)
# Where such a date may begin: its first digits, and after them what a date goes on with.
_DAY_BEGINS = re.compile(r"\d\d*+(?=[oli]?\s*(?:\(|thang|[/.\-–]))")
_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "i": "1"})


@dataclass(frozen=True)
class When:
    """A day: of one year, or of every year where the text gives none. `time` is `HH:MM` where an hour is given."""

    month: int
    day: int
    year: int | None = None

    @property
    def date(self) -> date | None:
        """The day, None where no year is given."""
        return date(self.year, self.month, self.day) if self.year else None

    @property
    def month_day(self) -> str:
        """`05-10`."""
        return f"{self.month:02d}-{self.day:02d}"


def _when(day: str, month: str, year: str | None) -> When | None:
    """The day that the digits tell, None where there is no such day."""
    return _day_told(f"{day}/{month}/{year or ''}")


@asked_once
def _day_told(said: str) -> When | None:
    """`5/ 10/2024`, `5/10/`."""
    day, month, year = ("".join(part.split()).translate(_DIGITS) for part in said.split("/"))
    try:
        date(int(year) if year else 2024, int(month), int(day))
    except ValueError:
        return None
    return When(int(month), int(day), int(year) if year else None)


def whole(match: re.Match[str], first: int = 1) -> When | None:
    """The day of a match in which WHOLE's six groups begin at `first`."""
    groups = [match[first + index] for index in range(6)]
    day, month, year = groups[:3] if groups[0] else groups[3:]
    return _when(day, month, year) if day and month and year else None


def of_a_year(match: re.Match[str], first: int = 1) -> When | None:
    """The day of a match in which OF_A_YEAR's four groups begin at `first`."""
    groups = [match[first + index] for index in range(4)]
    day, month = groups[:2] if groups[0] else groups[2:]
    return _when(day, month, None) if day and month else None


def at_digits(pattern: re.Pattern[str], begins: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of a pattern that begins with a digit, in order, none inside another: digits are few, so they are looked for first.

    `begins` finds whole runs of digits, at least all those with which a match begins.
    """
    after = start
    for digits in begins.finditer(text, start, end):
        at = digits.start()
        if at >= after and (match := pattern.match(text, at, end)):
            after = match.end()
            yield match


def whole_dates(text: str, start: int, end: int) -> list[tuple[int, int, When]]:
    """All whole dates of a bare text with their places, from the day on."""
    found, after = list[tuple[int, int, When]](), start
    for digits in _DAY_BEGINS.finditer(text, start, end):
        at = digits.start()
        at -= at > start and text[at - 1] in "oli"  # what a scan made of a digit
        match = _WHOLE.match(text, at, end) if at >= after else None
        if match:
            after = match.end()
            when = whole(match)
            if when:
                found.append((match.start(), after, when))
    return found


def hour(hours: str, minutes: str | None) -> str | None:
    """`14:00`, None where there is no such hour."""
    told = int(hours), int(minutes or 0)
    return f"{told[0]:02d}:{told[1]:02d}" if told[0] < 24 and told[1] < 60 else None
