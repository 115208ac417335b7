"""Writing a backup: one moment of the whole database, while others go on working."""

import os
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from psycopg import sql

from kheo.config.backup.archive import CHUNK, DUMP, FORMAT, MANIFEST, Digesting, Manifest, manifest_bytes
from kheo.config.backup.programs import client_environment
from kheo.config.embedded.cluster import program
from kheo.config.refusals import Refused, reason_of

# Tables whose rows are worth nothing to the next installation and would let a thief in: who is signed in just now, keys to a channel.
NOT_KEPT = ("django_session", "config_cache", "notices_channel_token")
Progress = Callable[[int], None]


def write_backup(file: Path, *, at: datetime, progress: Progress = lambda _bytes: None) -> Manifest:
    """Copy the whole database into a new file, which appears under its name only when it is complete.

    `progress` hears the number of bytes written so far. Raises Refused.
    """
    if file.exists():
        raise Refused(f"Đã có {file}: hãy chọn tên khác, Khéo không ghi đè.", f"{file} exists: choose another name.")
    try:
        with _completed(file) as stream:
            return _write(stream, at, progress)
    except OSError as fault:
        raise Refused(f"Không ghi được {file}: {reason_of(fault)}.", f"{file} cannot be written: {fault.strerror}.") from fault


@contextmanager
def _completed(file: Path) -> Iterator[IO[bytes]]:
    """A file under another name, readable by its owner only, that gets its own name when all of it is on the disk."""
    partial = file.with_name(f".{file.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)


def _write(stream: IO[bytes], at: datetime, progress: Progress) -> Manifest:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        with archive.open(DUMP, "w", force_zip64=True) as entry:
            dump = Digesting(entry)
            _dump(snapshot, dump, progress)
        manifest = Manifest(
            format=FORMAT,
            kheo=version("kheo"),
            created_at=at.isoformat(timespec="seconds"),
            server=_server_version(),
            rows=table_rows(),
            journal=journal_head(),
            migrations=applied_migrations(),
            size=dump.size,
            sha256=dump.sha256,
        )
        archive.writestr(MANIFEST, manifest_bytes(manifest))
    return manifest


def _dump(snapshot: str, target: Digesting, progress: Progress) -> None:
    command = [program("pg_dump"), "--format=custom", "--schema=public", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command += [f"--exclude-table-data=public.{table}" for table in NOT_KEPT]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, env=client_environment(), cwd="/"
        )
        with process:
            assert process.stdout is not None
            while chunk := process.stdout.read(CHUNK):
                target.write(chunk)
                progress(target.size)
        if process.returncode != 0:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip()
            raise Refused(f"pg_dump không sao lưu được: {said}", f"pg_dump failed: {said}")


def _server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def table_rows() -> dict[str, int]:
    """Number of rows of every table that a backup keeps, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall() if name not in NOT_KEPT]
        counts = {}
        for table in tables:
            cursor.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table)))
            counts[table] = int(cursor.fetchone()[0])
    return counts


def journal_head() -> tuple[int, str] | None:
    """Number and hash of the journal's last row; None in a database that has no journal yet."""
    if "journal_head" not in connection.introspection.table_names():
        return None
    from kheo.journal.queries import head

    return head()


def applied_migrations() -> tuple[str, ...]:
    """Every migration that made this database, as `app.name`."""
    if "django_migrations" not in connection.introspection.table_names():
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return tuple(name for (name,) in cursor.fetchall())
