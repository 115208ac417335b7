"""What is done at another time of the year than it is meant for: told by page, batch and program alike, or refused (decision 063)."""

import json
from datetime import date

import pytest
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Made, Refused, publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from tests.api.asking import program
from tests.registers.books import tried
from tests.registers.entries import made
from tests.web.visits import day, enter, text_of
from tests.world import FILES, OPENING, World, later

SEASON = "name: Gửi, season: {{name: đợt gửi, since: '{}', until: '{}'{}}},"
OTHER = "{code: khac, name: Danh sách khác, states: [da_gui]}"
LISTED = f"ready:\n  - {OTHER}\n  - {{code: muon, name: Gửi ngoài đợt, states: [da_gui], out_of_season: gui}}\nfaces:"
OUTSIDE = "Ngày 01/04/2023 ở ngoài đợt gửi (1/5 đến 31/5 hằng năm). Việc vẫn được ghi"


def with_season(since: str, until: str, further: str = "", *, listed: bool = False) -> Book:
    """The small register, in which sending has its time of the year."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("name: Gửi,", SEASON.format(since, until, further))
    text = text.replace("faces:", LISTED) if listed else text
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def sent(found: Book, world: World) -> Made | Refused:
    return tried(made(found, world), "gui", world.person("an"), later(1))


@pytest.mark.parametrize(("listed", "further"), [(False, "."), (True, ", và có trong danh sách “Gửi ngoài đợt”.")])
def test_what_is_done_outside_is_told_and_is_listed_only_where_a_list_asks_for_it(world: World, listed: bool, further: str) -> None:
    result = sent(with_season("05-01", "05-31", listed=listed), world)
    assert isinstance(result, Made)
    assert (result.entry.state, result.told) == ("da_gui", OUTSIDE + further)


def test_nothing_is_told_within_nor_of_what_has_no_season(world: World) -> None:
    within = sent(with_season("03-01", "04-30", listed=True), world)
    assert isinstance(within, Made)
    assert within.told == ""
    cancelled = tried(within.entry, "huy", world.person("hoa"), later(2), reason="Ghi nhầm")
    assert isinstance(cancelled, Made)
    assert cancelled.told == ""


def test_it_is_the_day_on_which_it_happened_that_is_weighed(world: World) -> None:
    entry = made(with_season("04-01", "04-02"), world)
    result = tried(entry, "gui", world.person("an"), later(days=5), on=date(2023, 4, 2))
    assert isinstance(result, Made)
    assert result.told == ""


def test_done_again_it_is_told_but_on_no_list(world: World) -> None:
    """The list keeps what was done first outside of its time; what was sent in time and once more is not on it."""
    first = sent(with_season("03-20", "04-01", listed=True), world)
    assert isinstance(first, Made)
    assert first.told == ""
    Entry.objects.filter(pk=first.entry.pk).update(state="nhap", meaning="draft")
    again = tried(first.entry, "gui", world.person("an"), later(days=1))
    assert isinstance(again, Made)
    assert again.told == "Ngày 02/04/2023 ở ngoài đợt gửi (20/3 đến 1/4 hằng năm). Việc vẫn được ghi."


def test_page_batch_and_program_say_the_same(world: World) -> None:
    found = with_season("05-01", "05-31", listed=True)
    said = OUTSIDE + ", và có trong danh sách “Gửi ngoài đợt”."
    one, two, three, four = (made(found, world, ten=f"Việc {number}") for number in range(4))
    with day(later(1)):
        visitor = enter(world, "an")
        page = visitor.post(reverse("act_on_entry", args=[one.pk, "gui"]), {"version": one.version}, follow=True)
        assert said in text_of(page.content)
        picked = {"chon": f"{two.pk}.{two.version} {three.pk}.{three.version}", "viec": "gui", "dong-y": "1"}
        batch = text_of(visitor.post(reverse("act_on_many", args=["so-nho"]), picked).content)
        assert f"2 hồ sơ: {said}" in batch
        answer = program(world, "an").send("POST", f"/entries/{four.pk}/acts/gui", {"version": four.version})
    assert json.loads(answer.content)["told"] == said


def test_a_file_may_refuse_it_and_then_nothing_is_done(world: World) -> None:
    found = with_season("05-01", "05-31", ", outside: refused")
    entry = made(found, world)
    refused = tried(entry, "gui", world.person("an"), later(1))
    assert isinstance(refused, Refused)
    assert [(each.key, each.message) for each in refused.problems] == [
        ("on", "Ngày 01/04/2023 ở ngoài đợt gửi (1/5 đến 31/5 hằng năm); ngoài thời gian ấy không “Gửi”.")
    ]
    entry.refresh_from_db()
    assert entry.state == "nhap"


def test_what_is_refused_outside_is_done_within_and_nothing_is_told(world: World) -> None:
    result = sent(with_season("03-01", "04-01", ", outside: refused"), world)
    assert isinstance(result, Made)
    assert (result.entry.state, result.told) == ("da_gui", "")
