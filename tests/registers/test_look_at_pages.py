"""Pages whose addresses entries hold are looked at when their time comes; what is told of a link on a day stays."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kheo.core.definition.records import CountingRule
from kheo.core.registers.looking import Seen, Verdict
from kheo.notices.models import Notice
from kheo.registers.actions import Made, edit_entry
from kheo.registers.actions.looking import Pace, Run, look_at_due_pages
from kheo.registers.models import Deed, Entry, PageLook
from kheo.registers.pages import Looked
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import wanted_of
from tests.registers.books import did, recorded, shipped
from tests.registers.test_published_somewhere import NEWS, URL
from tests.registers.web_server import page, web_server
from tests.world import World, later

READ, GONE, FAULT = Looked(Seen.READ, 200, digest="a" * 64), Looked(Seen.GONE, 404), Looked(Seen.FAULT, why="timeout")
QUICK = Pace(pause=lambda seconds: pytest.fail("nobody waits in a test"))


@pytest.fixture
def book(world: World) -> Book:
    return shipped("mo-hinh", "tin-bai")


def published(book: Book, world: World, url: str = URL, ten: str = "Hẻm sạch") -> Entry:
    entry = recorded(book, world, {**NEWS, "ten": ten, "dia_chi": url})
    return did(entry, "dang", world.person("an"), later(1))


def ran(looked: Looked | Callable[[str], Looked], day: int, pace: Pace = QUICK) -> Run:
    """One run so many days after the opening."""
    look = (lambda url: looked) if isinstance(looked, Looked) else looked
    return look_at_due_pages(look, now=lambda: later(days=day), pace=pace)


def stands(entry: Entry) -> tuple[str, date] | None:
    look = PageLook.objects.filter(entry=entry, known_to=None).first()
    return (look.verdict, look.since) if look else None


def on(day: int) -> date:
    return later(days=day).date()


def counted(book: Book, found: str, day: int, known_at: datetime | None = None) -> int:
    """How many links stood so at the end of a day."""
    rule = CountingRule.model_validate(
        {"fact": "in_state", "states": ["da_dang", "dinh_chinh"], "looked": {"field": "dia_chi", "found": found}}
    )
    window = Window(date(2023, 1, 1), on(day), on(day) + timedelta(days=1))
    figure = Counted(book.register.pk, book.definition, rule, window, known_at)
    assert sum(parts[None] for parts in figure.numbers().values()) == len(figure.rows_of(None))
    return len(figure.rows_of(None))


def listed(book: Book, day: int) -> list[str]:
    entries = EntryList(book, wanted_of(book, {"co_san": ["lien_ket_hong"]}, None, on(day)))
    assert entries.count() == len(entries.page())
    return [each.title for each in entries.page()]


def changed(entry: Entry, world: World, url: str | None, day: int) -> None:
    kept = Entry.objects.select_related("edition__register").get(pk=entry.pk)
    book = shipped("mo-hinh", "tin-bai")
    values = {**values_of(book.definition, kept, texts_of(kept)), "dia_chi": url}
    if url is None:
        del values["dia_chi"]
    at = later(days=day)
    assert isinstance(edit_entry(kept.pk, values, version=kept.version, by=world.person("an", at), at=at), Made)


def test_only_what_is_published_is_looked_at_and_once_a_week(world: World, book: Book) -> None:
    asked: list[str] = []

    def look(url: str) -> Looked:
        asked.append(url)
        return READ

    recorded(book, world, {**NEWS, "ten": "Chưa đăng", "dia_chi": "https://bao.example.vn/nhap"})
    entry = published(book, world)
    for day in range(1, 16):
        ran(look, day)
        ran(look, day)
    assert asked == [URL] * 3  # on days 1, 8, 15
    assert list(PageLook.objects.filter(entry=entry).order_by("pk").values_list("on", "ends")) == [
        (on(1), on(8)), (on(8), on(15)), (on(15), None),
    ]  # fmt: skip
    did(entry, "hong", world.person("an"), later(days=20), reason="Báo đóng cửa.")
    ran(look, 30)
    assert len(asked) == 3


def test_a_broken_link_is_told_to_its_unit_once_and_stands_in_the_list_until_it_answers(world: World, book: Book) -> None:
    entry = published(book, world)
    assert ran(READ, 2) == Run(looked=1, answering=1)
    assert ran(GONE, 9) == Run(looked=1, broken=1)
    assert (stands(entry), listed(book, 9)) == ((Verdict.BROKEN, on(9)), ["Hẻm sạch"])
    ran(GONE, 16)
    ran(GONE, 23)
    told = list(Notice.objects.filter(kind="link_broken").values_list("person__username", "page", "args"))
    assert sorted(told) == [("an", "entry", [entry.pk]), ("hoa", "entry", [entry.pk])]
    assert URL not in Notice.objects.filter(kind="link_broken")[0].text
    ran(READ, 30)
    assert (stands(entry), listed(book, 30)) == ((Verdict.READABLE, on(30)), [])
    deeds = Deed.objects.filter(entry=entry, act__startswith="page_").order_by("pk")
    assert [(each.act, each.who, each.on, each.changes) for each in deeds] == [
        ("page_broken", "Máy xem liên kết", on(9), {"look": ["dia_chi", "404: không có trang này"]}),
        ("page_answers", "Máy xem liên kết", on(30), {"look": ["dia_chi", ""]}),
    ]
    ran(GONE, 37)
    assert Notice.objects.filter(kind="link_broken").count() == 4  # it broke once more


def test_what_may_pass_is_looked_at_again_the_next_day_and_is_broken_then(world: World, book: Book) -> None:
    entry = published(book, world)
    ran(READ, 2)
    ran(FAULT, 9)
    assert (stands(entry), ran(FAULT, 9)) == ((Verdict.READABLE, on(2)), Run())
    ran(FAULT, 10)
    assert stands(entry) == (Verdict.BROKEN, on(10))
    assert ran(FAULT, 11) == Run()


def test_a_figure_of_a_day_is_not_changed_by_later_looks(world: World, book: Book) -> None:
    first, second = published(book, world), published(book, world, "https://khac.example.vn/a", "Bài hai")
    answers = {URL: [READ, GONE, GONE, READ], "https://khac.example.vn/a": [READ, READ, GONE, GONE]}
    seen: dict[int, tuple[int, int, int]] = {}
    for turn, day in enumerate((2, 9, 16, 23)):
        ran(lambda url, turn=turn: answers[url][turn], day)
        seen[day] = tuple(counted(book, each, day) for each in ("broken", "readable", "any"))  # type: ignore[assignment]
        for before, then in seen.items():
            assert tuple(counted(book, each, before) for each in ("broken", "readable", "any")) == then
            assert counted(book, "broken", before, known_at=later(60, before)) == then[0]
    assert seen == {2: (0, 2, 2), 9: (1, 1, 2), 16: (2, 0, 2), 23: (1, 1, 2)}
    assert counted(book, "any", 1) == 0
    assert counted(book, "broken", 15) == 1  # between two looks what was said stands
    assert counted(book, "broken", 23, known_at=later(60, 16)) == 2  # as was known then of the days to come
    assert (stands(first), stands(second)) == ((Verdict.READABLE, on(23)), (Verdict.BROKEN, on(16)))


def test_another_address_begins_anew_and_leaves_what_was(world: World, book: Book) -> None:
    entry = published(book, world)
    ran(GONE, 2)
    changed(entry, world, "https://bao.example.vn/moi", 4)
    assert [counted(book, "broken", day) for day in (2, 3, 4, 5)] == [1, 1, 0, 0]
    assert (counted(book, "any", 4), listed(book, 4)) == (0, [])
    assert ran(FAULT, 4) == Run(looked=1)  # at once, and not taken for the second fault of the old one
    assert stands(entry) == (Verdict.UNSURE, on(4))
    changed(entry, world, None, 5)
    assert ran(READ, 12) == Run()
    assert counted(book, "any", 12) == 0


def test_nothing_is_asked_where_no_address_was_changed(world: World, book: Book) -> None:
    entry = published(book, world)
    with CaptureQueriesContext(connection) as queries:
        did(entry, "dinh_chinh", world.person("an"), later(days=2), reason="Sai tên khu phố.")
    assert [each["sql"] for each in queries if "registers_page_look" in each["sql"]] == []


def test_what_changed_while_somebody_looked_is_not_told_of_the_new_address(world: World, book: Book) -> None:
    entry = published(book, world)

    def slow(url: str) -> Looked:
        changed(entry, world, "https://bao.example.vn/moi", 2)
        return GONE

    assert ran(slow, 2) == Run()
    assert stands(entry) is None


def test_who_looks_second_on_a_day_keeps_nothing(world: World, book: Book) -> None:
    published(book, world)

    def twice(url: str) -> Looked:
        assert ran(READ, 2) == Run(looked=1, answering=1)
        return GONE

    assert ran(twice, 2) == Run()
    assert [each.verdict for each in PageLook.objects.all()] == [Verdict.READABLE]


def test_the_hash_of_the_first_reading_stays_beside_each_look(world: World, book: Book) -> None:
    entry = published(book, world)
    for day, digest in ((2, "a"), (9, "b"), (16, "a")):
        ran(Looked(Seen.READ, 200, digest=digest * 64), day)
    looks = PageLook.objects.filter(entry=entry).order_by("pk").values_list("digest", "first_digest")
    assert [(digest[0], first[0]) for digest, first in looks] == [("a", "a"), ("b", "a"), ("a", "a")]


def test_when_nobody_outside_answers_it_is_ours_that_is_cut_off(world: World, book: Book) -> None:
    entry = published(book, world)
    published(book, world, "https://khac.example.vn/a", "Bài hai")
    assert ran(FAULT, 2) == Run(is_cut_off=True)
    assert PageLook.objects.count() == 0
    ran(lambda url: FAULT if url == URL else READ, 2)
    assert stands(entry) == (Verdict.UNSURE, on(2))
    assert ran(FAULT, 9) == Run(is_cut_off=True)
    assert stands(entry) == (Verdict.UNSURE, on(2))


def test_dead_sites_that_are_looked_at_together_are_dead(world: World, book: Book) -> None:
    dead = [published(book, world, f"https://mat{number}.example.vn/", f"Mất {number}") for number in range(2)]
    published(book, world)
    ran(lambda url: READ if url == URL else FAULT, 2)
    assert ran(FAULT, 3) == Run(looked=2, broken=2)
    assert [stands(each) for each in dead] == [(Verdict.BROKEN, on(3))] * 2


def test_a_site_is_asked_a_few_times_in_a_run_with_time_between(world: World, book: Book) -> None:
    for number in range(5):
        published(book, world, f"https://bao.example.vn/{number}", f"Bài {number}")
        published(book, world, f"https://khac{number}.example.vn/", f"Khác {number}")
    asked, waited = list[str](), list[float]()

    def look(url: str) -> Looked:
        asked.append(url.split("/")[2])
        return READ

    run = ran(look, 2, Pace(most=6, of_a_host=2, apart=5.0, pause=waited.append))
    assert (run.looked, asked.count("bao.example.vn"), len(set(asked[:5])), len(waited)) == (6, 2, 5, 1)
    assert 4.0 < waited[0] <= 5.0
    assert ran(READ, 2, Pace(seconds=0.0)) == Run()  # no time, no look


def test_a_run_ends_when_it_is_asked_to(world: World, book: Book) -> None:
    published(book, world)
    assert look_at_due_pages(lambda url: READ, now=lambda: later(days=2), pace=QUICK, should_stop=lambda: True) == Run()


def test_no_look_is_changed_or_taken_away_afterwards(world: World, book: Book) -> None:
    published(book, world)
    ran(READ, 2)
    for act in (
        lambda: PageLook.objects.update(verdict=Verdict.BROKEN),
        lambda: PageLook.objects.all().delete(),
        lambda: PageLook.objects.update(known_to=later(days=3), ends=on(3), status=404),
    ):
        with pytest.raises(IntegrityError, match="ended once"), transaction.atomic():
            act()


def test_the_whole_way_to_a_server_and_back(world: World, book: Book) -> None:
    entry = published(book, world)
    with web_server() as server:
        server.pages["/hem-sach"] = page(b"bai")
        looker = server.looker(resolve=lambda host, port: server.looker().resolve(host, port), port_of=lambda address: server.port)
        plain = URL.replace("https", "http")
        changed(entry, world, plain, 1)
        assert ran(looker.look, 2) == Run(looked=1, answering=1)
        del server.pages["/hem-sach"]
        assert ran(looker.look, 9) == Run(looked=1, broken=1)
        assert server.paths == ["/hem-sach"] * 2
