"""The page on which a recipient's office decides about the report of a unit that has ended."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kheo.core.reorganising import Absorbed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.models import Obligation, Transition
from tests.standing import standing
from tests.world import FIRST_DAY, OPENING, World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return absorbed_in_mid_cycle()


@standing
def absorbed_in_mid_cycle() -> World:
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
        reverse("cell_units", args=[world.cycle.pk, world.units["D1"], "B01"]) + "?xem=missing",
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "hông thu nữa" in answer.content.decode() or "thôi thu" in answer.content.decode(), page
    assert "Thu lại báo cáo này" in client.get(url).content.decode()
    client.post(f"{url}?viec=lai", {"ly-do": "Nhầm."})
    assert Obligation.objects.get(pk=owed.pk).closed_at is None


def lists_of(world: World) -> dict[str, str]:
    """Where the reports of D1's units are listed."""
    cycle, unit = world.cycle.pk, world.units["D1"]
    return {
        "board": reverse("board", args=[cycle, unit]),
        "filtered board": reverse("board", args=[cycle, unit]) + "?sap-xep=cay",
        "progress": reverse("progress", args=[cycle, unit]),
        "csv": reverse("progress", args=[cycle, unit]) + "?tep=csv",
        "missing": reverse("cell_units", args=[cycle, unit, "B01"]) + "?xem=missing",
        "review": reverse("review_report", args=[world.obligation("G1").pk]),
    }


def places_that_say(client: Client, world: World, words: str) -> set[str]:
    return {name for name, page in lists_of(world).items() if words in client.get(page).content.decode()}


def test_the_reason_of_a_closing_stands_in_every_list_and_no_due_date_beside_it(world: World) -> None:
    client, owed = signed_in(world, "binh"), world.obligation("G1")
    every = set(lists_of(world))
    assert places_that_say(client, world, "Đơn vị đã ngừng hoạt động, chưa quyết định") == every - {"csv"}
    assert places_that_say(client, world, "Giải thể theo Quyết định 9 &lt;b&gt;.") == set()
    client.post(f"{reverse('decide_on_ended', args=[owed.pk])}?viec=thoi", {"ly-do": "Giải thể theo Quyết định 9 <b>."})
    assert places_that_say(client, world, "Lý do: Giải thể theo Quyết định 9 &lt;b&gt;.") == every - {"csv"}
    csv = client.get(lists_of(world)["csv"]).content.decode("utf-8-sig").splitlines()
    assert csv[0].endswith("Đơn vị nộp thay,Lý do không thu nữa")
    (row,) = [line for line in csv if line.startswith("G1,")]
    assert row.endswith(",Không thu nữa,08/05/2023,0,,Giải thể theo Quyết định 9 <b>.")
    review = client.get(lists_of(world)["review"]).content.decode()
    assert ("Báo cáo này không thu nữa" in review, "Thu lại báo cáo này" in review, 'data-due="' in review) == (True, True, False)


def test_who_sends_it_instead_stands_wherever_the_report_is_named(world: World) -> None:
    client, owed = signed_in(world, "binh"), world.obligation("G1")
    words = "Công đoàn cơ sở Hai nộp thay đơn vị cũ"
    assert places_that_say(client, world, words) == set()
    client.post(f"{reverse('decide_on_ended', args=[owed.pk])}?viec=giao", {"don-vi": world.units["G2"], "ly-do": "Sáp nhập."})
    assert places_that_say(client, world, words) == set(lists_of(world)) - {"csv"}
    (row,) = [line for line in client.get(lists_of(world)["csv"]).content.decode().splitlines() if line.startswith("G1,")]
    assert row.endswith(",Công đoàn cơ sở Hai,")
    for page in ("report", "report_history", "submit_report"):
        answer = signed_in_as_head_of_successor(world).get(reverse(page, args=[owed.pk]))
        assert (answer.status_code, words in answer.content.decode()) == (200, True), page


def signed_in_as_head_of_successor(world: World) -> Client:
    user, is_new = User.objects.get_or_create(username="h2", defaults={"full_name": "Thủ trưởng Hai"})
    if is_new:
        appoint(user, world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("form", [{"don-vi": "x"}, {"don-vi": "9" * 30}, {"don-vi": "-1"}, {}])
def test_what_is_no_unit_is_refused(world: World, form: dict[str, str]) -> None:
    url = reverse("decide_on_ended", args=[world.obligation("G1").pk])
    answer = signed_in(world, "binh").post(f"{url}?viec=giao", {**form, "ly-do": "Sáp nhập."})
    assert (answer.status_code, Transition.objects.count()) == (409, 0)


def test_who_sends_a_report_to_another_recipient_lands_on_a_page_that_says_so(world: World) -> None:
    client, owed = signed_in(world, "binh"), world.obligation("G1")
    url = f"{reverse('decide_on_ended', args=[owed.pk])}?viec=chuyen"
    done = client.post(url, {"don-vi": world.units["LDLD"], "ly-do": "Sáp nhập."}, follow=True)
    assert done.redirect_chain == [(reverse("home"), 302)]
    assert "Đã chuyển nơi nhận; các đơn vị liên quan đã được báo." in done.content.decode()
