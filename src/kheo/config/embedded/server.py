"""Starting and stopping one PostgreSQL server."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from kheo.config.embedded.account import Account
from kheo.config.embedded.address import DATABASE, PORT, ROLE, socket_dir, url_at
from kheo.config.embedded.cluster import SUPERUSER, program, server_environment
from kheo.config.embedded.postmaster import Postmaster, is_server_of, running_postmaster
from kheo.config.embedded.sharing import Say
from kheo.config.refusals import Refused

OPTIONS = (
    "listen_addresses=",
    f"port={PORT}",
    "unix_socket_permissions=0700",
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",
    # Pages are many and small: a helper costs more CPU than it takes off, and takes it from other people's pages.
    "max_parallel_workers_per_gather=0",
    "cluster_name=kheo",
    # What people wrote does not go into the log: neither failing statements nor the values that an error repeats.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_checkpoints=off",
)
# A recovery after a crash may take minutes; a server that is alive and says nothing for longer than this is given up.
LONGEST_START = 600.0
LONGEST_STOP = 60.0
LONGEST_ORPHANS = 15.0
LARGEST_LOG = 5 * 1024 * 1024
_PAUSE = 0.02

# Servers that outlive our use of them because other processes use them too.
_left_running: list["subprocess.Popen[bytes]"] = []


def start(cluster: Path, account: Account, say: Say, extra: Sequence[str] = ()) -> "subprocess.Popen[bytes]":
    """Start the server on this folder and wait until it answers; Refused shows the last lines of its log."""
    log = cluster.with_name("postgres.log")
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    sockets = _socket_folder(cluster, account)
    began = time.monotonic()
    while True:
        from_byte = log.stat().st_size if log.exists() else 0
        process = _launch(cluster, sockets, account, log, extra)
        if _is_ready(process, cluster, say):
            return process
        said = log.read_bytes()[from_byte:].decode(errors="replace")
        # After a crash the former server's children need a moment to notice that it is gone.
        if "pre-existing shared memory block" not in said or time.monotonic() - began > LONGEST_ORPHANS:
            last = "\n".join(said.splitlines()[-12:])
            raise Refused(
                f"Cơ sở dữ liệu không khởi động được. Nhật ký ({log}):\n{last}", f"The database does not start. Its log ({log}):\n{last}"
            )
        time.sleep(0.2)


def _launch(cluster: Path, sockets: Path, account: Account, log: Path, extra: Sequence[str]) -> "subprocess.Popen[bytes]":
    settings = [*OPTIONS, f"unix_socket_directories={sockets}", *extra]
    command = [*account.prefix, program("postgres"), "-D", str(cluster), *(part for setting in settings for part in ("-c", setting))]
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=server_environment(),
            cwd="/",
            start_new_session=True,  # Ctrl-C in the terminal is for us, who then stop the server in order
        )


def _is_ready(process: "subprocess.Popen[bytes]", cluster: Path, say: Say) -> bool:
    began, notices = time.monotonic(), 0
    while process.poll() is None:
        postmaster = running_postmaster(cluster)
        if postmaster is not None and postmaster.pid == process.pid and postmaster.status == "ready":
            return True
        waited = time.monotonic() - began
        if waited > LONGEST_START:
            _end(process.pid, cluster, process)
            return False
        if waited > 5 * (notices + 1):
            notices += 1
            say(f"Cơ sở dữ liệu đang khởi động ({waited:.0f} giây)…", f"The database is starting ({waited:.0f} s)…")
        time.sleep(_PAUSE)
    return False


def _socket_folder(cluster: Path, account: Account) -> Path:
    sockets = socket_dir(cluster)
    if sockets == cluster:
        return sockets
    try:
        sockets.mkdir(mode=0o700)
    except FileExistsError:
        status = sockets.lstat()
        if sockets.is_symlink() or status.st_uid not in (account.uid, os.geteuid()):
            # Somebody else made it first: never listen in a folder of his.
            return _own_temporary(account)
    account.own(sockets)
    return sockets


def _own_temporary(account: Account) -> Path:
    sockets = Path(tempfile.mkdtemp(prefix="kheo-"))
    account.own(sockets)
    return sockets


def join(cluster: Path, postmaster: Postmaster) -> Postmaster | None:
    """Wait until a server that somebody else started answers; None when it ended instead, so that a new one may start."""
    began = time.monotonic()
    while time.monotonic() - began < LONGEST_START:
        if not is_server_of(postmaster.pid, cluster):
            return None
        if postmaster.status == "ready":
            try:
                ensure_database(postmaster.sockets)
            except psycopg.OperationalError as fault:
                # Not refused for good: it may be going down, or have all its places taken for a moment.
                if time.monotonic() - began > LONGEST_STOP:
                    raise Refused(
                        f"Cơ sở dữ liệu đang chạy nhưng không nhận kết nối: {fault}",
                        f"The database runs but takes no connection: {fault}",
                    ) from fault
            else:
                return postmaster
        time.sleep(_PAUSE)
        postmaster = running_postmaster(cluster) or postmaster
    raise Refused("Cơ sở dữ liệu không sẵn sàng.", "The database does not become ready.")


def stop(cluster: Path, process: "subprocess.Popen[bytes] | None", say: Say) -> None:
    """Stop the server of this folder, whoever started it: at once, but with everything on disk."""
    postmaster = running_postmaster(cluster)
    if postmaster is not None and not _end(postmaster.pid, cluster, process):
        say("Cơ sở dữ liệu không dừng được.", "The database could not be stopped.")
    elif socket_dir(cluster) != cluster:
        with suppress(OSError):
            socket_dir(cluster).rmdir()
    if process is not None:
        process.poll()


def _end(pid: int, cluster: Path, process: "subprocess.Popen[bytes] | None") -> bool:
    # SIGINT is PostgreSQL's fast, SIGQUIT its immediate shutdown (after which the next start recovers).
    for request in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, request)
        except ProcessLookupError:
            return True
        if _until(lambda: _is_gone(pid, cluster, process), LONGEST_STOP):
            return True
    return False


def _is_gone(pid: int, cluster: Path, process: "subprocess.Popen[bytes] | None") -> bool:
    if process is not None and process.pid == pid:
        return process.poll() is not None
    return not is_server_of(pid, cluster)


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return True
        time.sleep(_PAUSE)
    return condition()


def leave_running(process: "subprocess.Popen[bytes] | None") -> None:
    """Keep hold of a child that others go on using, so that Python does not complain about it."""
    if process is not None:
        _left_running.append(process)


def ensure_database(sockets: Path) -> None:
    """Make Khéo's role and database where they are missing. The role owns its database and nothing else: it is no superuser."""
    with psycopg.connect(url_at(sockets, SUPERUSER, "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
            connection.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))
