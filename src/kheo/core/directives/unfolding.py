"""A paper whose lines a page or a converter ran together, laid out in lines again.

Where the state's name stands in a long line, the whole head is in that line, often the whole paper. A blank becomes a line's end where a
part of a paper begins (NĐ 30/2020 phụ lục I): offices, state, motto, number, day, subject, title, addressees, bases, articles and items,
copies, the signer's post and name. The length stays, so every place found is a place in what was given.
"""

import re

from kheo.core.directives.kinds import KINDS, LETTER
from kheo.core.directives.marks import ABOUT, PARTY, STATE
from kheo.core.directives.notation import BLANK, NOTATION
from kheo.core.directives.paper import bare
from kheo.core.directives.people import CAPACITIES, NAME, POSTS, is_upper
from kheo.core.text import CAPITALS

_LONG = 200  # letters of a line that holds more than a head's line does
_BEGINNING, _FOOT = 20_000, 3_000  # letters of a line that are laid out: what is longer is no paper
_MOST = 100  # long lines: one of them holds the head
_END_OF_ITS_NAME = "T NAM"  # looked for first
_ITS_BODY = "bo "  # `ĐẢNG BỘ ĐẢNG CỘNG SẢN VIỆT NAM TỈNH …`
_CAPITAL = rf"[{CAPITALS}]"
_TITLES = "|".join(re.escape(kind.upper()) for kind in sorted(KINDS, key=len, reverse=True) if kind != LETTER)
_POST = POSTS.upper()
_WHO = rf"(?:{_POST}|[ỦU][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BAN CHẤP HÀNH|BAN THƯỜNG VỤ)"
_CAPACITY = rf"(?!Q[^.])(?:{CAPACITIES})(?:[. ] ?|(?<=/[MTL])|(?<=/UQ))"
# Before what a line begins; the blank before it is the first group.
_BEGINS = re.compile(
    r"(\s)(?:"
    rf"Độc lập\s*+[-–—.]?+\s*+Tự do|\(Ban hành kèm|\((?:[ĐđD]ã ký|ĐÃ KÝ)\)|Số\s?:|(?=V)(?i:{ABOUT})\b|Kính gửi\s?:|Nơi nhận\s?:"
    rf"|(?:(?<=[;.,:]\s)|(?<={_CAPITAL}{{2}}\s))(?:-\s?)?(?:Căn cứ|Xét|Thực hiện|Theo đề nghị)\s"
    rf"|(?:(?<=[;.:,]\s)|(?<=[;.:,)]\s\s))(?:Điều \d{{1,3}}\s?[.:]|(?:[IVX]{{1,4}}[.\-] ?|\d{{1,2}}\. |[a-zđ]\) |[-–+] ?){_CAPITAL})"
    rf"|{_CAPACITY}{_CAPITAL}{{2}}"
    rf"|(?:(?<=\d\s)|(?<=phúc\s))(?:{_TITLES})(?=[\s:])"
    rf"|(?<=[{CAPITALS}\d”]\s){_WHO} (?=[^a-z]{{3,90}}?(?:-\s?)?Căn cứ\s)"
    rf"|(?<={_CAPITAL}\s)(?:PHÓ )?(?:{_POST})(?=\s+(?:\(|{NAME}))"
    rf"|(?:(?<={_CAPITAL}{{2}}\s)|(?<=\)\s)){NAME}\s*$"
    r")"
)
# After what a line ends; the blank after it is the last group. What is taken is kept (`*+`): a form left blank is thousands of blanks.
_ENDS = re.compile(
    r"(?:Hạnh phúc|ngày\s*+[\d.…]{0,4}+\s*+tháng\s*+[\d.…]{0,4}+\s*+năm\s*+\d{4}"
    rf"|(?<=\n)(?:{_TITLES})|\((?:đã ký|Đã ký|ĐÃ KÝ)\))(\s)"
)


def unfolded(text: str) -> str:
    """The text with lines' ends where its long lines hold the parts of a paper; of the same length. Any other text as it is."""
    if _END_OF_ITS_NAME not in text:
        return text
    lines = text.split("\n")
    for index in [index for index, line in enumerate(lines) if len(line) > _LONG][:_MOST]:
        lines[index] = _line(lines[index])
    return "\n".join(lines)


def _line(line: str) -> str:
    state = _state(line)
    if state is None or len(" ".join(line[: 2 * _BEGINNING].split())) <= _LONG:  # two columns wide apart
        return line
    chars = list(line[:_BEGINNING])
    _break(chars, state[0] - 1)
    _break(chars, state[1])
    for match in re.finditer(r"Số\s?:\s*", line[:_BEGINNING]):
        number = NOTATION.match(line, match.end()) or BLANK.match(line[match.end() : match.end() + 60])
        if number:
            _break(chars, number.end() if number.re is NOTATION else match.end() + number.end())
            break
    end = max(_BEGINNING, len(line) - _FOOT)
    return _parted("".join(chars)) + line[_BEGINNING:end] + _parted(line[end:])


def _state(line: str) -> tuple[int, int] | None:
    """Where the state's name (or the Party's, in no longer one) stands in capitals."""
    bared = bare(line[:_BEGINNING])
    for match in (match for rule in (STATE, PARTY) for match in rule.finditer(bared)):
        if match[0].endswith("nam") and is_upper(line[match.start() : match.end()]) and not bared.endswith(_ITS_BODY, 0, match.start()):
            return match.span()
    return None


def _parted(text: str) -> str:
    """With lines' ends around what stands in lines of its own."""
    chars = list(text)
    for match in _BEGINS.finditer(text):
        _break(chars, match.start(1))
    for match in _ENDS.finditer("".join(chars)):
        _break(chars, match.start(1))
    return "".join(chars)


def _break(chars: list[str], at: int) -> None:
    if 0 <= at < len(chars) and chars[at].isspace():
        chars[at] = "\n"
