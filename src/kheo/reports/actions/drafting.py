"""Writing drafts: one, or as many as came in together. Both go through the same steps; only the statements differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kheo.campaigns.queries import definition_of
from kheo.core.checking import EXPLAIN, SECTION
from kheo.core.workflow import Act
from kheo.journal.actions import Row, as_rows, record_many
from kheo.org.access import Person
from kheo.reports.actions.answering import follow_changes
from kheo.reports.actions.following import Lost, follow_sections
from kheo.reports.actions.locking import Locked, lock, lock_many, next_state, refuse
from kheo.reports.actions.merging import Change, Entry, check_explained, check_shape, merge, placed
from kheo.reports.actions.outcomes import Conflict, Refusal, Saved
from kheo.reports.models import Report
from kheo.reports.queries.history import OBJECT

ACTS = {Act.SAVE: "save_draft", Act.ENTER: "enter_draft"}


@dataclass(frozen=True)
class Draft:
    """What to write into the draft of an obligation: by its unit (SAVE), or for it by the recipient's officer (ENTER).

    `version` is the report's as its author saw it, None where each cell's `before` is guard enough. `workbook` is the SHA-256 of the
    file that the figures came from, "" for figures typed on a page. `explanations`: by cell, why a figure that looks odd is right.
    """

    obligation_id: int
    cells: Mapping[str, Change]
    sections: Mapping[str, Change]
    act: Act = Act.SAVE
    workbook: str = ""
    version: int | None = None
    explanations: Mapping[str, Change] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Mapping[str, Change], ...]:
        """All of them."""
        return self.cells, self.sections, self.explanations


@dataclass(frozen=True)
class Written:
    """A draft with its changes in it, not yet stored."""

    locked: Locked
    draft: Draft
    report: Report
    cells: Mapping[str, list[Entry]]
    sections: Mapping[str, list[Entry]]
    explanations: Mapping[str, list[Entry]]
    conflicts: tuple[Conflict, ...]
    lost: tuple[Lost, ...] = ()

    @property
    def saved(self) -> Saved:
        """What its author is told."""
        explained = (EXPLAIN + key for key in self.explanations)
        return Saved(
            self.report.version,
            self.report.updated_at,
            (*self.cells, *self.sections, *explained),
            self.conflicts,
            tuple(each.words for each in self.lost),
        )

    def row(self, by: Person, at: datetime, followed: Mapping[str, Any]) -> Row:
        """Its row of the journal; `followed`: what became of the answers to remarks."""
        owed = self.locked.obligation
        beside: dict[str, Any] = {"explanations": dict(self.explanations)} if self.explanations else {}
        beside |= {"workbook": self.draft.workbook} if self.draft.workbook else {}
        beside |= {"lost_sources": [each.source for each in self.lost]} if self.lost else {}
        detail = {"version": self.report.version, "cells": dict(self.cells), "sections": dict(self.sections), **beside, **followed}
        actor = by.actor(owed.answering_id if self.draft.act == Act.SAVE else owed.recipient_id)
        return Row(ACTS[self.draft.act], actor, at, OBJECT, owed.pk, owed.unit_id, detail)


def save_draft(
    obligation_id: int,
    *,
    cells: Mapping[str, Change],
    sections: Mapping[str, Change],
    explanations: Mapping[str, Change] | None = None,
    by: Person,
    at: datetime,
) -> Saved | Refusal:
    """Store changed cells, sections and explanations of the draft, as its unit.

    A cell that somebody else changed meanwhile keeps their value and comes back as a conflict; the rest is stored.
    Raises ValueError for a key that the edition does not have or a value that is no figure: faces check what people type.
    """
    return store_draft(Draft(obligation_id, cells, sections, explanations=explanations or {}), by=by, at=at)


@transaction.atomic
def store_draft(draft: Draft, *, by: Person, at: datetime) -> Saved | Refusal:
    """The same for any draft."""
    written = _write(lock(draft.obligation_id), draft, by, at)
    if not isinstance(written, Written):
        return written
    written.report.save()
    followed = _follow([written])[0]
    _tell([followed], by, at)
    return followed.saved


@transaction.atomic
def save_drafts(drafts: Sequence[Draft], *, by: Person, at: datetime) -> list[Saved | Refusal]:
    """Store many drafts in one transaction, in a fixed number of statements; answers in the order of `drafts`.

    What it leaves behind is what `store_draft` would have, one by one. Raises ValueError when an obligation is named twice.
    """
    ids = [draft.obligation_id for draft in drafts]
    if len(set(ids)) != len(ids):
        raise ValueError("an obligation is named twice")
    locked = lock_many(ids)
    outcomes = [_write(locked[draft.obligation_id], draft, by, at) for draft in drafts]
    written = [each for each in outcomes if isinstance(each, Written)]
    _insert([each.report for each in written if each.report.pk is None])
    _update([each.report for each in written if each.report.pk is not None])
    followed = dict(zip(map(id, written), _follow(written), strict=True))
    _tell(list(followed.values()), by, at)
    return [followed[id(each)].saved if isinstance(each, Written) else each for each in outcomes]


def _follow(written: Sequence[Written]) -> list[Written]:
    """Sources of paragraphs go along with the stored texts; what was lost is told with each draft."""
    lost = follow_sections([(each.report, each.locked.obligation, each.sections) for each in written])
    return [replace(each, lost=lost[each.report.obligation_id]) if each.report.obligation_id in lost else each for each in written]


def _tell(written: Sequence[Written], by: Person, at: datetime) -> None:
    """The journal's rows; places that a reviewer remarked on are answered by being changed."""
    followed = follow_changes([each.report for each in written], by, at)
    record_many([each.row(by, at, followed.get(each.report.pk, {})) for each in written])


def _write(locked: Locked, draft: Draft, by: Person, at: datetime) -> Written | Saved | Refusal:
    """Put the changes into the report in memory; a refusal, or what stands already when nothing changes."""
    refusal = refuse(locked, draft.act, by, draft.version)
    if refusal:
        return refusal
    definition = definition_of(locked.obligation.cycle.edition_id)
    check_shape(definition, draft.cells, draft.sections)
    check_explained(definition, draft.explanations)
    report = locked.report or Report(obligation=locked.obligation, started_at=at)
    figures, changed, conflicts = merge(report.figures, draft.cells, report.updated_by)
    narrative, rewritten, clashes = merge(report.narrative, draft.sections, report.updated_by)
    explanations, explained, disputes = merge(report.explanations, draft.explanations, report.updated_by)
    contested = (*conflicts, *placed(SECTION, clashes), *placed(EXPLAIN, disputes))
    if not changed and not rewritten and not explained and report.pk:
        return Saved(report.version, report.updated_at, tuple(draft.cells), contested)
    report.figures, report.narrative, report.explanations = figures, narrative, explanations
    report.state = next_state(locked.state, draft.act)
    report.version += 1
    report.updated_at = at
    report.updated_by = by.name
    return Written(locked, draft, report, changed, rewritten, explained, contested)


INSERT = """
INSERT INTO reports_report (obligation_id, state, version, figures, narrative, explanations, reason, started_at, updated_at, updated_by)
SELECT obligation_id, state, version, figures, narrative, explanations, '', started_at, updated_at, updated_by
  FROM json_to_recordset(%s::json) AS new(obligation_id bigint, state text, version int, figures jsonb, narrative jsonb,
       explanations jsonb, started_at timestamptz, updated_at timestamptz, updated_by text)
"""
UPDATE = """
UPDATE reports_report SET state = new.state, version = new.version, figures = new.figures, narrative = new.narrative,
       explanations = new.explanations, updated_at = new.updated_at, updated_by = new.updated_by
  FROM json_to_recordset(%s::json) AS new(id bigint, state text, version int, figures jsonb, narrative jsonb,
       explanations jsonb, updated_at timestamptz, updated_by text)
 WHERE reports_report.id = new.id
"""
CONTENT = ("state", "version", "figures", "narrative", "explanations", "updated_at", "updated_by")


def _insert(reports: Sequence[Report]) -> None:
    if reports:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [as_rows(reports, ("obligation_id", "started_at", *CONTENT))])


def _update(reports: Sequence[Report]) -> None:
    if reports:
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [as_rows(reports, ("id", *CONTENT))])
