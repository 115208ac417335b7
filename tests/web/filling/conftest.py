"""The small world on its second day, for every test of the unit's pages; and a browser before it."""

import pytest

from tests.web.desk import Desk, Sit
from tests.web.filling.fingers import address
from tests.world import World


@pytest.fixture
def an(sit: Sit, world: World) -> Desk:
    """An at her report, nothing written yet."""
    desk = sit("an")
    desk.open(address(world))
    return desk
