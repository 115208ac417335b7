"""The small world on its second day: G1 and G2 have written and sent, D1 has begun nothing."""

from collections.abc import Iterator

import pytest

from tests.reports.test_arrange_section import HOUSES, TALKS, send
from tests.standing import standing
from tests.web.visits import day
from tests.world import World, later, small_world


@standing
def written_and_sent() -> World:
    made = small_world()
    send(made, "G1", HOUSES, TALKS)
    send(made, "G2", "Đã lập hai tổ tự quản.")
    return made


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = written_and_sent()
    with day(later(days=1)):
        yield made
