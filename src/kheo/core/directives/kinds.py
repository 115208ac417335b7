"""Kinds of documents, the codes that stand for them in notations, and who uses them.

Sources: Nghị định 30/2020/NĐ-CP, điều 7 and phụ lục III (state bodies); Quy định 66-QĐ/TW điều 4 and Hướng dẫn 36-HD/VPTW (Party);
Luật Ban hành văn bản quy phạm pháp luật điều 4 (laws and decrees).
"""

import re

from kheo.core.directives.paper import bare

# The letter has no name in its title (NĐ 30/2020, phụ lục I, mục II.5); its notation starts with the office.
LETTER = "Công văn"
WIRE = "Công điện"

_CODES = {
    "Hiến pháp": "",
    "Bộ luật": "",
    "Luật": "",
    "Pháp lệnh": "PL",
    "Lệnh": "L",
    "Nghị định": "NĐ",
    "Thông tư liên tịch": "TTLT",
    "Nghị quyết liên tịch": "NQLT",
    "Thông tư": "TT",
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Kết luận thanh tra": "KLTTr",
    "Kết luận": "KL",
    "Quy chế phối hợp": "QCPH",
    "Quy chế": "QC",
    "Quy định": "QĐi QyĐ",
    "Quy trình": "QTr",
    "Quy hoạch": "QH",
    "Thông tri": "TTri TTr-",
    "Thông cáo": "TC",
    "Thông báo liên tịch": "TBLT",
    "Thông báo": "TB",
    "Hướng dẫn liên ngành": "HDLN",
    "Hướng dẫn liên tịch": "HDLT",
    "Hướng dẫn": "HD",
    "Chương trình hành động": "CTrHĐ CTHĐ",
    "Chương trình liên tịch": "CTLT",
    "Chương trình phối hợp": "CTPH CTrPH",
    "Chương trình": "CTr",
    "Kế hoạch liên tịch": "KHLT",
    "Kế hoạch phối hợp": "KHPH",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    WIRE: "CĐ",
    "Công văn": "CV",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy mời": "GM",
    "Giấy triệu tập": "GTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy giới thiệu": "GGT",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
    "Thư công": "",
    "Tuyên bố": "TBo",
    "Lời kêu gọi": "LKG",
    "Văn bản hợp nhất": "VBHN",
    "Sắc lệnh": "SL",
    "Chỉ lệnh": "CL",
    "Mệnh lệnh": "ML",
}
KINDS = tuple(_CODES)
KIND_OF_CODE = {code: kind for kind, codes in _CODES.items() for code in codes.split()}
CODES_OF_SEVERAL = {code for code, kind in KIND_OF_CODE.items() if kind.endswith((" liên tịch", " phối hợp", " liên ngành"))}
BARE_KINDS = {bare(kind): kind for kind in KINDS}
ANY_KIND = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(BARE_KINDS, key=len, reverse=True))
# On bare text: the name of a kind, or a paper of none (`văn bản số …`); and right before a number.
KIND_OR_PAPER = rf"(?<![a-z])({ANY_KIND}|van\s+ban)"
KIND_BEFORE = re.compile(rf"{KIND_OR_PAPER}\s*$")


# `2029/LĐTBXH`, `98/CĐN`: an office and no more is a letter's notation too.
_OFFICE_ALONE = re.compile(r"[A-ZĐ]{3,}[a-z]?")


def kind_named(text: str) -> str | None:
    """The kind of a name in any case, with or without its marks: `QUYẾT ĐỊNH` -> `Quyết định`."""
    return BARE_KINDS.get(" ".join(bare(text).split()))


def kind_of(symbol: str) -> str | None:
    """The kind that a notation's letters tell: `QĐ-UBND` -> `Quyết định`; `UBND-TTHC` -> `Công văn`; None where they tell nothing."""
    first, *rest = [part for part in re.split(r"[-/]", symbol.strip()) if part and not part.isdigit()] or [""]
    if first in KIND_OF_CODE and (rest or first == "CV"):
        return KIND_OF_CODE[first]
    if re.fullmatch(r"(?:UBTV)?QH\d+", first):  # laws and resolutions of the National Assembly are numbered alike
        return None
    return LETTER if rest or _OFFICE_ALONE.fullmatch(first) else None
