"""Looking back into a large cycle from the nearest milestone: what counted then is found out afresh, only what differs is read.

Decision 029: a milestone is never trusted about time. So nothing has to be thrown away when something is recorded late, decided
anew or corrected.
"""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from django.db import connection
from django.db.models import F

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.milestones import NOTHING, Counted, add_by_line, cuts_of, difference, unstored_milestone
from kheo.core.milestones import Milestone as Sums
from kheo.core.rollup import PARTS, Int64s
from kheo.org.models import SnapshotUnit, TreeSnapshot
from kheo.reports.models import Milestone, Obligation, Report
from kheo.reports.queries.counted_before import counted_before
from kheo.reports.queries.vector_stream import read_blocks

MANY = 20_000  # obligations of a cycle that keeps milestones
# Finding out what counted costs a fifteenth of reading its figures, and it is found out of all places between the first and the last.
FEWEST, PLACES_FOR_A_REPORT = 5_000, 15
LARGE_SUBTREE = 512
STEPS = 20  # milestones on the way to every report, evenly by acceptances: at most a twentieth is read besides
VECTORS = "SELECT sent.id, sent.vector FROM reports_revision sent WHERE sent.id = ANY(%(revisions)s)"


def is_worth_it(reports: int, places: int) -> bool:
    """Whether a milestone spares more than it costs where so many reports would be read otherwise, from among so many places."""
    return reports > max(FEWEST, places // PLACES_FOR_A_REPORT)


def sums_from_milestone(
    cycle: Cycle, labels: Int64s, lines: int, width: int, instant: datetime, *, fewer_than: int
) -> tuple[Int64s, Int64s] | None:
    """Tallies and numbers of reports of lines 0 … lines-1 just before `instant`; `labels`: by place its line, -1 for none.

    None where no milestone leaves fewer than so many reports to be read.
    """
    inside = np.flatnonzero(labels >= 0)
    kept = nearest(cycle, instant, width) if len(inside) else None
    if kept is None:
        return None
    found = counted_before(cycle.pk, int(inside[0]), int(inside[-1]) + 1, instant)
    wanted = found.where(labels[found.places] >= 0)
    rest = difference(kept, wanted, labels, lines)
    if len(rest.added.revisions) + len(rest.removed.revisions) >= fewer_than:
        return None
    reported = np.bincount(labels[wanted.places], minlength=lines)
    return rest.tallies + sums_over(rest.added, labels, lines, width) - sums_over(rest.removed, labels, lines, width), reported


def nearest(cycle: Cycle, instant: datetime, width: int) -> Sums | None:
    """The milestone that lies nearest: mostly the one with fewest differences, and never a wrong one."""
    known = Milestone.objects.filter(cycle=cycle).values_list("instant", "pk")
    _, found = min(known, key=lambda each: abs(each[0] - instant), default=(None, None))
    return _sums(Milestone.objects.get(pk=found), width) if found else None


def _sums(row: Milestone, width: int) -> Sums:
    return unstored_milestone(row.revisions, row.places, row.cuts, row.tallies, width)


def sums_over(counted: Counted, labels: Int64s, lines: int, width: int) -> Int64s:
    """Tallies (lines × 4K) over the figures of these revisions. Raises ValueError where one of them is not there."""
    tallies, reported = np.zeros((lines, PARTS * width), np.int64), np.zeros(lines, np.int64)
    asked = {"revisions": counted.revisions.tolist()}
    for revisions, vectors in read_blocks(connection.connection, VECTORS, width, asked) if len(counted.revisions) else ():
        places = counted.places[np.searchsorted(counted.revisions, revisions)]
        add_by_line(tallies, reported, labels[places], vectors)
    if reported.sum() != len(counted.revisions):
        raise ValueError("a counted revision is not there")
    return tallies


def step_of(cycle: Cycle) -> int:
    """After how many acceptances the next milestone is kept; 0 in a cycle that is not large enough for any."""
    owed = Obligation.objects.filter(cycle=cycle).count()
    return owed // STEPS if owed >= MANY else 0


def due_instants(cycle: Cycle, step: int) -> list[datetime]:
    """Where milestones are missing: after every so many reports accepted since the last one."""
    last = Milestone.objects.filter(cycle=cycle).order_by("-instant").values_list("instant", flat=True).first()
    since = Report.objects.filter(obligation__cycle=cycle, accepted_at__isnull=False)
    if last is not None:
        since = since.filter(accepted_at__gte=last)
    found = sorted(instant for instant in since.values_list("accepted_at", flat=True) if instant is not None)
    return [instant for instant in dict.fromkeys(found[step::step]) if instant != last]


def milestone_before(cycle: Cycle, instant: datetime) -> Sums:
    """What counted just before the instant, added up: from the nearest milestone, or from nothing."""
    width = len(definition_of(cycle.edition_id).cells)
    size = TreeSnapshot.objects.values_list("size", flat=True).get(pk=cycle.snapshot_id)
    counted = counted_before(cycle.pk, 0, size, instant)
    near = nearest(cycle, instant, width)
    large = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, ends_at__gt=F("position") + LARGE_SUBTREE)
    bounds = np.array(list(large.values_list("position", "ends_at")), np.int64).reshape(-1, 2)
    cuts = cuts_of(size, bounds[:, 0], bounds[:, 1])
    if near is None or not np.array_equal(near.cuts, cuts):
        near = Sums(NOTHING, cuts, np.zeros((len(cuts) - 1, PARTS * width), np.int64))
    return Sums(counted, cuts, _carried(near, counted, width))


def _carried(kept: Sums, counted: Counted, width: int) -> Int64s:
    """The tallies of the same stretches over what is counted now."""
    labels, lines = np.repeat(np.arange(len(kept.cuts) - 1), np.diff(kept.cuts)), len(kept.cuts) - 1
    added, removed = counted.without(kept.counted), kept.counted.without(counted)
    return kept.tallies + sums_over(added, labels, lines, width) - sums_over(removed, labels, lines, width)


PLACES = """
SELECT sent.id, owed.position
  FROM reports_revision sent
  JOIN reports_report report ON report.id = sent.report_id
  JOIN reports_obligation owed ON owed.id = report.obligation_id
 WHERE owed.cycle_id = %s AND sent.id = ANY(%s)
"""


def wrong_milestones(cycle: Cycle) -> Iterator[Milestone]:
    """Those whose sums are not those of the revisions that they name: all are counted again, from nothing, one from the other."""
    width = len(definition_of(cycle.edition_id).cells)
    right: Sums | None = None
    for row in Milestone.objects.filter(cycle=cycle).order_by("instant").iterator(chunk_size=1):
        try:
            kept = _sums(row, width)
            if right is None or not np.array_equal(right.cuts, kept.cuts):
                right = Sums(NOTHING, kept.cuts, np.zeros_like(kept.tallies))
            _check_places(cycle, kept.counted)
            fresh = Sums(kept.counted, kept.cuts, _carried(right, kept.counted, width))
        except (ValueError, IndexError):  # not to be read, or it names what is not there
            yield row
            continue
        if not np.array_equal(fresh.tallies, kept.tallies):
            yield row
        right = fresh


def _check_places(cycle: Cycle, counted: Counted) -> None:
    """Raises ValueError where a revision is not one of the cycle or stands elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [cycle.pk, counted.revisions.tolist()])
        places = dict(cursor.fetchall())
    if places != dict(zip(counted.revisions.tolist(), counted.places.tolist(), strict=True)):
        raise ValueError("a milestone counts what is not there")
