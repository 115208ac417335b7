"""Filing an entry from a telephone in the field: whole or not at all, with its photograph, and once however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from kheo.core.registers.models import AttachmentDef
from kheo.core.registers.quick import completed, said_at, told_where_asked
from kheo.core.registers.values import FieldProblem, Values
from kheo.files.receiving import FitFile, SentFile
from kheo.org.access import Person, Unreachable
from kheo.registers.access import entry_to_read, writing_units
from kheo.registers.actions.attaching import keep_files, read_files
from kheo.registers.actions.once import content_of, keep_sending, sent_under
from kheo.registers.actions.outcomes import Refused
from kheo.registers.actions.recording import create_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book

PHOTO = "anh-chup"  # where problems of the photographs are told; no field has a key with a dash
FROM_PHONE = "phone"


@dataclass(frozen=True)
class Filing:
    """What a telephone sends beside the fields. `key` was made there; `age`: how long ago the button was pressed, None: not told."""

    key: UUID
    age: timedelta | None = None
    photos: Sequence[SentFile] = ()


@dataclass(frozen=True)
class Filed:
    """The entry. `is_new`: made by this sending. `is_same`: it holds what was sent now, and not what was sent the time before."""

    entry: Entry
    is_new: bool
    is_same: bool
    is_day_known: bool


class _Back(Exception):
    """Nothing is kept of what was begun."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def file_entry(
    book: Book, owner: int, values: Values, sent: Filing, *, by: Person, at: datetime, unread: Sequence[FieldProblem] = ()
) -> Filed | Refused:
    """A new entry as it was filed in the field; raises Unreachable where the register has no such face, or the person does not write there.

    The day that its face names is the one on which the button was pressed. The entry itself comes into the register when it comes:
    its time limits begin then, since nobody could have known of it before.
    """
    quick = book.definition.quick
    if quick is None or owner not in writing_units(by, book.definition):
        raise Unreachable
    content = content_of(owner, dict(values), files=sent.photos)
    earlier = None if unread else _filed_before(sent.key, content, by)
    if earlier is not None:
        return earlier
    said = said_at(sent.age, now=at)
    whole = completed(book.definition, book.options, values, said=said or at)
    role = book.definition.by_role.get(quick.photo or "")
    photos, spoilt = read_files(sent.photos, role) if role is not None else ([], [])
    problems = (*unread, *whole.problems, *_of_photos(spoilt))
    try:
        entry = _keep(book, owner, whole.values, _Coming(sent.key, content, said), role, photos, problems, by=by, at=at)
    except _Back as back:
        return back.refused
    except IntegrityError:
        # The same came twice at once, and the other was first.
        first = _filed_before(sent.key, content, by)
        if first is None:
            raise
        return first
    return Filed(entry, is_new=True, is_same=True, is_day_known=said is not None)


@dataclass(frozen=True)
class _Coming:
    key: UUID
    content: str
    said: datetime | None


@transaction.atomic
def _keep(
    book: Book,
    owner: int,
    values: Values,
    coming: _Coming,
    role: AttachmentDef | None,
    photos: Sequence[FitFile],
    problems: Sequence[FieldProblem],
    *,
    by: Person,
    at: datetime,
) -> Entry:
    """Everything or nothing. Raises _Back with every problem at once."""
    made = create_entry(book, owner, values, by=by, at=at, source=FROM_PHONE, unread=problems)
    if isinstance(made, Refused):
        raise _Back(Refused(made.message, told_where_asked(book.definition, made.problems)))
    entry = made.entry
    if role is not None and photos:
        kept = keep_files(entry.pk, role, photos, [], "", by, at)
        problems = [FieldProblem(PHOTO, kept.message)] if isinstance(kept, Refused) else _of_photos(kept.problems)
    if problems:
        raise _Back(Refused("Chưa ghi được; xem chỗ có báo lỗi.", tuple(problems)))
    keep_sending(entry, str(coming.key), "phone", coming.content, by, said=coming.said)
    return entry


def _of_photos(problems: Sequence[str]) -> tuple[FieldProblem, ...]:
    return tuple(FieldProblem(PHOTO, each) for each in problems)


def _filed_before(key: UUID, content: str, by: Person) -> Filed | None:
    """What this person's telephone sent before under the same key."""
    sending = sent_under(str(key), "phone", by)
    if sending is None:
        return None
    entry_to_read(by, sending.entry_id)
    return Filed(sending.entry, is_new=False, is_same=sending.content == content, is_day_known=sending.said_at is not None)
