"""The worker and the page without network: the same for everybody, and nothing of anybody in them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "kind"), [("offline_worker", "text/javascript; charset=utf-8"), ("offline", "text/html; charset=utf-8")])
def test_everybody_is_answered_alike(client: Client, world: World, name: str, kind: str) -> None:
    stranger = client.get(reverse(name))
    client.force_login(world.users["an"])
    an = client.get(reverse(name))
    assert (stranger.status_code, stranger.headers["Content-Type"]) == (200, kind)
    assert an.content == stranger.content
    assert "An" not in stranger.content.decode().split()


def test_the_worker_stands_at_the_root_so_that_it_may_answer_for_every_page() -> None:
    assert reverse("offline_worker").count("/") == 1


@pytest.mark.parametrize("name", ["offline_worker", "offline"])
def test_nothing_can_be_sent_there(client: Client, name: str) -> None:
    assert client.post(reverse(name)).status_code == 405
