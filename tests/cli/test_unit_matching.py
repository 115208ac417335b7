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
    assert "Tệp bị hỏng" in office("units", "match", broken).stderr


def test_a_table_is_imported_on_trial_then_truly_and_a_second_time_brings_nothing(office: Kheo, tmp_path: Path) -> None:
    table = tmp_path / "ds.csv"
    table.write_text("Tên đơn vị;Cấp trên\nCĐCS Hai;LĐLĐ Quận 1\nCĐCS Haii;LĐLĐ Quận 1\nCĐCS Mới;LĐLĐ Quận 1\n", encoding="utf-8")
    asked = ("units", "import", table, "--on", "2035-01-01", "--decision", "7/QĐ-LĐLĐ")

    def told(*more: object) -> list[tuple[str, str, str]]:
        rows = csv.DictReader(io.StringIO(office(*asked, *more).stdout))
        return [(row["row"], row["outcome"], row["code"]) for row in rows if row["row"]]

    first = told("--dry-run")
    assert [row[:2] for row in first] == [("2", "đã có"), ("3", "cần chọn"), ("4", "sẽ tạo mới")]
    choices = tmp_path / "chon.csv"
    choices.write_text("key,choice\n!3,G2\n", encoding="utf-8")
    assert told("--dry-run", "--choices", choices)[1] == ("3", "đã có", "G2")
    assert told("--choices", choices) == [("2", "đã có", "G2"), ("3", "đã có", "G2"), first[2]]
    listed = office.does("units", "list", "--on", "2035-01-01", "--csv")
    assert f"{first[2][2]},Công đoàn cơ sở Mới,grassroots_union," in listed
    assert told("--choices", choices)[2] == ("4", "đã có", first[2][2])
    assert office.does("units", "list", "--on", "2035-01-01", "--csv") == listed
    choices.write_text("a\n", encoding="utf-8")
    assert "cần CSV UTF-8 có cột key và choice" in office(*asked, "--choices", choices).stderr
