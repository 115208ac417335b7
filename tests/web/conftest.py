"""The small world on its second day, and a browser before it; a folder or a file with another world says so itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.web.desk import Sit, desks
from tests.web.visits import day
from tests.world import World, later, small_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = small_world()
    with day(later(days=1)):
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def sit(browser: Browser, world: World) -> Iterator[Sit]:
    with desks(browser, world) as seat:
        yield seat
