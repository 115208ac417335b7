"""The small world on its second day, with the small register."""

from collections.abc import Iterator

import pytest

from kheo.registers.queries.definitions import Book
from tests.registers.books import small
from tests.web.visits import day
from tests.world import World, later, small_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = small_world()
    with day(later(days=1)):
        yield made


@pytest.fixture
def small_book(world: World) -> Book:
    return small()
