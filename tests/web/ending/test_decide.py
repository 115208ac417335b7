"""The page on which a recipient's office decides about the report of a unit that has ended."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kheo.core.reorganising import Absorbed
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.reports.models import Obligation, Transition
from tests.world import OPENING, World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """G1 was absorbed by G2 after the cycle was opened."""
    made = small_world()
    absorbed = Absorbed(unit=made.units["G1"], day=date(2023, 4, 10), into=made.units["G2"])
    assert not record_events([absorbed], by=SYSTEM, at=OPENING).problems
    return made


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def test_the_office_finds_the_task_on_its_home_page_and_hands_the_report_over(world: World) -> None:
    client, owed = signed_in(world, "binh"), world.obligation("G1")
    url = reverse("decide_on_ended", args=[owed.pk])
    assert f"Báo cáo của đơn vị cũ: {'Công đoàn cơ sở Một'}" in client.get(reverse("home")).content.decode()
    first = client.get(url).content.decode()
    assert "Giao đơn vị kế thừa nộp thay" in first
    assert "Thôi thu báo cáo này" in first
    second = client.get(f"{url}?viec=giao").content.decode()
    assert "Đơn vị nào nộp thay?" in second
    assert "Công đoàn cơ sở Hai" in second
    empty = client.post(f"{url}?viec=giao", {"don-vi": world.units["G2"], "ly-do": " "})
    assert (empty.status_code, Transition.objects.count()) == (409, 0)
    done = client.post(f"{url}?viec=giao", {"don-vi": world.units["G2"], "ly-do": "Sáp nhập."})
    assert (done.status_code, done.headers["Location"]) == (302, url)
    assert Obligation.objects.get(pk=owed.pk).filler_id == world.units["G2"]
    assert "Công đoàn cơ sở Hai nộp thay đơn vị cũ" in client.get(reverse("report", args=[owed.pk])).content.decode()
    assert "Báo cáo của đơn vị cũ" not in client.get(reverse("home")).content.decode()


def test_a_closed_report_says_so_everywhere_and_can_be_asked_for_again(world: World) -> None:
    client, owed = signed_in(world, "binh"), world.obligation("G1")
    url = reverse("decide_on_ended", args=[owed.pk])
    client.post(f"{url}?viec=thoi", {"ly-do": "Đã giải thể."})
    for page in (
        reverse("report", args=[owed.pk]),
        reverse("board", args=[world.cycle.pk, world.units["D1"]]),
        reverse("progress", args=[world.cycle.pk, world.units["D1"]]),
        reverse("report_history", args=[owed.pk]),
        reverse("cell_units", args=[world.cycle.pk, world.units["D1"], "B01"]) + "?lop=missing",
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "hông thu nữa" in answer.content.decode() or "thôi thu" in answer.content.decode(), page
    assert "Thu lại báo cáo này" in client.get(url).content.decode()
    client.post(f"{url}?viec=lai", {"ly-do": "Nhầm."})
    assert Obligation.objects.get(pk=owed.pk).closed_at is None


@pytest.mark.parametrize("form", [{"don-vi": "x"}, {"don-vi": "9" * 30}, {"don-vi": "-1"}, {}])
def test_what_is_no_unit_is_refused(world: World, form: dict[str, str]) -> None:
    url = reverse("decide_on_ended", args=[world.obligation("G1").pk])
    answer = signed_in(world, "binh").post(f"{url}?viec=giao", {**form, "ly-do": "Sáp nhập."})
    assert (answer.status_code, Transition.objects.count()) == (409, 0)
