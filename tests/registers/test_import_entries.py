"""A register's own file coming back: what is the same stays, what is right is written once, everything wrong is told with its cell."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.registers.actions import Made, edit_entry
from kheo.registers.actions.importing import confirm_import, forget_imports, take_in_table, write_next
from kheo.registers.actions.importing.taking_in import open_register_table
from kheo.registers.actions.outcomes import Refused
from kheo.registers.models import Deed, Entry, EntryImport, EntryText, EntryVersion, ImportRow
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.importing import rows_of
from tests.registers.entries import done, made
from tests.registers.tables import at, edited, exported, of_rows, plans, problems, rows_in, sent, written
from tests.world import World, later

FULL = {
    "ten": "=Vườn rau", "loai": "MH", "linh_vuc": "VH", "chu_the": "individual", "ten_chu_the": "Nguyễn Văn Tám", "tu_ngay": "2023-03-01",
    "so_nguoi": 1250, "dien_tich": 123456, "co_anh": False, "dip": ["NS", "XHH"], "cach_lam": "Dòng một\n\nDòng  hai",
    "vi_tri": (10_776_889, 106_700_806),
}  # fmt: skip
NEW = {"Tên": "Tổ tự quản hẻm 7", "Loại": "Công trình", "Lĩnh vực": "Kinh tế"}


def whole() -> tuple[object, ...]:
    """Everything that an import could change."""
    return (
        list(Entry.objects.order_by("pk").values()),
        list(Deed.objects.order_by("pk").values_list("pk", flat=True)),
        list(EntryText.objects.order_by("pk").values()),
        EntryVersion.objects.count(),
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_that_nobody_touched_changes_nothing(world: World, small_book: Book, kind: str) -> None:
    made(small_book, world, **FULL)
    done(made(small_book, world, ten="'-Hai"), "gui", world.person("an"), later())
    made(small_book, world, ten="Ba")
    before = whole()
    table = sent(small_book, world, exported(small_book, world, kind=kind), name=f"so.{kind}")
    assert (plans(table), table.notes, whole()) == (["same"] * 3, [], before)
    by = world.person("an", later(days=1))
    assert confirm_import(table.pk, only_good=True, takes_doubtful=True, by=by, at=later(days=1)) == Refused("Không có dòng nào để ghi.")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_without_the_mark_the_cells_alone_say_that_nothing_was_changed(world: World, small_book: Book, kind: str) -> None:
    made(small_book, world, **FULL)
    file = exported(small_book, world, kind=kind)
    if kind == "xlsx":
        file = edited(file, lambda sheet: sheet.delete_cols(at(sheet, "Mốc tải về").column))
    else:
        file = file.replace("Mốc tải về".encode(), "Ghi chú riêng".encode())
    assert plans(sent(small_book, world, file, name=f"so.{kind}")) == ["same"]


def test_only_the_cells_that_were_changed_are_written(world: World, small_book: Book) -> None:
    entry = made(small_book, world, **FULL)

    def edit(sheet: object) -> None:
        at(sheet, "Diện tích").value = "2.000,5"
        at(sheet, "Loại").value = "công trình"
        at(sheet, "Cách làm").value = None
        at(sheet, "Từ ngày").value = date(2023, 3, 2)

    table = sent(small_book, world, edited(exported(small_book, world), edit))
    (row,) = rows_in(table)
    assert [(each["place"], each["label"], each["before"], each["after"]) for each in row.detail["changes"]] == [
        ("J2", "Loại", "Mô hình", "Công trình"),
        ("Q2", "Từ ngày", "01/03/2023", "02/03/2023"),
        ("S2", "Diện tích", "1.234,56", "2.000,50"),
        ("W2", "Cách làm", "Dòng một\n\nDòng  hai", "để trống"),
    ]
    (row,) = written(table, world)
    assert (row.result, row.message, row.entry_id) == ("written", "", entry.pk)
    entry.refresh_from_db()
    assert (entry.extra["dien_tich"], entry.extra["loai"], entry.occurred_on, entry.title) == (200050, "CT", date(2023, 3, 2), "=Vườn rau")
    assert not EntryText.objects.filter(entry=entry, known_to=None).exists()
    deed = Deed.objects.filter(entry=entry).latest("pk")
    assert (deed.act, sorted(deed.changes)) == ("edit", ["cach_lam", "dien_tich", "loai", "tu_ngay"])


def test_rows_without_a_code_become_entries_of_the_unit(world: World, small_book: Book) -> None:
    table = sent(
        small_book,
        world,
        of_rows([NEW | {"Diện tích": 12.5, "Dịp": "Xã hội hóa; Ngân sách", "Ngày ghi": "15/03/2023"}, NEW | {"Tên": "Khác"}]),
    )
    assert plans(table) == ["new", "new"]
    assert not Entry.objects.exists()
    written(table, world)
    first, second = Entry.objects.order_by("pk")
    assert (first.title, first.owner_id, first.state, first.registered_on, first.source) == (
        "Tổ tự quản hẻm 7", world.units["G1"], "nhap", date(2023, 3, 15), "import",
    )  # fmt: skip
    assert first.extra == {"loai": "CT", "dien_tich": 1250, "dip": ["NS", "XHH"]}
    assert second.registered_on == later(days=1).date()
    acts = list(JournalEntry.objects.order_by("number").values_list("act", flat=True))[-4:]
    assert acts == ["import_entries", "entry_create", "entry_create", "imported_entries"]
    told = JournalEntry.objects.get(act="imported_entries").detail
    assert (told["written"], told["file"], told["register"], told["new"]) == (2, "so.xlsx", "so-nho", 2)


def test_a_second_press_writes_nothing_twice(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW, NEW | {"Tên": "Khác"}]))
    written(table, world)
    before = whole()
    again = written(table, world)
    assert ([row.result for row in again], whole()) == (["written", "written"], before)
    assert JournalEntry.objects.filter(act="import_entries").count() == 1


def test_rows_are_written_in_turns_and_each_once(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW | {"Tên": f"Việc {number}"} for number in range(5)]))
    by, when = world.person("an", later(days=1)), later(days=1)
    confirm_import(table.pk, only_good=False, takes_doubtful=False, by=by, at=when)
    lefts = [write_next(table.pk, by=by, at=when, most=2) for _ in range(4)]
    assert (lefts, Entry.objects.count()) == ([3, 1, 0, 0], 5)
    assert EntryImport.objects.get().finished_at == when


def test_a_new_row_comes_into_a_state_that_its_author_may_bring_it_to(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW | {"Trạng thái": "Đã gửi", "Ngày ghi": date(2023, 3, 15)}]))
    assert plans(table) == ["new"]
    written(table, world)
    entry = Entry.objects.get()
    assert (entry.state, entry.in_state_since) == ("da_gui", date(2023, 3, 15))
    assert list(Deed.objects.order_by("pk").values_list("act", "on")) == [("create", date(2023, 3, 15)), ("gui", date(2023, 3, 15))]
    assert entry.due_on is not None


def test_refuses_a_state_to_which_others_decide_and_fields_that_it_lacks(world: World, small_book: Book) -> None:
    rows = [NEW | {"Trạng thái": "Đã xong"}, NEW | {"Trạng thái": "Đã gửi", "Loại": None}, NEW | {"Trạng thái": "Đang bay"}]
    assert problems(sent(small_book, world, of_rows(rows))) == [
        "D2 “Đã xong” cần người khác, hoặc thêm lời, ảnh (“Duyệt”): ghi ở “Nháp” rồi bấm nút.",
        "B3 Chưa điền “Loại”.",
        "D4 Không có trạng thái “Đang bay”; chọn một trong: Nháp; Đã gửi; Chờ bổ sung; Đã xong; Không đạt; Hủy.",
    ]


def test_what_somebody_changed_meanwhile_is_not_laid_over(world: World, small_book: Book) -> None:
    entry = made(small_book, world, **FULL)
    file = exported(small_book, world)
    changed = edit_entry(entry.pk, {**FULL, "so_nguoi": 7}, version=1, by=world.person("hoa"), at=later())
    assert isinstance(changed, Made)
    mine = sent(small_book, world, edited(file, lambda sheet: setattr(at(sheet, "Diện tích"), "value", 5)))
    assert plans(mine) == ["refused"]
    assert "“Số người” trong tệp là 1.250, nay là 7; “Diện tích” trong tệp là 5,00, nay là 1.234,56" in problems(mine)[0]
    untouched = sent(small_book, world, file)
    assert (plans(untouched), rows_in(untouched)[0].detail["remarks"]) == (
        ["same"], ["Hồ sơ đã có bản mới hơn tệp; dòng này không sửa gì nên giữ nguyên bản mới."],
    )  # fmt: skip


def test_what_somebody_changed_between_looking_and_writing_is_not_laid_over(world: World, small_book: Book) -> None:
    entry = made(small_book, world, **FULL)
    table = sent(small_book, world, edited(exported(small_book, world), lambda sheet: setattr(at(sheet, "Diện tích"), "value", 5)))
    edit_entry(entry.pk, {**FULL, "so_nguoi": 7}, version=1, by=world.person("hoa"), at=later())
    (row,) = written(table, world)
    assert (row.result, row.message) == ("failed", "Hồ sơ đã thay đổi từ khi anh/chị mở trang này. Hãy xem lại rồi làm tiếp.")
    entry.refresh_from_db()
    assert (entry.people_count, entry.extra["dien_tich"]) == (7, 123456)


def test_a_change_without_its_mark_or_with_that_of_another_is_refused(world: World, small_book: Book) -> None:
    for name in ("Một", "Hai"):
        made(small_book, world, ten=name)

    def change(sheet: object) -> None:
        at(sheet, "Số người", 2).value = 99
        at(sheet, "Số người", 3).value = 99
        at(sheet, "Mốc tải về", 3).value = at(sheet, "Mốc tải về", 2).value
        at(sheet, "Mốc tải về", 2).value = None

    found = problems(sent(small_book, world, edited(exported(small_book, world), change)))
    assert len(found) == 2
    assert "thiếu “Mốc tải về”" in found[0]
    assert "không phải của hồ sơ này" in found[1]


def test_every_wrong_cell_is_told_at_once_with_its_place(world: World, small_book: Book) -> None:
    made(small_book, world, **FULL)

    def edit(sheet: object) -> None:
        at(sheet, "Số người").value = 100001
        at(sheet, "Diện tích").value = 1.234
        at(sheet, "Lĩnh vực").value = "Bay"
        at(sheet, "Có ảnh").value = "chắc là có"
        at(sheet, "Vị trí").value = "106.700806, 10.776889"
        at(sheet, "Trạng thái").value = "Đã xong"
        at(sheet, "Tên").value = date(2023, 4, 3)

    file = edited(exported(small_book, world), edit)
    found = problems(sent(small_book, world, file))
    assert [each.split()[0] for each in found] == ["E2", "I2", "L2", "R2", "S2", "T2", "X2"]
    assert "trạng thái không đổi bằng tệp" in found[0]
    assert "Ô đang là ngày tháng (03/04/2023), không phải chữ" in found[1]
    assert "Không có lựa chọn “Bay”" in found[2]
    assert "100.001 lớn quá" in found[3]
    assert "1,234" in found[4]
    assert "“chắc là có” chưa rõ" in found[5]
    assert found[6].endswith("Vĩ độ và kinh độ bị đổi chỗ cho nhau.")
    assert Entry.objects.get().version == 1


def test_the_good_rows_are_written_only_if_that_was_said(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW, NEW | {"Tên": "Khác", "Số người": "nhiều"}]))
    by, when = world.person("an", later(days=1)), later(days=1)
    told = confirm_import(table.pk, only_good=False, takes_doubtful=False, by=by, at=when)
    assert told == Refused("1 dòng chưa đúng. Sửa trong tệp rồi gửi lại, hoặc chọn “chỉ ghi các dòng đúng”.")
    assert not Entry.objects.exists()
    assert [row.result for row in written(table, world, only_good=True)] == ["written", "left"]
    assert Entry.objects.get().title == "Tổ tự quản hẻm 7"


def test_rows_that_may_be_there_already_are_left_unless_they_are_meant(world: World, small_book: Book) -> None:
    entry = made(small_book, world, ten="Tổ tự quản  HẺM 7")
    table = sent(small_book, world, of_rows([NEW, NEW | {"Tên": "Khác"}, NEW | {"Tên": "Khác"}]))
    assert [(row.plan, row.is_doubtful, row.detail["doubts"]) for row in rows_in(table)] == [
        ("new", True, [f"Có thể đã ghi rồi: {entry.code}, cùng tên, ghi ngày 01/04/2023."]),
        ("new", False, []),
        ("new", True, ["Giống hệt dòng 3."]),
    ]
    assert [[row.number for row in rows_of(table, tab=tab)] for tab in ("new", "doubtful")] == [[3], [2, 4]]
    assert [row.result for row in written(table, world)] == ["left", "written", "left"]
    assert [[row.number for row in rows_of(table, tab=tab)] for tab in ("written", "doubtful")] == [[3], [2, 4]]
    meant = sent(small_book, world, of_rows([NEW]))
    assert [row.result for row in written(meant, world, takes_doubtful=True)] == ["written"]


def test_the_same_file_again_is_pointed_out_row_by_row(world: World, small_book: Book) -> None:
    file = of_rows([NEW, NEW | {"Tên": "Khác"}])
    written(sent(small_book, world, file), world)
    assert [row.is_doubtful for row in rows_in(sent(small_book, world, file))] == [True, True]


def test_one_entry_in_two_rows_is_refused(world: World, small_book: Book) -> None:
    made(small_book, world)

    def copy(sheet: object) -> None:
        for cell in sheet[2]:  # type: ignore[index]
            sheet.cell(3, cell.column).value = cell.value  # type: ignore[attr-defined]
        at(sheet, "Số người", 2).value = 5
        at(sheet, "Số người", 3).value = 6

    assert problems(sent(small_book, world, edited(exported(small_book, world), copy))) == [
        "Mã hồ sơ này còn ở dòng 3; chỉ để một dòng.", "Mã hồ sơ này còn ở dòng 2; chỉ để một dòng.",
    ]  # fmt: skip


def test_entries_of_others_look_as_if_they_were_not_there(world: World, small_book: Book) -> None:
    theirs = made(small_book, world, "chi", "G4")
    table = sent(
        small_book,
        world,
        of_rows([{"Mã hồ sơ": theirs.code, "Tên": "x"}, {"Mã hồ sơ": "SN-2023-0999", "Tên": "x"}, {"Mã hồ sơ": "MH-2023-0001"}]),
    )
    assert problems(table) == [
        f"A2 Không có hồ sơ {theirs.code} trong phần anh/chị được xem; hồ sơ mới thì để trống ô mã.",
        "A3 Không có hồ sơ SN-2023-0999 trong phần anh/chị được xem; hồ sơ mới thì để trống ô mã.",
        "A4 “MH-2023-0001” không phải là mã của sổ này; hồ sơ mới thì để trống ô mã.",
    ]


def test_nobody_writes_for_a_unit_that_is_not_theirs(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW | {"Đơn vị": "Công đoàn cơ sở Bốn"}]), unit=None)
    assert problems(table) == ["D2 Anh/chị không ghi hồ sơ cho đơn vị “Công đoàn cơ sở Bốn”."]
    assert problems(sent(small_book, world, of_rows([NEW]), unit=None)) == [
        "Chưa ghi đơn vị; ghi tên đơn vị, hoặc chọn đơn vị khi gửi tệp."
    ]
    assert problems(sent(small_book, world, of_rows([NEW]), unit="G4")) == ["Anh/chị không ghi hồ sơ cho đơn vị đã chọn khi gửi tệp."]
    assert plans(sent(small_book, world, of_rows([NEW | {"Đơn vị": "CĐCS Một"}]), unit=None)) == ["new"]


def test_who_may_read_and_not_edit_is_refused_row_by_row(world: World, small_book: Book) -> None:
    made(small_book, world)
    file = edited(exported(small_book, world, "dung"), lambda sheet: setattr(at(sheet, "Số người"), "value", 5))
    assert problems(sent(small_book, world, file, "dung", unit="D1")) == ["Anh/chị không có quyền sửa hồ sơ này."]


def test_whoever_writes_nothing_there_sends_nothing(world: World, small_book: Book) -> None:
    file, when = of_rows([NEW]), later(days=1)
    for who in ("binh", "kien", "quan"):
        with pytest.raises(Unreachable):
            take_in_table("so-nho", open_register_table(file, "a.xlsx"), file, "a.xlsx", unit=None, by=world.person(who, when), at=when)


def test_a_table_is_there_for_its_sender_alone(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW]))
    with pytest.raises(Unreachable):
        confirm_import(table.pk, only_good=True, takes_doubtful=True, by=world.person("hoa", later(days=1)), at=later(days=1))


def test_what_frozen_fields_and_acts_keep_is_not_changed_by_a_file(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    done(entry, "duyet", world.person("binh"), later(), ket_qua=3)
    file = edited(exported(small_book, world), lambda sheet: setattr(at(sheet, "Kết quả"), "value", 5))
    assert problems(sent(small_book, world, file)) == ["Y2 “Kết quả” không sửa được nữa ở trạng thái “Đã xong”."]


def test_a_field_that_is_not_asked_is_not_filled_in_by_the_way(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW | {"Cách làm": "Bí quyết"}]))
    assert problems(table) == ["D2 “Cách làm” chỉ điền khi Loại là Mô hình; hãy để trống ô này."]


def test_codes_and_words_that_say_different_things_are_not_guessed(world: World, small_book: Book) -> None:
    made(small_book, world)

    def edit(sheet: object) -> None:
        at(sheet, "Lĩnh vực").value = "Văn hóa"
        at(sheet, "Lĩnh vực (mã)").value = "VH"
        at(sheet, "Loại").value = "Mô hình"
        at(sheet, "Loại (mã)").value = "XX"

    found = problems(sent(small_book, world, edited(exported(small_book, world), edit)))
    assert len(found) == 1
    assert found[0].startswith("J2 Cột chữ và cột mã nói hai điều khác nhau") or "Không có lựa chọn “XX”" in found[0]


def test_a_program_may_change_the_column_of_codes_alone(world: World, small_book: Book) -> None:
    made(small_book, world)
    file = edited(exported(small_book, world), lambda sheet: setattr(at(sheet, "Dịp (mã)"), "value", "NS; XHH"))
    written(sent(small_book, world, file), world)
    assert Entry.objects.get().extra["dip"] == ["NS", "XHH"]


def test_a_copied_row_is_a_new_entry_by_what_people_see_of_it(world: World, small_book: Book) -> None:
    made(small_book, world)

    def copy(sheet: object) -> None:
        for cell in sheet[2]:  # type: ignore[index]
            sheet.cell(3, cell.column).value = cell.value  # type: ignore[attr-defined]
        at(sheet, "Mã hồ sơ", 3).value = None
        at(sheet, "Tên", 3).value = "Bản chép"
        at(sheet, "Loại", 3).value = "Mô hình"

    table = sent(small_book, world, edited(exported(small_book, world), copy))
    assert [(row.plan, row.is_doubtful) for row in rows_in(table)] == [("same", False), ("new", True)]
    written(table, world, takes_doubtful=True)
    assert Entry.objects.latest("pk").extra["loai"] == "MH"


def test_a_day_before_the_calendar_begins_is_told(world: World, small_book: Book) -> None:
    rows = [NEW | {"Trạng thái": "Đã gửi", "Ngày ghi": "15/03/2003"}, NEW | {"Ngày ghi": "15/03/2103"}, NEW | {"Ngày ghi": "hôm qua"}]
    found = problems(sent(small_book, world, of_rows(rows)))
    assert found[0] == "E2 Lịch nghỉ lễ chưa có dữ liệu năm 2003. Không tính được hạn từ ngày này."
    assert len(found) == 3


def test_personal_cells_that_are_not_shown_are_left_alone(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW | {"Ai": "Cá nhân", "Tên chủ thể": "không hiện (dữ liệu cá nhân)"}]))
    assert plans(table) == ["refused"]
    assert "không được xem ô này" in problems(table)[0]


def test_of_what_was_written_nothing_is_kept_twice(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW | {"Ai": "Cá nhân", "Tên chủ thể": "Nguyễn Văn Tám"}]))
    assert "Nguyễn Văn Tám" in str(rows_in(table)[0].detail)
    (row,) = written(table, world)
    assert row.detail == {"changes": []}


def test_tables_go_after_a_month(world: World, small_book: Book) -> None:
    table = sent(small_book, world, of_rows([NEW]))
    assert forget_imports(at=later(days=30)).tables == 0
    assert EntryImport.objects.filter(pk=table.pk).exists()
    assert forget_imports(at=later(days=32)).tables == 1
    assert not ImportRow.objects.exists()


def test_looking_at_a_table_costs_the_same_queries_with_one_row_and_with_many(world: World, small_book: Book) -> None:
    for number in range(6):
        made(small_book, world, ten=f"Việc {number}")
    counts = []
    for rows in (1, 6):

        def cut(sheet: object, rows: int = rows) -> None:
            sheet.delete_rows(2 + rows, 6)  # type: ignore[attr-defined]
            for row in range(2, 2 + rows):
                at(sheet, "Số người", row).value = 5

        file = edited(exported(small_book, world), cut)
        with CaptureQueriesContext(connection) as captured:
            assert plans(sent(small_book, world, file)) == ["changed"] * rows
        counts.append(len(captured))
    assert counts[0] == counts[1]
