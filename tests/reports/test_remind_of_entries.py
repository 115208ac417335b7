"""Digests tell of entries of the registers: whose they are to lead on, when, in numbers alone, the same as on the page of what waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.values import Kept
from kheo.core.reminders import Line
from kheo.core.reorganising import Absorbed
from kheo.journal.actions import SYSTEM
from kheo.notices.models import Digest, Preferences
from kheo.org.actions import record_events
from kheo.registers.access import queue
from kheo.registers.queries.definitions import books
from kheo.registers.queries.reminding import Asked, book_work
from kheo.reports.actions.reminding import would_remind
from kheo.reports.queries.still_due import still_due
from tests.registers.books import CAMPAIGNS, WISH, did, recorded, shipped, small
from tests.registers.entries import done, made
from tests.reports.test_remind import ALMANAC, at, digests_of, owing_no_report
from tests.world import World

pytestmark = pytest.mark.django_db
BOOK = "Sổ nhỏ"
MODEL: dict[str, Kept] = {
    "ten": "Hẻm 12 không rác", "loai": "CT", "linh_vuc": "KT", "noi_dung": ["N1"], "chu_the": "collective",
    "ten_chu_the": "Tổ tự quản hẻm 12", "doi_tuong": ["DAN"], "cach_lam": "Mỗi hộ phân loại tại nhà.", "dia_diem": "Hẻm 12",
    "bat_dau": "2023-04-01", "du_kien_xong": "2023-12-29", "muc_tieu": 60, "muc_tieu_don_vi": "HO", "phu_trach": "Tổ trưởng",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return owing_no_report()


def test_whoever_leads_on_is_told_the_next_morning_and_when_the_limit_nears(world: World) -> None:
    """Sent on Monday 03/04: five working days, until 10/04."""
    book = small()
    done(made(book, world, at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
    assert digests_of(4, 4) == {"binh": [f"{BOOK}: 1 hồ sơ chờ Liên đoàn Lao động Quận 1. Hạn 10/04/2023 · còn 6 ngày."]}
    assert digests_of(4, 5) == digests_of(4, 6) == {}
    assert [next(iter(digests_of(4, day)["binh"])).split(". ")[1] for day in (7, 10)] == [
        "Hạn 10/04/2023 · còn 3 ngày.",
        "Hạn hôm nay, 10/04/2023.",
    ]
    assert digests_of(4, 11)["binh"] == [f"{BOOK}: 1 hồ sơ chờ Liên đoàn Lao động Quận 1, 1 đã quá hạn."]


def test_a_draft_reminds_nobody_and_what_is_done_no_more(world: World) -> None:
    book = small()
    entry = made(book, world, at=at(4, 3))
    assert digests_of(4, 4) == {}
    done(entry, "gui", world.person("an", at(4, 4)), at(4, 4, 9))
    done(entry, "duyet", world.person("binh", at(4, 4)), at(4, 4, 10), ket_qua=1)
    assert digests_of(4, 5) == {}


def test_who_was_given_it_is_told(world: World) -> None:
    entry = recorded(shipped("phan-anh"), world, WISH, at=at(4, 3))
    did(entry, "giao", world.person("an", at(4, 3)), at(4, 3, 9), handler=world.units["D1"])
    assert digests_of(4, 4)["dung"] == ["Sổ phản ánh, kiến nghị: 1 hồ sơ chờ Liên đoàn Lao động Quận 1. Hạn 07/04/2023 · còn 3 ngày."]


def test_only_numbers_are_told_and_those_of_the_page_of_what_waits(world: World) -> None:
    book = small()
    for number in range(3):
        done(made(book, world, ten=f"Bí mật {number}", at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
    done(made(book, world, at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
    text = digests_of(4, 4)["binh"][0]
    waits = queue(world.person("binh", at(4, 4)), books()).waits[book.register.pk]
    assert text.startswith(f"{BOOK}: {waits.count} hồ sơ")
    assert waits.count == 4
    assert "Bí mật" not in str(Digest.objects.values_list("lines", flat=True))


def test_a_digest_is_looked_through_before_it_leaves(world: World) -> None:
    book = small()
    entry = done(made(book, world, at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
    digests_of(4, 4)
    sent = [Line(**each) for each in Digest.objects.get(person=world.users["binh"]).lines]
    assert still_due(world.users["binh"].pk, sent, ALMANAC, at(4, 4, 8)) == [
        Line(sent[0].text, "register_work", (book.register.pk,)),
    ]
    done(entry, "duyet", world.person("binh", at(4, 4)), at(4, 4, 9), ket_qua=1)
    assert still_due(world.users["binh"].pk, sent, ALMANAC, at(4, 4, 10)) == []


def test_every_book_that_comes_with_kheo_can_be_asked_and_whoever_decides_above_is_told(world: World) -> None:
    models = shipped(*sorted(each.stem for each in (CAMPAIGNS / "registers").glob("*.yaml") if each.stem != "mo-hinh"), "mo-hinh")
    assert len(books()) >= 14
    entry = recorded(models, world, MODEL, at=at(4, 3))
    did(entry, "dang_ky", world.person("an", at(4, 3)), at(4, 3, 9))
    assert digests_of(4, 4) == {"binh": ["Sổ mô hình, công trình “Dân vận khéo”: 1 hồ sơ chờ Liên đoàn Lao động Quận 1."]}


def test_what_an_ended_unit_left_is_told_to_who_keeps_it(world: World) -> None:
    entry = recorded(shipped("phan-anh"), world, WISH, at=at(4, 3))
    did(entry, "giao", world.person("an", at(4, 3)), at(4, 3, 9), handler=world.units["G3"])
    absorbed = Absorbed(day=date(2023, 4, 4), unit=world.units["G3"], into=world.units["G4"])
    assert record_events([absorbed], by=SYSTEM, at=at(4, 4, 6)).problems == ()
    found = digests_of(4, 4)
    assert [line for each in found.values() for line in each if "Công đoàn cơ sở Bốn" in line]
    assert "chi" in found


def test_behind_the_wall_nobody_above_is_told(world: World) -> None:
    book = small()
    done(made(book, world, at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
    walled = replace(book, definition=book.definition.model_copy(update={"walled": True}))
    everybody = Asked("true", {}, {})
    assert {each.person for each in book_work([book], everybody, at(4, 4))} == {world.users["binh"].pk}
    assert book_work([walled], everybody, at(4, 4)) == []


def test_the_number_of_queries_does_not_grow_with_entries_and_people(
    world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    book, costs = small(), []
    would_remind(ALMANAC, at=at(4, 4))  # what is read once for all
    for _ in range(2):
        for _ in range(5):
            done(made(book, world, at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
        with CaptureQueriesContext(connection) as asked:
            assert would_remind(ALMANAC, at=at(4, 4))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_on_days_off_nobody_hears_of_entries(world: World) -> None:
    book = small()
    done(made(book, world, at=at(4, 7)), "gui", world.person("an", at(4, 7)), at(4, 7, 9))  # a Friday
    assert digests_of(4, 8) == {}
    Preferences.objects.create(person=world.users["binh"], quiet_on_days_off=False, updated_at=at(4, 7))
    assert digests_of(4, 9) == {}, "also nobody who wants to hear of what is due on a day off: no limit ends on one"
    assert "binh" in digests_of(4, 10), "what came on Friday is told on Monday"


def test_nobody_is_told_the_same_again_the_day_after(world: World) -> None:
    book = small()
    done(made(book, world, at=at(4, 3)), "gui", world.person("an", at(4, 3)), at(4, 3, 9))
    assert "binh" in digests_of(4, 4)
    assert would_remind(ALMANAC, at=at(4, 4) + timedelta(days=1)) == []
