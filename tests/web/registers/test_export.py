"""What leaves a register as a file: the list that was asked for, its columns explained, nothing that its reader may not read."""

import csv
import io
import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.registers.copies import Copy
from kheo.core.registers.models import RegisterDefinition
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.registers.access import sight, sight_without_persons
from kheo.registers.actions import link_entries, publish_register, write_line
from kheo.registers.actions.exporting import Exported
from kheo.registers.actions.exporting_beside import sheets_beside
from kheo.registers.actions.lining import Line
from kheo.registers.models import Entry, EntryAttachment, EntryLine, EntryLink
from kheo.registers.queries.definitions import Book
from tests.registers.entries import done, made
from tests.registers.test_attachments import HERE, attach, attached, photo
from tests.web.visits import enter, text_of
from tests.world import FILES, OPENING, World, later


def content(answer: HttpResponse) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def lines(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig"))))


def test_a_file_holds_the_list_that_was_asked_for(world: World, small_book: Book) -> None:
    made(small_book, world, ten="=1+1", loai="MH", cach_lam="Dòng một\nDòng hai", dien_tich=123456, tu_ngay="2023-03-01", dip=["NS", "XHH"])
    made(small_book, world, ten="Khác", loai="CT")
    address = reverse("export_entries", args=["so-nho", "so.csv"])
    answer = enter(world, "an").get(f"{address}?loai=MH")
    rows = list(csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig"))))
    assert len(rows) == 1
    assert {key: rows[0][key] for key in ("Mã hồ sơ", "Đơn vị", "Trạng thái", "Tên", "Diện tích", "Từ ngày", "Dịp", "Cách làm")} == {
        "Mã hồ sơ": "SN-2023-0001",
        "Đơn vị": "Công đoàn cơ sở Một",
        "Trạng thái": "Nháp",
        "Tên": "'=1+1",
        "Diện tích": "1.234,56",
        "Từ ngày": "01/03/2023",
        "Dịp": "Ngân sách; Xã hội hóa",
        "Cách làm": "Dòng một\nDòng hai",
    }
    assert answer["Content-Disposition"].startswith('attachment; filename="so-nho-2023-04-02.csv"')


def test_a_workbook_says_what_its_columns_mean(world: World, small_book: Book) -> None:
    made(small_book, world, ten="=1+1", dien_tich=123456, tu_ngay="2023-03-01")
    workbook = openpyxl.load_workbook(io.BytesIO(content(enter(world, "an").get(reverse("export_entries", args=["so-nho", "so.xlsx"])))))
    assert workbook.sheetnames == ["Hồ sơ", "Ý nghĩa các cột", "Danh mục", "Dòng", "Liên kết", "Ảnh, tệp"]
    head, row = list(workbook["Hồ sơ"].iter_rows(values_only=True))
    found = dict(zip(head, row, strict=True))
    assert (found["Tên"], found["Diện tích"], str(found["Từ ngày"])[:10], found["Loại"], found["Loại (mã)"]) == (
        "=1+1", 1234.56, "2023-03-01", "Công trình", "CT",
    )  # fmt: skip
    told = list(workbook["Ý nghĩa các cột"].iter_rows(values_only=True))
    assert [line[:2] for line in told[1:5]] == [
        ("Mã sổ", "so-nho"), ("Bản của sổ", "1"), ("Tải lúc", "09:00 02/04/2023"), ("Người tải", world.person("an").name),
    ]  # fmt: skip
    meanings = {line[1]: line for line in told[6:]}
    assert meanings["loai"][:9] == (
        "Loại", "loai", "một lựa chọn", None, "MH: Mô hình; CT: Công trình", "Đã gửi", None, None, None,
    )  # fmt: skip
    assert meanings["dien_tich"][3] == "từ 0,00, 2 chữ số sau dấu phẩy"
    assert meanings["so_nguoi"][3] == "từ 0 đến 100.000"
    assert meanings["cach_lam"][7] == "Loại là Mô hình"
    assert meanings["ten_chu_the"][8] == "có"
    assert meanings["ket_qua"][6] == "Đã xong"
    assert meanings["_ma"][9] == "giữ nguyên"
    offered = [line[1:] for line in zip(*workbook["Danh mục"].iter_rows(values_only=True), strict=True) if line[0] == "Loại"]
    assert offered[0][:2] == ("Mô hình", "Công trình")


def test_lines_links_and_hashes_of_photographs_leave_in_sheets_of_their_own(world: World, small_book: Book) -> None:
    one, other = made(small_book, world, vi_tri=HERE), made(small_book, world, "chi", "G4")
    by, day = world.person("an", later(1)), later(1).date()
    write_line(one.pk, Line("chi", day, source="NS", amount_vnd=1_500_000), by=by, at=later(1))
    link_entries(one.pk, "hoc_theo", other.code, on=day, by=by, at=later(1))
    attached(attach(one, "truoc", ("a.jpg", photo(taken="2023:04:01 08:00:00")), world=world))
    book = openpyxl.load_workbook(io.BytesIO(content(enter(world, "lan").get(reverse("export_entries", args=["so-nho", "so.xlsx"])))))
    sheets = {name: [list(row) for row in book[name].iter_rows(min_row=2, values_only=True)] for name in ("Dòng", "Liên kết", "Ảnh, tệp")}
    blob = EntryAttachment.objects.select_related("file__blob").get().file.blob
    as_day = datetime.fromisoformat("2023-04-01")
    assert sheets == {
        "Dòng": [[one.code, 1, "Khoản chi", as_day, None, "Ngân sách", None, 1_500_000, None, sheets["Dòng"][0][-1]]],
        "Liên kết": [[one.code, "Học theo", other.code, as_day, None]],
        "Ảnh, tệp": [[one.code, "Ảnh trước", as_day, as_day, None, blob.size, blob.sha256, None]],
    }


def test_what_was_taken_back_or_is_of_a_kind_that_is_gone_does_not_leave(world: World, small_book: Book) -> None:
    """A line, a link, a photograph: the entry goes on without them, and so does what is said of it elsewhere."""
    one, other = made(small_book, world, vi_tri=HERE), made(small_book, world, "chi", "G4")
    by, day = world.person("an", later(1)), later(1).date()
    write_line(one.pk, Line("chi", day, source="NS", amount_vnd=1_500_000), by=by, at=later(1))
    link_entries(one.pk, "hoc_theo", other.code, on=day, by=by, at=later(1))
    attached(attach(one, "truoc", ("a.jpg", photo()), world=world))
    address, names = reverse("export_entries", args=["so-nho", "so.xlsx"]), ("Dòng", "Liên kết", "Ảnh, tệp")

    def rows(book: Book) -> list[int]:
        found = Exported(book, sight(by), day, [one.pk, other.pk], [])
        return [len(list(each.rows)) for each in sheets_beside(found)]

    told = dict(small_book.definition)
    other_kinds = replace(
        small_book, definition=RegisterDefinition.model_construct(**{**told, "lines": (), "links": (), "attachments": ()})
    )
    assert rows(other_kinds) == []
    renamed = {
        "lines": tuple(each.model_copy(update={"code": "x"}) for each in told["lines"]),
        "links": tuple(each.model_copy(update={"code": "x"}) for each in told["links"]),
        "attachments": tuple(each.model_copy(update={"role": "x"}) for each in told["attachments"]),
    }
    other_kinds = replace(small_book, definition=RegisterDefinition.model_construct(**{**told, **renamed}))
    assert (rows(small_book), rows(other_kinds)) == ([1, 1, 1], [0, 0, 0])
    EntryLine.objects.update(known_to=later(2))
    EntryLink.objects.update(known_to=later(2))
    EntryAttachment.objects.update(removed_at=later(2))
    assert rows(small_book) == [0, 0, 0]
    book = openpyxl.load_workbook(io.BytesIO(content(enter(world, "lan").get(address))))
    assert [book[name].max_row for name in names] == [1, 1, 1]


def test_copies_for_others_have_no_such_sheets(small_book: Book) -> None:
    found = Exported(small_book, sight_without_persons(later().date()), later().date(), [], [])
    assert [each.name for each in sheets_beside(found)] == ["Dòng", "Liên kết", "Ảnh, tệp"]
    assert [sheets_beside(replace(found, copy=copy)) for copy in (Copy.PUBLIC, Copy.JUDGES)] == [[], []]


@pytest.mark.parametrize(("who", "lines"), [("an", 1), ("binh", 0), ("lan", 0)])
def test_where_small_numbers_are_hidden_lines_leave_with_their_own_unit_alone(world: World, small_book: Book, who: str, lines: int) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8") + "small_hidden: true\n"
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    entry = made(small_book, world)
    write_line(entry.pk, Line("chi", later(1).date(), source="NS", amount_vnd=5), by=world.person("an", later(1)), at=later(1))
    book = openpyxl.load_workbook(io.BytesIO(content(enter(world, who).get(reverse("export_entries", args=["so-nho", "so.xlsx"])))))
    assert (book["Hồ sơ"].max_row, book["Dòng"].max_row) == (2, 1 + lines)


def test_where_small_numbers_are_hidden_lines_leave_with_the_unit_that_was_given_the_entry_as_well(world: World, small_book: Book) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8") + "small_hidden: true\n"
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    entry = made(small_book, world)
    write_line(entry.pk, Line("chi", later(1).date(), source="NS", amount_vnd=5), by=world.person("an", later(1)), at=later(1))
    for given, lines in ((None, 0), ("G4", 1)):
        Entry.objects.filter(pk=entry.pk).update(handler=world.units[given] if given else None)
        book = openpyxl.load_workbook(io.BytesIO(content(enter(world, "chi").get(reverse("export_entries", args=["so-nho", "so.xlsx"])))))
        assert (book["Hồ sơ"].max_row, book["Dòng"].max_row) == (1 + lines, 1 + lines)


def test_columns_for_programs_are_folded_away(world: World, small_book: Book) -> None:
    made(small_book, world)
    workbook = openpyxl.load_workbook(io.BytesIO(content(enter(world, "an").get(reverse("export_entries", args=["so-nho", "so.xlsx"])))))
    sheet = workbook["Hồ sơ"]
    hidden = {cell.value for cell in sheet[1] if sheet.column_dimensions[cell.column_letter].hidden}
    assert hidden == {"Đơn vị (mã)", "Trạng thái (mã)", "Loại (mã)", "Lĩnh vực (mã)", "Ai (mã)", "Dịp (mã)", "Mốc tải về"}


@pytest.mark.parametrize("order", ["", "dien_tich", "-dien_tich", "ma", "-sua", "han"])
def test_a_file_stands_in_the_order_of_the_list(world: World, small_book: Book, order: str) -> None:
    for number, size in enumerate((300, None, 100, 200, 100, None)):
        made(small_book, world, ten=f"Việc {number}", **({"dien_tich": size} if size else {}))
    client, query = enter(world, "an"), {"xep": order}
    page = text_of(client.get(reverse("entries", args=["so-nho"]), query).content)
    filed = [line["Tên"] for line in lines(client.get(reverse("export_entries", args=["so-nho", "so.csv"]), query))]
    assert len(filed) == 6
    assert all(page.index(before) < page.index(after) for before, after in pairwise(filed))


def test_only_chosen_columns_leave(world: World, small_book: Book) -> None:
    made(small_book, world, ten_chu_the="Nguyễn Văn Tám", chu_the="individual")
    address = reverse("export_entries", args=["so-nho", "so.csv"])
    chosen = lines(enter(world, "an").get(address, {"_cot": ["", "loai", "so_nguoi"]}))[0]
    assert list(chosen) == [
        "Mã hồ sơ", "Đơn vị", "Đơn vị (mã)", "Đơn vị được giao", "Trạng thái", "Trạng thái (mã)", "Ngày ghi", "Hạn",
        "Loại", "Loại (mã)", "Số người", "Mốc tải về",
    ]  # fmt: skip
    assert "Nguyễn Văn Tám" not in str(chosen)


def test_columns_that_a_list_was_given_leave_with_it(world: World, small_book: Book) -> None:
    made(small_book, world)
    query = {"cot": ["so_nguoi"]}
    given = lines(enter(world, "an").get(reverse("export_entries", args=["so-nho", "so.csv"]), query))[0]
    assert [each for each in given if each in ("Tên", "Loại", "Số người", "Diện tích")] == ["Tên", "Số người"]
    page = enter(world, "an").get(reverse("take_entries", args=["so-nho"]), query).content.decode()
    assert re.findall(r'value="(\w+)" checked', page) == ["ten", "so_nguoi"]


def test_whoever_sees_nothing_personal_has_no_such_column(world: World, small_book: Book) -> None:
    made(small_book, world, ten_chu_the="Nguyễn Văn Tám", chu_the="individual")
    address = reverse("export_entries", args=["so-nho", "so.csv"])
    assert "Tên chủ thể" in lines(enter(world, "an").get(address))[0]
    assert "Tên chủ thể" not in lines(enter(world, "kien").get(address))[0]
    page = reverse("take_entries", args=["so-nho"])
    assert "Tên chủ thể" in text_of(enter(world, "an").get(page).content)
    assert "Tên chủ thể" not in text_of(enter(world, "kien").get(page).content)


def test_what_left_is_in_the_journal(world: World, small_book: Book) -> None:
    for number in range(3):
        made(small_book, world, ten=f"Việc {number}", loai="MH" if number else "CT")
    query = {"loai": "MH", "tim": "viec", "_cot": ["", "ten", "ten_chu_the"]}
    content(enter(world, "lan").get(reverse("export_entries", args=["so-nho", "so.xlsx"]), query))
    told = JournalEntry.objects.get(act="export_entries")
    assert (told.actor_name, told.object_type, told.object_id) == (world.person("lan").name, "register", small_book.register.pk)
    assert told.detail == {
        "register": "so-nho",
        "file": "xlsx",
        "entries": 2,
        "fields": ["ten", "ten_chu_the"],
        "personal": ["ten_chu_the"],
        "states": [],
        "filters": ["loai"],
        "searched": 4,
    }


def test_a_file_costs_the_same_queries_with_one_entry_and_with_many(world: World, small_book: Book) -> None:
    client, address = enter(world, "lan"), reverse("export_entries", args=["so-nho", "so.xlsx"])
    counts = []
    for number in range(5):
        made(small_book, world, "chi" if number % 2 else "an", "G4" if number % 2 else "G1", ten=f"Việc {number}")
        content(client.get(address))
        with CaptureQueriesContext(connection) as captured:
            content(client.get(address))
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 25


def test_a_state_that_moved_on_is_another_stamp(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    client, address = enter(world, "an"), reverse("export_entries", args=["so-nho", "so.csv"])
    before, again = (lines(client.get(address))[0]["Mốc tải về"] for _ in range(2))
    assert before == again
    done(entry, "gui", world.person("an"), later())
    assert lines(client.get(address))[0]["Mốc tải về"] != before
    assert Entry.objects.get().version == 2


def test_files_hold_what_their_reader_may_read(world: World, small_book: Book) -> None:
    made(small_book, world, ten="Của Một", chu_the="individual", ten_chu_the="Nguyễn Văn Tám")
    made(small_book, world, "chi", "G4", ten="Của Bốn")
    address = reverse("export_entries", args=["so-nho", "so.csv"])
    chi, kien, lan = (content(enter(world, who).get(address)).decode() for who in ("chi", "kien", "lan"))
    assert ("Của Một" in chi, "Của Bốn" in chi) == (False, True)
    assert ("Của Một" in kien, "Nguyễn Văn Tám" in kien) == (True, False)
    assert "Nguyễn Văn Tám" in lan
    assert enter(world, "quan").get(address).status_code == 404
    assert enter(world, "an").get(reverse("export_entries", args=["so-nho", "so.exe"])).status_code == 404


def test_a_file_of_many_is_read_in_batches(world: World, small_book: Book) -> None:
    from kheo.registers.queries.listing import EntryList
    from kheo.registers.queries.wanted import wanted_of

    for number in range(7):
        made(small_book, world, ten=f"Việc {number}")
    found = EntryList(small_book, wanted_of(small_book, {}, None, later().date()))
    assert [[entry.title for entry in batch] for batch in found.batches(3)] == [
        ["Việc 6", "Việc 5", "Việc 4"],
        ["Việc 3", "Việc 2", "Việc 1"],
        ["Việc 0"],
    ]
