"""The world with the public form turned on, and nothing counted yet."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from kheo.registers.queries.definitions import Book
from tests.registers.books import shipped
from tests.web.visits import day
from tests.world import World, later, small_world


@pytest.fixture
def world() -> Iterator[World]:
    cache.clear()
    with day(later()):
        yield small_world()
    cache.clear()


@pytest.fixture
def petitions(world: World, settings: LazySettings) -> Book:
    settings.PUBLIC_FORM = True
    return shipped("diem-o-nhiem", "phan-anh")
