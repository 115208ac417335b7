"""What is due: a deadline as it is told, and of which kind it is."""

from dataclasses import dataclass
from datetime import date

from kheo.core.directives.dates import When
from kheo.core.directives.found import Found
from kheo.core.directives.paper import any_of, rule

REPORTS = rule(r"\b(?:bao cao(?! vien)|so ket|tong ket)\b")
DUTY = rule(
    r"\b"
    + any_of(
        r"""bao cao(?! vien)|(?:thoi han|tien do|thoi gian (?:hoan thanh|thuc hien))(?=\s*:)|han (?:chot|cuoi|nop)
        |gui|nop|trinh|hoan thanh|hoan tat|hoan chinh|hoan thien|dang ky|gop y|y kien|tham muu|ban hanh|xong|tong hop|cung cap|xay dung
        |to chuc|thuc hien
        |trien khai|ra soat|lap|de xuat|cu|thong bao|phan hoi|xac nhan|cap nhat|giai ngan|chuyen|thong ke|tra loi|kiem tra|khac phuc
        |chuan bi|nhan
        |quyet toan|danh gia|phe duyet|su dung|dua|van hanh|so hoa|tiem|bo sung|giao|phan bo|nhap|cong bo|niem yet|doi chieu|thanh toan
        |ky ket
        |ket thuc|tham dinh|khoi phuc|sua chua|cu the hoa|kiem diem|tiep nhan|tap ket|goi ve|cap kinh phi|can doi|khanh thanh
        |khoi cong|nghiem thu|trien khai|ban giao
        |cong khai|xet|thay the
        |khai bao|ke khai|binh chon|phan anh (?:ve|den)|ky (?:hop dong|cam ket|quy che)
        |doi soat|giai trinh|tham tra|xac minh|cai dat|khoa du lieu|chot|bao dam|dam bao|cham diem|tap huan|ra quan|thu gom
        |cai tao|lap dat|di doi|giai toa|keu goi|xu ly|giai quyet|so tan
        |cap phat|cap (?:giay|the|phep|doi|moi|bo sung)|chi tra|chi tien|chuyen doi|cong chung|dai tu|dang tai|dao tao|dieu chinh
        |dieu tra|don dep|don doc|ghi nhan|giai the|giai phong mat bang|gop von|hoan tra|hoan ung|hop dan|hop nhat|huy dong|huong dan
        |kham|khao sat|kiem ke|kien toan|ket noi|lam (?:sach|thu tuc|viec voi)|lay (?:mau|phieu|y kien)|luan chuyen|mua sam|nang cap
        |nao vet|phan (?:cong|loai|khai|cap)|phat (?:dong|hanh|dong va|quang)|pho bien|quan triet|quyen gop|ra mat|sao luu|sap (?:nhap|xep)
        |sua doi|tap hop|tham gia y kien|tham hoi|thanh lap|thao (?:do|go)|thiet lap|thong nhat|thu (?:hoi|nop|thap)|tich hop|tiep thu
        |tinh gian|tong ra soat|trang tri|trao tang|treo|tuyen (?:chon|truyen|dung)|ung dung|van dong|ve sinh|xoa|dong bo|dau noi
        |dau thau|lua chon|boi duong|bo tri|binh xet|bau|cong khai|ra quan|lam sach|so hoa|phu song|quy hoach|trong (?:cay|rung)"""
    )
    + r"\b"
)
# Only of somebody who is asked for something a paper says these.
ASKED_FOR = rule(
    r"\b(?:cham nhat|muon nhat|tre nhat|khong (?:cham|muon|tre) (?:hon|qua)|han (?:chot|cuoi|nop|gui)|xong truoc)\b"
    r"|\b(?:thoi gian|thoi han|tien do)(?: \w+){0,3}\s*:\s*(?:truoc|cham|muon|xong|den het|khong qua)\b|\bhan\s*:(?=\s*(?:ngay )?\d)"
)
# Who meets, keeps an office open or keeps watch is not asked for anything by the rhythm of it.
MEETS = rule(
    r"\b"
    + any_of(
        r"""(?<!tong\s)(?<!phoi\s)(?<!ket\s)(?<!truong\s)(?<!phu\s)(?<!thich\s)hop(?! (?:tac|le|dong|phap|ly|nhat|thu))
        |giao ban(?!\s(?:quan\sly|chi\s|to\s|tuyen|dan\s|thuong\svu|chap|noi\s|cong\s|van\s|phong|kinh|giam|bao\s))
        |sinh hoat
        |tiep (?:cong )?dan|tiep dinh ky|mo cua|dong cua|mo de|phat song|(?<!thuong\s)truc ban|chao co|tiep nhan va tra|khai mac|mo cong
        |dien ra
        |lam viec tu|hoi y|gap mat"""
    )
    + r"\b"
)
# Days on which all go out to clean or plant: campaigns have rhythms as meetings have.
GOES_OUT = rule(
    r"\b(?:phat dong|chien dich|tong ve sinh|don ve sinh|ve sinh moi truong|lao dong cong ich|trong cay"
    r"|ngay (?:thu bay|chu nhat) (?:xanh|tinh nguyen|nong thon))\b"
)
_OPINION = rule(
    r"gop y|\by kien (?:gui|bang|tham gia|dong gop|ve\b|phan)|(?:tham gia|gui|lay) y kien|\bco y kien (?:ve|doi voi|gui|bang)"
    r"|\bkhieu nai [^.;]{0,40}?gui"
)
_RESULTS = rule(r"\bgui (?:\S+ ){0,2}ket qua\b")
# Who takes part or is named for it, and what competes: `cử 01 đồng chí …, gửi danh sách`, `thời hạn nhận ảnh`.
_REGISTRATION = rule(
    r"(?<!ho\s)dang ky(?! (?:truoc|kinh doanh|ho tich|khai (?:sinh|tu)|xe\b|cu tru|tam tru|dat dai|quyen su dung))"
    r"|\bdanh sach (?:\S+ ){0,3}(?:tham (?:gia|du)|du (?:thi|hop|hoi|tap)|doi thi|dai bieu|dau moi|thi sinh|trich ngang|hoc vien|ung cu)"
    r"|\bcu (?:\S+ ){0,4}(?:tham gia|tham du|du|dau moi|lam dau moi|can bo|cong chuc|dong chi)\b[^.;]{0,80}\bgui\b"
    r"|\bnhan (?:ho so|anh|bai|tac pham|san pham|dang ky|video)\b|\b(?:vang mat|tham du|du hop) bao\b"
    r"|\b(?:bai|anh|tac pham|video|clip|san pham) (?:\S+ ){0,3}(?:du thi|du giai)\b"
)
_DONE_WITH = rule(r"\bhoan thanh(?: viec)? (?:dang ky|lay y kien)")
# A report that is only written for somebody else, or whose draft is submitted, is work; so is the duty to review what was done.
_NO_REPORT = rule(
    r"\bdu thao (?:\S+ )?bao cao\b|\bbao cao (?:de xuat|thanh tich|chinh tri|kinh te)|\bthoi diem gui bao cao\b"
    r"|\b(?:to chuc|tham muu) (?:hoi nghi )?(?:so ket|tong ket)\b"
)
# What an office is sent, it is to know: lists, figures, minutes. A dossier, a scheme, money are work done.
_SENDS = rule(r"\b(?:gui|goi (?:ve|den)|nop)\b")
_INFORMS = rule(
    r"(?<!quyen\s)\bcung cap (?:\S+ ){0,3}(?:so lieu|thong tin|danh sach|ho so|tai lieu)\b|\b(?:cap nhat|trinh|tong hop) (?:\S+ )?tien do\b"
    r"|\bthong bao ket qua (?:\S+ ){1,3}ve\b|\bnhan tin\b|\bdien bao\b"
)
_WORK = rule(
    r"\b(?:ho so|phuong an|de an|to trinh|thu tuc|tien|(?:dang|cong doan|doan|hoi) phi|thue|qu[iy] ho tro|chuong trinh(?! dao)|gui sau"
    r"|hop dan|kiem diem trach nhiem)\b"
)


@dataclass(frozen=True)
class CutOff:
    """The last day that is counted: a day, one of every year, or `day` of every month; and the first one where it is said.

    `period`: of which report, where the words before it say so.
    """

    when: When | None
    day: int | None = None
    begins: When | None = None
    period: str | None = None


@dataclass(frozen=True)
class Deadline:
    """`period`: once, day, week, month, quarter, half-year, year, or None (`theo định kỳ`). `day` is a day of every month of a period.

    `month`: `2024-06`, `06`, `2024-Q3`, `Q3` where only that is said; `within`: so long after this paper, `reckoned` to a day if it can be.
    `cut_off`: up to when its data are counted, where the paper says so.
    """

    text: str
    when: When | None
    period: str | None
    to: str | None
    kind: str
    time: str | None = None
    day: int | None = None
    month: str | None = None
    within: str | None = None
    reckoned: date | None = None
    cut_off: Found[CutOff] | None = None


# What says nothing but a period and its limit is one more report of a row.
# `quý II: trước ngày 15/6`, `trước ngày 28/11 đối với báo cáo năm`
_BY_PERIOD = rule(
    r"^\W*(?:rieng |uoc )?(?:quy (?:[ivx]{1,3}|\d)|(?:0?[369]|sau) thang(?: (?:dau|cuoi) nam)?|(?:ca |cuoi |hang )?nam"
    r"|(?:hang )?(?:quy|thang))\W{1,4}(?:(?:gui|nop) )?\(?(?:truoc|cham nhat|muon nhat|ngay \d)"
    r"|^\W*(?:truoc|cham nhat|muon nhat)\b[^.;]{5,40}? doi voi bao cao\b"
)


def kind_of_duty(text: str) -> str:
    """What a bare clause asks for: an opinion, a registration, a report (and what else an office is sent to know of), else a task."""
    if _OPINION.search(text) and not _DONE_WITH.search(text):
        return "opinion"
    rest = _NO_REPORT.sub(" ", text)
    registers = _REGISTRATION.search(text)
    if registers and not _DONE_WITH.search(text) and not REPORTS.search(rest[: registers.start()]):
        return "registration"
    if REPORTS.search(rest) or _RESULTS.search(text) or _BY_PERIOD.match(text):
        return "report"
    return "report" if _INFORMS.search(rest) or (_SENDS.search(rest) and not _WORK.search(rest)) else "task"
