"""Who uses the embedded server just now: file locks, which the system itself takes back from a process that dies."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kheo.config.refusals import Refused

Say = Callable[[str, str], None]

PATIENCE = 180.0
FIRST_NOTICE = 2.0


@contextmanager
def alone(file: Path, say: Say) -> Iterator[None]:
    """One process at a time starts or stops the server; the others wait."""
    with _opened(file) as descriptor:
        began, told = time.monotonic(), False
        while not _taken(descriptor, fcntl.LOCK_EX):
            waited = time.monotonic() - began
            if waited > PATIENCE:
                raise Refused(
                    f"Một tiến trình khác giữ {file} quá lâu khi khởi động cơ sở dữ liệu. Hãy tắt tiến trình đó rồi thử lại.",
                    f"Another process has held {file} too long while starting the database. End it and try again.",
                )
            if waited > FIRST_NOTICE and not told:
                say("Đang chờ một tiến trình khác khởi động cơ sở dữ liệu…", "Waiting for another process to start the database…")
                told = True
            time.sleep(0.02)
        yield


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def ensure_lockable(file: Path) -> None:
    """Make the file; OSError where it cannot be written or the file system knows no locks."""
    with _opened(file) as descriptor:
        _taken(descriptor, fcntl.LOCK_SH)


def _taken(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Use:
    """This process's mark that it uses the server; many processes may hold one at a time."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def was_last(self) -> bool:
        """Give the mark back; True when nobody else holds one. To be asked inside `alone`."""
        try:
            return _taken(self._descriptor, fcntl.LOCK_EX)
        finally:
            os.close(self._descriptor)
