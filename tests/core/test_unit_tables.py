"""People's own tables: where the head is, which column says what, what is a unit and what only the name above others."""

import pytest

from kheo.core.matching import NamedRow
from kheo.core.unit_tables import MOST_ROWS, Sheet, TableProblem, UnitTable, clean, read_table


def read(*rows: list[object], **more: object) -> UnitTable:
    return read_table([Sheet("S", dict(enumerate(rows)), **more)])  # type: ignore[arg-type]


def test_the_table_begins_under_its_head_wherever_that_stands() -> None:
    table = read(
        ["DANH SÁCH ĐƠN VỊ"],
        ["Đơn vị: LĐLĐ Thành phố"],
        [],
        ["STT", "Tên đơn vị", "Thuộc", "Mã", "Loại hình"],
        [1.0, 2.0, 3.0, 4.0, 5.0],
        [1.0, "P.1", "Q.3", 26734.0, "Phường"],
        ["2", "  Phường   2 ", None],
        [None, None, "Cộng", 2.0],
    )
    assert table.rows == (NamedRow(6, "P.1", "Q.3", "26734", "Phường"), NamedRow(7, "Phường 2", "", ""))
    assert table.problems == ()
    assert table.notes == ("Trang “S”: bỏ 1 dòng cộng.",)


@pytest.mark.parametrize(
    "head",
    [
        ["TT", "TÊN ĐƠN VỊ (ghi đầy đủ)", "Đơn vị cấp trên"],
        ["Công đoàn cấp trên trực tiếp", "Mã số", "Tên CĐCS*"],
        ["Quận/Huyện", "Phường/Xã"],
        ["Ghi chú", "Tên công đoàn cơ sở", "Trực thuộc"],
    ],
)
def test_columns_stand_in_any_order_under_their_usual_heads(head: list[object]) -> None:
    name = next(place for place, each in enumerate(head) if str(each).lower().startswith(("tên", "phường")))
    above = next(place for place, each in enumerate(head) if str(each).lower().startswith(("đơn vị c", "công đoàn cấp", "quận", "trực")))
    row: list[object] = [None] * len(head)
    row[name], row[above] = "Một", "Quận 1"
    assert [(each.name, each.above) for each in read(head, row).rows] == [("Một", "Quận 1")]


def test_a_row_that_only_names_the_unit_above_holds_for_those_below_it() -> None:
    table = read(
        ["STT", "Tên đơn vị", "Số đoàn viên"],
        ["I", "I. LĐLĐ QUẬN 1 (2 đơn vị):", None],
        [1.0, "1. CĐCS Một (cơ sở 2)", 10.0],
        [2.0, "X. Bình Mỹ", 20.0],
        ["II", "LĐLĐ Quận 3", None],
        [3.0, "P. 12", 1.0],
    )
    assert [(each.name, each.above) for each in table.rows] == [
        ("CĐCS Một (cơ sở 2)", "LĐLĐ QUẬN 1"),
        ("X. Bình Mỹ", "LĐLĐ QUẬN 1"),
        ("P. 12", "LĐLĐ Quận 3"),
    ]


def test_without_a_column_of_numbers_only_a_text_across_is_a_heading() -> None:
    table = read(["Mã", "Tên đơn vị"], ["LĐLĐ Quận 1"], [None, "CĐCS Một"], [None, "CĐCS Hai"])
    assert [(each.name, each.above) for each in table.rows] == [("CĐCS Một", "LĐLĐ Quận 1"), ("CĐCS Hai", "LĐLĐ Quận 1")]


def test_all_that_cannot_be_read_is_told_at_once_with_its_cell() -> None:
    table = read(
        ["Tên đơn vị", "Mã", "Ghi chú"],
        [None, "M1", "x"],
        ["A" * 301, "M2"],
        ["Bốn", "M" * 61],
        ["Năm", None],
        odd={(4, 0): "Ô có lỗi công thức (#REF!).", (4, 2): "không ai hỏi"},
    )
    assert table.rows == ()
    assert table.problems == (
        TableProblem("", 2, "A", "Dòng có số liệu nhưng thiếu tên đơn vị."),
        TableProblem("", 3, "A", "Dài 301 ký tự, tối đa 300."),
        TableProblem("", 4, "B", "Dài 61 ký tự, tối đa 60."),
        TableProblem("", 5, "A", "Ô có lỗi công thức (#REF!)."),
    )


def test_sheets_without_names_hidden_sheets_and_hidden_rows_are_told() -> None:
    rows = {0: ["Tên đơn vị"], 1: ["Một"], 2: ["Hai"]}
    table = read_table([Sheet("Một", rows, hidden={2}, is_hidden=True), Sheet("Khác", {0: ["a", "b"]}), Sheet("Trống", {})])
    assert [(each.sheet, each.row) for each in table.rows] == [("Một", 2), ("Một", 3)]
    assert table.notes == (
        "Trang “Một” đang ẩn, vẫn được đọc.",
        "Trang “Một”: 1 dòng đang ẩn (lọc hoặc giấu), vẫn được đọc.",
        "Trang “Khác” không có cột tên đơn vị nên không đọc.",
    )
    assert read(["a", "b"], ["c"]) == UnitTable((), (), ("Trang “S” không có cột tên đơn vị nên không đọc.",))


def test_more_rows_than_a_file_may_have_are_refused_whole() -> None:
    most = read(["Tên"], *([f"Đơn vị {number}"] for number in range(MOST_ROWS)))
    assert len(most.rows) == MOST_ROWS
    more = read(["Tên"], *([f"Đơn vị {number}"] for number in range(MOST_ROWS + 1)))
    told = f"Tệp có {MOST_ROWS + 1} dòng đơn vị, tối đa {MOST_ROWS}. Hãy chia thành nhiều tệp."
    assert (more.rows, [each.message for each in more.problems]) == ((), [told])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("I. Một", "Một"),
        ("IV - Một", "Một"),
        ("- Một", "Một"),
        ("12) Một", "Một"),
        *((same, same) for same in ("X. Bình Mỹ", "V.I.P", "P.1", "Q. 3", "Đ. 12", "3M Việt Nam")),
    ],
)
def test_what_stands_before_a_name_in_a_list_is_no_part_of_it(written: str, name: str) -> None:
    assert clean(written) == name
