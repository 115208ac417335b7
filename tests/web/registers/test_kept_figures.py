"""The table of figures of very many units: counted once in ten minutes, at a time that is told, and anew when a tree has changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kheo.core.bounded import Bounded
from kheo.core.reorganising import Absorbed
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.registers.queries import kept_figures
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


def whole(world: World, who: str = "lan", unit: str = "LDLD") -> str:
    page = enter(world, who).get(f"{reverse('book_figures', args=['phan-anh'])}?don_vi={world.units[unit]}").content.decode()
    assert "Số liệu" in page
    return page


def received(page: str) -> str:
    total = page.split('<tr class="total">')[1]
    return total.split("</td>")[0].rsplit("</a>", 1)[0].rsplit(">", 1)[1]


def test_it_is_counted_again_after_ten_minutes_and_says_when_it_was(city: World) -> None:
    with day(FIRST):
        first = whole(city)
    recorded(shipped("phan-anh"), city, WISH)
    with day(FIRST + timedelta(minutes=9)):
        kept = whole(city)
    with day(FIRST + timedelta(minutes=11)):
        again = whole(city)
    assert (received(first), received(kept), received(again)) == ("1", "1", "2")
    assert ["lúc mở trang này" in page for page in (first, kept, again)] == [True, False, True]
    assert "được đếm lại sau 10 phút" in kept


def test_what_is_kept_costs_no_count(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = enter(city, "lan"), f"{reverse('book_figures', args=['phan-anh'])}?don_vi={city.units['LDLD']}"
    with day(FIRST):
        kept = queries_of(client, address)
        monkeypatch.setattr(kept_figures, "_kept", Bounded(kept_figures.MOST_KEPT))
        monkeypatch.setattr(kept_figures, "MUCH", 1000)
        assert queries_of(client, address) > kept


def test_what_one_process_has_counted_no_other_counts(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with day(FIRST):
        first = whole(city)
        monkeypatch.setattr(kept_figures, "_kept", Bounded(kept_figures.MOST_KEPT))  # as a process that has only begun
        monkeypatch.setattr(kept_figures, "_counted", None)  # and could not count
        other = whole(city)
    assert received(other) == received(first)
    assert other.split('<tr class="total">')[1].split("</table>")[0] == first.split('<tr class="total">')[1].split("</table>")[0]


def test_each_unit_and_each_way_to_it_has_a_table_of_its_own(city: World) -> None:
    with day(FIRST):
        assert received(whole(city)) == "1"
        assert received(whole(city, unit="D1")) == "1"
        assert whole(city, "binh", "D1").count("<tr") == whole(city, unit="D1").count("<tr")
        assert len(kept_figures._kept) == 2


def test_it_is_counted_again_when_a_tree_has_changed(city: World) -> None:
    with day(FIRST):
        whole(city)
        change = Absorbed(day=FIRST.date(), unit=city.units["G1"], into=city.units["G2"])
        assert record_events([change], by=SYSTEM, at=FIRST).problems == ()
        assert "lúc mở trang này" in whole(city)


def test_of_few_units_nothing_is_kept(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_figures, "MUCH", 1000)
    with day(FIRST):
        whole(city)
    assert kept_figures._kept == {}
