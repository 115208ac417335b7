"""The tree as of any day: opened a page at a time, searched, and closed to those who have no business in its line."""

import re
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.reorganising import Absorbed, Decision, Established, Merged, Place, Renamed, Suspended
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.models import Post
from kheo.org.queries import units_by_code
from tests.web.visits import day, enter, text_of
from tests.world import FIRST_DAY, OPENING, UNITS, World

DAY = date(2025, 7, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))


def get(world: World, who: str = "an", name: str = "tree", unit: str | None = None, **query: object) -> HttpResponse:
    where = reverse(name, args=[world.units[unit]] if unit else [])
    answer: HttpResponse = enter(world, who).get(where, query)
    return answer


def words(world: World, who: str = "an", **query: object) -> str:
    answer = get(world, who, **query)
    assert answer.status_code == 200
    return text_of(answer.content)


def merge(world: World) -> None:
    place = Place(Line.UNION, world.units["D1"])
    events = [
        Established(day=DAY, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="G12", places=(place,), decision=DECISION),
        Merged(day=DAY, unit=-1, predecessors=(world.units["G1"], world.units["G2"]), decision=DECISION),
        Suspended(day=DAY, unit=world.units["G3"]),
    ]
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


def test_units_are_opened_one_below_the_other(world: World) -> None:
    assert "Liên đoàn Lao động Thành phố Liên đoàn Lao động tỉnh, thành phố · LDLD 2 đơn vị trực thuộc" in words(world)
    page = words(world, mo=world.units["D1"])
    assert "Liên đoàn Lao động Quận 1 Liên đoàn Lao động cấp huyện · 3 đơn vị trực thuộc theo tuyến công đoàn, ngày 02/04/2023" in page
    assert re.findall(r"Công đoàn cơ sở (?:Ba|Hai|Một)", page.split("Hành chính")[-1]) == [
        "Công đoàn cơ sở Ba",
        "Công đoàn cơ sở Hai",
        "Công đoàn cơ sở Một",
    ]
    assert "Công đoàn cơ sở Bốn" not in page


def test_the_same_unit_on_another_day_has_other_units_below_it(world: World) -> None:
    merge(world)
    now, then = (words(world, "binh", mo=world.units["D1"], ngay=each) for each in ("", "2025-07-01"))
    assert ("Công đoàn cơ sở Một" in now, "Công đoàn Một Hai" in now, "tạm ngừng" in now) == (True, False, False)
    assert ("Công đoàn cơ sở Một" in then, "Công đoàn Một Hai" in then) == (False, True)
    assert "G3 · tạm ngừng hoạt động" in then
    assert words(world, "binh", mo=world.units["D1"], ngay="01/07/2025") == then


def test_a_day_that_is_none_is_said_and_today_shown(world: World) -> None:
    page = words(world, ngay="31/02/2025")
    assert "“31/02/2025” không phải là một ngày. Đang xem cây tổ chức hôm nay" in page
    assert "Cây tổ chức ngày 02/04/2023" in page


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "32/13/2025", "hôm qua", "2025-07-01\x00", "99999999999999999999/1/1"])
def test_no_day_that_can_be_typed_breaks_a_page(world: World, typed: str) -> None:
    assert "không phải là một ngày" in words(world, ngay=typed)
    for name in ("unit", "flows", "branch", "place_below"):
        assert get(world, "an", name, "G1", ngay=typed, tu=typed, den=typed, trang="x", cu="-1", bac="9" * 30, tu_="").status_code == 200


def test_a_unit_of_another_line_or_none_opens_nothing(world: World) -> None:
    told = "Đơn vị đã chọn không có trong tuyến công đoàn vào ngày 02/04/2023. Đang xem từ đầu tuyến."
    for unit in (world.units["BDV"], 987_654_321):
        page = words(world, mo=unit)
        assert told in page
        assert "Dân vận" not in page


def test_a_view_chooses_its_line_and_sees_only_lines_of_its_own(world: World) -> None:
    party = words(world, "minh", tuyen="dang", mo=world.units["BDV"])
    assert "1 đơn vị trực thuộc theo tuyến Đảng" in party
    assert "Đảng" not in re.findall(r"<nav class=\"tabs\".*?</nav>", get(world, "an").content.decode(), re.DOTALL)[0]
    assert "Cây tổ chức ngày 02/04/2023" in words(world, "an", tuyen="dang")


def test_who_reads_nothing_finds_no_tree_unless_the_units_are_theirs_to_change(world: World) -> None:
    assert get(world, "quan").status_code == 200
    assert "Cây tổ chức" not in text_of(enter(world, "quan").get("/").content)
    Post.objects.filter(user=world.users["quan"]).update(unit=world.units["D1"])  # keeper, but not of the top unit
    assert get(world, "quan").status_code == 404
    assert "Cây tổ chức" in text_of(enter(world, "an").get("/").content)


def test_a_search_leads_from_an_old_unit_to_the_one_of_the_day(world: World) -> None:
    merge(world)
    assert "Không có đơn vị nào khớp với “zzz”" in words(world, tim="zzz")
    then = words(world, tim="cơ sở một", ngay="2025-07-01")
    assert "1 đơn vị khớp với “cơ sở một” Công đoàn cơ sở Một Đã kết thúc từ 01/07/2025" in then
    assert "Ngày 01/07/2025 thuộc: Công đoàn Một Hai (hợp nhất, 12/QĐ-LĐLĐ)" in then
    assert "Đã kết thúc" not in words(world, tim="cơ sở một")
    assert "Không có đơn vị nào" in words(world, "an", tim="dân vận")
    assert "1 đơn vị khớp với “dân vận” Ban Dân vận Thành ủy" in words(world, "phuc", tim="dân vận")


def test_what_is_typed_is_shown_as_text(world: World) -> None:
    page = get(world, tim="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_rows_below_are_read_a_page_at_a_time_with_the_same_number_of_queries(world: World) -> None:
    def queries(name: str, unit: str, **query: object) -> int:
        get(world, "lan", name, unit if name == "branch" else None, **query)
        with CaptureQueriesContext(connection) as captured:
            assert get(world, "lan", name, unit if name == "branch" else None, **query).status_code == 200
        return len(captured)

    one = queries("tree", "", mo=world.units["LDLD"]), queries("branch", "LDLD")
    rows = "".join(f"N{number},Công đoàn Nhà máy {number:03},grassroots_union,D2\n" for number in range(230))
    assert not load_units((UNITS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    assert (queries("tree", "", mo=world.units["D2"]), queries("branch", "D2")) == one
    first = get(world, "lan", mo=world.units["D2"]).content.decode()
    assert first.count("data-place=") == 101
    assert "Xem 100 đơn vị tiếp theo (còn 132)" in first
    assert "Đơn vị 1–100 trong 232" in first
    last = get(world, "lan", "branch", "D2", tu=200, bac=3).content.decode()
    assert re.findall(r'data-place="(\d+)" data-of="232"', last) == [str(place) for place in range(201, 233)]
    assert 'data-level="3"' in last
    assert "Xem" not in last
    assert text_of(get(world, "lan", mo=world.units["D2"], trang=3).content).count("Nhà máy") == 32
    assert date(2021, 1, 1) > FIRST_DAY


def test_the_place_of_a_name_among_units_not_read_yet_is_told_as_letters_are_typed(world: World) -> None:
    def place(letters: str, after: int = 0, unit: str = "D1") -> str:
        return get(world, "an", "place_below", unit, chu=letters, sau=after).content.decode()

    rows = "M1,Hà Một,grassroots_union,D1\nM2,Hà Hai,grassroots_union,D1\n"
    assert not load_units((UNITS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    # In order: Công đoàn cơ sở Ba, Công đoàn cơ sở Hai, Công đoàn cơ sở Một, Hà Hai, Hà Một.
    assert [place("công"), place("CÔNG", 1), place("cong", 3)] == ["1", "2", "1"]
    assert [place("ha"), place("hà", 4), place("ha", 5)] == ["4", "5", "4"]
    assert [place("mo", 2), place("mo", 3), place("mo", 5)] == ["3", "5", "3"]
    assert [place("khong"), place(""), place("%"), place("ha", unit="G1")] == ["", "", "", ""]


def test_a_whole_old_name_or_a_code_is_answered_in_a_line_before_the_list(world: World) -> None:
    merge(world)
    said = "Công đoàn cơ sở Một (Liên đoàn Lao động Quận 1) ngày 01/07/2025 thuộc Công đoàn Một Hai , từ 01/07/2025 (theo 12/QĐ-LĐLĐ) ."
    for asked in ("công đoàn cơ sở một", "CĐCS Một", "Công đoàn cơ sở Một, LĐLĐ Quận 1", "g1"):
        page = words(world, tim=asked, ngay="2025-07-01")
        assert said in page, asked
        assert page.index(said) < page.index("đơn vị khớp")
    for asked, on in (("công đoàn cơ sở một", ""), ("cơ sở", "2025-07-01"), ("Công đoàn Một Hai", "2025-07-01")):
        assert "(theo " not in words(world, tim=asked, ngay=on), asked
    with day(OPENING.replace(year=2025, month=7, day=1)):
        assert "Công đoàn cơ sở Một (Liên đoàn Lao động Quận 1) nay thuộc Công đoàn Một Hai" in words(
            world, "lan", tim="công đoàn cơ sở một"
        )


def test_an_old_name_of_a_unit_that_lives_is_answered_and_one_of_many_units_asks_for_the_unit_above(world: World) -> None:
    renamed = [Renamed(day=DAY, unit=world.units["G1"], name="Công đoàn Ánh Dương")]
    assert record_events(renamed, by=SYSTEM, at=OPENING).problems == ()
    told = words(world, tim="công đoàn cơ sở một", ngay="2025-07-01")
    assert "Công đoàn cơ sở Một ngày 01/07/2025 có tên là Công đoàn Ánh Dương ." in told
    rows = "".join(f"N{number},Công đoàn Chung,grassroots_union,D2\n" for number in range(5))
    assert not load_units((UNITS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    units = units_by_code(date(2021, 1, 1))
    ended = [Absorbed(day=DAY, unit=units[f"N{number}"], into=world.units["G1"]) for number in range(5)]
    assert record_events(ended, by=SYSTEM, at=OPENING).problems == ()
    page = words(world, tim="công đoàn chung", ngay="2025-07-01")
    assert "5 đơn vị từng mang tên này. Để biết nay thuộc đâu, gõ thêm đơn vị cấp trên, ví dụ “Công đoàn Chung, Liên đoàn" in page


def test_a_search_has_further_pages(world: World) -> None:
    rows = "".join(f"N{number},Công đoàn Nhà máy {number:03},grassroots_union,D2\n" for number in range(70))
    assert not load_units((UNITS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    first, second = words(world, tim="nhà máy"), words(world, tim="nhà máy", trang=2)
    assert "70 đơn vị khớp với “nhà máy”" in first
    assert (first.count("Công đoàn Nhà máy"), second.count("Công đoàn Nhà máy")) == (50, 20)
    assert "Dòng 51–70 trong 70" in second
    assert re.search(r'href="\?tuyen=cong-doan&amp;tim=nh%C3%A0\+m%C3%A1y&amp;trang=2"', get(world, tim="nhà máy").content.decode())


@pytest.mark.parametrize("typed", ["hòa\x00hưng", "\ud800x", "a" * 5000, "\\", "'; DROP TABLE org_unit; --"])
def test_nothing_that_can_be_typed_breaks_the_search(world: World, typed: str) -> None:
    for name, unit in (("tree", None), ("flows", "D1")):
        where = reverse(name, args=[world.units[unit]] if unit else [])
        answer = enter(world, "an").get(where, {"tim": typed.encode("utf-8", "replace").decode()})
        assert answer.status_code in (200, 400), typed
