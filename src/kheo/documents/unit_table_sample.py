"""A table of units as offices keep them, to try the import with and to write one's own into."""

from collections.abc import Sequence
from datetime import datetime

from kheo.documents.workbook_cells import CENTRED, GROUP, HEAD, PLAIN, TITLE, WORDS, Book

_TITLES = ("STT", "Tên đơn vị", "Mã", "Loại", "Ghi chú")
_WIDTHS = (6, 60, 14, 32, 60)
NEW = "Công đoàn cơ sở Ví dụ mới"


def unit_table_sample(groups: Sequence[tuple[str, Sequence[str]]], *, made_at: datetime) -> bytes:
    """`groups`: a unit above and some units below it, as they are called. The last of each is written with a slip, and one is new."""
    book = Book(title="Bảng ví dụ: danh sách đơn vị", author="Khéo", created=made_at)
    sheet = book.sheet("Danh sách")
    sheet.widths(_WIDTHS)
    sheet.text(0, 0, "DANH SÁCH ĐƠN VỊ", TITLE)
    sheet.text(1, 0, "Bảng ví dụ. Xoá các dòng bên dưới, chép đơn vị của anh/chị vào; cột Mã và Loại để trống cũng được.", PLAIN)
    for column, title in enumerate(_TITLES):
        sheet.text(3, column, title, HEAD)
    row, number = 4, 0
    for above, names in groups:
        sheet.text(row, 1, above, GROUP)
        told = [(name, "đã có trong cây") for name in names[:-1]]
        told += [(f"{name}{name[-1]}", "gõ nhầm một chữ: Khéo gợi ý để chọn") for name in names[-1:]]
        told += [(NEW, "chưa có: Khéo sẽ tạo mới")] if above == groups[0][0] else []
        for name, note in told:
            row, number = row + 1, number + 1
            for column, text in enumerate((str(number), name, "", "", note)):
                sheet.text(row, column, text, WORDS if column in (1, 4) else CENTRED)
        row += 1
    return book.to_bytes()
