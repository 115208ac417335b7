"""Reports on the reporting: in time, back and forth, handed on, and what each indicator costs. Counted by hand beside the database."""

import csv
import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.urls import reverse

from kheo.core.timeliness import Timeliness, timeliness
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Done, accept_report, extend_due, open_cycle, return_report
from kheo.reports.models import IndicatorOpening, Obligation
from kheo.reports.queries.discipline.burden import burdens
from kheo.reports.queries.discipline.keeping import Kept, kept_parts, total
from kheo.reports.queries.discipline.relaying import relays
from kheo.reports.queries.discipline.turning import Turned, turned_below
from tests.web.accepting import accept
from tests.web.discipline.asking import DUE, NOW, address, get, row
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, GOOD, OPENING, World, fill, later, reviewer_of, submit

OWN = date(2023, 5, 10)


def accept_sent(world: World, code: str, at: datetime = OPENING) -> None:
    """Send again what was returned, if it was, and accept it."""
    if world.report(code).state == "returned":
        submit(world, code, {**GOOD, "B02": 0}, at=later(minutes=3))
    version = world.report(code).version
    assert isinstance(
        accept_report(world.obligation(code).pk, version=version, by=reviewer_of(world, code), at=max(at, later(minutes=4))), Done
    )


@pytest.fixture
def lived(world: World) -> World:
    """G1 in time, G2 after the first date within its extension, G3 late; G4, G5 and the offices silent."""
    submit(world, "G1", at=DUE - timedelta(microseconds=1))
    extend_due([world.obligation("G2").pk], until=OWN, reason="Ngập.", by=world.person("binh"), at=DUE - timedelta(days=1))
    submit(world, "G2", at=DUE + timedelta(hours=30))
    submit(world, "G3", at=DUE)
    return world


def test_reports_are_counted_by_unit_and_tier_as_one_by_one(lived: World) -> None:
    """Oracle: `core.timeliness` asked about each obligation."""
    parts = kept_parts([lived.cycle], row(lived, "LDLD"), NOW)
    by_unit = {code: total(part for part in parts if part.unit_id == lived.units[code]) for code in ("D1", "D2", "LDLD")}
    assert by_unit == {
        "D1": Kept(owed=4, on_time=1, extended=1, late=1, missing=1),
        "D2": Kept(owed=3, missing=3),
        "LDLD": Kept(owed=1),
    }
    kinds = [
        timeliness(getattr(getattr(each, "report", None), "received_at", None), each.due_at, each.promised_at, NOW)
        for each in Obligation.objects.filter(cycle=lived.cycle).select_related("report")
    ]
    whole = total(parts)
    assert (whole.on_time, whole.extended, whole.late, whole.missing, whole.owed - whole.settled) == tuple(
        kinds.count(kind) for kind in (Timeliness.ON_TIME, Timeliness.EXTENDED, Timeliness.LATE, Timeliness.OVERDUE, Timeliness.OPEN)
    )
    assert {part.tier for part in parts} == {"co_so", "cap_tren", "thanh_pho"}


def test_the_page_counts_an_extension_apart_and_names_who_is_worst(lived: World) -> None:
    words = text_of(get(lived).content)
    assert "28,6 % báo cáo đã đến hạn là đúng hạn, trong đó 1 nhờ gia hạn; trễ và thiếu nhiều nhất: LĐLĐ Quận 2 (3 báo cáo)." in words
    assert "LĐLĐ Quận 2 3 0 0 0 3 0,0 % LĐLĐ Quận 1 4 1 1 1 1 50,0 %" in words
    assert "CĐCS Hai 1 0 1 0 0 100,0 %" in text_of(get(lived, "D1", "binh").content)


def test_several_cycles_stand_side_by_side(lived: World) -> None:
    with day(NOW):
        year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=NOW).cycle
        assert year
        page = text_of(enter(lived, "lan").get(reverse("discipline", args=[year.pk, lived.units["LDLD"]])).content)
    assert "Đúng hạn kỳ 2023-6T" in page
    assert "LĐLĐ Quận 1 4 0 0 0 0 – 50,0 %" in page
    assert "6 tháng đầu năm 2023 8 1 1 1 4 28,6 % năm 2023 8 0 0 0 0 –" in page


def test_rounds_and_working_days_are_those_of_each_report(world: World) -> None:
    """G1: sent Monday the 3rd, returned Wednesday the 5th, sent again Monday the 10th: 2 days there, 3 here, and 2 more until now."""
    monday = later(days=2)
    assert monday.weekday() == 0
    submit(world, "G1", at=monday)
    version = world.report("G1").version
    return_report(world.obligation("G1").pk, reason="Xem lại.", version=version, by=reviewer_of(world, "G1"), at=monday + timedelta(days=2))
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=monday + timedelta(days=7))
    submit(world, "G1", {**GOOD, "B02": 6}, at=monday + timedelta(days=7))
    submit(world, "G2", at=monday + timedelta(days=7))
    found = turned_below(world.cycle, row(world, "D1"), monday + timedelta(days=9))
    assert found == {
        world.units["G1"]: Turned(reports=1, sendings=2, returns=1, at_recipient=4, corrections=1, at_unit=3),
        world.units["G2"]: Turned(reports=1, sendings=1, returns=0, at_recipient=2, corrections=0, at_unit=0),
    }
    words = text_of(get(world, "D1", "binh", at=monday + timedelta(days=9), xem="vong").content)
    assert "CĐCS Một 1 2 1 2,0 3,0 CĐCS Hai 1 1 0 2,0 –" in words
    assert "1 lần trả lại trên 2 báo cáo; nơi nhận xem một lần nộp trung bình 2,0 ngày làm việc." in words


def test_days_to_relay_are_those_of_the_report_in_the_middle(world: World) -> None:
    for code, days in (("G1", 2), ("G2", 4), ("G3", 10)):
        submit(world, code, at=later(days=days))
    accept_at = later(days=12)
    accept_sent(world, "G1", accept_at)
    submit(world, "D1", at=later(days=20))
    found = {each.tier: each for each in relays([world.cycle], row(world, "LDLD"))}
    assert (found["co_so"].owed, found["co_so"].started) == (5, 3)
    assert [float(each) for each in (found["co_so"].to_start, found["co_so"].to_send) if each is not None] == [4.0, 4.0]
    assert found["thanh_pho"].to_start is None
    assert "Công đoàn cấp trên trực tiếp cơ sở: 20,0 ngày" in text_of(get(world, xem="chuyen").content)


def test_the_burden_of_each_indicator(world: World) -> None:
    submit(world, "G1")
    version = world.report("G1").version
    return_report(world.obligation("G1").pk, reason="Xem lại.", version=version, by=reviewer_of(world, "G1"), at=later(minutes=1))
    fill(world, "G1", {"B02": 0}, by=world.person("an"), at=later(minutes=2))
    accept_sent(world, "G1")
    accept(world, "G2", B01_VH=None)
    with day(NOW):
        for _ in range(3):
            enter(world, "lan").get(reverse("cell_units", args=[world.cycle.pk, world.units["LDLD"], "B02"]))
    found = {each.indicator.code: each for each in burdens(world.cycle, [], row(world, "LDLD"))}
    b01, b02 = found["B01"], found["B02"]
    assert (b01.cells, b01.asked, b01.number, b01.zero, b01.blank, b01.changed, b01.opened, b01.minutes) == (2, 16, 3, 0, 1, 0, 0, 2)
    assert (b02.cells, b02.asked, b02.number, b02.zero, b02.blank, b02.changed, b02.opened, b02.minutes) == (1, 8, 1, 1, 0, 1, 3, 1)
    assert "C202R" not in found, "a ratio is computed and asked of nobody"
    assert "chỉ tiêu không ai mở trong kỳ này: đề nghị xem lại có cần hỏi nữa không." in text_of(get(world, xem="ganh-nang").content)


def test_openings_are_counted_without_anybodys_name(world: World) -> None:
    enter(world, "lan").get(reverse("cell_units", args=[world.cycle.pk, world.units["LDLD"], "B01.KT"]))
    enter(world, "chi").get(reverse("cell_units", args=[world.cycle.pk, world.units["LDLD"], "B01.KT"]))
    assert list(IndicatorOpening.objects.values("cycle", "indicator", "times")) == [
        {"cycle": world.cycle.pk, "indicator": "B01", "times": 1}
    ]
    assert {field.name for field in IndicatorOpening._meta.get_fields()} == {"id", "cycle", "indicator", "times"}


def test_behind_the_wall_zeros_are_told_with_the_numbers_on_the_page_and_in_every_file(world: World) -> None:
    accept(world, "G1", C501=0)
    found = {each.indicator.code: each for each in burdens(world.cycle, [], row(world, "LDLD"))}
    assert (found["C501"].number, found["C501"].zero) == (1, None)
    table = list(csv.reader(io.StringIO(get(world, xem="ganh-nang", tep="csv").content.decode("utf-8-sig"))))
    line = next(each for each in table if each[0].startswith("C501 "))
    assert line[1:6] == ["8", "1", "", "0", "0"]
    book = openpyxl.load_workbook(io.BytesIO(get(world, tep="xlsx").content))
    sheet = next(each for each in book.worksheets[-1].iter_rows(values_only=True) if str(each[0]).startswith("C501 "))
    assert sheet[1:6] == (8, 1, None, 0, 0)
    book.close()


def test_every_table_is_in_the_workbook(lived: World) -> None:
    book = openpyxl.load_workbook(io.BytesIO(get(lived, tep="xlsx").content))
    assert book.sheetnames == [
        "Đúng hạn theo đơn vị", "Đúng hạn theo kỳ", "Đúng hạn theo cấp", "Trả lại và thời gian", "Chuyển qua các cấp",
        "Chuyển tiếp theo đơn vị", "Đôn đốc theo đơn vị", "Đôn đốc theo nơi nhận", "Đôn đốc theo kỳ", "Đôn đốc theo cấp",
        "So với sổ",
        "Gánh nặng chỉ tiêu",
    ]  # fmt: skip
    book.close()


@pytest.mark.parametrize("view", ["dung-han", "vong", "chuyen", "don-doc", "so-voi-so", "ganh-nang"])
def test_the_number_of_queries_does_not_depend_on_the_units(world: World, view: str) -> None:
    client = enter(world, "kien")
    for code in ("G1", "G4"):
        accept(world, code)
    two, three = (queries_of(client, address(world, code, xem=view)) for code in ("D2", "D1"))
    for code in ("G2", "G3"):
        accept(world, code)
    assert [three, queries_of(client, address(world, "D1", xem=view))] == [two] * 2


def test_what_nobody_has_done_yet_is_said(world: World) -> None:
    with day(OPENING + timedelta(days=1)):
        words = [text_of(enter(world, "lan").get(address(world, xem=view)).content) for view in ("dung-han", "vong", "chuyen")]
    assert "Chưa báo cáo nào đến hạn." in words[0]
    assert "Chưa có báo cáo nào được nộp." in words[1]
    assert "Chưa cấp nào bắt đầu." in words[2]
