"""Reading a backup back: all of it or nothing, and nothing over data that somebody may still need."""

import subprocess
import tempfile
import zipfile
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from kheo.config.backup.archive import CHUNK, DUMP, Manifest, opened
from kheo.config.backup.dumping import table_rows
from kheo.config.backup.programs import client_environment
from kheo.config.database import prepare
from kheo.config.embedded.cluster import program
from kheo.config.embedded.sharing import Say
from kheo.config.refusals import Refused

# What a prepared database holds before anybody has done anything; a worker's own beat is no use of it either.
BEFORE_ANY_USE = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "journal_head"}
    | {"procrastinate_jobs", "procrastinate_events", "procrastinate_workers"}
)


def restore_backup(file: Path, *, replace: bool, say: Say) -> Manifest:
    """Put a backup in the place of an unused database, or with `replace` of any; in one transaction, and counted before it ends.

    Raises Refused, and then nothing was changed.
    """
    with opened(file) as (manifest, archive):
        _refuse_newer(manifest)
        if not replace:
            _refuse_used()
        _refuse_company()
        say("Bản sao lưu nguyên vẹn; đang khôi phục…", "The backup is whole; restoring…")
        _load(manifest, archive)
    connection.close()
    prepare(say)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise Refused(
            f"Bản sao lưu do Khéo {manifest.kheo}, mới hơn bản này, tạo ra ({', '.join(unknown)}). Hãy dùng bản đó.",
            f"The backup was made by Kheo {manifest.kheo}, newer than this one ({', '.join(unknown)}). Use that one.",
        )


def _refuse_used() -> None:
    used = {table: rows for table, rows in table_rows().items() if rows and table not in BEFORE_ANY_USE}
    if used:
        held = ", ".join(f"{table} {rows}" for table, rows in sorted(used.items(), key=lambda item: -item[1])[:5])
        raise Refused(
            f"Cơ sở dữ liệu đang có dữ liệu ({held} …). Thêm --replace để xoá và thay bằng bản sao lưu; nên sao lưu hiện trạng trước.",
            f"The database holds data ({held} …). Add --replace to delete it and put the backup in its place; back it up first.",
        )


def _refuse_company() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        (others,) = cursor.fetchone()
    if others:
        raise Refused(
            f"Còn {others} kết nối khác vào cơ sở dữ liệu: hãy tắt Khéo ở các cửa sổ khác trước khi khôi phục.",
            f"There are {others} other connections to the database: stop Kheo elsewhere before you restore.",
        )


def _load(manifest: Manifest, archive: zipfile.ZipFile) -> None:
    with tempfile.TemporaryDirectory(prefix="kheo-restore-") as folder:
        dump, script = Path(folder) / "dump", Path(folder) / "script.sql"
        with archive.open(DUMP) as source, dump.open("wb") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
        # Written out in full first: a script that ended early would look to psql like one that is done.
        _run([program("pg_restore"), "--schema=public", "--no-owner", "--no-privileges", f"--file={script}", str(dump)])
        _without_newer_settings(script)
        before, after = Path(folder) / "before.sql", Path(folder) / "after.sql"
        before.write_text(_emptying(), encoding="utf-8")
        after.write_text(_counting(manifest), encoding="utf-8")
        files = [f"--file={path}" for path in (before, script, after)]
        _run([program("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files])


def _without_newer_settings(script: Path) -> None:
    """pg_restore 17 and newer begin with a setting that PostgreSQL 15 and 16 do not know; it is switched off in place, in equal length."""
    newer = b"SET transaction_timeout"
    with script.open("r+b") as file:
        found = file.read(CHUNK).find(b"\n" + newer)
        if found >= 0:
            file.seek(found + 1)
            file.write(b"--" + newer[2:])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=client_environment(), cwd="/", check=False)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()[-2000:]
        raise Refused(f"Không khôi phục được, dữ liệu cũ còn nguyên: {said}", f"Could not restore, nothing was changed: {said}")


def _emptying() -> str:
    """Brings the schema back to what PostgreSQL gives to a new database."""
    return """SET client_min_messages = warning;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


def _counting(manifest: Manifest) -> str:
    """Fails, and so undoes everything, unless each table has the rows that the manifest tells."""
    checks = [
        sql.SQL("IF (SELECT count(*) FROM public.{}) <> {} THEN RAISE EXCEPTION 'rows of %', {}; END IF;").format(
            sql.Identifier(table), sql.Literal(rows), sql.Literal(table)
        )
        for table, rows in manifest.rows.items()
    ]
    block = sql.SQL("\n").join([sql.SQL("DO $check$ BEGIN"), *checks, sql.SQL("END $check$;\n")])
    return block.as_string(connection.connection)
