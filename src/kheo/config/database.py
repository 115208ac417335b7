"""Bringing the database up to this version of Khéo."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import StringIO
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kheo.config.embedded.sharing import Say
from kheo.config.refusals import Refused

# Any number, the same for ever: the key under which one process at a time changes the tables.
MIGRATION_LOCK = 5_020_231_115


def prepare(say: Say) -> None:
    """Tables, cache table and, in production, static files of this version. Several processes may call it at once.

    Raises Refused when the database belongs to a newer version.
    """
    with _alone_in_database(say):
        if not _has_every_step_and_no_other():
            _bring_up(say)
        call_command("createcachetable", verbosity=0, stdout=StringIO())
        call_command("clearsessions", verbosity=0)
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())


def _bring_up(say: Say) -> None:
    executor = MigrationExecutor(connection)
    _refuse_newer(executor)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        say(f"Đang chuẩn bị cơ sở dữ liệu ({len(pending)} bước)…", f"Preparing the database ({len(pending)} steps)…")
        call_command("migrate", interactive=False, verbosity=0, stdout=StringIO())


def _has_every_step_and_no_other() -> bool:
    """Told by the names of the files alone: reading all steps costs every command a tenth of a second, and hardly ever is one taken."""
    here = set[tuple[str, str]]()
    for app in apps.get_app_configs():
        module, _ = MigrationLoader.migrations_module(app.label)
        found = find_spec(module) if module else None
        folders = found.submodule_search_locations if found else None
        here |= {(app.label, step.name) for step in iter_modules(folders or []) if step.name[0] not in "_~"}
    return here == MigrationRecorder(connection).applied_migrations().keys()


@contextmanager
def _alone_in_database(say: Say) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATION_LOCK])
        if not cursor.fetchone()[0]:
            say("Đang chờ một tiến trình khác chuẩn bị cơ sở dữ liệu…", "Waiting for another process to prepare the database…")
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _refuse_newer(executor: MigrationExecutor) -> None:
    unknown = sorted(f"{app}.{name}" for app, name in set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    if unknown:
        raise Refused(
            f"Cơ sở dữ liệu do bản Khéo mới hơn tạo ({', '.join(unknown)}). Hãy dùng bản đó.",
            f"The database was made by a newer Kheo ({', '.join(unknown)}). Use that one.",
        )


def is_prepared() -> bool:
    """Whether the tables are those of this version."""
    if _has_every_step_and_no_other():
        return True
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
