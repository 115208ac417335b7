"""Workbooks on the command line: made, read, and what is wrong told with its place."""

import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import Kheo


@pytest.fixture(scope="module")
def book(office: Kheo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("books") / "g1.xlsx"
    assert office.does("workbook", "make", "5-khong", "2023-N", "--unit", "G1", "--out", file) == f"{file}\n"
    return file


def test_reads_what_it_made(office: Kheo, book: Path) -> None:
    (read,) = office.json("workbook", "read", book)
    assert (read["unit"], read["campaign"], read["cycle"], read["storable"]) == ("G1", "5-khong", "2023-N", True)
    assert read["figures"] == {}
    assert {problem["severity"] for problem in read["problems"]} == {"error"}
    assert {"sheet": "Số liệu", "cell": "E8", "severity": "error", "stage": "report"}.items() <= read["problems"][0].items()


def test_one_file_for_every_unit_below(office: Kheo, tmp_path: Path) -> None:
    told = office.does("workbook", "make", "5-khong", "2023-N", "--unit", "D1", "--children", "--out", tmp_path)
    files = sorted(tmp_path.iterdir())
    assert [file.name[:3] for file in files] == ["G1 ", "G2 "]
    assert sorted(told.splitlines()) == [str(file) for file in files]


def test_a_wrong_number_is_told_with_its_cell_and_fails(office: Kheo, book: Path, tmp_path: Path) -> None:
    filled = openpyxl.load_workbook(io.BytesIO(book.read_bytes()))
    filled["Số liệu"]["E8"] = "một"
    filled.save(tmp_path / "sai.xlsx")
    done = office("workbook", "read", tmp_path / "sai.xlsx")
    assert done.returncode == 1
    assert "phải sửa\tSố liệu E8\tA01 Đơn vị có kế hoạch phát động: “một” không phải là một con số" in done.stdout


def test_a_file_that_is_no_workbook_is_told_in_one_line(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.csv"
    file.write_text("Mã,Số\n", encoding="utf-8")
    done = office("workbook", "read", file)
    assert done.returncode == 1
    assert "Tệp là văn bản hoặc .csv" in done.stdout


def test_refuses_a_unit_that_is_not_there(office: Kheo, tmp_path: Path) -> None:
    done = office("workbook", "make", "5-khong", "2023-N", "--unit", "KHONG", "--out", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "Lỗi: Cây tổ chức của kỳ này không có đơn vị mã “KHONG”."
    assert list(tmp_path.iterdir()) == []
