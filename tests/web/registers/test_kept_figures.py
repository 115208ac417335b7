"""The table of figures of very many units: counted by a worker once in ten minutes, at a time that is told, and anew after a change."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.urls import reverse

from kheo.config.jobs.counting import count_figures
from kheo.core.bounded import Bounded
from kheo.core.reorganising import Absorbed
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.registers.actions import counting_figures
from kheo.registers.queries import kept_figures
from kheo.web.registers.figures_page import MOST_WAITS
from tests.registers.books import WISH, recorded, shipped
from tests.web.visits import day, enter, queries_of
from tests.world import World, later, small_world

FIRST = later(days=2)


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """As if the small world were a city."""
    monkeypatch.setattr(kept_figures, "MUCH", 0)
    monkeypatch.setattr(kept_figures, "_kept", Bounded(kept_figures.MOST_KEPT))
    world = small_world()
    recorded(shipped("phan-anh"), world, WISH)
    return world


def address(world: World, unit: str = "LDLD", waited: int = 0) -> str:
    return f"{reverse('book_figures', args=['phan-anh'])}?don_vi={world.units[unit]}{f'&cho={waited}' if waited else ''}"


def answer(world: World, who: str = "lan", unit: str = "LDLD", waited: int = 0) -> HttpResponseBase:
    return enter(world, who).get(address(world, unit, waited))


def whole(world: World, who: str = "lan", unit: str = "LDLD") -> str:
    page = answer(world, who, unit).content.decode()
    assert "Số liệu" in page
    return page


def worked() -> int:
    """What a worker finds to be counted, done; gives how many jobs that was."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'count_figures' RETURNING args")
        ordered = [json.loads(args) if isinstance(args, str) else args for (args,) in cursor.fetchall()]
    for each in ordered:
        count_figures(**each)
    return len(ordered)


def received(page: str) -> str:
    total = page.split('<tr class="total">')[1]
    return total.split("</td>")[0].rsplit("</a>", 1)[0].rsplit(">", 1)[1]


def test_the_first_look_says_that_it_is_being_counted_and_looks_again_by_itself(city: World) -> None:
    with day(FIRST):
        first, again = answer(city), answer(city, waited=1)
        page = first.content.decode()
        assert "Đang đếm" in page
        assert '<tr class="total">' not in page
        assert first["Refresh"] == f"3; url={address(city)}&nam=2023&cho=1"
        assert again["Refresh"].endswith("&cho=2")
        assert worked() == 1  # looked at twice, counted once
        counted = answer(city, waited=2)
    assert received(counted.content.decode()) == "1"
    assert "Refresh" not in counted


def test_where_no_worker_comes_the_page_counts_by_itself(city: World) -> None:
    with day(FIRST):
        assert "Đang đếm" in answer(city, waited=MOST_WAITS - 1).content.decode()
        page = answer(city, waited=MOST_WAITS).content.decode()
        assert received(page) == "1"
        assert received(whole(city)) == "1"


def test_it_is_counted_again_after_ten_minutes_and_shown_with_its_time_until_then(city: World) -> None:
    with day(FIRST):
        whole(city)
        worked()
    recorded(shipped("phan-anh"), city, WISH)
    with day(FIRST + timedelta(minutes=9)):
        kept = whole(city)
        assert worked() == 0
    with day(FIRST + timedelta(minutes=11)):
        old = whole(city)
        assert worked() == 1
        again = whole(city)
        assert worked() == 0
    assert [received(page) for page in (kept, old, again)] == ["1", "1", "2"]
    assert ["đang đếm lại" in page for page in (kept, old, again)] == [False, True, False]
    assert "được đếm lại sau 10 phút" in kept


def test_of_yesterday_nothing_is_shown(city: World) -> None:
    with day(FIRST):
        whole(city)
        worked()
    with day(FIRST + timedelta(days=1)):
        assert "Đang đếm" in whole(city)


def test_what_is_kept_costs_no_count(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(city, "lan")
    with day(FIRST):
        whole(city)
        worked()
        kept = queries_of(client, address(city))
        monkeypatch.setattr(kept_figures, "_kept", Bounded(kept_figures.MOST_KEPT))
        monkeypatch.setattr(kept_figures, "MUCH", 1000)
        assert queries_of(client, address(city)) > kept


def test_what_one_process_has_counted_no_other_counts(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with day(FIRST):
        whole(city)
        worked()
        first = whole(city)
        monkeypatch.setattr(kept_figures, "_kept", Bounded(kept_figures.MOST_KEPT))  # as a process that has only begun
        monkeypatch.setattr(kept_figures, "_counted", None)  # and could not count
        other = whole(city)
    assert other.split('<tr class="total">')[1].split("</table>")[0] == first.split('<tr class="total">')[1].split("</table>")[0]


def test_a_worker_counts_what_is_ordered_once_and_nothing_of_a_register_that_is_gone(city: World) -> None:
    with day(FIRST):
        asked = {"path": [city.units["LDLD"]], "whole": True, "on": FIRST.date(), "year": 2023}
        assert counting_figures.count_figures("phan-anh", **asked, at=FIRST)
        assert not counting_figures.count_figures("phan-anh", **asked, at=FIRST)
        assert not counting_figures.count_figures("khong-co", **asked, at=FIRST)


def test_the_worker_counts_what_the_page_would_have_counted(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """For who reads all of it, and for who reads a part."""
    with day(FIRST):
        for who, unit in (("lan", "LDLD"), ("lan", "D1"), ("binh", "D1")):
            whole(city, who, unit)
            worked()
            kept = whole(city, who, unit)
            monkeypatch.setattr(kept_figures, "MUCH", 1000)
            fresh = whole(city, who, unit)
            monkeypatch.setattr(kept_figures, "MUCH", 0)
            assert kept.split("<tbody>")[1].split("</tbody>")[0] == fresh.split("<tbody>")[1].split("</tbody>")[0]


def test_each_unit_and_each_way_to_it_has_a_table_of_its_own(city: World) -> None:
    with day(FIRST):
        for unit in ("LDLD", "D1"):
            whole(city, unit=unit)
        assert worked() == 2
        assert received(whole(city)) == "1"
        assert received(whole(city, unit="D1")) == "1"
        assert whole(city, "binh", "D1").count("<tr") == whole(city, unit="D1").count("<tr")
        assert len(kept_figures._kept) == 2


def test_it_is_counted_again_when_a_tree_has_changed(city: World) -> None:
    with day(FIRST):
        whole(city)
        worked()
        change = Absorbed(day=FIRST.date(), unit=city.units["G1"], into=city.units["G2"])
        assert record_events([change], by=SYSTEM, at=FIRST).problems == ()
        assert "Đang đếm" in whole(city)


def test_of_few_units_nothing_is_kept(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_figures, "MUCH", 1000)
    with day(FIRST):
        assert received(whole(city)) == "1"
    assert kept_figures._kept == {}
    assert worked() == 0
