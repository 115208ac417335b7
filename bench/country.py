"""The real country from 2023 to 2026: how long each step of `tests/org/test_country.py` takes, and taking the reform back.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.country [folder of the official lists=../shared/data]

Prints CPU of this process and of its database back end. Run it on a quiet machine. Linux only (/proc).
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bench.tree import measured, on_an_empty_folder

DATA = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
FIRST, JULY, SPRING = date(2023, 4, 10), date(2025, 7, 1), date(2026, 4, 30)
AT = datetime(2026, 5, 1, tzinfo=UTC)


def run() -> None:
    """Each step once."""
    from kheo.core.unit_kinds import Line
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import Reorganised, annul_events, change_units, freeze_tree, load_units
    from kheo.org.queries import events_of_batch, listed, tree

    first = (DATA / "admin_units_2023.csv").read_bytes()
    measured("load 2023", lambda: load_units(first, "2023", on=FIRST, by=SYSTEM, at=AT))
    batches: list[Reorganised] = []
    for name in ("2023-2025", "2025", "2026"):
        data = (DATA / f"admin_changes_{name}.csv").read_bytes()
        change: Callable[[], Reorganised] = lambda data=data, name=name: change_units(data, name, by=SYSTEM, at=AT)  # noqa: E731
        batches.append(measured(f"changes {name}", change))
        print(f"  {batches[-1].events:,} events, {len(batches[-1].problems)} problems, {len(batches[-1].doubts)} doubts")
    measured("list 2026", lambda: listed(SPRING, Line.ADMIN))
    measured("tree 2025", lambda: tree(JULY, Line.ADMIN))
    measured("freeze 2025", lambda: freeze_tree(JULY, Line.ADMIN))
    for done in reversed(batches[1:]):
        events = events_of_batch(done.batch or 0)
        measured(f"take back {len(events):,} events", lambda events=events: annul_events(events, reason="thử", by=SYSTEM, at=AT))


if __name__ == "__main__":
    on_an_empty_folder(run)
