"""`kheo units match`: a table with names instead of codes, from a person's own workbook."""

import csv
import io
from pathlib import Path

import openpyxl

from tests.cli.running import Kheo

ROWS = [
    ("Danh sách công đoàn cơ sở",),
    ("STT", "Tên đơn vị", "Thuộc"),
    (1, "CĐCS Một", "LĐLĐ Quận 1"),
    (2, "liên đoàn lao động  QUẬN 2", None),
    (3, "Công đoàn cơ sở Hai", "LĐLĐ Quận 2"),
    (4, "Công đoàn không có", None),
]


def test_a_workbook_of_names_gets_its_codes_and_says_what_is_doubtful(office: Kheo, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "ten.xlsx")
    done = office("units", "match", tmp_path / "ten.xlsx", "--on", "2023-01-01")
    told = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["row"], row["code"], row["certainty"]) for row in told] == [
        ("3", "G1", "chắc chắn"),
        ("4", "D2", "chắc chắn"),
        ("5", "", "đúng tên nhưng thuộc đơn vị khác"),
        ("6", "", "không tìm thấy"),
    ]
    assert told[2]["may_be"] == "G2 Công đoàn cơ sở Hai (Liên đoàn Lao động Quận 1)"
    assert done.returncode == 1
    assert "4 dòng" in done.stderr
    only = office("units", "match", tmp_path / "ten.xlsx", "--on", "2023-01-01", "--doubtful")
    assert [row["row"] for row in csv.DictReader(io.StringIO(only.stdout))] == ["5", "6"]


def test_a_table_of_sure_names_is_done_and_one_without_names_refused(office: Kheo, tmp_path: Path) -> None:
    table = tmp_path / "ten.csv"
    table.write_text("Tên đơn vị\nCông đoàn cơ sở Hai\n", encoding="utf-8")
    assert office.does("units", "match", table, "--on", "2023-01-01").splitlines()[1:] == [
        "2,Công đoàn cơ sở Hai,,chắc chắn,G2,Công đoàn cơ sở Hai,Liên đoàn Lao động Quận 1,"
    ]
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "Không thấy cột tên đơn vị nào" in office("units", "match", table).stderr
    table.write_bytes(b"PK\x03\x04 broken")
    broken = tmp_path / "hong.xlsx"
    table.rename(broken)
    assert "Không đọc được" in office("units", "match", broken).stderr
