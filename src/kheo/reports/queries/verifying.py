"""What `kheo verify` looks at: revisions against their hashes and vectors, roll-ups against a recount."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kheo.campaigns.models import Cycle, Edition
from kheo.campaigns.queries import cycles, definition_of
from kheo.core.chain import START, link_hash
from kheo.core.days import format_instant
from kheo.core.definition import Definition, definition_from_json, definition_hash
from kheo.core.figures import to_vector
from kheo.core.rollup import pack
from kheo.directives.queries.faults import paper_faults
from kheo.files.queries import faults as file_faults
from kheo.journal.queries import last_instant
from kheo.org.models import SnapshotUnit
from kheo.registers.queries.faults import register_faults
from kheo.reports.models import Report, Revision, Rollup
from kheo.reports.queries.agreeing import cycle_faults, report_faults
from kheo.reports.queries.dispatches import dispatch_faults
from kheo.reports.queries.ending_faults import ending_faults
from kheo.reports.queries.extension_faults import extension_faults
from kheo.reports.queries.milestones import wrong_milestones
from kheo.reports.queries.proposals import proposal_faults
from kheo.reports.queries.recounting import Fresh, fresh_rollups
from kheo.reports.queries.sources import source_faults
from kheo.reports.queries.transitions import transition_faults


def faults(at: datetime | None = None) -> Iterator[str]:
    """Every disagreement in editions, files, registers, revisions and roll-ups, each naming its row.

    `at`: the instant as of which units have ended or not; that of the journal's last row where it is not given.
    """
    when = at or last_instant()
    yield from edition_faults()
    yield from file_faults()
    yield from paper_faults()
    yield from register_faults()
    for cycle in cycles():
        names = dict(SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id).values_list("unit_id", "name"))
        yield from cycle_faults(cycle)
        yield from revision_faults(cycle)
        yield from report_faults(cycle, names)
        yield from extension_faults(cycle, names)
        yield from transition_faults(cycle, names)
        yield from ending_faults(cycle, names, when) if when else ()
        yield from source_faults(cycle, names)
        yield from dispatch_faults(cycle, names)
        yield from proposal_faults(cycle, names)
        yield from rollup_faults(cycle)
        yield from milestone_faults(cycle)


def edition_faults() -> Iterator[str]:
    """Editions whose definition no longer has the hash under which it was published."""
    for edition in Edition.objects.select_related("campaign").order_by("pk"):
        if definition_hash(definition_from_json(edition.definition)) != edition.hash:
            yield f"Bản {edition.number} của phong trào {edition.campaign.code} (edition {edition.pk}) đã bị sửa sau khi công bố."


def revision_faults(cycle: Cycle) -> Iterator[str]:
    """Revisions changed after they were sent, vectors that differ from their figures, reports that point at wrong ones."""
    definition = definition_of(cycle.edition_id)
    names = dict(SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id).values_list("unit_id", "name"))
    rows = Revision.objects.filter(report__obligation__cycle=cycle).select_related("report__obligation")
    previous: dict[int, str] = {}
    for revision in rows.order_by("report_id", "number").iterator(chunk_size=2000):
        place = f"{names.get(revision.report.obligation.unit_id)}, kỳ {cycle.code}, lần nộp {revision.number} (revision {revision.pk})"
        before = previous.get(revision.report_id, START)
        if revision.previous_hash != before or link_hash(before, revision.hashed_record(revision.report.obligation)) != revision.hash:
            yield f"Báo cáo đã bị sửa sau khi nộp: {place}."
        if _vector(definition, revision) != bytes(revision.vector):
            yield f"Dãy số dùng để cộng không khớp số liệu đã nộp: {place}."
        previous[revision.report_id] = revision.hash
    yield from _pointer_faults(cycle, names)


def _vector(definition: Definition, revision: Revision) -> bytes | None:
    """As the figures give it; None where they are no figures of the definition."""
    try:
        return pack(to_vector(definition, revision.figures))
    except ValueError:
        return None


def _pointer_faults(cycle: Cycle, names: dict[int, str]) -> Iterator[str]:
    """An accepted revision must have its decision, and no later accepted one."""
    rows = Report.objects.filter(obligation__cycle=cycle).select_related("obligation").prefetch_related("revisions__decision")
    for report in rows.order_by("pk").iterator(chunk_size=2000):
        decided = [each for each in report.revisions.all() if getattr(each, "decision", None) and each.decision.act == "accept"]
        last = max(decided, key=lambda each: each.number, default=None)
        if report.accepted_id != (last.pk if last else None):
            place = f"{names.get(report.obligation.unit_id)}, kỳ {cycle.code} (report {report.pk})"
            yield f"Báo cáo được tính không phải lần nộp đã được chấp nhận: {place}."


def rollup_faults(cycle: Cycle) -> Iterator[str]:
    """Roll-ups that a recount contradicts, with the first cell that differs; and those that are not there."""
    keys = [cell.key for cell in definition_of(cycle.edition_id).cells]
    kept = {row.unit_id: row for row in Rollup.objects.filter(cycle=cycle)}
    try:
        found = fresh_rollups(cycle)
    except ValueError:  # a vector of another length: the revision was named above
        yield f"Không cộng lại được các tổng của kỳ {cycle.code} (cycle {cycle.pk}): có dãy số không thuộc mẫu của kỳ."
        return
    inner = [fresh.unit_id for fresh in found]
    names = dict(SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, unit__in=inner).values_list("unit_id", "name"))
    for fresh in found:
        place = f"{names[fresh.unit_id]}, kỳ {cycle.code}"
        if fresh.unit_id in kept:
            yield from _differences(kept[fresh.unit_id], fresh, keys, f"{place} (rollup {kept[fresh.unit_id].pk})")
        else:
            yield f"Thiếu các tổng đã cộng: {place}."


def milestone_faults(cycle: Cycle) -> Iterator[str]:
    """Sums kept for looking back that are not those of the reports that they name."""
    for row in wrong_milestones(cycle):
        yield f"Tổng cộng sẵn lúc {format_instant(row.instant)} của kỳ {cycle.code} (milestone {row.pk}) không khớp các báo cáo đã cộng."


def _differences(row: Rollup, fresh: Fresh, keys: Sequence[str], place: str) -> Iterator[str]:
    if (row.position, row.ends_at, row.expected) != (fresh.position, fresh.ends_at, fresh.expected):
        yield f"Phạm vi của các tổng không khớp cây tổ chức và số báo cáo phải gửi: {place}."
    if row.reported != fresh.reported:
        yield f"Số báo cáo đã cộng là {row.reported}, đếm lại được {fresh.reported}: {place}."
    wrong = next((index for index, (a, b) in enumerate(zip(row.tally, fresh.tally, strict=True)) if a != b), None)
    if wrong is not None:
        key = keys[wrong % len(keys)]
        yield f"Tổng đã cộng của {key} là {row.tally[wrong]}, đếm lại được {fresh.tally[wrong]}: {place}."
