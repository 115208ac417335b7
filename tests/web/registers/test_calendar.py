"""A register as a month: which entry stands on which day, what is behind the rest, what it costs, who sees what."""

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.by_day import by_day
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import Wanted
from tests.registers.entries import done, made
from tests.web.visits import enter, queries_of, text_of
from tests.world import FILES, OPENING, World, later

TEXT = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
WITH_CALENDAR = TEXT.replace("faces: [list,", "calendar: tu_ngay\nfaces: [list, calendar,").replace(
    "  - {key: co_anh,", "  - {key: ngay_hop, label: Ngày họp, type: day}\n  - {key: co_anh,"
)


@pytest.fixture
def dated(world: World) -> Book:
    assert world.cycle
    assert publish_register(WITH_CALENDAR, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def see(world: World, who: str, query: str = "") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(reverse("entries_calendar", args=["so-nho"]) + query)
    return answer


def on_days(page: HttpResponse) -> dict[str, list[str]]:
    """By day, what stands there, the word for the rest included."""
    found = {}
    for cell in re.findall(r"<td.*?</td>", page.content.decode(), re.DOTALL):
        day = re.search(r'datetime="([^"]+)"', cell)
        assert day
        lines = [re.sub(r"<span.*?</span>", "", each) for each in re.findall(r"<a [^>]*>(.*?)</a>", cell, re.DOTALL)]
        if lines:
            found[day[1]] = lines
    return found


def test_entries_stand_on_the_day_that_the_field_names(world: World, dated: Book) -> None:
    made(dated, world, ten="Vườn rau", tu_ngay="2023-04-05", ngay_hop="2023-04-20")
    made(dated, world, ten="Không có ngày")
    made(dated, world, ten="Tháng trước", tu_ngay="2023-03-31")
    made(dated, world, ten="Xa", tu_ngay="2023-06-01")
    assert on_days(see(world, "an")) == {"2023-03-31": ["Tháng trước"], "2023-04-05": ["Vườn rau"]}
    assert on_days(see(world, "an", "?theo=ngay_hop")) == {"2023-04-20": ["Vườn rau"]}
    assert on_days(see(world, "an", "?thang=2023-06")) == {"2023-06-01": ["Xa"]}
    assert on_days(see(world, "an", "?thang=x&theo=ten")) == on_days(see(world, "an"))


def test_what_is_beyond_either_end_is_not_read(world: World, dated: Book) -> None:
    for day in ("2023-03-31", "2023-04-01", "2023-04-30", "2023-05-01"):
        made(dated, world, tu_ngay=day)
    found = by_day(EntryList(dated, Wanted()), "tu_ngay", date(2023, 4, 1), date(2023, 4, 30), 3)
    assert list(found) == [date(2023, 4, 1), date(2023, 4, 30)]


def test_entries_stand_on_the_day_they_fall_due(world: World, dated: Book) -> None:
    entry = done(made(dated, world, ten="Vườn rau"), "gui", world.person("an"), later())
    due = Entry.objects.get(pk=entry.pk).due_on
    assert due is not None
    assert on_days(see(world, "an", f"?theo=han&thang={due:%Y-%m}")) == {due.isoformat(): ["Vườn rau"]}
    listed = text_of(see(world, "an", f"?theo=han&ngay={due.isoformat()}").content)
    assert listed.count("Vườn rau") == 2


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_beyond_every_month_that_is_shown_is_no_day(world: World, dated: Book, day: str) -> None:
    made(dated, world, ten="Vườn rau", tu_ngay="2023-04-05")
    assert on_days(see(world, "an", f"?ngay={day}")) == {"2023-04-05": ["Vườn rau"]}


def test_a_full_day_shows_the_first_and_leads_to_all_of_it(world: World, dated: Book) -> None:
    for number in range(5):
        made(dated, world, ten=f"Việc {number}", tu_ngay="2023-04-05")
        made(dated, world, ten=f"Họp {number}", ngay_hop="2023-04-06")
    page = see(world, "an")
    assert on_days(page) == {"2023-04-05": ["Việc 0", "Việc 1", "Việc 2", "+2 nữa"]}
    assert "?thang=2023-04&amp;ngay=2023-04-05#ngay" in page.content.decode()
    for query, name in (("?ngay=2023-04-05", "Việc"), ("?theo=ngay_hop&ngay=2023-04-06", "Họp")):
        section = text_of(see(world, "an", query).content.split(b'id="ngay"')[1])
        assert [f"{name} {number}" in section for number in range(5)] == [True] * 5


def test_the_calendar_holds_what_the_list_holds(world: World, dated: Book) -> None:
    made(dated, world, ten="Của Một", tu_ngay="2023-04-05")
    made(dated, world, "chi", "G4", ten="Của Bốn", tu_ngay="2023-04-05", loai="MH", cach_lam="x")
    seen = {who: on_days(see(world, who)).get("2023-04-05", []) for who in ("an", "chi", "binh", "lan")}
    assert seen == {"an": ["Của Một"], "chi": ["Của Bốn"], "binh": ["Của Một"], "lan": ["Của Một", "Của Bốn"]}
    assert on_days(see(world, "lan", "?loai=MH"))["2023-04-05"] == ["Của Bốn"]
    assert see(world, "quan").status_code == 404
    assert see(world, "binh", f"?don_vi={world.units['D2']}").status_code == 404


def test_a_register_without_the_face_has_none(world: World, small_book: Book) -> None:
    assert small_book.definition.calendar is None
    assert see(world, "an").status_code == 404


def test_holidays_today_and_weekends_are_told(world: World, dated: Book) -> None:
    made(dated, world, tu_ngay="2023-04-30")
    page = see(world, "an").content.decode()
    assert re.search(r'is-today"><p class="day"><time datetime="2023-04-02" aria-current="date"', page)
    cells = {day: cell for cell in re.findall(r"<td.*?</td>", page, re.DOTALL) for day in re.findall(r'datetime="([^"]+)"', cell)}
    assert "<small>" in cells["2023-04-30"]
    assert "is-off" in cells["2023-04-29"]
    assert "is-off" not in cells["2023-04-05"]
    assert list(cells)[:1] == ["2023-03-27"]
    assert date.fromisoformat(list(cells)[-1]) == date(2023, 4, 30)
    assert "Thứ bảy" in text_of(see(world, "an", "?thang=2150-01").content)  # a year of which no holiday is known


def test_a_month_costs_the_same_queries_however_full_it_is(world: World, dated: Book) -> None:
    made(dated, world, tu_ngay="2023-04-05")
    client, address = enter(world, "lan"), reverse("entries_calendar", args=["so-nho"])
    one = queries_of(client, address)
    for number in range(12):
        made(dated, world, "chi", "G4", ten=f"Việc {number}", tu_ngay=f"2023-04-{number + 3:02d}")
    assert queries_of(client, address) == one
    assert one <= 19
