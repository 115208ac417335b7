"""Between head and body: the subject under the title, and whom the paper is addressed to."""

import re
from dataclasses import dataclass

from kheo.core.directives.found import Found, Place
from kheo.core.directives.landmarks import Title
from kheo.core.directives.marks import ABOUT
from kheo.core.directives.paper import Line, Paper, bare, rule
from kheo.core.directives.people import is_upper
from kheo.core.text import CAPITALS

_ABOUT = re.compile(rf"^\W*(?:{ABOUT}|ve\s+viec|ve)\b\s*:?\s*(?=\S)")
# How a body begins: on what basis, since when, what for. Followed by the first words of such a sentence, never in small letters.
_OPENS = rule(
    r"^\W*(?:can cu|tra loi|phuc dap"
    r"|thuc hien|trien khai|thi hanh|theo|xet|tiep theo|tren co so|sau khi|de (?:thuc|trien|tang|kip|dam|bao|tiep|chu|khac"
    r"|nang|gop|phuc|chuan)"
    r"|nham|do (?:tinh|anh|dien|yeu|thoi|hien|nhu)|trong (?:thoi|nhung|nam|cac|thang|khi|qua|boi)"
    r"|thoi gian qua|vua qua|hien nay|qua |ngay \d|ngay:? |nam \d|tu ngay|phat huy"
    r"|kinh gui|thuong truc"
    r"|ban thuong vu|uy ban nhan dan|ubnd|chu tich|so |dieu 1|i\s?[.\-)]|1\s?[.\-)/]|phan (?:thu|i)|chuong i|a[.)] )"
)
# An office stands here as well as a sentence that begins with it: `Sở Y tế các tỉnh …` reads as `số …` without its marks.
_OFFICE = rule(r"^\W*(?:so \D|thuong truc|ban thuong vu|uy ban nhan dan|ubnd|chu tich)")
_STOP = re.compile(rf"(?<=[^\W\d_]{{2}})\.\s+(?=[{CAPITALS}])")
_NEVER_ADDRESSED = re.compile(r"^\W*(?:can\s+cu|tra\s+loi|phuc\s+dap|thuc\s+hien|thi\s+hanh|tiep\s+theo)\b")
# `Bộ Y tế nhận được Công văn số …`: an office that does something is the subject of the first sentence.
_OFFICE_SAYS = re.compile(r"[\w&,\- ]{2,60}? (?:nhan duoc|de nghi|yeu cau|thong bao|co y kien|xin (?:y kien|tra loi|bao cao))\b")
_SHORTEST_OPENING = 25  # letters
FIRST_BASIS = re.compile(r"^\W*can\s+cu\b")
_YEARS = re.compile(r"(?:\d{4}\s?[-–]\s?)?\d{4}")
_ITEM = re.compile(r"^\s*[-–+•*]\s*")
# `CỦA BAN THƯỜNG VỤ TỈNH ỦY` under the title tells whose it is (HD 36-HD/VPTW), before what it is about.
_WHOSE = re.compile(r"^\W*cua\s+[a-z]")
_OUTERMOST = rule(r"^\W*(?:phan (?:thu|i)|chuong i|dieu 1)\b")
_NUMBERED = re.compile(rf"^\s*(?!(?i:{ABOUT})\b)(?:[IVX]{{1,4}}|\d{{1,2}})\s?[.\-)/]\s*\S|^\s*Điều\s+1\b")
_AUTHORITY = rule(
    r"^\W*(?:chu tich|uy ban|bo truong|giam doc|tong giam doc|hoi dong|thu tuong|chinh phu|ban thuong vu|ban chap hanh|truong ban"
    r"|quoc hoi|chanh an|vien truong|cuc truong"
    r"|tong cuc truong|chanh van phong|hieu truong|thu truong|lien doan|thuong truc|chi cuc truong|truong phong|tong lien doan"
    r"|doan chu tich|bo chinh tri|ban bi thu)"
)


@dataclass(frozen=True)
class Opening:
    """The subject under the title, the addressees, and where the body begins."""

    subject: Found[str] | None
    addressees: list[Found[str]]
    body: int


def without_about(text: str) -> str:
    """A subject without `V/v`, `Về việc` or `Về` before it and without a stop after it."""
    match = _ABOUT.match(bare(text))
    said = text[match.end() if match else 0 :].strip(" .:;-–*")
    if said.endswith(")") and said.count(")") > said.count("("):  # the other bracket went with the words of introduction
        said = said[:-1].rstrip()
    # Quotation marks around the whole of it: the first one went with the words of introduction.
    closed = (said.endswith("”") and said.count("”") > said.count("“")) or (said.endswith('"') and said.count('"') % 2 and "“" not in said)
    return said[:-1].rstrip() if closed else said


def read_opening(paper: Paper, title: Title | None, addressed: tuple[int, int] | None, head_end: int) -> Opening:
    """What stands after the head, up to the body."""
    subject, after = (None, head_end) if title is None else read_subject(paper, title, addressed)
    if addressed is None or addressed[0] < head_end:
        return Opening(subject, [], after)
    addressees, after = read_addressees(paper, addressed)
    return Opening(subject, addressees, after)


def read_subject(paper: Paper, title: Title, addressed: tuple[int, int] | None) -> tuple[Found[str] | None, int]:
    """The lines under the title as one text, and where the next thing begins."""
    limit = addressed[0] if addressed and addressed[0] > title.start else len(paper.text)
    parts: list[tuple[int, int]] = []
    for line in _lines_from(paper, title.end):
        start = max(line.start, title.end)
        if start >= limit or len(parts) > 14:
            break
        said = paper.clean[start : line.end]
        if not said.strip() or (not parts and _says_whose(paper, start, line.end)):
            continue
        if parts and not _belongs(paper, parts, start, line.end):
            break
        if not parts and (_NUMBERED.match(said) or re.match(r"^\W*(?:can cu|kinh gui)\b", paper.bare[start : line.end])):
            break
        parts.append((start, line.end))
    if not parts:
        return None, title.end
    place = Place(parts[0][0], parts[-1][1])
    return Found(paper.told(place.start, place.end), place), place.end


def _says_whose(paper: Paper, start: int, end: int) -> bool:
    """In capitals, or in small letters where what it is about begins in the next line (`của Ban Thường vụ … / về …`)."""
    if not _WHOSE.match(paper.bare[start:end].strip()):
        return False
    return is_upper(paper.clean[start:end]) or bool(_ABOUT.match(paper.bare[end : end + 40].lstrip()))


def _lines_from(paper: Paper, start: int) -> list[Line]:
    return [line for line in paper.lines[paper.line_of(start) - 1 : paper.line_of(start) + 40] if line.end > start]


def _belongs(paper: Paper, parts: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a line goes on with a subject: not where the body, an office in capitals or a number begins."""
    said, so_far = paper.clean[start:end].strip(), paper.told(parts[0][0], parts[-1][1])
    if FIRST_BASIS.match(paper.bare[start:end]):
        return False
    if _YEARS.fullmatch(said):  # `… GIAI ĐOẠN` / `2017-2021`
        return True
    small = said[0].islower() or said[0] in '“"(,–-'
    gap = paper.clean[parts[-1][1] : start].count("\n") > 1
    if gap and (so_far.endswith(".") or not (said[0].islower() or said[0] in '“"')):
        return False
    if _NUMBERED.match(said) or (
        said.startswith("(")
        and re.match(
            r"^\W*(?:(?:ban hanh )?(?:kem|dinh kem)|(?:so lieu|tu ngay"
            "|tinh den|tinh tu|thoi diem|so lieu tinh)\b)",
            paper.bare[start:end].strip(),
        )
    ):
        return False
    if is_upper(said) and (not is_upper(so_far) or _AUTHORITY.match(paper.bare[start:end].strip())):
        return False
    if is_upper(so_far) and not is_upper(said, 0.5) and len(so_far.split()) > 2:
        return False
    if is_upper(so_far) and is_upper(said) and not _OUTERMOST.match(paper.bare[start:end].strip()):
        return True
    bared = paper.bare[start:end].strip()
    return small or not _OPENS.match(bared) or (bool(_OFFICE.match(bared)) and _ends_a_block(paper, said, end))


def _ends_a_block(paper: Paper, said: str, end: int) -> bool:
    """Nothing goes on after a line that is no sentence: a subject may break before an office (`… các Ủy viên / Ban Thường vụ …`)."""
    following = paper.clean[end + 1 :].split("\n", 1)[0]
    return said[-1] not in ".:;," and not any(char.isalnum() for char in following)


def read_addressees(paper: Paper, addressed: tuple[int, int]) -> tuple[list[Found[str]], int]:
    """`Kính gửi` one after the other, and where the body begins: items end with `;`, the last with `.` or before an empty line."""
    items: list[list[tuple[int, int]]] = []
    ended, end = True, addressed[1]
    for line in _lines_from(paper, addressed[1]):
        start = max(line.start, addressed[1])
        said = paper.clean[start : line.end]
        if not said.strip():
            continue
        run_on = _body_in_line(said)
        if run_on is not None:
            items.append([(start, start + run_on)])
            end = start + run_on
            break
        gap = paper.clean[end:start].count("\n") > 1
        dashed = bool(_ITEM.match(said))
        if not dashed and _is_over(paper, items, gap, ended, start, line.end):
            break
        if not items or dashed or ended:
            items.append([])
        items[-1].append((start, line.end))
        end = line.end
        ended = said.rstrip()[-1] in ";."
        if said.rstrip().endswith(".") and not said.rstrip().endswith(".."):
            if _next_starts_an_item(paper, line):
                continue
            break
    return [each for item in items for each in _told(paper, item)], end


def _body_in_line(said: str) -> int | None:
    """Where those addressed end in a line with which the body goes on, as a web page runs them together: `… trực thuộc. Căn cứ …`."""
    for stop in _STOP.finditer(said):
        rest = said[stop.end() :]
        if len(rest) > 60 and _OPENS.match(bare(rest)) and not _OFFICE.match(bare(rest)):
            return stop.start() + 1
    return None


def _next_starts_an_item(paper: Paper, line: Line) -> bool:
    following = next((each for each in paper.lines[line.number : line.number + 2] if paper.clean[each.start : each.end].strip()), None)
    return following is not None and bool(_ITEM.match(paper.clean[following.start : following.end]))


def _is_over(paper: Paper, items: list[list[tuple[int, int]]], gap: bool, ended: bool, start: int, end: int) -> bool:
    said = paper.clean[start:end].strip()
    if items and gap and not (said[0].islower() or (ended and paper.clean[items[-1][-1][0] : items[-1][-1][1]].rstrip().endswith(";"))):
        return True
    bared = paper.bare[start:end].strip()
    if items and len(said) > 60 and _OFFICE_SAYS.match(bared) and not said.endswith(";"):
        return True
    if not items and _OFFICE.match(bared):  # nobody is named yet: it is who the paper is for
        return False
    # `Thực hiện Công văn số …;` is nobody to write to, a line that begins with an office may be.
    opens = _OPENS.match(bared) and not said[0].islower() and not (_OFFICE.match(bared) and said.rstrip().endswith(";"))
    return bool(opens) and len(said) > (_SHORTEST_OPENING if _NEVER_ADDRESSED.match(bared) else 60)


def _told(paper: Paper, item: list[tuple[int, int]]) -> list[Found[str]]:
    start, end = item[0][0], item[-1][1]
    said = paper.clean[start:end]
    if _ITEM.match(said):
        return [_one(paper, start + _ITEM.match(said).end(), end)]  # type: ignore[union-attr]
    found, at = [], start
    for part in re.split(r"(;)", said):
        if part.strip(" .;\n-–"):
            found.append(_one(paper, at, at + len(part)))
        at += len(part)
    return found


def _one(paper: Paper, start: int, end: int) -> Found[str]:
    said = paper.clean[start:end]
    start += len(said) - len(said.lstrip(" \n-–+•"))
    end -= len(said) - len(said.rstrip(" \n;.,"))
    return Found(paper.told(start, end), Place(start, end))
