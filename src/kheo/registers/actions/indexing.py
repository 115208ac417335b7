"""Indexes of declared fields and lists that are asked by: made by a job beside running work, used once they stand."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kheo.registers.models import FieldIndex, Register
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.field_indexes import READY, UNWANTED, IndexStanding, index_standings, lacks_indexes

PROVISION = "provision_indexes"  # of config.jobs.indexing
LOCK = 0x4B484958  # first key of the advisory lock; the second is the register


@dataclass(frozen=True)
class Provisioned:
    """Keys of the indexes that were made and dropped; `failed` could not be, and why. `is_elsewhere`: somebody else is at it."""

    made: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    is_elsewhere: bool = False


def order_indexes(register: Register) -> None:
    """Have a worker look at the indexes of a register, once what is being done now is done; one that waits already is enough."""
    queued = f"{PROVISION}:{register.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(PROVISION, queueing_lock=queued, lock=queued).defer(code=register.code)


def order_lacking_indexes() -> list[str]:
    """The same for every register that lacks one, after a restore or a job that was given up; gives their codes."""
    lacking = [each.register for each in books() if lacks_indexes(each)]
    for register in lacking:
        order_indexes(register)
    return [register.code for register in lacking]


def provision_indexes(book: Book, *, at: datetime) -> Provisioned:
    """Make the index of every filtered or sorted field, and of every list, that has none, and drop those that nothing asks for any more.

    Made concurrently, so that nobody waits for it: not within a transaction. One that was broken off stands there unusable: it goes and
    is made again. What cannot be made does not hold up the others. Called twice, the second time does nothing; at the same time, one
    of the two leaves it to the other.
    """
    with _alone(book.register.pk) as is_alone:
        if not is_alone:
            return Provisioned(is_elsewhere=True)
        made, dropped, failed = list[str](), list[str](), list[tuple[str, str]]()
        for each in index_standings(book):
            try:
                if each.state == UNWANTED:
                    _drop(book, each, at)
                    dropped.append(each.key)
                elif each.state != READY:
                    _make(book, each, at)
                    made.append(each.key)
                else:
                    _note(book, each, "active", at)
            except DatabaseError as fault:
                failed.append((each.key, str(fault).partition("\n")[0]))
        if made:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE registers_entry")  # without it nothing is known of what the new expressions give
        return Provisioned(tuple(made), tuple(dropped), tuple(failed))


@contextmanager
def _alone(register: int) -> Iterator[bool]:
    """Tried, never waited for: an index is made only when older transactions have ended, and who waits would be one of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, register])
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, register])


def _make(book: Book, index: IndexStanding, at: datetime) -> None:
    _note(book, index, "provisioning", at)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}")
        cursor.execute(f"CREATE INDEX CONCURRENTLY {index.name} {index.body}")
    _note(book, index, "active", at)


def _drop(book: Book, index: IndexStanding, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}")
    _note(book, index, "retired", at)


def _note(book: Book, index: IndexStanding, status: str, at: datetime) -> None:
    row = FieldIndex.objects.filter(register=book.register, key=index.key, name=index.name, status=status)
    if not row.exists():
        FieldIndex.objects.update_or_create(
            register=book.register, key=index.key, defaults={"name": index.name, "status": status, "changed_at": at}
        )
