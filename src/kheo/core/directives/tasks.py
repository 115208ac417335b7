"""The tasks of a body, with who is asked: in the item itself or in a heading above it."""

import re
from dataclasses import dataclass

from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.body import Body
from kheo.core.directives.found import Found, Place
from kheo.core.directives.outline import Item
from kheo.core.directives.paper import any_of, bare, rule

_ASKS = rule(r"\W*(?:kinh )?(?:de nghi|yeu cau|giao(?: cho)?|phan cong) ")
# What comes after those who are asked.
_DUTY = rule(
    r"[:\s](?:(?<=:)|(?<=\s)(?:\s*:|"
    + any_of(
        """co trach nhiem|chiu trach nhiem|chu tri|phoi (?:ket )?hop|tiep thu|tiep tuc|thuc hien|trien khai|nghien cuu|tham muu|ra soat
        |khan truong|chi dao|can cu|theo chuc nang|theo nhiem vu|quan tam|tang cuong|xay dung|huong dan|chu dong|trong pham vi|tren co so
        |to chuc (?:quan triet|thuc hien|trien khai)|day manh|theo doi|don doc|bo tri|co ke hoach|bao dam|dam bao|lap|quan triet|pho bien
        |tuyen truyen|kiem tra|bao cao"""
    )
    + r"\b))"
)
_MANY = rule(
    r"^(?:cac|thu truong|nguoi dung dau|lanh dao|don vi|cap uy|moi|toan the|can bo|nhung|hieu truong|truong|chu tich|giam doc|dong chi)\b"
)
_NOBODY = rule(
    "^"
    + any_of(
        """to chuc(?: thuc hien| trien khai)?$|to chuc (?!dang\b|co so\b|cong doan\b|chinh tri\b|doan\b|hoi (?!nghi|thao|thi\b|dien))
        |trach nhiem|noi dung|cong tac|ban hanh|bo (?:tri|sung|cuc)|hoi nghi|so (?:ket|lieu)|doan ket
        |bao cao"""
    )
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_LONGEST_NAME, _LONGEST_HEADING = 240, 500  # letters
_FURTHEST = 400  # letters in which a duty follows who is asked, blanks among them
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
        |chiu trach nhiem|tren co so|trong qua trinh|day|xu ly|de xuat|bo tri|cap|giao|de nghi|yeu cau|chap hanh"""
    )
    + r"\b"
)
# How a paper closes, below its last item and belonging to none.
_CLOSING = re.compile(r"\n\s*(?:tren day la|trong qua trinh (?:to chuc )?(?:trien khai|thuc hien))\b")
_ORDERING = rule(r"ket qua (?:dat duoc|thuc hien)|han che|danh gia|nguyen nhan|tinh hinh|muc dich|yeu cau")


@dataclass(frozen=True)
class Task:
    """What is to be done. `asked`: who; None where everybody addressed is. `content`: 1-based, where it belongs to one."""

    text: str
    asked: str | None
    content: int | None


def tasks(body: Body, contents: list[Found[str]]) -> list[Found[Task]]:
    """The innermost items that order something, with who is asked (said in the item or in a heading above it)."""
    with_children = {item.parent for item in body.outline}
    asked_above: dict[int, str | None] = {}
    found = []
    for index, item in enumerate(body.outline):
        following = body.outline[index + 1].start if index + 1 < len(body.outline) else body.end
        end = _end_of_own_text(body, item, following)
        text = body.paper.told(item.text_start, end)
        if (index in with_children and len(text) < 200) or not text or _is_report(body, item):
            continue
        asked = _who(body, item.text_start, end) or _asked_above(body, item.parent, asked_above)
        if not asked and not _DOES.match(body.bare[item.text_start : end]) and not _IN_CHARGE.search(body.bare, item.text_start, end):
            continue
        content = sum(title.place.start < item.start for title in contents) or None
        if content and contents and item.start > _last_end(body, contents):
            content = None
        found.append(Found(Task(text, asked, content), Place(item.text_start, end), 0.9 if asked else 0.75))
    return found


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
    closing = _CLOSING.search(body.bare, item.text_start, min(item.end, following))
    end = closing.start() if closing else min(item.end, following)
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


def _asked_above(body: Body, at: int | None, known: dict[int, str | None]) -> str | None:
    """Who the nearest heading asks that asks somebody; each heading is read once."""
    if at is None:
        return None
    if at not in known:
        parent = body.outline[at]
        own = _who(body, parent.text_start, min(parent.text_start + _LONGEST_HEADING, body.outline[at + 1].start), is_heading=True)
        known[at] = own or _asked_above(body, parent.parent, known)
    return known[at]


def _who(body: Body, start: int, end: int, *, is_heading: bool = False) -> str | None:
    """Who an item or a heading asks: after `Giao`, `Đề nghị`, or as its whole text before a colon or a word of duty; a heading may be
    nothing but the name.
    """
    ask = _ASKS.match(body.bare, start, end)
    at = ask.end() if ask else start
    paragraph = _PARAGRAPH.search(body.clean, at, end)
    stop = paragraph.start() if paragraph else end
    duty = next((match for match in _DUTY.finditer(body.bare, at, min(stop, at + _FURTHEST)) if _is_small(body, match)), None)
    said = " ".join(body.clean[at : duty.start() if duty else stop].split()).strip(" :,;.")
    if not said or len(said) > _LONGEST_NAME or _NOBODY.match(bare(said)) or not (ask or duty or paragraph or is_heading):
        return None
    return said if begins_like_an_office(said) or _MANY.match(bare(said)) else None


def _is_small(body: Body, match: re.Match[str]) -> bool:
    """A word of duty is in small letters: `Xây dựng` with a capital is part of a name."""
    return not body.clean[match.start() : match.end()].strip()[:1].isupper()
