"""Accepting many: asked first, each decided by itself, each with its answer."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.reports.actions import accept_report
from kheo.reports.models import Report, Rollup
from tests.web.visits import enter, text_of
from tests.world import World, later, submit


@pytest.fixture(autouse=True)
def _sent(world: World) -> None:
    for code in ("G1", "G2", "G4"):
        submit(world, code)


def pick(world: World, code: str, version: int | None = None) -> str:
    return f"{world.obligation(code).pk}.{world.report(code).version if version is None else version}"


def post(world: World, picks: list[str], *, meant: bool = True, who: str = "binh") -> HttpResponse:
    address = reverse("accept_many", args=[world.cycle.pk, world.units["D1"]])
    answer: HttpResponse = enter(world, who).post(address, {"pick": picks, **({"dong-y": "1"} if meant else {})})
    return answer


def states(world: World) -> dict[str, str]:
    return {code: world.report(code).state for code in ("G1", "G2", "G4")}


def test_first_it_asks_and_names_them(world: World) -> None:
    words = text_of(post(world, [pick(world, "G1"), pick(world, "G2")], meant=False).content)
    assert "Chấp nhận 2 báo cáo?" in words
    assert "Công đoàn cơ sở Hai Công đoàn cơ sở Một" in words
    assert set(states(world).values()) == {"submitted"}


def test_each_is_accepted_and_counted(world: World) -> None:
    words = text_of(post(world, [pick(world, "G1"), pick(world, "G2")]).content)
    assert "Đã chấp nhận 2 báo cáo" in words
    assert states(world) == {"G1": "accepted", "G2": "accepted", "G4": "submitted"}
    assert Rollup.objects.get(cycle=world.cycle, unit=world.units["D1"]).reported == 2


def test_one_that_changed_meanwhile_is_refused_and_the_others_are_not(world: World) -> None:
    stale = pick(world, "G1")
    accept_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("binh"), at=later(days=1))
    words = text_of(post(world, [stale, pick(world, "G2")]).content)
    assert "Đã chấp nhận 1 trong 2 báo cáo" in words
    assert "Báo cáo đã thay đổi từ khi anh/chị mở trang này. Hãy xem lại rồi làm tiếp. 09:00 02/04/2023, Lê Văn Bình chấp nhận" in words
    assert states(world)["G2"] == "accepted"


def test_a_report_of_another_board_is_neither_accepted_nor_named(world: World) -> None:
    words = text_of(post(world, [pick(world, "G1"), pick(world, "G4")]).content)
    assert "Đã chấp nhận 1 báo cáo" in words
    assert "Bốn" not in words
    assert states(world)["G4"] == "submitted"


@pytest.mark.parametrize("picks", [[], ["abc"], ["1"], ["."], ["1.2.3"], ["9" * 60], ["-1.-1"]])
def test_nothing_sensible_ticked_leads_back_to_the_board(world: World, picks: list[str]) -> None:
    answer = post(world, picks)
    assert (answer.status_code, answer["Location"]) == (302, reverse("board", args=[world.cycle.pk, world.units["D1"]]))


def test_the_same_report_twice_is_one(world: World) -> None:
    assert "Đã chấp nhận 1 báo cáo" in text_of(post(world, [pick(world, "G1")] * 3).content)


@pytest.mark.parametrize("who", ["an", "dung", "kien", "lan", "chi", "phuc", "quan"])
def test_nobody_else_accepts(world: World, who: str) -> None:
    assert post(world, [pick(world, "G1")], who=who).status_code == 404
    assert Report.objects.filter(state="accepted").count() == 0
