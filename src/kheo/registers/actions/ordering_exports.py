"""Workbooks of long lists are ordered, written by a worker, taken away, and forgotten on the next day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO

from django.db import transaction
from procrastinate.contrib.django import app

from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.registers.models import EntryExport, ExportPiece
from kheo.registers.queries.definitions import Book

WRITE_EXPORT = "write_export"  # of config.jobs.exporting
KEPT = timedelta(days=1)
PIECE = 1 << 20  # bytes
AT_ONCE = 1000  # entries whose workbook is written while the browser waits: half a second


@transaction.atomic
def order_export(book: Book, query: str, *, entries: int, name: str, by: Person, at: datetime) -> EntryExport:
    """Have a worker write the workbook of a list. One that is being written for the same list is not ordered twice."""
    mine = EntryExport.objects.filter(register=book.register, ordered_by=by.user_id, query=query, finished_at=None)
    waiting = mine.filter(ordered_at__gt=at - KEPT).first()
    if waiting is not None:
        return waiting
    made = EntryExport.objects.create(
        register=book.register, ordered_by_id=by.user_id, ordered_at=at, query=query, entries=entries, name=name
    )
    app.configure_task(WRITE_EXPORT).defer(number=made.pk)
    return made


def unwritten_export(number: int) -> EntryExport | None:
    """One that waits to be written."""
    return EntryExport.objects.select_related("register", "ordered_by").filter(pk=number, finished_at=None).first()


@transaction.atomic
def finish_export(
    number: int, *, at: datetime, content: IO[bytes] | None = None, entries: int = 0, seen: str = "", problem: str = ""
) -> None:
    """It is written, or `problem`: why it cannot be. Of two workers that wrote it the first counts."""
    row = EntryExport.objects.select_for_update(of=("self",)).filter(pk=number, finished_at=None).first()
    if row is None:
        return
    size = sum(_kept(row, place, piece) for place, piece in enumerate(iter(lambda: content.read(PIECE), b""))) if content else 0
    row.finished_at, row.size, row.seen, row.problem, row.entries = at, size, seen, problem, entries or row.entries
    row.save(update_fields=["finished_at", "size", "seen", "problem", "entries"])


def _kept(export: EntryExport, place: int, piece: bytes) -> int:
    ExportPiece.objects.create(export=export, number=place, content=piece)
    return len(piece)


def take_export(export: EntryExport, *, by: Person, unit: int | None, at: datetime) -> Iterator[bytes]:
    """Its bytes in pieces, to whoever may have them; told in the journal each time, before the first of them leaves."""
    told = {"register": export.register.code, "entries": export.entries}
    record("take_export", by=by.actor(unit or 0), at=at, object_type="export", object_id=export.pk, unit_id=unit, **told)
    return _pieces(export)


def _pieces(export: EntryExport) -> Iterator[bytes]:
    place = 0
    while piece := ExportPiece.objects.filter(export=export, number=place).values_list("content", flat=True).first():
        yield bytes(piece)
        place += 1


def forget_exports(*, at: datetime) -> int:
    """What was ordered a day ago goes, taken or not; gives how many."""
    _, gone = EntryExport.objects.filter(ordered_at__lt=at - KEPT).delete()
    return gone.get(EntryExport._meta.label, 0)
