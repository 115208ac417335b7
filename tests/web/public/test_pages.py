"""The public pages: there only where the installation says so, for everybody alike; what is sent, what is shown once, what a code opens."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.spoken_codes import spoken_code
from kheo.files.models import Blob
from kheo.registers.actions import Made, write_words
from kheo.registers.models import DeadlineRun, Deed, Entry, EntryMessage, PublicEntry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of
from kheo.web.public import gate
from tests.registers.books import did, photographed, shipped
from tests.registers.public import SIGNED
from tests.registers.test_attachments import photo
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db
WISH = {"tom_tat": "Đèn hẻm hỏng", "noi_dung": "Hỏng hai tuần.", "linh_vuc": "GIAOTHONG", "nguoi_gui_la": "business"}
HEAP = {"ten": "Chân cầu Số 3", "dia_chi": "Khu phố 2", "loai_rac": "SINHHOAT"}
CODE = re.compile(r'<code class="receipt-number follow-code">([0-9A-Z-]{19})</code>')
EVIL = "\"'><x-evil a=1>{{7*7}}</textarea></script>"
EVERYBODY = (None, "an", "hoa", "binh", "lan", "kien", "chi", "quan", "phuc")
FOLLOW = "/gop-y/theo-doi/"


@pytest.fixture
def world() -> Iterator[World]:
    cache.clear()
    with day(later()):
        yield small_world()
    cache.clear()


@pytest.fixture
def petitions(world: World, settings: LazySettings) -> Book:
    settings.PUBLIC_FORM = True
    return shipped("diem-o-nhiem", "phan-anh")


def ticket(client: Client, world: World, code: str = "phan-anh") -> str:
    page = client.get(f"/gop-y/{code}/?noi={world.units['G1']}").content.decode()
    found = re.search(r'name="phieu" value="([^"]+)"', page)
    assert found, page
    return found[1]


def send(client: Client, world: World, code: str = "phan-anh", **more: Any) -> Any:
    values = {"noi": world.units["G1"], "phieu": ticket(client, world, code), **(WISH if code == "phan-anh" else HEAP), **more}
    return client.post(f"/gop-y/{code}/", values)


def code_in(answer: Any) -> str:
    found = CODE.search(answer.content.decode())
    assert answer.status_code == 200
    assert found, text_of(answer.content)
    return found[1]


def followed(client: Client, code: str, **more: Any) -> Any:
    return client.post(FOLLOW, {"ma": code, **more})


# --- Whether it is there


ADDRESSES = ("/gop-y/", "/gop-y/phan-anh/", "/gop-y/diem-o-nhiem/", FOLLOW, "/gop-y/khieu-nai-to-cao/")


def test_off_it_is_not_there_for_anybody(world: World, settings: LazySettings) -> None:
    """And off is how an installation comes."""
    shipped("diem-o-nhiem", "phan-anh")
    assert settings.PUBLIC_FORM is False
    for who in EVERYBODY:
        client = enter(world, who) if who else Client()
        absent = client.get("/khong-co-trang-nay/")
        for address in ADDRESSES:
            for answer in (client.get(address), client.post(address, {"ma": "x", "noi": "1"})):
                assert (answer.status_code, answer.content) == (404, absent.content), (who, address)


def test_on_it_is_there_for_everybody_alike(world: World, petitions: Book) -> None:
    for who in EVERYBODY:
        client = enter(world, who) if who else Client()
        for address in ADDRESSES:
            assert client.get(address).status_code == 200, (who, address)


@pytest.mark.parametrize("code", ["mo-hinh", "don-thu", "doi-thoai", "khong-co"])
def test_a_register_that_takes_nothing_from_the_public_is_not_there(world: World, petitions: Book, code: str) -> None:
    if code != "khong-co":
        shipped(code)
    address = reverse("public_form", args=[code])
    absent = Client().get("/khong-co-trang-nay/").content
    for answer in (Client().get(address), Client().post(address, {"noi": world.units["G1"], **WISH})):
        assert (answer.status_code, answer.content) == (404, absent)
    assert not PublicEntry.objects.exists()
    assert code not in Client().get("/gop-y/").content.decode()


def test_the_start_says_what_is_taken_and_where_complaints_go(world: World, petitions: Book) -> None:
    page = text_of(Client().get("/gop-y/").content)
    for words in ("Gửi phản ánh, kiến nghị", "Báo điểm tồn đọng rác", "Xem bằng mã theo dõi", "Khiếu nại, tố cáo: xem nơi nhận", "113"):
        assert words in page
    assert "Luật Khiếu nại, Luật Tố cáo" in text_of(Client().get("/gop-y/khieu-nai-to-cao/").content)


# --- Sending


def test_a_place_is_found_by_its_name_typed_anyhow(world: World, petitions: Book) -> None:
    for typed in ("Công đoàn cơ sở Một", "cong doan co so mot", "MOT"):
        page = Client().get("/gop-y/phan-anh/", {"tim": typed}).content.decode()
        assert f'<a href="?noi={world.units["G1"]}">Công đoàn cơ sở Một</a>' in page, typed
    assert "Không có nơi nào tên “xyz”" in text_of(Client().get("/gop-y/phan-anh/", {"tim": "xyz"}).content)
    assert "Ban Dân vận" not in text_of(Client().get("/gop-y/phan-anh/", {"tim": "ban dan van"}).content).replace("“ban dan van”", "")
    for wrong in ("987654321", "-1", "x", world.units["BDV"]):
        assert "Bước 1 trong 2" in text_of(Client().get("/gop-y/phan-anh/", {"noi": wrong}).content)


def test_what_is_sent_gets_a_code_that_is_shown_once(world: World, petitions: Book) -> None:
    client = Client()
    answer = send(client, world)
    code, entry = code_in(answer), Entry.objects.get()
    assert (entry.title, entry.owner_id, entry.source, entry.subject_kind) == ("Đèn hẻm hỏng", world.units["G1"], "public", "business")
    assert texts_of(entry) == {"noi_dung": "Hỏng hai tuần."}
    assert "Giữ mã này ngay bây giờ" in text_of(answer.content)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    for page in (followed(client, code), client.get(FOLLOW), client.get("/gop-y/"), enter(world, "an").get(f"/so/ho-so/{entry.pk}/")):
        assert CODE.search(page.content.decode()) is None
    assert client.session.keys() == set()


def test_the_same_form_sent_again_is_the_same_entry_and_code(world: World, petitions: Book) -> None:
    """A double press, a reload, an answer that was lost on the way."""
    client = Client()
    sent = {"noi": world.units["G1"], "phieu": ticket(client, world), **WISH}
    first, second = client.post("/gop-y/phan-anh/", sent), client.post("/gop-y/phan-anh/", {**sent, "tom_tat": "Khác"})
    assert code_in(first) == code_in(second)
    assert "trùng với lần trước" in text_of(second.content)
    assert Entry.objects.get().title == "Đèn hẻm hỏng"
    assert code_in(send(client, world)) != code_in(first)


@pytest.mark.parametrize("made", ["", "x", "eyJ4IjoxfQ:1abc:zzz"])
def test_a_form_that_was_not_given_out_is_not_taken(world: World, petitions: Book, made: str) -> None:
    """Nobody makes up the secret that a code comes from; nothing that was typed is lost."""
    answer = send(Client(), world, phieu=made)
    assert answer.status_code == 409
    assert "quá một ngày" in text_of(answer.content)
    assert 'value="Đèn hẻm hỏng"' in answer.content.decode()
    fresh = re.search(r'name="phieu" value="([^"]+)"', answer.content.decode())
    assert fresh
    assert fresh[1] != made
    assert code_in(send(Client(), world, phieu=fresh[1]))


def test_a_form_left_open_for_more_than_a_day_is_asked_to_be_sent_again(
    world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = ticket(Client(), world)
    assert gate.code_of(kept) == gate.code_of(kept) != gate.code_of(ticket(Client(), world))
    monkeypatch.setattr(gate, "OPEN_FOR", -1)
    assert gate.code_of(kept) is None


def test_what_is_wrong_is_told_and_what_was_typed_stays(world: World, petitions: Book) -> None:
    answer = send(Client(), world, tom_tat="", noi_dung=EVIL, linh_vuc="KHONGCO")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "x-evil a=1" in page
    assert "<x-evil" not in page
    assert "Không có lựa chọn “KHONGCO”" in text_of(answer.content)
    assert not Entry.objects.exists()
    second = send(Client(), world, tom_tat="")
    assert 'href="#o-tom_tat"' in second.content.decode()


def test_hostile_words_are_words_on_every_page(world: World, petitions: Book) -> None:
    client = Client()
    code = code_in(send(client, world, tom_tat=EVIL, noi_dung=f"{EVIL}\x00\r\n\u202e"))
    entry = Entry.objects.get()
    assert entry.title == EVIL
    did(entry, "giao", world.person("an"), later(2), handler=world.units["G1"])
    did(entry, "hoi_them", world.person("an"), later(3), reason=EVIL)
    version = Entry.objects.get().version
    followed(client, code, viec="bo_sung", version=version, reason=EVIL)
    for page in (followed(client, code), enter(world, "an").get(f"/so/ho-so/{entry.pk}/"), client.get("/gop-y/phan-anh/", {"tim": EVIL})):
        assert "x-evil a=1" in page.content.decode()
        assert "<x-evil" not in page.content.decode()


def test_a_field_that_only_machines_fill_in_stops_the_sending(world: World, petitions: Book) -> None:
    answer = send(Client(), world, **{"trang-web": "http://spam"})
    assert answer.status_code == 409
    assert "Ô này phải để trống." in text_of(answer.content)
    assert not Entry.objects.exists()


def test_a_complaint_is_told_where_to_go_and_taken_only_as_what_it_is_not(world: World, petitions: Book) -> None:
    client = Client()
    assert "da-xem-lai" not in client.get(f"/gop-y/phan-anh/?noi={world.units['G1']}").content.decode()
    answer = send(client, world, noi_dung="Tôi tố cáo ông tổ trưởng")
    assert answer.status_code == 409
    assert "Khiếu nại, tố cáo không nhận ở đây" in text_of(answer.content)
    assert 'name="da-xem-lai"' in answer.content.decode()
    assert not Entry.objects.exists()
    assert code_in(send(client, world, noi_dung="Không phải tố cáo, chỉ hỏi", **{"da-xem-lai": "1"}))


def test_photographs_come_along_drawn_anew(world: World, petitions: Book) -> None:
    file = SimpleUploadedFile("a.jpg", photo(model="Nguyen Thi Lan"))
    assert code_in(send(Client(), world, "diem-o-nhiem", files=[file]))
    assert not any(b"Nguyen Thi Lan" in bytes(each) for each in Blob.objects.values_list("content", flat=True))
    refused = send(Client(), world, "diem-o-nhiem", files=[SimpleUploadedFile("b.jpg", b"x" * 100)])
    assert refused.status_code == 409
    assert "“b.jpg”" in text_of(refused.content)
    assert "chọn lại: trình duyệt không giữ" in text_of(refused.content)
    assert 'value="Chân cầu Số 3"' in refused.content.decode()
    assert Entry.objects.count() == 1


def test_too_much_is_refused_before_it_is_read(world: World, petitions: Book) -> None:
    long = send(Client(), world, noi_dung="x" * 4001)
    assert "Dài 4.001 ký tự; tối đa 4.000." in text_of(long.content)
    assert send(Client(), world, noi_dung="x" * 5_300_000).status_code in (400, 413)
    assert not Entry.objects.exists()


def test_a_post_without_its_token_is_refused(world: World, petitions: Book) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ("/gop-y/phan-anh/", FOLLOW):
        assert client.post(address, {"noi": world.units["G1"], **WISH}).status_code == 403
    assert not Entry.objects.exists()


def test_so_many_from_one_address_and_what_was_typed_stays(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "file", "2/h/ip")
    client = Client()
    for _ in range(2):
        assert send(client, world, tom_tat="").status_code == 409  # what is not taken in is not counted
        assert code_in(send(client, world))
    answer = send(client, world)
    assert answer.status_code == 429
    assert "Từ mạng này vừa có nhiều lượt gửi" in text_of(answer.content)
    assert 'value="Đèn hẻm hỏng"' in answer.content.decode()
    assert Entry.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert code_in(send(elsewhere, world))


def test_so_many_sendings_in_all(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "file-all", "2/h/key")
    answers = [send(Client(REMOTE_ADDR=f"203.0.113.{number}"), world).status_code for number in range(4)]
    assert answers == [200, 200, 429, 429]


# --- Coming back


def test_the_way_from_question_to_answer_to_content(world: World, petitions: Book) -> None:
    client, an = Client(), world.person("an")
    code = code_in(send(client, world))
    page = text_of(followed(client, code).content)
    assert "Đơn vị đã nhận, đang xem giao cho ai giải quyết." in page
    assert "Trả lời: Còn 5 ngày làm việc" in page
    entry = did(Entry.objects.get(), "giao", an, later(2), handler=world.units["G2"])
    entry = did(entry, "hoi_them", an, later(3), reason="Hẻm số mấy?")
    page = text_of(followed(client, code).content)
    for words in ("Công đoàn cơ sở Hai giải quyết", "Hẻm số mấy?", "Anh/chị trả lời", "Tạm dừng từ"):
        assert words in page
    assert "Nguyễn Thị An" not in page  # who works on it is not told
    empty = followed(client, code, viec="bo_sung", version=entry.version, reason="")
    assert empty.status_code == 409
    assert "Hãy viết vài lời." in text_of(empty.content)
    asked_back = followed(client, code, viec="bo_sung", version=entry.version, reason="Gọi 0912 345 678")
    assert "có số điện thoại" in text_of(asked_back.content)
    assert "Gọi 0912 345 678</textarea>" in asked_back.content.decode()
    told = followed(client, code, viec="bo_sung", version=entry.version, reason="Hẻm 12")
    assert "Đã ghi. Cảm ơn anh/chị." in text_of(told.content)
    entry = did(Entry.objects.get(), "tra_loi", world.person("hoa"), later(9), **SIGNED)
    page = text_of(followed(client, code).content)
    for words in ("Đèn đã được thay.", "Hài lòng", "Chưa hài lòng", "Chỉ anh/chị ghi được ý kiến này"):
        assert words in page
    done = text_of(followed(client, code, viec="hai_long", version=entry.version).content)
    assert "Đã xong: anh/chị hài lòng." in done
    assert "Ý kiến của anh/chị" not in done
    entry.refresh_from_db()
    assert (entry.state, entry.satisfaction) == ("hai_long", "HAILONG")


def test_notes_and_reasons_among_officers_are_never_shown(world: World, petitions: Book) -> None:
    client, an = Client(), world.person("an")
    code, entry = code_in(send(client, world)), Entry.objects.get()
    for kind, text in (("note", "Nội bộ: chờ điện lực"), ("reply", "Tuần sau sửa")):
        assert isinstance(write_words(entry.pk, kind, text, by=an, at=later(2)), Made)  # type: ignore[arg-type]  # one of the kinds
    did(entry, "giao", an, later(2), handler=world.units["G1"])
    did(entry, "chuyen", world.person("hoa"), later(3), reason="Không làm nổi", handler=world.units["G2"])
    page = text_of(followed(client, code).content)
    assert "Tuần sau sửa" in page
    for hidden in ("Nội bộ", "điện lực", "Không làm nổi", "Nguyễn Thị An", "Trần Thị Hoa", "Hỏng hai tuần"):
        assert hidden not in page


def test_a_wrong_code_opens_nothing_and_whoever_guesses_is_stopped(world: World, petitions: Book) -> None:
    code = code_in(send(Client(), world))
    guesser = Client()
    guesses = [spoken_code(bytes([number]) * 10) for number in range(20)]
    answers = [followed(guesser, each) for each in guesses]
    assert {each.status_code for each in answers} == {404}
    assert len({re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", each.content.decode()) for each in answers}) == 1
    assert followed(guesser, guesses[0]).status_code == 429
    assert followed(guesser, code).status_code == 429  # nor does a hit come through among the guesses
    assert followed(Client(REMOTE_ADDR="203.0.113.9"), code).status_code == 200


def test_a_true_code_is_not_counted(world: World, petitions: Book) -> None:
    client = Client()
    code = code_in(send(client, world))
    assert {followed(client, code).status_code for _ in range(25)} == {200}


def test_the_code_stands_in_no_address(world: World, petitions: Book) -> None:
    client = Client()
    code = code_in(send(client, world))
    page = followed(client, code).content.decode()
    assert not re.search(rf'(?:href|action)="[^"]*{code}', page)
    assert "Đèn hẻm hỏng" not in client.get(FOLLOW, {"ma": code}).content.decode()


def test_a_stale_press_is_told_and_says_of_many_are_slowed_down(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    code, entry = code_in(send(client, world)), Entry.objects.get()
    did(entry, "giao", world.person("an"), later(2), handler=world.units["G1"])
    did(entry, "tra_loi", world.person("hoa"), later(3), **SIGNED)
    assert followed(client, code, viec="hai_long", version=1).status_code == 409
    assert followed(client, code, viec="giao", version=Entry.objects.get().version).status_code == 409
    monkeypatch.setitem(gate.RATES, "say", "1/h/ip")
    cache.clear()
    assert followed(client, code, viec="viet-them", reason="Một").status_code == 200
    assert followed(client, code, viec="viet-them", reason="Hai").status_code == 409
    assert EntryMessage.objects.count() == 1
    assert Deed.objects.filter(entry=entry, act="asker_says").count() == 1


def test_a_get_changes_nothing_and_the_page_asks_as_often_however_long_the_story(world: World, petitions: Book) -> None:
    client = Client()
    code, entry = code_in(send(client, world)), Entry.objects.get()
    before = (Deed.objects.count(), Entry.objects.get().version)
    for address in ADDRESSES:
        client.get(address, {"ma": code, "viec": "viet-them", "reason": "x", **WISH})
    assert (Deed.objects.count(), Entry.objects.get().version) == before
    few = posts_of(client, code)
    for number in range(4):
        write_words(entry.pk, "reply", f"Trả lời {number}", by=world.person("an"), at=later(number))
    assert posts_of(client, code) == few <= 30
    assert queries_of(client, "/gop-y/") <= 6


def posts_of(client: Client, code: str) -> int:
    followed(client, code)
    with CaptureQueriesContext(connection) as captured:
        assert followed(client, code).status_code == 200
    return len(captured)


def test_a_reporter_is_told_from_which_day_the_check_can_be_confirmed(world: World, petitions: Book) -> None:
    client = Client()
    code = code_in(send(client, world, "diem-o-nhiem", vi_tri="10.776889, 106.700806"))
    entry = Entry.objects.get()
    did(entry, "xac_minh", world.person("binh"), later(2), values={"muc_do": "NHO"})
    for role, minute in (("before", 3), ("after", 4)):
        photographed(entry, role, later(minute), taken=later(minute))
    did(entry, "giai_toa", world.person("an"), later(5), values={"cach_xu_ly": "Dọn", "nguoi_tham_gia": 9})
    page = followed(client, code)
    due = DeadlineRun.objects.filter(entry=entry, clock="theo_doi", known_to=None).order_by("due_on")[0].due_on
    since = due - timedelta(days=7)
    assert f"“Tôi thấy nơi này vẫn sạch”: bấm được từ ngày {format_day(since)}." in text_of(page.content)
    assert 'value="kiem_lai"' not in page.content.decode()
    with day(later(days=30)):
        later_page = followed(client, code)
        assert 'value="kiem_lai"' in later_page.content.decode()
        done = followed(client, code, viec="kiem_lai", version=Entry.objects.get().version)
    assert "Đã dọn, đang được theo dõi." in text_of(done.content)
