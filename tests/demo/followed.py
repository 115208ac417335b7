"""How the year's reports of the demo follow the books: what the page of it and the reports themselves show."""

from dataclasses import dataclass

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Report
from kheo.reports.queries.discipline.following import followed_below, other_numbers
from kheo.reports.queries.drift import behind


@dataclass(frozen=True)
class Seen:
    """Parts of the city with counted reports; cells that books feed, those with another number, why of each of these; drift in words."""

    parts: int
    cells: int
    others: int
    reasons: tuple[str, ...]
    drift: tuple[str, ...]


def seen(cycle: Cycle) -> Seen:
    """Of the whole city."""
    city = SnapshotUnit.objects.get(snapshot=cycle.snapshot_id, code="LDLD-79")
    following = followed_below(cycle, city)
    below = following.below.values()
    sent = Report.objects.filter(obligation__cycle=cycle, latest__counted_cells__gt=0).select_related("latest", "obligation__cycle")
    reports = {report.obligation.unit_id: report for report in sent}
    return Seen(
        parts=sum(each.counted > 0 for each in below),
        cells=sum(each.cells for each in below),
        others=sum(each.others for each in below),
        reasons=tuple(reports[each.unit].explanations[each.cell] for each in other_numbers(following)),
        drift=tuple(words for each in reports.values() if each.latest for words in behind(each.obligation, each.latest).drift.values()),
    )
