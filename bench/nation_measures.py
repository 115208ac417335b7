"""What `bench.nation` measures once the country is planted."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.nation_reports import FIRST_DECISION, SPREAD
from bench.rollup import server_cpu

NOW = FIRST_DECISION + 4 * SPREAD
INSTANTS = {"an hour before the last": FIRST_DECISION + 2 * SPREAD - timedelta(hours=12), "in the middle": FIRST_DECISION + SPREAD / 2}
INSTANTS["on the first day"] = FIRST_DECISION + timedelta(days=1)


def the_cycle() -> Any:
    """With its campaign and edition."""
    from kheo.campaigns.models import Cycle

    return Cycle.objects.select_related("campaign", "edition", "snapshot").get(code="2023-N")


def places(cycle: Any) -> dict[str, Any]:
    """One unit of every level, from the top."""
    from kheo.org.models import SnapshotUnit

    names = ("country", "province", "district", "commune", "group")
    return {
        name: SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id, depth=depth).order_by("position").first()
        for depth, name in enumerate(names)
    }


def asked(name: str, work: Callable[[], Any]) -> Any:
    """The second time, so that the disk does not count: CPU here and of the whole server with its helpers, wall, queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work()
    postmaster = int(Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    with CaptureQueriesContext(connection) as queries:
        wall, here, there = time.monotonic(), time.process_time(), server_cpu(postmaster)
        result = work()
        here, there, wall = time.process_time() - here, server_cpu(postmaster) - there, time.monotonic() - wall
    print(
        f"{name:48s} {1000 * (here + there):6.0f} ms CPU (here {1000 * here:5.0f}), {1000 * wall:6.0f} ms, {len(queries):3d} queries",
        flush=True,
    )
    return result


def read(_: int) -> None:
    """Totals now and as of earlier instants, and what stands behind a number."""
    from kheo.campaigns.queries import definition_of
    from kheo.org.queries import snapshot_children
    from kheo.reports.queries.as_of import subtotals_as_of
    from kheo.reports.queries.consolidation import consolidated
    from kheo.reports.queries.drilling import open_number, subject_of
    from kheo.reports.queries.table import consolidated_table
    from kheo.reports.queries.walls import own_viewpoint

    cycle = the_cycle()
    definition = definition_of(cycle.edition_id)
    print(f"{len(definition.indicators)} indicators, {len(definition.cells)} cells")
    levels = places(cycle)
    for name, unit in levels.items():
        view = own_viewpoint(unit)
        asked(f"table of a {name}", lambda unit=unit, view=view: consolidated_table(cycle, unit, "", view=view, page=None, at=NOW))
        for key, shown, page in (("B02", "", "1"), ("B02", "number", "1"), ("B02", "number", "99999"), ("B02", "missing", "99999")):
            subject = subject_of(cycle, key)
            work: Callable[[], Any] = lambda unit=unit, view=view, subject=subject, shown=shown, page=page: open_number(  # noqa: E731
                cycle, unit, subject, view=view, shown=shown, page=page, at=NOW
            )
            asked(f"open {key} of a {name} {shown} page {page}", work)
    for name in ("country", "province"):
        unit = levels[name]
        units = [unit, *snapshot_children(cycle.snapshot_id, unit.unit_id)]
        asked(f"consolidated {name} now", lambda unit=unit: consolidated(cycle, unit, at=NOW))
        for when, instant in INSTANTS.items():
            sums: Callable[[], Any] = lambda units=units, instant=instant: subtotals_as_of(cycle, units, len(definition.cells), instant)  # noqa: E731
            asked(f"sums of a {name} {when}", sums)
            whole: Callable[[], Any] = lambda unit=unit, instant=instant: consolidated(cycle, unit, at=NOW, as_of=instant)  # noqa: E731
            asked(f"consolidated {name} {when}", whole)
