"""Many processes, one embedded database: the first starts it, the last stops it, and no death of one harms the others."""

import os
import signal
import threading
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from kheo.config.embedded import embedded_database
from kheo.config.embedded.address import cluster_dir
from kheo.config.embedded.postmaster import Postmaster, running_postmaster
from kheo.config.embedded.session import silent
from tests.config.processes import neighbour


def server_of(data_dir: Path) -> Postmaster | None:
    return running_postmaster(cluster_dir(data_dir))


def running(data_dir: Path) -> Postmaster:
    found = server_of(data_dir)
    assert found is not None
    return found


def test_runs_while_it_is_used_and_not_longer(tmp_path: Path) -> None:
    with embedded_database(tmp_path) as handle:
        assert (handle.started_here, handle.recovered) == (True, False)
        with psycopg.connect(handle.url) as connection:
            shown = {
                name: connection.execute(f"SHOW {name}").fetchone()
                for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "server_encoding", "listen_addresses")
            }
    assert shown == {
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on",),
        "data_checksums": ("on",),
        "server_encoding": ("UTF8",),
        "listen_addresses": ("",),
    }
    assert server_of(tmp_path) is None


def test_our_role_owns_its_database_and_is_no_superuser(tmp_path: Path) -> None:
    with embedded_database(tmp_path) as handle, psycopg.connect(handle.url) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("kheo", "kheo", False, False)


def test_its_log_keeps_no_values(tmp_path: Path) -> None:
    with embedded_database(tmp_path) as handle, psycopg.connect(handle.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (email text PRIMARY KEY)")
        connection.execute("INSERT INTO people VALUES ('an@example.vn')")
        with pytest.raises(psycopg.errors.UniqueViolation, match=r"an@example\.vn"):
            connection.execute("INSERT INTO people VALUES ('an@example.vn')")
    log = (tmp_path / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key value" in log
    assert "an@example.vn" not in log


def test_keeps_the_data_from_one_start_to_the_next(tmp_path: Path) -> None:
    with embedded_database(tmp_path) as handle, psycopg.connect(handle.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Đã nộp' AS word")
    with embedded_database(tmp_path) as handle, psycopg.connect(handle.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("Đã nộp",)]
        assert handle.recovered is False


def test_a_second_process_joins_and_the_last_to_leave_stops_the_server(tmp_path: Path) -> None:
    with neighbour(tmp_path) as second:
        with embedded_database(tmp_path) as first:
            joined = second.has_entered()
            server = running(tmp_path)
        assert sorted([first.started_here, joined["started_here"]]) == [False, True]
        assert running(tmp_path).pid == server.pid, "the one who leaves first must not stop it for the other"
        second.leaves()
    assert server_of(tmp_path) is None


def test_many_starts_at_once_make_one_server(tmp_path: Path) -> None:
    with ExitStack() as all_of_them:
        crowd = [all_of_them.enter_context(neighbour(tmp_path)) for _ in range(4)]
        handles = [each.has_entered() for each in crowd]
        assert sorted(handle["started_here"] for handle in handles) == [False, False, False, True]
        assert len({handle["url"] for handle in handles}) == 1
        for each in crowd:
            each.leaves()
    assert server_of(tmp_path) is None


def test_the_server_of_a_killed_process_is_adopted_and_stopped_by_the_adopter(tmp_path: Path) -> None:
    with neighbour(tmp_path) as victim:
        assert victim.has_entered()["started_here"] is True
        orphan = running(tmp_path)
        victim.is_killed()
    assert running(tmp_path).pid == orphan.pid, "the server outlives the process that started it"
    with embedded_database(tmp_path) as handle:
        assert (handle.started_here, handle.recovered) == (False, False)
        assert running(tmp_path).pid == orphan.pid
    assert server_of(tmp_path) is None
    assert not psutil.pid_exists(orphan.pid) or psutil.Process(orphan.pid).status() == psutil.STATUS_ZOMBIE


def test_a_killed_server_recovers_at_the_next_start_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    with neighbour(tmp_path) as victim:
        url = victim.has_entered()["url"]
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE confirmed AS SELECT 7593 AS figure")
        os.kill(running(tmp_path).pid, signal.SIGKILL)
        # The former user of the killed server is still there, as a web process would be.
        with embedded_database(tmp_path, lambda vietnamese, _english: said.append(vietnamese)) as handle:
            assert (handle.started_here, handle.recovered) == (True, True)
            with psycopg.connect(handle.url) as connection:
                assert connection.execute("SELECT figure FROM confirmed").fetchall() == [(7593,)]
        assert server_of(tmp_path) is not None, "somebody else still uses it"
        victim.leaves()
    assert server_of(tmp_path) is None
    assert said == [
        "Lần trước cơ sở dữ liệu không được tắt đúng cách; đang tự phục hồi từ nhật ký giao dịch…",
        "Đã phục hồi xong: mọi việc đã báo thành công đều còn.",
    ]


def test_a_server_that_is_killed_comes_back_while_it_is_watched(tmp_path: Path) -> None:
    said: list[str] = []
    back = threading.Event()

    def say(vietnamese: str, _english: str) -> None:
        said.append(vietnamese)
        if vietnamese.startswith("Đã phục hồi xong"):
            back.set()

    with embedded_database(tmp_path, say, revive=True) as handle:
        with psycopg.connect(handle.url) as connection:
            connection.execute("CREATE TABLE confirmed AS SELECT 7593 AS figure")
        os.kill(running(tmp_path).pid, signal.SIGKILL)
        assert back.wait(timeout=60), said
        with psycopg.connect(handle.url) as connection:
            assert connection.execute("SELECT figure FROM confirmed").fetchall() == [(7593,)]
    assert said[0] == "Cơ sở dữ liệu đã dừng đột ngột; đang khởi động lại…"
    assert server_of(tmp_path) is None


def test_the_terminal_cannot_interrupt_the_server(tmp_path: Path) -> None:
    with embedded_database(tmp_path, silent):
        server = running(tmp_path)
        assert os.getsid(server.pid) != os.getsid(0)


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError])
def test_stops_the_server_when_its_user_fails(tmp_path: Path, failure: type[BaseException]) -> None:
    with pytest.raises(failure), embedded_database(tmp_path):
        raise failure
    assert server_of(tmp_path) is None
