"""An act that is asked for while another is under way and not committed yet: what it read before is old when it goes on."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections, transaction


def while_open(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """`second` runs on a connection of its own until it waits for a lock of `first` or has ended; only then `first` is committed.

    Gives both results; what the second raised is its result.
    """
    found = list[Any]()

    def run() -> None:
        try:
            found.append(second())
        except Exception as error:  # handed to the main thread
            found.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=run)
    with transaction.atomic():
        done = first()
        other.start()
        while other.is_alive() and not _somebody_waits():
            other.join(timeout=0.05)
    other.join(timeout=30)
    assert not other.is_alive()
    return done, found[0]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))")
        return cursor.fetchone() is not None
