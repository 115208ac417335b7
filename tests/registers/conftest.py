"""The small world with a small register."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.queries import known_more
from kheo.registers.queries.definitions import Book, book
from tests.world import FILES, OPENING, World, small_world

SMALL_REGISTER = FILES / "so-nho.yaml"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def small_book(world: World) -> Book:
    published = publish_register(SMALL_REGISTER.read_text(encoding="utf-8"), SMALL_REGISTER.name, by=SYSTEM, at=OPENING)
    assert published.problems == ()
    found = book("so-nho")
    assert found is not None
    return found


@pytest.fixture
def register_file() -> Path:
    return SMALL_REGISTER


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """Entries of a test are taken back with it."""
    yield
    known_more.forget()
