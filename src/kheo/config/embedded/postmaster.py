"""Which server runs on a data folder, read from the file that PostgreSQL itself keeps there."""

import os
from dataclasses import dataclass
from pathlib import Path

import psutil

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


def disown_stale_pid(cluster: Path) -> bool:
    """Correct a pid file whose process is gone and whose number another program has now; True if that was so.

    PostgreSQL would take that program for its own server and refuse. The file is not removed: its last line lets the starting
    server make sure that no orphan of the former one still works on the data.
    """
    file = cluster / "postmaster.pid"
    written = written_postmaster(cluster)
    if written is None or not psutil.pid_exists(written.pid) or is_server_of(written.pid, cluster):
        return False
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    file.write_text("".join([f"{NO_PROCESS}\n", *lines[1:]]), encoding="utf-8")
    return True
