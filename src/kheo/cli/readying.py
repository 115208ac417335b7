"""Getting the settings and the database ready for a command."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

from kheo.cli.console import Console
from kheo.config.embedded import DatabaseHandle, embedded_database
from kheo.config.environment import read_environment
from kheo.config.refusals import Refused


def ready_settings() -> None:
    """Set Django up; raises Refused when the environment is wrong."""
    import django

    # Looking for cycles among what modules define is a sixth of a command's start; it is done when there may be more to find.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    django.setup()


@contextmanager
def ready_database(console: Console, *, revive: bool = False) -> Iterator[DatabaseHandle | None]:
    """Settings and a safe database, the embedded one (yielded) where none is named; with `revive` it is kept alive.

    Raises Refused with the reason.
    """
    environment = read_environment(os.environ)
    if environment.database is not None:
        ready_settings()
        yield from _checked(None)
        return
    with embedded_database(environment.data_dir, console.progress, revive=revive) as handle:
        ready_settings()
        yield from _checked(handle)


def _checked(handle: DatabaseHandle | None) -> Iterator[DatabaseHandle | None]:
    from django.db import connections

    from kheo.config.startup import refuse_unsafe_database

    try:
        refuse_unsafe_database()
        yield handle
    finally:
        connections.close_all()


def ready_tables(console: Console, *, is_embedded: bool) -> None:
    """The tables of this version: made where the database is ours or new; a named one that is in use is changed on purpose only."""
    from django.db import connection

    from kheo.config.database import is_prepared, prepare

    if is_embedded or not connection.introspection.table_names():
        prepare(console.progress)
    elif not is_prepared():
        raise Refused(
            "Cơ sở dữ liệu chưa ở đúng phiên bản này: hãy chạy kheo prepare (nên sao lưu trước).",
            "The database is not at this version yet: run kheo prepare (back it up first).",
        )
