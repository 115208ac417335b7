"""The page /_kit shows every component in both themes, in development only."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from kheo.web.kit.specimens import PARTS, colours, icons, specimens
from kheo.web.kit.views import show_kit

pytestmark = pytest.mark.django_db  # the page frame asks whether this is a demo


def visit(address: str = "/_kit") -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return request


def test_shows_every_component_with_its_html() -> None:
    page = show_kit(visit()).content.decode()
    assert len(specimens()) == len(list(PARTS.glob("*.html"))) >= 25
    assert re.findall(r'<h2 id="([a-z-]+)">', page)[: len(specimens())] != []
    for specimen in specimens():
        assert f'<h2 id="{specimen.id}">{specimen.title}</h2>' in page
    assert "&lt;button class=&quot;button&quot;&gt;" in page


def test_shows_every_icon_and_every_colour() -> None:
    page = show_kit(visit()).content.decode()
    assert {"check", "send", "close"} < set(icons())
    assert {"ink", "action", "focus"} < set(colours())
    assert all(f'class="swatch-{name}"' in page for name in colours())
    assert all(f'#{name}"></use></svg>{name}</li>' in page for name in icons())


@pytest.mark.parametrize(("asked", "theme"), [("light", ' class="theme-light"'), ("dark", ' class="theme-dark"'), ("", ""), ('"><b>', "")])
def test_turns_to_the_theme_that_is_asked(asked: str, theme: str) -> None:
    page = show_kit(visit(f"/_kit?nen={asked}")).content.decode()
    assert f"<body{theme}>" in page


def test_is_not_there_in_production(settings: Settings) -> None:
    settings.DEVELOPMENT = False
    with pytest.raises(Http404):
        show_kit(visit())
