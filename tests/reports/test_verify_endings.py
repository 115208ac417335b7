"""`kheo verify` counts by hand what the end of units leaves of a cycle: what the pages count at once must be the same."""

import pytest

from kheo.reports.actions import Done, close_report
from kheo.reports.queries.ending_faults import ending_faults
from kheo.reports.queries.verifying import faults
from tests.ended_district import AFTER, ended_district
from tests.reports.test_verify import tamper
from tests.world import World, later

NAMES = {0: ""}


@pytest.fixture
def district(db: None) -> World:
    made = ended_district()
    closed = close_report(made.obligation("N52").pk, reason="Giải thể.", by=made.person("bich", AFTER), at=AFTER)
    assert isinstance(closed, Done)
    return made


def found(world: World) -> list[str]:
    names = {unit: code for code, unit in world.units.items()}
    return list(ending_faults(world.cycle, names, AFTER))


def test_what_is_closed_and_what_waits_is_as_many_by_hand(district: World) -> None:
    assert found(district) == []
    assert list(faults()) == []
    assert list(ending_faults(district.cycle, {}, later())) == []  # before anything ended


def test_a_closed_report_that_was_put_under_another_unit_is_found(district: World) -> None:
    """Negative control: the place of the report is a copy of its unit's."""
    place = f"SELECT position FROM reports_obligation WHERE unit_id = {district.units['G4']}"
    tamper("reports_obligation", f"position = ({place}) WHERE id = {district.obligation('N52').pk}")
    assert {each.partition(",")[0] for each in found(district)} == {
        "Số báo cáo không thu nữa là 0 trong 63",
        "Số báo cáo không thu nữa là 0 trong 0",
        "Số báo cáo không thu nữa là 1 trong 4",
        "Số báo cáo không thu nữa là 1 trong 2",
    }
    assert {each for each in faults() if each.startswith("Số báo cáo không thu nữa")}


def test_reports_that_reach_no_offices_list_are_found(district: World) -> None:
    """Negative control: the line above a unit is a copy of its parents; by another one another office is asked."""
    tamper("org_snapshot_unit", f"ancestors = '{{{district.units['D2']}}}' WHERE unit_id = {district.units['D1']}")
    number = f"kỳ 2023-6T (cycle {district.cycle.pk})"
    assert found(district) == [f"Số báo cáo chờ quyết định vì đơn vị kết thúc là 1, đếm tay được 62: LDLD, {number}."]
    assert f"Số báo cáo chờ quyết định vì đơn vị kết thúc là 1, đếm tay được 62: Liên đoàn Lao động Thành phố, {number}." in list(faults())


def test_a_report_closed_behind_everybodys_back_is_counted_alike_and_found_by_the_journal(district: World) -> None:
    tamper("reports_obligation", f"closed_at = now() WHERE id = {district.obligation('N53').pk}")
    assert found(district) == []
    assert [each for each in faults() if each.startswith("Đơn vị nộp, nơi nhận hoặc việc thôi thu")]
