"""Tables of units as people send them, sound or hostile: what is read is what they are, and what is wrong is told with its place."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from kheo.files.unit_tables import read_unit_table

SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: list[Any], merge: str = "") -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if merge:
        made.active.merge_cells(merge)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


GOOD = book(["STT", "Tên đơn vị", "Đơn vị cấp trên"], [1, "CĐCS Một", "LĐLĐ Quận 1"])


def edited(change: Callable[[bytes], bytes], name: str = SHEET) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(GOOD)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.infolist():
            data = source.read(part)
            made.writestr(part.filename, change(data) if part.filename == name else data)
    return target.getvalue()


def behind(rows: bytes) -> bytes:
    return edited(lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"))


def read(data: bytes, name: str = "a.xlsx") -> tuple[list[tuple[str, str]], list[str]]:
    table = read_unit_table(data, name)
    return [(row.name, row.above) for row in table.rows], [each.told() for each in table.problems]


ONE = ([("CĐCS Một", "LĐLĐ Quận 1")], [])
TEXT = "Tên đơn vị\tĐơn vị cấp trên\nCĐCS Một\tLĐLĐ Quận 1\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (GOOD, "a.xlsx"),
        (GOOD, "a.csv"),
        (GOOD, "a.xls"),
        (TEXT.encode(), "a.xlsx"),
        (TEXT.encode("utf-8-sig"), "a.csv"),
        (TEXT.encode("utf-16"), "a.txt"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.csv"),
        (edited(lambda sheet: sheet.replace(b"A1:C2", b"A1:XFD1048576")), "a.xlsx"),
        (behind(b"".join(b'<row r="%d"/>' % row for row in range(3, 1_048_577))), "a.xlsx"),
    ],
)
def test_a_table_is_read_as_what_it_is_whatever_it_is_called_and_however_much_nothing_follows(data: bytes, name: str) -> None:
    assert read(data, name) == ONE


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.csv", "Tệp rỗng"),
        (b" \r\n \n", "a.csv", "Tệp rỗng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xlsx", "Excel kiểu cũ (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.csv", "Excel kiểu cũ (.xls)"),
        (b"<html><table><tr><td>T</td></tr></table></html>", "a.xls", "Tệp là trang web"),
        (zipped(a=b"x"), "a.xlsx", "Tệp là tệp nén"),
        (zipped(word__document=b"x"), "a.xlsx", "Tệp là văn bản Word"),
        (GOOD[:-200], "a.xlsx", "Tệp bị hỏng hoặc tải lên chưa hết"),
        (behind(b" " * (300 << 20)), "a.xlsx", "Tệp nở ra quá lớn"),
        (behind(b'<row r="1048576"><c r="B1048576"><v>1</v></c></row>'), "a.xlsx", "Hãy chép riêng các dòng có chữ sang một tệp mới"),
        (edited(lambda sheet: b'<!DOCTYPE r [<!ENTITY a "aa">]>' + sheet), "a.xlsx", "thành phần mà bảng Excel thật không bao giờ có"),
        (TEXT.encode("utf-16-le"), "a.csv", "Tệp không phải mã Unicode (có lẽ là bảng mã cũ: TCVN3, VNI, Windows-1258)"),
        ("Tªn ®¬n vÞ\nC«ng ®oµn c¬ së\n".encode("latin-1"), "a.csv", "bảng mã cũ: TCVN3"),
        ("Tên đơn vị\n".encode() + b"A" * (5 << 20) + b"\n", "a.csv", "Dòng 2: Một ô dài quá"),
        ('Tên đơn vị\n"CĐCS A\nCĐCS B\n'.encode(), "a.csv", "Dòng 2: Dấu nháy kép mở mà không đóng"),
        (("Tên đơn vị\n" + "Đơn vị\n" * 20_001).encode(), "a.csv", "quá 20000 dòng"),
        (b"T\xc3\xaan \xc4\x91\xc6\xa1n v\xe1\xbb\x8b\n", "a.csv", "có cột tên đơn vị nhưng chưa có dòng nào"),
        (b"a,b\n1,2\n", "a.csv", "Không thấy cột tên đơn vị nào"),
        (book(["Tªn ®¬n vÞ"], ["C«ng ®oµn c¬ së Mét"]), "a.xlsx", "Dòng 1: Chữ gõ bằng phông cũ (TCVN3"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, name: str, told: str) -> None:
    rows, problems = read(data, name)
    assert rows == []
    assert len(problems) == 1
    assert told in problems[0]


def test_a_formula_without_a_result_is_told_at_its_cell_though_nothing_else_stands_in_its_row() -> None:
    rows, problems = read(book(["Tên đơn vị"], ["=1+1"], ["CĐCS Một"], ['=HYPERLINK("http://x","CĐCS")']))
    assert rows == [("CĐCS Một", "")]
    assert [each[:9] for each in problems] == ["Ô A2: Ô c", "Ô A4: Ô c"]


def test_a_merged_unit_above_holds_for_each_of_its_rows_and_for_no_other() -> None:
    table = book(["Tên đơn vị", "Đơn vị cấp trên"], ["A", "LĐLĐ Quận 1"], ["B", None], ["C", None], ["D", None], merge="B2:B4")
    assert read(table)[0] == [("A", "LĐLĐ Quận 1"), ("B", "LĐLĐ Quận 1"), ("C", "LĐLĐ Quận 1"), ("D", "")]
    across = book(["Tên đơn vị", None, "Đơn vị cấp trên"], ["A", None, "LĐLĐ Quận 1"], merge="A2:B2")
    assert read(across)[0] == [("A", "LĐLĐ Quận 1")]


def test_signs_that_cannot_be_seen_are_told_and_never_taken_out() -> None:
    rows, problems = read("Tên đơn vị\nCĐCS\x07 A\nCĐCS \u202eB\nCĐCS \u200bC\nC\x00ĐCS D\nCĐCS\xa0E\n".encode(), "a.csv")
    assert rows == [("CĐCS E", "")]
    assert problems == [f"Ô A{row}: Có ký tự không in được." for row in (2, 3, 4, 5)]


def test_letters_of_old_fonts_are_told_at_their_cells_and_foreign_names_are_none() -> None:
    names = ["C«ng ®oµn c¬ së Mét", "Coâng ñoaøn cô sôû Moät", "CĐCS Nestlé", "CĐCS Schäffler", "CĐCS ĐẶNG ÚT ÊBAN"]
    rows, problems = read(book(["Tên đơn vị"], *([name] for name in names)))
    assert [name for name, _ in rows] == names[2:]
    assert [each[:22] for each in problems] == ["Ô A2: Chữ gõ bằng phôn", "Ô A3: Chữ gõ bằng phôn"]
