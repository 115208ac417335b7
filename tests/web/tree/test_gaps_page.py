"""The page of gaps: wards without a union on a day, and who answers for them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse

from kheo.core.reorganising import Established, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.queries import unit_by_code, units_by_code
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import FIRST_DAY, OPENING, World, later, small_world

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
def world(db: None) -> Iterator[World]:
    made = small_world()
    with day(later(days=1)):
        yield made


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
    assert "Phường An Khánh Phường W3 Chưa có ai Phường <Đa Kao> Phường W2 Tổ công tác số 7 Xã Bến Cầu Xã W4 Chưa có ai" in told
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
    for who, status in (("chi", 200), ("kien", 200), ("phuc", 404), ("quan", 404)):
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
