"""Which channels there are: in development a folder, in a demo nothing ever leaves, in production what was set up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from kheo.config.channels import channels
from kheo.config.environment import read_environment
from kheo.notices.channels import EmailChannel, ZaloChannel
from tests.config.test_messaging import MAIL, ZALO
from tests.web.visits import day

pytestmark = pytest.mark.django_db
FULL = read_environment({**MAIL, **ZALO}).messaging


def backend_of(channel: object) -> str:
    assert isinstance(channel, EmailChannel)
    return type(channel._backend).__module__.rpartition(".")[2]


def test_development_writes_to_a_folder() -> None:
    found = channels()
    assert ([*found], backend_of(found["email"])) == (["email"], "filebased")


def test_what_was_set_up_is_used(settings: Settings) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, messaging=FULL)
    found = channels()
    assert (backend_of(found["email"]), type(found["zalo"])) == ("smtp", ZaloChannel)


def test_a_demo_sends_nothing_whatever_was_set_up(settings: Settings) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, messaging=FULL)
    with day(datetime(2023, 11, 9, tzinfo=UTC)):
        found = channels()
    assert ([*found], backend_of(found["email"])) == (["email"], "filebased")


def test_production_without_a_server_has_no_channel(settings: Settings) -> None:
    settings.PRODUCTION = True
    assert channels() == {}
