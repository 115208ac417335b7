"""Which server runs on a data folder, read from the file that PostgreSQL itself keeps there."""

import os
from dataclasses import dataclass
from pathlib import Path

import psutil

from kheo.config.embedded.address import PORT

# Above any number that a system gives to a process, so that PostgreSQL finds nobody there.
NO_PROCESS = 2**31 - 1


@dataclass(frozen=True)
class Postmaster:
    """The first lines of `postmaster.pid`; `status` is `ready`, `starting`, `stopping` or empty."""

    pid: int
    sockets: Path
    status: str


def written_postmaster(cluster: Path) -> Postmaster | None:
    """What the pid file says, true or stale; None where there is none yet or it is half written."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(lines) < 5 or not lines[0].strip().isdigit():
        return None
    return Postmaster(int(lines[0]), Path(lines[4]), lines[7].strip() if len(lines) > 7 else "")


def running_postmaster(cluster: Path) -> Postmaster | None:
    """The server that really runs on this folder, or None."""
    written = written_postmaster(cluster)
    return written if written is not None and is_server_of(written.pid, cluster) else None


def is_server_of(pid: int, cluster: Path) -> bool:
    """Whether that process is a PostgreSQL server on this folder.

    Judged by its command line: the server never changes it, and it may be read where a process of another user hides its folder.
    """
    try:
        process = psutil.Process(pid)
        command = process.cmdline()
        if process.status() == psutil.STATUS_ZOMBIE or not command:
            return False
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    if not Path(command[0]).name.startswith("postgres") or "-D" not in command[:-1]:
        return False
    named = command[command.index("-D") + 1]
    return os.path.realpath(named) == os.path.realpath(cluster)


def disown_stale_pid(cluster: Path, sockets: Path) -> bool:
    """Correct the lock files of a server that is gone while its number still stands for something: another program that has it
    now, or its own unburied child process. True if that was so.

    PostgreSQL would take that process for its server and refuse. The files are not removed: the last line of the first lets the
    starting server make sure that no orphan of the former one still works on the data.
    """
    files = (cluster / "postmaster.pid", sockets / f".s.PGSQL.{PORT}.lock")
    corrected = [_disown(file, cluster) for file in files]
    return any(corrected)


def _disown(file: Path, cluster: Path) -> bool:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return False
    if not lines or not lines[0].strip().isdigit():
        return False
    pid = int(lines[0])
    if not psutil.pid_exists(pid) or is_server_of(pid, cluster):
        return False
    file.write_text("".join([f"{NO_PROCESS}\n", *lines[1:]]), encoding="utf-8")
    return True
