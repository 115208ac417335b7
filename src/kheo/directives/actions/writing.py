"""One way to write: the row, what it says now, and the journal, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kheo.core.chain import content_hash
from kheo.directives.models import Arrival, Issue, Writing
from kheo.directives.queries.states import Row, state_of, subject_of
from kheo.journal.actions import Actor, record


def written(row: Row, act: str, *, unit: int, by: Actor, at: datetime, reason: str = "", **told: Any) -> None:
    """Keep what a saved row says now, and tell the journal. Inside the transaction of the act; raises RuntimeError outside of one."""
    row.refresh_from_db()  # as the database has it, so that a later look finds the same
    subject, state = subject_of(row), state_of(row)
    Writing.objects.create(
        subject=subject,
        subject_id=row.pk,
        act=act,
        state=state,
        reason=reason,
        writer=f"{by.name} ({by.post})" if by.post else by.name,
        at=at,
    )
    more = {"reason": reason, **told} if reason else told
    record(act, by=by, at=at, object_type=subject, object_id=row.pk, unit_id=unit, state=content_hash(state), **more)


def change(row: Arrival | Issue, values: Mapping[str, Any], act: str, *, by: Actor, at: datetime, reason: str = "", **told: Any) -> None:
    """Set some columns of a locked row of a book, and write it down."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.written_at = at
    row.save()
    written(row, act, unit=row.unit_id, by=by, at=at, reason=reason, **told)
