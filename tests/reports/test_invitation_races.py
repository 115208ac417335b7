"""An acceptance that meets another change of its invitation: real connections, the acceptance waiting while the other is still open."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from kheo.core.workflow import Role
from kheo.org.models import Invitation, Post
from kheo.people.models import User
from kheo.reports.actions.inviting import Accepted, accept_with_new_account, send_anew, withdraw
from tests.reports.test_invite import sent
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "con trâu qua sông"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@pytest.fixture
def world() -> World:
    return small_world()


def accept_while_open(act: Callable[[], Any], code: str) -> list[Any]:
    """What an acceptance with this code gives that began, and waits for a lock, before the act was committed."""
    given: list[Any] = []

    def run() -> None:
        try:
            given.append(accept_with_new_account(code, username="moi.ly", password=PASSWORD, contact="", at=later(1)))
        except Exception as error:  # handed to the main thread
            given.append(error)
        finally:
            connections.close_all()

    with transaction.atomic():
        act()
        thread = Thread(target=run)
        thread.start()
        assert comes_to_wait(thread)
    thread.join(timeout=30)
    return given


def comes_to_wait(thread: Thread) -> bool:
    """Whether the other thread comes as far as a lock that this transaction holds, rather than to its end."""
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return True
        thread.join(timeout=0.02)
    return False


def test_a_code_opens_nothing_once_another_is_sent_however_early_it_was_brought(world: World) -> None:
    done, hoa = sent(world, "hoa", "G1", Role.OFFICER), world.person("hoa", later())
    assert accept_while_open(lambda: send_anew(done.invitation.pk, by=hoa, at=later(1)), done.code) == [None]
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(username="moi.ly").exists()


def test_a_code_opens_nothing_once_it_is_withdrawn_however_early_it_was_brought(world: World) -> None:
    done, hoa = sent(world, "hoa", "G1", Role.OFFICER), world.person("hoa", later())
    assert accept_while_open(lambda: withdraw(done.invitation.pk, by=hoa, at=later(1)), done.code) == [None]
    assert Post.objects.filter(unit=world.units["G1"], role="officer").count() == 1


def test_whoever_only_had_to_wait_gets_in(world: World) -> None:
    """Nothing else changed it: the lock alone refuses nobody."""
    done = sent(world, "hoa", "G1", Role.OFFICER)

    def holds() -> None:
        Invitation.objects.select_for_update().get()

    (given,) = accept_while_open(holds, done.code)
    assert isinstance(given, Accepted)
