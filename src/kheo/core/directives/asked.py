"""Who is asked: the subject of a sentence, who stands after `Giao` or `Đối với`, the heading above, the words before a list.

By the way orders are written (NĐ 30/2020 phụ lục III, mẫu 1.4 to 1.6): `Giao Sở A chủ trì, phối hợp với …`, `Các xã: …`, `2. Sở B`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.body import Body
from kheo.core.directives.paper import any_of, bare, rule

_ASKS = rule(
    r"\W*(?:(?:xin |kinh )?(?:de nghi|yeu cau)|giao(?: nhiem vu)?(?: cho)?|phan cong(?: nhiem vu)?(?: cho)?|doi voi|ve phia"
    r"|(?:trach nhiem|nhiem vu) cua) "
)
# What those who are asked do. Some of these stand in names too: see _is_of_a_name.
_DUTY = rule(
    r"(?:(?<=:)|(?<=\s)(?:\s*:|"
    + any_of(
        """co trach nhiem|chiu trach nhiem|chu tri|phoi (?:ket )?hop|tiep thu|tiep tuc|thuc hien|trien khai|nghien cuu|tham muu|ra soat
        |khan truong|chi dao|can cu|theo chuc nang|theo nhiem vu|quan tam|tang cuong|xay dung|huong dan|chu dong|trong pham vi|tren co so
        |to chuc|day manh|theo doi|don doc|bo tri|co (?:ke hoach|van ban|bien phap|giai phap|y kien)|bao dam|dam bao|quan triet|pho bien
        |tuyen truyen|kiem tra|bao cao|dang ky|hoan thanh|tiep nhan|van dong|xac nhan|giai trinh|tham dinh|cong khai|cung cap|cap nhat
        |giam sat|ban hanh|phe duyet|tong hop|xu ly|phat dong|lua chon|thanh lap|duy tri|gap go|nop|gui|chuan bi|dang tai|thong bao|cong bo
        |chap hanh|thi hanh|phan cong|phan bo|tap trung|nghiem tuc|kip thoi|day nhanh|thuong xuyen|dinh ky|khong de|khong duoc|phai|gop y
        |thong ke|niem yet|thay mat|ho tro|giai quyet|khac phuc|ky (?:cam ket|giao uoc|ket|ban)|cu (?:\\d|can bo|nguoi|lanh dao|dai bieu)
        |lap (?:danh|ho so|ke|du|bien|to)|chon \\d|trinh (?:uy|ubnd|hdnd|bo|thu|chu|cap|giam)|trao (?:tang|qua|\\d)|nhap (?:du|so) lieu
        |moi (?:don vi|co so)|bam sat|tich cuc|cu the hoa|neu cao|phat huy|trong qua trinh|de xuat|bo sung|mo (?:lop|cac)
        |treo co|lanh dao|cu|dua|so hoa|danh gia|chon|ban giao|van hanh|tuan tra|hoan thien|hop (?:dinh|dot|phien|moi|hang)
        |tiep cong dan|phu trach|truc tiep|co nhu cau|xem xet|cam ket
        |khong thuoc|duoc phep
        |la (?:dau moi|co quan|don vi)|quyet toan|quy dinh nhu"""
    )
    + r"\b))"
)
_DONE = re.compile(r"\b(?:da|dang|duoc|bi|chua|vua)\s+(?:\w+\s+){0,2}$")
# Words of duty that are none, by what stands before them, after them, or on both sides (a bar stands between).
_SPOKEN_OF = re.compile(
    r"\b(?:ve|viec|cua|de|cho|cong tac|lien quan den|trong|do|noi|ke hoach|bo phan|nhiem vu|yeu cau|qua trinh|tien do|ket qua|che do|mau"
    r"|tinh hinh|noi dung|theo|hoac|dich vu|van phong|giao duc|khi|ho so|gia|nguon luc) $"
)
_NO_DUTY = re.compile(
    r"thi hanh (?:an|cong vu)\b|xay dung (?:dang|nong thon|co ban|huyen|tinh|thanh pho)\b"
    r"|cung cap dich vu|kiem tra dang|truc tiep co so|thuc hien nhiem vu\b"
    r"|to chuc (?:chinh tri|dang|doan|hoi(?! nghi| thao| thi| dien| cho)|co so|cong doan|xa hoi|kinh te|tin dung|tra\b|lien quan|co lien"
    r"|truc thuoc|thanh vien|phi\b|khac|quoc te|khoa hoc|hanh nghe|su dung|thuoc|su nghiep|bo may|can bo|ton giao|quan chung|nay|va |,|;|:)"
)
_IN_A_NAME = re.compile(
    r"\bcap \|tren co so|\bdau tu \|xay dung|\bthi \|dua|\bdan \|cu\b|\bcan bo \|lanh dao"
    r"|\b(?:uy ban|ban|doan|to|doi|duoc|cong tac) \|(?:kiem tra|giam sat)|\bban \|(?:chi dao|to chuc)"
    r"|\b(?:cac|va|moi|nhung|hoac|tung|mot|quan,|vi,|nganh,|uy,|[a-z] cac) \|to chuc"
)
_ACTOR = any_of(
    """so|ban|nganh|co quan|don vi|dia phuong|xa|phuong|huyen|quan|tinh|thi|thanh|thanh pho|thon|ap|cap|chi|doan|hoi|to chuc|doanh nghiep
    |truong|phong|cong doan|can bo|dang|dong chi|ca nhan|co so|chu|thanh vien|vien|benh vien|trung tam|to|cum|khoi|lien|ldld|ubnd|bo|nha
    |giam doc|hiep hoi|mat tran|xi nghiep|cong ty|hop tac|lop|khoa|luc luong|tap the|nguoi|ong|ba|quy|ngan hang|nhom|dai|bao|nghiep doan
    |cong chuc|vien chuc|sinh vien|hoc sinh|lanh dao|thu truong|hieu truong|tap doan|tong cong ty|uy ban|hoi dong|cong an|van phong
    |dai bieu|bi thu|chanh|tham muu|chu tich|pho|cuc|chi cuc|vu|tong|don|xom|khu|dac khu|mttq|btv|bch|hdnd|kbnn|bhxh|truc thuoc"""
)
_MANY = rule(
    rf"^(?:(?:cac|nhung|moi|tat ca(?: cac)?|toan the|tung) {_ACTOR}\b(?! (?:du lieu|ha tang|vat chat|de an|du an|noi dung|tieu chi))"
    r"|thu truong|nguoi dung dau|nguoi nop|lanh dao|don vi|cap (?:uy|tinh|huyen|xa|co so|thanh pho|trung uong)\b|can bo|hieu truong|truong"
    r"|chu tich|giam doc|dong chi|thanh vien|doanh nghiep|chi doan|doan vien|sinh vien|chu (?:dau tu|ho|co so|nhiem|rung|dong)"
    r"|khoi (?:dan van|thi dua)|to dan pho|co so|to chuc tra|xa|huyen|thon|moi don vi|ca nhan|tap the|dia phuong|so, ban)\b"
)
_NOBODY = rule(
    "^(?:"
    r"to chuc(?: thuc hien| trien khai)?$|to chuc (?!dang\b|co so\b|cong doan\b|chinh tri\b|doan\b|tra\b|hoi (?!nghi|thao|thi\b|dien))"
    r"|trach nhiem|noi dung|cong tac|ban hanh|bo (?:tri|sung|cuc)|hoi (?:nghi|thao|thi|dien)\b|so (?:ket|lieu|luong|tien|vu|nguoi)\b"
    r"|doan (?:ket|kiem tra$)|bao (?:cao|ve|dam|ton|luc)\b|phuong (?:huong|an|phap|thuc|cham|tien)\b|phong(?:,| chong\b| trao\b| ngua\b)"
    r"|quy (?:dinh|trinh|che|mo|hoach|[ivx]+\b|\d)|co so (?:phap ly|du lieu|vat chat|ha tang)|truong hop|dai hoi\b|khoa hoc"
    r"|vien (?:phi|tro)|cap (?:phat|nhat|bach|phep|do)|xa hoi|can cu|to (?:chuc thuc|roi)|vu (?:viec|mua)|co quan ban hanh)"
)
_SEVERAL = re.compile(r"(?:cac|nhung|moi|tat ca|toan the|tung)\s")
# `các Bộ: Công an, Tài chính …`: what stands after the colon are their names.
_NAMES_FOLLOW = re.compile(
    r"\bcac\s+(?:so|bo|ban|cuc|chi\s+cuc|vu|phong|nganh|hoi|xa|phuong|huyen|quan|truong|cong\s+ty)\s*$|\bgiam\s+doc\s*$"
)
# Money is given so that somebody does something with it: `Bố trí … để Sở A thực hiện hỗ trợ …`.
_GIVES = rule(r"^\W*(?:bo tri|cap(?: phat)?|phan bo|trich|chuyen)\b")
_GIVEN_TO = rule(r"\b(?:de|cho) (?=(?:\S+ ){1,14}?(?:thuc hien|to chuc|chi tra|mua|trien khai)\b)")
_PARAGRAPH = re.compile(r"\n\s*\n")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_WHO_ASKS = re.compile(r"\b(?:đề nghị|yêu cầu|giao|phân công)\s")  # `Sở A đề nghị Ủy ban B`
_NO_NAME = re.compile(r"\b(?:như sau|đã|đang|để|kêu gọi|bằng)\b")
# A semicolon and small letters that name nobody: another part of the sentence.
_ANOTHER_PART = re.compile(
    r"\s*\((?=[^)]*$)|\s+và\s+(?=kêu gọi\s)|;\s+(?=(?:nếu|khi|trước|thứ|tiếp|trong|để|đồng|từ)\b)|\s+(?=trước (?:\d|ngày))"
)
_LONGEST_NAME, LONGEST_HEADING = 240, 500  # letters
_FURTHEST = 400  # letters in which a duty follows who is asked, blanks among them
_BESIDE = 30  # letters on either side of a word of duty that may make it part of a name
_HEADING = 60  # letters of a line that is a heading
_LABEL = 120  # letters before a colon that names what an item is about
# A part of a sentence that stands before who is asked.
_BEFORE = rule(
    r"^\W*(?:truoc|sau|hang|dinh ky|can cu|trong|tu|khi|nham|de|tren co so|theo|den|cham nhat|thuc hien|vao|ngay|dong thoi"
    r"|rieng|qua|ngoai ra)\b"
)
_CLAUSE, _CLAUSE_OF_LEAD = re.compile(r"[,:)]\s+"), re.compile(r"[,:)”\"]\s+")
_ORDERED = rule(r"\b(?:giao(?! (?:ban|luu|thong|dich|nop|nhan|dien|uoc)\b)|phan cong|de nghi|yeu cau) (?=\w)")
# `Các Trung tâm hàng năm chỉ đạo …`: how often is no part of who.
_RHYTHM = re.compile(r"\s(?:(?:hàng|hằng|mỗi)\s(?:năm|quý|tháng|tuần|ngày)|định\skỳ)\b")
_LEAD = 700  # letters above a list that may say who is asked by all of it
_ENDS_LEAD = re.compile(r":\s*$")


@dataclass(frozen=True)
class Asked:
    """Who is asked, and how sure it is that it is they."""

    name: str
    sure: float


SAID, BEHIND, ABOVE, LEAD = 0.95, 0.85, 0.9, 0.8


def asked_in(body: Body, start: int, end: int, heading_end: int, *, is_heading: bool = False) -> Asked | None:
    """Who an item asks: its subject or who stands after `Giao`; the same of the sentence under its heading, after its label (`Cấp tỉnh:`)
    or after the part of a sentence before it; last, whom it orders further on. A heading may be nothing but the name.
    """
    headed = _is_heading_of_its_own(body, start, end, heading_end)
    own = _who(body, start, heading_end if headed else end, is_heading=is_heading or headed)
    label = body.clean.find(":", start, min(end, start + _LABEL))
    if own and not (label >= 0 and bare(own).startswith("cap ")):
        return Asked(own, SAID)
    for at in _other_begins(body, start, end, heading_end, label):
        name = _who(body, at, end, needs_duty=True)
        if name:
            return Asked(name, BEHIND)
    if own is None and _GIVES.match(body.bare[start : min(end, start + _BESIDE)]):
        for given in _GIVEN_TO.finditer(body.bare, start, min(end, start + _FURTHEST)):
            name = _who(body, given.end(), end, needs_duty=True)
            if name:
                return Asked(name, LEAD)
    return Asked(own, SAID) if own else None


def asked_by_lead(body: Body, start: int, end: int) -> Asked | None:
    """Who the last words before a list ask: `…, đề nghị các đơn vị thực hiện một số nội dung sau:`."""
    start = max(start, end - _LEAD)
    if not _ENDS_LEAD.search(body.bare, start, end):
        return None
    for match in reversed(list(_ORDERED.finditer(body.bare, start, end))):
        name = _who(body, match.start(), end)
        if name:
            return Asked(name, LEAD)
    return _several_in_lead(body, start, end)


def _several_in_lead(body: Body, start: int, end: int) -> Asked | None:
    """`Để khắc phục …, các cấp ủy thực hiện tốt một số nội dung sau:`: several, since a single one would be whose paper it is."""
    end = start + len(body.clean[start:end].rstrip())
    stop = max(body.clean.rfind(sign, start, end) for sign in (". ", ".\n", "\n\n"))
    sentence = max(start, stop + 1)
    for clause in (sentence, *(match.end() for match in _CLAUSE_OF_LEAD.finditer(body.clean, sentence, end))):
        at = clause + len(body.clean[clause:end]) - len(body.clean[clause:end].lstrip(" \n"))
        name = _who(body, at, end, needs_duty=True) if _SEVERAL.match(body.bare, at, end) else None
        if name:
            return Asked(name, LEAD)
    return None


def is_told_as_done(body: Body, start: int, end: int) -> bool:
    """`Sở Tư pháp đã thẩm định`: somebody did it already."""
    duty = next(_duties(body, start, min(end, start + _FURTHEST)), None)
    early = re.search(r"\bda\s+\w+", body.bare[start : min(end, start + _LABEL)])
    return bool(
        early and (duty is None or start + early.start() < duty.start()) and begins_like_an_office(body.clean[start : start + _LABEL])
    )


def _is_heading_of_its_own(body: Body, start: int, end: int, heading_end: int) -> bool:
    """`Sở Tài chính` and below it `Bố trí kinh phí …`: a short line without a stop, and what is to be done, or by whom, in the next."""
    if heading_end >= end or heading_end - start > _HEADING or not body.clean[heading_end - 1].isalnum():
        return False
    following = body.clean[heading_end : min(end, heading_end + _LABEL)].strip()
    said = bare(following)
    return following[:1].isupper() and bool(_DUTY.match(f" {said}", 1) or begins_like_an_office(following) or _MANY.match(said))


def _other_begins(body: Body, start: int, end: int, heading_end: int, label: int) -> Iterator[int]:
    if heading_end < end and heading_end - start <= _HEADING and body.clean[heading_end - 1 : heading_end] not in (".", ";"):
        yield heading_end
    if label >= 0:
        yield label + 1
    first = body.clean[start : min(end, start + _FURTHEST)]
    if _BEFORE.match(bare(first)):
        for match in _CLAUSE.finditer(first):
            if _DUTY.match(body.bare, start + match.end()):  # the part that orders has no subject
                break
            yield start + match.end()
    for match in _ORDERED.finditer(body.bare, start + 1, min(end, start + _FURTHEST)):
        before = body.clean[max(start, match.start() - 3) : match.start()].rstrip()[-1:]
        if before in tuple(",.;:") and not body.clean.startswith("giá", match.start()):  # `…, giáo viên`
            yield match.start()


def _who(body: Body, start: int, end: int, *, is_heading: bool = False, needs_duty: bool = False) -> str | None:
    """Who stands at a place: after `Giao`, `Đề nghị`, or as its whole text before a colon or a word of duty."""
    ask = _ASKS.match(body.bare, start, end)
    at = ask.end() if ask else start
    at += len(body.clean[at:end]) - len(body.clean[at:end].lstrip(" \n"))
    first = body.clean[at : min(end, at + _BESIDE)]
    if not (begins_like_an_office(first) or _MANY.match(bare(first))):
        return None
    paragraph = _PARAGRAPH.search(body.clean, at, end)
    stop = paragraph.start() if paragraph else end
    duty = next(_duties(body, at, min(stop, at + _FURTHEST)), None)
    said = " ".join(body.clean[at : duty.start() if duty else stop].split()).strip(" :,;.-–")
    said = _RHYTHM.split(_WHO_ASKS.split(said)[-1], maxsplit=1)[0]
    said = _REMARK.sub("", _ANOTHER_PART.split(said, maxsplit=1)[0])
    if not said or len(said) > _LONGEST_NAME or _NOBODY.match(bare(said)) or ". " in said.replace("TP. ", "") or _NO_NAME.search(said):
        return None
    if not (duty or (not needs_duty and (ask or paragraph or is_heading))):
        return None
    if duty and _DONE.search(body.bare, max(at, duty.start() - 30), duty.start()):
        return None
    return said if begins_like_an_office(said) or _MANY.match(bare(said)) else None


def _duties(body: Body, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words of duty that are in small letters (`Xây dựng` with a capital is part of a name) and of no name."""
    for match in _DUTY.finditer(body.bare, start, end):
        word = body.clean[match.start() : match.end()].strip()
        if word in (":", "") and _names_follow(body, match.start(), match.end(), start):
            continue
        if word[:1].isupper() or (word not in (":", "") and _is_of_a_name(body, match, start)):
            continue
        yield match


def _names_follow(body: Body, at: int, after: int, start: int) -> bool:
    """Whether a colon stands before the names of those who were called by their kind, and not before what they are to do."""
    colon = body.bare.rfind(":", at - 1, after)
    following = body.clean[colon + 1 : colon + 1 + _LABEL]
    said = following.strip()
    if colon < 0 or "\n" in following[:2] or not said[:1].isupper() or not _NAMES_FOLLOW.search(body.bare, start, colon):
        return False
    return not _DUTY.match(f" {bare(said)}", 1)


def _is_of_a_name(body: Body, match: re.Match[str], start: int) -> bool:
    at = match.end() - len(body.bare[match.start() : match.end()].lstrip())
    before = re.sub(r"\s+", " ", body.bare[max(start, at - _BESIDE) : at])
    after = re.sub(r"\s+", " ", body.bare[at : at + _BESIDE])
    return bool(_SPOKEN_OF.search(before) or _NO_DUTY.match(after) or _IN_A_NAME.search(f"{before}|{after}"))
