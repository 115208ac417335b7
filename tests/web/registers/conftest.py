"""The small world on its second day, with the small register."""

import pytest

from kheo.registers.queries.definitions import Book
from tests.registers.books import small
from tests.world import World


@pytest.fixture
def small_book(world: World) -> Book:
    return small()
