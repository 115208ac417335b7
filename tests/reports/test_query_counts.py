"""What a question about a unit asks of the database does not move with how many units stand below it: 1, 3 or many."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_children, snapshot_unit
from kheo.reports.actions import open_cycle
from kheo.reports.queries.as_of import subtotals_as_of
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.drilling import open_number, subject_of
from kheo.reports.queries.standing import missing_units, obligation_counts
from kheo.reports.queries.table import consolidated_table
from kheo.reports.queries.walls import own_viewpoint
from tests.world import CALENDAR, FIRST_DAY, OPENING, World, later

Question = Callable[[Cycle, SnapshotUnit], object]
MANY = 130
EARLIER, NOW = OPENING + timedelta(days=1), later(days=2)


def opened(cycle: Cycle, unit: SnapshotUnit, key: str, shown: str) -> object:
    subject = subject_of(cycle, key)
    assert subject
    return open_number(cycle, unit, subject, view=own_viewpoint(unit), shown=shown, page="2", at=NOW)


QUESTIONS: dict[str, Question] = {
    "the table": lambda cycle, unit: consolidated_table(cycle, unit, "", view=own_viewpoint(unit), page=None, at=NOW),
    "a number opened": lambda cycle, unit: opened(cycle, unit, "B02", ""),
    "who is missing": lambda cycle, unit: opened(cycle, unit, "B02", "missing"),
    "the consolidated report": lambda cycle, unit: consolidated(cycle, unit, at=NOW),
    "the consolidated report of an earlier day": lambda cycle, unit: consolidated(cycle, unit, at=NOW, as_of=EARLIER),
    "sums of an earlier day": lambda cycle, unit: subtotals_as_of(cycle, family(cycle, unit), width_of(cycle), EARLIER),
    "how reports stand": lambda cycle, unit: obligation_counts(cycle, family(cycle, unit), NOW),
    "how they stood": lambda cycle, unit: obligation_counts(cycle, family(cycle, unit), EARLIER, is_past=True),
    "names of the missing": lambda cycle, unit: missing_units(cycle, unit, NOW),
    "the units below": lambda cycle, unit: snapshot_children(cycle.snapshot_id, unit.unit_id),
}


def family(cycle: Cycle, unit: SnapshotUnit) -> list[SnapshotUnit]:
    return [unit, *snapshot_children(cycle.snapshot_id, unit.unit_id)]


def width_of(cycle: Cycle) -> int:
    return len(definition_of(cycle.edition_id).cells)


@pytest.fixture
def year(world: World) -> Cycle:
    """A cycle on a tree where D3 has one unit below it, D1 three, and D2 many."""
    rows = ["code,name,kind,parent_code", "D3,Liên đoàn Lao động Quận 3,district_federation,LDLD", "K1,Công đoàn lẻ,grassroots_union,D3"]
    rows += [f"H{number},Công đoàn cơ sở thêm {number},grassroots_union,D2" for number in range(MANY - 2)]
    assert not load_units("\n".join(rows).encode(), "f.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    cycle = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    assert cycle
    return cycle


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_costs_as_many_statements_for_many_units_as_for_one(year: Cycle, name: str) -> None:
    found: list[int] = []
    for code, below in (("D3", 1), ("D1", 3), ("D2", MANY)):
        unit = snapshot_unit(year.snapshot_id, code)
        assert unit
        assert len(family(year, unit)) == below + 1
        QUESTIONS[name](year, unit)
        with CaptureQueriesContext(connection) as queries:
            QUESTIONS[name](year, unit)
        found.append(len(queries))
    assert found[0] > 0
    assert found == [found[0]] * 3
