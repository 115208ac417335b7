"""Names of offices: what they begin with, and which lines of a head belong together."""

import re

from kheo.core.directives.paper import any_of, bare, rule

# What the name of an office begins with. A line that begins otherwise goes on with the line above (`TỈNH QUẢNG NGÃI`).
_BEGINS = rule(
    "^"
    + any_of(
        """(?:pho (?:tong )?)?(?:thu tuong|chu tich|hieu truong|giam doc|tong giam doc|bi thu|chanh van phong|cuc truong
        |vu truong|vien truong
        |chanh an|truong (?:ban|phong|khoa|doan|cong an|tram)|doi truong|chi huy truong|tham muu truong|bo truong|thu truong|to truong)
        |ubkt|uy ban|ubnd|hoi dong|hdnd|ubmttq|so|bo|ban|lien doan|tong lien doan|cong doan|van phong|dang uy|tinh uy|thanh uy|huyen uy
        |quan uy|thi uy|dang bo|dang doan|mat tran|hoi|doan|tinh doan|thanh doan|huyen doan|quan doan|thi doan|truong|phong|cuc|chi cuc
        |tong cuc|vien|benh vien|trung tam|cong ty|tong cong ty|tap doan|ngan hang|kho bac|bao hiem|toa an|vien kiem sat|thanh tra|bch
        |btv|quoc hoi|chinh phu|thu tuong|chu tich|dai hoc|hoc vien|bao(?! (?:ve|dam|ton|cao))|dai|nha xuat ban|bo tu lenh|bo chi huy
        |cong an|quan khu|chi nhanh|phong giao dich|chi hoi|ban thuong truc
        |hop tac xa|to chuc|thuong truc|trung uong|lien hiep|lien minh|nghiep doan|vu|kiem toan|chi bo|dang bo|bo chinh tri|hiep hoi|quy
        |lien doi|doi(?= (?:tntp|thieu nien|quan ly|tham tra|canh sat|thi hanh|kiem lam|thue))|chi doan|lien chi
        |khoa|xi nghiep|ldld|bhxh|cap uy|giam doc|chanh van phong|bi thu|hat kiem lam|mttq|pho thu tuong|pho chu tich|co quan|to truong
        |dhqg[a-z]*|chinh quyen|kbnn|nhnn|vksnd|tand|bcd|tinh hoi|thanh hoi|huyen hoi|lanh dao
        |chu nhiem|hieu truong|tnxp|btgdvtu|bql|hdnd|nha may|vuon quoc gia|to cong tac|ubkt"""
    )
    + r"\b"
)
# Names that say nothing without what follows them.
_UNFINISHED = rule(
    "^"
    + any_of(
        """van phong|ban quan ly|ban chi dao|phong|hoi dong|cong ty|cong ty tnhh|ban|cuc|chi cuc|vien|trung tam|truong|hoi|doan|vu|to
        |to cong tac
        |ban to chuc|lien hiep|ban chap hanh|uy ban|uy ban trung uong|trung uong|chu tich|tu lenh|bo truong"""
    )
    + "$"
)
_WORDS_OF_A_NAME = 10
_LEVEL = re.compile(r"(?:(?:0?[2-5]|hai|ba|bon) (?:co quan|don vi|noi)|tinh|thanh pho|huyen|xa|phuong|trung uong)\b")  # `gửi về tỉnh`
# With its marks: `HUYỆN LƯƠNG TÀI` is whole, `… TẠI` (and a `TAI` whose mark was lost) is not.
_GOES_ON = re.compile(r"(?:\b(?:và|va|của|cua|thuộc|thuoc|tại|tai)|[-–,&])\s*$")
_AREA = re.compile(r"^(?:va|tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|xa|phuong|dac khu|khu vuc|viet nam|va)\b(?! (?:uy|doan)\b)")


def names_of(lines: list[str]) -> list[list[int]]:
    """Which lines of a head make up each name, in order: [["TỔNG LIÊN ĐOÀN …"], ["LIÊN ĐOÀN LAO ĐỘNG", "THÀNH PHỐ …"]] as indexes."""
    names: list[list[int]] = []
    for index, line in enumerate(lines):
        said = " ".join(bare(line).split()).strip(" -–*.")
        before = " ".join(" ".join(bare(lines[each]).split()) for each in names[-1]) if names else ""
        last = lines[names[-1][-1]].lower() if names else ""
        joins = bool(names) and bool(
            " " not in before or _GOES_ON.search(last) or _UNFINISHED.match(before) or _AREA.match(said) or not _BEGINS.match(said)
        )
        if joins and not _broke_in_its_first_word(said, lines[index + 1 :]):
            names[-1].append(index)
        else:
            names.append([index])
    return names


def _broke_in_its_first_word(said: str, following: list[str]) -> bool:
    """`LIÊN` / `ĐOÀN LAO ĐỘNG`: one syllable that begins a name only with the line below."""
    if " " in said or not following or _AREA.match(said) or _BEGINS.match(said):
        return False
    return bool(_BEGINS.match(f"{said} {bare(following[0]).split()[0]}"))


def is_no_more_than_an_office(text: str) -> bool:
    """Whether a line, in small letters, can be the name of an office and nothing else."""
    said = text.strip()
    return said[:1].isupper() and said[-1:].isalnum() and len(said.split()) <= _WORDS_OF_A_NAME and begins_like_an_office(said)


def begins_like_an_office(text: str) -> bool:
    """Whether a text begins as the name of an office does."""
    said = " ".join(bare(text).split())
    return bool(_BEGINS.match(said) or _LEVEL.match(said))
