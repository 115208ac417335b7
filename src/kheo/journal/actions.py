"""Writing the journal: always inside the transaction of the act it tells about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kheo.core.chain import link_hash
from kheo.journal.models import JournalEntry, JournalHead
from kheo.journal.queries import hashed_record


@dataclass(frozen=True)
class Actor:
    """Who acts and from which post, as the journal will remember it. `user_id` None: the system itself."""

    user_id: int | None
    name: str
    post: str


SYSTEM = Actor(None, "Hệ thống", "system")


def record(
    act: str, *, by: Actor, at: datetime, object_type: str, object_id: int, unit_id: int | None = None, **detail: Any
) -> JournalEntry:
    """Append one row to the chain. Call it last in the act's transaction: it locks the head until commit.

    `detail` must be JSON of strings, integers, booleans, null, lists and objects (no floats: they do not hash stably).
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a journal row belongs into the transaction of its act")
    head, _ = JournalHead.objects.select_for_update().get_or_create(pk=1)
    entry = JournalEntry(
        number=head.number + 1,
        at=at,
        actor_id=by.user_id,
        actor_name=by.name,
        post=by.post,
        act=act,
        object_type=object_type,
        object_id=object_id,
        unit_id=unit_id,
        detail=detail,
        previous_hash=head.hash,
    )
    entry.hash = link_hash(head.hash, hashed_record(entry))
    entry.save(force_insert=True)
    JournalHead.objects.filter(pk=1).update(number=entry.number, hash=entry.hash)
    return entry
