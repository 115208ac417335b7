"""Names of people and of the posts in which they sign.

Capacities TM., KT., TL., TUQ., Q. by NĐ 30/2020 phụ lục I mục II.7; the Party writes T/M, K/T, T/L (HD 36-HD/VPTW).
"""

import re

from kheo.core.directives.once import asked_once
from kheo.core.directives.paper import bare, listed, rule
from kheo.core.directives.places import known_at_end
from kheo.core.text import CAPITALS, SMALL

_SURNAMES = listed(
    """
    a adrong alang an arat ating au ayun bach banh bao be bhling bien bloong bo briu brol bui bya ca cam can cao cat cham
    chamale chamalea chang chau cheo chu chung chuong cil clau co coor cor cu cung dam dang danh dao dau diep dieu dinh do doan
    doi don dong du duan duc duong e eban giang giao giap h ha han hang hau hlong ho hoang hoih hua huynh hwing hy k ka kator
    kbuor kha khong khuat khuc khuong kieu kim knul kpa kra kray kring kso ksor ktla la lai lam lang lau le len lien lieng lieu
    liu lo loc lu luc luong luu luyen ly ma mac mai mau mlo moc mong moong mua muong nay neang ngac ngan nghiem ngo ngu nguyen
    nhac nham nhan nhu nie ninh nong on ong pham phan phi pho phung pinang poloong puih quach quan quang quyen rah rcom rlan
    rmah ro sa sai sam sinh siu son sung ta tan tang tat thach thai than thang thao the thieu tho thuong tien tieu to ton tong
    touneh tran trang tri trieu trinh truong tu tuong ty ung uong va van vang vi vien vo vu vuong xa xong y ya zoram
    """
)
_TITLES = r"BSCKI{1,2}|BSCK[12]|GS|PGS|TSKH|TS|ThS|Ths|BS|CN|KS|CKI{1,2}|LS|DS|TTND|TTƯT|NGND|NGƯT"
_RANK = rf"(?:(?:{_TITLES})\.?(?:\s?[.,]?\s?)|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)\s+)"
_WORD = rf"(?:[{CAPITALS}][{SMALL}]*(?:['’][{CAPITALS}]?[{SMALL}]*)?|[A-ZĐ][{SMALL}]+[-–][A-ZĐ][{SMALL}]+)"
NAME = rf"(?:{_RANK})*({_WORD}(?:\s+{_WORD}){{1,5}})"
_IN_CAPITALS = re.compile(rf"^\W*(?:{_RANK})*([{CAPITALS}]{{1,8}}(?:\s+[{CAPITALS}]{{1,8}}){{1,4}})\W*$")
_WHOLE_NAME = re.compile(rf"^\W*{NAME}\W*$")
_NAME_AT_END = re.compile(rf"(?:^|[;.,)]\s+|\s{{2,}})({NAME})\s*$")
_CAPACITY = re.compile(r"^\W*(?:t\s?[./]\s?m|k\s?[./]\s?t|t\s?[./]\s?l|tuq|t\s?/\s?uq|tun|tm|kt|tl|q)\s?\.?\s?[ .]\s*[a-z]")
# With their marks, as rules on the text of a paper need them; any of them may sign.
POSTS = (
    "chủ tịch|tổng giám đốc|giám đốc|bộ trưởng|thứ trưởng|chánh văn phòng|chánh thanh tra|chánh án|tổng bí thư|bí thư"
    "|trưởng ban|trưởng phòng|tổng cục trưởng|chi cục trưởng|cục trưởng|vụ trưởng|hiệu trưởng|viện trưởng|thủ tướng|chủ nhiệm"
    "|tổng thanh tra|thống đốc|chỉ huy trưởng|chính ủy|tư lệnh|tham mưu trưởng|trưởng đoàn|hiệu phó|đội trưởng|trưởng trạm"
    "|viện phó|tổng biên tập|tổ trưởng|kế toán trưởng|trưởng khoa|tổng kiểm toán|chánh tòa"
)
_POSTS = rule(rf"^\W*(?:quyen |q\. ?)?(?:pho )?(?:{bare(POSTS)}|thuong truc|uy vien|ban thuong vu|ban chap hanh)\b")
# In which somebody signs for others, as they are written before the post.
CAPACITIES = "TM|KT|TL|TUQ|TUN|Q|T/M|K/T|T/L|T/UQ"
_SMALL_POST = re.compile(
    rf"(?:(?:{CAPACITIES})[. ] ?)?(?:Phó )?(?:{'|'.join(post.capitalize() for post in POSTS.split('|'))})"
    rf"|(?:{CAPACITIES})[. ] ?[{CAPITALS}][^\n.,;:]{{2,60}}"
)
_SIGNED = rule(r"^\W*(?:da ky|da ki|daky|ky ten|ky thay|ky boi|ky, dong dau|chu ky|signed|dau)\b[\w\s,.]*\W*$")


_COLUMNS = re.compile(r"(.*?)(?:(\s{3,})(.*))?", re.DOTALL)
_SIGNED_BY = rule(r"^\W*(?:da ky|da ki|ky boi|nguoi ky|ky ten)\s*[:)\]]+\s*(?=\S)")


def is_upper(text: str, least: float = 0.85) -> bool:
    """Whether nearly all its letters are capitals; OCR may have broken a few."""
    if text.islower():
        return False
    letters = "".join(filter(str.isalpha, text))
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= least * len(letters)


@asked_once
def person(text: str) -> str | None:
    """The name if the text is a person's name and nothing else: `ThS. Lê Thị Bích Thuận` -> `Lê Thị Bích Thuận`."""
    match = _WHOLE_NAME.match(text)
    if match is None or not is_name(match[1]):
        return None
    place = known_at_end(bare(match[1]))
    # `Nguyễn Hòa Bình` is a person, `Hòa Bình` a province.
    return None if place and place[0] == 0 else " ".join(match[1].split())


def person_in_capitals(text: str) -> str | None:
    """`ThS. NGUYỄN THỊ LAN` as running text writes it; None where it is a post, an office or no name."""
    match = _IN_CAPITALS.match(text)
    if match is None or is_post(text) or is_capacity(text):
        return None
    return person(" ".join(word.capitalize() for word in match[1].split()))


def is_name(text: str) -> bool:
    """Whether the words read as a Vietnamese person's name: two to six, the first a surname."""
    words = text.split()
    return 2 <= len(words) <= 6 and re.split("['’]", bare(words[0]))[0] in _SURNAMES


@asked_once
def first_column(line: str) -> str:
    """Of a line with two signers beside each other (a joint paper) the first one's part; any other line whole."""
    left, gap, right = (each or "" for each in _COLUMNS.fullmatch(line).groups())  # type: ignore[union-attr]
    return left if gap and _is_of_a_signer(left) and _is_of_a_signer(right) else line


def _is_of_a_signer(text: str) -> bool:
    return is_capacity(text) or is_post(text) or person(text) is not None


@asked_once
def person_at_end(text: str) -> tuple[int, str] | None:
    """Where a person's name (or the rank before it) begins that closes a line after a stop or a gap, and the name."""
    match = _NAME_AT_END.search(text)
    return (match.start(1), match[2]) if match and person(match[2]) else None


@asked_once
def is_capacity(text: str) -> bool:
    """`TM. BAN THƯỜNG VỤ`, `K/T CHỦ TỊCH`."""
    return bool(_CAPACITY.match(bare(text))) and is_upper(text, 0.6)


@asked_once
def is_post(text: str) -> bool:
    """A line that names the post of a signer: in capitals, as papers write it at their foot."""
    return is_upper(text) and bool(_POSTS.match(bare(text)))


@asked_once
def is_small_post(text: str) -> bool:
    """`Phó Giám đốc`, `TM. Ủy ban nhân dân`, and nothing else: as a foot says it that has no capitals."""
    return bool(_SMALL_POST.fullmatch(text.strip())) and not is_upper(text)


@asked_once
def after_mark_of_signing(text: str) -> int:
    """Where the rest begins after a mark of signing with a colon: `Đã ký: Võ Kim Thoa`; 0 where there is none."""
    match = _SIGNED_BY.match(bare(text))
    return match.end() if match else 0


@asked_once
def is_mark_of_signing(text: str) -> bool:
    """`(Đã ký)`, `(Ký tên, đóng dấu)`."""
    return bool(_SIGNED.match(bare(text)))
