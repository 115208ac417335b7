"""Opening a cycle."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.campaigns.actions import publish
from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import planned_dues
from kheo.core.chain import content_hash
from kheo.core.consolidated import UnitRef
from kheo.core.days import WorkingCalendar, due_day
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import load_units
from kheo.org.models import Relation, Suspension, TreeSnapshot
from kheo.org.queries import snapshot_unit, units_by_code
from kheo.reports.actions import open_cycle
from kheo.reports.models import Obligation, Rollup
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.promised import promised_hash
from kheo.reports.queries.verifying import faults
from tests.world import CALENDAR, FILES, FIRST_DAY, OPENING, World, later


def test_every_unit_owes_its_recipient_a_report_by_its_tiers_date(world: World) -> None:
    names = {unit: code for code, unit in world.units.items()}
    owed = {names[row.unit_id]: (names[row.recipient_id], due_day(row.due_at)) for row in Obligation.objects.all()}
    assert owed == {
        "LDLD": ("BDV", date(2023, 5, 18)),
        "D1": ("LDLD", date(2023, 5, 10)),
        "D2": ("LDLD", date(2023, 5, 10)),
        "G1": ("D1", date(2023, 5, 8)),
        "G2": ("D1", date(2023, 5, 8)),
        "G3": ("D1", date(2023, 5, 8)),
        "G4": ("D2", date(2023, 5, 8)),
        "G5": ("D2", date(2023, 5, 8)),
    }


def test_every_inner_unit_has_an_empty_rollup_that_knows_what_it_expects(world: World) -> None:
    names = {unit: code for code, unit in world.units.items()}
    assert {names[row.unit_id]: (row.expected, row.reported, set(row.tally)) for row in Rollup.objects.all()} == {
        "LDLD": (8, 0, {0}), "D1": (4, 0, {0}), "D2": (3, 0, {0}),
    }  # fmt: skip


def test_opening_twice_changes_nothing(world: World) -> None:
    rows = JournalEntry.objects.count()
    again = open_cycle("mini", "2023-6T", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert (again.cycle, again.is_new, again.obligations) == (world.cycle, False, 8)
    assert (Cycle.objects.count(), Obligation.objects.count(), JournalEntry.objects.count()) == (1, 8, rows)


def test_a_due_date_on_a_day_off_moves_by_the_campaigns_rule(world: World) -> None:
    year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    federation = Obligation.objects.get(cycle=year, unit=world.units["LDLD"])
    assert due_day(federation.due_at) == date(2023, 11, 20)


def test_two_cycles_on_the_same_tree_share_its_snapshot_and_a_later_tree_has_its_own(world: World) -> None:
    year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert year.cycle
    assert year.cycle.snapshot_id == world.cycle.snapshot_id
    load_units(b"code,name,kind,parent_code\nG6,S\xc3\xa1u,grassroots_union,D2\n", "f.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING)
    following = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert following.obligations == 9
    assert TreeSnapshot.objects.count() == 2
    assert Obligation.objects.filter(cycle=world.cycle).count() == 8


def test_an_unknown_campaign_or_cycle_is_said_clearly(world: World) -> None:
    assert open_cycle("khong-co", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).problems == (
        "Chưa có phong trào “khong-co”. Hãy công bố trước: kheo campaign publish TỆP.yaml",
    )
    assert open_cycle("mini", "2023-Q1", calendar=CALENDAR, by=SYSTEM, at=OPENING).problems == (
        "Kỳ “2023-Q1” không có trong chế độ báo cáo của “mini”. Mẫu mã kỳ: {year}-6T, {year}-N.",
    )


def test_a_year_without_holidays_on_file_is_refused_and_nothing_is_opened(world: World) -> None:
    empty = WorkingCalendar(frozenset(), frozenset(), frozenset())
    assert open_cycle("mini", "2023-N", calendar=empty, by=SYSTEM, at=OPENING).problems == ("Lịch nghỉ lễ chưa có dữ liệu năm 2023.",)
    assert Cycle.objects.count() == 1


def test_a_unit_without_a_recipient_on_its_line_is_named_and_not_forgotten(world: World) -> None:
    Relation.objects.filter(line="party").delete()
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert opened.obligations == 7
    assert opened.unaddressed == ("Liên đoàn Lao động Thành phố (mã LDLD): không có nơi nhận trên tuyến Đảng",)


def test_a_recipient_is_that_of_the_opening_day_though_the_unchanged_tree_was_frozen_earlier(world: World) -> None:
    moved = date(2023, 9, 1)
    board = b"code,name,kind,parent_code\nBDV2,Ban D\xc3\xa2n v\xe1\xba\xadn m\xe1\xbb\x9bi,party_board,\n"
    assert not load_units(board, "f.csv", on=moved, by=SYSTEM, at=OPENING, line=Line.PARTY).problems
    heir = units_by_code(moved)["BDV2"]
    federation = world.units["LDLD"]
    Relation.objects.filter(line=Line.PARTY, child=federation).update(ends=moved)
    Relation.objects.create(line=Line.PARTY, child_id=federation, parent_id=heir, starts=moved)
    year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=datetime(2023, 10, 1, 2, tzinfo=UTC)).cycle
    assert year
    assert (year.snapshot_id, year.snapshot.day, year.opened_on) == (world.cycle.snapshot_id, date(2023, 4, 1), date(2023, 10, 1))
    assert Obligation.objects.get(cycle=year, unit=federation).recipient_id == heir
    row = snapshot_unit(year.snapshot_id, "LDLD")
    assert row
    written = consolidated(year, row, at=later(days=200)).recipient
    assert written == UnitRef("BDV2", "Ban Dân vận mới", "party_board")


def suspend(unit: int, starts: date, ends: date | None) -> None:
    Suspension.objects.create(unit_id=unit, starts=starts, ends=ends)


def test_a_unit_that_is_suspended_on_the_day_owes_nothing_and_is_named(world: World) -> None:
    suspend(world.units["G1"], date(2023, 3, 1), None)
    suspend(world.units["D2"], date(2023, 4, 1), date(2023, 4, 2))
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert opened.cycle
    names = {unit: code for code, unit in world.units.items()}
    owed = Obligation.objects.filter(cycle=opened.cycle).values_list("unit_id", flat=True)
    assert {names[unit] for unit in owed} == {"LDLD", "D1", "G2", "G3", "G4", "G5"}
    assert opened.suspended == (
        "Công đoàn cơ sở Một (mã G1): đang tạm ngừng hoạt động từ 01/03/2023, không phải báo cáo kỳ này",
        "Liên đoàn Lao động Quận 2 (mã D2): đang tạm ngừng hoạt động từ 01/04/2023, không phải báo cáo kỳ này;"
        " vẫn là nơi nhận của 2 đơn vị",
    )
    assert {names[row.unit_id]: row.expected for row in Rollup.objects.filter(cycle=opened.cycle)} == {"LDLD": 6, "D1": 3, "D2": 2}
    assert JournalEntry.objects.get(act="open_cycle", object_id=opened.cycle.pk).detail["suspended"] == list(opened.suspended)
    assert list(faults()) == []


def test_a_unit_whose_suspension_is_over_or_still_to_come_owes_its_report(world: World) -> None:
    suspend(world.units["G1"], date(2023, 3, 1), date(2023, 4, 1))
    suspend(world.units["G2"], date(2023, 4, 2), None)
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert (opened.obligations, opened.suspended) == (8, ())


def test_opening_asks_as_many_statements_for_five_units_as_for_fifty(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        assert open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).obligations == 8
    rows = "".join(f"H{number},Công đoàn cơ sở thêm {number},grassroots_union,D2\n" for number in range(45))
    assert not load_units(f"code,name,kind,parent_code\n{rows}".encode(), "f.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    with CaptureQueriesContext(connection) as many:
        assert open_cycle("mini", "2024-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).obligations == 53
    # The new tree is kept: its head, and how many its rows are, where the old one was found by its hash. Its key and all its rows by one
    # COPY go by a cursor of psycopg's own, which is not counted here.
    assert len(many) == len(few) + 1


def test_the_promise_kept_in_the_journal_is_the_hash_of_one_list(world: World) -> None:
    days = [each.isoformat() for each in (world.cycle.opens, world.cycle.closes, world.cycle.cutoff)]
    owed = [
        [row.position, row.unit_id, row.recipient_id, row.tier, row.due_at.astimezone(UTC).isoformat(timespec="microseconds")]
        for row in Obligation.objects.filter(cycle=world.cycle)
    ]
    kept = JournalEntry.objects.get(act="open_cycle", object_id=world.cycle.pk).detail["promised"]
    assert kept == content_hash([days, sorted(owed)]) == promised_hash(world.cycle, {})


@pytest.mark.django_db
def test_a_tree_without_reporting_units_opens_nothing() -> None:
    publish((FILES / "mini.yaml").read_text(), "mini.yaml", by=SYSTEM, at=OPENING)
    result = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert result.cycle is None
    assert "Không có đơn vị nào phải báo cáo" in result.problems[0]
    assert Cycle.objects.count() == 0


def test_a_cycle_of_an_earlier_year_opens_with_the_edition_that_knows_it(world: World) -> None:
    changed = (FILES / "mini.yaml").read_text().replace("year_from: 2022", "year_from: 2024").replace("{year}-N", "{year}-CN")
    assert publish(changed, "mini.yaml", by=SYSTEM, at=OPENING).is_new
    old = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    new = open_cycle("mini", "2024-CN", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    assert old
    assert new
    assert (old.edition.number, new.edition.number) == (1, 2)


def bent(old: str, new: str) -> None:
    """The tiny campaign with other due dates, as its next edition."""
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    assert old in text
    assert publish(text.replace(old, new), "mini.yaml", by=SYSTEM, at=OPENING).is_new


LOWEST = "due: {6T: {day: 8, month: 5}, N: {day: 13, month: 11}}"


def test_due_dates_are_planned_back_from_the_tier_above_and_the_cycle_remembers_why(world: World) -> None:
    bent(LOWEST, "due: {6T: {day: 8, month: 5}, N: {before: cap_tren, working_days: 2}}")
    year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert year.cycle
    lowest = Obligation.objects.filter(cycle=year.cycle, tier="co_so").values_list("due_at", flat=True)
    assert {due_day(each) for each in lowest} == {date(2023, 11, 13)}
    assert planned_dues(year.cycle) == year.dues
    assert [(each.tier, each.rule_day, each.day, each.why) for each in year.dues] == [
        ("co_so", date(2023, 11, 13), date(2023, 11, 13), "2 ngày làm việc trước hạn 15/11/2023 của Công đoàn cấp trên trực tiếp cơ sở"),
        ("cap_tren", date(2023, 11, 15), date(2023, 11, 15), ""),
        ("thanh_pho", date(2023, 11, 18), date(2023, 11, 20), "18/11/2023 là thứ Bảy: chuyển sang ngày làm việc kế tiếp"),
    ]


def test_a_tier_due_after_its_recipients_own_date_is_refused_and_nothing_is_opened(world: World) -> None:
    bent(LOWEST, "due: {6T: {day: 8, month: 5}, N: {day: 16, month: 11}}")
    refused = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    said = "Hạn thứ Năm 16/11/2023 sau hạn của cấp trên “Công đoàn cấp trên trực tiếp cơ sở” (15/11/2023, kỳ 2023-N)."
    assert (refused.cycle, refused.problems) == (None, (said,))
    assert (Cycle.objects.count(), Obligation.objects.count()) == (1, 8)


def test_a_tier_due_on_its_recipients_own_day_is_opened_with_a_doubt(world: World) -> None:
    bent(LOWEST, "due: {6T: {day: 8, month: 5}, N: {day: 15, month: 11}}")
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert opened.is_new
    assert [doubt.split(" (")[0] for doubt in opened.doubts] == [
        "Hạn thứ Tư 15/11/2023 cùng ngày với hạn của cấp trên “Công đoàn cấp trên trực tiếp cơ sở”"
    ]


def test_a_rehearsal_says_everything_and_stores_nothing(world: World) -> None:
    rows = JournalEntry.objects.count()
    told = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING, is_rehearsal=True)
    assert (told.is_new, told.obligations, dict(told.by_tier)) == (True, 8, {"co_so": 5, "cap_tren": 2, "thanh_pho": 1})
    assert [each.day for each in told.dues] == [date(2023, 11, 13), date(2023, 11, 15), date(2023, 11, 20)]
    assert (Cycle.objects.count(), Obligation.objects.count(), JournalEntry.objects.count()) == (1, 8, rows)
    again = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert (again.is_new, again.dues) == (True, told.dues)


def test_verify_finds_a_schedule_that_was_changed_after_the_opening(world: World) -> None:
    assert list(faults()) == []
    kept = world.cycle.plan
    kept[0]["why"] = "vì bận"
    Cycle.objects.filter(pk=world.cycle.pk).update(plan=kept)
    assert list(faults()) == [f"Lịch báo cáo không như lúc mở: kỳ 2023-6T (cycle {world.cycle.pk})."]


def test_the_database_knows_how_large_an_opened_cycle_is(world: World) -> None:
    """Otherwise its plans are those for empty tables, at the very hour when everybody comes."""
    row = "code,name,kind,parent_code\nG6,Công đoàn cơ sở Sáu,grassroots_union,D2\n"
    assert not load_units(row.encode(), "f.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
        known = dict(cursor.fetchall())
    assert known["reports_obligation"] >= Obligation.objects.filter(cycle=world.cycle).count() + opened.obligations == 17
    assert known["org_snapshot_unit"] > 0
    assert known["reports_rollup"] > 0
