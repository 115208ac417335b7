"""Widths: of texts in Times New Roman, of lines in titles, of columns in tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.documents.metrics import balanced_lines, line_count, longest_word, text_width, width_for_lines
from kheo.documents.official import Column, Row, Table
from kheo.documents.table_layout import PADDING, fit_columns, pack_columns, share_columns

WORDS = st.lists(st.text("aăbcđeinoơuưxAĐNT", min_size=1, max_size=12), min_size=1, max_size=25).map(" ".join)


@pytest.mark.parametrize(
    ("text", "size", "bold", "millimetres"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, 88.3),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, 56.1),
        ("1.234.567", 10, False, 14.1),
        ("ơưƠƯ", 10, False, 9.1),
        ("", 14, False, 0.0),
    ],
)
def test_widths_are_those_of_times_new_roman(text: str, size: float, bold: bool, millimetres: float) -> None:
    """Checked against the advance widths in a metric-compatible font (Tinos)."""
    assert text_width(text, size, bold=bold) == pytest.approx(millimetres, abs=0.15)


def test_letters_with_marks_are_as_wide_as_without_in_either_unicode_form() -> None:
    assert text_width("ẤỂộ", 12) == text_width("AEo", 12) == text_width("A\u0302\u0301E\u0302\u0309o\u0323\u0302", 12)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ HỒ CHÍ MINH", ("LIÊN ĐOÀN LAO ĐỘNG", "THÀNH PHỐ HỒ CHÍ MINH")),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", ("TỔNG LIÊN ĐOÀN", "LAO ĐỘNG VIỆT NAM")),
        ("LIÊN ĐOÀN LAO ĐỘNG QUẬN 12", ("LIÊN ĐOÀN LAO ĐỘNG", "QUẬN 12")),
        ("VĂN PHÒNG", ("VĂN PHÒNG",)),
    ],
)
def test_heads_break_between_phrases(text: str, lines: tuple[str, ...]) -> None:
    assert balanced_lines(text, 12, 66, bold=True) == lines


@given(WORDS, st.floats(20, 200))
def test_balanced_lines_keep_every_word_and_the_least_number_of_lines(text: str, limit: float) -> None:
    lines = balanced_lines(text, 12, limit)
    assert " ".join(lines) == text
    assert len(lines) == line_count(text, 12, limit)
    assert all(text_width(line, 12) <= limit or " " not in line for line in lines)


@given(WORDS, st.integers(1, 5))
def test_the_width_for_some_lines_is_enough_for_them(text: str, lines: int) -> None:
    width = width_for_lines(text, lines, 11)
    assert line_count(text, 11, width + 0.01) <= lines or width == pytest.approx(longest_word(text, 11))


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        (Column("TT", "center"), Column("Đơn vị"), Column("Kinh phí thực hiện (đồng)", "right", "B08")), tuple(Row(row) for row in rows)
    )


def test_columns_fill_the_page_and_numbers_stay_whole() -> None:
    fitted = fit_columns(table(("1", "Liên đoàn Lao động Quận 1", "108.728.000.000")), 165, 12, 8)
    assert sum(fitted.columns) == pytest.approx(165)
    assert fitted.columns[2] >= text_width("108.728.000.000", 12) + 2 * PADDING
    assert fitted.size == 12


def test_type_gets_smaller_before_a_number_is_broken() -> None:
    wide = Table(tuple(Column(f"Cột {index}", "right") for index in range(12)), (Row(("1.234.567.890",) * 12),))
    fitted = fit_columns(wide, 252, 11, 8)
    assert 8 <= fitted.size < 11
    assert all(width >= text_width("1.234.567.890", fitted.size) for width in fitted.columns)


def test_the_page_is_never_exceeded() -> None:
    wide = Table(tuple(Column(f"Cột {index}", "right") for index in range(40)), (Row(("1.234.567.890",) * 40),))
    fitted = fit_columns(wide, 252, 11, 8)
    assert sum(fitted.columns) == pytest.approx(252)
    assert fitted.size == 8


@given(
    st.lists(st.tuples(st.text("abc đ", min_size=1, max_size=40), st.integers(0, 10**13)), min_size=1, max_size=8),
    st.integers(0, 30),
    st.integers(1, 14),
)
def test_any_table_fits_its_page(names: list[tuple[str, int]], extra: int, count: int) -> None:
    columns = (Column("TT", "center"), Column("Tên"), *(Column(f"Chỉ tiêu số {index} (đơn vị)", "right") for index in range(count)))
    rows = tuple(Row(("1", name, *(str(value * (index + extra)) for index in range(count)))) for name, value in names)
    fitted = fit_columns(Table(columns, rows), 252, 10, 8)
    assert sum(fitted.columns) == pytest.approx(252)
    assert min(fitted.columns) > 0


def test_many_columns_are_spread_evenly_over_tables_that_fit() -> None:
    lead = (Column("TT", "center"), Column("Đơn vị"))
    columns = tuple(Column(f"Chỉ tiêu {index}", "right", f"B{index:02d}") for index in range(27))
    rows = (Row(("1", "Liên đoàn Lao động Quận 1", *("1.234.567",) * 27)),)
    counts = pack_columns(lead, columns, rows, 252, 9.5)
    assert sum(counts) == 27
    assert len(counts) > 1
    assert max(counts) - min(counts) <= 1
    assert pack_columns(lead, (), (), 252, 9.5) == ()


def test_a_column_too_wide_for_any_page_still_gets_its_own_table() -> None:
    lead = (Column("TT", "center"),)
    columns = (Column("x" * 300, "right"), Column("y" * 300, "right"))
    assert pack_columns(lead, columns, (Row(("1", "1", "2")),), 252, 9.5) == (1, 1)


def test_one_long_subject_leaves_the_columns_of_a_prescribed_form_their_room() -> None:
    """A year's book with a subject of 2,000 letters: a day stays on its line, the other columns are as wide as without it."""
    columns = (Column("Ngày đến", "center"), Column("Tác giả"), Column("Tên loại và trích yếu"), Column("Số lượng bản", "center"))
    short = Row(("15/03/2023", "Liên đoàn Lao động Thành phố", "Công văn về việc A", "7"))
    long = Row(("16/03/2023", "Ban Dân vận", "về việc phối hợp triển khai " * 70, "12"))
    usual, found = (share_columns(Table(columns, rows), (12, 26, 48, 10), 257, 10) for rows in ((short,), (short, long)))
    assert found.columns[1:3] == pytest.approx(usual.columns[1:3], abs=1.5)
    assert found.columns[2] / found.columns[1] == pytest.approx(48 / 26)
    assert sum(found.columns) == pytest.approx(257)
    assert found.columns[0] - 2 * PADDING > text_width("15/03/2023", 10)
    assert found.columns[3] - 2 * PADDING > text_width("lượng", 10, bold=True)
