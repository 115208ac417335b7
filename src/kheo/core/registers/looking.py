"""What looking at a page by machine tells: whether it can still be read, judged from one look to the next."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Seen(StrEnum):
    """What one look at a page came to."""

    READ = "read"  # it answered with the page
    GONE = "gone"  # it answered that there is no such page (any more)
    FAULT = "fault"  # something that may pass: no answer, no such name today, an error of the server
    CLOSED = "closed"  # it answers, but not to a machine
    BARRED = "barred"  # an address that is not looked at: inside a network, or written otherwise than pages of the public are


class Verdict(StrEnum):
    """What is said of a link from a day on. `ANEW`: its address was changed, and nobody has looked yet."""

    READABLE = "readable"
    BROKEN = "broken"
    UNSURE = "unsure"
    ANEW = "anew"


@dataclass(frozen=True)
class Standing:
    """How a link stood after a look: what that came to, on which day, and what is said of the link since when."""

    seen: Seen | None
    on: date
    verdict: Verdict
    since: date


def judged(before: Standing | None, seen: Seen, on: date) -> tuple[Verdict, date]:
    """What is said of a link after a look, and since when.

    What may pass is a broken link only when it was met on two days, one look after the other. What tells nothing leaves what was said.
    """
    said = before if before is not None and before.verdict is not Verdict.ANEW else None
    verdict = {Seen.READ: Verdict.READABLE, Seen.GONE: Verdict.BROKEN}.get(seen)
    if seen is Seen.FAULT and said is not None and said.seen is Seen.FAULT and said.on < on:
        verdict = Verdict.BROKEN
    if verdict is None:
        verdict = said.verdict if said is not None else Verdict.UNSURE
    return verdict, said.since if said is not None and said.verdict is verdict else on


def next_look(standing: Standing, every_days: int) -> date:
    """The first day of the next look: the day after a fault that has not been seen twice, else when its time comes again."""
    waits = standing.seen is Seen.FAULT and standing.verdict is not Verdict.BROKEN
    return standing.on + timedelta(days=1 if waits else every_days)


# Why a look came to nothing, in the words of a page. What a server answered is told by its number.
WHY = {
    "name": "không tìm thấy tên miền",
    "refused": "máy chủ không nhận kết nối",
    "timeout": "chờ quá lâu không có trả lời",
    "tls": "chứng thư bảo mật của trang không đúng",
    "unreadable": "câu trả lời của máy chủ không đọc được",
    "redirects": "trang chuyển đi vòng quanh",
    "front_page": "trang bị chuyển về trang đầu của báo",
    "inside": "địa chỉ nằm trong mạng nội bộ, người ngoài không mở được",
    "address": "địa chỉ viết sai",
}


def why_words(why: str, status: int | None) -> str:
    """`404: không có trang này`, or why there was no answer."""
    if status is None:
        return WHY.get(why, "")
    if status in (404, 410):
        return f"{status}: không có trang này"
    return f"{status}: {WHY.get(why, 'máy chủ báo lỗi' if status >= 500 else 'không cho máy xem')}"
