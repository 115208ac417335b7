"""The page of gaps: wards without a union on a day, and who answers for them."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse
from playwright.sync_api import expect

from kheo.core.reorganising import Established, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import appoint, load_units, record_events
from kheo.org.models import GapPlan
from kheo.org.queries import unit_by_code, units_by_code
from tests.journeys.axe import every_violation
from tests.web.desk import PHONE, WIDE, Sit
from tests.web.visits import enter, queries_of, text_of
from tests.world import FIRST_DAY, OPENING, World, later

DAY = date(2023, 3, 1)
WARDS = """code,name,kind,parent_code
79,Thành phố Hồ Chí Minh,municipality,
W1,Phường Bến Nghé,ward,79
W2,Phường <Đa Kao>,ward,79
W3,Phường An Khánh,ward,79
80,Tỉnh Tây Ninh,province,
W4,Xã Bến Cầu,commune,80
"""


@pytest.fixture
def wards(world: World) -> World:
    """W1 has a union, W2 a team, W3 and W4 nobody."""
    assert not load_units(WARDS.encode(), "w.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    units = units_by_code(FIRST_DAY)
    top, under = Place(Line.AREA_TEAM, None), Place(Line.UNION, world.units["LDLD"])
    events = [
        Established(day=DAY, unit=-1, name="Công đoàn phường Bến Nghé", kind="ward_union", code="CDP1", places=(under, top)),
        Established(day=DAY, unit=-2, name="Tổ công tác số 7", kind="area_team", code="T7", places=(under, top)),
        Transferred(day=DAY, unit=units["W1"], place=Place(Line.AREA_TEAM, -1)),
        Transferred(day=DAY, unit=units["W2"], place=Place(Line.AREA_TEAM, -2)),
    ]
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()
    return world


def page(world: World, who: str = "an", **query: object) -> str:
    answer = enter(world, who).get(reverse("gaps"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(world: World, **query: object) -> str:
    return text_of(page(world, **query).encode())


def test_each_ward_without_a_union_is_told_with_who_answers(wards: World) -> None:
    told = words(wards)
    assert "3 nơi chưa có công đoàn 1 có tổ địa bàn trả lời thay 2 chưa có ai" in told
    assert (
        "Phường An Khánh Phường W3 Chưa có ai Chưa ghi Phường <Đa Kao> Phường W2 Tổ công tác số 7 Chưa ghi Xã Bến Cầu Xã W4 Chưa có ai"
        in told
    )
    assert "<Đa Kao>" not in page(wards)
    team = unit_by_code("T7", DAY)
    assert f'href="{reverse("unit", args=[team])}' in page(wards)


def test_another_day_has_other_gaps(wards: World) -> None:
    told = words(wards, ngay="2023-02-28")
    assert "4 nơi chưa có công đoàn 0 có tổ địa bàn trả lời thay 4 chưa có ai" in told
    assert "Phường Bến Nghé Phường W1 Chưa có ai" in told
    assert "Đang xem theo hôm nay" in words(wards, ngay="31/02/2023")
    assert "Chưa có danh sách phường, xã" in words(wards, ngay="2001-01-01")


def test_gaps_are_chosen_by_province_and_by_whether_anybody_answers(wards: World) -> None:
    units = units_by_code(FIRST_DAY)
    assert "1 nơi chưa có công đoàn 0 có tổ địa bàn trả lời thay 1 chưa có ai" in words(wards, thuoc=units["80"])
    one, two = words(wards, xem="to-dia-ban"), words(wards, xem="chua-co-ai", thuoc=units["79"])
    assert ("W2 Tổ" in one, "W3" in one, "W2 Tổ" in two, "W3 Chưa có ai" in two, "W4" in two) == (True, False, False, True, False)
    assert "Không có nơi nào" in words(wards, xem="to-dia-ban", thuoc=units["80"])


def test_only_those_on_the_line_of_unions_or_teams_find_it(wards: World) -> None:
    for who, status in (("chi", 200), ("kien", 200), ("phuc", 404), ("quan", 200)):
        assert enter(wards, who).get(reverse("gaps")).status_code == status, who
    links = [reverse("gaps") in enter(wards, who).get(reverse("tree")).content.decode() for who in ("chi", "phuc")]
    assert links == [True, False]


def test_a_page_holds_a_hundred_and_the_number_of_queries_does_not_move(wards: World) -> None:
    here = reverse("gaps")
    one = queries_of(enter(wards, "lan"), here)
    rows = "".join(f"V{number},Xã số {number:03},commune,80\n" for number in range(130))
    assert not load_units((WARDS + rows).encode(), "w.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    assert queries_of(enter(wards, "lan"), here) == one
    assert "Dòng 1–100 trong 133" in words(wards)
    assert page(wards, trang=2).count('<th scope="row">') == 33


@pytest.fixture
def team(wards: World) -> World:
    """An and Chi answer for W2 in the name of the team, as its officer and its head."""
    number = unit_by_code("T7", DAY)
    assert number
    for who, role in (("an", Role.OFFICER), ("chi", Role.HEAD), ("kien", Role.AUDITOR)):
        appoint(wards.users[who], number, role, on=DAY, by=SYSTEM, at=OPENING)
    return wards


def form(world: World, who: str, code: str, **typed: str) -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(reverse("answer_gap", args=[unit_by_code(code, DAY)]), typed)
    return answer


def test_the_people_of_a_team_say_what_is_done_about_their_wards_and_all_see_it(team: World) -> None:
    assert "Ghi hướng xử lý" in words(team, xem="cua-minh")
    assert "W4" not in words(team, xem="cua-minh")
    first = form(team, "an", "W2", **{"theo-doi": " Lê  Thị Nga ", "ghi-chu": "Đang vận động <hai> doanh nghiệp"})
    assert (first.status_code, first.headers["Location"]) == (302, reverse("gaps"))
    assert form(team, "chi", "W2", **{"theo-doi": "Lê Thị Nga", "ngay": "2023-09-02"}).status_code == 302
    told = text_of(enter(team, "binh").get(reverse("gaps")).content)
    assert "Tổ công tác số 7 Lê Thị Nga theo dõi; dự kiến có công đoàn ngày 02/09/2023" in told
    kept = text_of(enter(team, "an").get(reverse("answer_gap", args=[unit_by_code("W2", DAY)])).content)
    assert "Lê Thị Nga theo dõi. Đang vận động <hai> doanh nghiệp Nguyễn Thị An (Cán bộ nhập liệu, Tổ công tác số 7), 02/04/2023" in kept
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.actor_name, entry.post) == ("plan_for_gap", "Mai Linh Chi", "Thủ trưởng đơn vị, Tổ công tác số 7")


def test_only_who_answers_for_a_ward_may_and_the_office_for_all(team: World) -> None:
    able = {
        code: {who for who in team.users if form(team, who, code, **{"ghi-chu": "Đã hỏi phường"}).status_code == 302}
        for code in ("W1", "W2", "W3", "W4", "79", "G1")
    }
    assert able == {"W1": set(), "W2": {"an", "chi", "lan"}, "W3": {"lan"}, "W4": {"lan"}, "79": set(), "G1": set()}
    told = {who: text_of(enter(team, who).get(reverse("gaps")).content).count("Ghi hướng xử lý") for who in ("lan", "an", "kien")}
    assert told == {"lan": 0, "an": 0, "kien": 0}  # three were written: they go on with them
    assert page(team, "lan").count("Ghi tiếp") == 3
    assert page(team, "lan", ngay="2023-03-15").count("Ghi tiếp") == 0  # of a day that is past nothing is said


def test_everything_wrong_with_it_is_told_at_once_and_stays_typed(team: World) -> None:
    refused = form(team, "an", "W2", **{"theo-doi": "x" * 121, "ngay": "2019-01-01", "ghi-chu": "a\x07b"})
    told = text_of(refused.content)
    assert refused.status_code == 409
    for each in ("Dài 121 ký tự, tối đa 120", "Ngày dự kiến phải từ hôm nay", "Có ký tự không in được"):
        assert told.count(each) == 2, each
    assert "hãy ghi ít nhất một điều" in text_of(form(team, "an", "W2").content).lower()
    assert "“hôm kia” không phải là một ngày" in text_of(form(team, "an", "W2", ngay="hôm kia").content)
    assert GapPlan.objects.count() == 0


def test_a_ward_that_gets_a_union_is_no_gap_any_more_and_what_was_written_stays(team: World) -> None:
    assert form(team, "an", "W2", **{"theo-doi": "Nga"}).status_code == 302
    ward, place = unit_by_code("W2", DAY), unit_by_code("CDP1", DAY)
    assert ward
    moved = Transferred(day=later(days=1).date(), unit=ward, place=Place(Line.AREA_TEAM, place))
    assert record_events([moved], by=SYSTEM, at=OPENING).problems == ()
    assert "W2" not in words(team)
    assert form(team, "an", "W2", **{"theo-doi": "Nga"}).status_code == 404
    assert GapPlan.objects.count() == 1


def test_what_one_may_do_says_for_how_many_wards_one_answers(team: World) -> None:
    told = [text_of(enter(team, who).get(reverse("own_posts")).content).count("Trả lời thay cho 1 phường, xã") for who in ("an", "kien")]
    assert told == [1, 0]


def test_plans_cost_one_query_however_many(team: World) -> None:
    before = queries_of(enter(team, "lan"), reverse("gaps"))
    for code in ("W2", "W3", "W4"):
        assert form(team, "lan", code, **{"ghi-chu": "Đã hỏi"}).status_code == 302
    assert queries_of(enter(team, "lan"), reverse("gaps")) == before


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_saying_what_is_done_is_for_everybody(team: World, sit: Sit, size: dict[str, int], scheme: str) -> None:
    desk = sit("an", size, color_scheme=scheme)
    page = desk.open(reverse("gaps") + "?xem=cua-minh")
    page.click("a[aria-label^='Ghi hướng xử lý']")
    page.click("button:text-is('Ghi hướng xử lý')")
    expect(page.locator("h2", has_text="Chưa ghi được")).to_be_visible()
    assert every_violation(page) == {}
    page.fill("#theo-doi", "Lê Thị Nga")
    page.fill("#ngay", "2023-09-02")
    page.click("button:text-is('Ghi hướng xử lý')")
    expect(page.locator("main")).to_contain_text("Lê Thị Nga theo dõi; dự kiến có công đoàn ngày 02/09/2023")
    assert every_violation(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
