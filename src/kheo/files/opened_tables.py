"""A table that somebody sent, as plain sheets: an Excel or LibreOffice file read in the child process, or a CSV."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath

from kheo.core.text import nfc
from kheo.documents.grid.raw import RawSheet
from kheo.documents.unit_workbook.refusals import WORDS
from kheo.files.unpacking import MEGABYTE, Bounds, is_archive, unpack
from kheo.files.workbooks import read_book

_AGAIN = "Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx hoặc CSV UTF-8, rồi gửi tệp mới."
_EMPTY = "Tệp rỗng, không có dòng nào."
_OLD_CODE = "Tệp không phải mã Unicode (có lẽ là bảng mã cũ: TCVN3, VNI, Windows-1258). Hãy lưu lại dưới dạng “CSV UTF-8”."
_TOO_LONG = "Bảng kéo dài quá nhiều dòng, cột (thường là dòng trống đã kẻ khung). Hãy chép riêng các dòng có chữ sang một tệp mới."
# In other words than those for figures: here text is welcome, and what is too much is told with what helps.
_SAID = {
    "text": "Tệp là văn bản, không phải bảng.",
    "too_many": "Bảng có quá nhiều dòng, cột hoặc trang. Hãy chép riêng các dòng có chữ sang một tệp mới.",
    "memory": _TOO_LONG,
    "time": _TOO_LONG,
    "macro": "Tệp có macro (chương trình kèm theo); Khéo không nhận tệp có macro.",
}
_ONLY_CSV = "Tệp nén chỉ nhận các tệp CSV của một bảng; “{}” không phải CSV."
_TWICE = "Tệp nén có hai tệp cùng là “{}”; chỉ để lại một tệp."
_NO_CSV = "Tệp nén không có tệp CSV nào."
_BOUNDS = Bounds(files=10, each=32 * MEGABYTE, whole=48 * MEGABYTE)  # texts pack to a tenth
_WIDEST = 16_384  # columns of a sheet (Excel specifications and limits): no program saves a wider CSV
_MARKS = (",", ";", "\t")
_LOOKED_AT, _LINES_LOOKED_AT = 50_000, 50  # characters, lines
_OF_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class OpenedTable:
    """The sheets of a file, or why there are none; `line`: where a CSV cannot be read any further, 0 for the file itself."""

    sheets: tuple[RawSheet, ...] = ()
    is_csv: bool = False
    refusal: str = ""
    line: int = 0


def open_table(data: bytes, name: str, *, most: int, what: str) -> OpenedTable:
    """Never raises for anything that was sent. `most` rows are taken, which are called `what`.

    What it is, its first bytes say and not its name: a workbook called .csv and a text called .xlsx are read as what they are.
    """
    if not data.strip():
        return OpenedTable(refusal=_EMPTY)
    if name.lower().endswith((".csv", ".txt")) and not data.startswith(_OF_WORKBOOKS):
        return _csv(data, most, what)
    book = read_book(data)
    if book.refusal == "text":
        return _csv(data, most, what)
    if book.refusal:
        return OpenedTable(refusal=f"{_SAID.get(book.refusal) or WORDS[book.refusal][0].replace('{place}', '')} {_AGAIN}")
    return OpenedTable(book.sheets)


def open_tables(data: bytes, name: str, *, most: int, what: str, called: Mapping[str, str]) -> OpenedTable:
    """The same, or a zip of CSVs, each a sheet. `called`: what the sheets of files are called, by the names of those."""
    if not is_archive(io.BytesIO(data)):
        return open_table(data, name, most=most, what=what)
    sheets: dict[str, RawSheet] = {}
    for file in unpack(io.BytesIO(data), _BOUNDS):
        path = PurePath(nfc(file.name))
        if file.data is None or path.suffix.lower() != ".csv":
            return OpenedTable(refusal=file.fault or _ONLY_CSV.format(file.name))
        opened = _csv(file.data, most, what)
        if opened.refusal:
            place = f"dòng {opened.line}: " if opened.line else ""
            return OpenedTable(refusal=f"Tệp “{file.name}”: {place}{opened.refusal}")
        sheet = called.get(path.name.lower(), path.stem)
        if sheet in sheets:
            return OpenedTable(refusal=_TWICE.format(sheet))
        sheets[sheet] = replace(opened.sheets[0], name=sheet)
    return OpenedTable(tuple(sheets.values()), is_csv=True, refusal="" if sheets else _NO_CSV)


def _csv(data: bytes, most: int, what: str) -> OpenedTable:
    text = _text(data)
    if text is None:
        return OpenedTable(refusal=_OLD_CODE)
    mark = max(_MARKS, key=lambda each: _parts(text, each))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: dict[int, list[str | float | bool | None]] = {}
    begun = 0
    try:
        for index, row in enumerate(lines):
            begun = lines.line_num
            if any(row):
                rows[index] = list(row)
            if len(row) > _WIDEST:
                return OpenedTable(refusal=_SAID["too_many"], line=index + 1)
            if len(rows) > 4 * most:
                return OpenedTable(refusal=f"Tệp có quá {4 * most} dòng, tối đa {most} {what}. Hãy chia thành nhiều tệp.")
    except csv.Error as fault:
        said = "một ô dài quá" if "field larger" in str(fault) else "dấu nháy kép mở mà không đóng, hoặc đặt giữa chữ"
        return OpenedTable(refusal=f"{said[:1].upper()}{said[1:]} (từ dòng này trở đi). {_AGAIN}", line=begun + 1)
    return OpenedTable((RawSheet("CSV", False, rows),), is_csv=True)


def _parts(text: str, mark: str) -> tuple[float, int]:
    """How well a mark parts the first rows into columns: the share of them that have the number which most have, and that number.

    Which mark occurs most says nothing: where Excel writes semicolons, it is the commas of what people wrote. Nor does how many rows it
    makes: a cell of several lines is one row for the mark of the file, and many for another, which does not see its quotes.
    """
    widths = Counter[int]()
    try:
        rows = csv.reader(io.StringIO(text[:_LOOKED_AT], newline=""), delimiter=mark)
        widths.update(len(row) for row in islice(rows, _LINES_LOOKED_AT) if row)
    except csv.Error:  # told where the whole is read
        pass
    return max(((count / widths.total(), width) for width, count in widths.items() if width > 1), default=(0.0, 0))


def _text(data: bytes) -> str | None:
    """UTF-8, or the UTF-16 that Excel calls “Unicode Text” and marks as such; nothing is guessed of anything else."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
