"""The consolidated table: totals, who stands behind them, and what kind of nothing a cell is."""

import re
from urllib.parse import urljoin

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.org.models import SnapshotUnit
from kheo.reports.actions import open_cycle
from tests.web.accepting import accept
from tests.web.visits import enter, queries_of, text_of
from tests.world import CALENDAR, World, fill, head_of, later, submit


def address(world: World, code: str, content: str = "chung") -> str:
    return f"{reverse('consolidated', args=[world.cycle.pk, world.units[code]])}?noi-dung={content}"


def see(world: World, code: str, content: str = "chung", who: str = "lan") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code, content))
    return answer


def rows(page: HttpResponse) -> dict[str, list[str]]:
    """Cells by the name of their row: the text, or the class of the sign that is drawn."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page.content.decode()):
        head = re.search(r'<th scope="row"[^>]*>(.*?)</th>', row)
        if head:
            name = text_of(re.sub(r"<small.*", "", head[1]).encode())
            found[name] = [text_of(cell.encode()) or (sign[0] if (sign := re.search(r"is-\w+", tag)) else "") for tag, cell in cells(row)]
    return found


def cells(row: str) -> list[tuple[str, str]]:
    return re.findall(r"<td([^>]*)>(.*?)</td>", row)


def test_totals_stand_first_and_add_up(world: World) -> None:
    accept(world, "G1", B01_KT=2, B01_VH=1, B02=5)
    accept(world, "G2", B01_KT=10, B01_VH=0, B02=20)
    found = rows(see(world, "D1"))
    assert list(found)[:2] == ["Cộng", "Số liệu trực tiếp"]
    assert found["Cộng"] == ["13 2/4", "25 2/4", "20 2/4", "18 2/4", "90,00 %", "50,00 %"]
    assert found["CĐCS Một"] == ["3", "5", "10", "9", "90,00 %", "100,00 %"]
    assert found["CĐCS Hai"] == ["10", "20", "10", "9", "90,00 %", "100,00 %"]


def test_missing_is_not_zero_and_blank_is_neither(world: World) -> None:
    accept(world, "G1", B02=None, C201=0, C202=0)
    accept(world, "G2", B02="na")
    fill(world, "G3", {"B02": 7}, by=head_of(world, "G3"))
    found = rows(see(world, "D1"))
    assert found["CĐCS Một"][1:5] == ["is-blank", "0", "0", "is-na"]
    assert found["CĐCS Hai"][1] == "is-na"
    assert found["CĐCS Ba"] == ["is-missing"] * 5 + ["0,00 %"]


def test_what_waits_or_was_returned_is_not_counted(world: World) -> None:
    submit(world, "G1")
    found = rows(see(world, "D1"))
    assert (found["Cộng"][0], found["CĐCS Một"][0]) == ("is-missing", "is-missing")
    assert "đã nộp" in text_of(see(world, "D1").content)


def test_a_blank_is_seen_in_the_total(world: World) -> None:
    for code, kept in (("G1", 5), ("G2", None), ("G3", "na")):
        accept(world, code, B02=kept)
    accept(world, "D1")
    assert rows(see(world, "D1"))["Cộng"][1] == "10 2/3"


def test_the_units_own_figures_are_told_apart_from_those_below(world: World) -> None:
    accept(world, "D1", B02=100)
    accept(world, "G1", B02=7)
    found = rows(see(world, "D1"))
    assert (found["Cộng"][1], found["Số liệu trực tiếp"][1], found["CĐCS Một"][1]) == ("107 2/4", "100", "7")


def test_a_late_report_is_marked_in_its_numbers(world: World) -> None:
    accept(world, "G1", at=later(days=60))
    accept(world, "G2")
    page = see(world, "D1").content.decode()
    late, on_time = (next(row for row in page.split("<tr>") if name in row) for name in ("CĐCS Một", "CĐCS Hai"))
    assert "nộp trễ" in late
    assert 'class="is-late"' in late
    assert "is-late" not in on_time


def test_last_period_stands_under_the_total(world: World) -> None:
    accept(world, "G1", B02=41)
    opened = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=later(days=365)).cycle
    assert opened
    page = enter(world, "lan").get(reverse("consolidated", args=[opened.pk, world.units["LDLD"]]))
    assert rows(page)["6 tháng đầu năm 2023"][1] == "41"


def test_every_number_opens(world: World) -> None:
    accept(world, "G1")
    client = enter(world, "lan")
    for code in ("LDLD", "D1"):
        base = reverse("consolidated", args=[world.cycle.pk, world.units[code]])
        page = client.get(base).content.decode()
        numbers = re.findall(r"<td[^>]*>(?!<a )[^<]*\d", re.sub(r'<tr class="before">.*?</tr>', "", page))
        assert numbers == []
        links = set(re.findall(r'<td[^>]*><a href="([^"#]+)', page))
        assert links
        for link in links:
            assert client.get(urljoin(base, link)).status_code == 200, link


def test_contents_are_tabs_and_an_unknown_one_is_the_first(world: World) -> None:
    page = text_of(see(world, "D1", "khong-co").content)
    assert "Chung Đối thoại" in page
    assert "B01 Mô hình đăng ký mô hình" in page


def test_completeness_is_told_on_top(world: World) -> None:
    accept(world, "G1")
    words = text_of(see(world, "LDLD").content)
    assert "Báo cáo đã chấp nhận 1 / 8 12,5 %" in words
    assert "Báo cáo chưa được cộng 7 chưa nộp hoặc đang chờ duyệt" in words


def test_names_are_escaped(world: World) -> None:
    SnapshotUnit.objects.filter(unit=world.units["G1"]).update(name="<script>alert(1)</script>")
    accept(world, "G1")
    assert "<script>alert" not in see(world, "D1").content.decode()


@pytest.mark.parametrize("content", ["chung", "N5"])
def test_the_number_of_queries_does_not_depend_on_the_units(world: World, content: str) -> None:
    """Two units and no report, three units and no report, three units with reports and the unit's own."""
    client = enter(world, "lan")
    two, three = (queries_of(client, address(world, code, content)) for code in ("D2", "D1"))
    for code in ("G1", "G2", "G3", "D1"):
        accept(world, code)
    assert [two, three, queries_of(client, address(world, "D1", content))] == [two] * 3


def test_pages_hold_fifty_units(world: World) -> None:
    template = SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, unit=world.units["G3"])
    for number in range(60):
        template.position, template.name = 100 + number, f"Công đoàn cơ sở thêm {number:02d}"
        template.unit = type(template.unit).objects.create()
        template.save(force_insert=True)
    client = enter(world, "lan")
    first, second = client.get(address(world, "D1")), client.get(f"{address(world, 'D1')}&trang=2")
    assert [len(rows(page)) for page in (first, second)] == [52, 14]
    assert "Số liệu trực tiếp" not in rows(second)
    assert "Dòng 51–63 trong 63" in text_of(second.content)
