"""The columns of a register's lines as a table that leaves and comes back: beside each line the code of its entry, its number and a mark.

One table for all kinds of lines: a kind says by its definition which of the columns it has, and its choices are known by its lists.
"""

from collections.abc import Callable

from kheo.core.days import format_day, typed_day
from kheo.core.numbers import format_int, parse_cell
from kheo.core.registers.fields import LONGEST_TEXT
from kheo.core.registers.models import LineDef, RegisterDefinition
from kheo.core.registers.table_heads import CODE, STAMP, Head
from kheo.core.registers.values import Options
from kheo.core.text import nfc, written

LINE_NUMBER, LINE_KIND, LINE_DAY, LINE_SORT = "_dong_so", "_dong_loai", "_dong_ngay", "_dong_phan_loai"
LINE_SOURCE, LINE_QUANTITY, LINE_AMOUNT, LINE_TEXT = "_dong_nguon", "_dong_so_luong", "_dong_so_tien", "_dong_noi_dung"
DAYS, NUMBERS = (LINE_DAY,), (LINE_NUMBER, LINE_QUANTITY, LINE_AMOUNT)
_BACK, _KEPT = "sửa được", "giữ nguyên"
_WHOSE = "Hồ sơ mà dòng thuộc về: mã trong sổ, hoặc số tạm (mới 1, mới 2) của hồ sơ mới trong cùng tệp."


def line_heads(definition: RegisterDefinition, options: Options) -> list[Head]:
    """The columns in order; what each says of every kind of lines is in its dictionary."""
    kinds = {each.code: each.name for each in definition.lines}

    def said(of: Callable[[LineDef], str | None]) -> str:
        return ". ".join(f"“{each.name}”: {words}" for each in definition.lines if (words := of(each)))

    def choices(listed: str | None) -> str | None:
        return "; ".join(options.offered_in(listed).values()) if listed else None

    frozen = said(lambda each: f"không sửa từ “{definition.by_state[each.frozen_from].name}”" if each.frozen_from else None)
    return [
        Head(CODE, "Mã hồ sơ", "chữ", help=_WHOSE, comes_back=_KEPT),
        Head(LINE_NUMBER, "Dòng số", "số nguyên", help="Bỏ trống ở dòng mới; Khéo đặt số.", comes_back=_KEPT),
        Head(LINE_KIND, "Loại dòng", "một lựa chọn", None, kinds, help=frozen, comes_back="dòng mới"),
        Head(LINE_DAY, "Ngày", "ngày", comes_back=_BACK),
        Head(LINE_SORT, "Phân loại", "một lựa chọn", help=said(lambda each: choices(each.kinds)), comes_back=_BACK),
        Head(LINE_SOURCE, "Nguồn", "một lựa chọn", help=said(lambda each: choices(each.sources)), comes_back=_BACK),
        Head(LINE_QUANTITY, "Số lượng", "số nguyên", help=said(lambda each: each.quantity), comes_back=_BACK),
        Head(LINE_AMOUNT, "Số tiền (đồng)", "số tiền (đồng)", help=said(lambda each: each.amount), comes_back=_BACK),
        Head(LINE_TEXT, "Nội dung", f"chữ, tối đa {LONGEST_TEXT} ký tự", help=said(lambda each: each.text), comes_back=_BACK),
        Head(STAMP, "Mốc tải về", "chữ", is_quiet=True, help="Cho biết dòng dựa trên bản nào. Không sửa.", comes_back=_KEPT),
    ]


def canonical_cell(key: str, text: str) -> str:
    """What a cell of a line says, in the one way in which a file of ours says it: for its mark, and to see whether it was changed."""
    whole = nfc(written(text)).strip()
    if key in DAYS:
        try:
            return format_day(typed_day(whole))
        except ValueError:
            return whole
    if key in NUMBERS:
        read = parse_cell(whole, 0) if whole else None
        return format_int(read) if isinstance(read, int) else whole
    return whole


def stamp_name(code: str, number: int) -> str:
    """Of what a line's mark is: the line of this number of this entry."""
    return f"{code}#{number}"
