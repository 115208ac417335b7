"""To whom a duty is owed: `gửi báo cáo … về Liên đoàn Lao động Thành phố (Ban Tuyên giáo)`.

An office follows a word of sending; its name ends where another part of the sentence begins.
"""

import re

from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.fields import is_between_fields, next_field
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import any_of, bare, rule
from kheo.core.directives.people import NAME
from kheo.core.text import CAPITALS

_SENT_TO = rule(
    r"(?:\b|(?<=cao)(?=ve ))"  # `báo cáovề Bộ`: web pages lose blanks where a line ended
    + any_of(
        r"""ve|goi (?:ve|den)
        |gui(?: (?:ve|cho|den|toi|bao cao|ket qua|van ban|len|lai))*|chuyen|(?:chuyen|nop|gop|dong gop)(?: (?:tien|kinh phi))?(?: (?:ve
        |vao|cho|den|qua))+|bao cao(?: (?:ve|voi|cho|den|len|gui|ket qua|ket qua voi
        |ket qua ve|ket qua cho|bang van ban|de xuat|nhanh|gap|kip thoi|dinh ky|dot xuat|day du|truc tiep))*
        |nop(?: truc tiep)?(?: (?:ve|cho|tai))?|trinh|tham muu(?: (?:giup|cho|de xuat|trinh|voi))*|de xuat(?: voi)?|voi|lay y kien
        |phan anh(?: (?:ve|den|voi))?|qua|xin (?:chu truong|y kien)(?: cua)?
        |len|toi|cho|den|nhan tin(?: (?:cho|ve))?|dien bao(?: (?:cho|ve))?|bao (?:ve|cho)
        |tai|bao(?= giao vien| cac | tung )"""
    )
    + r"(?:(?<=\sve):)? (?:dong chi |lanh dao |(?:theo )?(?:hop thu|hom thu|nhom zalo|nhom|tai khoan|dia chi)(?: dien tu)?\s*:? (?:cua )?)?"
)
# The words that begin another part of the sentence.
_OTHER_PART = rule(
    r"\s"
    + any_of(
        r"""truoc(?:ngay)?|tre nhat|(?:ky|dot) (?:\d|[ivx]+\b)|(?:sang|chieu|trua|toi)(?= (?:thu|ngay)\b)
        |it nhat|toi thieu|den|het|ke tu|de(?! nghi)|theo|qua|va dong
        |cham nhat|muon nhat|dinh ky|(?:hang|moi) (?:thang|quy|nam|tuan)|vao|trong|tu ngay|tu|tai|ket qua|tinh hinh|(?<!tham\s)nhung
        |cac truong hop|(?<!cong\s)(?<!chuong\s)(?<!to\s)(?<!lo\s)(?<!giao\s)trinh(?! (?:sat|do)\b)
        |danh sach|ve (?:tinh hinh|ket qua|viec|cong tac|noi dung|nhung|cac|tien do|so|kho khan)|xem xet|quyet dinh|cho y kien
        |phe duyet|ban hanh|dieu chuyen|bai bo|huy bo|(?:cho|xin) chu truong|thu hoi|phan bo|giao bo sung|cong nhan|khen thuong(?= cho)
        |tren(?= (?:he thong|phan mem|truc (?:lien|tuyen)|cong (?:dich|thong|tt)|moi truong|website|trang|nen tang|co so du lieu
        |duong link)\b)
        |kip thoi|khi|neu|bang|gom|bao gom|cong bo|chi dao|hoan thanh|sua doi|ky(?= gui\b)
        |va (?:bao cao|gui|to chuc|chiu|tham muu|trinh)|noi dung|lay y kien
        |de nghi|yeu cau|tien do|han|(?:cuoi|dau|giua) (?:thang|quy|nam|tuan)
        |bao cao(?= (?:ket qua|tinh hinh|so lieu|tien do|bang|truoc|cham|day du|thang|quy|nam)\b)
        |(?<!phong\s)(?<!ban\s)(?<!to\s)(?<!vu\s)ke hoach
        |thoi han|thoi gian|xong|ngay|day du|nghien cuu|thong nhat|xu ly|cham|khong qua|dong thoi|truong hop
        |co(?! tham)|la|se|da|phai
        |can|duoc
        |cung(?! cap)|doi voi|bao dam|dam bao|phu hop|trien khai|dung|biet|so lieu|ty le|tong so
        |so (?:nha|ho|luong|nguoi|vu|ca)|kinh phi|du thao|ho so|phuong an|don doc|gan voi|nhu
        |chu tri|phoi hop|(?:mot|hai|0?[1-4]) lan(?:\s?/\s?(?:ngay|tuan|thang))?
        |(?<!to\schuc\s)xay dung|(?<=to\schuc\s)xay dung(?! (?:hoi(?! (?:nghi|thao))|doan|dang)\b)
        |ra soat|lap|bo tri|thuc hien|chuan bi|chu dong|thanh lap|thu ly|tham dinh|tham tra|bo sung|dieu chinh|cap nhat|tiep tuc|bao gio
        |chiu trach nhiem|tham muu|giao (?:chi tiet|chi tieu|nhiem vu|cho)|thong qua|sau khi|theo quy dinh|hang ngay|lan luot
        |duyet|danh muc|to trinh|ky ban hanh|ra quan|phat dong|van dong(?! vien)|tuyen truyen(?! vien)|sau
        |(?<!viec\s)lam|(?<!nguoi\s)nop|khong|kem
        |qua (?:hop thu|email|thu dien tu|phan mem|he thong|truc)
        |(?:so ket(?! qua\b)|tong ket)|thu (?:hai|ba|tu|nam|sau|bay)"""
    )
    + r"(?=[\s,.;:)]|$)"
)
# These end a name too, but may be its last words (`Phòng Kế hoạch tổng hợp`) where the sentence goes on with another part at once.
_MAY_BE_NAME = rule(
    r"\s"
    + any_of(
        r"""tong hop|thong tin|bao cao|de xuat|huong dan|giai quyet|theo doi|quy dinh|ke hoach|kiem tra|danh gia|(?<!dung\s)to chuc
        |(?<=dung\s)to chuc(?! (?:hoi(?! (?:nghi|thao))|doan|dang)\b)|quan ly
        |(?<!phoi\s)hop|thu"""
    )
    + r"(?=[\s,.;:)]|$)"
)
# What is submitted begins with a capital and is no part of the office's name, unless that says nothing without it (`Sở Kế hoạch …`).
_SUBMITTED = rule(r"\s(?:de an|du thao|quyet dinh|nghi quyet|to trinh|bao cao|chuong trinh|phuong an|quy hoach|danh muc|ke hoach)\b")
_NEEDS_MORE = re.compile(
    r"^(?:(?:.*\bva )?(?:so|bo|phong|ban|vu|cuc|vien|van phong|to|ban chi dao|to cong tac|to giup viec)|.*(?:-|–|\bva))$", re.DOTALL
)
# Whose names never end with what is done: `gửi Sở Tài chính tổng hợp`.
_WHOLE_NAME = rule(
    r"(?:so|bo|ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|tinh uy|thanh uy|huyen uy|quan uy|dang uy|ldld|lien doan|co quan kiem lam) "
)
_ACCIDENT = re.compile(r"\s+nan\b")
_ON_THE_SPOT = re.compile(r"\b(?:so|thien)$")  # `Hạt Kiểm lâm sở tại`, `thiên tai`
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
        "đến",
        "hết",
        "làm",
        "qua",
        "sau",
        "nộp",
        "kèm",
        "không",
        "hợp",
        "công nhận",
    ]
}
_WITH = rule(
    r"\b(?:dang k[yi]|bao cao|trao doi(?!, thong nhat)|lam viec|xac nhan|giai trinh)\b[^.;]{0,200}$"
    r"|\btrinh (?:(?!phoi\b)[^\s.;,]+ ){1,3}$"
)
# `nộp hồ sơ tại UBND xã`, `số 01 tại Sở …`: where it is handed in is who it is sent to
_HANDED_IN = rule(r"(?:\bnop [^.;,]{1,120}|\bso|\d) $")
_DRAFT_OF = re.compile(r"du\s+thao\s+$")
_THROUGH = re.compile(r"\s*\(\s*(?:thong\s+)?qua\b")
# What is sent, and not who receives: `(bản sao công chứng)`, `(02 bộ)`, `(kèm file mềm)`
_SENT_ALONG = rule(
    r"\s*\(\s*(?:(?:\d{1,2}|mot|hai|ba) (?:ban|bo|file|quyen|cuon|dia)|kem|gom|bao gom|file|co (?:dau|chu ky)"
    r"|(?P<copy>ban) (?:sao|giay|cung|mem|dien tu|chinh|in|goc|scan|word|pdf))\b"
)
_NOT_OF_NAME = re.compile(r"\d{1,2}\s*/\s*\d|ngay|truoc|mau|dinh kem|gui kem|theo|de (?!an\b)")
_IN_SMALL_LETTERS = rule(
    r"(?:tinh|thanh pho|huyen|xa|phuong|trung uong)(?= (?:truoc|cham nhat|muon nhat|de|vao|theo|trong|qua)\b| \(|[,.;:])"
    r"|cap (?:tinh|huyen|xa)(?= (?:truoc|cham nhat|de|qua)\b)"
    r"|chu dau tu|giam doc so\b|(?:hai|ba) (?:bo|so|nganh|ban)\b|cap uy|(?:co quan |nguoi )?cap (?:tren|co tham quyen)|(?:co quan"
    r"|nguoi) co tham quyen|chinh quyen (?:cung cap|dia phuong|cac cap)"
    r"|(?:0?[2-5]|hai|ba|bon) (?:co quan|don vi|noi)"
    r"|co quan(?=, don vi (?:noi|quan ly|chu quan)\b)|(?:co quan|don vi) (?:noi|quan ly|chu quan)\b|chi bo (?:noi|co so)\b"
    r"|co quan (?:kiem lam|thue|tai chinh)\b"
    r"|co quan (?:thuong truc|bao hiem|chu tri|dau moi)|thuong truc|ban to chuc|to giup viec|van phong (?:nha truong|don vi|cong ty"
    r"|co quan|truong|so|uy ban|hoi|cap uy)|ban (?:giam hieu|giam doc|chi huy|chap hanh|chi dao|thuong truc)|bo phan [a-z]"
    r"|nha truong|chi (?:doan|hoi|bo)|to chuyen mon|khoa [a-z]|hoi dong [a-z]|cong doan (?:cap tren|nganh"
    r"|co so)|phong (?!(?:trao|chong|ngua|tuc|canh|tranh|benh|dich|ve|chay|no|ho(?! tich)|hoc(?! sinh)|hop(?! tac)|thu|doc|han|bi|khong|sau"
    r"|lut|lu|bao|ret|set|gian|tang|toa|phu|cach|quan ham)\b)[a-z]"
)
# Who is sent something and is no office, right after the words of sending: `gửi các huyện`, `báo giáo viên chủ nhiệm`; not `cho hội viên`.
_RECEIVERS = rule(
    r"dai bieu|dang vien|giao vien chu nhiem|co van hoc tap|(?:cac|tung|moi) (?:huyen|xa|thanh vien|don vi|truong|chi (?:bo|doan|hoi)"
    r"|cap uy"
    r"|so|phong|dia phuong"
    r"|co quan|co so|to)\b(?:(?:,| va) (?:ban|nganh|doan the|co quan|don vi|dia phuong|phong|truong|to chuc|hoi|cac cap)\b)*"
    r"|don vi (?:nhan|tiep nhan|chu tri|quan ly|su dung)"
)
_GIVEN = rule(r"\b(?:gui(?: (?:cho|den|toi|ve))?|bao(?: cho)?|(?:gui|nop|ban giao|cap phat|thong bao)\b[^.;,]{0,60} (?:cho|den|toi)) $")
# `về Thành hội qua Ban Phong trào`, `gửi UBND tỉnh, thông qua Sở Tài chính`: the office it goes through belongs to the words of the text.
_BY_WAY_OF = rule(r",?\s*(?:thong )?qua ")
_NEXT_OFFICE = re.compile(r"\s*(?:,\s*|(?:;|va|va cac)\s+)")
_COPIED_TO = rule(r"\bdong (?:thoi )?gui(?: ve| cho)? $")
# `báo cáo UBND tỉnh, Sở Xây dựng đề nghị các đơn vị …`: who asks is the one after the comma.
_ASKS_ITSELF = rule(r" (?:kinh |tran trong )?(?:de nghi|yeu cau|giao (?:so|cac)|chiu trach nhiem|co trach nhiem|phai)\b")
# `… về Sở Y tế, Giám đốc các bệnh viện báo cáo kịp thời`: who does something is no receiver.
_POSTS = rule(r"(?:giam doc|thu truong|truong|chu tich|hieu truong|bi thu)(?: \S+)? (?:cac|don vi|phong|co quan|tung|moi)\b")
_DOES = rule(r" (?:bao cao|chi dao|phan cong|to chuc|thuc hien|gui|nop|quan triet|don doc)\b")
_ENDS_A_NAME = re.compile(
    r"[;:()]|,(?!\s+(?:[Cc]h[oố]ng|giáo\s+dục\s+pháp\s+luật)\b)(?!(?<=Sổ,)\s+[Tt]hẻ\b)(?!(?<=[A-ZĐ],)[A-ZĐ&])|\.(?<!\bT[Pp]\.)(?<!\bTX\.)"
)
# What a body fights is a list: `phòng, chống thiên tai, tìm kiếm cứu nạn`, `chống tham nhũng, lãng phí, tiêu cực`, `phòng cháy, chữa cháy`.
_FIGHTS = rule(r"\b(?:chong|phong chay)\b")
_NO_FIELD = rule(r"\s+(?:gui|trinh|chuyen|dong chi|ong|ba|cac|va|hoac|toan bo|tat ca|moi|nhan|lay|ky|rieng|xin|thuc hien)\b")
_AREAS = rule(r"\s*,\s*(?:thanh pho|thi xa|huyen|quan|xa|phuong|thi tran|dac khu)\b")
# `tham mưu cấp ủy ban hành …`: whose own act it is, each unit's own superior, and not to whom something is owed.
_OWN_SUPERIOR = rule(
    r"(?:cap uy|(?:ubnd|uy ban nhan dan|dang uy|chinh quyen) cap (?:huyen|xa|tinh|co so))\b(?!,? (?:chinh quyen )?(?:cung cap|dia phuong))"
)
_MAILBOX = rule(
    r"\b(?:ve|den|vao|toi) (?P<box>(?:(?:dia chi|hop thu|thu dien tu|thu cong vu|e-?mail|hom thu|cong vu|dien tu)\s*:? )*"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_COMRADE, _LEADERS, _PERSON = "dong chi ", "lanh dao ", re.compile(NAME)
# `đăng ký với đồng chí Huỳnh Thanh Bình`, and no `trình đồng chí …`, who signs
_TO_A_PERSON = ("voi", "gui", "cho", "ve", "nop")
# What papers are sent to as well, but no head of a paper begins with.
_PART_OF_AN_OFFICE = rule(
    any_of(
        r"""tieu ban|to(?! chuc)|khoi|cum|tram|doi|don|thue|hai quan|cang(?: vu)?|nha (?:van hoa|thi dau|thieu nhi|khach|hat)|tro ly
        |toa soan
        |tong ld|cd(?= (?:nganh|vien chuc|cap|giao duc|y te|ldld))|vp(?= \w)|tong doi|khu (?:bao ton|kinh te|cong nghe|di tich)|dac khu
        |nhom
        |giao hoi|bo phan|bao tang|thu vien|tap chi|dai su quan|tong lanh su|thanh vien|dang uy vien|ke toan|thu ky|bao hiem"""
    )
    + r"\b"
)
# `tham mưu UBND tỉnh trình HĐND tỉnh …`: who is advised submits it; what is owed is owed to the one advised.
_THEN_SUBMITS = rule(r"\s*,?\s*(?:(?:de|xem xet|thong qua)[\s,]+)?")
_SOMETHING_SENT = rule(r"\b(?:gui|nop|bao cao|cung cap|chuyen|thong bao|ban giao|cap phat|tra loi|phan hoi)\b[^.;,]{1,60}$")
# `gửi hồ sơ, chứng từ rút dự toán, tạm ứng đến Kho bạc Nhà nước`
_LIST_SENT = rule(r"\b(?:gui|nop) (?:ho so|chung tu|bao cao|danh sach|so lieu|tai lieu|ban)\b(?:(?!\b(?:dua|di|to chuc)\b)[^.;]){1,80}$")
# `gửi về VFF (Phòng Thi đấu)`, `gửi ĐHQGHN: 15/5`: nothing but capitals, right after a word of sending.
# `báo cáo … về tình hình đàn vật nuôi cho Hạt Kiểm lâm`
_TOLD_ABOUT = rule(r"\bbao cao [^.;]{0,120}\bve (?:tinh hinh|ket qua|viec|cong tac) [^.;,()]{1,60}$")
# `báo cáo sĩ số, nề nếp vào thứ Bảy hằng tuần cho Đoàn trường`: right after the limit it is who what is sent goes to
_SENT_BY = rule(
    r"\b(?:gui|nop|bao cao|cung cap|chuyen|thong bao|ban giao)\b[^.;]{1,150}"
    r"(?:\b(?:hang|moi) (?:ngay|tuan|thang|quy|nam)|\d\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?|\bthang \d{1,2}|\bnam \d{4})\)?\s*$"
)
_SHORT_NAME = re.compile(r"(?:[A-ZĐ]{3,8}|[A-ZĐ]{2}\d{2})(?=\s*[(,.:;]|\s+(?:trước|chậm|muộn|để|trong|vào|theo|đến)\s)")
_SENT_BEFORE = rule(r"\b(?:gui|ve|den|cho) $")
# Written small before a name: `gửi về phòng Nghiệp vụ`, `nộp văn phòng Đoàn trường`.
_SMALL_BEFORE_A_NAME = re.compile(
    r"(?:chi cục|sở|ban|phòng|tổ|văn phòng|vp|trường|cục|vụ|công an|đoàn|trung tâm|ủy ban|uỷ ban|liên đoàn|công đoàn|trạm|viện|hội đồng"
    r"|thường trực|cơ quan(?= (?:[A-ZĐ]{3}|Thuế|Bảo|Quân|Công|Thi))"
    rf"|hội(?= (?:Nông|Liên|LH|Cựu|CCB|Phụ|Chữ|Khuyến|Người|Luật|Nhà|Đồng)))\s+(?=[{CAPITALS}])"
)
_DIRECTLY = rule(r",\s*truc tiep (?:la )?")  # `Sở Nông nghiệp, trực tiếp là Chi cục Thú y`
_LEAST, _LAST_WORDS = 2, 2


def addressee(clean: str, bared: str, start: int, end: int, before: int | None, advice: bool = True) -> Found[str] | None:
    """The office between two places that a duty is sent to: the last one before `before`, else the first after it.

    `advice`: who is advised (`tham mưu giúp …`) counts too.
    """
    found = offices(clean, bared, start, end, advice)
    if not found:
        return _mailbox(clean, bared, start, end)
    earlier = [each for each in found if before is None or each.place.end <= before + 1]
    return (earlier[-1] if before is not None else found[0]) if earlier else found[0]


def _mailbox(clean: str, bared: str, start: int, end: int) -> Found[str] | None:
    """An e-mail address that stands where an office would: `gửi về địa chỉ …@….gov.vn`."""
    match = _MAILBOX.search(bared, start, end)
    return Found(" ".join(clean[slice(*match.span("box"))].split()), Place(*match.span("box"))) if match else None


def offices(clean: str, bared: str, start: int, end: int, advice: bool = True) -> list[Found[str]]:
    """All offices between two places that something is sent to, none inside another."""
    found: list[Found[str]] = []
    advised = -1  # where the name of the one advised ends
    for match in _SENT_TO.finditer(bared, start, end):
        if match[0].startswith("tham") and not advice:
            named = office_at(clean, bared, match.end(), end)
            advised = named.place.end if named else -1
            continue
        if match[0].startswith("voi") and not _WITH.search(bared, max(0, match.start() - 220), match.start()):
            continue
        if match[0].startswith("bao cao") and _DRAFT_OF.search(bared, max(0, match.start() - 9), match.start()):
            continue  # `trình Bộ trưởng dự thảo báo cáo Thủ tướng`
        if match[0].startswith("tham") and _OWN_SUPERIOR.match(bared, match.end()):
            continue
        if match[0].startswith("tai") and (found or not _HANDED_IN.search(bared, max(0, match.start() - 130), match.start())):
            continue
        if match[0].startswith("qua") and found:  # `gửi UBND tỉnh qua Sở`: the way, not the end of it
            continue
        if match[0].split()[0] in ("len", "toi", "cho", "den") and not _is_sent(bared, match.start()):
            continue
        if match[0].startswith("trinh") and advised >= 0 and _THEN_SUBMITS.fullmatch(bared, advised, match.start()):
            continue
        if found and _COPIED_TO.search(bared, max(start, match.start() - 10), match.end()):
            continue
        office = _of_a_comrade(clean, bared, match, office_at(clean, bared, match.end(), end))
        if office and not (found and office.place.start < found[-1].place.end):
            found.append(office)
            advised = office.place.end if match[0].startswith("tham") else -1
    return found


def _of_a_comrade(clean: str, bared: str, sent: re.Match[str], office: Found[str] | None) -> Found[str] | None:
    """With the `đồng chí` or `lãnh đạo` before a post, as papers name those something is given to; or who is named so and by no post."""
    said = next((words for words in (_COMRADE, _LEADERS) if bared.endswith(words, 0, sent.end())), None)
    if said is None:
        return office
    at = sent.end() - len(said)
    person = _PERSON.match(clean, sent.end()) if office is None and said == _COMRADE and sent[0].startswith(_TO_A_PERSON) else None
    stop = office.place.end if office else person.end() if person else at
    return Found(" ".join(clean[at:stop].split()), Place(at, stop)) if stop > at else None


def _is_sent(bared: str, at: int) -> bool:
    """Whether something is sent or told in the words before a place."""
    return bool(
        _SOMETHING_SENT.search(bared, max(0, at - 75), at)
        or (bared.startswith(("den", "toi"), at) and _LIST_SENT.search(bared, max(0, at - 110), at))
        or _TOLD_ABOUT.search(bared, max(0, at - 200), at)
        or _SENT_BY.search(bared, max(0, at - 200), at)
    )


def office_at(clean: str, bared: str, start: int, end: int) -> Found[str] | None:
    """The office whose name begins right at a place."""
    if not _begins(clean, bared, start):
        return None
    stop = _name_end(clean, bared, start, end)
    told = " ".join(clean[start:stop].split())
    return Found(told, Place(start, stop)) if len(told) >= _LEAST else None


def _begins(clean: str, bared: str, at: int) -> bool:
    if _SHORT_NAME.match(clean, at) and _SENT_BEFORE.search(bared, max(0, at - 12), at):
        return True
    if _IN_SMALL_LETTERS.match(bared, at) or _SMALL_BEFORE_A_NAME.match(clean, at):
        return True
    if _RECEIVERS.match(bared, at) and _GIVEN.search(bared, max(0, at - 90), at):
        return True
    return clean[at : at + 1].isupper() and bool(begins_like_an_office(clean[at : at + 40]) or _PART_OF_AN_OFFICE.match(bared, at))


def _name_end(clean: str, bared: str, start: int, end: int) -> int:
    """Where a name ends; a remark in brackets and further offices belong to it."""
    received = _RECEIVERS.match(bared, start, end)  # `các sở, ban, ngành`: nor do the commas of a list
    known = received or _IN_SMALL_LETTERS.match(bared, start, end)  # `ban tổ chức`: its own words end nothing
    begun = max(clean.rfind(" ", start, known.end()) - 1, start) if known else start
    stop = min(
        _first_of(_OTHER_PART, clean, bared, begun, end),
        _first_sign(clean, bared, received.end() if received else start, end),
        end,
    )
    for submitted in _SUBMITTED.finditer(bared, start + 1, stop):
        if clean[submitted.start() + 1].isupper() and not _NEEDS_MORE.match(" ".join(bared[start : submitted.start()].split())):
            stop = submitted.start()
            break
    soft = _first_of(_MAY_BE_NAME, clean, bared, begun, stop)
    last_words = bared[soft:stop].split()
    ends = clean[stop : stop + 1] in (",", ";") and not bared.startswith("phong", start)
    if soft < stop and (len(last_words) > _LAST_WORDS or ends or _WHOLE_NAME.match(bared, start)):
        stop = soft
    paren = _PAREN.match(clean, stop, end)
    if (
        paren
        and not _is_sent_along(clean, bared, paren.start())
        and (_THROUGH.match(bared, paren.start()) or not _NOT_OF_NAME.search(bared[paren.start() : paren.end()]))
    ):
        stop = paren.end()
    areas = _AREAS.match(bared, stop, end)  # `LĐLĐ tỉnh, thành phố`
    if areas:
        return _name_end(clean, bared, areas.end() - 1, end)
    way = _BY_WAY_OF.match(bared, stop, end)
    if way and _begins(clean, bared, way.end()):
        return _name_end(clean, bared, way.end(), end)
    field = next_field(clean, bared, start, stop, end, lambda at: _goes_on_elsewhere(clean, bared, at, end))
    if field is not None:
        return _name_end(clean, bared, field, end)
    further = _DIRECTLY.match(bared, stop, end) or _NEXT_OFFICE.match(bared, stop, end)
    if further and _begins(clean, bared, further.end()):
        last = _name_end(clean, bared, further.end(), end)
        if not _ASKS_ITSELF.match(bared, last) and not (_POSTS.match(bared, further.end()) and _DOES.match(bared, last)):
            return last
    return start + len(clean[start:stop].rstrip(" \n,;:."))


def _goes_on_elsewhere(clean: str, bared: str, at: int, end: int) -> bool:
    """Whether a name may end at a place: at a sign, before another part of the sentence, or before the office whose part it names."""
    if clean[at:end].lstrip()[:1] in (*".;:,()", "") or _begins(clean, bared, at + 1):
        return True
    return clean[at + 1].islower() and bool(_OTHER_PART.match(bared, at, end))


def _is_sent_along(clean: str, bared: str, at: int) -> bool:
    """Whether brackets say what is sent: a copy (`bản`) does, a board (`Ban`) is an office."""
    said = _SENT_ALONG.match(bared, at)
    return said is not None and not (said["copy"] and clean[said.start("copy")].isupper())


def _first_sign(clean: str, bared: str, start: int, end: int) -> int:
    """Where the first sign stands that ends a name; not in `phòng, chống`, `VH,TT&DL` and `TP. Hồ Chí Minh`, nor between what it fights."""
    for sign in _ENDS_A_NAME.finditer(clean, start, end):
        if sign[0] == "," and is_between_fields(bared, sign.start()):
            continue
        if sign[0] != "," or not _FIGHTS.search(bared, start, sign.start()) or not _is_a_field(clean, bared, sign.end(), end):
            return sign.start()
    return end


def _is_a_field(clean: str, bared: str, at: int, end: int) -> bool:
    """Whether words after a comma, at a place, are one more thing that a body fights: no other office, and nothing that is done."""
    said = len(clean[at:end]) - len(clean[at:end].lstrip())
    if said == 0 or not clean[at + said : at + said + 1].isalpha() or _begins(clean, bared, at + said):
        return False
    return not any(words.match(bared, at + said - 1, end) for words in (_OTHER_PART, _MAY_BE_NAME, _NO_FIELD))


def _first_of(words: re.Pattern[str], clean: str, bared: str, start: int, end: int) -> int:
    """Where the first of some words stands in small letters and with its own tone marks (or none); `end` where none does."""
    for match in words.finditer(bared, start + 1, end):
        said = clean[match.start() + 1 : match.end()].strip()
        if said in ("tại", "tai") and (_ON_THE_SPOT.search(bared, start, match.start()) or _ACCIDENT.match(bared, match.end())):
            continue
        in_capitals = said.isupper() and clean[start : match.start()].isupper()
        if (in_capitals or not said[:1].isupper()) and said.lower() in _SPELLINGS.get(bare(said), (said.lower(),)):
            return match.start()
    return end
