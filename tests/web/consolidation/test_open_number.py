"""What stands behind one number: the units with their shares, every unit of one class, the way up and on to the report."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.web.accepting import accept
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, submit


def address(world: World, code: str, key: str, shown: str = "") -> str:
    return reverse("cell_units", args=[world.cycle.pk, world.units[code], key]) + (f"?xem={shown}" if shown else "")


def see(world: World, code: str, key: str, shown: str = "", who: str = "lan") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code, key, shown))
    return answer


def lines(page: HttpResponse) -> list[tuple[str, str]]:
    """(unit, number) of every line, in the order of the page."""
    found = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page.content.decode()):
        head = re.search(r'<th scope="row"[^>]*>(.*?)</th><td([^>]*)>(.*?)</td>', row)
        if head:
            number = text_of(re.sub(r"<small.*?</small>", "", head[3]).encode())
            sign = re.search(r"is-\w+", head[2])
            found.append((text_of(re.sub(r"<small.*?</small>", "", head[1]).encode()), number or (sign[0] if sign else "")))
    return found


def test_units_stand_by_what_they_give_and_add_up_to_the_number(world: World) -> None:
    for code, kept in (("G1", 5), ("G2", 40), ("G3", 20), ("D1", 7)):
        accept(world, code, B02=kept)
    page = see(world, "D1", "B02")
    assert lines(page) == [("Cộng", "72"), ("Số liệu trực tiếp", "7"), ("CĐCS Hai", "40"), ("CĐCS Ba", "20"), ("CĐCS Một", "5")]
    assert "Cộng các dòng đúng bằng tổng ở trên." in text_of(page.content)


def test_units_without_a_number_stand_last_with_the_reason(world: World) -> None:
    accept(world, "G2", B02=None)
    accept(world, "G3", B02=0)
    assert lines(see(world, "D1", "B02"))[1:] == [
        ("Số liệu trực tiếp", "is-missing"),
        ("CĐCS Ba", "0"),
        ("CĐCS Hai", "is-blank"),
        ("CĐCS Một", "is-missing"),
    ]


def test_a_breakdown_shows_every_part_of_every_unit(world: World) -> None:
    accept(world, "G1", B01_KT=2, B01_VH=1)
    accept(world, "G2", B01_KT=4, B01_VH=0)
    words = text_of(see(world, "D1", "B01").content)
    assert "Kinh tế Văn hóa Cộng 7 2/4 6 2/4 1 2/4" in words
    assert "CĐCS Hai 4 4 0" in words
    assert lines(see(world, "D1", "B01.KT"))[0] == ("Cộng", "6")


def test_a_ratio_opens_to_its_two_sums(world: World) -> None:
    accept(world, "G1", C201=10, C202=9)
    accept(world, "G2", C201=30, C202=3)
    page = see(world, "D1", "C202R")
    assert lines(page)[0] == ("Tính từ hai tổng", "30,00 %")
    words = text_of(page.content)
    assert "12 chia cho 40" in words
    assert "không phải trung bình của các dòng" in words
    assert [link for link in ("../C202/", "../C201/") if f'href="{link}"' in page.content.decode()] == ["../C202/", "../C201/"]


def test_a_ratio_of_the_system_adds_up_with_the_own_report(world: World) -> None:
    accept(world, "G1")
    submit(world, "D1")
    assert lines(see(world, "D1", "A06")) == [
        ("Tính từ hai tổng", "50,00 %"),
        ("Số liệu trực tiếp", "100,00 %"),
        ("CĐCS Một", "100,00 %"),
        ("CĐCS Ba", "0,00 %"),
        ("CĐCS Hai", "0,00 %"),
    ]


@pytest.mark.parametrize(
    ("shown", "names"),
    [("number", ["CĐCS Một"]), ("zero", ["CĐCS Hai"]), ("blank", ["CĐCS Ba"]), ("na", ["CĐCS Bốn"]), ("missing", None)],
)
def test_every_class_lists_its_units_wherever_they_stand(world: World, shown: str, names: list[str] | None) -> None:
    for code, kept in (("G1", 5), ("G2", 0), ("G3", None), ("G4", "na")):
        accept(world, code, B02=kept)
    found = [name for name, _ in lines(see(world, "LDLD", "B02", shown))]
    assert found == (names or ["LĐLĐ Thành phố", "LĐLĐ Quận 1", "LĐLĐ Quận 2", "CĐCS Năm"])


def test_the_classes_are_counted_and_an_empty_one_is_not_offered(world: World) -> None:
    accept(world, "G1", B02=5)
    accept(world, "G2", B02=None)
    words = text_of(see(world, "LDLD", "B02").content)
    assert "Đơn vị trực tiếp Có số 1 Chưa có số liệu 1 Chưa có báo cáo được chấp nhận 6" in words


def test_the_way_leads_on_to_the_cell_of_the_report(world: World) -> None:
    accept(world, "G1", B02=5)
    page = see(world, "LDLD", "B02").content.decode()
    onward = f"../../../{world.units['D1']}/o/B02/"
    assert f'href="{onward}"' in page
    last = see(world, "D1", "B02").content.decode()
    report = reverse("report", args=[world.obligation("G1").pk])
    assert f'href="{report}#B02"' in last
    assert 'id="B02"' in enter(world, "lan").get(report).content.decode()


def test_the_way_up_ends_where_the_readers_rights_end(world: World) -> None:
    accept(world, "G1")
    trail = re.compile(r'<nav class="breadcrumb".*?</nav>', re.DOTALL)
    high, low = (text_of(trail.search(see(world, "D1", "B02", who=who).content.decode())[0].encode()) for who in ("lan", "binh"))  # type: ignore[index]
    assert high == "Liên đoàn Lao động Thành phố Liên đoàn Lao động Quận 1 B02"
    assert low == "Liên đoàn Lao động Quận 1 B02"


def test_a_unit_with_nothing_below_leads_to_its_report(world: World) -> None:
    accept(world, "G1", B02=5)
    page = see(world, "G1", "B02", who="an")
    report = reverse("report", args=[world.obligation("G1").pk])
    assert f'href="{report}#B02"' in page.content.decode()


@pytest.mark.parametrize("key", ["B99", "B01.XX", "C202R.KT", "system:on_time", "b02", "B02."])
def test_what_the_campaign_does_not_count_is_not_there(world: World, key: str) -> None:
    assert see(world, "D1", key).status_code == 404


@pytest.mark.parametrize("key", ["B01", "C202R", "A06", "C501"])
def test_the_number_of_queries_does_not_depend_on_the_units(world: World, key: str) -> None:
    client = enter(world, "lan")
    two, three = (queries_of(client, address(world, code, key)) for code in ("D2", "D1"))
    for code in ("G1", "G2", "G3", "D1"):
        accept(world, code, C501=9)
    assert [two, three, queries_of(client, address(world, "D1", key))] == [two] * 3
