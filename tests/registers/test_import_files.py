"""Files that are no table of the register, or one that a program or a hurried hand has spoiled: read with words, or refused with words."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from kheo.documents.register_csv import guarded, unguarded
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.actions.importing.taking_in import LARGEST_FILE, open_register_table
from kheo.registers.models import EntryImport
from kheo.registers.queries.definitions import Book, book
from tests.registers.entries import made
from tests.registers.tables import at, edited, exported, of_lines, of_rows, plans, problems, refused, rows_in, sent
from tests.world import FILES, OPENING, World, later

NEW = {"Tên": "Tổ tự quản hẻm 7", "Loại": "Công trình", "Lĩnh vực": "Kinh tế"}


def workbook(*rows: list[object], name: str = "Sheet") -> "openpyxl.Workbook":
    made_of = openpyxl.Workbook()
    made_of.active.title = name
    for row in rows:
        made_of.active.append(row)
    return made_of


def saved(made_of: "openpyxl.Workbook") -> bytes:
    out = io.BytesIO()
    made_of.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("file", "name", "told"),
    [
        (b"", "so.xlsx", "Tệp rỗng"),
        (b"%PDF-1.7 x", "so.xlsx", "Tệp là PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "so.xls", "Excel kiểu cũ"),
        ("Tên;Loại\nmột;CT\n".encode("cp1258", "replace"), "so.csv", "không phải mã Unicode"),
        ('Tên,Loại\n"một,CT\n'.encode(), "so.csv", "Dấu nháy kép"),
        ("Họ tên,Lương\nAn,5\n".encode(), "so.csv", "Không thấy dòng tiêu đề"),
        ("Tên,Loại\n".encode(), "so.csv", "chưa có dòng nào"),
        ("Tên,Loại,Tên\na,CT,b\n".encode(), "so.csv", "Hai cột cùng là “Tên” (A và C)"),
        ("Tên,Loại\n".encode() + b"a,CT\n" * 5001, "so.csv", "Tệp có 5.001 dòng, tối đa 5.000"),
    ],
)
def test_what_is_no_table_of_the_register_is_refused_in_words(world: World, small_book: Book, file: bytes, name: str, told: str) -> None:
    assert told in refused(small_book, world, file, name=name)


def test_a_file_of_more_than_ten_megabytes_is_not_even_opened() -> None:
    """Of ten exactly it is not told that it is larger: it is opened, and has too many rows."""
    file = b"a,b\n" * (LARGEST_FILE // 4)
    assert open_register_table(file + b"\n", "so.csv").refusal.startswith("Tệp lớn hơn 10 MB.")
    assert open_register_table(file, "so.csv").refusal.startswith("Tệp có quá 20000 dòng")


def test_a_bomb_is_refused(world: World, small_book: Book) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of_rows([NEW]))) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as swollen:
        for part in sound.namelist():
            swollen.writestr(part, b" " * (400 << 20) if part == "xl/worksheets/sheet1.xml" else sound.read(part))
    assert "nở ra quá lớn" in refused(small_book, world, out.getvalue())


def test_the_file_of_another_register_is_refused(world: World, small_book: Book) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    other = text.replace("so-nho", "so-hai").replace("name: Sổ nhỏ", "name: Sổ hai").replace("prefix: SN", "prefix: SH")
    assert publish_register(other, "so-hai.yaml", by=SYSTEM, at=OPENING).problems == ()
    second = book("so-hai")
    assert second is not None
    made(second, world)
    told = refused(small_book, world, exported(second, world))
    assert told.endswith("Tệp này là của sổ “Sổ hai”, không phải sổ “Sổ nhỏ”.")


def test_a_file_of_an_earlier_edition_is_read_by_the_names_it_has(world: World, small_book: Book) -> None:
    made(small_book, world)
    file = edited(exported(small_book, world), lambda sheet: setattr(at(sheet, "Số người"), "value", 41))
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    newer = text.replace("label: Số người,", "label: Số người tham gia,").replace("type: yes_no", "type: yes_no, status: retired")
    assert publish_register(newer, "so-nho.yaml", by=SYSTEM, at=later()).problems == ()
    found = book("so-nho")
    assert found is not None
    table = sent(found, world, file)
    assert table.notes == ["Tệp tải từ bản 1 của sổ, nay là bản 2: các cột được nhận theo khóa và tên cũ."]
    (row,) = rows_in(table)
    assert [(each["label"], each["before"], each["after"]) for each in row.detail["changes"]] == [("Số người tham gia", "40", "41")]


def test_a_column_that_the_register_asks_no_more_is_told_and_not_read(world: World, small_book: Book) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("type: yes_no", "type: yes_no, status: retired")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later()).problems == ()
    found = book("so-nho")
    assert found is not None
    table = sent(found, world, of_rows([NEW | {"Có ảnh": "có"}]))
    assert (plans(table), table.notes) == (["new"], ["Cột D “Có ảnh” là của một bản cũ, nay sổ không còn hỏi: không đọc."])


def test_a_row_of_small_numbers_is_left_out_right_below_the_head_alone_and_only_where_it_numbers_several_columns(
    world: World, small_book: Book
) -> None:
    table = sent(small_book, world, saved(workbook(["Tên", "Số người"], ["Tổ 9", 12], ["7", 9], ["(2)", 3])))
    assert ([row.title for row in rows_in(table)], table.notes) == (["Tổ 9", "7", "(2)"], [])
    assert [row.title for row in rows_in(sent(small_book, world, saved(workbook(["Tên"], ["7"]))))] == ["7"]


def test_sheets_that_are_only_to_be_looked_at_are_told_where_anything_stands_in_them(world: World, small_book: Book) -> None:
    told = []
    for rows in ([["Mã hồ sơ"]], [["Mã hồ sơ"], ["SN-2023-0001"]]):
        made_of = workbook([*NEW], [*NEW.values()], name="Hồ sơ")
        sheet = made_of.create_sheet("Liên kết")
        for row in rows:
            sheet.append(row)
        told.append(sent(small_book, world, saved(made_of)).notes)
    assert told == [[], ["Các trang “Liên kết”, “Ảnh, tệp” chỉ để xem: không nhập lại."]]


def test_a_hidden_sheet_is_read_and_that_it_is_hidden_is_told(world: World, small_book: Book) -> None:
    made_of = workbook([*NEW], [*NEW.values()], name="Cũ")
    made_of.create_sheet("Trống")
    made_of["Cũ"].sheet_state = "hidden"
    table = sent(small_book, world, saved(made_of))
    assert (plans(table), table.notes) == (["new"], ["Trang “Cũ” đang ẩn, vẫn được đọc."])


def test_columns_in_another_order_and_fewer_of_them_are_enough(world: World, small_book: Book) -> None:
    rows = [{"loai": "CT", "SỐ NGƯỜI": "1.250", "tên": "Vườn rau"}]
    (row,) = rows_in(sent(small_book, world, of_rows(rows)))
    assert (row.plan, row.detail["values"]) == ("new", {"ten": "Vườn rau", "loai": "CT", "so_nguoi": 1250})


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("title", ["", "Danh sách, quý 1, năm 2023, phường 2, quận 3"])
def test_columns_are_parted_by_what_parts_all_rows_alike_and_not_by_what_people_write_most(
    world: World, small_book: Book, mark: str, title: str
) -> None:
    """Where a comma is written between the whole and its parts, Excel parts columns by semicolons."""
    said = ["Hẻm 7, 9, 11; tổ 2, 3, phường 1, quận 3", "Vườn rau, ao cá, hàng cây", "Tổ tự quản\tsố 1"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark)
    writer.writerows([*([[title]] if title else []), ["Tên", "Loại"], *([each, "Công trình"] for each in said)])
    table = sent(small_book, world, out.getvalue().encode("utf-8-sig"), name="so.csv")
    assert [row.detail["cells"] for row in rows_in(table)] == [{"ten": each, "loai": "Công trình"} for each in said]
    assert table.notes == []


def test_semicolons_in_cells_of_several_lines_part_no_columns(world: World, small_book: Book) -> None:
    said = "Vườn rau;\nao cá; hàng cây\nhẻm 7;\ntổ 2; tổ 3\n"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Loại", "Tên"], ["Công trình", f"{said}một"], ["Công trình", f"{said}hai"]])
    table = sent(small_book, world, out.getvalue().encode("utf-8-sig"), name="so.csv")
    assert [row.detail["cells"]["loai"] for row in rows_in(table)] == ["Công trình", "Công trình"]


def test_what_is_not_read_is_told(world: World, small_book: Book) -> None:
    made_of = workbook(["DANH SÁCH MÔ HÌNH"], ["Tên", "Loại", "Ghi chú riêng", None], [1, 2, 3, 4], ["Vườn rau", "CT", "abc", "lạc"])
    made_of.create_sheet("Nháp").append(["x"])
    made_of.active.row_dimensions[4].hidden = True
    table = sent(small_book, world, saved(made_of))
    assert plans(table) == ["new"]
    assert rows_in(table)[0].number == 4
    assert table.notes == [
        "Cột C “Ghi chú riêng” không có trong sổ: không đọc.",
        "Cột D không có tiêu đề: không đọc.",
        "Dòng 3 chỉ đánh số cột: không đọc.",
        "Trang “Nháp” không đọc.",
        "1 dòng đang ẩn (lọc hoặc giấu), vẫn được đọc.",
    ]


def test_two_sheets_of_entries_are_not_chosen_between(world: World, small_book: Book) -> None:
    made_of = workbook(["Tên", "Loại"], ["a", "CT"], name="Quý 1")
    second = made_of.create_sheet("Quý 2")
    second.append(["Tên", "Loại"])
    second.append(["b", "CT"])
    told = refused(small_book, world, saved(made_of))
    assert "Tệp có 2 trang giống bảng hồ sơ (“Quý 1”, “Quý 2”)" in told
    second.title = "Hồ sơ"
    table = sent(small_book, world, saved(made_of))
    assert ([row.title for row in rows_in(table)], table.notes) == (["b"], ["Trang “Quý 1” không đọc."])


def test_merged_cells_belong_to_no_row(world: World, small_book: Book) -> None:
    made_of = workbook(["Tên", "Loại"], ["a", "CT"], ["b", None])
    made_of.active.merge_cells("B2:B3")
    assert problems(sent(small_book, world, saved(made_of))) == [
        "B2 Ô nằm trong vùng gộp B2:B3: bỏ gộp ô rồi ghi từng ô.", "B3 Ô nằm trong vùng gộp B2:B3: bỏ gộp ô rồi ghi từng ô.",
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Mã hồ sơ", "Đơn vị", "Đơn vị (mã)", "Trạng thái", "Trạng thái (mã)", "Ngày ghi"])
@pytest.mark.parametrize("spoiled", ["merged", "formula"])
def test_what_says_whose_and_which_an_entry_is_is_not_taken_for_empty(world: World, small_book: Book, head: str, spoiled: str) -> None:
    """A name of a unit over three rows, as hands merge it: the rows below would go to the unit that was chosen for the file."""
    made_of = workbook([head, "Tên", "Loại", "Lĩnh vực"], *([None, name, "CT", "KT"] for name in ("Hẻm 7", "Hẻm 9")))
    if spoiled == "merged":
        made_of.active.merge_cells("A2:A3")
        told = ["A2 Ô nằm trong vùng gộp A2:A3: bỏ gộp ô rồi ghi từng ô.", "A3 Ô nằm trong vùng gộp A2:A3: bỏ gộp ô rồi ghi từng ô."]
    else:
        made_of.active["A3"] = "=A2"
        told = ["A3 Ô có công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại."]
    assert problems(sent(small_book, world, saved(made_of))) == told


def test_formulas_errors_ticks_and_percentages(world: World, small_book: Book) -> None:
    made_of = workbook(
        ["Tên", "Số người", "Diện tích", "Có ảnh"], ["a", "=1+1", "#REF!", True], ["b", 0.5, None, None], [True, 3, 0.1 + 0.2, "x"]
    )
    made_of.active["C2"].data_type = "e"
    made_of.active["B3"].number_format = "0%"
    found = problems(sent(small_book, world, saved(made_of)))
    assert [each.split()[0] for each in found] == ["B2", "C2", "B3", "A4"]
    assert "Ô có công thức chưa có kết quả" in found[0]
    assert "Ô có lỗi công thức (#REF!)" in found[1]
    assert "tỷ lệ phần trăm (50%)" in found[2]
    assert "Ô chứa TRUE, không phải chữ" in found[3]


def test_numbers_are_never_rounded(world: World, small_book: Book) -> None:
    rows = [NEW | {"Diện tích": value} for value in (0.1 + 0.2, "1.234,5", "1234,56", 1e3)]
    values = [row.detail["values"].get("dien_tich") for row in rows_in(sent(small_book, world, of_rows(rows)))]
    assert values == [30, 123450, 123456, 100000]
    wrong = problems(sent(small_book, world, of_rows([NEW | {"Diện tích": value} for value in (1.005, "1,234.50", -5, "12 m2")])))
    assert len(wrong) == 4


def test_days_as_a_spreadsheet_or_a_hand_writes_them(world: World, small_book: Book) -> None:
    rows = [NEW | {"Từ ngày": value} for value in (date(2023, 3, 1), "1/3/2023", "2023-03-01")]
    assert [row.detail["values"]["tu_ngay"] for row in rows_in(sent(small_book, world, of_rows(rows)))] == ["2023-03-01"] * 3
    wrong = problems(sent(small_book, world, of_rows([NEW | {"Từ ngày": value} for value in ("31/2/2023", "tháng 3", "1/3/23", 45000)])))
    assert [each.split()[0] for each in wrong] == ["D2", "D3", "D4", "D5"]


def test_letters_of_an_old_font_are_refused(world: World, small_book: Book) -> None:
    assert "phông cũ" in problems(sent(small_book, world, of_rows([NEW | {"Tên": "V­ên rau s¹ch cña tæ tù qu¶n"}])))[0]


def test_formulas_in_a_csv_are_texts_and_come_back_as_they_were(world: World, small_book: Book) -> None:
    rows = [{"Tên": "'=1+1", "Loại": "CT"}, {"Tên": "=2+2", "Loại": "CT"}]
    assert [row.title for row in rows_in(sent(small_book, world, of_lines(rows), name="so.csv"))] == ["=1+1", "=2+2"]


def test_links_and_colours_do_no_harm(world: World, small_book: Book) -> None:
    made_of = workbook(["Tên", "Loại"], ["a", "CT"])
    made_of.active["A2"].hyperlink = Hyperlink(ref="A2", target="https://example.org")
    made_of.active["B2"].fill = PatternFill("solid", fgColor="FF0000")
    assert plans(sent(small_book, world, saved(made_of))) == ["new"]


@given(st.text(alphabet="=+-@|＝; ,'\"\t\nab", max_size=30).map(str.strip))
@settings(max_examples=300)
def test_a_guarded_text_comes_back_and_begins_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(tuple("=+-@|＝"))


def test_heads_and_names_with_what_no_database_keeps_are_read_without_it(world: World, small_book: Book) -> None:
    file = "Tên,Lo\0ại,Ghi\0 chú\nTổ\0 7,CT,x\n".encode()
    table = sent(small_book, world, file, name="so\0.csv")
    assert ([each["label"] for each in table.columns], table.notes) == (["Tên", "Loại"], ["Cột C “Ghi chú” không có trong sổ: không đọc."])
    assert (rows_in(table)[0].detail["values"], table.name) == ({"ten": "Tổ 7", "loai": "CT"}, "so.csv")


def test_columns_that_are_not_read_are_named_up_to_twenty_and_counted_beyond(world: World, small_book: Book) -> None:
    def wide(columns: int) -> bytes:
        return f"Tên,Loại{',lạ' * columns}\nTổ 7,CT{',x' * columns}\n".encode()

    notes = sent(small_book, world, wide(16_382), name="so.csv").notes
    assert (notes[0], notes[-1]) == ("Cột C “lạ” không có trong sổ: không đọc.", "16.362 cột khác, tới cột XFD, cũng không đọc.")
    assert len(notes) == 21
    assert len(sent(small_book, world, wide(20), name="so.csv").notes) == 20
    EntryImport.objects.all().delete()
    assert "quá nhiều dòng, cột" in refused(small_book, world, wide(16_383), name="so.csv")
