"""The photographs and papers of an entry, as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from kheo.core.days import local_day
from kheo.core.places import Spot
from kheo.core.registers.moves import ATTACH
from kheo.core.registers.pairs import Sight, unchecked
from kheo.files.models import Forgetting
from kheo.registers.models import Deed, Entry, EntryAttachment
from kheo.registers.queries.definitions import Book


@dataclass(frozen=True)
class Shown:
    """One file. `size` in bytes; `unchecked`: what could not be checked of it, in words; `metres_off`: from the place of its entry,
    as that was when it came; `is_moved`: which it is no more; `gone_on`: since when its bytes are not kept, the hash is."""

    id: int
    role: str
    role_name: str
    name: str
    size: int
    caption: str
    is_photo: bool
    taken_at: datetime | None
    metres_off: int | None
    is_moved: bool
    unchecked: tuple[str, ...]
    sha256: str = ""
    gone_on: date | None = None


def attachments_of(entry: Entry, book: Book, deeds: Sequence[Deed]) -> tuple[Shown, ...]:
    """Those that were not taken back, in the order of the definition's roles, then of their coming: one query.

    `deeds`: what was done to the entry, newest first; they tell where it lay when a file came.
    """
    field = book.definition.field_of("place")
    now = place_of(entry)
    roles = book.definition.by_role
    rows = (
        EntryAttachment.objects.filter(entry=entry, removed_at=None, role__in=roles).select_related("file__blob__forgetting").order_by("pk")
    )
    found = []
    for row in rows.defer("file__blob__content"):
        then = _place_at(row.file.blob.sha256, deeds, field.key, now) if field else now
        doubts = unchecked(roles[row.role], Sight(row.taken_at, row.metres_off), then, now)
        shown = Shown(
            row.pk,
            row.role,
            roles[row.role].name,
            row.file.name,
            row.file.blob.size,
            row.caption,
            row.kind == "photo",
            row.taken_at,
            row.metres_off,
            then != now,
            doubts,
            row.file.blob.sha256,
            _gone_on(row),
        )
        found.append(shown)
    order = list(roles)
    return tuple(sorted(found, key=lambda each: order.index(each.role)))


def _gone_on(row: EntryAttachment) -> date | None:
    gone: Forgetting | None = getattr(row.file.blob, "forgetting", None)
    return local_day(gone.at) if gone else None


def place_of(entry: Entry) -> Spot | None:
    """Where an entry lies; None where that is not written."""
    return Spot(entry.latitude, entry.longitude) if entry.latitude is not None and entry.longitude is not None else None


def _place_at(digest: str, deeds: Sequence[Deed], key: str, now: Spot | None) -> Spot | None:
    """Where its entry lay when a file came: before the first of the changes that came after it."""
    since = takewhile(lambda deed: digest not in deed.changes.get(ATTACH, ()), deeds)
    changes: list[list[Any]] = [deed.changes[key] for deed in since if key in deed.changes]
    if not changes:
        return now
    return Spot(*changes[-1][0]) if changes[-1] and changes[-1][0] else None
