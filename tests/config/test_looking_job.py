"""Pages are looked at by the worker where the office has turned that on; never otherwise, never in a demo, never inside a network."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from kheo.config import looking as outside
from kheo.config.jobs import looking
from kheo.core.registers.looking import Verdict
from kheo.registers.models import PageLook
from tests.registers.books import shipped
from tests.registers.test_look_at_pages import changed, published
from tests.registers.web_server import page, web_server
from tests.web.visits import day
from tests.world import World, later, small_world

NOW = datetime(2023, 11, 9, tzinfo=UTC)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(looking, "_rests_until", None)
    return small_world()


def beaten() -> list[tuple[str, str]]:
    """What stands of each link after a beat."""
    looking.look(lambda: False)
    return list(PageLook.objects.filter(known_to=None).values_list("verdict", "why"))


def turned_on(settings: Settings, *, to: bool = True) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, checks_links=to)


@pytest.fixture
def due(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    published(shipped("mo-hinh", "tin-bai"), world, "http://localhost/bai")
    monkeypatch.setattr("kheo.config.clock.now", lambda: later(days=2))
    return world


def test_nothing_outside_is_asked_anything_until_the_office_turns_it_on(due: World, settings: Settings) -> None:
    assert not settings.ENVIRONMENT.checks_links
    assert (outside.looks_outside(), beaten()) == (False, [])


def test_turned_on_it_still_asks_nothing_inside_a_network(due: World, settings: Settings) -> None:
    turned_on(settings)
    with web_server() as server:
        server.pages["/bai"] = page()
        assert beaten() == [(Verdict.UNSURE, "inside")]
        assert server.asked == []


def test_a_demo_asks_nothing_though_it_is_turned_on(due: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    turned_on(settings)
    monkeypatch.undo()
    with day(NOW):
        assert (outside.looks_outside(), beaten()) == (False, [])


def test_it_rests_when_nothing_is_due(due: World, settings: Settings) -> None:
    turned_on(settings)
    beaten()
    assert looking._rests_until is None  # there may be more
    beaten()
    assert looking._rests_until == later(days=2) + looking.REST
    changed(published(shipped("mo-hinh", "tin-bai"), due, "http://localhost/hai", "Hai"), due, "http://localhost/ba", 1)
    assert len(beaten()) == 1
    looking._rests_until = later(days=1)
    assert len(beaten()) == 2


def test_says_who_asks_and_where_they_are_found(settings: Settings) -> None:
    messaging = settings.ENVIRONMENT.messaging
    for site, agent in (
        ("https://kheo.example.vn", "KheoLinkCheck/1.0 (+https://kheo.example.vn)"),
        ("http://localhost:8000", "KheoLinkCheck/1.0"),
    ):
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, messaging=replace(messaging, site=site))
        assert outside.pages().agent == agent
