"""The small world on its second day: G1 and G2 have written and sent, D1 has begun nothing."""

from collections.abc import Iterator

import pytest

from tests.reports.test_arrange_section import HOUSES, TALKS, send
from tests.web.visits import day
from tests.world import World, later, small_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = small_world()
    send(made, "G1", HOUSES, TALKS)
    send(made, "G2", "Đã lập hai tổ tự quản.")
    with day(later(days=1)):
        yield made
