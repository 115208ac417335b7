"""Annexes of the consolidated report: figures by unit, and who reported when."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kheo.core.consolidated import ChildLine, Consolidated, UnitRef
from kheo.core.definition import Definition
from kheo.documents.annex_names import AnnexNames, annex_names
from kheo.documents.consolidated_report import report_document
from kheo.documents.official_layout import render_official
from tests.documents.reading import lines_of, opened, table_under
from tests.documents.sample import CITY, DUE, LETTER, ND30, ORIGINS, consolidated, definition, paper_of


@pytest.fixture(scope="module")
def asked() -> Definition:
    return definition()


def child(code: str, state: str = "accepted", **figures: int | Decimal | None) -> ChildLine:
    return ChildLine(UnitRef(code, f"Đơn vị {code}", "district"), state, DUE, None, None, figures, frozenset())


def annex_of(asked: Definition, *children: ChildLine) -> bytes:
    return paper_of(asked, replace(consolidated(3, missing=0), children=children), LETTER)


def figures_in(paper: bytes, code: str) -> dict[str, str]:
    """What stands under a code in the annex of figures, by the name of the row."""
    for table in opened(paper).tables:
        codes = [cell.text for cell in table.rows[1].cells] if len(table.rows) > 1 else []
        if table.cell(0, 0).text == "TT" and code in codes:
            return {row.cells[1].text: row.cells[codes.index(code)].text for row in table.rows[2:]}
    raise AssertionError(f"no table has {code}")


def test_three_annexes_at_most_and_only_those_that_say_something() -> None:
    many = consolidated(120, missing=40)
    assert annex_names(many) == AnnexNames("Phụ lục I", "Phụ lục II", "Phụ lục III")
    assert annex_names(consolidated()) == AnnexNames("Phụ lục I", "Phụ lục II", "")
    assert annex_names(consolidated(0)) == AnnexNames("", "", "")
    own = replace(many, children=tuple(line for line in many.children if line.is_own), missing_units=())
    assert annex_names(own) == AnnexNames("", "Phụ lục", "")


def test_the_sources_of_paragraphs_are_the_last_annex_and_pointed_to(asked: Definition) -> None:
    data = consolidated()
    document = report_document(asked, data, LETTER, ND30, ORIGINS)
    assert [annex.number for annex in document.annexes] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    paper = render_official(document, ND30)
    assert any(line.endswith("nguồn của từng đoạn nêu tại Phụ lục III.") for line in lines_of(paper))
    tables = [table for table in opened(paper).tables if table.cell(0, 1).text == "Đoạn thứ"]
    assert [[cell.text.replace("\xa0", " ") for cell in row.cells] for table in tables for row in table.rows[1:]] == [
        ["1", "1", "Đã tổ chức 02 hội nghị.", "Công đoàn Quận 5 (mục I, lần nộp 2)", "Giữ nguyên"],
        ["2", "3", f"{'Chăm lo ' * 20}".strip() + "…", "Công đoàn Quận 5 (mục I, lần nộp 2)", "Viết lại"],
        ["1", "2", "Gộp hai ý.", "Công đoàn Quận 5 (mục II.1, lần nộp 1; viết đầu tiên: Công ty Một, Công ty Hai); Công đoàn Quận 6 "
         "(mục II.1, lần nộp 1)", "Gộp và viết lại"],
        ["2", "4", "Gộp liền nhau.", "Công đoàn Quận 5 (mục II.1, lần nộp 1); Công đoàn Quận 6 (mục II.1, lần nộp 1)", "Gộp nhiều đoạn"],
    ]  # fmt: skip


def test_a_paper_without_sources_has_neither_the_annex_nor_a_word_of_it(asked: Definition) -> None:
    paper = render_official(report_document(asked, consolidated(), LETTER, ND30), ND30)
    assert not any("nguồn của từng đoạn" in line.lower() for line in lines_of(paper))


def test_figures_stand_by_unit_with_signs_for_what_is_not_a_number(asked: Definition) -> None:
    full = child("A", A01=1234, A02=Decimal("0.95125"), A04=0, A05=None, B04=7)
    paper = annex_of(asked, full)
    assert [figures_in(paper, code)["Đơn vị A"] for code in ("A01", "A02", "A04", "A05", "B04")] == ["1.234", "95,13", "0", "…", "7"]


def test_a_ratio_of_nothing_is_not_a_missing_figure(asked: Definition) -> None:
    nothing = child("A", C504a=0, C504b=0, C504=None)
    unknown = child("B", C504a=None, C504b=0, C504=None)
    paper = annex_of(asked, nothing, unknown)
    assert figures_in(paper, "C504") == {"Đơn vị A": "–", "Đơn vị B": "…", "Tổng số": "100,00"}
    assert any("–: không có trường hợp nào để tính tỷ lệ" in line for line in lines_of(paper))


def test_a_unit_without_a_report_is_marked_and_not_shown_as_zero(asked: Definition) -> None:
    """The rate of reports on time is counted by the system and is there even then."""
    paper = annex_of(asked, child("A", A01=5), child("B", "returned", A01=None, A06=Decimal(0)))
    assert {figures_in(paper, code)["Đơn vị B"] for code in ("A01", "B08", "C501")} == {"chưa có báo cáo được chấp nhận (bị trả lại)"}


def test_figures_of_units_below_are_shown_and_starred_when_the_own_report_is_not_accepted(asked: Definition) -> None:
    paper = annex_of(asked, child("B", "draft", A01=5))
    assert figures_in(paper, "A01")["Đơn vị B (*)"] == "5"
    assert any("(*): báo cáo của chính đơn vị chưa được chấp nhận" in line for line in lines_of(paper))


def test_hidden_small_counts_are_said_to_be_hidden(asked: Definition) -> None:
    hidden = replace(child("A", C501=None, C503=7), hidden=frozenset({"C501"}))
    paper = annex_of(asked, hidden, child("B", C501=9, C503=0))
    assert figures_in(paper, "C501") == {"Đơn vị A": "ẩn", "Đơn vị B": "9", "Tổng số": "26"}
    assert figures_in(paper, "C503") == {"Đơn vị A": "7", "Đơn vị B": "0", "Tổng số": "11"}
    assert any("ẩn: số nhỏ (dưới 5), hoặc số phải ẩn theo" in line for line in lines_of(paper))


def test_own_direct_figures_and_the_total_close_every_table(asked: Definition) -> None:
    own = replace(child("X", A01=2), unit=CITY, is_own=True)
    rows = list(figures_in(annex_of(asked, own, child("A", A01=3)), "A01"))
    assert rows == ["Đơn vị A", f"Trực tiếp tại {CITY.name}", "Tổng số"]


def test_a_hidden_total_is_not_shown_as_missing(asked: Definition) -> None:
    data = consolidated(3, missing=0)
    walled = replace(data.figures["C501"], value=None, is_hidden=True)
    lines = lines_of(paper_of(asked, replace(data, figures={**data.figures, "C501": walled}), LETTER))
    paper = paper_of(asked, replace(data, figures={**data.figures, "C501": walled}), LETTER)
    assert figures_in(paper, "C501")["Tổng số"] == "ẩn"
    assert {row[0]: row[3] for row in table_under(paper, "4. Nội dung “Không tụ tập")}["C501"] == "ẩn"
    assert (
        "Các chỉ tiêu ghi “ẩn” vì là số nhỏ (dưới 5), hoặc số phải ẩn theo để không suy ra được số nhỏ: cuộc đối thoại với người dân, NLĐ."
    ) in lines
    assert not any(line.startswith("Các chỉ tiêu chưa có số liệu: cuộc đối thoại") for line in lines)


def test_every_indicator_stands_in_exactly_one_table(asked: Definition) -> None:
    paper = paper_of(asked, consolidated(), LETTER)
    codes = [cell.text for table in opened(paper).tables if table.cell(0, 0).text == "TT" for cell in table.rows[1].cells[2:]]
    listed = [code for code in codes if code in {indicator.code for indicator in asked.indicators}]
    assert listed == [indicator.code for indicator in asked.indicators]


def test_the_annex_of_reporting_shows_due_date_receipt_and_lateness(asked: Definition) -> None:
    data = consolidated()
    rows = table_under(paper_of(asked, data, LETTER), "TÌNH HÌNH GỬI BÁO CÁO")
    assert rows[0] == ["TT", "Đơn vị", "Trạng thái", "Hạn gửi", "Ngày nhận", "Kết quả", "Số báo cáo còn thiếu"]
    assert len(rows) == 26
    silent = next(row for row in rows if row[2] == "Bị trả lại")
    assert silent[3:] == ["15/11/2023", "", "Chưa nhận", "12"]
    assert {row[5] for row in rows[1:]} == {"Đúng hạn", "Trễ hạn", "Chưa nhận"}


def test_many_missing_units_are_listed_in_an_annex(asked: Definition) -> None:
    data: Consolidated = consolidated(120, missing=40)
    paper = paper_of(asked, data, LETTER)
    assert "Chưa có báo cáo được chấp nhận: 40 đơn vị (danh sách tại Phụ lục III)." in lines_of(paper)
    rows = table_under(paper, "DANH SÁCH ĐƠN VỊ CHƯA CÓ BÁO CÁO")
    assert [row[1] for row in rows[1:]] == [unit.name for unit in data.missing_units]
    assert [section.orientation for section in opened(paper).sections] == [0, 1, 1, 0]


@pytest.mark.parametrize("count", [1, 26, 120])
def test_tables_fit_the_page_whatever_the_number_of_units(asked: Definition, count: int) -> None:
    document = opened(paper_of(asked, consolidated(count, missing=0), LETTER))
    for table in document.tables:
        width = sum(column.width.mm for column in table.columns if column.width)
        assert round(width) in (165, 252)
