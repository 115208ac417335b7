"""Getting the settings and the database ready for a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kheo.cli.console import Console
from kheo.config.embedded import DatabaseHandle, embedded_database
from kheo.config.environment import read_environment


def ready_settings() -> None:
    """Set Django up; raises Refused when the environment is wrong."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    django.setup()


@contextmanager
def ready_database(console: Console) -> Iterator[DatabaseHandle | None]:
    """Settings and a safe database, the embedded one (yielded) where none is named. Raises Refused with the reason."""
    environment = read_environment(os.environ)
    if environment.database is not None:
        ready_settings()
        yield from _checked(None)
        return
    with embedded_database(environment.data_dir, console.progress) as handle:
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
