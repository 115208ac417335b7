"""The public pages: there only where the installation says so, for everybody alike; what is sent, what is shown once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kheo.files.models import Blob
from kheo.registers.models import Entry, PublicEntry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of
from kheo.web.public import gate
from tests.registers.books import did, shipped
from tests.registers.test_attachments import photo
from tests.web.public.sending import ADDRESSES, CODE, EVERYBODY, EVIL, FOLLOW, WISH, code_in, followed, send, ticket
from tests.web.visits import day, enter, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db


# --- Whether it is there


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
    first, second = client.post("/gop-y/phan-anh/", sent), client.post("/gop-y/phan-anh/", sent)
    assert code_in(first) == code_in(second)
    assert "trùng với lần trước" in text_of(second.content)
    assert Entry.objects.get().title == "Đèn hẻm hỏng"
    assert code_in(send(client, world)) != code_in(first)


@pytest.mark.parametrize(
    "other",
    [
        {"tom_tat": "Khác"},
        {"noi": "G2"},
        {"noi_dung": "Hỏng hai tuần. "},
        {"nguoi_gui_la": "citizen"},
    ],
)
def test_other_words_under_a_form_that_was_sent_are_kept_and_see_nothing_of_the_first(
    world: World, petitions: Book, other: dict[str, Any]
) -> None:
    """On a shared machine somebody goes back to the form of whoever sat there before; or whoever sent it mends a word."""
    client = Client()
    sent = {"noi": world.units["G1"], "phieu": ticket(client, world), **WISH}
    first = code_in(client.post("/gop-y/phan-anh/", sent))
    more = {key: world.units[value] if key == "noi" else value for key, value in other.items()}
    answer = client.post("/gop-y/phan-anh/", {**sent, **more})
    if "noi_dung" in other:  # a blank at the end is no other word
        assert code_in(answer) == first
        return
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Trang này đã gửi đi một lần rồi, với lời khác" in page
    assert first not in page
    assert f'value="{more.get("tom_tat", "Đèn hẻm hỏng")}"' in page
    fresh = re.search(r'name="phieu" value="([^"]+)"', page)
    assert fresh
    assert fresh[1] != sent["phieu"]
    again = client.post("/gop-y/phan-anh/", {**sent, **more, "phieu": fresh[1]})
    assert code_in(again) != first
    assert Entry.objects.count() == 2


def test_other_words_are_an_entry_with_a_code_of_their_own_though_the_cache_forgot_the_first(world: World, petitions: Book) -> None:
    client = Client()
    sent = {"noi": world.units["G1"], "phieu": ticket(client, world), **WISH}
    first = code_in(client.post("/gop-y/phan-anh/", sent))
    cache.clear()
    assert code_in(client.post("/gop-y/phan-anh/", {**sent, "tom_tat": "Khác"})) != first
    assert {each.title for each in Entry.objects.all()} == {"Đèn hẻm hỏng", "Khác"}


def test_the_code_is_shown_again_for_a_quarter_of_an_hour_and_no_longer(world: World, petitions: Book) -> None:
    """An answer is lost at once or never; a page that the browser offers to send again lies there for whoever sits down next."""
    client = Client()
    sent = {"noi": world.units["G1"], "phieu": ticket(client, world), **WISH}
    code = code_in(client.post("/gop-y/phan-anh/", sent))
    with day(later() + timedelta(minutes=14)):
        assert code_in(client.post("/gop-y/phan-anh/", sent)) == code
    with day(later() + timedelta(minutes=16)):
        late = client.post("/gop-y/phan-anh/", sent)
    assert late.status_code == 200
    assert code not in late.content.decode()
    assert "Mã theo dõi không hiện lại nữa." in text_of(late.content)
    assert Entry.objects.count() == 1


def test_a_form_is_kept_by_no_browser_and_filled_in_from_no_memory(world: World, petitions: Book) -> None:
    page = Client().get(f"/gop-y/phan-anh/?noi={world.units['G1']}")
    assert "no-store" in page["Cache-Control"]
    assert re.search(r'<form method="post"[^>]*autocomplete="off"', page.content.decode())


def test_a_place_that_ended_while_somebody_wrote_loses_nothing_of_what_was_written(world: World, petitions: Book) -> None:
    answer = send(Client(), world, noi="987654321")
    assert answer.status_code == 409
    assert "Nơi đã chọn không còn nhận." in text_of(answer.content)
    assert 'value="Đèn hẻm hỏng"' in answer.content.decode()
    assert not Entry.objects.exists()


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
    assert gate.code_of(kept, "x") == gate.code_of(kept, "x") != gate.code_of(ticket(Client(), world), "x")
    assert gate.code_of(kept, "y") != gate.code_of(kept, "x")
    assert gate.is_ticket(kept)
    monkeypatch.setattr(gate, "OPEN_FOR", -1)
    assert not gate.is_ticket(kept)


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
