"""One act on many entries: chosen, shown what would become of each, done each by itself, with a result per row."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.journal.models import JournalEntry
from kheo.registers.access import each_to_read
from kheo.registers.actions import AlreadyDone, Made, Move, Refused, act_on_many, try_on_many
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.definitions import Book
from kheo.web.registers import picking
from tests.registers.books import POINT, did, recorded, shipped
from tests.registers.entries import done, made
from tests.web.visits import enter, text_of
from tests.world import World, later

MANY = reverse("act_on_many", args=["so-nho"])


def pick(*entries: Entry) -> list[str]:
    found = Entry.objects.in_bulk([each.pk for each in entries])
    return [f"{each.pk}.{found[each.pk].version}" for each in entries]


def press(world: World, who: str, **sent: object) -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(MANY, {"dong-y" if key == "dong_y" else key: value for key, value in sent.items()})
    return answer


def hidden(page: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]


@pytest.fixture
def sent(world: World, small_book: Book) -> list[Entry]:
    return [done(made(small_book, world, ten=f"Việc {number}"), "gui", world.person("an"), later()) for number in range(3)]


def test_acts_are_those_that_at_least_one_of_the_chosen_allows(world: World, small_book: Book, sent: list[Entry]) -> None:
    draft = made(small_book, world, ten="Còn nháp")
    page = text_of(press(world, "binh", pick=pick(*sent, draft)).content)
    assert "Làm gì với 4 hồ sơ đã chọn?" in page
    assert "Hỏi lại… có thể với 3 trong 4" in page
    assert "Làm riêng từng hồ sơ: Gia hạn." in page
    assert "Gửi…" not in page
    own = text_of(press(world, "hoa", pick=pick(*sent, draft)).content)
    assert "Gửi… có thể với 1 trong 4" in own
    assert "Hủy… có thể với cả 4" in own
    assert "Không có việc nào anh/chị làm được" in text_of(press(world, "kien", pick=pick(*sent)).content)
    assert "Chưa chọn hồ sơ nào" in text_of(press(world, "binh").content)


def test_entries_of_others_are_not_there(world: World, sent: list[Entry]) -> None:
    page = text_of(press(world, "dung", pick=pick(*sent)).content)
    assert "3 hồ sơ" in page
    assert "0 hồ sơ" in text_of(press(world, "quan", pick=pick(*sent)).content) or press(world, "quan", pick=pick(*sent)).status_code == 404
    outcome = press(world, "chi", pick=pick(*sent), viec="huy", dong_y="1", reason="x")
    assert "Việc 0" not in text_of(outcome.content) or "is-bad" in outcome.content.decode()
    assert set(Entry.objects.values_list("state", flat=True)) == {"da_gui"}


def test_what_will_become_of_which_is_shown_before_and_nothing_is_done(world: World, small_book: Book, sent: list[Entry]) -> None:
    draft = made(small_book, world, ten="Còn nháp")
    page = press(world, "binh", pick=pick(*sent, draft), viec="duyet")
    words = text_of(page.content)
    assert "Duyệt: 3 hồ sơ?" in words
    assert "1 hồ sơ đã chọn sẽ để lại Đang ở “Nháp”: không “Duyệt” được." in words
    assert "Đã gửi → Đã xong 3 hồ sơ : Việc 0" in words
    assert "3 hồ sơ chưa có" in words
    assert hidden(page, "chon") == " ".join(pick(*sent))
    assert Entry.objects.filter(state="da_gui").count() == 3


def test_done_once_for_all_each_by_itself_with_its_own_journal(world: World, sent: list[Entry]) -> None:
    before = JournalEntry.objects.count()
    page = press(world, "binh", chon=" ".join(pick(*sent)), viec="duyet", dong_y="1", ket_qua="7")
    assert "Duyệt: xong 3 hồ sơ" in text_of(page.content)
    assert {(each.state, each.extra["ket_qua"]) for each in Entry.objects.all()} == {("xong", 7)}
    assert JournalEntry.objects.count() == before + 3
    assert Deed.objects.filter(act="duyet", who="Lê Văn Bình").count() == 3
    assert page.content.decode().count('href="/so/ho-so/') == 3


def test_a_reason_is_asked_once_and_missed_once(world: World, sent: list[Entry]) -> None:
    page = press(world, "binh", chon=" ".join(pick(*sent)), viec="hoi_lai", dong_y="1", reason=" ")
    assert page.status_code == 409
    assert 'href="#o-reason"' in page.content.decode()
    assert "Cần ghi lý do." in text_of(page.content)
    press(world, "binh", chon=hidden(page, "chon"), viec="hoi_lai", dong_y="1", reason="Thiếu ảnh")
    assert list(Deed.objects.filter(act="hoi_lai").values_list("reason", flat=True)) == ["Thiếu ảnh"] * 3


def test_what_changed_meanwhile_is_refused_and_holds_up_no_other(world: World, sent: list[Entry]) -> None:
    picks = " ".join(pick(*sent))
    done(sent[1], "hoi_lai", world.person("bich"), later(days=1), reason="x")
    page = text_of(press(world, "binh", chon=picks, viec="bac", dong_y="1", reason="Không đúng").content)
    assert "Không duyệt: xong 2 trong 3 hồ sơ" in page
    assert "Hồ sơ đã thay đổi từ khi anh/chị mở trang này." in page
    assert sorted(Entry.objects.values_list("state", flat=True)) == ["cho", "khong_dat", "khong_dat"]


def test_a_second_press_does_nothing_twice(world: World, sent: list[Entry]) -> None:
    picks = " ".join(pick(*sent))
    for _ in range(2):
        page = press(world, "binh", chon=picks, viec="hoi_lai", dong_y="1", reason="Thiếu")
    assert text_of(page.content).count("đã làm từ trước") == 3
    assert Deed.objects.filter(act="hoi_lai").count() == 3
    # The same act by somebody else is no second press.
    other = text_of(press(world, "bich", chon=picks, viec="hoi_lai", dong_y="1", reason="Thiếu").content)
    assert "đã làm từ trước" not in other
    assert "Hồ sơ đã thay đổi" in other


def test_an_empty_box_leaves_what_each_entry_holds(world: World, small_book: Book) -> None:
    two = [made(small_book, world, ten=f"Việc {number}") for number in range(2)]
    for entry, kept in zip(two, (5, None), strict=True):
        done(entry, "gui", world.person("an"), later())
        if kept:
            Entry.objects.filter(pk=entry.pk).update(extra={**entry.extra, "ket_qua": kept})
    page = text_of(press(world, "binh", chon=" ".join(pick(*two)), viec="duyet", dong_y="1", ket_qua="").content)
    assert "xong 1 trong 2" in page
    assert "Chưa điền “Kết quả”." in page
    assert Entry.objects.get(pk=two[0].pk).extra["ket_qua"] == 5


def test_the_whole_list_is_chosen_through_its_filters(world: World, small_book: Book, sent: list[Entry]) -> None:
    made(small_book, world, ten="Khác", loai="MH", cach_lam="x")
    page = press(world, "binh", ca="1", loc="loai=CT&trang=9")
    assert "Làm gì với 3 hồ sơ đã chọn?" in text_of(page.content)
    assert hidden(page, "chon").split() == list(reversed(pick(*sent)))


def test_so_many_of_a_list_and_the_rest_is_told(world: World, sent: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
    from kheo.web.registers import many

    monkeypatch.setattr(picking, "MOST_PICKED", 2)
    monkeypatch.setattr(many, "MOST_PICKED", 2)
    monkeypatch.setattr(many, "MOST_DONE", 1)
    page = press(world, "binh", ca="1", loc="")
    assert "Mỗi lần chọn tối đa 2 hồ sơ" in text_of(page.content)
    first = press(world, "binh", chon=hidden(page, "chon"), viec="hoi_lai", dong_y="1", reason="Thiếu")
    assert "còn 1 hồ sơ chưa làm" in text_of(first.content)
    assert (hidden(first, "reason"), len(hidden(first, "chon").split())) == ("Thiếu", 1)
    assert len(sent) == 3


def test_the_preview_costs_the_same_for_one_and_for_many_and_each_row_the_same(world: World, small_book: Book) -> None:
    rows = [done(made(small_book, world, ten=f"Việc {number}"), "gui", world.person("an"), later()) for number in range(8)]
    client = enter(world, "binh")
    client.post(MANY, {"pick": pick(rows[0]), "viec": "duyet"})
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as captured:
            client.post(MANY, {"pick": pick(*some), "viec": "duyet"})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 26
    by, at = world.person("binh", later(days=1)), later(days=1)
    costs = []
    for some in (rows[:1], rows[1:3], rows[3:7]):
        with CaptureQueriesContext(connection) as captured:
            act_on_many([(each.pk, each.version) for each in some], Move("duyet", 0, {"ket_qua": 1}), by=by, at=at)
        costs.append(len(captured) / len(some))
    assert costs[0] == costs[1] == costs[2] <= 45


def test_the_preview_says_what_the_act_then_says(world: World, small_book: Book) -> None:
    """For every state and act of the register: what is shown as possible is done, what is shown as impossible is refused."""
    entries = [
        made(small_book, world, ten="Nháp"),
        made(small_book, world, ten="Thiếu", loai="MH"),
        done(made(small_book, world, ten="Gửi"), "gui", world.person("an"), later()),
        done(
            done(made(small_book, world, ten="Chờ"), "gui", world.person("an"), later()),
            "hoi_lai",
            world.person("binh"),
            later(),
            reason="x",
        ),
    ]
    at, seen = later(days=1), 0
    for who in ("an", "hoa", "binh", "chi", "lan"):
        by = world.person(who, at)
        for act in ("gui", "bo_sung", "hoi_lai", "bac", "huy", "duyet", "lam"):
            reason = "" if act in ("gui", "bo_sung", "duyet") else "x"
            wanted = Move(act, 0, {"ket_qua": 1} if act == "duyet" else {}, reason=reason)
            for entry in entries:
                reached = list(each_to_read(by, [entry.pk]).values())
                versions = {entry.pk: Entry.objects.get(pk=entry.pk).version}
                shown = [bool(each.refused) for each in try_on_many(reached, versions, wanted, today=at.date())]
                with connection.cursor() as cursor:
                    cursor.execute("SAVEPOINT before_the_act")
                    outcomes = act_on_many([(entry.pk, versions[entry.pk])], wanted, by=by, at=at)
                    cursor.execute("ROLLBACK TO SAVEPOINT before_the_act")
                assert shown == [isinstance(each, Refused) for _, each in outcomes], (who, act, entry.title)
                seen += sum(isinstance(each, Made) for _, each in outcomes)
                assert not any(isinstance(each, AlreadyDone) for _, each in outcomes)
    assert seen > 5


def test_boxes_are_offered_only_to_who_can_do_anything(world: World, sent: list[Entry]) -> None:
    address = reverse("entries", args=["so-nho"])
    assert 'name="pick"' in enter(world, "binh").get(address).content.decode()
    board = enter(world, "binh").get(reverse("entries_board", args=["so-nho"])).content.decode()
    assert all(f'value="{value}"' in board for value in pick(*sent))
    assert 'name="pick"' not in enter(world, "kien").get(reverse("entries_board", args=["so-nho"])).content.decode()
    assert 'name="pick"' not in enter(world, "kien").get(address).content.decode()
    assert len(sent) == 3


def test_the_act_that_strikes_out_comes_after_those_that_go_on(world: World) -> None:
    entry = did(
        recorded(shipped("diem-o-nhiem"), world, POINT),
        "xac_minh",
        world.person("binh"),
        later(1),
        values={"muc_do": "NHO", "nguoi_bao": "DONVI"},
    )
    picked = {"pick": [f"{entry.pk}.{entry.version}"]}
    page = text_of(enter(world, "binh").post(reverse("act_on_many", args=["diem-o-nhiem"]), picked).content)
    assert page.index("Giao xử lý…") < page.index("Không phải điểm ô nhiễm…")
