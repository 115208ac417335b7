"""The page for filing in the field, without a script, and what a telephone sends later."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Entry, EntryAttachment, EntrySending
from kheo.registers.queries.definitions import Book
from tests.registers.test_attachments import MORNING, photo
from tests.web.visits import enter, queries_of, text_of
from tests.world import FILES, World, later

pytestmark = pytest.mark.django_db

PAGE, SEND = "file_quickly", "send_filed"
SEEN = {"vi_tri": "10.776900, 106.700900", "loai": "CT", "dip": ["NS"], "dien_tich": "12,5"}


def sent(client: Client, world: World, name: str = SEND, *, who: str = "an", picture: bytes | None = None, **fields: Any) -> Any:
    told = {"ma-may": uuid.uuid4(), "cua-ai": world.users[who].pk, "truoc-day": "0", "don_vi": world.units["G1"], **SEEN}
    told |= {key.replace("__", "-"): value for key, value in fields.items()}
    if picture is not None:
        told["anh-chup"] = SimpleUploadedFile("a.jpg", picture)
    return client.post(reverse(name, args=["so-nho"]), told)


def test_without_a_script_the_page_files_at_once(world: World, small_book: Book) -> None:
    an = enter(world, "an")
    page = text_of(an.get(reverse(PAGE, args=["so-nho"])).content)
    assert "Ghi hồ sơ tại chỗ" in page
    assert "Ngày ghi: 02/04/2023." in page
    answer = sent(an, world, PAGE, picture=photo(taken=MORNING))
    entry = Entry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("entry", args=[entry.pk]))
    assert (entry.title, entry.latitude, entry.extra["dip"]) == ("Công trình, 12,50 m²", 10_776_900, ["NS"])
    assert EntryAttachment.objects.get().entry_id == entry.pk
    assert "Đã ghi hồ sơ SN-2023-0001." in text_of(an.get(answer["Location"]).content)


def test_what_is_refused_without_a_script_comes_back_as_it_was_typed(world: World, small_book: Book) -> None:
    an, key = enter(world, "an"), uuid.uuid4()
    answer = sent(an, world, PAGE, dien_tich="một", vi_tri="ở kia", ma__may=key)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="một"' in page
    assert 'value="ở kia"' in page
    assert f'name="ma-may" value="{key}"' in page  # sent again it is the same item
    assert "“ở kia” không phải là vị trí" in page
    assert not Entry.objects.exists()


def test_a_telephone_is_told_the_code_and_the_address_and_told_the_same_again(world: World, small_book: Book) -> None:
    an, key = enter(world, "an"), uuid.uuid4()
    first = sent(an, world, picture=photo(), ma__may=key, truoc__day="60000")
    entry = Entry.objects.get()
    assert (first.status_code, first.json()) == (
        200,
        {
            "state": "sent",
            "code": "SN-2023-0001",
            "title": "Công trình, 12,50 m²",
            "url": reverse("entry", args=[entry.pk]),
            "is_same": True,
            "notes": [],
        },
    )
    assert sent(an, world, picture=photo(), ma__may=key, truoc__day="120000").json() == first.json()
    mended = sent(an, world, picture=photo(), ma__may=key, dien_tich="13").json()
    assert (mended["code"], mended["is_same"]) == ("SN-2023-0001", False)
    assert mended["notes"] == ["Lần gửi trước đã tới, với nội dung trước khi anh/chị sửa. Hãy mở hồ sơ và sửa nốt ở đó."]
    told = EntrySending.objects.get()
    assert told.said_at == told.entry.created_at - timedelta(minutes=1)


def test_a_telephone_is_told_everything_that_must_be_mended_at_once(world: World, small_book: Book) -> None:
    answer = sent(enter(world, "an"), world, picture=b"no picture", loai="XX", dien_tich="một")
    problems = {each["key"]: each["message"] for each in answer.json()["problems"]}
    assert (answer.status_code, answer.json()["state"]) == (409, "refused")
    # That the title is missing which is put together from the two is not told of them.
    assert {key: said for key, said in problems.items() if "Tên" in said} == {}
    assert set(problems) == {"loai", "dien_tich", "anh-chup"}
    answer = sent(enter(world, "an"), world, picture=b"no picture")
    assert [each["key"] for each in answer.json()["problems"]] == ["anh-chup"]
    assert not Entry.objects.exists()


def test_what_somebody_else_filed_on_the_same_telephone_is_not_sent_in_another_name(world: World, small_book: Book) -> None:
    answer = sent(enter(world, "hoa"), world, who="an")
    assert (answer.status_code, answer.json()["state"]) == (409, "stranger")
    assert "tài khoản khác" in answer.json()["message"]
    assert not Entry.objects.exists()
    assert sent(enter(world, "hoa"), world, who="hoa").json()["state"] == "sent"


def test_what_the_register_asks_no_more_is_named_and_not_dropped(world: World, small_book: Book) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("fields: [loai, dip, dien_tich]", "fields: [loai, dien_tich]")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(days=1)).problems == ()
    answer = sent(enter(world, "an"), world).json()
    assert answer["state"] == "refused"
    assert [each["message"] for each in answer["problems"]] == ["Sổ không hỏi “Dịp” ở đây nữa. Mở mục này để xem đã ghi gì, rồi gửi lại."]
    assert not Entry.objects.exists()
    assert sent(enter(world, "an"), world, dip=[]).json()["state"] == "sent"


def test_a_unit_that_one_does_not_write_for_is_told_and_an_item_without_a_key_is_broken(world: World, small_book: Book) -> None:
    an = enter(world, "an")
    assert [each["key"] for each in sent(an, world, don_vi=world.units["G2"]).json()["problems"]] == ["don_vi"]
    assert sent(an, world, ma__may="abc").json()["message"] == "Mục này hỏng trên máy; hãy ghi lại thành mục mới."
    assert not Entry.objects.exists()


@pytest.mark.parametrize("age", ["-5", "", "nhiều", "9" * 17, str(400 * 24 * 3600 * 1000)])
def test_an_age_that_cannot_be_gives_the_day_of_arrival_and_says_so(world: World, small_book: Book, age: str) -> None:
    answer = sent(enter(world, "an"), world, truoc__day=age).json()
    assert answer["notes"] == ["Giờ của điện thoại đã bị đổi, nên ngày ghi là ngày gửi tới. Nếu không đúng, hãy sửa trong hồ sơ."]
    entry = Entry.objects.get()
    assert entry.occurred_on == entry.registered_on


def test_the_page_is_light_and_asks_for_the_place_alone(world: World, small_book: Book) -> None:
    an = enter(world, "an")
    answer = an.get(reverse(PAGE, args=["so-nho"]))
    assert answer["Permissions-Policy"] == ("camera=(), display-capture=(), geolocation=(self), microphone=(), payment=(), usb=()")
    assert len(answer.content) < 150_000
    text = answer.content.decode()
    assert 'capture="environment"' in text
    assert "<script src" not in text  # the map comes when it is opened
    before = queries_of(an, reverse(PAGE, args=["so-nho"]))
    for _ in range(3):
        sent(an, world)
    assert queries_of(an, reverse(PAGE, args=["so-nho"])) == before


def test_lists_lead_to_the_page_only_those_who_write_there(world: World, small_book: Book) -> None:
    link = reverse(PAGE, args=["so-nho"])
    for who, there in (("an", True), ("binh", False)):
        for name, args in (("entries", ["so-nho"]), ("registers", [])):
            assert (link in enter(world, who).get(reverse(name, args=args)).content.decode()) is there


def test_the_entry_tells_when_it_was_filed_and_when_it_came(world: World, small_book: Book) -> None:
    an = enter(world, "an")
    url = sent(an, world, truoc__day=str(26 * 3600 * 1000)).json()["url"]
    page = text_of(an.get(url).content)
    assert "Ghi tại chỗ bằng điện thoại lúc 07:00 01/04/2023, gửi tới lúc 09:00 02/04/2023." in page
    unknown = text_of(an.get(sent(an, world, truoc__day="-1").json()["url"]).content)
    assert "Ghi tại chỗ bằng điện thoại (không rõ lúc nào: giờ của điện thoại đã bị đổi), gửi tới lúc" in unknown


@pytest.mark.parametrize(
    ("source", "words"), [("phone", "Ghi tại chỗ bằng điện thoại"), ("import", "Nhập từ tệp"), ("api", "Chương trình gửi tới"), ("web", "")]
)
def test_the_head_of_an_entry_says_by_which_way_it_came(world: World, small_book: Book, source: str, words: str) -> None:
    """What was written at a desk says nothing."""
    an = enter(world, "an")
    url = sent(an, world).json()["url"]
    Entry.objects.update(source=source)
    heads = re.findall(r'<p class="facts">.*?</p>', an.get(url).content.decode(), re.DOTALL)
    ways = {each for each in ("Ghi tại chỗ bằng điện thoại", "Nhập từ tệp", "Chương trình gửi tới") if each in heads[0]}
    assert ways == ({words} if words else set())


def test_what_is_sent_without_its_token_is_refused_and_stays_on_the_telephone(world: World, small_book: Book) -> None:
    """The telephone keeps what it is answered 403 to: another site cannot file in somebody's name, and an old page loses nothing."""
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(world.users["an"])
    for name in (PAGE, SEND):
        assert sent(stranger, world, name).status_code == 403
    assert not Entry.objects.exists()
