"""Where one can go from here: the contents beside this one, the units above."""

from kheo.campaigns.models import Cycle
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.reports.queries.restructured_table import StructureTable
from kheo.reports.queries.table import Table
from kheo.reports.queries.walls import Viewpoint


def tabs(table: Table | StructureTable) -> list[dict[str, object]]:
    """One per content."""
    return [
        {"label": content.short, "url": f"?noi-dung={content.id}", "current": content.id == table.content.id}
        for content in table.definition.contents
    ]


def units_above(cycle: Cycle, view: Viewpoint) -> list[SnapshotUnit]:
    """The units of a viewpoint, from the highest down to the one looked at."""
    found = snapshot_units(cycle.snapshot_id, view.path)
    return [found[unit] for unit in view.path]
