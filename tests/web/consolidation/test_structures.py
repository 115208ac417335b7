"""The pages that read a cycle in the structure of another day."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from kheo.campaigns.actions import publish
from kheo.journal.actions import SYSTEM
from kheo.org.queries import unit_by_code
from kheo.reports.actions import open_cycle
from tests.reforming import DAY, reform
from tests.web.accepting import accept
from tests.web.consolidation.test_table import rows
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, FILES, World


@pytest.fixture
def reformed(world: World) -> World:
    for code, kept in (("G1", 7), ("G2", 11), ("G3", 13), ("G4", 17), ("D2", 19)):
        accept(world, code, B02=kept)
    reform(world)
    return world


def address(world: World, code: str, name: str = "structure_table", *more: str) -> str:
    return reverse(name, args=[world.cycle.pk, "union", DAY.isoformat(), unit_by_code(code, DAY), *more])


def see(world: World, code: str, query: str = "", who: str = "lan") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code) + query)
    return answer


def choose(world: World, code: str, query: str, who: str = "lan") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(reverse("choose_structure", args=[world.cycle.pk, world.units[code]]) + query)
    return answer


def test_the_page_names_its_structure_and_every_line_adds_up_to_the_total(reformed: World) -> None:
    page = see(reformed, "LDLD")
    found = {name: cells[1] for name, cells in rows(page).items()}
    assert found["Cộng"] == "67 5/8"
    lines = ("Công đoàn G12", "LĐLĐ Quận 1", "Phần của CĐCS Bốn", "Phần của LĐLĐ Quận 2")
    assert [found[name] for name in lines] == ["18", "13 1/2", "17", "19"]
    words = text_of(page.content)
    assert "Theo cây tổ chức ngày 01/07/2025" in words
    assert "không chia được: thuộc Công đoàn G42, Công đoàn G41 (chia, tách từ 01/07/2025 theo 12/QĐ-LĐLĐ)" in words
    assert "Báo cáo giữ riêng 2" in words


def test_a_new_unit_opens_to_the_reports_of_the_units_it_was_made_of(reformed: World) -> None:
    page = see(reformed, "G12", who="binh")
    assert {name: cells[1] for name, cells in rows(page).items()} == {"Cộng": "18 2/2", "CĐCS Một": "7", "CĐCS Hai": "11"}
    report = reverse("report", args=[reformed.obligation("G1").pk])
    assert f'href="{report}"' in page.content.decode()
    assert f'<a href="{report}#B02">7</a>' in page.content.decode()
    assert f'<a href="../{unit_by_code("G12", DAY)}/?noi-dung=chung">18</a>' in see(reformed, "LDLD").content.decode()


def test_a_unit_that_stands_for_no_report_says_so(reformed: World) -> None:
    assert "Không có báo cáo nào của kỳ này thuộc về đơn vị" in text_of(see(reformed, "G42").content)


def test_choosing_a_day_leads_to_where_the_unit_stands_then(reformed: World) -> None:
    assert choose(reformed, "G1", "?ngay=01/07/2025")["Location"] == address(reformed, "G12")
    assert choose(reformed, "LDLD", "?ngay=2025-07-01&tuyen=union")["Location"] == address(reformed, "LDLD")
    assert choose(reformed, "D2", "?ngay=01/07/2025")["Location"] == address(reformed, "LDLD")


@pytest.mark.parametrize("typed", ["khong", "31/02/2025", "1/7", "01/07/99999", "-1/7/2025"])
def test_a_day_that_is_none_is_said_at_the_field_and_what_was_typed_stays(reformed: World, typed: str) -> None:
    page = choose(reformed, "LDLD", f"?ngay={typed}")
    assert page.status_code == 200
    assert "Hãy ghi ngày theo dạng ngày/tháng/năm" in text_of(page.content)
    assert f'value="{typed}"' in page.content.decode()


def test_a_day_before_any_tree_is_told(reformed: World) -> None:
    assert "Ngày 01/01/1999 chưa ghi nhận cây nào" in text_of(choose(reformed, "LDLD", "?ngay=01/01/1999").content)


def test_whoever_may_not_read_all_that_the_new_unit_holds_is_told_and_keeps_the_table_as_reported(reformed: World) -> None:
    page = choose(reformed, "G4", "?ngay=01/07/2025", who="chi")
    assert page.status_code == 200
    assert "nơi gồm cả báo cáo của đơn vị khác mà anh/chị không xem được" in text_of(page.content)
    assert see(reformed, "LDLD", who="chi").status_code == 404


@pytest.mark.parametrize("tail", ["union/2025-13-01", "union/hom-nay", "khong/2025-07-01"])
def test_a_structure_that_is_none_is_not_there(reformed: World, tail: str) -> None:
    path = f"/tong-hop/{reformed.cycle.pk}/theo-cay/{tail}/{reformed.units['LDLD']}/"
    assert enter(reformed, "lan").get(path).status_code == 404


def test_behind_the_wall_what_cuts_all_that_was_covered_leaves_the_total_only(reformed: World) -> None:
    whole, part = rows(see(reformed, "LDLD", "?noi-dung=N5")), rows(see(reformed, "D1", "?noi-dung=N5"))
    assert whole.pop("Cộng") == ["5 5/8"]
    assert {cell for cells in [*whole.values(), *part.values()] for cell in cells} == {"is-covered", "is-na", "is-missing"}
    # G42 stands for no report at all, of G5 none was accepted: that is told as it is as reported.
    assert whole["Công đoàn G42"] == ["is-na"]


def test_papers_in_a_structure_name_it_and_hold_the_remainders(reformed: World) -> None:
    lan = enter(reformed, "lan")
    told = json.loads(lan.get(address(reformed, "LDLD", "structure_download", "tong-hop.json")).content)
    assert (told["structure"], told["outside"]) == ({"line": "union", "day": "2025-07-01"}, 0)
    assert {child["code"]: child["figures"]["B02"] for child in told["children"] if "remainder" in child} == {"D2": 19, "G4": 17}
    assert told["figures"]["B02"]["value"] == sum(child["figures"]["B02"] or 0 for child in told["children"])
    book = load_workbook(BytesIO(lan.get(address(reformed, "LDLD", "structure_download", "phu-luc.xlsx")).content))
    names = [str(cell.value) for cell in book["Số liệu theo đơn vị"]["C"]]
    assert any(name.startswith("Phần của Công đoàn cơ sở Bốn (không chia được: thuộc") for name in names)
    paper = Document(BytesIO(lan.get(address(reformed, "LDLD", "structure_download", "bao-cao.docx")).content))
    text = " ".join(each.text for each in paper.paragraphs)
    assert "(theo cây tổ chức ngày 01/07/2025)" in text
    assert lan.get(address(reformed, "LDLD", "structure_download", "bao-cao.pdf")).content[:5] == b"%PDF-"


def test_the_number_of_queries_does_not_depend_on_the_lines(reformed: World) -> None:
    lan = enter(reformed, "lan")
    counts = {code: queries_of(lan, address(reformed, code)) for code in ("G12", "D1", "LDLD")}
    # The units above cost what they cost, and so do the reasons of remainders: once, however many.
    assert max(counts.values()) - min(counts.values()) <= 5, counts
    assert max(counts.values()) <= 40, counts


def test_the_days_of_a_reorganisation_are_offered_once_they_have_come(reformed: World) -> None:
    assert "01/07/2025" not in text_of(choose(reformed, "LDLD", "").content).split("Những ngày hay cần")[1]
    with day(datetime(2025, 8, 1, tzinfo=UTC)):
        words = text_of(choose(reformed, "LDLD", "").content).split("Những ngày hay cần")[1]
    assert "01/07/2025 : hợp nhất: 1; chia, tách: 1; chuyển cấp trên: 1; kết thúc hoạt động: 1 (12/QĐ-LĐLĐ)" in words


def trend_of(world: World, code: str, indicator: str, cycle: int | None = None) -> HttpResponse:
    path = reverse("trend", args=[cycle or world.cycle.pk, "union", DAY.isoformat(), unit_by_code(code, DAY)])
    answer: HttpResponse = enter(world, "lan").get(f"{path}?chi-tieu={indicator}")
    return answer


def test_across_a_reorganisation_units_that_share_an_old_one_are_one_line(reformed: World) -> None:
    """G41 stands under D1, G42 beside it: what G4 reported is exact for both together only."""
    page = trend_of(reformed, "LDLD", "B02")
    assert rows(page) == {
        "Cộng": ["67 5/8"],
        "CĐCS Năm": ["is-missing"],
        "Công đoàn G12": ["18"],
        "Công đoàn G42 + LĐLĐ Quận 1": ["30 2/3"],
        "Số liệu trực tiếp": ["is-missing"],
        "Đã kết thúc, không có đơn vị kế thừa": ["19"],
    }
    assert "Chưa đủ hai kỳ có số" in text_of(page.content)


def test_a_trend_marks_the_day_says_why_and_draws_nothing_that_cannot_be_compared(reformed: World) -> None:
    with day(datetime(2026, 4, 1, 2, tzinfo=UTC)):
        opened = open_cycle("mini", "2026-6T", calendar=CALENDAR, by=SYSTEM, at=datetime(2026, 4, 1, 2, tzinfo=UTC))
        assert opened.cycle, opened.problems
        page = trend_of(reformed, "LDLD", "B02", opened.cycle.pk)
    words = text_of(page.content)
    assert "01/07/2025 : hợp nhất: 1; chia, tách: 1; chuyển cấp trên: 1; kết thúc hoạt động: 1 (12/QĐ-LĐLĐ)" in words
    assert "sau sắp xếp tổ chức" in words
    assert rows(page)["Công đoàn G12"] == ["18", "is-missing"]


def test_a_period_that_counted_otherwise_says_why_and_gives_no_value(reformed: World) -> None:
    """A real edition of the year after: what was counted in mô hình is counted in công trình, and a ratio is of other sums."""
    at = datetime(2026, 4, 1, 2, tzinfo=UTC)
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    for before, after in (
        ("unit: mô hình, aggregation: last", "unit: công trình, aggregation: last"),
        ("numerator: C202,", "numerator: C201,"),
        ("code: C501, ", "code: C501, meaning: {version: 2, why: từ 2026 không đếm hội nghị trực tuyến}, "),
    ):
        assert before in text
        text = text.replace(before, after)
    assert publish(text, "mini.yaml", by=SYSTEM, at=at).problems == ()
    with day(at):
        opened = open_cycle("mini", "2026-6T", calendar=CALENDAR, by=SYSTEM, at=at)
        assert opened.cycle, opened.problems
        pages = {code: trend_of(reformed, "LDLD", code, opened.cycle.pk) for code in ("B02", "C202R", "B01", "C501")}
    assert "tính bằng mô hình (nay công trình)" in text_of(pages["B02"].content)
    assert "tử số là C202 (nay C201)" in text_of(pages["C202R"].content)
    assert "chưa hiểu theo cách nay: từ 2026 không đếm hội nghị trực tuyến" in text_of(pages["C501"].content)
    assert rows(pages["C501"])["Cộng"][0] == "không so sánh được"
    assert "Không so sánh được" not in text_of(pages["B01"].content)
    assert rows(pages["B02"])["Cộng"] == ["không so sánh được", "is-missing"]


@pytest.fixture
def talked(world: World) -> World:
    """As reported G1 and G2 are covered (3 and 20), G4 and G5 too (2 and 30); the districts' 23 and 32 are shown."""
    for code, count in (("G1", 3), ("G2", 20), ("G3", 0), ("G4", 2), ("G5", 30)):
        accept(world, code, C501=count)
    reform(world)
    return world


@pytest.mark.parametrize("who", ["lan", "kien", "phuc"])
def test_behind_the_wall_a_merger_of_all_that_was_covered_is_shown_and_a_part_of_it_is_not(talked: World, who: str) -> None:
    found = rows(see(talked, "LDLD", "?noi-dung=N5", who))
    assert (found["Cộng"], found["Công đoàn G12"], found["LĐLĐ Quận 1"]) == (["55 5/8"], ["23"], ["0 1/2"])
    assert (found["CĐCS Năm"], found["Phần của CĐCS Bốn"]) == (["is-covered"], ["is-covered"])
    inside = rows(see(talked, "G12", "?noi-dung=N5", who))
    assert (inside["Cộng"], inside["CĐCS Một"], inside["CĐCS Hai"]) == (["23 2/2"], ["is-covered"], ["is-covered"])


def test_what_a_page_covers_no_paper_nor_trend_tells(talked: World) -> None:
    lan = enter(talked, "lan")
    told = json.loads(lan.get(address(talked, "LDLD", "structure_download", "tong-hop.json")).content)
    figures = {child["code"]: child["figures"]["C501"] for child in told["children"]}
    assert {code: figures[code] for code in ("G12", "G5", "G4")} == {"G12": 23, "G5": None, "G4": None}
    assert {child["code"] for child in told["children"] if "C501" in child.get("hidden", ())} == {"G5", "G4"}
    assert rows(trend_of(talked, "LDLD", "C501"))["Công đoàn G12"] == ["23"]
    # G5 stands alone, and what G4 reported is under the group of its heirs: both cut what was covered.
    assert rows(trend_of(talked, "LDLD", "C501"))["CĐCS Năm"] == ["is-covered"]
    assert rows(trend_of(talked, "LDLD", "C501"))["Công đoàn G42 + LĐLĐ Quận 1"] == ["is-covered"]


def test_a_sum_that_is_small_itself_is_not_printed_though_the_pages_as_reported_tell_it(world: World) -> None:
    for code, count in (("G1", 1), ("G2", 2), ("G3", 40), ("G4", 20), ("G5", 30)):
        accept(world, code, C501=count)
    reform(world)
    found = rows(see(world, "LDLD", "?noi-dung=N5"))
    assert (found["Công đoàn G12"], found["LĐLĐ Quận 1"], found["Cộng"]) == (["is-covered"], ["40 1/2"], ["93 5/8"])
