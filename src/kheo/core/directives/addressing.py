"""To whom a duty is owed: `gửi báo cáo … về Liên đoàn Lao động Thành phố (Ban Tuyên giáo)`.

An office follows a word of sending; its name ends where another part of the sentence begins.
"""

import re

from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import any_of, bare, rule

_SENT_TO = rule(
    r"\b"
    + any_of(
        """ve|goi (?:ve|den)
        |gui(?: (?:ve|cho|den|toi|bao cao|ket qua|van ban|len))*|bao cao(?: (?:ve|voi|cho|den|len|gui|ket qua|ket qua voi
        |ket qua ve|ket qua cho|bang van ban|de xuat))*
        |nop(?: (?:ve|cho|tai))?|trinh|tham muu(?: (?:giup|cho|de xuat|trinh|voi))*|de xuat(?: voi)?|voi|lay y kien
        |phan anh(?: (?:ve|den|voi))?|qua|xin chu truong cua"""
    )
    + r" (?:dong chi |lanh dao )?"
)
# The words that begin another part of the sentence.
_OTHER_PART = rule(
    r"\s"
    + any_of(
        """truoc|de|theo|cham nhat|muon nhat|dinh ky|hang (?:thang|quy|nam|tuan)|vao|trong|tu ngay|tu|tai|ket qua|tinh hinh|nhung
        |cac truong hop
        |danh sach|ve (?:tinh hinh|ket qua|viec|cong tac|noi dung|nhung|cac|tien do|so|kho khan)|xem xet|quyet dinh|cho y kien
        |phe duyet|ban hanh
        |kip thoi|khi|neu|bang|gom|bao gom|cong bo|chi dao|hoan thanh|sua doi|va (?:bao cao|gui|to chuc|chiu|tham muu|trinh)|noi dung
        |tien do|han
        |thoi han|thoi gian|xong|ngay|day du|nghien cuu|thong nhat|xu ly|xay dung|cham|khong qua|dong thoi|truong hop|co|la|se|da|phai
        |can|duoc
        |cung(?! cap)|doi voi|bao dam|dam bao|phu hop|trien khai|dung|biet|so lieu|kinh phi|du thao|ho so|phuong an|don doc|gan voi|nhu
        |chu tri|phoi hop
        |ra soat|lap|bo tri|thuc hien|chuan bi|chu dong|thanh lap|thu ly|tham dinh|bo sung|dieu chinh|cap nhat|tiep tuc|bao gio
        |chiu trach nhiem|tham muu|giao (?:chi tiet|chi tieu|nhiem vu|cho)|thong qua|sau khi|theo quy dinh|hang ngay|lan luot
        |duyet|danh muc|to trinh|ky ban hanh
        |qua (?:hop thu|email|thu dien tu|phan mem|he thong|truc)
        |thu (?:hai|ba|tu|nam|sau|bay)"""
    )
    + r"(?=[\s,.;:)]|$)"
)
# These end a name too, but may be its last words (`Phòng Kế hoạch tổng hợp`) where the sentence goes on with another part at once.
_MAY_BE_NAME = rule(
    r"\s"
    + any_of("tong hop|thong tin|bao cao|de xuat|huong dan|giai quyet|theo doi|quy dinh|ke hoach|kiem tra|danh gia|to chuc|quan ly|hop|thu")
    + r"(?=[\s,.;:)]|$)"
)
# What is submitted begins with a capital and is no part of the office's name, unless that says nothing without it (`Sở Kế hoạch …`).
_SUBMITTED = rule(r"\s(?:de an|du thao|quyet dinh|nghi quyet|to trinh|bao cao|chuong trinh|phuong an|quy hoach|danh muc|ke hoach)\b")
_NEEDS_MORE = re.compile(r"^(?:so|phong|ban|vu|cuc|vien|van phong)$")
_ON_THE_SPOT = re.compile(r"\bso$")
_PAREN = re.compile(r"\s*\([^()]{2,160}\)")
# Words of one syllable that another tone mark makes another word: `tại` ends a name, `vận tải` does not.
_SPELLINGS = {
    bare(word): (word, bare(word))
    for word in [
        "tại",
        "từ",
        "có",
        "là",
        "để",
        "vào",
        "đúng",
        "họp",
        "đã",
        "sẽ",
        "phải",
        "cần",
        "được",
        "khi",
        "nếu",
        "xong",
        "hạn",
        "cùng",
        "bằng",
        "lập",
        "như",
        "trong",
        "gồm",
        "chậm",
        "thu",
        "hợp",
    ]
}
_WITH = rule(r"\b(?:dang ky|bao cao|trao doi|lam viec)\b[^.;]{0,200}$")
_DRAFT_OF = re.compile(r"du\s+thao\s+$")
_THROUGH = re.compile(r"\s*\(\s*(?:thong\s+)?qua\b")
_NOT_OF_NAME = re.compile(r"\d{1,2}\s*/\s*\d|ngay|truoc|mau|dinh kem|gui kem|theo|de (?!an\b)")
_IN_SMALL_LETTERS = rule(
    r"(?:tinh|thanh pho|huyen|xa|phuong|trung uong)(?= (?:truoc|cham nhat|de|vao|theo|trong)\b|[,.;])|cap uy"
    r"|co quan (?:thuong truc|bao hiem|chu tri|dau moi)|thuong truc|ban to chuc|to giup viec|cong doan (?:cap tren|nganh"
    r"|co so)|phong [a-z]"
)
_NEXT_OFFICE = re.compile(r"\s*(?:,|;|va|va cac|dong gui|dong thoi gui)\s+")
_AREAS = rule(r"\s*,\s*(?:thanh pho|thi xa|huyen|quan|xa|phuong|thi tran|dac khu)\b")
_LEAST, _LAST_WORDS = 2, 2


def addressee(clean: str, bared: str, start: int, end: int, before: int | None, advice: bool = True) -> Found[str] | None:
    """The office between two places that a duty is sent to: the last one before `before`, else the first after it.

    `advice`: who is advised (`tham mưu giúp …`) counts too.
    """
    found = offices(clean, bared, start, end, advice)
    if not found:
        return None
    earlier = [each for each in found if before is None or each.place.end <= before + 1]
    return (earlier[-1] if before is not None else found[0]) if earlier else found[0]


def offices(clean: str, bared: str, start: int, end: int, advice: bool = True) -> list[Found[str]]:
    """All offices between two places that something is sent to, none inside another."""
    found: list[Found[str]] = []
    for match in _SENT_TO.finditer(bared, start, end):
        if (match[0].startswith("tham") and not advice) or (
            match[0].startswith("voi") and not _WITH.search(bared, max(0, match.start() - 220), match.start())
        ):
            continue
        if match[0].startswith("bao cao") and _DRAFT_OF.search(bared, max(0, match.start() - 9), match.start()):
            continue  # `trình Bộ trưởng dự thảo báo cáo Thủ tướng`
        office = _office(clean, bared, match.end(), end)
        if office and not (found and office.place.start < found[-1].place.end):
            found.append(office)
    return found


def _office(clean: str, bared: str, start: int, end: int) -> Found[str] | None:
    if not _begins(clean, bared, start):
        return None
    stop = _name_end(clean, bared, start, end)
    told = " ".join(clean[start:stop].split())
    return Found(told, Place(start, stop)) if len(told) >= _LEAST else None


def _begins(clean: str, bared: str, at: int) -> bool:
    named = clean[at : at + 1].isupper() or _IN_SMALL_LETTERS.match(bared, at)
    return bool(named and begins_like_an_office(clean[at : at + 40]))


def _name_end(clean: str, bared: str, start: int, end: int) -> int:
    """Where a name ends; a remark in brackets and further offices belong to it."""
    stop = min(
        _first_of(_OTHER_PART, clean, bared, start, end), *(at for at in (clean.find(sign, start, end) for sign in ",;:.(") if at >= 0), end
    )
    for submitted in _SUBMITTED.finditer(bared, start + 1, stop):
        if clean[submitted.start() + 1].isupper() and not _NEEDS_MORE.match(bared[start : submitted.start()]):
            stop = submitted.start()
            break
    soft = _first_of(_MAY_BE_NAME, clean, bared, start, stop)
    last_words = bared[soft:stop].split()
    if soft < stop and (len(last_words) > _LAST_WORDS or (clean[stop : stop + 1] in (",", ";") and not bared.startswith("phong", start))):
        stop = soft
    paren = _PAREN.match(clean, stop, end)
    if paren and (_THROUGH.match(bared, paren.start()) or not _NOT_OF_NAME.search(bared[paren.start() : paren.end()])):
        stop = paren.end()
    areas = _AREAS.match(bared, stop, end)  # `LĐLĐ tỉnh, thành phố`
    if areas:
        return _name_end(clean, bared, areas.end() - 1, end)
    further = _NEXT_OFFICE.match(bared, stop, end)
    if further and _begins(clean, bared, further.end()):
        return _name_end(clean, bared, further.end(), end)
    return start + len(clean[start:stop].rstrip(" \n,;:."))


def _first_of(words: re.Pattern[str], clean: str, bared: str, start: int, end: int) -> int:
    """Where the first of some words stands in small letters and with its own tone marks (or none); `end` where none does."""
    for match in words.finditer(bared, start + 1, end):
        said = clean[match.start() + 1 : match.end()].strip()
        if said == "tại" and _ON_THE_SPOT.search(bared, start, match.start()):  # `Hạt Kiểm lâm sở tại`
            continue
        if not said[:1].isupper() and said.lower() in _SPELLINGS.get(bare(said), (said.lower(),)):
            return match.start()
    return end
