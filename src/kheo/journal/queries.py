"""Reading the journal."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, QuerySet

from kheo.core.chain import START, Link, first_break
from kheo.journal.models import JournalEntry, JournalHead


def history_of(object_type: str, object_id: int) -> list[JournalEntry]:
    """Everything that happened to one object, oldest first."""
    return list(JournalEntry.objects.filter(object_type=object_type, object_id=object_id).order_by("number"))


def entries_about(object_type: str, ids: "QuerySet[Any, Any]", acts: Collection[str] = ()) -> Iterator[JournalEntry]:
    """Everything that happened to the objects that a subquery names, oldest first, without holding it all in memory.

    `acts`: only these; none named is all of them.
    """
    rows = JournalEntry.objects.filter(object_type=object_type, object_id__in=ids).order_by("number")
    return (rows.filter(act__in=acts) if acts else rows).iterator(chunk_size=2000)


def details_about(object_type: str, ids: Collection[int]) -> list[tuple[int, dict[str, Any]]]:
    """Of some objects what the journal kept of each act, oldest first: one query."""
    rows = JournalEntry.objects.filter(object_type=object_type, object_id__in=ids).order_by("number")
    return list(rows.values_list("object_id", "detail"))


def head() -> tuple[int, str]:
    """Number and hash of the last row: what is published each day so that a rewritten past is seen."""
    row = JournalHead.objects.filter(pk=1).first()
    return (row.number, row.hash) if row else (0, START)


def last_instant() -> datetime | None:
    """When the last act happened, or None in an empty journal."""
    latest: datetime | None = JournalEntry.objects.aggregate(last=Max("at"))["last"]
    return latest


def broken_link(published: tuple[int, str] | None = None) -> str | None:
    """The first fault of the chain, or None. `published` is an earlier head (number, hash) that must still stand."""
    number, digest = head()
    fault = first_break(_links(), number, digest)
    if fault is None and published is not None:
        kept = JournalEntry.objects.filter(number=published[0]).values_list("hash", flat=True).first()
        if kept != published[1]:
            return f"Nhật ký đã bị viết lại: dòng {published[0]} không còn khớp với đầu chuỗi đã công bố."
    return fault


def _links() -> Iterator[Link]:
    for entry in JournalEntry.objects.order_by("number").iterator(chunk_size=2000):
        yield Link(entry.number, entry.previous_hash, entry.hash, hashed_record(entry))


def hashed_record(entry: JournalEntry) -> dict[str, object]:
    """The columns that the hash covers; the instant in UTC to the microsecond."""
    return {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "name": entry.actor_name,
        "post": entry.post,
        "act": entry.act,
        "object": [entry.object_type, entry.object_id],
        "unit": entry.unit_id,
        "detail": entry.detail,
    }


def newest_about_posts() -> int:
    """The number of the newest row about somebody's post, 0 before the first: one look into an index."""
    rows = JournalEntry.objects.filter(object_type__in=("post", "posts")).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0
