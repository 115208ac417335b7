"""Sending a register's table on its pages: what would happen is shown before, what became of it after, what is wrong can be taken away."""

import io
from datetime import timedelta

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.config.jobs.importing import write_entries
from kheo.registers.actions import Line, write_line
from kheo.registers.models import Entry, EntryImport, EntryLine
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.stories import lines_of
from tests.registers.entries import made
from tests.registers.tables import Sheet, at, edited, exported, of_rows, rows_in, sent
from tests.web.registers.test_export import content
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later

NEW = {"Tên": "Tổ tự quản hẻm 7", "Loại": "Công trình", "Lĩnh vực": "Kinh tế"}


def send(client: Client, file: bytes, name: str = "so.xlsx", **form: object) -> str:
    """Where a file leads that could be read."""
    address = reverse("send_entries", args=["so-nho"])
    answer = client.post(address, {"tep": SimpleUploadedFile(name, file), **form})
    assert answer.status_code == 302, text_of(answer.content)
    return str(answer["Location"])


def test_a_table_is_looked_at_then_written(world: World, small_book: Book) -> None:
    client = enter(world, "an")
    page = send(client, of_rows([NEW, NEW | {"Tên": "Khác", "Số người": "nhiều"}]))
    shown = client.get(page).content
    told = text_of(shown)
    assert "novalidate" in shown.decode(), "Khéo says in its own words what is not ticked, not the browser in its own language"
    assert "Chưa có gì được ghi." in told
    assert "Sẽ ghi 1 dòng: 1 mới, 0 sửa" in told
    assert "Ô D3 “Số người”: “nhiều” không phải là một con số" in told
    refused = client.post(page)
    assert (refused.status_code, Entry.objects.count()) == (409, 0)
    assert "Chưa ghi dòng nào" in text_of(refused.content)
    assert client.post(page, {"chi_dong_dung": "1"}).status_code == 302
    told = text_of(client.get(page + "?xem=da-ghi").content)
    assert "Đã ghi 1 dòng" in told
    assert f"{Entry.objects.get().code} Tổ tự quản hẻm 7" in told
    client.post(page, {"chi_dong_dung": "1"})
    assert Entry.objects.count() == 1


def test_old_and_new_stand_beside_each_other(world: World, small_book: Book) -> None:
    entry, client = made(small_book, world), enter(world, "an")
    page = send(client, edited(exported(small_book, world), lambda sheet: setattr(at(sheet, "Số người"), "value", 1250)))
    told = text_of(client.get(page).content)
    assert "Sẽ ghi 1 dòng: 0 mới, 1 sửa" in told
    assert "R2 Số người: 40 → 1.250" in told
    client.post(page)
    entry.refresh_from_db()
    assert entry.people_count == 1250


def test_a_file_that_cannot_be_read_is_told_beside_its_field(world: World, small_book: Book) -> None:
    client, address = enter(world, "an"), reverse("send_entries", args=["so-nho"])
    answer = client.post(address, {"tep": SimpleUploadedFile("so.xlsx", b"%PDF-1.7")})
    assert answer.status_code == 409
    assert "Tệp là PDF, không phải bảng Excel." in text_of(answer.content)
    assert 'href="#tep"' in answer.content.decode()
    assert "Chưa chọn tệp nào." in text_of(client.post(address).content)


def test_wrong_rows_are_taken_away_marked_and_sent_again(world: World, small_book: Book) -> None:
    client = enter(world, "an")
    page = send(client, of_rows([NEW, NEW | {"Tên": "-Khác", "Số người": "nhiều", "Từ ngày": "31/2/2023"}]))
    file = content(client.get(f"{page}can-sua.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(file))["Hồ sơ"]
    assert (sheet.max_row, at(sheet, "Tên").value, at(sheet, "Dòng trong tệp đã gửi").value) == (2, "-Khác", 3)
    assert at(sheet, "Tên").data_type == "s"
    assert "không phải là một con số" in at(sheet, "Số người").comment.text
    assert "không phải là ngày" in at(sheet, "Từ ngày").comment.text
    assert (at(sheet, "Số người").fill.fgColor.rgb, at(sheet, "Loại").fill.fgColor.rgb) == ("FFF8CBAD", "00000000")

    def mend(sheet: object) -> None:
        at(sheet, "Số người").value, at(sheet, "Từ ngày").value = 12, "28/02/2023"

    again = send(client, edited(file, mend))
    client.post(again)
    assert [(entry.title, entry.people_count) for entry in Entry.objects.all()] == [("-Khác", 12)]
    assert EntryImport.objects.latest("pk").notes == []


def test_an_empty_table_can_be_filled_in_with_entries_and_their_lines_and_sent(world: World, small_book: Book) -> None:
    client = enter(world, "an")
    file = content(client.get(reverse("empty_table", args=["so-nho"])))
    workbook = openpyxl.load_workbook(io.BytesIO(file))
    sheet = workbook["Hồ sơ"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["Mã hồ sơ", "Đơn vị", "Trạng thái", "Ngày ghi", "Tên", "Loại", "Lĩnh vực", "Ai", "Tên chủ thể", "Từ ngày", "Số người",
                     "Diện tích", "Có ảnh", "Dịp", "Cách làm", "Vị trí", "Kết quả"]  # fmt: skip
    assert (sheet.max_row, workbook["Dòng"].max_row) == (1, 1)

    def filled(file: bytes, cells: dict[str, object], sheet: str) -> bytes:
        return edited(file, lambda found: [setattr(at(found, label), "value", value) for label, value in cells.items()], sheet)

    spent = {"Mã hồ sơ": "mới 1", "Loại dòng": "Khoản chi", "Ngày": "01/04/2023", "Nguồn": "Ngân sách", "Số tiền (đồng)": 1_500}
    alone = filled(file, NEW, "Hồ sơ")
    client.post(send(client, alone))
    assert [(entry.title, entry.state) for entry in Entry.objects.all()] == [("Tổ tự quản hẻm 7", "nhap")]
    both = filled(filled(file, {**NEW, "Tên": "Vườn rau", "Mã hồ sơ": "mới 1"}, "Hồ sơ"), spent, "Dòng")
    page = send(client, both)
    assert "mới 1 Khoản chi" in client.get(page).content.decode()
    client.post(page)
    assert [(line.entry.title, line.amount_vnd) for line in EntryLine.objects.select_related("entry")] == [("Vườn rau", 1_500)]


def test_a_large_table_is_written_on_by_a_job(world: World, small_book: Book) -> None:
    client = enter(world, "an")
    page = send(client, of_rows([NEW | {"Tên": f"Việc {number}"} for number in range(50)]))
    client.post(page)
    told = client.get(page).content.decode()
    assert Entry.objects.count() == 20
    assert "Đã ghi 20/50 dòng" in text_of(told.encode())
    assert "data-read-on" in told
    write_entries(EntryImport.objects.get().pk)
    assert Entry.objects.count() == 50
    assert "Đã ghi 50 dòng" in text_of(client.get(page).content)
    write_entries(EntryImport.objects.get().pk)
    assert Entry.objects.count() == 50


def test_rows_are_written_on_by_whoever_looks_on(world: World, small_book: Book) -> None:
    client = enter(world, "an")
    page = send(client, of_rows([NEW | {"Tên": f"Việc {number}"} for number in range(30)]))
    client.post(page)
    assert client.post(f"{page}ghi-tiep/")["Location"] == page
    assert Entry.objects.count() == 30


def test_the_page_costs_the_same_queries_with_one_row_and_with_many(world: World, small_book: Book) -> None:
    client = enter(world, "an")
    one = send(client, of_rows([NEW]))
    many = send(client, of_rows([NEW | {"Tên": f"Việc {number}"} for number in range(30)]))
    assert queries_of(client, one) == queries_of(client, many) <= 20


def test_sending_again_is_pointed_out(world: World, small_book: Book) -> None:
    client, file = enter(world, "an"), of_rows([NEW])
    client.post(send(client, file))
    page = send(client, file)
    told = text_of(client.get(page).content)
    assert "Chính tệp này đã được ghi lúc" in told
    assert "Ghi cả 1 dòng có thể đã ghi rồi" in told
    assert client.post(page).status_code == 409
    assert Entry.objects.count() == 1
    client.post(page, {"ca_dong_trung": "1"})
    assert Entry.objects.count() == 2


def test_whoever_writes_for_several_units_chooses_one(world: World, small_book: Book) -> None:
    from kheo.org.models import Post

    Post.objects.create(user=world.users["an"], unit_id=world.units["G4"], role="officer", starts=world.person("an").on - timedelta(days=9))
    client = enter(world, "an")
    assert "Dòng mới không ghi đơn vị là của" in text_of(client.get(reverse("send_entries", args=["so-nho"])).content)
    told = text_of(client.get(send(client, of_rows([NEW]))).content)
    assert "Chưa ghi đơn vị" in told
    client.post(send(client, of_rows([NEW]), don_vi=str(world.units["G4"])))
    assert Entry.objects.get().owner_id == world.units["G4"]
    client.post(send(client, of_rows([NEW | {"Đơn vị": "Công đoàn cơ sở Một", "Tên": "Của Một"}])))
    assert Entry.objects.latest("pk").owner_id == world.units["G1"]


def test_five_thousand_rows_are_looked_at_in_bounded_queries(world: World, small_book: Book) -> None:
    file = ("Tên,Loại,Lĩnh vực\n" + "\n".join(f"Việc {number},CT,KT" for number in range(5000))).encode()
    client = enter(world, "an")
    with CaptureQueriesContext(connection) as captured:
        send(client, file, "so.csv")
    assert EntryImport.objects.get().rows.count() == 5000
    assert len(captured) <= 45


def test_lines_of_entries_are_counted_and_named_apart_and_wrong_ones_leave_in_their_sheet(world: World, small_book: Book) -> None:
    entry, client = made(small_book, world), enter(world, "an")
    for amount in (1_000, 2_000):
        write_line(entry.pk, Line("chi", later().date(), source="NS", amount_vnd=amount), by=world.person("an"), at=later(1))

    def edit(sheet: Sheet) -> None:
        at(sheet, "Số tiền (đồng)", 2).value, at(sheet, "Số tiền (đồng)", 3).value = 7_000, "nhiều"

    page = send(client, edited(exported(small_book, world), edit, "Dòng"))
    told = text_of(client.get(page + "?xem=sua").content)
    assert "Sẽ ghi 1 dòng: 0 mới, 1 sửa Trong đó ở trang “Dòng”: 1 dòng sửa." in told
    assert f"2 trang “Dòng” {entry.code} Khoản chi ngày 01/04/2023 H2 Số tiền (đồng): 1.000 → 7.000" in told
    wrong = openpyxl.load_workbook(io.BytesIO(content(client.get(page + "can-sua.xlsx"))))
    assert [wrong[name].max_row for name in ("Hồ sơ", "Dòng")] == [1, 2]
    assert (at(wrong["Dòng"], "Dòng số").value, at(wrong["Dòng"], "Dòng trong tệp đã gửi").value) == ("2", 3)
    table = sent(small_book, world, content(client.get(page + "can-sua.xlsx")))
    assert [row.plan for row in rows_in(table)] == ["refused"]
    client.post(page, {"chi_dong_dung": "1"})
    assert [line.amount_vnd for line in lines_of(entry)] == [7_000, 2_000]
