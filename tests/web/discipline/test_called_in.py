"""What call-in letters came to, and what nobody was called in for. Counted by hand beside the database.

The grassroots reports are due by the end of Monday 08/05/2023; the districts' own a week later.
"""

import csv
import io
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from kheo.campaigns import queries
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Refusal, make_call_in, open_cycle, recall_report
from kheo.reports.models import Obligation
from kheo.reports.queries.discipline.called import Followed, followed_parts, total
from tests.web.discipline.asking import DUE, NOW, address, get, row
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, World, head_of, reviewer_of, submit

TUESDAY = DUE + timedelta(hours=9)
FRIDAY = TUESDAY + timedelta(days=3)


def call(world: World, code: str, at: datetime) -> int:
    """The office of a unit makes a letter."""
    made = make_call_in(world.cycle.pk, world.units[code], by=reviewer_of(world, "G1" if code == "D1" else "G4"), at=at)
    assert not isinstance(made, Refusal), made
    return made.letter_id


@pytest.fixture
def called(world: World) -> World:
    """G1 in time; D1 calls in G2 and G3 on Tuesday, G2 sends on the same day; on Friday it calls in G3 again, which sends on Monday.

    D2 never writes, though G4 and G5 are overdue as well.
    """
    assert TUESDAY.weekday() == 1
    submit(world, "G1", at=DUE - timedelta(hours=1))
    call(world, "D1", TUESDAY)
    submit(world, "G2", at=TUESDAY + timedelta(hours=2))
    call(world, "D1", FRIDAY)
    submit(world, "G3", at=FRIDAY + timedelta(days=3))
    return world


def followed(world: World, code: str = "LDLD", at: datetime = NOW) -> dict[tuple[str, str | None], Followed]:
    """By unit called in and office, as codes."""
    names = {number: code for code, number in world.units.items()}
    parts = followed_parts([world.cycle], row(world, code), at)
    keys = {(part.unit_id, part.office_id) for part in parts}
    return {
        (names[unit], names[office] if office else None): total(part for part in parts if (part.unit_id, part.office_id) == (unit, office))
        for unit, office in keys
    }


def test_what_followed_is_counted_from_the_first_letter(called: World) -> None:
    found = followed(called)
    first, second = sorted(found["D1", "D1"].letters)
    assert found == {
        ("D1", "D1"): Followed(frozenset({first, second}), times=3, came=Counter({0: 1, 4: 1})),
        ("D1", "LDLD"): Followed(uncalled=1),
        ("D2", "D2"): Followed(uncalled=2),
        ("D2", "LDLD"): Followed(uncalled=1),
    }
    assert (found["D1", "D1"].called, found["D1", "D1"].came_within(1), found["D1", "D1"].came_within(4)) == (2, 1, 2)
    assert found["D1", "D1"].middle_doubled == 4, "the middle of 0 and 4 days, twice"


def test_a_unit_sees_its_own_office_and_one_above_only_as_above(called: World) -> None:
    found = followed(called, "D1")
    assert {key: each.called for key, each in found.items()} == {("G2", "D1"): 1, ("G3", "D1"): 1, ("D1", None): 0}
    assert found["G3", "D1"].times == 2


def test_nothing_is_overdue_before_the_day_is_over(world: World) -> None:
    assert followed(world, at=DUE - timedelta(microseconds=1)) == {}
    assert sum(each.uncalled for each in followed(world, at=DUE).values()) == 5


def test_a_report_that_was_recalled_after_the_letter_is_missing_again(called: World) -> None:
    pulled = recall_report(
        called.obligation("G2").pk,
        version=called.report("G2").version,
        reason="Nhầm số.",
        by=head_of(called, "G2"),
        at=TUESDAY + timedelta(hours=3),
    )
    assert not isinstance(pulled, Refusal), pulled
    found = followed(called)["D1", "D1"]
    assert (found.called, found.came, found.missing) == (2, Counter({4: 1}), 1)


def test_a_report_that_is_wanted_no_more_is_neither_sent_nor_missing(world: World) -> None:
    call(world, "D1", TUESDAY)
    Obligation.objects.filter(pk__in=[world.obligation("G3").pk, world.obligation("G4").pk]).update(closed_at=FRIDAY)
    found = followed(world)
    assert (found["D1", "D1"].called, found["D1", "D1"].missing, found["D1", "D1"].closed) == (3, 2, 1)
    assert found["D2", "D2"].uncalled == 1


def test_without_a_calendar_no_working_days_are_made_up(called: World, tmp_path: Path) -> None:
    queries.working_calendar.cache_clear()
    with override_settings(CAMPAIGNS_DIR=tmp_path):
        found = followed(called)["D1", "D1"]
    queries.working_calendar.cache_clear()
    assert found.came == Counter({None: 2})
    assert (found.called, found.came_within(5), found.middle_doubled) == (2, None, None)


def test_the_page_says_what_the_letters_came_to_and_who_wrote_none(called: World) -> None:
    words = text_of(get(called, xem="don-doc").content)
    assert (
        "2 công văn đôn đốc 2 báo cáo, 2 đã nộp sau đó, báo cáo đứng giữa mất 2,0 ngày làm việc; 4 báo cáo quá hạn chưa đôn đốc lần nào."
    ) in words
    assert "LĐLĐ Quận 2 0 0 0 0 0 0 – 0 0 3 LĐLĐ Quận 1 2 2 3 2 1 2 2,0 0 0 1" in words
    assert "Có báo cáo quá hạn mà nơi nhận chưa lập công văn nào: LĐLĐ Quận 2." in words
    assert "Chính đơn vị lập 0 0 0 0 0 0 – 0 0 2 LĐLĐ Quận 2 0 0 0 0 0 0 – 0 0 2 LĐLĐ Quận 1 2 2 3 2 1 2 2,0 0 0 0" in words
    assert "Nộp trong 5 ngày làm việc: Công đoàn cơ sở: 100,0 %." in words
    below = text_of(get(called, "D1", "binh", xem="don-doc").content)
    assert "CĐCS Ba 1 1 1" not in below
    assert "CĐCS Ba 2 1 2 1 0 1 4,0 0 0 0" in below


def test_cycles_stand_one_below_the_other(called: World) -> None:
    with day(NOW):
        year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=NOW).cycle
    assert year
    late = Obligation.objects.filter(cycle=year).latest("due_at").due_at + timedelta(days=1)
    made = make_call_in(year.pk, called.units["D2"], by=reviewer_of(called, "G4"), at=late)
    assert not isinstance(made, Refusal)
    with day(late):
        page = text_of(enter(called, "lan").get(address(called, xem="don-doc").replace(f"/{called.cycle.pk}/", f"/{year.pk}/")).content)
    assert "6 tháng đầu năm 2023 2 2 3 2 1 2 2,0 0 0 5 năm 2023 1 2 2 0 0 0 – 2 0 6" in page
    assert "Tỷ lệ nộp trong 5 ngày làm việc sau khi bị đôn đốc, qua 2 kỳ: 100,0 % → 0,0 %." in page


def test_each_table_has_a_file_of_its_own(called: World) -> None:
    tables = {
        place: list(csv.reader(io.StringIO(get(called, xem="don-doc", tep="csv", bang=place).content.decode("utf-8-sig"))))
        for place in ("1", "2", "4", "9", "0", "x")
    }
    assert tables["1"][1] == ["LĐLĐ Quận 2", "0", "0", "0", "0", "0", "0", "", "0", "0", "3"]
    assert tables["2"][0][0] == "Nơi nhận, bỏ sót nhiều nhất lên đầu"
    assert tables["4"][1][:3] == ["Công đoàn cơ sở", "2", "2"]
    assert tables["9"] == tables["0"] == tables["x"] == tables["1"], "what is not there is the main table"


def test_those_who_send_on_the_day_of_the_letter_are_said_to(world: World) -> None:
    call(world, "D1", TUESDAY)
    submit(world, "G1", at=TUESDAY + timedelta(minutes=5))
    words = text_of(get(world, "D1", "binh", xem="don-doc").content)
    assert "1 công văn đôn đốc 3 báo cáo, 1 đã nộp sau đó, quá nửa nộp ngay trong ngày; 1 báo cáo quá hạn chưa" in words


def test_nobody_called_in_and_nobody_to_be(world: World) -> None:
    words = text_of(get(world, at=DUE - timedelta(days=1), xem="don-doc").content)
    assert "Chưa có công văn đôn đốc nào và cũng chưa cần." in words
    assert "Chưa có gì để đếm" in words


def test_the_number_of_queries_does_not_depend_on_letters_or_units(world: World) -> None:
    client = enter(world, "kien")
    with day(NOW):
        none = queries_of(client, address(world, xem="don-doc"))
        call(world, "D1", TUESDAY)
        one = queries_of(client, address(world, xem="don-doc"))
        call(world, "D1", FRIDAY)
        call(world, "D2", FRIDAY)
        assert [one, queries_of(client, address(world, xem="don-doc"))] == [none] * 2


def test_sums_by_unit_by_office_and_by_tier_are_the_same(called: World) -> None:
    parts = followed_parts([called.cycle], row(called, "LDLD"), NOW)
    whole = total(parts)
    for name in ("unit_id", "office_id", "tier", "cycle_id"):
        keys = {getattr(part, name) for part in parts}
        groups = [total(part for part in parts if getattr(part, name) == key) for key in keys]
        assert sum(groups, start=Followed()) == whole
    assert (whole.called, whole.came.total(), whole.uncalled) == (2, 2, 4)
