"""Recording a file of changes: thousands of events in one transaction, or on trial."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kheo.core.change_files import plan_changes, read_changes
from kheo.core.problems import Problem
from kheo.core.unit_file import decode
from kheo.journal.actions import Actor
from kheo.org.actions.locking import lock_tree
from kheo.org.actions.reorganising import Reorganised, Source, store_plan
from kheo.org.models import EventBatch
from kheo.org.queries.events import events_of_batch
from kheo.org.queries.standing import standing_from


@transaction.atomic
def change_units(data: bytes, file: str, *, by: Actor, at: datetime, dry_run: bool = False) -> Reorganised:
    """Record every event of a file, or with any problem nothing; `dry_run` answers the same and stores nothing.

    The format is recognised by the header row (`core.change_files`). A file that is recorded and not taken back is refused: the
    same change does not happen twice.
    """
    text, problems = decode(data, file)
    if problems:
        return _refused(*problems)
    changes, found = read_changes(text, file)
    if changes is None:
        return _refused(*found)
    digest = hashlib.sha256(data).hexdigest()
    lock_tree()
    batch = _standing_batch(digest)
    if batch:
        return _refused(Problem(f"Tệp này đã được ghi rồi (đợt số {batch.pk}); huỷ đợt đó trước nếu muốn ghi lại.", file, 1))
    plan = plan_changes(changes, standing_from(min(line.day for line in changes.lines)))
    done = store_plan(plan, Source(file, digest), by=by, at=at)
    if dry_run:
        transaction.set_rollback(True)
        return replace(done, batch=None)
    return done


def _refused(*problems: Problem) -> Reorganised:
    return Reorganised(None, 0, {}, problems, ())


def _standing_batch(digest: str) -> EventBatch | None:
    batches = EventBatch.objects.filter(sha256=digest).order_by("-pk")
    return next((batch for batch in batches if events_of_batch(batch.pk)), None)
