"""One throw-away PostgreSQL for the whole run, no network beyond this machine, and the material in shared/."""

import gc
import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("kheo", deadline=None)
settings.load_profile("kheo")

PROJECT = Path(__file__).resolve().parents[1]
_run = ExitStack()

# Nothing here needs to survive a power cut, so the server need not wait for the disk. A test is one long transaction: a table counted
# anew in its midst by somebody who does not see its rows yet is planned for as if it were empty.
THROW_AWAY = ("autovacuum=off", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")

# By CPU, the longest first. tests/architecture/test_tests.py finds names that are no more.
LONGEST_FIRST = (
    "tests/journeys/test_every_page_is_accessible.py",
    "tests/web/test_access_matrix.py",
    "tests/web/test_hostile_words.py",
    "tests/demo/test_build.py",
    "tests/journeys/test_books_of_a_year.py",
    "tests/registers/test_rights.py",
    "tests/cli/test_demo.py",
    "tests/cli/test_backup.py",
    "tests/demo/test_refusals.py",
    "tests/journeys/test_a_new_register.py",
    "tests/web/tree/test_in_browser.py",
    "tests/cli/test_up.py",
    "tests/registers/test_counted_campaign.py",
    "tests/org/test_country.py",
    "tests/cli/test_consolidate.py",
    "tests/documents/checker/test_every_paper.py",
    "tests/reports/test_two_totals.py",
    "tests/reports/test_city_carried_over.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server in the controller; its folder was chosen in tests/settings.py."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(os.environ["KHEO_DATA_OF_THIS_TEST_RUN"])
    _run.callback(shutil.rmtree, folder, ignore_errors=True)
    if not os.environ.get("DATABASE_URL"):
        from kheo.config.embedded import embedded_database

        _run.enter_context(embedded_database(folder, extra=THROW_AWAY))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, whatever the tests did."""
    _run.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, so that the workers of `make test` end together: a file is never divided between them."""
    rank = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end of the run: looking through it for cycles again and again finds none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def project_dir() -> Path:
    """The folder of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder shared/ beside the project (the directive, the tables of units); tests that need it are skipped where it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("shared/ must stand beside the project in CI")
        pytest.skip("no shared/ beside the project")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every table's numbers begin at another thousand: a test that holds only for row 1, or takes one table's number for another's, fails.

    The test database ends also where a thread that a test left behind still holds a connection to it.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1000 * row_number() OVER (ORDER BY sequencename))"
            " FROM pg_sequences WHERE last_value IS NULL"
        )
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A connection to any other machine is a fault of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _LoopbackSocket)
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_of_tests_can_be_emptied() -> Iterator[None]:
    """Django empties all tables with TRUNCATE after a test on real connections: for that one transaction their guard lets it pass."""
    operations = type(connection.ops)
    empty = operations.execute_sql_flush

    def emptied(self: Any, sql_list: list[str]) -> None:
        head = "CREATE OR REPLACE FUNCTION kheo_never_emptied() RETURNS trigger LANGUAGE plpgsql AS"
        with connection.cursor() as cursor:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'kheo_never_emptied'")
            (guard,) = cursor.fetchone()
        empty(self, [f"{head} $$ BEGIN RETURN NULL; END $$;", *sql_list, f"{head} $${guard}$$;"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", emptied)
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_listed_once() -> Iterator[None]:
    """Every `Client()` sets up the middlewares anew, and WhiteNoise would list and open our static files thousands of times."""
    listed: dict[object, dict[str, Any]] = {}
    listing = WhiteNoiseMiddleware.add_files_from_finders

    def remembered(self: WhiteNoiseMiddleware) -> None:
        facts = (type(self), self.static_prefix, self.max_age, self.charset, self.allow_all_origins, self.add_headers_function)
        if facts not in listed:
            listing(self)
            listed[facts] = dict(self.files)
        self.files.update(listed[facts])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", remembered)
        yield


@pytest.fixture(autouse=True, scope="session")
def _definitions_are_read_once() -> Iterator[None]:
    """The same few files are published in thousands of tests; what a text says is frozen, and reading the YAML is most of publishing."""
    import kheo.campaigns.actions as campaigns
    import kheo.registers.actions.publishing as registers

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(campaigns, "load_definition", _remembered(campaigns.load_definition))
        patch.setattr(registers, "load_register", _remembered(registers.load_register))
        yield


def _remembered(load: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[tuple[str, str], list[tuple[dict[str, Any], Any]]] = {}

    def remembered(text: str, file: str, **asked: Any) -> Any:
        before = known.setdefault((text, file), [])
        for same, loaded in before:
            if same == asked:
                return loaded
        before.append((asked, load(text, file, **asked)))
        return before[-1][1]

    return remembered


class _LoopbackSocket(socket.socket):
    def connect(self, address: Any, /) -> None:
        _refuse_foreign(self.family, address)
        super().connect(address)

    def connect_ex(self, address: Any, /) -> int:
        _refuse_foreign(self.family, address)
        return super().connect_ex(address)


def _refuse_foreign(family: int, address: Any) -> None:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = str(address[0])
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise AssertionError(f"a test reached out to {host}")
