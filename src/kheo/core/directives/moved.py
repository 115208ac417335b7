"""A limit that was moved: `điều chỉnh thời hạn gửi báo cáo từ ngày 10/4/2024 thành ngày 20/4/2024`. Only the new day is asked for.

All rules work on bare text.
"""

from collections.abc import Iterator

from kheo.core.directives.body import Span
from kheo.core.directives.dates import DAY_DIGITS, HOUR, WHOLE, YEAR_DIGITS, hour, whole
from kheo.core.directives.paper import rule
from kheo.core.directives.point import Point

_MOVES = rule(
    r"\b(?:dieu chinh|gia han|keo dai|lui|doi|thay doi|chuyen)\b(?=[^.;]{0,100}\b(?:thoi (?:han|gian|diem)|han|ngay))[^.;]{0,160}? "
    rf"(?P<limit>tu (?:het )?(?:{HOUR}[\s,]*)?(?:truoc )?(?:ngay )?{DAY_DIGITS}\s*(?:[/.-]|thang)\s*{DAY_DIGITS}"
    rf"(?:\s*(?:[/.-]|nam)\s*{YEAR_DIGITS})?,? (?:thanh|sang|den(?: het)?|qua)(?: (?:truoc|het))*"
    rf"(?: ngay)? (?:{HOUR}[\s,]*)?{WHOLE})"
)
_SENT = rule(r"\b(?:gui|nop|bao cao|nhan|dang ky|hoan thanh|trinh|gop y|tra loi)\b")
_FIRST_GROUP = 4  # of the new hour: two groups each of the old one and of this, `limit` before them


def moved(text: str, sentence: Span) -> Iterator[Point]:
    """The new limit of something that is sent or finished, not of an event."""
    for match in _MOVES.finditer(text, sentence.start, sentence.end):
        when = whole(match, _FIRST_GROUP + 2)
        if when and _SENT.search(text, match.start(), match.start("limit")):
            clock = hour(match[_FIRST_GROUP], match[_FIRST_GROUP + 1]) if match[_FIRST_GROUP] else None
            yield Point(match.start("limit"), match.end(), when, "once", clock)
