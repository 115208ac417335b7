"""Files of entries whose time is over: the bytes go, hash, size, sender and day stay. And the order that keeps them all the same."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.core.text import nfc, written
from kheo.files.actions import forget_contents
from kheo.journal.actions import Actor, record
from kheo.registers.actions.keeping import lock_entry
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.models import Entry, EntryHold
from kheo.registers.queries.definitions import Book, book_of, books
from kheo.registers.queries.keeping_files import Counted, earliest_closing, hold_of, kept_files

LONGEST_REASON = 300


def forget_due_files(*, counted: Counted, by: Actor, at: datetime) -> Iterator[int]:
    """Entry by entry, each in a transaction of its own; gives how many contents went with each. `counted`: see `reports`."""
    today = local_day(at)
    for book in books():
        rule = book.definition.photos_kept
        if rule is None:
            continue
        for found in kept_files(book, counted, closed_before=earliest_closing(rule, today)):
            if found.until is not None and found.until <= today and (gone := _forget(book, found.entry.pk, counted, by, at)):
                yield gone


@transaction.atomic
def _forget(book: Book, entry_id: int, counted: Counted, by: Actor, at: datetime) -> int:
    """What is due of one entry, asked again under its lock: it may be open again, counted again or held since it was looked for."""
    entry, today = lock_entry(entry_id), local_day(at)
    gone = list[str]()
    for found in kept_files(book, counted, entry=entry.pk):
        if found.until is None or found.until > today:
            continue
        files = [file for row in found.files for file in (row.file, row.thumbnail) if file is not None]
        why = f"Hết thời hạn giữ ngày {format_day(found.until)}: hồ sơ {entry.code}."
        gone += forget_contents(files, why=why, by=by, at=at)
    if gone:
        record("forget_entry_files", by=by, at=at, object_type="entry", object_id=entry.pk, unit_id=entry.owner_id, sha256=sorted(gone))
    return len(gone)


@transaction.atomic
def hold_files(code: str, reason: str, *, by: Actor, at: datetime) -> Made | Refused:
    """Keep the files of an entry whatever their time, until `release_files`; the reason is kept, and told in the journal."""
    entry, why = Entry.objects.select_for_update(of=("self",)).select_related("edition__register").filter(code=code).first(), _said(reason)
    if entry is None:
        return Refused(f"Không có hồ sơ {code}.")
    if isinstance(why, Refused):
        return why
    if hold_of(entry) is not None:
        return Refused(f"Ảnh, tệp của hồ sơ {code} đang được giữ theo yêu cầu; thôi giữ trước khi ghi lý do khác.")
    if not book_of(entry.edition).definition.attachments:
        return Refused("Sổ này không có ảnh, tệp.")
    EntryHold.objects.create(entry=entry, reason=why, placed_by=by.name, placed_at=at)
    record("hold_files", by=by, at=at, object_type="entry", object_id=entry.pk, unit_id=entry.owner_id, reason=why)
    return Made(entry)


@transaction.atomic
def release_files(code: str, reason: str, *, by: Actor, at: datetime) -> Made | Refused:
    """The order is lifted: from now on their time counts again."""
    entry, why = Entry.objects.select_for_update(of=("self",)).filter(code=code).first(), _said(reason)
    if entry is None:
        return Refused(f"Không có hồ sơ {code}.")
    if isinstance(why, Refused):
        return why
    if not EntryHold.objects.filter(entry=entry, lifted_at=None).update(lifted_at=at, lifted_by=by.name):
        return Refused(f"Ảnh, tệp của hồ sơ {code} không được giữ theo yêu cầu nào.")
    record("release_files", by=by, at=at, object_type="entry", object_id=entry.pk, unit_id=entry.owner_id, reason=why)
    return Made(entry)


def _said(reason: str) -> str | Refused:
    why = nfc(written(reason)).strip()
    if not why:
        return Refused("Hãy ghi lý do: số văn bản yêu cầu giữ, hoặc thôi giữ.")
    return why if len(why) <= LONGEST_REASON else Refused(f"Lý do dài quá {LONGEST_REASON} ký tự.")
