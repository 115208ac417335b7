"""The small-count wall on every page and in every paper: a count of 1 to 4 stays with its unit and its recipient's reviewer."""

import json
import re
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests.web.accepting import accept
from tests.web.consolidation.test_open_number import lines
from tests.web.consolidation.test_table import rows
from tests.web.visits import enter, text_of
from tests.world import World

WHO = ("lan", "kien", "bich", "phuc")  # everybody who reads from above the districts


@pytest.fixture
def dialogues(world: World) -> World:
    """G1 held 3, G2 20, G3 none; G4 2 and G5 30. D1 has 23, D2 32."""
    for code, count in (("G1", 3), ("G2", 20), ("G3", 0), ("G4", 2), ("G5", 30)):
        accept(world, code, C501=count)
    return world


@pytest.fixture
def small_district(world: World) -> World:
    """D1 has 3 in all, every one of them at G1; D2 has 32."""
    for code, count in (("G1", 3), ("G2", 0), ("G3", 0), ("G4", 2), ("G5", 30)):
        accept(world, code, C501=count)
    return world


def table(world: World, code: str, who: str) -> dict[str, list[str]]:
    page: HttpResponse = enter(world, who).get(reverse("consolidated", args=[world.cycle.pk, world.units[code]]) + "?noi-dung=N5")
    return rows(page)


def drilled(world: World, code: str, who: str, shown: str = "") -> list[tuple[str, str]]:
    address = reverse("cell_units", args=[world.cycle.pk, world.units[code], "C501"])
    page: HttpResponse = enter(world, who).get(f"{address}?xem={shown}")
    return lines(page)


@pytest.mark.parametrize("who", WHO)
def test_a_small_count_takes_another_with_it_and_neither_is_told_apart(dialogues: World, who: str) -> None:
    found = table(dialogues, "D1", who)
    assert (found["Cộng"], found["CĐCS Một"], found["CĐCS Hai"]) == (["23 3/4"], ["is-covered"], ["is-covered"])
    assert found["CĐCS Ba"] == ["0"]


def test_the_order_of_the_units_tells_nothing(dialogues: World) -> None:
    assert drilled(dialogues, "D1", "lan") == [
        ("Cộng", "23"),
        ("Số liệu trực tiếp", "is-missing"),
        ("CĐCS Ba", "0"),
        ("CĐCS Hai", "is-covered"),
        ("CĐCS Một", "is-covered"),
    ]


def test_no_bar_is_drawn_for_a_hidden_count(dialogues: World) -> None:
    address = reverse("cell_units", args=[dialogues.cycle.pk, dialogues.units["D1"], "C501"])
    page = enter(dialogues, "lan").get(address).content.decode()
    hidden = next(row for row in page.split("<tr>") if "CĐCS Một" in row)
    assert "<progress" not in hidden


def test_numbers_and_zeros_are_listed_together_and_without_values(dialogues: World) -> None:
    address = reverse("cell_units", args=[dialogues.cycle.pk, dialogues.units["D1"], "C501"])
    page = enter(dialogues, "lan").get(f"{address}?xem=answered")
    assert "Đã trả lời 3" in text_of(page.content)
    assert "Không phát sinh" not in text_of(page.content)
    assert [name for name, _ in lines(page)] == ["CĐCS Ba", "CĐCS Hai", "CĐCS Một"]
    assert not re.search(r"<td[^>]*number", page.content.decode())


@pytest.mark.parametrize("shown", ["number", "zero"])
def test_a_class_that_would_tell_too_much_cannot_be_asked_for(dialogues: World, shown: str) -> None:
    assert drilled(dialogues, "D1", "lan", shown) == drilled(dialogues, "D1", "lan")


@pytest.mark.parametrize("who", WHO)
def test_a_small_total_is_neither_shown_nor_opened(small_district: World, who: str) -> None:
    above = table(small_district, "LDLD", who)
    assert (above["LĐLĐ Quận 1"], above["LĐLĐ Quận 2"], above["Cộng"]) == (["is-covered"], ["is-covered"], ["35 5/8"])
    for code, name in (("D1", "CĐCS Một"), ("D2", "CĐCS Năm")):
        closed = table(small_district, code, who)
        assert (closed["Cộng"], closed[name]) == (["is-covered"], ["is-covered"])
        address = reverse("cell_units", args=[small_district.cycle.pk, small_district.units[code], "C501"])
        words = text_of(enter(small_district, who).get(address).content)
        assert "Tổng (cuộc) được che" in words
        assert "không mở ra theo từng đơn vị" in words
        assert "CĐCS" not in words


def below_on_the_page(world: World, who: str) -> str:
    """What D1's report says of the dialogues below it."""
    page = enter(world, who).get(reverse("report", args=[world.obligation("D1").pk])).content.decode()
    row = page[page.index('id="n-C501"') :]
    return re.findall(r'<td class="below[^>]*>([^<]*)</td>', row[: row.index("</tr>")])[0]


@pytest.mark.parametrize("who", ["lan", "bich", "kien"])
def test_a_small_sum_below_a_unit_is_told_on_its_report_to_its_own_people_only(small_district: World, who: str) -> None:
    assert below_on_the_page(small_district, "dung") == "3"
    assert below_on_the_page(small_district, who) == ""


def test_the_units_own_people_see_their_total_but_not_a_childs_small_count(dialogues: World) -> None:
    found = table(dialogues, "D1", "binh")
    assert (found["Cộng"], found["CĐCS Một"], found["CĐCS Hai"]) == (["23 3/4"], ["is-covered"], ["is-covered"])
    assert table(dialogues, "G1", "an")["Cộng"] == ["3 1/1"]


def test_the_recipient_sees_every_count_on_the_report_under_review(dialogues: World) -> None:
    address = reverse("review_report", args=[dialogues.obligation("G1").pk])
    page = enter(dialogues, "binh").get(address).content.decode()
    row = page[page.index('id="C501"') :]
    assert re.search(r'<td class="entry">3</td>', row[: row.index("</tr>")])


@pytest.mark.parametrize("who", ["lan", "binh"])
def test_no_paper_holds_a_hidden_count(dialogues: World, who: str) -> None:
    client = enter(dialogues, who)
    made = {
        name: client.get(reverse("download", args=[dialogues.cycle.pk, dialogues.units["D1"], name])).content
        for name in ("bao-cao.docx", "phu-luc.xlsx", "tong-hop.json")
    }
    data = json.loads(made["tong-hop.json"])
    told = {child["code"]: (child["figures"]["C501"], child.get("hidden", [])) for child in data["children"]}
    assert told == {"D1": (None, []), "G1": (None, ["C501"]), "G2": (None, ["C501"]), "G3": (0, [])}
    sheet = load_workbook(BytesIO(made["phu-luc.xlsx"])).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    place = next(row for row in rows if row[1] == "Mã đơn vị").index("Cuộc đối thoại")
    assert {row[1]: row[place] for row in rows if row[1] in told} == {"D1": None, "G1": "ẩn", "G2": "ẩn", "G3": 0}
    word = Document(BytesIO(made["bao-cao.docx"]))
    printed = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    shown = [row[2] for row in next(rows for rows in printed if ["TT", "Đơn vị", "C501"] in rows)[2:]]
    assert shown == ["0", "ẩn", "ẩn", "chưa có báo cáo được chấp nhận (chưa bắt đầu)", "23"]


def test_a_paper_read_from_above_hides_what_the_table_above_hides(small_district: World) -> None:
    address = reverse("download", args=[small_district.cycle.pk, small_district.units["D1"], "tong-hop.json"])
    mine, theirs = (json.loads(enter(small_district, who).get(address).content)["figures"]["C501"] for who in ("binh", "lan"))
    assert (mine["value"], mine.get("hidden")) == (3, None)
    assert (theirs["value"], theirs["hidden"], theirs["cells"]["zero"]) == (None, True, 0)


@pytest.mark.parametrize("code", ["G1", "G2"])
def test_the_report_at_the_end_of_the_way_does_not_tell_either(dialogues: World, code: str) -> None:
    """Neither the small count nor its cover, whoever came from above."""
    for who, words in (("lan", "is-covered"), ("binh", {"G1": ">3<", "G2": ">20<"}[code])):
        page = enter(dialogues, who).get(reverse("report", args=[dialogues.obligation(code).pk])).content.decode()
        cell = re.search(r'<td class="entry[^"]*" id="C501">[^<]*<', page)
        assert cell
        assert words in cell[0]
