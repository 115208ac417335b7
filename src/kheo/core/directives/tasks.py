"""The tasks of a body, with who is asked: in the item itself or in a heading above it."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kheo.core.directives.asked import ABOVE, LONGEST_HEADING, Asked, asked_by_lead, asked_in, is_told_as_done
from kheo.core.directives.body import Body
from kheo.core.directives.found import Found, Place
from kheo.core.directives.outline import Item
from kheo.core.directives.paper import any_of, rule

_AROUND = 16  # letters beside words that a rule may look at
ADDRESSED, NOBODY = 0.75, 0.65  # how sure it is that all addressees are asked, or nobody in particular
_IN_CHARGE = re.compile(
    r"\b(?:chu\s+tri|co\s+trach\s+nhiem|chiu\s+trach\s+nhiem|phoi\s+hop|tiep\s+tuc|tham\s+muu|to\s+chuc|chi\s+dao|thuc\s+hien)\b"
)
_DOES = rule(
    r"^\W*"
    + any_of(
        """tham muu|tiep tuc|trien khai|to chuc|thuc hien|phoi hop|chu tri|xay dung|day manh|tang cuong|van dong|tuyen truyen|phat dong
        |huong dan|kiem tra|giam sat|chi dao|ra soat|bao cao|dinh ky|chu dong|phan cong|bao dam|dam bao|cu the hoa|quan triet|tap trung
        |chu trong|co (?:cac )?(?:giai phap|ke hoach)|phan dau|phat huy|xet|thong ke|theo doi|don doc|nang cao|khac phuc|lap|gui|tong hop
        |thi hanh|thanh lap|cung co|tham|tang|trao|ho tro|giup do|cham lo|cu|duy tri|phat trien|nhan rong|boi duong|tap huan|dang ky
        |giai quyet|xoa|bieu duong|giu gin
        |chiu trach nhiem|tren co so|ban hanh(?! kem)|trong qua trinh|day|xu ly|de xuat|bo tri|cap|giao|de nghi|yeu cau|chap hanh"""
    )
    + r"\b"
)
# How a paper closes, below its last item and belonging to none.
_CLOSING = rule(r"(?:tren day la|trong qua trinh (?:to chuc )?(?:trien khai|thuc hien))\b")
_PAPER = (
    "(?:cong (?:van|dien)|chi thi|ke hoach|huong dan|quyet dinh|nghi quyet|thong bao|chuong trinh|quy (?:dinh|che)|ket luan|van ban|lich)"
)
_CLOSING_OF_LAST = rule(
    rf"(?:nhan duoc {_PAPER}|{_PAPER} nay\b|(?:xin |kinh )?(?:tran trong|rat mong|mong)\b|moi (?:vuong mac|chi tiet|thong tin|y kien)"
    r"|neu co (?:vuong mac|kho khan)|thong tin (?:chi tiet )?(?:xin )?lien he"
    r"|(?:kinh )?(?:de nghi|yeu cau) (?:quy|cac|thu truong|nguoi dung dau|dong chi|chu tich|giam doc|lanh dao|cap uy|chi huy"
    r"|ban thuong vu|hieu truong)\b"
    r"|(?-i:[a-z][^.;:]{3,120}?) (?:kinh )?(?:de nghi|yeu cau|tran trong|rat mong|thong bao (?:de|den)|bao cao de))"
)
# A sentence that orders: `Giao Sở A …`, `Định kỳ 6 tháng các đơn vị gửi báo cáo …`. What asks everybody to obey closes a paper.
_ORDER = rule(
    r"\W*(?:giao|phan cong|dinh ky|(?:hang|moi) (?:thang|quy|nam)|(?:cham nhat|truoc)(?= (?:ngay )?\d)"
    r"|(?P<asks>(?:kinh )?de nghi|yeu cau)) "
)
_FORMULA = rule(r"\b(?:nghiem tuc|khan truong|quan tam)(?: \w+){0,3} thuc hien(?: [^.;,]{0,40})?\W*$")
_CLOSING_WITHIN = rule(
    rf"(?<=[.!?]\s)(?:tren day la|nhan duoc {_PAPER} nay|{_PAPER} nay (?:co hieu luc|thay the)|moi (?:vuong mac|chi tiet)"
    r"|(?:neu|trong qua trinh \w+(?: \w+)?,? neu) co (?:vuong mac|kho khan)|(?:xin |kinh )?tran trong|rat mong)\b"
)
# Where a paragraph begins: below an empty line, or below a stop.
_BEGINS_ANEW = re.compile(r"[\n.;:!?”)]\s*\n\s*(?=\S)")
_ORDERING = rule(r"ket qua (?:dat duoc|thuc hien)|han che|danh gia|nguyen nhan|tinh hinh|muc dich|yeu cau")


@dataclass(frozen=True)
class Task:
    """What is to be done. `asked`: who; None where the paper says nobody. `content`: 1-based, where it belongs to one."""

    text: str
    asked: str | None
    content: int | None


class WhoIsAsked:
    """Who is asked by words, and whether they tell what was done: of words that stand there again (forms, tables, lists) it is known."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._asked: dict[tuple[str, int, bool], Asked | None] = {}
        self._done: dict[str, bool] = {}

    def ask(self, start: int, end: int, heading_end: int, *, is_heading: bool = False) -> Asked | None:
        """As `asked_in`."""
        key = self._around(start, end), heading_end - start, is_heading
        if key not in self._asked:
            self._asked[key] = asked_in(self._body, start, end, heading_end, is_heading=is_heading)
        return self._asked[key]

    def tell_what_was_done(self, start: int, end: int) -> bool:
        """As `is_told_as_done`."""
        key = self._around(start, end)
        if key not in self._done:
            self._done[key] = is_told_as_done(self._body, start, end)
        return self._done[key]

    def _around(self, start: int, end: int) -> str:
        return self._body.clean[max(0, start - _AROUND) : end + _AROUND]


def tasks(body: Body, contents: list[Found[str]], addressees: list[Found[str]]) -> list[Found[Task]]:
    """The innermost items that order something, with who is asked: said in the item, in a heading or the words above it, else all
    addressees.
    """
    with_children = {item.parent for item in body.outline}
    everybody = _everybody(body, addressees)
    led = _led_from(body)
    words, asked_above = WhoIsAsked(body), dict[int, Asked | None]()
    found, last = [], _last_end(body, contents) if contents else body.end
    for index, item in enumerate(body.outline):
        following = body.outline[index + 1].start if index + 1 < len(body.outline) else body.end
        end = _end_of_own_text(body, item, following)
        text = body.paper.told(item.text_start, end)
        if (index in with_children and len(text) < 200) or not text or _is_report(body, item):
            continue
        asked = words.ask(item.text_start, end, min(item.heading_end, end)) or _asked_above(body, words, item.parent, asked_above)
        if words.tell_what_was_done(item.text_start, end) or not (asked or _orders(body, item, end)):
            continue
        asked = asked or _led(led, item.start) or everybody
        content = (sum(title.place.start < item.start for title in contents) or None) if item.start <= last else None
        found.append(Found(Task(text, asked.name or None, content), Place(item.text_start, end), asked.sure))
    return _with_orders_outside(body, found)


def _led_from(body: Body) -> list[tuple[int, Asked]]:
    """From where on whom the words before an outermost item ask: `…, các cấp ủy thực hiện một số nội dung sau:` above `II.`."""
    found = []
    for index, item in enumerate(body.outline):
        if index and item.parent is None and (lead := asked_by_lead(body, body.outline[index - 1].text_start, item.start)):
            found.append((item.start, lead))
    return found


def _led(led: list[tuple[int, Asked]], at: int) -> Asked | None:
    before = bisect_right(led, at, key=lambda each: each[0])
    return led[before - 1][1] if before else None


def _with_orders_outside(body: Body, found: list[Found[Task]]) -> list[Found[Task]]:
    """With what is ordered in sentences that belong to no item: of a paper without items, or below its last one."""
    ends = [each.place.end for each in found[-1:]] + [_end_of_own_text(body, item, body.end) for item in body.outline[-1:]]
    last = max([body.start, *ends])
    more = []
    for sentence in body.sentences[bisect_left(body.sentence_starts, last) :]:
        order = _ORDER.match(body.bare, sentence.start, sentence.end)
        if order is None or (order["asks"] and (body.outline or _FORMULA.search(body.bare, sentence.start, sentence.end))):
            continue
        asked = asked_in(body, sentence.start, sentence.end, sentence.end)
        if asked:
            text = body.paper.told(sentence.start, sentence.end)
            more.append(Found(Task(text, asked.name, None), Place(sentence.start, sentence.end), min(asked.sure, ABOVE)))
    return [*found, *more]


def _orders(body: Body, item: Item, end: int) -> bool:
    """Whether an item that asks nobody by name orders something."""
    does = _DOES.match(body.bare[item.text_start : end])
    if does and item.kind == "article" and does[0].strip().startswith("ban hanh"):  # what the paper itself puts in force
        return False
    return bool(does or _IN_CHARGE.search(body.bare, item.text_start, end))


def _everybody(body: Body, addressees: list[Found[str]]) -> Asked:
    """Who is asked where nobody is named: whom the words before the list ask, else all that the paper is addressed to."""
    lead = asked_by_lead(body, body.start, body.outline[0].start) if body.outline else None
    return lead or Asked("; ".join(each.value for each in addressees), ADDRESSED if addressees else NOBODY)


def _last_end(body: Body, contents: list[Found[str]]) -> int:
    return next(
        (
            item.end
            for item in body.outline
            if item.start <= contents[-1].place.start < item.end
            and item.kind in ("number", "letter", "roman")
            and not _holds_many(item, contents)
        ),
        body.end,
    )


def _holds_many(item: Item, contents: list[Found[str]]) -> bool:
    return sum(item.start <= title.place.start < item.end for title in contents) > 1


def _end_of_own_text(body: Body, item: Item, following: int) -> int:
    end = min(item.end, following)
    is_last = following == body.end
    for gap in _BEGINS_ANEW.finditer(body.clean, max(body.start, item.text_start - 1), end):
        start = gap.start() + (gap[0][0] != "\n")
        if start < item.text_start:
            continue
        # What stands right under the last heading is the item itself.
        headed = start <= item.heading_end and body.clean[start - 1].isalnum()
        if _CLOSING.match(body.bare, gap.end()) or (is_last and not headed and _CLOSING_OF_LAST.match(body.bare, gap.end(), end)):
            end = start
            break
    if is_last and (closing := _CLOSING_WITHIN.search(body.bare, item.text_start + 1, end)):
        end = closing.start()
    return item.text_start + len(body.clean[item.text_start : end].rstrip(" \n;"))


def _is_report(body: Body, item: Item) -> bool:
    """Under a heading that tells results, faults or aims nothing is ordered."""
    at: int | None = item.parent
    while at is not None:
        parent = body.outline[at]
        if _ORDERING.search(body.bare, parent.text_start, min(parent.heading_end, parent.text_start + 120)):
            return True
        at = parent.parent
    return False


def _asked_above(body: Body, words: WhoIsAsked, at: int | None, known: dict[int, Asked | None]) -> Asked | None:
    """Who the nearest heading asks that asks somebody, or the words between it and its list; each heading is read once."""
    if at is None:
        return None
    if at not in known:
        parent, first = body.outline[at], body.outline[at + 1].start
        end = min(parent.text_start + LONGEST_HEADING, first)
        own = words.ask(parent.text_start, end, min(parent.heading_end, end), is_heading=True) or asked_by_lead(
            body, parent.text_start, first
        )
        known[at] = Asked(own.name, min(own.sure, ABOVE)) if own else _asked_above(body, words, parent.parent, known)
    return known[at]
