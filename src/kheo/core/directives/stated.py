"""What else a body states: the named contents of a campaign, the tasks with who is asked, and figures."""

import re
from dataclasses import dataclass

from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.body import Body
from kheo.core.directives.found import Found, Place
from kheo.core.directives.outline import Item
from kheo.core.directives.paper import any_of, bare, listed, rule, tidy

_QUOTED = re.compile(r"[“\"]\s*([^“”\"]{4,200}?)\s*[”\"]")
_TITLED = re.compile(
    r"^\W*(?:ve\s+)?(?:thuc\s+hien\s+)?(?:noi\s+dung|tieu\s+chi|phong\s+trao"
    r"|van\s+dong)?\s*(?:thu\s+\w+\s*)?[:,]?\s*\W*$"
)
_NUMBER = re.compile(r"(?<![\w/.,-])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*(%|[^\W\d_]+(?:\s+[^\W\d_]+){0,2})")
_NO_UNIT = listed("thang nam ngay gio phut quy dieu khoan den va hoac tuan tap ky the la hai tren cua nay khong")
_ASKS = rule(r"\W*(?:kinh )?(?:de nghi|yeu cau|giao(?: cho)?|phan cong) ")
# What comes after those who are asked.
_DUTY = rule(
    r"\s*:|\s"
    + any_of(
        """co trach nhiem|chiu trach nhiem|chu tri|phoi (?:ket )?hop|tiep thu|tiep tuc|thuc hien|trien khai|nghien cuu|tham muu|ra soat
        |khan truong|chi dao|can cu|theo chuc nang|theo nhiem vu|quan tam|tang cuong|xay dung|huong dan|chu dong|trong pham vi|tren co so
        |to chuc (?:quan triet|thuc hien|trien khai)|day manh|theo doi|don doc|bo tri|co ke hoach|bao dam|dam bao|lap|quan triet|pho bien
        |tuyen truyen|kiem tra|bao cao"""
    )
    + r"\b"
)
_MANY = rule(
    r"^(?:cac|thu truong|nguoi dung dau|lanh dao|don vi|cap uy|moi|toan the|can bo|nhung|hieu truong|truong|chu tich|giam doc|dong chi)\b"
)
_NOBODY = rule(
    "^"
    + any_of(
        """to chuc(?: thuc hien| trien khai)?$|trach nhiem|noi dung|cong tac|ban hanh|bo (?:tri|sung|cuc)|hoi nghi|so (?:ket|lieu)|doan ket
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
        |thi hanh|chiu trach nhiem|tren co so|trong qua trinh|day|xu ly|de xuat|bo tri|cap|giao|de nghi|yeu cau|chap hanh"""
    )
    + r"\b"
)
_ORDERING = rule(r"ket qua (?:dat duoc|thuc hien)|han che|danh gia|nguyen nhan|tinh hinh|muc dich|yeu cau")


@dataclass(frozen=True)
class Task:
    """What is to be done. `asked`: who; None where everybody addressed is. `content`: 1-based, where it belongs to one."""

    text: str
    asked: str | None
    content: int | None


@dataclass(frozen=True)
class Figure:
    """A number that the paper states, as written, with the words it counts: `7.593` `tập thể`."""

    number: str
    unit: str


def named_contents(body: Body) -> list[Found[str]]:
    """The quoted titles of a row of items (`1. Về nội dung “Không …”`), at least two: the contents of a campaign, in order."""
    rows: dict[int | None, list[Item]] = {}
    for item in body.outline:
        if item.kind not in ("dash", "plus"):
            rows.setdefault(item.parent, []).append(item)
    for row in rows.values():
        named = [title for title in (_title(body, item) for item in row) if title]
        if len(named) >= 2 and len(named) * 2 > len(row):
            return named
    return []


def _title(body: Body, item: Item) -> Found[str] | None:
    """The one quoted title of a heading that is nothing but a title."""
    stop = body.clean.find("\n\n", item.text_start, item.end)
    end = min(stop if stop >= 0 else item.end, item.text_start + 400)
    match = _QUOTED.search(body.clean, item.text_start, end)
    if match is None or not _TITLED.match(bare(body.clean[item.text_start : match.start()])):
        return None
    rest = body.clean[match.end() : end].split("\n")[0].strip(" .:;*")
    return Found(tidy(match[1]), Place(match.start(1), match.end(1))) if len(rest) < 3 else None


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
    end = min(item.end, following)
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
        own = _who(body, parent.text_start, min(parent.text_start + _LONGEST_HEADING, body.outline[at + 1].start))
        known[at] = own or _asked_above(body, parent.parent, known)
    return known[at]


def _who(body: Body, start: int, end: int) -> str | None:
    """Who an item or a heading asks: after `Giao`, `Đề nghị`, or as its whole text before a colon or a word of duty."""
    ask = _ASKS.match(body.bare, start, end)
    at = ask.end() if ask else start
    paragraph = _PARAGRAPH.search(body.clean, at, end)
    stop = paragraph.start() if paragraph else end
    duty = next((match for match in _DUTY.finditer(body.bare, at, min(stop, at + _FURTHEST)) if _is_small(body, match)), None)
    said = " ".join(body.clean[at : duty.start() if duty else stop].split()).strip(" :,;.")
    if not said or len(said) > _LONGEST_NAME or _NOBODY.match(bare(said)) or not (ask or duty or paragraph):
        return None
    return said if begins_like_an_office(said) or _MANY.match(bare(said)) else None


def _is_small(body: Body, match: re.Match[str]) -> bool:
    """A word of duty is in small letters: `Xây dựng` with a capital is part of a name."""
    return not body.clean[match.start() : match.end()].strip()[:1].isupper()


def figures(body: Body) -> list[Found[Figure]]:
    """Numbers with what they count; numbers of documents, days and items are not among them."""
    taken = [match.span() for match in body.notations]
    taken += [(start, end) for start, end, _ in body.days]
    taken += [(item.start, item.text_start) for item in body.outline]
    spans = iter(sorted(taken))
    span = next(spans, None)
    found = []
    for match in _NUMBER.finditer(body.clean, body.start):
        while span and span[1] <= match.start():
            span = next(spans, None)
        if span and span[0] < match.end(1):
            continue
        unit = " ".join(match[2].split())
        if bare(unit.split()[0]) in _NO_UNIT or (len(match[1]) == 4 and match[1].startswith(("19", "20"))):
            continue
        found.append(Found(Figure(match[1], unit), Place(match.start(), match.end())))
    return found
