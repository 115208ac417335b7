"""The town is built once; every file visits a fresh copy of it, with one browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.journeys.town import Town, build_in, serving
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="session")
def built_town(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database with the demo in it."""
    with django_db_blocker.unblock(), build_in(connection.settings_dict["NAME"]) as name:
        yield name


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def town(browser: Browser, built_town: str, django_db_blocker: Any) -> Iterator[Town]:
    """This file's copy of the town, being served."""
    with django_db_blocker.unblock(), serving(built_town) as served:
        yield served


@pytest.fixture
def arrive(browser: Browser, town: Town) -> Iterator[Arrive]:
    """Sends for somebody: `arrive("an", size=PHONE)`. Whatever went wrong in a browser fails the test in the end."""
    here: list[Visitor] = []

    def come(name: str = "", size: dict[str, int] | None = None, **options: Any) -> Visitor:
        here.append(Visitor(browser, town.address, size, **options))
        return here[-1].sign_in(name) if name else here[-1]

    yield come
    for visitor in here:
        visitor.leave()
    assert [fault for visitor in here for fault in visitor.faults] == []
