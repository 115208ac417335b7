"""Recording a file of changes: thousands of events in one transaction, or on trial."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kheo.journal.actions import Actor
from kheo.org.actions.locking import lock_tree
from kheo.org.actions.reorganising import Guard, Reorganised, Source, store_plan
from kheo.org.queries.planning import planned_file


@transaction.atomic
def change_units(data: bytes, file: str, *, by: Actor, at: datetime, dry_run: bool = False, guard: Guard = lambda plan: ()) -> Reorganised:
    """Record every event of a file, or with any problem nothing; `dry_run` answers the same and stores nothing.

    The format is recognised by the header row (`core.change_files`). A file that is recorded and not taken back is refused: the
    same change does not happen twice. `guard` is asked about the plan under the lock; what it finds refuses the file as well.
    """
    lock_tree()
    found = planned_file(data, file)
    if found.plan is None:
        return Reorganised(None, 0, {}, found.problems, ())
    barred = () if found.plan.problems else guard(found.plan)
    if barred:
        return Reorganised(None, len(found.plan.events), {}, barred, found.plan.doubts)
    done = store_plan(found.plan, Source(file, found.sha256), by=by, at=at)
    if dry_run:
        transaction.set_rollback(True)
        return replace(done, batch=None)
    return done
