"""A people's own table of units, from the bytes that they sent: an Excel read in the child process, or a CSV."""

from kheo.core.unit_tables import MOST_ROWS, Sheet, TableProblem, UnitTable, read_table
from kheo.documents.grid.raw import RawSheet
from kheo.files.opened_tables import open_table

_ODD = {
    "date": "Ô là ngày tháng ({}), không phải chữ.",
    "error": "Ô có lỗi công thức ({}).",
    "unreckoned": "Ô có công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại.",
    "percent": "Ô là tỷ lệ phần trăm ({}), không phải chữ.",
}
_NO_NAMES = "Không thấy cột tên đơn vị nào. Dòng đầu bảng cần có ô “Tên đơn vị” (và nếu có: “Đơn vị cấp trên”, “Mã”, “Loại”)."


def read_unit_table(data: bytes, name: str) -> UnitTable:
    """The rows of a file with everything that is wrong with it; never raises for anything that was sent."""
    opened = open_table(data, name, most=MOST_ROWS, what="dòng đơn vị")
    if opened.refusal:
        return UnitTable((), (TableProblem("", opened.line, "", opened.refusal),))
    table = read_table([_sheet(sheet) for sheet in opened.sheets])
    return table if table.rows or table.problems else UnitTable((), (TableProblem("", 0, "", _NO_NAMES),), table.notes)


def _sheet(sheet: RawSheet) -> Sheet:
    odd = {place: _ODD[each.kind].format(each.text) for place, each in sheet.odd.items()}
    odd |= {(row, column): _ODD["unreckoned"] for column, rows in sheet.unreckoned.by_column.items() for row in rows}
    merged = [(block.top, block.left, block.bottom, block.right) for block in sheet.merged]
    return Sheet(sheet.name, sheet.rows, odd, merged, sheet.hidden_rows, sheet.is_hidden)
