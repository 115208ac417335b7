"""What a code opens, what its holder presses, and when it opens nothing."""

import re
from datetime import timedelta

import pytest
import yaml
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kheo.core.days import format_day
from kheo.core.spoken_codes import spoken_code
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Made, publish_register, write_words
from kheo.registers.models import DeadlineRun, Deed, Entry, EntryMessage
from kheo.registers.queries.definitions import Book
from kheo.web.public import gate
from tests.registers.books import CAMPAIGNS, did, photographed
from tests.registers.public import SIGNED
from tests.web.public.sending import ADDRESSES, FOLLOW, WISH, code_in, followed, send
from tests.web.visits import day, queries_of, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db


def published_without_form(code: str) -> None:
    """The next edition of a shipped register, which takes nothing from the public."""
    source = yaml.safe_load((CAMPAIGNS / "registers" / f"{code}.yaml").read_text(encoding="utf-8"))
    text = yaml.safe_dump({key: value for key, value in source.items() if key != "from_public"}, allow_unicode=True)
    assert publish_register(text, f"{code}.yaml", by=SYSTEM, at=later(1)).problems == ()


def test_whoever_has_a_code_follows_to_the_end_though_the_register_takes_nothing_more(world: World, petitions: Book) -> None:
    client = Client()
    code = code_in(send(client, world))
    published_without_form("phan-anh")
    assert client.get("/gop-y/phan-anh/").status_code == 404
    entry = did(Entry.objects.get(), "giao", world.person("an"), later(2), handler=world.units["G1"])
    entry = did(entry, "tra_loi", world.person("hoa"), later(4), **SIGNED)
    assert "Đèn đã được thay." in text_of(followed(client, code).content)
    done = followed(client, code, viec="hai_long", version=entry.version)
    assert "Đã xong: anh/chị hài lòng." in text_of(done.content)


def test_behind_a_wall_a_code_says_whom_to_ask_and_nothing_of_the_entry(
    world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is not counted as a guess: it is a true code."""
    client = Client()
    code = code_in(send(client, world))
    walled = property(lambda found: found.definition.model_copy(update={"walled": True}))
    monkeypatch.setattr(Book, "newest_definition", walled)
    for more in ({}, {"viec": "hai_long", "version": 1}, {"viec": "viet-them", "reason": "x"}):
        answer = followed(client, code, **more)
        told = text_of(answer.content)
        assert answer.status_code == 404
        assert "sổ này nay chỉ giữ con số nên không xem qua mã được nữa" in told
        assert "hãy hỏi Công đoàn cơ sở Một" in told
        for hidden in ("Đèn hẻm hỏng", "PA-2023", "Đơn vị đã nhận"):
            assert hidden not in told
    assert {followed(client, code).status_code for _ in range(25)} == {404}
    assert Entry.objects.get().version == 1


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


def test_what_a_code_opens_is_kept_by_no_browser_and_no_engine(world: World, petitions: Book) -> None:
    client = Client()
    code = code_in(send(client, world))
    for answer in (client.get(FOLLOW), followed(client, code), followed(client, "0000-0000-0000-0000")):
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


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
