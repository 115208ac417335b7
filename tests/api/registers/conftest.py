"""The small register in the small world."""

import pytest

from kheo.registers.queries.definitions import Book
from tests.registers.books import small
from tests.world import World


@pytest.fixture
def small_book(world: World) -> Book:
    return small()
