"""The lines of a register come back as a file: new ones, changed ones, stale ones; what is not in the file stays and is told."""

from collections.abc import Callable
from datetime import date

import pytest

from kheo.registers.actions import Line, Made, write_line
from kheo.registers.models import Entry, EntryImport, EntryLine
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.importing import counts_of
from tests.registers.books import did, recorded, shipped
from tests.registers.entries import made
from tests.registers.tables import Sheet, at, edited, exported, of_lines, plans, problems, refused, rows_in, sent, written
from tests.world import World, later

DAY = date(2023, 4, 1)
STANDING = {"known_to": None}


def spent(entry: Entry, world: World, *amounts: int, source: str = "NS", who: str = "an", when: int = 1) -> None:
    for amount in amounts:
        line = Line("chi", DAY, source=source, amount_vnd=amount)
        assert isinstance(write_line(entry.pk, line, by=world.person(who), at=later(when)), Made)


def amounts() -> list[tuple[int, int | None, str]]:
    return list(EntryLine.objects.filter(**STANDING).order_by("number").values_list("number", "amount_vnd", "source"))


def in_lines(book: Book, world: World, edit: Callable[[Sheet], object], who: str = "an") -> EntryImport:
    return sent(book, world, edited(exported(book, world, who), edit, "Dòng"), who)


def put(**cells: object) -> Callable[[Sheet], object]:
    """Cells of the first line, by the names of their columns (`_` for a blank)."""

    def edit(sheet: Sheet) -> None:
        for label, value in cells.items():
            at(sheet, label.replace("_", " ")).value = value

    return edit


def added(entry: Entry, **cells: object) -> Callable[[Sheet], object]:
    def edit(sheet: Sheet) -> None:
        row = sheet.max_row + 1
        for label, value in {"Mã hồ sơ": entry.code, **{each.replace("_", " "): value for each, value in cells.items()}}.items():
            at(sheet, label, row).value = value

    return edit


def test_a_changed_line_and_a_new_one_are_shown_and_written_once(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000, 2_000)

    def edit(sheet: Sheet) -> None:
        at(sheet, "Nguồn").value = "xã hội hóa"
        added(entry, Loại_dòng="Khoản chi", Ngày="01/04/2023", Nguồn="NS")(sheet)
        at(sheet, "Số tiền (đồng)", sheet.max_row).value = "3.000"

    table = in_lines(small_book, world, edit)
    assert (plans(table), problems(table), table.notes) == (["same", "changed", "same", "new"], [], [])
    assert [[each["place"], each["before"], each["after"]] for each in rows_in(table)[1].detail["changes"]] == [
        ["F2", "Ngân sách", "xã hội hóa"],
    ]
    counts = counts_of(table)
    assert (counts.new, counts.changed, counts.new_lines, counts.changed_lines) == (1, 1, 1, 1)
    assert amounts() == [(1, 1_000, "NS"), (2, 2_000, "NS")]
    assert [row.result for row in written(table, world)] == ["left", "written", "left", "written"]
    assert amounts() == [(1, 1_000, "XHH"), (2, 2_000, "NS"), (3, 3_000, "NS")]
    written(table, world)
    assert EntryLine.objects.filter(**STANDING).count() == 3


def test_a_csv_of_lines_comes_back_alone(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000)
    file = exported(small_book, world, kind="lines").replace(b"1.000", b"7.000")
    table = sent(small_book, world, file, name="dong.csv")
    assert (plans(table), problems(table)) == (["changed"], [])
    written(table, world)
    assert amounts() == [(1, 7_000, "NS")]
    hers = [{"Mã hồ sơ": entry.code, "Dòng số": "", "Loại dòng": "chi", "Ngày": "02/04/2023", "Nguồn": "NS", "Số tiền (đồng)": "5"}]
    table = sent(small_book, world, of_lines(hers), name="dong.csv", at=later(days=2))
    written(table, world, at=later(days=2))
    assert amounts() == [(1, 7_000, "NS"), (2, 5, "NS")]


def test_a_line_that_was_changed_meanwhile_is_not_laid_over_and_one_that_was_not_touched_keeps_the_newer(
    world: World, small_book: Book
) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000, 2_000)
    file = exported(small_book, world)
    for number, seen in ((1, later(1)), (2, later(1))):
        line = Line("chi", DAY, source="NS", amount_vnd=9_000 + number, number=number, seen=seen)
        assert isinstance(write_line(entry.pk, line, by=world.person("hoa"), at=later(60)), Made)
    table = sent(small_book, world, edited(file, put(**{"Số_tiền_(đồng)": 5_000}), "Dòng"))
    assert plans(table) == ["same", "refused", "same"]
    assert problems(table) == [
        "Dòng đã được sửa sau khi tải tệp (“Số tiền (đồng)” trong tệp là 5.000, nay là 9.001). Tải tệp mới rồi sửa lại.",
    ]
    assert rows_in(table)[2].detail["remarks"] == ["Dòng đã có bản mới hơn tệp; tệp không sửa gì nên giữ nguyên bản mới."]
    assert amounts() == [(1, 9_001, "NS"), (2, 9_002, "NS")]


def test_a_line_that_is_changed_between_the_preview_and_the_writing_is_left(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000)
    table = in_lines(small_book, world, put(**{"Số_tiền_(đồng)": 5_000}))
    line = Line("chi", DAY, source="NS", amount_vnd=8_000, number=1, seen=later(1))
    write_line(entry.pk, line, by=world.person("hoa"), at=later(60))
    row = written(table, world)[1]
    assert (row.result, row.message) == ("failed", "Dòng này đã được sửa từ khi anh/chị mở trang. Hãy xem lại rồi làm tiếp.")
    assert amounts() == [(1, 8_000, "NS")]


def test_lines_that_are_not_in_the_file_stay_and_are_told(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000, 2_000)
    table = in_lines(small_book, world, lambda sheet: sheet.delete_rows(2))
    assert plans(table) == ["same", "same"]
    assert table.notes == [
        f"1 dòng đang có trong sổ mà không có trong tệp ({entry.code} dòng số 1): giữ nguyên. Muốn bỏ thì bỏ ở trang hồ sơ.",
    ]
    assert len(amounts()) == 2


def test_everything_that_is_wrong_with_a_line_is_told_at_once_with_its_cell(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000)
    wrong = {
        "Loại_dòng": "chi",
        "Ngày": "31/12/2024",
        "Phân_loại": "A",
        "Nguồn": "ZZ",
        "Số_lượng": 3,
        "Số_tiền_(đồng)": "ba",
        "Nội_dung": "x",
    }
    table = in_lines(small_book, world, added(entry, **wrong))
    assert plans(table) == ["same", "same", "refused"]
    assert problems(table) == [
        "F3 Không có “ZZ”; chọn một trong: Ngân sách; Xã hội hóa.",
        "H3 “ba” không phải là một con số; chỉ nhập chữ số, không kèm chữ, đơn vị tính hay ký hiệu. "
        "Số nguyên từ 0 trở lên, ví dụ 1250 hoặc 1.250.",
        "D3 Ngày 31/12/2024 chưa tới.",
        "E3 Loại dòng này không có cột ấy.",
        "G3 Loại dòng này không có cột ấy.",
        "I3 Loại dòng này không có cột chữ.",
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Dòng_số": 99}, "B2 Hồ sơ {code} không có dòng số 99, hoặc dòng ấy đã được bỏ; dòng mới thì để trống ô này."),
        ({"Mã_hồ_sơ": "SN-2023-0999"}, "A2 Không có hồ sơ SN-2023-0999, hoặc dòng của nó, trong phần anh/chị được xem."),
        ({"Mã_hồ_sơ": None}, "A2 Dòng phải ghi mã hồ sơ có sẵn, hoặc số tạm (mới 1) của hồ sơ mới trong tệp."),
        ({"Số_tiền_(đồng)": 5, "Mốc_tải_về": None}, "J2 Dòng sửa dòng đã có mà thiếu “Mốc tải về”"),
        ({"Số_tiền_(đồng)": 5, "Dòng_số": 2}, "J2 “Mốc tải về” không phải của dòng này"),
        ({"Loại_dòng": "Thu"}, "C2 Loại dòng không đổi bằng tệp"),
        ({"Số_tiền_(đồng)": None}, "H2 Chưa điền “Số tiền”."),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_with_its_cell(world: World, small_book: Book, cells: dict[str, object], said: str) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000, 2_000)
    table = in_lines(small_book, world, put(**cells))
    assert plans(table)[1] == "refused"
    assert problems(table)[0].startswith(said.format(code=entry.code))


@pytest.mark.parametrize("head", ["Mã hồ sơ", "Dòng số", "Loại dòng"])
def test_what_says_which_line_of_which_entry_a_row_is_is_not_taken_for_empty(world: World, small_book: Book, head: str) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000, 2_000)

    def merged(sheet: Sheet) -> None:
        first = at(sheet, head)
        at(sheet, head, 3).value = None
        sheet.merge_cells(start_row=2, end_row=3, start_column=first.column, end_column=first.column)

    table = in_lines(small_book, world, merged)
    assert plans(table) == ["same", "refused", "refused"]
    assert [each[2:].startswith(" Ô nằm trong vùng gộp") for each in problems(table)] == [True, True]


def test_one_line_in_two_rows_is_told_of_both_and_a_copied_row_is_a_doubt(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    spent(entry, world, 1_000)

    def twice(sheet: Sheet) -> None:
        cells = [cell.value for cell in sheet[2]]
        sheet.append(cells)
        for row, amount in ((2, 5), (3, 6)):
            at(sheet, "Số tiền (đồng)", row).value = amount

    told = problems(in_lines(small_book, world, twice))
    assert told == ["Dòng này còn ở dòng 3 của trang; chỉ để một.", "Dòng này còn ở dòng 2 của trang; chỉ để một."]

    def copied(sheet: Sheet) -> None:
        sheet.append([cell.value for cell in sheet[2]])
        at(sheet, "Dòng số", 3).value = None

    row = rows_in(in_lines(small_book, world, copied))[2]
    assert (row.plan, row.is_doubtful) == ("new", True)
    assert row.detail["doubts"][1] == "Giống hệt dòng số 1 đã có."


def test_lines_that_are_frozen_and_lines_of_others_are_refused_by_a_file_as_well(world: World) -> None:
    found, hoa = shipped("cham-lo"), world.person("hoa")
    entry = recorded(found, world, {"dip": "TET", "ngay": "2023-04-01"})
    line = Line("ho_tro", DAY, kind="KHOKHAN", source="NS", quantity=5, amount_vnd=1)
    assert isinstance(write_line(entry.pk, line, by=hoa, at=later(1)), Made)
    did(entry, "chot", hoa, later(2), values={"tong_tien": 1})
    table = in_lines(found, world, put(Số_lượng=6))
    assert problems(table) == ["“Hỗ trợ” không thêm, sửa, bỏ được nữa ở trạng thái “Đã chốt”."]
    # Small numbers are hidden: of the lines of another unit not even that they are there is told.
    chi = recorded(found, world, {"dip": "TET", "ngay": "2023-04-01"}, "chi", "G4")
    write_line(chi.pk, line, by=world.person("chi"), at=later(3))
    table = sent(found, world, edited(exported(found, world, "chi"), put(Số_lượng=6), "Dòng"))
    assert problems(table)[-1] == f"A2 Không có hồ sơ {chi.code}, hoặc dòng của nó, trong phần anh/chị được xem."


def test_two_sheets_of_lines_are_one_too_many(world: World, small_book: Book) -> None:
    spent(made(small_book, world), world, 1_000)
    file = edited(exported(small_book, world), lambda sheet: sheet.parent.copy_worksheet(sheet), "Dòng")
    assert "Tệp có 2 trang giống bảng dòng" in refused(small_book, world, file)


def test_the_dictionary_says_what_each_column_of_lines_takes(world: World) -> None:
    found = shipped("cham-lo")
    recorded(found, world, {"dip": "TET", "ngay": "2023-04-01"})
    told: dict[str, tuple[object, ...]] = {}

    def look(sheet: Sheet) -> None:
        told.update({str(row[1]): row for row in sheet.iter_rows(min_row=6, values_only=True)})

    edited(exported(found, world), look, "Ý nghĩa các cột")
    assert told["_dong_loai"][10] == "“Hỗ trợ”: không sửa từ “Đã chốt”"
    assert told["_dong_so_luong"][10] == "“Hỗ trợ”: Số lượt, suất, căn, thẻ"
    assert str(told["_dong_phan_loai"][10]).startswith("“Hỗ trợ”: Đoàn viên khó khăn; Người mất việc;")
    assert told["_ma"][9] == "giữ nguyên"
