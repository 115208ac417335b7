"""Rows of a table, how each names its unit and its state, and beside which entries and rows it is held."""

from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint
from kheo.org.models import UnitName
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.entries import done, made
from tests.registers.tables import at, edited, exported, of_rows, plans, problems, rows_in, sent, written
from tests.world import FIRST_DAY, OPENING, World, later

NEW = {"Tên": "Tổ tự quản hẻm 7", "Loại": "Công trình", "Lĩnh vực": "Kinh tế"}


def test_a_unit_is_named_by_its_name_or_its_code_and_where_two_have_one_name_by_both(world: World, small_book: Book) -> None:
    for unit in ("G2", "G4"):
        appoint(world.users["an"], world.units[unit], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    UnitName.objects.filter(unit=world.units["G4"]).update(name="Công đoàn cơ sở Hai")
    named = [
        {"Đơn vị (mã)": "G1"},
        {"Đơn vị": "G1"},
        {"Đơn vị": "CĐCS Một", "Đơn vị (mã)": "G2"},
        {"Đơn vị": "Công đoàn cơ sở Hai", "Đơn vị (mã)": "G4"},
        {"Đơn vị": "Công đoàn cơ sở Hai", "Đơn vị (mã)": "G1"},
        {"Đơn vị": "Công đoàn cơ sở Hai"},
        {"Đơn vị (mã)": "G5"},
    ]
    table = sent(small_book, world, of_rows([NEW | {"Tên": str(number)} | each for number, each in enumerate(named)]), unit=None)
    whose = [row.detail["owner"] for row in rows_in(table)]
    assert whose == [*(world.units[code] for code in ("G1", "G1", "G1", "G4")), None, None, None]
    assert problems(table) == [
        *(f"E{row} Anh/chị không ghi hồ sơ cho đơn vị “Công đoàn cơ sở Hai”." for row in (6, 7)),
        "E8 Anh/chị không ghi hồ sơ cho đơn vị “G5”.",
    ]


def test_a_state_is_named_by_its_name_or_its_code(world: World, small_book: Book) -> None:
    rows = [NEW | {"Tên": "a", "Trạng thái": "ĐÃ GỬI"}, NEW | {"Tên": "b", "Trạng thái (mã)": "da_gui"}, NEW | {"Tên": "c"}]
    written(sent(small_book, world, of_rows(rows)), world)
    assert list(Entry.objects.order_by("pk").values_list("title", "state")) == [("a", "da_gui"), ("b", "da_gui"), ("c", "nhap")]


def test_of_a_new_row_it_is_told_what_no_table_brings(world: World, small_book: Book) -> None:
    (row,) = rows_in(sent(small_book, world, of_rows([NEW | {"Đơn vị được giao": "Công đoàn cơ sở Hai", "Hạn": "01/06/2023"}])))
    assert row.plan == "new"
    assert row.detail["remarks"] == [f"Cột “{label}” không nhập cho dòng mới." for label in ("Đơn vị được giao", "Hạn")]


def test_an_entry_that_was_cancelled_is_changed_by_no_table_and_is_nobodys_double(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    file = exported(small_book, world)
    done(entry, "huy", world.person("hoa"), later(), reason="Ghi nhầm")
    fresh = edited(exported(small_book, world), lambda sheet: setattr(at(sheet, "Số người"), "value", 5))
    assert problems(sent(small_book, world, fresh)) == ["Hồ sơ ở “Hủy”, không sửa được nữa."]
    assert plans(sent(small_book, world, file)) == ["same"]
    (row,) = rows_in(sent(small_book, world, of_rows([NEW | {"Tên": entry.title}])))
    assert row.detail["doubts"] == []


def test_the_same_name_is_pointed_out_within_the_unit_and_of_no_other_day(world: World, small_book: Book) -> None:
    known = made(small_book, world, ten="Vườn rau", tu_ngay="2023-03-01")
    made(small_book, world, "chi", "G4", ten="Ao cá")
    undated = made(small_book, world, ten="Hàng cây")
    rows = [
        NEW | {"Tên": "VƯỜN RAU", "Từ ngày": "01/03/2023"},
        NEW | {"Tên": "Vườn rau"},
        NEW | {"Tên": "Vườn rau", "Từ ngày": "02/03/2023"},
        NEW | {"Tên": "Ao cá"},
        NEW | {"Tên": "Hàng cây", "Từ ngày": "02/03/2023"},
    ]
    told = [row.detail["doubts"] for row in rows_in(sent(small_book, world, of_rows(rows)))]
    first, last = ([f"Có thể đã ghi rồi: {each.code}, cùng tên, ghi ngày 01/04/2023."] for each in (known, undated))
    assert told == [first, first, [], [], last]


def test_of_an_entry_in_two_rows_only_the_row_that_changes_it_is_refused(world: World, small_book: Book) -> None:
    made(small_book, world)

    def copy(sheet: object) -> None:
        for cell in sheet[2]:  # type: ignore[index]
            sheet.cell(3, cell.column).value = cell.value  # type: ignore[attr-defined]
        at(sheet, "Số người", 3).value = 6

    table = sent(small_book, world, edited(exported(small_book, world), copy))
    assert (plans(table), problems(table)) == (["same", "refused"], ["Mã hồ sơ này còn ở dòng 2; chỉ để một dòng."])


def test_a_field_that_is_asked_no_more_is_told_where_a_row_makes_it_so_or_changes_it_and_else_left(world: World, small_book: Book) -> None:
    entry = made(small_book, world, loai="MH", cach_lam="Mỗi nhà một luống")

    def told(label: str, value: object) -> list[str]:
        file = edited(exported(small_book, world), lambda sheet: setattr(at(sheet, label), "value", value))
        return problems(sent(small_book, world, file))

    unasked = "“Cách làm” chỉ điền khi Loại là Mô hình; hãy để trống ô này."
    assert [each.partition(" ")[2] for each in told("Loại", "Công trình")] == [unasked]
    entry.extra["loai"] = "CT"  # as one that was written before the register asked so
    Entry.objects.filter(pk=entry.pk).update(extra=entry.extra)
    assert told("Số người", 41) == []
    assert [each.partition(" ")[2] for each in told("Cách làm", "Mỗi nhà hai luống")] == [unasked]


def test_what_is_confirmed_of_one_table_leaves_every_other_as_it_is(world: World, small_book: Book) -> None:
    made(small_book, world, ten=NEW["Tên"])
    rows = of_rows([NEW, NEW | {"Tên": "Khác"}, NEW | {"Tên": "Sai", "Số người": "nhiều"}])
    mine, theirs = (sent(small_book, world, rows, who) for who in ("an", "hoa"))
    assert [row.result for row in written(mine, world, only_good=True)] == ["left", "written", "left"]
    assert [row.result for row in rows_in(theirs)] == ["", "", ""]
