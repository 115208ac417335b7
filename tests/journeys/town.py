"""A whole town for a browser: the demo in a database of its own, and the program's own server before it on this machine.

Nothing is shared with other tests: every journey begins with a fresh copy of one database, and really commits into it.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import override_settings
from django.urls import reverse
from waitress import wasyncore
from waitress.server import create_server

from kheo.campaigns.models import Cycle
from kheo.config import clock
from kheo.config.embedded.sharing import Use
from kheo.demo.actions import DemoResult, Stage, build_demo
from kheo.demo.plan.cast import AN_DISTRICT, AN_UNIT, CHI_UNIT, CITY
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation

__all__ = ["AN_DISTRICT", "AN_UNIT", "CHI_UNIT", "CITY", "Town", "build_in", "serving", "working_in"]

UNITS, SEED = 30, 7
CYCLE = "2023-N"
# Of this run, for all its workers; tests/conftest.py takes the folder away.
OF_THIS_RUN = Path(os.environ["KHEO_DATA_OF_THIS_TEST_RUN"])
# Far from every key of the tests' own database: what is kept in memory by primary key is never mistaken for something else.
FAR_KEYS = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 10000000) FROM pg_sequences"


@dataclass(frozen=True)
class Town:
    """Where it can be visited, and its addresses; `cycle` is the year that is being collected."""

    address: str
    cycle: int
    snapshot: int

    def unit(self, code: str) -> int:
        """The unit's key."""
        return SnapshotUnit.objects.get(snapshot=self.snapshot, code=code).unit_id

    def obligation(self, code: str) -> int:
        """What the unit owes in this cycle."""
        return Obligation.objects.get(cycle=self.cycle, unit=self.unit(code)).pk

    def page_of(self, name: str, code: str, *more: object) -> str:
        """A page about a unit's report (`report`, `receipt` …)."""
        return reverse(name, args=[self.obligation(code), *more])

    def totals_of(self, name: str, code: str, *more: object) -> str:
        """A page about a unit's subtree (`board`, `consolidated`, `progress` …)."""
        return reverse(name, args=[self.cycle, self.unit(code), *more])


@contextmanager
def copy_of(source: str, name: str) -> Iterator[str]:
    """A database made as a copy of another, dropped at the end."""
    copy(source, name)
    try:
        yield name
    finally:
        drop(name)


def copy(source: str, name: str) -> None:
    """Makes a database as a copy of another, to which nobody may be connected."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def drop(name: str) -> None:
    """Takes a database away, whoever is still connected to it."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Every new connection of this process leads to that database."""
    settings, before = connection.settings_dict, connection.settings_dict["NAME"]
    connections.close_all()
    settings["NAME"] = name
    clock.reset()
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = before
        clock.reset()


@contextmanager
def build_in(source: str) -> Iterator[str]:
    """The demo, a quarter of an hour into its last week, in a copy of an empty database: gives the name of the copy.

    The first worker of a run that asks builds it for all of them; the last one that leaves takes it away.
    """
    named = OF_THIS_RUN / "town"
    with (OF_THIS_RUN / "town.being-made").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not named.exists():
            named.write_text(_built(source), encoding="utf-8")
        use = Use(OF_THIS_RUN / "town.in-use")
        fcntl.flock(alone, fcntl.LOCK_UN)
        name = named.read_text(encoding="utf-8")
        try:
            yield name
        finally:
            fcntl.flock(alone, fcntl.LOCK_EX)
            if use.was_last():
                named.unlink()
                drop(name)


def _built(source: str) -> str:
    name = f"{source}_demo"
    copy(source, name)
    try:
        with working_in(name):
            with connection.cursor() as cursor:
                cursor.execute(FAR_KEYS)
            built = build_demo(Stage.COLLECTING, UNITS, SEED)
            assert isinstance(built, DemoResult), built
    except BaseException:
        drop(name)
        raise
    return name


@contextmanager
def serving(built: str) -> Iterator[Town]:
    """A fresh copy of the demo behind the product's web server, on a port of the loopback that was free."""
    with ExitStack() as stack:
        name = stack.enter_context(copy_of(built, f"{connection.settings_dict['NAME']}_visited"))
        stack.enter_context(working_in(name))
        stack.enter_context(override_settings(PUBLIC_FORM=True, PUBLIC_PAGES=True))  # as `kheo up --demo` has it
        cycle = Cycle.objects.get(code=CYCLE)
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        stack.enter_context(_answering(listener))
        yield Town(f"http://localhost:{listener.getsockname()[1]}", cycle.pk, cycle.snapshot_id)


@contextmanager
def _answering(listener: socket.socket) -> Iterator[None]:
    sockets: dict[int, Any] = {}
    server = create_server(WSGIHandler(), map=sockets, sockets=[listener], threads=8, ident=None, clear_untrusted_proxy_headers=True)
    thread = Thread(target=server.run, name="kheo-journey")
    thread.start()
    try:
        yield
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))  # ends the loop in its own thread
        thread.join(timeout=30)
        server.task_dispatcher.shutdown()
        assert not thread.is_alive()
