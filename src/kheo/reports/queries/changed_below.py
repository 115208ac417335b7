"""What has changed below a unit since it sent its report: which sums, by how much, and whose acceptances did it.

What was sent stays as sent (`Revision.below`). Nothing is counted anew: the kept roll-up of the unit is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.changed_sums import SumChange, changed_sums, seal_of
from kheo.core.definition import Definition
from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.rollup import unpack
from kheo.core.workflow import State
from kheo.reports.models import KeptAsSent, Obligation, Report, Revision, Rollup
from kheo.reports.queries.totals import below, without_own
from kheo.reports.queries.walls import walled_keys

SENT = (State.SUBMITTED, State.ACCEPTED)
CAUSES = 20  # so many are told; more are counted
TOLD = 3  # so many cells are told of each
ACCEPTED_SINCE = """
SELECT owed.id, unit.name, decision.decided_at, sent.number, sent.reason, sent.vector, prior.vector, count(*) OVER ()
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %(snapshot)s AND unit.unit_id = owed.unit_id
  JOIN org_snapshot_unit top ON top.snapshot_id = %(snapshot)s AND top.unit_id = %(unit)s
  JOIN reports_report report ON report.obligation_id = owed.id AND report.accepted_at > %(since)s
  JOIN reports_revision sent ON sent.id = report.accepted_id
  JOIN reports_decision decision ON decision.revision_id = sent.id
  LEFT JOIN LATERAL (
       SELECT earlier.vector FROM reports_revision earlier
         JOIN reports_decision decided ON decided.revision_id = earlier.id AND decided.act = 'accept' AND decided.decided_at <= %(since)s
        WHERE earlier.report_id = report.id ORDER BY earlier.number DESC LIMIT 1) AS prior ON true
 WHERE owed.cycle_id = %(cycle)s AND owed.position > top.position AND owed.position < top.ends_at
 ORDER BY decision.decided_at DESC, owed.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Cause:
    """An acceptance below since the report was sent. `changes`: the first cells that it changed; `is_new`: the unit was not counted."""

    obligation_id: int
    unit_name: str
    at: datetime
    number: int
    reason: str
    is_new: bool
    changes: tuple[SumChange, ...]


@dataclass(frozen=True)
class ChangedBelow:
    """`open` and `covered` are the cells whose sums differ, those of walled contents apart: of them no number is told.

    `kept`: the unit's word that it sends nothing more, None while that is undecided. `seal`: of the sums as they are now.
    """

    revision: int
    sent_at: datetime
    reported_then: int
    reported_now: int
    open: tuple[SumChange, ...]
    covered: tuple[str, ...]
    causes: tuple[Cause, ...]
    causes_in_all: int
    kept: KeptAsSent | None
    seal: str


def changed_below(obligation: Obligation, report: Report | None) -> ChangedBelow | None:
    """None where nothing changed, or nothing is sent, or the unit is writing anyway. Two queries, and one more where something changed."""
    if report is None or report.state not in SENT or report.latest is None or not report.latest.below:
        return None
    definition = definition_of(obligation.cycle.edition_id)
    now = below(obligation, definition, report.accepted)
    if now is None or seal_of(now) == seal_of(report.latest.below):
        return None
    walled = set(walled_keys(definition))
    changes = [each for each in _differences(definition, report.latest, now) if each.key in _totals(definition)]
    causes, in_all = _causes(obligation, definition, report.latest.submitted_at, walled)
    return ChangedBelow(
        revision=report.latest.number,
        sent_at=report.latest.submitted_at,
        reported_then=report.latest.below["reported"],
        reported_now=int(str(now["reported"])),
        open=tuple(each for each in changes if each.key not in walled),
        covered=tuple(each.key for each in changes if each.key in walled),
        causes=causes,
        causes_in_all=in_all,
        kept=kept_as_sent([report.latest]).get((report.latest.pk, seal_of(now))),
        seal=seal_of(now),
    )


def _differences(definition: Definition, sent: Revision, now: Mapping[str, Any]) -> tuple[SumChange, ...]:
    return changed_sums(sent.below["values"] if sent.below else {}, now["values"])


def _totals(definition: Definition) -> frozenset[str]:
    """Cells that stand for a whole indicator: parts of a breakdown are told by their total."""
    return frozenset(cell.key for cell in definition.cells if cell.part is None)


def kept_as_sent(revisions: Sequence[Revision]) -> dict[tuple[int, str], KeptAsSent]:
    """By revision and seal, the newest word that it stays as sent: one query."""
    rows = KeptAsSent.objects.filter(revision__in=[each.pk for each in revisions]).order_by("pk")
    return {(row.revision_id, row.seal): row for row in rows}


def _causes(obligation: Obligation, definition: Definition, since: datetime, walled: set[str]) -> tuple[tuple[Cause, ...], int]:
    cycle = obligation.cycle
    asked: dict[str, Any] = {"snapshot": cycle.snapshot_id, "cycle": cycle.pk, "unit": obligation.unit_id, "since": since, "most": CAUSES}
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED_SINCE, asked)
        rows = cursor.fetchall()
    found = (_cause(definition, walled, *row[:-1]) for row in rows)
    return tuple(found), rows[0][-1] if rows else 0


def _cause(
    definition: Definition, walled: set[str], owed: int, name: str, at: datetime, number: int, reason: str, new: bytes, old: bytes | None
) -> Cause:
    now, then = _numbers(definition, new), _numbers(definition, old)
    changes = [each for each in changed_sums(then, now) if each.difference and each.key in _totals(definition) and each.key not in walled]
    return Cause(owed, name, at, number, reason, old is None, tuple(changes[:TOLD]))


def _numbers(definition: Definition, stored: bytes | None) -> dict[str, int | None]:
    if stored is None:
        return {}
    values = unpack(stored).tolist()
    return {cell.key: None if values[cell.position] in (BLANK, NOT_APPLICABLE) else values[cell.position] for cell in definition.cells}


def units_to_decide(reports: Sequence[Report]) -> frozenset[int]:
    """Keys of those sent reports below which something changed that its unit has not decided about: three queries whatever their number.

    Each report needs its obligation with the cycle, and its latest revision, at hand.
    """
    sent = [each for each in reports if each.state in SENT and each.latest is not None and each.latest.below]
    if not sent:
        return frozenset()
    now = _sums_now(sent)
    changed = [each for each in sent if each.pk in now and now[each.pk] != _seal_as_sent(each)]
    kept = kept_as_sent([each.latest for each in changed if each.latest]) if changed else {}
    return frozenset(each.pk for each in changed if (each.latest_id, now[each.pk]) not in kept)


def undecided_obligation(cycle: Cycle, unit: int) -> int | None:
    """The obligation of a unit's report below which something changed, where the unit has not decided about it."""
    rows = Report.objects.filter(obligation__cycle=cycle, obligation__unit=unit).select_related("obligation__cycle", "latest")
    reports = list(rows.order_by("pk"))
    waiting = units_to_decide(reports)
    return next((each.obligation_id for each in reports if each.pk in waiting), None)


def _seal_as_sent(report: Report) -> str:
    return seal_of(report.latest.below) if report.latest and report.latest.below else ""


def _sums_now(reports: Sequence[Report]) -> dict[int, str]:
    """The seal of the sums below each report as they are now."""
    units = Q()
    for each in reports:
        units |= Q(cycle=each.obligation.cycle_id, unit=each.obligation.unit_id)
    rows = {(row.cycle_id, row.unit_id): row for row in Rollup.objects.filter(units)}
    own = dict(Revision.objects.filter(pk__in=[each.accepted_id for each in reports if each.accepted_id]).values_list("pk", "vector"))
    found: dict[int, str] = {}
    for each in reports:
        row = rows.get((each.obligation.cycle_id, each.obligation.unit_id))
        if row:
            sums = without_own(row, definition_of(each.obligation.cycle.edition_id), own.get(each.accepted_id or 0))
            found[each.pk] = seal_of(sums)
    return found
