"""The tree of a whole country from zero: read, number, freeze; find a unit; what is recorded of it for a reorganisation.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.tree [units=300000]

Units are planted with COPY: 34 provinces, 20 districts each, 20 communes each, the rest below the communes. Prints CPU of this
process and of its database back end. Run it on a quiet machine. Linux only (/proc).
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

UNITS = 300_000
FIRST, TODAY = date(2023, 1, 1), date(2025, 7, 1)
LEVELS = (34, 20, 20)


def on_an_empty_folder(work: Callable[[], Any]) -> None:
    """The work, with a database that is ready for it."""
    console = Console("vi")
    with ready_database(console) as embedded:
        ready_tables(console, is_embedded=embedded is not None)
        work()


def measured(name: str, work: Callable[[], Any]) -> Any:
    """Does the work and prints what it cost."""
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    wall, here, there = time.monotonic(), time.process_time(), int(backend.read_text().split()[0])
    result = work()
    here, there = time.process_time() - here, (int(backend.read_text().split()[0]) - there) / 1e9
    print(f"{name:32s} {here + there:6.2f} s CPU (here {here:5.2f} + db {there:5.2f}), {time.monotonic() - wall:6.2f} s", flush=True)
    return result


def parents(reports: int = UNITS, levels: tuple[int, ...] = LEVELS) -> list[int]:
    """The unit above each unit, 0 for the first; units are numbered from 1."""
    above, lowest = [0], [1]
    for width in levels:
        new: list[int] = []
        for parent in lowest:
            for _ in range(width):
                above.append(parent)
                new.append(len(above))
        lowest = new
    above += [lowest[index % len(lowest)] for index in range(reports)]
    return above


def kinds_by_depth(above: list[int], kinds: tuple[str, ...]) -> list[str]:
    """The kind of each unit from that of its level, counted from the first unit."""
    depths = [0]
    for parent in above[1:]:
        depths.append(depths[parent - 1] + 1)
    return [kinds[depth] for depth in depths]


def plant(above: list[int], kinds: list[str], names: list[str] | None = None) -> None:
    """Units, names (“Công đoàn cơ sở số …” unless given), kinds, codes, places."""
    from django.db import connection

    from kheo.core.text import fold, sort_key

    units = range(1, len(above) + 1)
    names = names or [f"Công đoàn cơ sở số {unit * 7919 % len(above)}" for unit in units]
    tables = {
        "org_unit (id, created_at)": ((unit, FIRST) for unit in units),
        "org_unit_name (unit_id, starts, name, folded, sort_key)": (
            (unit, FIRST, name, fold(name), sort_key(name)) for unit, name in zip(units, names, strict=True)
        ),
        "org_unit_kind (unit_id, starts, kind)": ((unit, FIRST, kind) for unit, kind in zip(units, kinds, strict=True)),
        "org_unit_code (unit_id, starts, scheme, value)": ((unit, FIRST, "kheo", f"U{unit}") for unit in units),
        "org_relation (child_id, starts, line, parent_id)": (
            (unit, FIRST, "union", parent or None) for unit, parent in zip(units, above, strict=True)
        ),
    }
    for table, rows in tables.items():
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(count: int) -> None:
    """Every step once, and the freezing again to see what a second cycle costs."""
    from kheo.core.frozen_tree import tree_hash
    from kheo.core.unit_kinds import Line
    from kheo.org.actions import freeze_tree
    from kheo.org.queries import snapshot_fault, standing_from, tree, unit_by_code
    from kheo.org.queries.trees import named_tree

    above = parents(count)
    measured("plant", lambda: plant(above, ["grassroots_union"] * len(above)))
    shape = measured("tree", lambda: tree(TODAY))
    print(f"{len(shape):,} units")
    named = measured("tree with names", lambda: named_tree(TODAY, Line.UNION))
    measured("hash of it", lambda: tree_hash(named))
    snapshot = measured("freeze", lambda: freeze_tree(TODAY, Line.UNION))
    measured("freeze the same again", lambda: freeze_tree(TODAY, Line.UNION))
    assert measured("verify the frozen tree", lambda: snapshot_fault(snapshot)) is None
    measured("unit by code", lambda: unit_by_code(f"U{count}", TODAY))
    measured("standing of all units", lambda: standing_from(TODAY))


def main() -> None:
    """On an empty folder."""
    on_an_empty_folder(lambda: measure(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS))


if __name__ == "__main__":
    main()
