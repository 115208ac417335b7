"""What waits for whom, a register by steps, what leaves it as a file, and the wall."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Made, link_entries, publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from tests.registers.entries import done, made
from tests.web.visits import enter, queries_of, text_of
from tests.world import FILES, OPENING, World, later


def queue_of(world: World, who: str) -> str:
    return text_of(enter(world, who).get(reverse("register_queue")).content)


def sent(world: World, small_book: Book, **values: str) -> Entry:
    return done(made(small_book, world, **values), "gui", world.person("an"), later())


def content(answer: HttpResponse) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_work_moves_from_desk_to_desk(world: World, small_book: Book) -> None:
    entry = made(small_book, world, ten="Vườn rau")
    for who, waits in (("an", True), ("hoa", True), ("binh", False), ("lan", False), ("chi", False), ("kien", False)):
        assert ("Vườn rau" in queue_of(world, who)) is waits, who
    done(entry, "gui", world.person("an"), later())
    for who, waits in (("an", False), ("hoa", False), ("binh", True), ("lan", False), ("chi", False), ("kien", False)):
        assert ("Vườn rau" in queue_of(world, who)) is waits, who
    done(entry, "hoi_lai", world.person("binh"), later(), reason="Thiếu")
    assert "Không còn việc nào chờ anh/chị" in queue_of(world, "binh")
    done(entry, "bo_sung", world.person("an"), later())
    done(entry, "duyet", world.person("binh"), later(), ket_qua=3)
    for who in ("an", "binh"):
        assert "Không còn việc nào chờ anh/chị" in queue_of(world, who)


def test_the_work_in_registers_is_one_line_of_my_work(world: World, small_book: Book) -> None:
    assert "Việc trong các sổ" not in text_of(enter(world, "binh").get("/").content)
    sent(world, small_book, ten="Một")
    sent(world, small_book, ten="Hai")
    Entry.objects.filter(title="Hai").update(due_on=later(days=-1).date())
    page = text_of(enter(world, "binh").get("/").content)
    assert "Việc trong các sổ Sổ nhỏ 2 2 chờ xử lý 1 quá hạn" in page
    assert page.count("Việc trong các sổ") == 1


def test_what_is_overdue_stands_first(world: World, small_book: Book) -> None:
    sent(world, small_book, ten="Sau")
    sent(world, small_book, ten="Trước")
    Entry.objects.filter(title="Trước").update(due_on=later(days=-1).date())
    page = queue_of(world, "binh")
    assert page.index("Trước SN-") < page.index("Sau SN-")


def test_the_queue_costs_the_same_queries_with_one_entry_and_with_many(world: World, small_book: Book) -> None:
    sent(world, small_book)
    client, address = enter(world, "binh"), reverse("register_queue")
    one = queries_of(client, address)
    for number in range(4):
        sent(world, small_book, ten=f"Việc {number}")
    assert queries_of(client, address) == one


def test_a_board_has_a_column_for_each_step_with_its_count(world: World, small_book: Book) -> None:
    for number in range(12):
        made(small_book, world, ten=f"Nháp số {number}")
    sent(world, small_book, ten="Đã lên trên")
    done(made(small_book, world, ten="Bỏ đi"), "huy", world.person("hoa"), later(), reason="x")
    page = text_of(enter(world, "an").get(reverse("entries_board", args=["so-nho"])).content)
    assert "Nháp 12" in page
    assert "Xem cả 12" in page
    assert "Đã gửi 1 Đã lên trên" in page
    assert "Bỏ đi" not in page
    assert page.count("Nháp số") == 10
    assert "Chưa có hồ sơ nào ở: Chờ bổ sung, Đã xong, Không đạt." in page


def test_a_register_without_this_face_has_no_board(world: World) -> None:
    without = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("faces: [list, board, map, queue]", "faces: [list]")
    assert publish_register(without, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    assert enter(world, "an").get(reverse("entries_board", args=["so-nho"])).status_code == 404
    assert "Xem theo bước" not in text_of(enter(world, "an").get(reverse("entries", args=["so-nho"])).content)


WALLED = (FILES / "so-che.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("who", "sees"), [("an", True), ("hoa", True), ("binh", False), ("lan", False), ("kien", False), ("chi", False)])
def test_single_entries_behind_the_wall_are_read_at_their_own_unit_alone(world: World, who: str, sees: bool) -> None:
    assert publish_register(WALLED, "so-che.yaml", by=SYSTEM, at=OPENING).problems == ()
    kept = book("so-che")
    assert kept is not None
    answer = enter(world, "an").post(reverse("new_entry", args=["so-che"]), {"ngay": "01/04/2023", "so_nguoi": "3"})
    assert answer.status_code == 302
    entry = Entry.objects.get()
    listed = enter(world, who).get(reverse("entries", args=["so-che"]))
    exported = content(enter(world, who).get(reverse("export_entries", args=["so-che", "so.csv"]))).decode()
    home = text_of(enter(world, who).get(reverse("registers")).content)
    assert (entry.code in text_of(listed.content)) is sees
    assert (entry.code in exported) is sees
    assert ("Sổ che 1 vụ" in home) is sees
    assert (enter(world, who).get(reverse("entry", args=[entry.pk])).status_code == 200) is sees


def test_an_entry_behind_the_wall_is_told_by_its_code_alone_where_it_is_linked(world: World) -> None:
    small = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("to: so-nho, other_unit: true", "to: so-che")
    for text in (WALLED, small):
        assert publish_register(text, "so.yaml", by=SYSTEM, at=OPENING).problems == ()
    enter(world, "an").post(reverse("new_entry", args=["so-che"]), {"ngay": "01/04/2023", "so_nguoi": "3"})
    behind, kept = Entry.objects.get(), book("so-nho")
    assert kept is not None
    entry = made(kept, world)
    assert isinstance(link_entries(entry.pk, "hoc_theo", behind.code, on=OPENING.date(), by=world.person("an"), at=later(1)), Made)
    for who in ("an", "binh", "lan"):
        page = text_of(enter(world, who).get(reverse("entry", args=[entry.pk])).content)
        assert f"Hồ sơ {behind.code}" in page
        assert "Vụ ngày" not in page
