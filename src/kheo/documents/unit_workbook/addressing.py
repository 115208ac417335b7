"""Whose workbook is this? Told by the signatures inside, never by the file's name."""

from kheo.documents.grid.raw import RawBook, RawSheet
from kheo.documents.unit_workbook.order import TEMPLATE_VERSION, Address, Signed, read_signature
from kheo.documents.unit_workbook.problems import WorkbookProblem

_OURS = "Bảng tải từ Khéo cho đúng đơn vị và kỳ; đừng chép số liệu sang tệp khác."


def signatures(sheet: RawSheet) -> list[Signed | None]:
    """Every signature of a sheet; None for one that was changed."""
    return [read_signature(text) for text in sheet.marks]


def address_of(book: RawBook) -> Address | None:
    """Whose workbook it is; None when no sheet says so, or not all say the same."""
    addresses = {signed.address for sheet in book.sheets for signed in signatures(sheet) if signed}
    return next(iter(addresses)) if len(addresses) == 1 else None


def address_problems(book: RawBook, wanted: Address | None) -> list[WorkbookProblem]:
    """What speaks against taking the workbook for what it says it is. `wanted`: whose it must be, None when that is not known."""
    signed = [(sheet, each) for sheet in book.sheets for each in signatures(sheet)]
    problems = [
        WorkbookProblem("Ký hiệu nhận dạng ở dòng đầu (dòng ẩn) đã bị sửa.", _OURS, sheet.name, "A1")
        for sheet, each in signed
        if each is None
    ]
    addresses = dict.fromkeys(each.address for _, each in signed if each)
    if not signed:
        problems.append(WorkbookProblem("Tệp không phải bảng nhập của Khéo: không có ký hiệu nhận dạng trong trang nào.", _OURS))
    if len(addresses) > 1:
        told = "; ".join(f"trang “{sheet.name}” của {_told(each.address)}" for sheet, each in signed if each)
        problems.append(WorkbookProblem(f"Các trang thuộc những bảng khác nhau: {told}.", _OURS))
    if len(addresses) == 1:
        problems += _against(next(iter(addresses)), wanted)
    return problems


def _told(address: Address) -> str:
    return f"đơn vị {address.unit}, kỳ {address.cycle}"


def _against(found: Address, wanted: Address | None) -> list[WorkbookProblem]:
    problems = []
    if found.version > TEMPLATE_VERSION:
        problems.append(
            WorkbookProblem(f"Mẫu phiên bản {found.version} mới hơn bản Khéo này đọc được ({TEMPLATE_VERSION}).", "Tải lại mẫu từ Khéo.")
        )
    if wanted is None:
        return problems
    if found.campaign != wanted.campaign:
        problems.append(WorkbookProblem(f"Bảng thuộc phong trào {found.campaign}.", f"Bảng của phong trào {wanted.campaign}."))
    if found.cycle != wanted.cycle:
        problems.append(WorkbookProblem(f"Bảng thuộc kỳ {found.cycle}.", f"Bảng của kỳ {wanted.cycle}."))
    if found.unit != wanted.unit:
        problems.append(WorkbookProblem(f"Bảng thuộc đơn vị {found.unit}.", f"Bảng của đơn vị {wanted.unit}."))
    return problems
