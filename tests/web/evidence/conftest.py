"""The small world on its second day, for every test of evidence."""

from collections.abc import Iterator

import pytest

from tests.web.visits import day
from tests.world import World, later, small_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = small_world()
    with day(later(days=1)):
        yield made
