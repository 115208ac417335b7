"""The workbook in LibreOffice: formulas tell faults while typing, and what LibreOffice saves reads back the same."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from kheo.documents.unit_workbook import corrected_copy, make_workbook
from tests.documents.unit_workbook.books import GOOD, TEXTS, address, filled, good, mini, order, past, read


def saved_again(content: bytes, kind: str, folder: Path) -> bytes:
    """As LibreOffice saves it after reckoning."""
    if not shutil.which("soffice"):
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice must be there in CI")
        pytest.skip("no LibreOffice here")
    (folder / "book.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind, "--outdir", "out"]
    subprocess.run([*command, "book.xlsx"], cwd=folder, check=True, capture_output=True, timeout=180)
    return (folder / "out" / f"book.{kind}").read_bytes()


def test_faults_show_in_the_spreadsheet_already(tmp_path: Path) -> None:
    wrong = {"B01.KT": 2, "B01.VH": "không áp dụng", "B02": "ba", "C201": 10, "C202": 11, "C501": 1.5}
    made = filled(make_workbook(order(mini(), past=past(mini()))), mini(), wrong)
    sheet = openpyxl.load_workbook(io.BytesIO(saved_again(made, "xlsx", tmp_path)), data_only=True)["Số liệu"]
    assert sheet["A4"].value == "Còn 0 ô chưa nhập; 3 chỗ phải sửa; 0 chỗ nên xem lại."
    assert {row: sheet[f"H{row}"].value for row in (9, 10, 11, 12, 13, 17)} == {
        9: "✓",
        10: "✓",
        11: "Sai: không phải con số",
        12: "Phải sửa: Số trả lời đúng hạn (11) lớn hơn số tiếp nhận (10).",
        13: "✓",
        17: "Sai: chỉ nhận số nguyên",
    }
    assert (sheet["E8"].value, sheet["E14"].value) == (2, 1.1)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_saves_reads_back_the_same(kind: str, tmp_path: Path) -> None:
    reading = read(saved_again(good(), kind, tmp_path), mini(), address(mini()))
    assert (reading.figures, reading.narrative, reading.problems) == (GOOD, TEXTS, ())


def test_a_corrected_copy_keeps_what_was_typed_and_is_taken_when_mended() -> None:
    usual = order(mini(), past=past(mini()))
    wrong = filled(make_workbook(usual), mini(), GOOD | {"B02": "năm", "C202": 11}, TEXTS)
    first = read(wrong, mini(), usual.address)
    copy = corrected_copy(usual, first)
    assert [each.message for each in read(copy, mini(), usual.address).problems] == [each.message for each in first.problems]
    book = openpyxl.load_workbook(io.BytesIO(copy))
    listed = book["Cần sửa"]
    assert [listed.cell(row, 4).value for row in range(6, 6 + len(first.problems))] == [each.message for each in first.problems]
    assert listed["C6"].hyperlink.location == "'Số liệu'!E11"
    assert book["Số liệu"]["E11"].value == "năm"
    assert "không phải là một con số" in book["Số liệu"]["E11"].comment.text
    mended = read(filled(copy, mini(), {"B02": 5, "C202": 9}), mini(), usual.address)
    assert (mended.figures, mended.narrative, mended.problems) == (GOOD, TEXTS, ())


def test_an_older_edition_is_taken_as_far_as_both_count_alike() -> None:
    old = mini()
    changed = [each.model_copy(update={"unit": "hội"}) if each.code == "B02" else each for each in old.indicators]
    new = old.model_copy(update={"indicators": tuple(changed)})
    from kheo.documents.grid.opening import open_book
    from kheo.documents.unit_workbook import validate

    reading = validate(open_book(good()), new, address(new), made_from=old)
    assert reading.figures == {key: figure for key, figure in GOOD.items() if key != "B02"}
    assert [(each.cell, each.stage) for each in reading.problems if each.target == "B02"] == [("E11", "file"), ("E11", "report")]
    assert not reading.is_storable
    same = validate(open_book(good()), old.model_copy(), address(new), made_from=old)
    assert (same.figures, same.is_storable) == (GOOD, True)
