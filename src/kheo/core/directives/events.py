"""Limits by an event without a day of its own (`xong trước khi Hội đồng họp`, `trước ngày bầu cử`), and the day that the paper gives it.

All on bare text. To do one thing before another (`lấy ý kiến trước khi trình`) is a way of working and no limit, so it has to be finished,
or, before a day that has a name, sent.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from kheo.core.directives.body import Body, Span
from kheo.core.directives.durations import EVENT
from kheo.core.directives.paper import rule

_MAY_HOLD = rule(r"\btruoc (?:khi|ngay|thoi|luc|tet|mua|dip|le|ky|dai|nam|them|khai|be)\b")
_NO_EVENT = r"(?:thu|mong|mung|ram|lam viec|cuoi|dau|tren|do|nay|noi tren|quy dinh)"  # a day of the week or of a month
_BEFORE = rule(
    rf"\btruoc (?:(?:(khi|luc)|ngay(?! {_NO_EVENT}\b)|thoi diem|dip|ky(?! bao cao)|le|them) "
    r"|(?=(?:tet|mua|dai hoi|nam hoc|khai giang|be giang)\b))"
    rf"(?P<event>{EVENT})"
)
_FINISHED = rule(r"\b(?:hoan thanh|hoan tat|xong|ket thuc viec)\b[^.;]{0,160}$")
# `Báo cáo nhanh trước Tết: trước 10 giờ các ngày …`: which report it is, before the limit of it.
_IS_ITS_NAME = rule(r"\s*:\s*(?:(?:gui|nop|truoc|vao|cham nhat|hang|luc) )+(?:luc |ngay |cac ngay )*(?:\d|ngay\b)")
# When something ends or begins is a time, not a way of working.
_IS_A_TIME = rule(r"(?:ket thuc|bat dau|het|nghi|buoc vao|khai giang|be giang|khai mac|be mac)\b")
_SENT = rule(r"\b(?:gui|nop|bao cao|dang ky|trinh)\b[^.;]{0,120}$")
# Not asked for: what was so, what would be so, what the law says from its day on.
_NO_ORDER = rule(r"\b(?:(?<!bong\s)(?<!toi\s)da(?! dang)|tru truong hop|neu|truong hop|khong (?:xep|xet|duoc)|giay moi)\b[^;]*$")
_STATES = rule(r"\b(?:hieu luc|thi hanh)\b")
_GENERAL = rule(r"^(?:ngay |khi |luc |thoi diem |moi |ket thuc |to chuc |dien ra |duoc |co |be mac |khai mac |bat dau |hoan thanh )+")
_NEAR = 24  # whole dates on either side of a limit among which the day of its event is looked for
_BESIDE = 120  # letters
_PART = re.compile(r";|\.\s")
# Between an event and its day stands nothing that makes it the day of something else; of `(18/11/1930 - 18/11/2026)` the second is kept.
_TO_ITS_DAY = r"(?:(?!\b(?:truoc|cham|muon|gui|bao|nop|trinh|han)\b)[^;]){0,45}(?:\(\d{1,2}/\d{1,2}/\d{4}\s*[-–]\s*)?$"
_SAME_DAY = rule(r"^(?:cung ngay|trong ngay)")
_EACH = rule(r"^(?:moi|tung|cac)\b")


def events(text: str, sentence: Span) -> Iterator[tuple[int, int, Span]]:
    """Places of the limits of a sentence, and where the words stand that name the event."""
    if not _MAY_HOLD.search(text, sentence.start, sentence.end) or _STATES.search(text, sentence.start, sentence.end):
        return
    for match in _BEFORE.finditer(text, sentence.start, sentence.end):
        before = max(sentence.start, match.start() - 200)
        if _NO_ORDER.search(text, before, match.start()) or _IS_ITS_NAME.match(text, match.end(), sentence.end):
            continue
        if _FINISHED.search(text, before, match.start()) or (
            (not match[1] or _IS_A_TIME.match(text, match.start("event"))) and _SENT.search(text, before, match.start())
        ):
            yield match.start(), match.end(), Span(*match.span("event"))


def day_of(body: Body, event: Span, since: date | None) -> date | None:
    """The one day beside which the body names an event with the same words in the same order; None where it gives none, or two.

    `since`: no day before is one on which something has yet to happen (`Lễ kỷ niệm … (18/11/1930 - 18/11/2026)`).
    """
    said = " ".join(body.bare[event.start : event.end].split())
    at = bisect_left(body.day_starts, event.start)
    if _SAME_DAY.match(said):
        return body.days[at - 1][2].date if at else None
    words = _GENERAL.sub("", said + " ").split()
    if not words or _EACH.match(said):
        return None
    first, more = r"\W+".join(map(re.escape, words[:2])), [r"\W+(?:\w+\W+){0,4}?" + re.escape(word) for word in words[2:]]
    name = rf"\b{first}{''.join(more)}\b"  # of a compound (`đại hội`) nothing stands between its two syllables
    before, after = re.compile(name + _TO_ITS_DAY), re.compile(r"[\s:,(-]*" + name)
    found = set()
    for start, end, when in body.days[max(0, at - _NEAR) : at + _NEAR]:
        part = _PART.split(body.bare[max(0, start - _BESIDE) : start])[-1]
        if when.date and not (since and when.date < since) and (before.search(part) or after.match(body.bare, end, end + _BESIDE)):
            found.add(when.date)
    return found.pop() if len(found) == 1 else None
