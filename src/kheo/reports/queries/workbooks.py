"""What goes into the workbooks of units: the same answers, last period and words that their pages show."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of, previous_cycle
from kheo.core.counted_cells import CountedCell
from kheo.core.days import due_day
from kheo.core.short_words import short_name
from kheo.documents.unit_workbook import PastReport, WorkbookOrder
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.reports.models import Obligation, Report, Revision
from kheo.reports.queries.counted import counted_for, counted_of
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.past import comparable

UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')  # what Windows, of all systems the strictest, takes in no name
LONGEST = 120
CHUNK = 100  # so many units are read at once for a whole board: memory stays the same however many there are


@dataclass(frozen=True)
class Ordered:
    """A unit and the workbook to make for it."""

    unit: SnapshotUnit
    order: WorkbookOrder


@dataclass(frozen=True)
class Standards:
    """What is the same in all workbooks of a cycle and recipient."""

    cycle: Cycle
    recipient: str
    before: Cycle | None
    at: datetime


def workbook_name(cycle: Cycle, unit: SnapshotUnit) -> str:
    """`G1 CĐCS Một 2023-6T.xlsx`: begins with the code, so that a folder is in the order of the list of units."""
    stem = UNSAFE.sub("-", f"{unit.code} {short_name(unit.name)} {cycle.code}")[:LONGEST].strip(" .")
    return f"{stem}.xlsx"


def workbook_order(obligation: Obligation, unit: SnapshotUnit, report: Report | None, at: datetime) -> WorkbookOrder:
    """The workbook of one unit: its answers so far, and beside them what it reported last."""
    standards = _standards(obligation.cycle, obligation.recipient_id, at)
    past = _past(standards, [unit.unit_id]).get(unit.unit_id)
    return _order(standards, obligation, unit, report, past, counted_of(obligation))


def owed_workbook(cycle: Cycle, unit: SnapshotUnit, at: datetime) -> WorkbookOrder | None:
    """The workbook of the first report that a unit owes in a cycle; None where it owes none."""
    owed = Obligation.objects.filter(cycle=cycle, unit=unit.unit_id).select_related("report", "cycle").order_by("pk").first()
    return workbook_order(owed, unit, getattr(owed, "report", None), at) if owed else None


def workbook_orders(cycle: Cycle, recipient: int, at: datetime) -> Iterator[Ordered]:
    """The workbooks of all units that report to a recipient, in the tree's order; a few units in memory at a time."""
    standards = _standards(cycle, recipient, at)
    ids = list(Obligation.objects.filter(cycle=cycle, recipient=recipient).order_by("position").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        owed = list(Obligation.objects.filter(pk__in=ids[start : start + CHUNK]).select_related("report").order_by("position"))
        for each in owed:
            each.cycle = cycle
        of_units = [each.unit_id for each in owed]
        units, past, counted = snapshot_units(cycle.snapshot_id, of_units), _past(standards, of_units), counted_for(owed)
        for each in owed:
            unit = units[each.unit_id]
            yield Ordered(unit, _order(standards, each, unit, getattr(each, "report", None), past.get(each.unit_id), counted[each.pk]))


def _standards(cycle: Cycle, recipient: int, at: datetime) -> Standards:
    return Standards(cycle, name_of(recipient, cycle.opened_on), previous_cycle(cycle), at)


def _past(standards: Standards, units: list[int]) -> Mapping[int, Revision]:
    """What these units reported last, as accepted, by unit."""
    if standards.before is None:
        return {}
    reports = Report.objects.filter(obligation__cycle=standards.before, obligation__unit__in=units, accepted__isnull=False)
    return {each.obligation.unit_id: each.accepted for each in reports.select_related("obligation", "accepted") if each.accepted}


def _order(
    standards: Standards,
    obligation: Obligation,
    unit: SnapshotUnit,
    report: Report | None,
    past: Revision | None,
    counted: Mapping[str, CountedCell],
) -> WorkbookOrder:
    """Cells without an answer come filled with what registers count."""
    cycle, definition = standards.cycle, definition_of(standards.cycle.edition_id)
    numbers = {key: each.number for key, each in counted.items()}
    figures = {**numbers, **(report.figures if report else {})}
    return WorkbookOrder(
        definition=definition,
        edition_hash=cycle.edition.hash,
        cycle_code=cycle.code,
        cycle_name=cycle.name,
        opens=cycle.opens,
        closes=cycle.closes,
        cutoff=cycle.cutoff,
        unit_code=unit.code,
        unit_name=unit.name,
        recipient_name=standards.recipient,
        due_on=due_day(obligation.due_at),
        made_at=standards.at,
        past=_past_report(standards, past),
        figures=figures,
        narrative=report.narrative if report else {},
        notes=report.explanations if report else {},
        following=frozenset(key for key, number in numbers.items() if figures[key] == number),
    )


def _past_report(standards: Standards, past: Revision | None) -> PastReport | None:
    before = standards.before
    if before is None:
        return None
    if past is None:
        return PastReport(before.name)
    return PastReport(before.name, comparable(past, before, definition_of(standards.cycle.edition_id)), past.narrative)
