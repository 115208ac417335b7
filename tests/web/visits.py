"""Visiting pages as one of the cast, on a day of our choosing: the demo's own clock is set, nothing is replaced."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kheo.config import clock
from kheo.demo.models import DemoClock
from tests.world import World


@contextmanager
def day(instant: datetime) -> Iterator[None]:
    """The program believes it is this instant (and a few moments more), unless the journal is later already."""
    DemoClock.objects.update_or_create(id=1, defaults={"starts_at": instant})
    clock.reset()
    try:
        yield
    finally:
        clock.reset()


def enter(world: World, name: str) -> Client:
    """A browser in which one of the cast is signed in."""
    client = Client()
    client.force_login(world.users[name])
    return client


def queries_of(client: Client, address: str) -> int:
    """How many queries a page costs, once everything that is kept in memory is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def text_of(page: bytes) -> str:
    """The words of a page without its tags, runs of blanks as one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())
