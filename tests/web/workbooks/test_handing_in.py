"""Nộp bằng Excel, page by page."""

import io
import re
import zipfile
from pathlib import Path

from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from kheo.files.models import Blob
from kheo.reports.models import Report, WorkbookBatch, WorkbookFile
from tests.documents.unit_workbook.test_in_a_spreadsheet import saved_again
from tests.reports.workbooks import filled, hand_in
from tests.web.visits import enter, queries_of, text_of
from tests.world import GOOD, World, fill, submit

UPLOAD = "/nop-excel/"


def send(world: World, who: str, *files: bytes, name: str = "tep.xlsx", to: str = UPLOAD) -> HttpResponse:
    sent = [SimpleUploadedFile(name, data) for data in files]
    answer: HttpResponse = enter(world, who).post(to, {"tep": sent}, follow=True)
    return answer


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_one_file_is_stored_and_the_page_says_so(world: World) -> None:
    words = text_of(send(world, "an", filled(world, "G1")).content)
    assert "Công đoàn cơ sở Một Đã nhận Đã đưa 7 chỗ vào bản nháp." in words
    assert world.report("G1").figures == GOOD


def test_a_zip_gives_a_row_for_each_file_in_it(world: World) -> None:
    data = packed(**{"a.xlsx": filled(world, "G1"), "thu muc/b.xlsx": filled(world, "G2"), "Thumbs.db": b"x", "ghi chu.txt": b"xin chao"})
    words = text_of(send(world, "binh", data, name="thang 5.zip").content)
    assert "3 tệp, gửi lúc" in words
    assert words.count("Đã đưa 7 chỗ vào bản nháp.") == 2
    assert "thang 5.zip/ghi chu.txt" in words or "ghi chu.txt" in words
    assert (world.report("G1").updated_by, world.report("G2").updated_by) == ("Lê Văn Bình",) * 2


def test_what_libreoffice_saves_in_its_own_format_is_one_workbook_and_no_zip_of_files(world: World, tmp_path: Path) -> None:
    words = text_of(send(world, "an", saved_again(filled(world, "G1"), "ods", tmp_path), name="tep.ods").content)
    assert "1 tệp, gửi lúc" in words
    assert "Công đoàn cơ sở Một Đã nhận Đã đưa 7 chỗ vào bản nháp." in words
    assert world.report("G1").figures == GOOD


def test_without_a_file_the_page_asks_for_one(world: World) -> None:
    answer = send(world, "an")
    assert answer.status_code == 409
    assert "Chưa chọn tệp nào." in text_of(answer.content)
    assert not WorkbookBatch.objects.exists()


def test_every_problem_of_a_file_is_shown_with_its_place(world: World) -> None:
    send(world, "an", filled(world, "G1", {**GOOD, "B02": "năm", "C202": "1,5"}))
    file = WorkbookFile.objects.get()
    page = enter(world, "an").get(reverse("workbook_file", args=[file.pk]))
    words = text_of(page.content)
    assert "Chưa lưu số nào của tệp này." in words
    wrong = [each for each in file.problems if each["severity"] == "error"]
    assert len(wrong) >= 2
    assert "Tải bản đã đánh dấu chỗ sai" in words
    assert all(each["message"] in words and f"ô {each['cell']}" in words for each in wrong if each["cell"])
    assert words.count("Nên xem lại; nếu đúng thì cứ để nguyên.") == len(file.problems) - len(wrong)


def test_a_difference_is_shown_and_stored_on_a_word(world: World) -> None:
    fill(world, "G1", {"B02": 4}, by=world.person("hoa"))
    send(world, "an", filled(world, "G1"))
    file = WorkbookFile.objects.get()
    address = reverse("workbook_file", args=[file.pk])
    words = text_of(enter(world, "an").get(address).content)
    assert "Bản nháp đang có 1 chỗ khác với tệp này" in words
    assert "4 5" in words
    answer = enter(world, "an").post(address, {"version": 1, "nhan": "1"}, follow=True)
    assert "Đã đưa số trong tệp vào bản nháp." in text_of(answer.content)
    assert world.report("G1").figures == GOOD


def test_differences_stand_in_the_order_of_the_form(world: World) -> None:
    """The database keeps a file's answers by the length of their keys."""
    submit(world, "G1")
    changed = {key: value + 1 for key, value in GOOD.items() if isinstance(value, int)}
    send(world, "hoa", filled(world, "G1", changed))
    page = enter(world, "hoa").get(reverse("workbook_file", args=[WorkbookFile.objects.get().pk]))
    assert re.findall(r'<th scope="row">(\w+) ', page.content.decode()) == ["B01", "B01", "B02", "C201", "C202", "C501"]


def test_an_officer_waits_for_the_head_who_sees_the_file(world: World) -> None:
    submit(world, "G1")
    send(world, "an", filled(world, "G1", {**GOOD, "B02": 8}))
    file = WorkbookFile.objects.get()
    address = reverse("workbook_file", args=[file.pk])
    assert "Chờ thủ trưởng đơn vị." in text_of(enter(world, "an").get(address).content)
    assert enter(world, "an").post(address, {"version": 2, "reason": "Sót.", "nhan": "1"}).status_code == 409
    head = enter(world, "hoa")
    assert address in head.get(UPLOAD).content.decode()
    assert address in head.get(reverse("report", args=[world.obligation("G1").pk])).content.decode()
    assert "Báo cáo đã nộp; tệp này có 1 chỗ khác" in text_of(head.get(address).content)
    head.post(address, {"version": world.report("G1").version, "reason": "Sót một đợt.", "nhan": "1"})
    assert (world.report("G1").state, world.report("G1").figures["B02"]) == ("draft", 8)


def test_many_drafts_are_replaced_with_one_press(world: World) -> None:
    for code in ("G1", "G2"):
        fill(world, code, {"B02": 4}, by=world.person("an") if code == "G1" else head(world))
    send(world, "binh", filled(world, "G1"), filled(world, "G2"))
    batch = WorkbookBatch.objects.get()
    page = enter(world, "binh").get(reverse("workbook_batch", args=[batch.pk])).content.decode()
    picks = [f"{file.pk}.1" for file in WorkbookFile.objects.order_by("number")]
    assert all(f'value="{pick}"' in page for pick in picks)
    fill(world, "G2", {"B02": 9}, by=head(world))
    enter(world, "binh").post(reverse("workbook_store_many", args=[batch.pk]), {"pick": picks})
    assert (world.report("G1").figures["B02"], world.report("G2").figures["B02"]) == (5, 9)


def head(world: World):  # type: ignore[no-untyped-def]
    from tests.world import head_of

    return head_of(world, "G2")


def test_a_file_of_others_says_nothing_about_them(world: World) -> None:
    words = text_of(send(world, "chi", filled(world, "G1")).content)
    assert "Một" not in words
    assert "anh/chị không có báo cáo nào như vậy để nộp" in words
    assert not Report.objects.exists()


def test_a_batch_left_half_done_is_read_on_from_its_page(world: World) -> None:
    files = hand_in(world, "binh", filled(world, "G1"), filled(world, "G2"), read=False)
    address = reverse("workbook_batch", args=[files[0].batch_id])
    client = enter(world, "binh")
    assert "Đã đọc 0/2 tệp" in text_of(client.get(address).content)
    answer = client.post(reverse("workbook_read_on", args=[files[0].batch_id]), follow=True)
    assert text_of(answer.content).count("Đã đưa 7 chỗ vào bản nháp.") == 2


def test_too_much_is_refused_before_it_is_read(world: World, settings: LazySettings) -> None:
    settings.MOST_UPLOAD = 10_000
    answer = send(world, "an", b"x" * 20_000)
    assert answer.status_code == 413
    assert "quá lớn" in text_of(answer.content)
    assert not Blob.objects.exists()


def test_a_file_over_the_limit_is_a_row_and_not_kept(world: World, settings: LazySettings) -> None:
    words = text_of(send(world, "an", b"x" * (5 * 1024 * 1024 + 1), filled(world, "G1")).content)
    assert "Tệp quá lớn: mỗi tệp Excel tối đa 5 MB" in words
    assert Blob.objects.count() == 1
    assert world.report("G1").figures == GOOD


def test_names_are_shown_as_text(world: World) -> None:
    answer = send(world, "an", filled(world, "G1"), name="<script>alert(1)<.xlsx")
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)&lt;.xlsx" in answer.content.decode()


def test_the_page_of_a_batch_costs_the_same_however_many_files(world: World) -> None:
    few, many = hand_in(world, "binh", filled(world, "G1")), hand_in(world, "binh", *(filled(world, code) for code in ("G1", "G2", "G3")))
    costs = [queries_of(enter(world, "binh"), reverse("workbook_batch", args=[files[0].batch_id])) for files in (few, many)]
    assert costs[0] == costs[1] <= 15


def test_from_the_page_of_a_report_only_its_own_file_is_taken(world: World) -> None:
    to = reverse("upload_for_report", args=[world.obligation("G1").pk])
    assert "Công đoàn cơ sở Một" in text_of(enter(world, "binh").get(to).content)
    words = text_of(send(world, "binh", filled(world, "G2"), filled(world, "G1"), to=to).content)
    assert "Tệp này là của báo cáo khác: Công đoàn cơ sở Hai" in words
    assert "Anh/chị đang nộp cho Công đoàn cơ sở Một" in words
    assert [(each.outcome, each.obligation_id) for each in WorkbookFile.objects.order_by("number")] == [
        ("refused", world.obligation("G2").pk),
        ("stored", world.obligation("G1").pk),
    ]
    assert [each.obligation_id for each in Report.objects.all()] == [world.obligation("G1").pk]


def test_of_a_file_of_nobody_reachable_no_more_is_said_from_a_reports_page(world: World) -> None:
    to = reverse("upload_for_report", args=[world.obligation("G1").pk])
    words = text_of(send(world, "an", filled(world, "G4"), to=to).content)
    assert "anh/chị không có báo cáo nào như vậy để nộp" in words
    assert "báo cáo khác" not in words
