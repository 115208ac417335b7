"""Workbooks come in: every file is put on the shelf first, under its hash and its sender's name; they are read afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from kheo.files.actions import Arrival, shown_name, store_files
from kheo.files.models import StoredFile
from kheo.files.unpacking import Allowance, Bounds, is_archive, too_large, unpack
from kheo.journal.actions import Actor, record
from kheo.org.access import Person
from kheo.reports.access import sending_unit
from kheo.reports.actions.reading_in import MOST, order_reading
from kheo.reports.models import WorkbookBatch, WorkbookFile

MEDIA_TYPE = "application/octet-stream"  # what it is, nobody knows before it is read
# So much is held in memory before it is put away.
GROUP_FILES, GROUP_BYTES = 200, 8 << 20
BATCH = "workbook_batch"
USUAL = Bounds()


@dataclass(frozen=True)
class Incoming:
    """A file as it came in; without `data` it was not taken, and `fault` says why."""

    name: str
    data: bytes | None
    fault: str = ""


@dataclass(frozen=True)
class Upload:
    """A file as a form or a command hands it over: opened, not yet read."""

    name: str
    size: int
    content: IO[bytes]


def unpacked(uploads: Iterable[Upload], bounds: Bounds = USUAL) -> Iterator[Incoming]:
    """Every workbook in them, one at a time: a zip gives the files in it, what is too large is told and not read.

    The bounds hold for all the zips together.
    """
    left = Allowance.of(bounds)
    for upload in uploads:
        if is_archive(upload.content):
            for each in unpack(upload.content, bounds, left):
                yield Incoming(f"{upload.name}/{each.name}".rstrip("/"), each.data, each.fault)
        elif upload.size > bounds.each:
            yield Incoming(upload.name, None, too_large(bounds.each))
        else:
            upload.content.seek(0)
            yield Incoming(upload.name, upload.content.read(bounds.each + 1))


@transaction.atomic
def receive_workbooks(
    incoming: Iterable[Incoming], *, channel: str, by: Person, at: datetime, wanted: int | None = None
) -> WorkbookBatch | None:
    """Put all files away as one batch, still unread; None when there were none. Memory stays bounded however many they are.

    `wanted`: the obligation from whose page they were sent, within the sender's reach; what belongs elsewhere will not be stored.
    """
    unit = sending_unit(by)
    actor = by.actor(unit)
    batch = WorkbookBatch.objects.create(sent_by_id=by.user_id, sender=by.name, sent_at=at, channel=channel, wanted_id=wanted)
    count = refused = 0
    for group in _grouped(incoming):
        rows = _put_away(batch, group, count, actor, at)
        count += len(rows)
        refused += sum(row.outcome == WorkbookFile.REFUSED for row in rows)
    if not count:
        batch.delete()
        return None
    if refused == count:
        batch.finished_at = at
        batch.save(update_fields=["finished_at"])
    elif count > MOST and channel != WorkbookBatch.COMMAND:
        order_reading(batch.pk)
    detail = {"files": count, "refused": refused, "channel": channel} | ({"wanted": wanted} if wanted else {})
    record("receive_workbooks", by=actor, at=at, object_type=BATCH, object_id=batch.pk, unit_id=unit, **detail)
    return batch


def _grouped(incoming: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    group: list[Incoming] = []
    held = 0
    for each in incoming:
        group.append(each)
        held += len(each.data or b"")
        if len(group) >= GROUP_FILES or held >= GROUP_BYTES:
            yield group
            group, held = [], 0
    if group:
        yield group


def _put_away(batch: WorkbookBatch, group: Sequence[Incoming], before: int, actor: Actor, at: datetime) -> list[WorkbookFile]:
    arrivals = [Arrival(each.data, each.name, MEDIA_TYPE) for each in group if each.data is not None]
    stored: Iterator[StoredFile] = iter(store_files(arrivals, by=actor, at=at))
    rows = [
        WorkbookFile(
            batch=batch,
            number=number,
            name=shown_name(each.name),
            stored=None if each.data is None else next(stored),
            outcome=WorkbookFile.REFUSED if each.data is None else WorkbookFile.WAITING,
            message=each.fault,
        )
        for number, each in enumerate(group, before + 1)
    ]
    return WorkbookFile.objects.bulk_create(rows)
