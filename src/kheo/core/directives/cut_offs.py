"""Up to when the data of a report are counted: `số liệu chốt đến ngày 10/5`, `tính từ ngày 15/11 đến ngày 14/5`. No limit of its own.

All rules work on bare text. A cut-off belongs to the report of its own sentence, else to the one of the same period or right beside it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kheo.core.directives.body import Body, Span
from kheo.core.directives.dates import LONGEST_MONTH, OF_A_YEAR, WHOLE, When, of_a_year, whole
from kheo.core.directives.due import CutOff, Deadline
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import rule
from kheo.core.directives.periods import periods

_DATA = r"(?:so lieu|du lieu|thong tin|ky bao cao|ky thong ke|ky so lieu)"
_COUNTED = r"(?:chot|tinh|lay|thong ke|cap nhat|tong hop|thu thap|khoa|ghi nhan|duoc tinh|duoc lay|duoc chot)"
# `chốt số liệu`, `số liệu (báo cáo …) tính`, `số liệu: từ`, `(tính`: what a day follows up to which is counted.
_SAID = rule(
    rf"\b(?:{_COUNTED} (?:so lieu|du lieu)|{_DATA}(?: [^.;:()\d]{{0,60}}?)?[\s(]+{_COUNTED}(?: so lieu)?|{_DATA}|(?<=\()tinh)"
    r"(?: (?:bao cao|cua ky bao cao|ky bao cao|thong ke|cuoi cung|cua bao cao|(?:0?6 )?thang|quy|nam))*"
    r"(?=[\s:,(]+(?:tinh )?(?:la|tu|den|het|vao|tai|luc"
    r"|cuoi|ngay|\d))"
)
_MAY_BE_SAID = re.compile(r"lieu|thong\s+tin|bao\s+cao|ky\s+(?:thong|so)|\(tinh")  # without which it cannot hold
_YEAR_SAID = r"(?:,? (?:cua )?(?:nam (?:truoc|lien ke|ke truoc|bao cao|sau|nay)(?: lien ke| ky bao cao)?|(?:hang|moi) nam))?"
_OF_MONTHS = r"(?:(?:cua )?(?:thang|quy|(?:hang|moi) (?:thang|quy))(?: (?:truoc|bao cao|sau|cuoi(?: cua)? quy|cuoi ky|nay))?)"
_DAY = rf"(?:(?:ngay )?(?:{WHOLE}|{OF_A_YEAR}){_YEAR_SAID}|ngay (?P<day>\d{{1,2}})(?!\s*[/\d])(?: {_OF_MONTHS})?)"
_WORDS = r"[\s:,(]*(?:(?:la|tinh|tai|vao|luc|thoi diem|het|den|truoc|\d{1,2} ?(?:gio|h)(?: ?\d\d)?) )*"
_FROM = rule(rf"[\s:,(]*(?:tinh )?tu (?:het )?{_DAY}\s*,? ?(?:den|-|–)")
_UP_TO = rule(rf"{_WORDS}{_DAY}")
# Of a report from when to when it counts: `Báo cáo quý I từ ngày 16 tháng 12 năm trước đến ngày 15 tháng 3`, no day to send it on.
_WINDOW = rule(
    r"\W*(?:doi voi )?(?:ky |thoi gian )?bao cao (?:(?!(?:gui|nop|quy|thang|nam)\b)[a-z]+ ){0,6}?(?:dinh ky )?(?:hang |moi )?"
    r"(?:(?P<quarter>quy(?: (?:[ivx]{1,3}|\d)\b)?)|(?P<half>(?:0?6|sau) thang)|(?P<month>thang)|0?9 thang|(?P<year>(?:ca )?nam))\b"
    r"(?: (?:dau|cuoi) nam)?\s*[:(]?"
    r"(?:(?!\b(?:gui|nop|truoc ngay|cham nhat)\b)[^.;()]){0,160}?\b"
    r"(?P<days>tu (?:het )?(?:ngay )?\d[^.;:()]{0,60}?)(?= den (?:het )?(?:ngay )?\d)"
)
_SENT = rule(r"\b(?:gui|nop|truoc ngay|cham nhat|hoan thanh)\b")
_PERIODS = {"quarter": "quarter", "half": "half-year", "month": "month", "year": "year"}
_LIMITS = rule(r"\b(?:den|het|chot|khoa|thoi diem)\b")
_AROUND = 100  # limits on either side of a cut-off among which its report is looked for: no paper sets so many
_NEAR = 500  # letters between a cut-off and the report in another sentence that it is of


@dataclass(frozen=True)
class Window:
    """Where the days stand that a report counts, without the last; of which `period` it is, where that is said."""

    start: int
    end: int
    period: str | None


def window_of(text: str, sentence: Span) -> Window | None:
    """The window that a sentence begins with."""
    match = _WINDOW.match(text, sentence.start, sentence.end)
    if match is None:
        return None
    named = next((name for group, name in _PERIODS.items() if match[group]), None)
    return Window(match.start("days"), match.end("days"), named)


def counts_only(text: str, sentence: Span) -> bool:
    """Whether a sentence says no more than a window."""
    said = window_of(text, sentence)
    return said is not None and not _SENT.search(text, said.end, sentence.end)


def cut_offs(body: Body) -> list[Found[CutOff]]:
    """All of a body, in order."""
    found = []
    for sentence in _that_may_tell(body):
        after = sentence.start
        if counted := _of_window(body, sentence):
            found.append(counted)
            after = counted.place.end
        for said in _SAID.finditer(body.bare, sentence.start, sentence.end):
            each = _read(body, sentence, said) if said.start() >= after else None
            if each:
                found.append(each)
                after = each.place.end
    return found


def _that_may_tell(body: Body) -> Iterator[Span]:
    """Sentences without which no cut-off is told: few are, so they are looked for by their words."""
    last = -1
    for said in _MAY_BE_SAID.finditer(body.bare, body.start):
        index = bisect_right(body.sentence_starts, said.start() + 1) - 1  # a bracket stands before its sentence
        if index > last and said.start() < body.sentences[index].end:
            last = index
            yield body.sentences[index]


def _of_window(body: Body, sentence: Span) -> Found[CutOff] | None:
    said = window_of(body.bare, sentence)
    last = _UP_TO.match(body.bare, said.end, sentence.end) if said else None
    if said is None or last is None:
        return None
    begun = _FROM.match(body.bare, said.start, sentence.end)
    when, day = _day_of(last)
    counted = CutOff(when, day, _day_of(begun)[0] if begun else None, said.period)
    return Found(counted, Place(said.start, last.end()), 0.85) if when or day else None


def _read(body: Body, sentence: Span, said: re.Match[str]) -> Found[CutOff] | None:
    begun = _FROM.match(body.bare, said.end(), sentence.end)
    match = _UP_TO.match(body.bare, begun.end() if begun else said.end(), sentence.end)
    if match is None or not (begun or _LIMITS.search(body.bare, said.start(), match.end())):
        return None
    when, day = _day_of(match)
    if when is None and day is None:
        return None
    begins = _day_of(begun)[0] if begun else None
    named = [each.name for each in periods(body.bare, sentence.start, said.start())]
    return Found(CutOff(when, day, begins, named[-1] if named else None), Place(said.start(), match.end()), 0.85)


def _day_of(match: re.Match[str]) -> tuple[When | None, int | None]:
    when = whole(match) or of_a_year(match, 7)
    day = int(match["day"]) if match["day"] and when is None else None
    return when, day if day and 1 <= day <= LONGEST_MONTH else None


def with_cut_offs(body: Body, due: list[Found[Deadline]], found: list[Found[CutOff]]) -> list[Found[Deadline]]:
    """Each report with its cut-off."""
    told = list(due)
    order = sorted(range(len(due)), key=lambda index: due[index].place.start)
    starts = [due[index].place.start for index in order]
    for cut in found:
        at = bisect_left(starts, cut.place.start)
        near = sorted(order[max(0, at - _AROUND) : at + _AROUND])
        index = _whose(body, told, near, cut)
        if index is not None:
            told[index] = replace(told[index], value=replace(told[index].value, cut_off=cut))
    return told


def _whose(body: Body, due: list[Found[Deadline]], near: list[int], cut: Found[CutOff]) -> int | None:
    """Of those near it the report of the same sentence (the nearest before it, else the first after it); else of the same period, or
    right beside it.
    """
    free = [index for index in near if due[index].value.cut_off is None and due[index].value.kind == "report"]
    last = bisect_right(body.sentence_starts, cut.place.start) - 1
    sentence = body.sentences[last] if last >= 0 and cut.place.start < body.sentences[last].end else None
    own = [index for index in free if sentence and sentence.start <= due[index].place.start < sentence.end]
    same = [index for index in own or free if cut.value.period and due[index].value.period == cut.value.period]
    if same:
        return _nearest(due, same, cut)
    beside = [index for index in own or free if _distance(due[index].place, cut.place) < _NEAR]
    return _nearest(due, beside, cut) if beside and (own or cut.value.period is None) else None


def _nearest(due: list[Found[Deadline]], among: list[int], cut: Found[CutOff]) -> int:
    return min(among, key=lambda index: (_distance(due[index].place, cut.place), index))


def _distance(one: Place, other: Place) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def days_counted_to(found: list[Found[CutOff]]) -> Iterator[Span]:
    """Where the cut-offs stand: no limit is read there."""
    return (Span(each.place.start, each.place.end) for each in found)
