"""Names of a table and the units they mean on a day: sure only where nothing else can be meant."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.matching import Certainty, NamedRow
from kheo.core.reorganising import Absorbed, Closed, Event, Renamed
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.queries import match_names, units_by_code
from tests.world import FIRST_DAY, OPENING

pytestmark = pytest.mark.django_db

DAY, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
WARDS = """code,name,kind,parent_code
79,Thành phố Hồ Chí Minh,municipality,
Q1,Quận 1,urban_district,79
Q3,Quận 3,urban_district,79
A,Phường 1,ward,Q1
B,Phường 1,ward,Q3
C,Phường Hòa Hưng,ward,Q3
D,Phường Bến Nghé,ward,Q1
E,Phường Đa Kao,ward,Q1
"""


@pytest.fixture
def units() -> dict[str, int]:
    assert not load_units(WARDS.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.ADMIN).problems
    return units_by_code(FIRST_DAY)


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


def told(*names: str | tuple[str, str], on: date = BEFORE) -> list[tuple[Certainty, list[str]]]:
    pairs = [(each, "") if isinstance(each, str) else each for each in names]
    rows = [NamedRow(index + 2, name, above, "") for index, (name, above) in enumerate(pairs)]
    return [(match.certainty, [unit.code for unit in match.units]) for match in match_names(rows, on, Line.ADMIN)]


def test_one_unit_of_that_name_is_sure_however_it_is_written(units: dict[str, int]) -> None:
    sure = [(Certainty.SURE, ["C"]), (Certainty.SURE, ["D"])]
    assert told("P. Hoà Hưng", "phường bến nghé") == sure
    assert told(("P.01", "Q.3")) == [(Certainty.SURE, ["B"])]
    happen(Renamed(day=FIRST_DAY, unit=units["E"], name="Phường 07"))
    assert told("P.7", "Phường 07", ("Phường 7", "Quận 01"))[0] == (Certainty.TWICE, ["E"])
    assert told(("Phường 7", "Quận 01")) == [(Certainty.SURE, ["E"])]


def test_a_unit_that_is_kept_shortened_is_found_written_out_and_the_other_way_round(units: dict[str, int]) -> None:
    happen(
        Renamed(day=FIRST_DAY, unit=units["E"], name="CĐCS May 07"),
        Renamed(day=FIRST_DAY, unit=units["D"], name="Công đoàn cơ sở Hòa Bình"),
    )
    assert told("Công đoàn cơ sở May 7") == told("CĐCS May 07") == [(Certainty.SURE, ["E"])]
    assert told("CĐCS Hoà Bình") == [(Certainty.SURE, ["D"])]


def test_what_can_mean_several_is_doubtful_and_so_is_a_unit_above_that_does_not_fit(units: dict[str, int]) -> None:
    assert told("Phường 1") == [(Certainty.SEVERAL, ["A", "B"])]
    assert told(("Phường Hòa Hưng", "Quận 1")) == [(Certainty.ELSEWHERE, ["C"])]
    assert told("Phường Hoa Hưng") == [(Certainty.TONES, ["C"])]


def test_two_rows_of_one_unit_are_both_doubtful(units: dict[str, int]) -> None:
    assert told("Phường Bến Nghé", "P. Bến Nghé", "Phường Đa Kao") == [
        (Certainty.TWICE, ["D"]),
        (Certainty.TWICE, ["D"]),
        (Certainty.SURE, ["E"]),
    ]


def test_an_old_name_and_a_unit_that_ended_suggest_who_is_there_now(units: dict[str, int]) -> None:
    happen(
        Renamed(day=DAY, unit=units["C"], name="Phường Nhiêu Lộc"),
        Absorbed(day=DAY, unit=units["D"], into=units["E"]),
        Closed(day=DAY, unit=units["A"]),
    )
    assert told("Phường Hòa Hưng", "Phường Bến Nghé", "Phường Nhiêu Lộc", on=DAY) == [
        (Certainty.OLD_NAME, ["C"]),
        (Certainty.ENDED, ["E"]),
        (Certainty.SURE, ["C"]),
    ]
    assert told(("Phường 1", "Quận 3"), on=DAY) == [(Certainty.SURE, ["B"])]


def test_a_name_that_nobody_had_gets_suggestions_and_is_never_sure(units: dict[str, int]) -> None:
    assert told("Hòa Hưng", "Phường Không Có") == [(Certainty.UNKNOWN, ["C"]), (Certainty.UNKNOWN, [])]


def test_the_number_of_queries_does_not_move_with_the_rows(units: dict[str, int]) -> None:
    def queries(*names: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            told(*names)
        return len(captured)

    assert queries("Phường Đa Kao") == queries("Phường Đa Kao", "Phường 1", "Phường Hòa Hưng")
