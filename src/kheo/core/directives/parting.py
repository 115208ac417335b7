"""Words that lost the blank between them, parted: `quyđịnh`, `trước ngày15/6`, `SởNội vụ`, as a web page or a converter leaves them.

Where a line ended the blank is often lost. A word that Vietnamese cannot spell is two or more that it can, if one of them is a word in
which papers say what they ask for, by when, of whom: names of other languages stay. The paper is read with the blanks; every place that is
told is one of the paper as given, and each blank is a proposal of its own, beside what was written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import Cut, Paper, bare, listed
from kheo.core.directives.slips import Slip
from kheo.core.directives.squeezing import Squeezed, cut_short, with_places_of_the_whole
from kheo.core.directives.syllables import BARE_SYLLABLES, is_syllable

if TYPE_CHECKING:
    from kheo.core.directives.reading import Directive

# One of them has to be among the words that ran together.
_WORDS = listed(
    """
    ban biên biểu báo bí bản bảo bằng bộ cao cho chung chuyên chính chấp chậm chỉ chỉnh chủ chức các cáo công căn cơ cấp cầu cục của
    cứ cử danh dung duyệt dân dụng dự giao giám giải giờ gồm gửi hai hiện hiệu hoàn hoạch hoặc huyện hàng hành hình hướng hưởng hạn
    hằng hết học họp hồ hỗ hội hợp khai khi khu khóa không khối kinh kiến kiểm kèm kế kết kể kỳ kỷ lao liên liệu loại luật làm lãnh
    lý lượng lập lệnh lịch mẫu mỗi một mới mục ngay nghiêm nghiệm nghiệp nghị ngày người nhiệm nhân nhất nhận những này nông năm nơi
    nếu nội nộp phát phê phòng phó phường phải phản phẩm phối phụ phục qua quan quy quyết quyền quý quả quản riêng rà sau sinh soát
    sách sát số sở sự tham thanh thi thiểu thuộc thành tháng thông thư thưởng thẩm thể thống thời thứ thức thực tiến tiếp toàn tra
    triển trong trung trách trên trình trí trước trường trưởng trị trợ trực tuyên tuần tài tác tình túc tại tập tế tỉnh tổ tổng tờ
    từ uỷ viên việc viện và vào vòng văn vấn vận vật về vụ xong xuất xây xã xét yêu án áp ý điều điểm điện đoàn đánh đã đó đóng đôn
    đông đúng đăng đơn được đại đạo đảm đảng đầu đặc đến đề đền để địa định đối đồng đợt đức ủy"""
)
_NAMES = frozenset({"xơđăng", "cơtu", "cơho", "cơlao"})  # of peoples
_RUN = re.compile(r"[^\W\d_]+")
_NO_WORD = re.compile(r"[@\\]|//|www|\.(?:vn|com|gov|org|net|edu)\b", re.IGNORECASE)  # addresses of mail and web
_SYMBOL = frozenset("/-–&_")  # what stands beside them may be the letters of a notation
_SHORTEST, _LONGEST, _CAPITALS, _MOST = 4, 28, 6, 4  # letters; words that ran together
_LONGEST_PART = 160  # letters between two blanks that are looked at
_ABBREVIATED = 3  # capitals, as in `UBNDtỉnh`
# On bare text: before a number, and after one.
_BESIDE_A_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:ngay|thang|nam|quy|tuan|truoc|han|vong|nhat|het|den|luc|trong|ky|va|hoac|tu|qua|sau|so|dieu|khoan"
    r"|tren|cu|la|co|bao cao)(?=\d)|(?<![^\W\d_])quy(?=i{1,3}(?!\w)|iv(?!\w))"
    r"|(?<=\d)(?=(?:ngay|thang|nam|gio|phut|hang|moi|cua|va|theo|ve|de|den|truoc|cho|qua|tai|nop|gui)(?![^\W\d_]))"
)
# Behind a notation: `15/NĐ-CPngày 02/3`.
_AFTER_A_NOTATION = re.compile(r"(?<=[A-ZĐ])(?=(?:ngày|của|về)(?!\w))")
_STOPS = re.compile(r"([^\W\d_]{2,}|\d{4})[.;](?=([^\W\d_]{2,}))")
_AROUND = "“”\"'’‘()[].,;:!?…-–+•*"
_MOST_LOOKED_AT = 2000  # a text with more words that nobody can spell is no paper in Vietnamese
_FEW = 40  # words that are each looked for by themselves


@dataclass(frozen=True)
class Parted:
    """`short` is the paper with the blanks; `slips` are the proposals, with their places in the paper as given."""

    short: Squeezed
    slips: list[Found[Slip]]


def parted(paper: Paper) -> Parted | None:
    """None where no words ran together."""
    found = _ran_together(paper.parts.words) if paper.parts.words else {}
    if not found:
        return None
    sites = sorted(_sites(paper.clean, found))
    cuts = [Cut(at + cut, at + cut, " ") for at, word in sites for cut in found[word]]
    proposed = {word: " ".join(_pieces(word, [0, *at, len(word)])) for word, at in found.items()}
    why = "mất dấu cách giữa các chữ"
    slips = [Found(Slip(word, proposed[word], why), Place(at, at + len(word)), 0.9) for at, word in sites]
    return Parted(cut_short(paper, cuts), slips)


def of_the_paper(read: "Directive", parts: Parted, paper: Paper) -> "Directive":
    """What was read with the blanks, told of the paper as given: its places, and word for word what it asks for."""
    found = with_places_of_the_whole(read, parts.short, paper)
    due = [
        replace(whole, value=replace(whole.value, text=paper.verbatim(whole.place.start, whole.place.end)))
        if one.value.text == parts.short.paper.verbatim(one.place.start, one.place.end)
        else whole
        for one, whole in zip(read.deadlines, found.deadlines, strict=True)
    ]
    return replace(found, deadlines=due, slips=_without_overlaps([*found.slips, *parts.slips]))


def _without_overlaps(proposed: list[Found[Slip]]) -> list[Found[Slip]]:
    """In the order of the text; of two at one place the first."""
    kept = list[Found[Slip]]()
    for each in sorted(proposed, key=lambda each: each.place.start):
        if not kept or each.place.start >= kept[-1].place.end:
            kept.append(each)
    return kept


def _pieces(word: str, bounds: list[int]) -> Iterator[str]:
    return (word[one:other] for one, other in pairwise(bounds))


def _sites(text: str, found: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where words stand between blanks, in any order."""
    words = set(found)
    if len(words) > _FEW:
        yield from ((match.start(), match[0]) for match in re.finditer(r"\S+", text) if match[0] in words)
        return
    for word in words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
                yield at, word
            at = text.find(word, end)


def _ran_together(words: Iterable[str]) -> dict[str, list[int]]:
    """Of what stands between blanks that in which words ran together, with the places before which a blank was lost."""
    looked_at, found = 0, dict[str, list[int]]()
    listed = sorted(words)
    for word, bared in zip(listed, bare("\n".join(listed)).split("\n"), strict=True):
        core = bared.strip(_AROUND)
        if core in BARE_SYLLABLES or core.isdigit() or not core or len(core) > _LONGEST_PART:
            continue
        looked_at += 1
        if looked_at > _MOST_LOOKED_AT:
            break
        cuts = (
            []
            if _NO_WORD.search(word)
            else sorted({*_beside_numbers(bared), *_after_stops(word), *_in_runs(word), *_behind_a_notation(word)})
        )
        if cuts:
            found[word] = cuts
    return found


def _beside_numbers(bared: str) -> Iterator[int]:
    """`ngày15/6`, `quýII`, `06tháng`."""
    return (match.end() for match in _BESIDE_A_NUMBER.finditer(bared))


def _behind_a_notation(word: str) -> Iterator[int]:
    return (match.end() for match in _AFTER_A_NOTATION.finditer(word))


def _after_stops(word: str) -> Iterator[int]:
    """`15/6/2025.Đề`, `tỉnh;các`: between two words, of which none is an abbreviation (`TP.Hồ`, `T.Ư`)."""
    for match in _STOPS.finditer(word):
        before, after = match[1].lower(), match[2].lower()
        if (before.isdigit() or _is_word(before)) and (_is_word(after) or _apart(after)):
            yield match.end()


def _is_word(said: str) -> bool:
    return bare(said) in BARE_SYLLABLES and is_syllable(said)


def _in_runs(word: str) -> Iterator[int]:
    """Within letters that stand together, but for those of a notation."""
    for run in _RUN.finditer(word):
        beside = {word[max(0, run.start() - 1) : run.start()], word[run.end() : run.end() + 1]}
        if run.end() - run.start() <= _LONGEST and not beside & _SYMBOL:
            yield from (run.start() + at for at in _in_run(run[0]))


def _in_run(run: str) -> list[int]:
    bounds = [0, *_where_the_case_changes(run), len(run)]
    cuts = bounds[1:-1]
    for start, end in pairwise(bounds):
        piece = run[start:end]
        if piece.isupper() and (len(piece) < _CAPITALS or bare(piece) == piece.lower()):
            continue
        if not _is_word(piece.lower()):
            cuts += [start + at for at in _apart(piece.lower())]
    return cuts


def _where_the_case_changes(run: str) -> list[int]:
    """`SởNội`, `vềUBND`, `UBNDtỉnh`: what stands on both sides are words, or an abbreviation on one."""
    found = []
    for at in range(2, len(run) - 1):
        before, after = run[at - 1], run[at]
        if before.islower() and after.isupper():
            left, right = run[:at], run[at:]
            last = left[max(index for index in range(at) if index == 0 or left[index].isupper()) :]
            first = right[: next((index for index in range(1, len(right)) if right[index].isupper()), len(right))]
            ends = _is_word(last.lower()) or _apart(last.lower())
            if ends and bare(run) != run.lower() and (right[:2].isupper() or _is_word(first.lower()) or _apart(first.lower())):
                found.append(at)
        elif after.islower() and at >= _ABBREVIATED and run[at - _ABBREVIATED : at].isupper():
            begins = at - 1 if _is_word(run[at - 1 :].lower()) else at  # `LĐLĐThành`
            said = run[begins:].lower()
            if begins >= _ABBREVIATED and said in _WORDS and bare(said) != said:
                found.append(begins)
    return found


def _apart(word: str) -> list[int]:
    """Where a word in small letters falls apart into words that Vietnamese spells; nowhere if that is not sure."""
    if len(word) < _SHORTEST or len(word) > _LONGEST or word in _NAMES:
        return []
    ways = sorted(_ways(word, bare(word), _MOST), key=_likelihood)
    if not ways or not any(each in _WORDS for each in ways[0]) or (len(ways) > 1 and _likelihood(ways[0]) == _likelihood(ways[1])):
        return []
    cuts, at = list[int](), 0
    for each in ways[0][:-1]:
        at += len(each)
        cuts.append(at)
    return cuts


def _likelihood(way: list[str]) -> tuple[int, int]:
    """The fewest words first, then those of which most letters are known."""
    return len(way), -sum(len(each) for each in way if each in _WORDS)


def _ways(word: str, bared: str, most: int) -> Iterator[list[str]]:
    """All ways to part a word into at least two syllables, each of two letters or `ý`, `ở`."""
    for at in range(1, len(word)):
        first, rest = word[:at], word[at:]
        if (at > 1 or first in ("ý", "ở")) and bared[:at] in BARE_SYLLABLES and is_syllable(first):
            if len(rest) > 1 and bared[at:] in BARE_SYLLABLES and is_syllable(rest):
                yield [first, rest]
            if most > 2:
                yield from ([first, *more] for more in _ways(rest, bared[at:], most - 1))
