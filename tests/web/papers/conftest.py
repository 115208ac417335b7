"""The small world two days after the due date of the grassroots unions, for every test of papers."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kheo.core.days import due_instant
from tests.web.visits import day
from tests.world import World, small_world

AFTER = due_instant(date(2023, 5, 8)) + timedelta(days=1, hours=9)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = small_world()
    with day(AFTER):
        yield made
