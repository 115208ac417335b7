"""Reading what came in: each file in a child process, matched to its report, stored whole or not at all.

A few files at a time, each time one transaction: a batch that is cut short goes on where it stopped, and none is stored twice.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app

from kheo.files.queries import contents_of
from kheo.journal.actions import as_rows
from kheo.org.access import Person
from kheo.reports.actions.drafting import save_drafts
from kheo.reports.actions.filled import Filled, Opened, answers_of, open_workbook
from kheo.reports.actions.locking import Locked, lock_many
from kheo.reports.actions.matching import not_wanted, not_yours, places
from kheo.reports.actions.outcomes import Refusal, Saved
from kheo.reports.actions.planning import Answers, Plan, plan
from kheo.reports.models import Obligation, WorkbookBatch, WorkbookFile

MOST = 50  # files read within one request
SUPERSEDED = "Sau đó đã có tệp khác của đơn vị này."


@dataclass(frozen=True)
class Progress:
    """How far a batch is."""

    read: int
    left: int


def order_reading(batch_id: int) -> None:
    """Have a worker read the next files (kheo.config.jobs.reading), once what is being done now is done."""
    app.configure_task("read_workbooks").defer(batch=batch_id)


@transaction.atomic
def read_next(batch_id: int, *, by: Person, at: datetime, most: int = MOST) -> Progress:
    """Read the next files of a batch and store what they hold; `by` is who sent them, with the posts of today.

    Two readers of one batch take turns. Two files of one report are never read in the same turn: the second meets what the first left.
    """
    batch = WorkbookBatch.objects.select_for_update().get(pk=batch_id)
    waiting = WorkbookFile.objects.filter(batch=batch, outcome=WorkbookFile.WAITING).order_by("number")
    rows = list(waiting.select_related("stored__blob").defer("stored__blob__content")[:most])
    with _no_collecting():
        read = _read(rows, batch.wanted, by, at) if rows else 0
    left = waiting.count() if rows else 0
    if not left and batch.finished_at is None:
        batch.finished_at = at
        batch.save(update_fields=["finished_at"])
    return Progress(read, left)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Grids of many files are millions of small objects without a cycle among them: looking for cycles is a third of the work.

    Threads of one process may overlap in here: who finds collecting off leaves it off, who turned it off turns it on.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(rows: Sequence[WorkbookFile], wanted: Obligation | None, by: Person, at: datetime) -> int:
    """Decide about these; gives how many were decided about, the rest wait for the next turn."""
    by_file = {row.stored_id: row for row in rows}
    opened = {by_file[file.pk].pk: open_workbook(data) for file, data in contents_of([row.stored for row in rows if row.stored])}
    found = places({each.address for each in opened.values() if each.address}, by)
    done: list[WorkbookFile] = []
    ready: dict[int, tuple[WorkbookFile, Filled]] = {}
    for row in rows:
        each = opened[row.pk]
        place = found.get(each.address) if each.address else None
        if place is None:
            done.append(_refused(row, each, not_yours(each.address) if each.address else ""))
            continue
        if wanted and (place.obligation.cycle_id, place.obligation.unit_id) != (wanted.cycle_id, wanted.unit_id):
            row.obligation_id = place.obligation.pk
            done.append(_refused(row, each, not_wanted(place, wanted)))
            continue
        if place.obligation.pk in ready:
            break  # the second file of one report: from here on in the next turn
        filled = answers_of(each, place)
        row.obligation_id = place.obligation.pk
        if filled.has_errors:
            done.append(_refused(row, filled, ""))
        else:
            ready[place.obligation.pk] = (row, filled)
    done += _store(ready, by, at)
    _write_down(done)
    _supersede(done, by, at)
    return len(done)


def _refused(row: WorkbookFile, told: Opened | Filled, message: str) -> WorkbookFile:
    row.outcome, row.message, row.problems = WorkbookFile.REFUSED, message, told.problems
    return row


def _store(ready: Mapping[int, tuple[WorkbookFile, Filled]], by: Person, at: datetime) -> list[WorkbookFile]:
    """Store what needs no decision; the reports are locked first, so what is planned is what happens."""
    locked = lock_many(list(ready))
    plans = {owed: _planned(locked[owed], *ready[owed], by) for owed in ready}
    storing = [owed for owed, each in plans.items() if not each.is_empty and not each.need and not each.refusal]
    outcomes = dict(zip(storing, save_drafts([plans[owed].draft for owed in storing], by=by, at=at), strict=True))
    return [_settled(row, filled, plans[owed], outcomes.get(owed)) for owed, (row, filled) in ready.items()]


def _planned(locked: Locked, row: WorkbookFile, filled: Filled, by: Person) -> Plan:
    return plan(locked, Answers(filled.figures, filled.narrative, filled.notes), by, row.stored.blob.sha256 if row.stored else "")


def _settled(row: WorkbookFile, filled: Filled, planned: Plan, outcome: Saved | Refusal | None) -> WorkbookFile:
    row.problems = filled.problems
    if planned.refusal:
        row.outcome, row.message = WorkbookFile.REFUSED, planned.refusal
    elif planned.is_empty:
        row.outcome = WorkbookFile.SAME
    elif isinstance(outcome, Refusal):
        row.outcome, row.message = WorkbookFile.REFUSED, outcome.message
    elif isinstance(outcome, Saved):
        row.outcome, row.cells = WorkbookFile.STORED, len(outcome.saved)
    else:
        row.outcome, row.need = WorkbookFile.DECIDE, planned.need
        row.figures, row.narrative, row.notes = filled.figures, filled.narrative, filled.notes
        row.cells = sum(map(len, planned.draft.changes))
    return row


UPDATE = """
UPDATE reports_workbook_file AS file
   SET outcome = new.outcome, need = new.need, obligation_id = new.obligation_id, message = new.message, problems = new.problems,
       figures = new.figures, narrative = new.narrative, notes = new.notes, cells = new.cells
  FROM json_to_recordset(%s::json) AS new(id bigint, outcome text, need text, obligation_id bigint, message text, problems jsonb,
       figures jsonb, narrative jsonb, notes jsonb, cells int)
 WHERE file.id = new.id
"""
FIELDS = ("id", "outcome", "need", "obligation_id", "message", "problems", "figures", "narrative", "notes", "cells")


def _write_down(rows: Sequence[WorkbookFile]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [as_rows(rows, FIELDS)])


def _supersede(rows: Sequence[WorkbookFile], by: Person, at: datetime) -> None:
    """An older file that still waited for a decision about the same report waits no longer."""
    newer = [row.obligation_id for row in rows if row.outcome in (WorkbookFile.STORED, WorkbookFile.DECIDE)]
    older = WorkbookFile.objects.filter(obligation__in=newer, outcome=WorkbookFile.DECIDE).exclude(pk__in=[row.pk for row in rows])
    emptied = {"figures": None, "narrative": None, "notes": None}
    older.update(outcome=WorkbookFile.DECLINED, message=SUPERSEDED, **emptied, decided_by=by.name, decided_at=at)
