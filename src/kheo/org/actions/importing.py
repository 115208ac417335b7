"""Creating the new units of a table of names: understood again under the lock, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from kheo.core.matching import NamedRow
from kheo.core.reorganising import Decision
from kheo.core.unit_kinds import Line
from kheo.journal.actions import Actor
from kheo.org.actions.locking import lock_tree
from kheo.org.actions.reorganising import Guard, Reorganised, Source, record_events
from kheo.org.queries import Choices, Understood, understand


@dataclass(frozen=True)
class ImportDone:
    """How each row was understood under the lock, and what was recorded; None where it is not what was agreed to."""

    understood: Understood
    done: Reorganised | None


@transaction.atomic
def import_units(
    rows: Sequence[NamedRow],
    *,
    on: date,
    line: Line,
    top: int | None,
    choices: Choices,
    decision: Decision,
    source: Source,
    by: Actor,
    at: datetime,
    mark: str | None = None,
    guard: Guard = lambda plan: (),
    dry_run: bool = False,
) -> ImportDone:
    """Create what rows surely or by choice mean as new; units that are there are left as they are, so a table brings nothing twice.

    Rows without a choice and rows with a fault are left. `mark`: of what was shown (`Understood.mark`); another one records nothing.
    """
    lock_tree()
    found = understand(rows, on, line, top, choices)
    if mark is not None and mark != found.mark:
        return ImportDone(found, None)
    done = record_events(found.events(line, on, decision), by=by, at=at, source=source, guard=guard)
    if dry_run:
        transaction.set_rollback(True)
        done = replace(done, batch=None)
    return ImportDone(found, done)
