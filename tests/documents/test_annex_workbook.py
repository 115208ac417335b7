"""The annex as a workbook, read back by two programs."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from kheo.core.consolidated import ChildLine, Consolidated, UnitRef
from kheo.core.definition import Definition
from kheo.documents.annex_workbook import annex_workbook
from kheo.documents.workbook_cells import BLANK, HIDDEN, NO_REPORT, Book
from tests.documents.reading import by_calamine, by_openpyxl, formulas, part, sheet_names
from tests.documents.sample import DUE, consolidated, definition

FIGURES, TOTALS, REPORTING, DICTIONARY, INFORMATION = (
    "Số liệu theo đơn vị",
    "Tổng hợp",
    "Tình hình gửi báo cáo",
    "Từ điển chỉ tiêu",
    "Thông tin",
)


@pytest.fixture(scope="module")
def asked() -> Definition:
    return definition()


@pytest.fixture(scope="module")
def data() -> Consolidated:
    return consolidated()


@pytest.fixture(scope="module")
def book(asked: Definition, data: Consolidated) -> bytes:
    return annex_workbook(asked, data)


def one_child(asked: Definition, data: Consolidated, state: str = "accepted", **figures: int | Decimal | None) -> bytes:
    hidden = frozenset(code for code, value in figures.items() if code == "C501" and value is None)
    line = ChildLine(UnitRef("A", "Đơn vị A", "district"), state, DUE, None, None, figures, hidden)
    return annex_workbook(asked, replace(data, children=(line,)))


def figure_cell(content: bytes, code: str) -> tuple[object, str, str]:
    """Value, colour and number format of the first unit's cell under a code."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[FIGURES]
    column = next(cell.column for cell in sheet[7] if cell.value == code)
    found = sheet.cell(8, column)
    return found.value, str(found.fill.start_color.rgb)[2:], found.number_format


def test_five_sheets_in_the_order_of_reading(book: bytes) -> None:
    assert sheet_names(book) == [FIGURES, TOTALS, REPORTING, DICTIONARY, INFORMATION]


@pytest.mark.parametrize("sheet", [FIGURES, TOTALS, REPORTING, DICTIONARY, INFORMATION])
def test_two_readers_see_the_same_values(book: bytes, sheet: str) -> None:
    read = by_openpyxl(book, sheet)
    assert read == by_calamine(book, sheet)
    assert len(read) > 5


def test_no_sheet_holds_a_formula(book: bytes) -> None:
    assert formulas(book) == 0


def test_the_search_for_formulas_finds_one_where_there_is_one() -> None:
    """Negative control."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet().write_formula(0, 0, "=1+1")
    assert formulas(file.getvalue()) == 1


def test_head_and_units_stay_in_sight_and_print_on_every_page(book: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(book))[FIGURES]
    assert sheet.freeze_panes == "F8"
    assert sheet.print_title_rows == "$4:$7"
    assert sheet.print_title_cols == "$A:$E"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.auto_filter.ref == f"A7:{get_column_letter(5 + len(definition().indicators))}33"


def test_indicators_stand_under_their_contents(book: bytes, asked: Definition) -> None:
    rows = by_openpyxl(book, FIGURES)
    assert [each for each in rows[3] if each] == [content.name for content in asked.contents]
    assert rows[6][5:] == [indicator.code for indicator in asked.indicators]
    assert rows[4][5:] == [indicator.name for indicator in asked.indicators]
    sheet = openpyxl.load_workbook(io.BytesIO(book))[FIGURES]
    assert len(sheet.merged_cells.ranges) == len(asked.contents)


def test_figures_are_numbers_as_the_data_has_them(book: bytes, asked: Definition, data: Consolidated) -> None:
    rows = by_openpyxl(book, FIGURES)[7:]
    for row, line in zip(rows, data.children, strict=False):
        read = dict(zip((each.code for each in asked.indicators), (*row[5:], *[None] * 60), strict=False))
        for indicator in asked.indicators:
            value = line.figures.get(indicator.code)
            if isinstance(value, Decimal):
                assert read[indicator.code] == pytest.approx(float(value))
            elif indicator.code in line.hidden:
                assert read[indicator.code] == "ẩn"
            else:
                assert read[indicator.code] == (None if value is None else value / 10**indicator.decimals)


def test_totals_are_numbers(book: bytes, data: Consolidated, asked: Definition) -> None:
    total = by_openpyxl(book, FIGURES)[7 + len(data.children)]
    wanted = [data.figures[each.code].value for each in asked.indicators]
    scale = [10**each.decimals for each in asked.indicators]
    assert total[2] == "Tổng số"
    assert total[5:] == [pytest.approx(float(value or 0) / by) for value, by in zip(wanted, scale, strict=True)]


@pytest.mark.parametrize(
    ("state", "figures", "value", "fill"),
    [
        ("accepted", {"A04": 0}, 0, ""),
        ("accepted", {"A04": None}, None, BLANK.fill),
        ("accepted", {}, None, BLANK.fill),
        ("returned", {"A04": None}, None, NO_REPORT.fill),
    ],
)
def test_missing_is_an_empty_coloured_cell_and_zero_is_a_number(
    asked: Definition, data: Consolidated, state: str, figures: dict[str, int | None], value: int | None, fill: str
) -> None:
    read, colour, _ = figure_cell(one_child(asked, data, state, **figures), "A04")
    assert (read, colour) == (value, fill.removeprefix("#") or "000000")


def test_hidden_counts_are_a_word_in_their_own_colour(asked: Definition, data: Consolidated) -> None:
    assert figure_cell(one_child(asked, data, C501=None), "C501")[:2] == ("ẩn", HIDDEN.fill.removeprefix("#"))


def test_a_ratio_of_nothing_is_a_dash_and_not_a_gap(asked: Definition, data: Consolidated) -> None:
    assert figure_cell(one_child(asked, data, C504a=0, C504=None), "C504")[0] == "–"
    assert figure_cell(one_child(asked, data, C504a=None, C504=None), "C504")[:2] == (None, BLANK.fill.removeprefix("#"))


def test_a_hidden_total_is_a_word_and_not_a_gap(asked: Definition, data: Consolidated) -> None:
    walled = replace(data.figures["C501"], value=None, is_hidden=True)
    content = annex_workbook(asked, replace(data, figures={**data.figures, "C501": walled}))
    place = by_openpyxl(content, FIGURES)[6].index("C501")
    assert by_openpyxl(content, FIGURES)[7 + len(data.children)][place] == "ẩn"


def test_own_direct_figures_stand_last(asked: Definition, data: Consolidated) -> None:
    own_first = replace(data, children=tuple(reversed(data.children)))
    names = [row[2] for row in by_openpyxl(annex_workbook(asked, own_first), FIGURES)[7:]]
    assert names[-2:] == ["Trực tiếp tại Liên đoàn Lao động Thành phố Hồ Chí Minh", "Tổng số"]


def test_number_formats_group_by_thousands_and_show_percentages(asked: Definition, data: Consolidated) -> None:
    content = one_child(asked, data, A05=1234567, C311=123456, A02=Decimal("0.95125"))
    assert figure_cell(content, "A05")[::2] == (1234567, "[$-42A]#,##0")
    assert figure_cell(content, "C311")[::2] == (1234.56, "[$-42A]#,##0.00")
    assert figure_cell(content, "A02")[::2] == (0.95125, "[$-42A]0.00%")


def test_a_number_that_excel_would_round_is_written_out(asked: Definition, data: Consolidated) -> None:
    assert figure_cell(one_child(asked, data, A05=10**15), "A05")[0] == "1.000.000.000.000.000"
    assert figure_cell(one_child(asked, data, A05=10**15 - 1), "A05")[0] == 10**15 - 1


def test_parts_of_a_breakdown_stand_under_their_indicator_with_the_last_period(book: bytes, data: Consolidated) -> None:
    rows = by_openpyxl(book, TOTALS)
    place = [row[0] if row else None for row in rows].index("B01")
    total, before = data.figures["B01"], (data.previous or {})["B01"]
    assert rows[place][:5] == ["B01", "Mô hình, công trình đăng ký mới", "mô hình", total.value, before.value]
    assert rows[place][5:] == [21, 0, 2, 0, 3]
    assert rows[place + 1][1] == "– Kinh tế"
    assert rows[place + 6] == [None, "– Loại hình khác"]


def test_the_reporting_sheet_holds_real_dates(book: bytes, data: Consolidated) -> None:
    rows = by_openpyxl(book, REPORTING)
    first = next(line for line in data.children if line.received_at)
    row = next(row for row in rows if row[1] == first.unit.code)
    assert first.received_at is not None
    assert row[4:6] == [datetime(2023, 11, 15), first.received_at.replace(tzinfo=None)]  # noqa: DTZ001
    silent = next(row for row in rows if row[3] == "Chưa bắt đầu")
    assert silent[4:] == [datetime(2023, 11, 15), None, "Chưa nhận", 12]  # noqa: DTZ001


def test_the_dictionary_tells_how_every_indicator_is_added_up(book: bytes, asked: Definition) -> None:
    rows = {row[0]: row for row in by_openpyxl(book, DICTIONARY)[1:]}
    assert list(rows) == [indicator.code for indicator in asked.indicators]
    assert rows["C307"][3] == "Tỷ lệ tính lại từ tử số và mẫu số; không cộng, không lấy trung bình"
    assert rows["C307"][6] == "C304 ÷ (C301 + C302 + C303)"
    assert rows["A06"][6] == "số báo cáo gửi đúng hạn ÷ số báo cáo phải gửi"
    assert rows["A01"][3] == "Cộng các đơn vị, lấy số cuối kỳ"
    assert rows["B01"][5] == "Kinh tế, Văn hóa – xã hội, Quốc phòng – an ninh, Xây dựng hệ thống chính trị, An sinh xã hội, Loại hình khác"


def test_the_last_sheet_says_what_the_numbers_are(book: bytes) -> None:
    facts = {row[0]: row[1] for row in by_openpyxl(book, INFORMATION)[2:]}
    assert facts["Số liệu tính đến"] == datetime(2023, 11, 17, 10, 32)  # noqa: DTZ001
    assert facts["Ấn bản bộ chỉ tiêu"] == "2"
    assert facts["Mã kiểm tra của ấn bản"] == "3f9a" * 16
    assert facts["Kỳ báo cáo"] == "Năm 2023 (2023-N)"
    assert facts["Cách đọc: ô trống màu xám"] == "Chưa có báo cáo được chấp nhận. Không phải số 0."


def test_the_same_data_gives_the_same_bytes(book: bytes, asked: Definition, data: Consolidated) -> None:
    assert annex_workbook(asked, data) == book
    assert "2023-11-17T03:32:00Z" in part(book, "docProps/core.xml")


def test_no_units_and_many_units(asked: Definition) -> None:
    empty = annex_workbook(asked, consolidated(0))
    assert by_openpyxl(empty, FIGURES)[7][2] == "Tổng số"
    many = by_calamine(annex_workbook(asked, consolidated(150, missing=40)), FIGURES)
    assert len(many) == 7 + 150 + 1


def test_a_text_that_begins_like_a_formula_carries_the_mark_of_a_text() -> None:
    book = Book(title="", author="", created=datetime(2023, 1, 1, tzinfo=UTC))
    sheet = book.sheet("x")
    for row, text in enumerate(("=1+1", "+84 28", "-", "@SUM(A1)", "\t=1", "'x", "＝1", "Quận 1")):
        sheet.text(row, 0, text)
    content = book.to_bytes()
    cells = [cell for (cell,) in openpyxl.load_workbook(io.BytesIO(content))["x"].iter_rows()]
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for cell in cells] == [
        ("=1+1", "s", True),
        ("+84 28", "s", True),
        ("-", "s", True),
        ("@SUM(A1)", "s", True),
        ("=1", "s", True),
        ("'x", "s", True),
        ("＝1", "s", True),
        ("Quận 1", "s", False),
    ]
    assert formulas(content) == 0
