"""The recipient's side: remark on a cell, return with a reason, accept. Accepting moves the roll-ups in the same transaction."""

from datetime import datetime

from django.db import connection, transaction

from kheo.campaigns.queries import definition_of
from kheo.core.rollup import delta
from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.notices.actions import Event
from kheo.org.access import Person
from kheo.reports.actions.closing_after import close_with_campaign, record_closed
from kheo.reports.actions.locking import lock, next_state, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.phrasing import remember_phrase
from kheo.reports.actions.settling import settle_rest
from kheo.reports.actions.telling import tell_of
from kheo.reports.actions.words import read_reason, read_words
from kheo.reports.models import CellNote, Decision, Obligation, Report, Revision
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.phrases import REMARK, RETURN

NOTE_LIMIT = 1000


@transaction.atomic
def remark(obligation_id: int, *, target: str, text: str, version: int, by: Person, at: datetime) -> Done | Refusal:
    """Write, change or (with an empty text) take back a remark on one cell or section of the revision under review."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.REMARK, by, version)
    if refusal or locked.report is None or locked.report.latest is None:
        return refusal or Refusal("Báo cáo chưa nộp.")
    words = read_words(text, "Nhận xét", NOTE_LIMIT)
    if isinstance(words, Refusal):
        return words
    definition = definition_of(locked.obligation.cycle.edition_id)
    targets = {cell.key for cell in definition.cells} | {f"section:{section.id}" for section in definition.outline}
    if target not in targets:
        raise ValueError(f"no such cell or section: {target}")
    notes = CellNote.objects.filter(revision=locked.report.latest, target=target)
    if words:
        notes.delete()
        CellNote.objects.create(revision=locked.report.latest, target=target, text=words, author=by.name, written_at=at)
        remember_phrase(locked.obligation.recipient_id, REMARK, words, at)
    elif not notes.delete()[0]:
        return Done(locked.report.version)
    record(
        "remark",
        by=by.actor(locked.obligation.recipient_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        target=target,
        text=words,
    )
    return Done(locked.report.version)


@transaction.atomic
def return_report(obligation_id: int, *, reason: str, version: int, by: Person, at: datetime) -> Done | Refusal:
    """Send the report back with a reason; the remarks on its cells go with it. Where its campaign has ended, it is closed with that."""
    locked = lock(obligation_id)
    at = locked.after_the_last_act(at)
    refusal = refuse(locked, Act.RETURN, by, version)
    if refusal or locked.report is None or locked.report.latest is None:
        return refusal or Refusal("Báo cáo chưa nộp.")
    why = read_reason(reason, "Hãy ghi lý do trả lại để đơn vị biết phải sửa gì.")
    if isinstance(why, Refusal):
        return why
    report, revision = locked.report, locked.report.latest
    report.state = next_state(locked.state, Act.RETURN)
    report.reason = why
    settled = settle_rest(revision, by, at)
    remember_phrase(locked.obligation.recipient_id, RETURN, why, at)
    _decide(report, revision, Act.RETURN, by, at)
    ending = close_with_campaign(locked, by=by, at=at)
    if ending is None:
        tell_of(Event.RETURNED, [locked.obligation], by=by, at=at, number=report.version)
    targets = list(revision.notes.order_by("pk").values_list("target", flat=True))
    record(
        "return_report",
        by=by.actor(locked.obligation.recipient_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        revision=revision.number,
        reason=report.reason,
        targets=targets,
        settled=settled,
    )
    return Done(report.version, record_closed(locked, ending, locked.obligation.recipient_id, by=by, at=at))


@transaction.atomic
def accept_report(obligation_id: int, *, version: int, by: Person, at: datetime) -> Done | Refusal:
    """Count the report: every roll-up above it changes by new − old in this transaction, from leaf to root."""
    locked = lock(obligation_id)
    at = locked.after_the_last_act(at)
    refusal = refuse(locked, Act.ACCEPT, by, version)
    if refusal or locked.report is None or locked.report.latest is None:
        return refusal or Refusal("Báo cáo chưa nộp.")
    report, revision, before = locked.report, locked.report.latest, locked.report.accepted
    report.state = next_state(locked.state, Act.ACCEPT)
    report.accepted = revision
    report.accepted_at = at
    report.reason = ""
    settled = settle_rest(revision, by, at)
    _decide(report, revision, Act.ACCEPT, by, at)
    tell_of(Event.ACCEPTED, [locked.obligation], by=by, at=at, number=report.version)
    width = len(definition_of(locked.obligation.cycle.edition_id).cells)
    change = delta(before.vector if before else None, revision.vector, width)
    _roll_up(locked.obligation, change, 0 if before else 1)
    record(
        "accept_report",
        by=by.actor(locked.obligation.recipient_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=locked.obligation.unit_id,
        version=report.version,
        revision=revision.number,
        hash=revision.hash,
        replaces=before.number if before else None,
        settled=settled,
    )
    return Done(report.version)


def _decide(report: Report, revision: Revision, act: Act, by: Person, at: datetime) -> None:
    Decision.objects.create(revision=revision, act=act, reason=report.reason, decided_at=at, decided_by=by.name)
    report.version += 1
    report.updated_at = at
    report.updated_by = by.name
    report.save(update_fields=["state", "reason", "accepted", "accepted_at", "version", "updated_at", "updated_by"])


LINE_ABOVE = """
SELECT rolled.id FROM org_snapshot_unit AS unit
  JOIN reports_rollup AS rolled ON rolled.cycle_id = %s AND rolled.unit_id = ANY(unit.unit_id || unit.ancestors)
 WHERE unit.snapshot_id = %s AND unit.unit_id = %s
 ORDER BY rolled.position DESC FOR UPDATE OF rolled
"""
ADD = """
UPDATE reports_rollup SET reported = reported + %s, tally = (
  SELECT array_agg(a + b ORDER BY o) FROM unnest(tally, %s::bigint[]) WITH ORDINALITY AS sums(a, b, o)) WHERE id = ANY(%s)
"""


def _roll_up(obligation: Obligation, change: list[int], reports: int) -> None:
    """Add to the unit's own roll-up and to each one above. Rows are locked from leaf to root: one order, no deadlock."""
    with connection.cursor() as cursor:
        cursor.execute(LINE_ABOVE, [obligation.cycle_id, obligation.cycle.snapshot_id, obligation.unit_id])
        locked = [row[0] for row in cursor.fetchall()]
        cursor.execute(ADD, [reports, change, locked])
