"""The pages of the books: a paper is read into the form, corrected, written once, handed on, answered, struck."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kheo.directives.models import Arrival, Directive, Issue
from kheo.directives.queries.faults import paper_faults
from kheo.directives.queries.recipients import units_below
from kheo.files.models import StoredFile
from kheo.notices.models import Notice
from tests.directives.papers import arrive, issue
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later

PAPER = """TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM
LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ

Số: 199/LĐLĐ-TG
V/v thực hiện 5 không

CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thành phố Hồ Chí Minh, ngày 15 tháng 3 năm 2023

Kính gửi: Các công đoàn cơ sở.

Thực hiện Hướng dẫn số 11-HD/BDVTU ngày 28/02/2023 của Ban Dân vận Thành ủy.

TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH
Trần Thị Diệu Thúy
"""
TODAY = later(days=1).date()
TYPED = {
    "full_number": "199/LĐLĐ-TG",
    "issuer": "Liên đoàn Lao động Thành phố",
    "issued_on": "15/03/2023",
    "subject": "thực hiện 5 không",
    "arrived_on": TODAY.strftime("%d/%m/%Y"),
    "language": "Tiếng Việt",
}


def at(world: World, name: str, code: str = "G1") -> str:
    return reverse(name, args=[world.units[code]])


def test_reading_fills_the_form_says_where_and_stores_nothing(world: World) -> None:
    answer = enter(world, "an").post(at(world, "read_arrival"), {"text": PAPER, "note": "bản sao"})
    page = answer.content.decode()
    assert 'value="199/LĐLĐ-TG"' in page
    assert 'value="15/03/2023"' in page
    assert 'value="Trần Thị Diệu Thúy"' in page
    assert 'value="bản sao"' in page
    assert 'value="TM. BAN THƯỜNG VỤ PHÓ CHỦ TỊCH"' in page
    assert "Dòng 4: “" in text_of(answer.content)
    assert (Directive.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_file_is_read_as_well_and_a_broken_one_told(world: World) -> None:
    client = enter(world, "an")
    answer = client.post(at(world, "read_arrival"), {"tep": SimpleUploadedFile("a.txt", PAPER.encode())})
    assert 'value="199/LĐLĐ-TG"' in answer.content.decode()
    broken = client.post(at(world, "read_arrival"), {"tep": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")})
    assert broken.status_code == 409
    assert "Tệp hỏng" in text_of(broken.content)


def test_a_secret_paper_is_refused_when_it_is_read_and_when_it_is_written(world: World) -> None:
    secret, client = PAPER.replace("V/v", "MẬT\nV/v"), enter(world, "an")
    for name, more in (("read_arrival", {}), ("enter_arrival", TYPED)):
        answer = client.post(at(world, name), {**more, "text": secret})
        assert answer.status_code == 409
        assert "Khéo không nhận văn bản mật: chưa lưu gì" in text_of(answer.content)
        assert "5 không của" not in answer.content.decode()
    assert Directive.objects.count() == 0


def test_a_paper_is_written_with_its_number_and_file(world: World) -> None:
    client = enter(world, "an")
    answer = client.post(at(world, "enter_arrival"), {**TYPED, "tep": SimpleUploadedFile("cv.txt", PAPER.encode())}, follow=True)
    assert "Đã ghi vào sổ: số đến 1, năm 2023." in text_of(answer.content)
    row = Arrival.objects.get()
    assert row.directive is not None
    assert (row.directive.text, row.directive.understood_version) == (PAPER, 1)
    file = client.get(reverse("paper_file", args=[row.directive_id]))
    assert b"".join([file.content]) == PAPER.encode()
    assert "attachment" in file["Content-Disposition"]
    assert "199/LĐLĐ-TG ngày 15/03/2023, Liên đoàn Lao động Thành phố" in text_of(client.get(at(world, "arrivals")).content)


def test_a_twin_is_pointed_out_with_a_link_and_written_when_said_so(world: World) -> None:
    first, client = arrive(world), enter(world, "an")
    asked = client.post(at(world, "enter_arrival"), {**TYPED, "full_number": "199 / LĐLĐ-TG"})
    assert asked.status_code == 409
    assert f'href="{reverse("arrival", args=[first.pk])}"' in asked.content.decode()
    assert "cùng số, ký hiệu và cơ quan ban hành, cùng ngày" in text_of(asked.content)
    assert client.post(at(world, "enter_arrival"), {**TYPED, "van-ghi": "1"}).status_code == 302
    assert Arrival.objects.count() == 2


def test_everything_wrong_is_told_at_its_field_and_nothing_typed_is_lost(world: World) -> None:
    answer = enter(world, "an").post(at(world, "enter_arrival"), {**TYPED, "issuer": "", "due_on": "32/13/2023", "note": "giữ <b>chữ</b>"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hạn giải quyết “32/13/2023”: không có ngày ấy trong lịch." in page
    assert 'aria-describedby="due_on-goi-y due_on-loi"' in page
    assert 'value="32/13/2023"' in page
    assert 'value="giữ &lt;b&gt;chữ&lt;/b&gt;"' in page


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("15/3/23", "Ngày văn bản “15/3/23”: ghi đủ bốn chữ số của năm, như 15/11/2023."),
        ("hôm qua", "Ngày văn bản “hôm qua”: viết như 15/11/2023."),
        ("31-02-2023", "Ngày văn bản “31-02-2023”: không có ngày ấy trong lịch."),
        ("15-3-2023", ""),
        ("15.03.2023", ""),
    ],
)
def test_a_day_is_taken_as_people_write_it_and_the_rest_is_told_why(world: World, typed: str, fault: str) -> None:
    answer = enter(world, "an").post(at(world, "enter_arrival"), {**TYPED, "issued_on": typed})
    assert fault in text_of(answer.content)
    assert [each.issued_on for each in Directive.objects.all()] == ([] if fault else [date(2023, 3, 15)])


def test_a_refused_progress_stands_open_with_what_was_typed(world: World) -> None:
    row, client = arrive(world), enter(world, "an")
    sent = {"version": "1", "progress": "done", "answer": "05/BC-CĐCS", "done_on": "31/02/2023", "progress_note": "đã họp tổ"}
    page = client.post(reverse("note_progress", args=[row.pk]), sent).content.decode()
    assert [page.split("<summary>")[at].endswith(" open>") for at in (1, 2, 3)] == [False, True, False]
    assert "Ngày giải quyết xong “31/02/2023”: không có ngày ấy trong lịch." in page
    assert 'name="progress" value="done" checked' in page
    assert all(f'value="{typed}"' in page for typed in ("05/BC-CĐCS", "31/02/2023", "đã họp tổ"))


def test_a_refused_cancellation_stands_open_with_its_reason(world: World) -> None:
    for name, who, number in (("cancel_arrival", "an", arrive(world).pk), ("cancel_issue", "dung", issue(world).pk)):
        client = enter(world, who)
        page = client.post(reverse(name, args=[number]), {"version": "1", "reason": ""}).content.decode()
        assert page.count(" open>") == 1
        assert " open><summary>Huỷ số này" in page
        assert '<p class="field-error" id="reason-loi">Ghi lý do.</p>' in page
        again = client.post(reverse(name, args=[number]), {"version": "9", "reason": "ghi hai lần"}).content.decode()
        assert 'value="ghi hai lần"' in again


def test_a_reserved_number_stays_chosen_when_the_file_cannot_be_read(world: World) -> None:
    client = enter(world, "an")
    client.post(at(world, "reserve_arrival"), {"purpose": "chờ bản gốc"})
    kept = str(Arrival.objects.get().pk)
    for more in ({"tep": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")}, {}, {"text": PAPER.replace("V/v", "MẬT\nV/v")}):
        answer = client.post(at(world, "read_arrival"), {"giu": kept, **more})
        assert answer.status_code == 409
        assert f'name="giu" value="{kept}"' in answer.content.decode()


def test_the_named_handler_is_told_and_signs_and_the_rest_is_followed(world: World) -> None:
    row, hoa, an = arrive(world), enter(world, "hoa"), enter(world, "an")
    handed = {"version": "1", "handler": "Nguyễn Thị An", "handler_id": str(world.users["an"].pk), "due_on": "03/04/2023"}
    handed["passed_on"] = "03/04/2023"
    assert hoa.post(reverse("pass_arrival_on", args=[row.pk]), {**handed, "passed_on": "05/04/2023"}).status_code == 409
    assert hoa.post(reverse("pass_arrival_on", args=[row.pk]), handed).status_code == 302
    notice = Notice.objects.get()
    assert (notice.person, notice.page, notice.args) == (world.users["an"], "arrival", [row.pk])
    assert "199/LĐLĐ" not in notice.text
    an.post(reverse("sign_for_arrival", args=[row.pk]))
    assert "Nguyễn Thị An (Cán bộ nhập liệu, Công đoàn cơ sở Một)" in text_of(an.get(reverse("arrival", args=[row.pk])).content)
    an.post(reverse("note_progress", args=[row.pk]), {"version": "3", "progress": "done", "answer": "05/BC-CĐCS"})
    row.refresh_from_db()
    assert (row.progress, row.answer) == ("done", "05/BC-CĐCS")
    assert list(paper_faults()) == []


def test_a_correction_and_a_cancellation_ask_for_the_reason(world: World) -> None:
    row, client = arrive(world), enter(world, "an")
    right = {**TYPED, "arrived_on": "03/04/2023", "signer": "Phạm Chí Tâm", "version": "1"}
    assert client.post(reverse("correct_arrival", args=[row.pk]), right).status_code == 409
    assert client.post(reverse("correct_arrival", args=[row.pk]), {**right, "reason": "nhầm người ký"}).status_code == 302
    assert client.post(reverse("cancel_arrival", args=[row.pk]), {"version": "2"}).status_code == 409
    struck = client.post(reverse("cancel_arrival", args=[row.pk]), {"version": "2", "reason": "ghi hai lần"}, follow=True)
    told = text_of(struck.content)
    assert "Số này đã huỷ: ghi hai lần" in told
    assert "Sửa văn bản: nhầm người ký" in told


def test_an_outgoing_paper_gets_its_number_when_it_is_written(world: World) -> None:
    client = enter(world, "dung")
    sent = {"symbol": "KH-LĐLĐ", "book": "Chung", "issuer": "LĐLĐ Quận 1", "issued_on": "02/04/2023", "subject": "kế hoạch"}
    answer = client.post(at(world, "enter_issue", "D1"), {**sent, "recipients": "CĐCS Một\nLưu VT", "copies": "7"}, follow=True)
    assert "01/KH-LĐLĐ" in text_of(answer.content)
    row = Issue.objects.get()
    assert (row.recipients, row.copies) == (["CĐCS Một", "Lưu VT"], 7)
    client.post(reverse("note_sending", args=[row.pk]), {"version": "1", "recipients": "CĐCS Một", "sent_on": "02/04/2023"})
    assert "02/04/2023" in text_of(client.get(at(world, "issues", "D1")).content)


def test_the_form_of_an_outgoing_paper_knows_the_head_the_sign_and_the_day(world: World) -> None:
    page = enter(world, "dung").get(at(world, "enter_issue", "D1")).content.decode()
    values = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)
        for name in ("signer", "signer_title", "symbol", "issued_on", "issuer", "book")
    }
    assert {name: found[1] if found else None for name, found in values.items()} == {
        "signer": "Phạm Văn Dũng", "signer_title": "Chủ tịch", "symbol": "LĐLĐ", "issued_on": "02/04/2023",
        "issuer": "Liên đoàn Lao động Quận 1", "book": "Chung",
    }  # fmt: skip


def test_recipients_are_filled_from_the_tree_beside_what_was_typed_and_no_number_is_taken(world: World) -> None:
    client, address = enter(world, "dung"), at(world, "enter_issue", "D1")
    sent = {**TYPED, "symbol": "KH", "book": "Chung", "recipients": "Quận ủy\nLưu: VT", "subject": "giữ nguyên <chữ>"}
    filled = client.post(address, {**sent, "dien": "duoi", "tep": SimpleUploadedFile("a.txt", b"x")})
    page = filled.content.decode()
    names = re.search(r'<textarea id="recipients"[^>]*>([^<]*)<', page)
    assert names
    assert names[1].splitlines() == ["Quận ủy", *(each.name for each in units_below(world.units["D1"], TODAY)), "Lưu: VT"]
    assert (filled.status_code, "giữ nguyên &lt;chữ&gt;" in page, "Đang giữ tệp" in page, Issue.objects.count()) == (200, True, True, 0)
    again = client.post(address, {**sent, "recipients": names[1], "dien": "duoi"}).content.decode()
    assert names[0] in again, "each unit once"
    above = client.post(address, {**sent, "dien": "tren"}).content.decode()
    assert "Quận ủy\nLiên đoàn Lao động Thành phố\nLưu: VT" in above


def test_an_outgoing_paper_is_corrected_with_the_words_before_and_after_shown(world: World) -> None:
    row, client = issue(world), enter(world, "dung")
    address = reverse("correct_issue", args=[row.pk])
    assert 'value="KH-LĐLĐ"' in client.get(address).content.decode()
    right = {"version": "1", "symbol": "KH-LĐLĐ", "issuer": "LĐLĐ Quận 1", "issued_on": "01/04/2023", "subject": "chữ <đúng>"}
    unexplained = client.post(address, {**right, "language": "Tiếng Việt"})
    assert unexplained.status_code == 409
    assert "chữ &lt;đúng&gt;" in unexplained.content.decode()
    told = text_of(client.post(address, {**right, "reason": "ghi nhầm trích yếu"}, follow=True).content)
    assert "Sửa văn bản: ghi nhầm trích yếu" in told
    assert "Ngày văn bản: 03/04/2023 → 01/04/2023" in told
    assert "→ chữ <đúng>" in told
    assert "Người ký: Trần Thị Diệu Thúy → (trống)" in told
    assert "Sửa phần của sổ" not in told
    assert list(paper_faults()) == []


def test_where_the_numbers_begin_is_asked_while_the_book_is_empty_and_then_no_more(world: World) -> None:
    client, asked = enter(world, "dung"), "Cơ quan đã dùng số trên sổ giấy?"
    assert all(asked in text_of(client.get(at(world, name, "D1")).content) for name in ("issues", "enter_issue", "arrivals"))
    assert asked not in text_of(enter(world, "kien").get(at(world, "issues", "D1")).content)
    sent = {"which": "di", "book": "", "year": "2023", "first": "199", "reason": ""}
    refused = client.post(at(world, "first_numbers", "D1"), {**sent, "first": "một trăm"})
    assert refused.status_code == 409
    assert "Ghi một số từ 1 đến 99999." in text_of(refused.content)
    done = client.post(at(world, "first_numbers", "D1"), sent, follow=True)
    assert "Sổ văn bản đi (Chung) năm 2023: số tiếp theo là 199." in text_of(done.content)
    assert asked not in text_of(done.content)
    assert "Số tiếp theo của sổ Chung năm 2023: 199" in text_of(client.get(at(world, "enter_issue", "D1")).content)
    assert issue(world).directive.full_number == "199/KH-LĐLĐ"
    told = text_of(client.get(at(world, "first_numbers", "D1")).content)
    assert "200 1–198 Từ số 199 Phạm Văn Dũng" in told, told


def test_numbers_are_reserved_and_filled_on_the_page(world: World) -> None:
    client = enter(world, "an")
    client.post(at(world, "reserve_arrival"), {"purpose": "bản giấy đang gửi"})
    kept = Arrival.objects.get()
    assert "Giữ số bản giấy đang gửi" in text_of(client.get(at(world, "arrivals")).content)
    client.post(at(world, "enter_arrival"), {**TYPED, "giu": str(kept.pk)})
    kept.refresh_from_db()
    assert (kept.number, kept.standing) == (1, "written")


def test_readers_see_the_book_without_the_means_to_write(world: World) -> None:
    row = arrive(world)
    page = enter(world, "kien").get(reverse("arrival", args=[row.pk])).content.decode()
    assert "Chuyển xử lý, đặt hạn" not in page
    assert "Huỷ số này" not in page
    assert "Ghi văn bản đến" not in enter(world, "kien").get(at(world, "arrivals")).content.decode()


@pytest.mark.parametrize("name", ["arrivals", "issues", "follow_up"])
def test_a_longer_book_costs_no_more_questions(world: World, name: str) -> None:
    client = enter(world, "dung")
    arrive(world, "D1", who="dung", due_on=date(2023, 5, 5)), issue(world)
    one = queries_of(client, at(world, name, "D1"))
    for _ in range(4):
        arrive(world, "D1", who="dung", due_on=date(2023, 5, 5)), issue(world)
    assert queries_of(client, at(world, name, "D1")) == one
