"""Wards without a union, and who answers for them."""

from datetime import date

import pytest

from kheo.core.reorganising import Closed, Established, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.queries import answered_by_teams, gaps, unanswered, units_by_code
from tests.world import FIRST_DAY, OPENING, UNITS

pytestmark = pytest.mark.django_db

DAY, LATER = date(2025, 7, 1), date(2025, 10, 9)
WARDS = """code,name,kind,parent_code
79,Thành phố Hồ Chí Minh,municipality,
W1,Phường Bến Nghé,ward,79
W2,Phường Đa Kao,ward,79
W3,Phường An Khánh,ward,79
80,Tỉnh Tây Ninh,province,
W4,Xã Bến Cầu,commune,80
"""


@pytest.fixture
def units() -> dict[str, int]:
    """W1 has a union, W2 a team, W3 and W4 nobody."""
    for text in (UNITS, WARDS):
        assert not load_units(text.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    units = units_by_code(FIRST_DAY)
    top = Place(Line.AREA_TEAM, None)
    under = Place(Line.UNION, units["LDLD"])
    done = record_events(
        [
            Established(day=DAY, unit=-1, name="Công đoàn phường Bến Nghé", kind="ward_union", code="CDP1", places=(under, top)),
            Established(day=DAY, unit=-2, name="Tổ công tác số 7", kind="area_team", code="T7", places=(under, top)),
            Transferred(day=DAY, unit=units["W1"], place=Place(Line.AREA_TEAM, -1)),
            Transferred(day=DAY, unit=units["W2"], place=Place(Line.AREA_TEAM, -2)),
        ],
        by=SYSTEM,
        at=OPENING,
    )
    assert done.problems == ()
    return units_by_code(DAY)


def told(on: date, below: int | None = None) -> list[tuple[str, str | None]]:
    return [(gap.unit.code, gap.team.code if gap.team else None) for gap in gaps(on, below=below)]


def test_a_ward_with_a_team_or_with_nobody_is_a_gap_and_one_with_a_union_is_none(units: dict[str, int]) -> None:
    assert told(DAY) == [("W3", None), ("W2", "T7"), ("W4", None)]
    assert told(DAY, units["79"]) == [("W3", None), ("W2", "T7")]
    assert told(DAY, units["W1"]) == []
    assert told(DAY, units["LDLD"]) == []  # nothing of the administration stands there


def test_before_anybody_answered_every_ward_was_a_gap(units: dict[str, int]) -> None:
    assert [code for code, _ in told(FIRST_DAY)] == ["W3", "W1", "W2", "W4"]


def test_a_union_that_ends_must_leave_its_ward_to_somebody(units: dict[str, int]) -> None:
    closing = Closed(day=LATER, unit=units["CDP1"])
    refused = record_events([closing], by=SYSTEM, at=OPENING)
    assert [problem.message for problem in refused.problems] == [
        "“Phường Bến Nghé” (W1) thuộc “Công đoàn phường Bến Nghé”, mà ngày 09/10/2025 đơn vị này không hoạt động nữa."
    ]
    moved = Transferred(day=LATER, unit=units["W1"], place=Place(Line.AREA_TEAM, units["T7"]))
    assert record_events([closing, moved], by=SYSTEM, at=OPENING).problems == ()
    assert ("W1", "T7") in told(LATER)


def test_what_nobody_answers_for_is_counted_as_it_is_listed(units: dict[str, int]) -> None:
    assert unanswered(DAY) == len([gap for gap in gaps(DAY) if gap.team is None]) == 2
    assert unanswered(FIRST_DAY) == 0  # nobody answered for any ward then: the line was not kept
    assert answered_by_teams([units["T7"], units["CDP1"], units["W2"]], DAY) == {units["T7"]: 1}
    assert answered_by_teams([units["T7"]], FIRST_DAY) == {}
