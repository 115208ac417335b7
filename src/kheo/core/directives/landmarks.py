"""Where the blocks of a paper begin: its title, its addressees, its foot, its annexes. NĐ 30/2020 phụ lục I, sơ đồ bố trí."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from kheo.core.directives.kinds import ANY_KIND, BARE_KINDS, KIND_BEFORE, LETTER, WIRE, kind_named, kind_of
from kheo.core.directives.notation import BLANK, NOTATION
from kheo.core.directives.paper import Line, Paper, bare
from kheo.core.directives.people import after_mark_of_signing, first_column, is_capacity, is_mark_of_signing, is_post, is_upper, person

_BROKEN = 40  # letters of a title on two lines
_IN_HEAD = 90  # lines with text in which a head ends at the latest
# A title in spaced letters: `Q U Y Ế T  Đ Ị N H`.
_SPACED_OUT = {name.replace(" ", ""): kind for name, kind in BARE_KINDS.items()}
_KIND_FIRST = re.compile(rf"^\W*({ANY_KIND})\b[\s:]*")
ADDRESSED = re.compile(r"^\W*kinh\s*(?:gui|goi|trinh|chuyen)\s*[:;.]?", re.MULTILINE)
_WIRED = re.compile(r"^[^\n]{0,120}\bdien\s*:\s*$", re.MULTILINE)  # of a Công điện: `CHỦ TỊCH … điện:`
# Between the title and the addressees stands only the subject; a form attached to the paper has addressees of its own.
_BODY_BEGUN = re.compile(r"^\W*(?:can cu|dieu 1|i\s?[.\-)]|a\s?[.\-)]|1\s?[.\-)])\s", re.MULTILINE)
# Not `Nơi nhận bài dự thi: Sở Văn hóa`.
_THING = r"(?:bao\s+cao|bai|ho\s+so|tac\s+pham|san\s+pham|dang\s+ky|danh\s+sach|y\s+kien|phieu)\b"
_SENT = re.compile(rf"^[^\S\n]*\W{{0,4}}noi\s+nhan(?!\s+{_THING})\s*[:;.]?", re.MULTILINE)
_ANNEX = re.compile(
    r"^\W*(?:phu\s+luc(?:\s+(?:so\s+)?[\divx]+)?|mau\s+so\s+[\dIVXivx]+|bieu\s+(?:mau|so)\b.{0,20}|danh\s+muc|de\s+cuong\b.{0,60}"
    r"|danh\s+sach|phan\s+phu\s+luc)\W*$"
)
_NEVER_ANNEX = frozenset(
    "acefhijlnoqrstuvwxyzăâêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)  # in small letters, its first
_FORM = re.compile(r"^(?:phu\s+luc|(?:mau|bieu(?:\s+mau)?)\s+so)\b.{0,12}$")
_TITLE_OF_ANNEX, _NEAR = 4, 200  # lines and letters at most
_TITLES = frozenset(name for name, kind in BARE_KINDS.items() if kind != LETTER)
_ARTICLE_1 = re.compile(r"\W*dieu\s+\d{1,2}\b")
_ATTACHED = re.compile(
    r"^\W*\(?(?:ban\s+hanh\s+)?(?:(?:gui\s+|dinh\s+)?kem\s+(?:theo\s+)?)(?:cong|quyet|ke|thong|huong|van|nghi|chi|bao|to)\b"
)
NUMBER = re.compile(r"\bs(?:o|0(?=\s*[:.;]))\s*[:.;]?\s*")
_AS_READ = re.compile(r"\d[\dOoIl]{0,5}(?=\s?[-–/])")  # a scan reads O for 0 in a number
_AS_DIGITS = str.maketrans("OoIl", "0011")


@dataclass(frozen=True)
class Title:
    """The line that names the kind, and where the rest of it (a subject on the same line) begins."""

    kind: str
    start: int
    end: int


def shown(paper: Paper) -> list[Line]:
    """The lines that hold something."""
    return [line for line in paper.lines if paper.clean[line.start : line.end].strip()]


def number_at(paper: Paper, start: int, end: int) -> tuple[int, int, re.Match[str]] | None:
    """The paper's own number between two places: after `Số`, a number with a notation or a blank before one."""
    for match in NUMBER.finditer(paper.bare, start, end):
        if _is_cited(paper, match.start()):
            continue
        rest = paper.clean[match.end() : min(end, match.end() + 80)]
        rest = _AS_READ.sub(lambda number: number[0].translate(_AS_DIGITS), rest, count=1) if _AS_READ.match(rest) else rest
        found = NOTATION.match(rest) or BLANK.match(rest)
        if found:
            return match.start(), match.end(), found
    return None


def _is_cited(paper: Paper, at: int) -> bool:
    """`Căn cứ Kế hoạch số 12/KH-UBND`: right behind the name of a kind in small letters it is another paper's number."""
    line = paper.bare.rfind("\n", 0, at) + 1
    kind = KIND_BEFORE.search(paper.bare, max(line, at - _BROKEN), at)
    is_first = kind is not None and not paper.bare[line : kind.start(1)].strip()
    return kind is not None and not is_first and not is_upper(paper.clean[kind.start(1) : kind.end(1)], 0.7)


def title_of(paper: Paper, lines: list[Line]) -> Title | None:
    """The first line in capitals that is a kind's name, after the number where one stands in the head."""
    until = ADDRESSED.search(paper.bare)
    head = [line for line in lines[:_IN_HEAD] if until is None or line.start < until.start()]
    if not head:
        return None
    number = number_at(paper, head[0].start, head[-1].end)
    for line, below in zip(head, [*head[1:], None], strict=True):
        if (number is not None and line.start <= number[0]) or (below and _ARTICLE_1.match(paper.bare, below.start)):
            continue  # `QUYẾT ĐỊNH:` above Điều 1 are the words that enact, where the title above was lost
        title = _title(paper, line, number is not None) or (_broken_title(paper, line, below) if below else None)
        if title:
            return title
    return _small_title(paper, head, number) if number else None


def _small_title(paper: Paper, head: list[Line], number: tuple[int, int, re.Match[str]]) -> Title | None:
    """`Kế hoạch` alone on a line, of a paper without any title in capitals: its kind must be that of the number above."""
    numbered = kind_of(number[2][number[2].re.groups])
    for line in head:
        kind = BARE_KINDS.get(" ".join(paper.bare[line.start : line.end].split()))
        if kind and kind == numbered != LETTER and line.start > number[0] and paper.clean[line.start : line.end].strip()[0].isupper():
            return Title(kind, line.start, line.end)
    return None


def _broken_title(paper: Paper, line: Line, below: Line) -> Title | None:
    """`KẾ` / `HOẠCH`: a title that a line's end broke, alone on both lines."""
    said = paper.clean[line.start : below.end]
    kind = BARE_KINDS.get(" ".join(bare(said).split())) if below.end - line.start < _BROKEN and is_upper(said) else None
    return Title(kind, line.start, below.end) if kind and kind != LETTER else None


def _title(paper: Paper, line: Line, numbered: bool) -> Title | None:
    said = paper.clean[line.start : line.end]
    spaced = said.split()
    if len(spaced) > 5 and all(len(each) == 1 for each in spaced):
        joined = _SPACED_OUT.get(bare("".join(spaced)))
        return Title(joined, line.start, line.end) if joined and is_upper(said) else None
    match = _KIND_FIRST.match(paper.bare[line.start : line.end])
    if not match or not is_upper(said[match.start(1) : match.end(1)], 0.7):
        return None
    kind = kind_named(match[1])
    rest = said[match.end() :].strip(" .:")
    # `CHƯƠNG TRÌNH MỤC TIÊU …` in capitals may go on an office's name, but not after the number of the paper.
    if kind is None or (not numbered and rest and is_upper(rest, 0.6) and not bare(rest).startswith(("cua ", "so ", "lien tich"))):
        return None
    end = line.end if not rest or bare(rest).startswith("cua ") else line.start + match.end()
    return Title(kind, line.start + match.start(1), end)


def addressed_at(paper: Paper, lines: list[Line], title: Title | None) -> tuple[int, int] | None:
    """Where `Kính gửi` (of a wire: `… điện:`) stands in the head."""
    if not lines:
        return None
    last = lines[: _IN_HEAD + 60][-1].end
    start = title.end if title else 0
    sent = _SENT.search(paper.bare, start)
    match = ADDRESSED.search(paper.bare, start, min(last, sent.start() if sent else last))
    if match and title and _BODY_BEGUN.search(paper.bare, start, match.start()):
        match = None
    if match is None and title and title.kind == WIRE:
        match = _WIRED.search(paper.bare, title.end, last)
    return (match.start(), match.end()) if match else None


def foot_at(paper: Paper, lines: list[Line], start: int) -> int:
    """Where the foot begins: `Nơi nhận`, or the signer's lines if they come first or stand alone; else the end of the text."""
    match = _SENT.search(paper.bare, start)
    if match:
        before = [line for line in lines if start <= line.start < match.start()]
        return _signer_above(paper, before[-8:], match.start())
    rest = [line for line in lines if line.start >= start]
    for line in rest:
        said = paper.clean[line.start : line.end].strip()
        if is_capacity(said) or (is_post(said) and any(person(paper.clean[each.start : each.end]) for each in rest[-6:])):
            return line.start
    return len(paper.text)


def _signer_above(paper: Paper, lines: list[Line], foot: int) -> int:
    """A table of Word gives the right cell first at times: the signer then stands above `Nơi nhận`."""
    start = foot
    for line in reversed(lines):
        said = first_column(paper.clean[line.start : line.end].strip())
        if is_capacity(said) or is_post(said) or (start != foot and is_upper(said)):
            start = line.start
        elif not (person(said[after_mark_of_signing(said) :]) or is_mark_of_signing(said)) or start != foot:
            break
    return start


def annex_at(paper: Paper, lines: list[Line], start: int) -> int:
    """Where what is attached begins after the foot; the end of the text where nothing is."""
    heading = len(paper.text)  # of lines in capitals just above `(Kèm theo …)`, which name what is attached
    for line in lines[bisect_right(lines, start, key=lambda line: line.start) :]:
        said = paper.clean[line.start : line.end].strip()
        if said[0] in _NEVER_ANNEX and said.islower():
            heading = len(paper.text)
            continue
        bared = paper.bare[line.start : line.end].strip()
        if _ANNEX.match(bared) and (is_upper(said) or bared.startswith(("phu luc", "mau so"))):
            return line.start
        if _ATTACHED.match(bared) or (" ".join(bared.split()) in _TITLES and is_upper(said)):
            return min(heading, line.start)
        names = is_upper(said, 1.0) and not (is_capacity(said) or is_post(said))
        heading = min(heading, line.start) if names else len(paper.text)
    return len(paper.text)


def annex_title_at(paper: Paper, foot: int, annex: int) -> int:
    """Where the first annex begins that was found at a place: with the title, if it is found by `(Kèm theo Công văn …)` below that."""
    begins = annex + len(paper.clean[annex:]) - len(paper.clean[annex:].lstrip())
    if not _ATTACHED.match(paper.bare[begins : begins + _NEAR]):
        return begins
    for _ in range(_TITLE_OF_ANNEX):
        end = paper.clean.rfind("\n", foot, begins)
        start = paper.clean.rfind("\n", foot, max(foot, end)) + 1
        said = paper.clean[start : max(start, end)].strip()
        if start <= foot or not (is_upper(said) or _FORM.match(bare(said))) or is_capacity(said) or is_post(said):
            break
        begins = start
    return begins
