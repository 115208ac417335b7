"""The planner of the database is told of many rows in the transaction that brought them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units
from kheo.org.actions.planning import MANY, TABLES
from tests.world import FIRST_DAY, OPENING


@pytest.mark.django_db
@pytest.mark.parametrize(("units", "told"), [(MANY, [f"ANALYZE {table}" for table in TABLES]), (MANY - 1, [])])
def test_after_many_units_the_tables_are_counted_anew(units: int, told: list[str]) -> None:
    rows = "".join(f"U{number},Đơn vị {number},grassroots_union,\n" for number in range(units))
    with CaptureQueriesContext(connection) as asked:
        loaded = load_units(f"code,name,kind,parent_code\n{rows}".encode(), "u.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert loaded.problems == ()
    assert [each["sql"] for each in asked if each["sql"].startswith("ANALYZE")] == told
