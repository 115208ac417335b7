"""Full recount of a country against PostgreSQL grouping a row-per-value table, side by side in one run.

    .venv/bin/python bench/rollup.py [reports=300000] [indicators=60] [rounds=3]

Both start from what is stored and end with the sums of every inner unit of a five-level tree; both answers are compared.
Khéo: the stored vectors read from PostgreSQL in binary form, then `core.rollup.recount` (which also counts zeros,
blanks and not-applicable cells: four times the sums). Peer: `unit, indicator, value` rows with a primary key, grouped level by
level along the parent link (the fastest row layout of performance.md §4). CPU is of this process and of the whole
server tree, from /proc; variants run in turn (A B A B), medians are printed. Needs Linux and about 4 GB of disk.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray

from kheo.config.embedded import embedded_database
from kheo.core.rollup import pack, recount
from kheo.core.tree import Edge, Snapshot, build_snapshot
from kheo.reports.queries.vector_stream import read_vectors

LEVELS = (34, 20, 20)  # provinces, districts, communes; reports hang under the communes
Int64s = NDArray[np.int64]


def country(reports: int) -> Snapshot:
    """A tree of 14,315 inner units with the reports spread under the lowest of them."""
    edges, lowest, following = [Edge(0, None)], [0], 1
    for width in LEVELS:
        above, lowest = lowest, []
        for parent in above:
            lowest += range(following, following + width)
            edges += [Edge(child, parent) for child in range(following, following + width)]
            following += width
    edges += [Edge(following + index, lowest[index % len(lowest)]) for index in range(reports)]
    return build_snapshot(edges)


def load(database: psycopg.Connection, snapshot: Snapshot, leaves: Int64s, vectors: Int64s) -> None:
    """The same figures in both layouts."""
    database.execute("CREATE TABLE unit (position int PRIMARY KEY, parent int, depth smallint)")
    database.execute("CREATE TABLE vectors (position int PRIMARY KEY, vector bytea NOT NULL)")
    database.execute("CREATE TABLE cells (position int, indicator smallint, value bigint)")
    with database.cursor().copy("COPY unit FROM STDIN") as copy:
        for position, (parent, depth) in enumerate(zip(snapshot.parents, snapshot.depths, strict=True)):
            copy.write_row((position, parent if parent >= 0 else None, depth))
    with database.cursor().copy("COPY vectors FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "bytea"])
        for position, vector in zip(leaves.tolist(), vectors.tolist(), strict=True):
            copy.write_row((position, pack(vector)))
    with database.cursor().copy("COPY cells FROM STDIN") as copy:
        for position, vector in zip(leaves.tolist(), vectors.tolist(), strict=True):
            copy.write("".join(f"{position}\t{indicator}\t{value}\n" for indicator, value in enumerate(vector, 1)))
    database.execute("ALTER TABLE cells ADD PRIMARY KEY (position, indicator)")
    database.execute("VACUUM ANALYZE unit, vectors, cells")


def by_rows(database: psycopg.Connection) -> None:
    """Sums of the inner units from the row-per-value table, level by level."""
    database.execute("DROP TABLE IF EXISTS level3, level2, level1, level0")
    source = "cells"
    for depth in (3, 2, 1, 0):
        database.execute(
            f"CREATE UNLOGGED TABLE level{depth} AS SELECT unit.parent AS position, indicator, sum(value)::bigint AS value"
            f" FROM {source} JOIN unit USING (position) GROUP BY 1, 2"
        )
        source = f"level{depth}"


def by_recount(database: psycopg.Connection, snapshot: Snapshot, inner: Int64s, width: int) -> tuple[Int64s, Int64s]:
    """Tallies of the inner units from the stored vectors."""
    positions, vectors = read_vectors(database, "SELECT position, vector FROM vectors", width)
    return recount(inner, np.array(snapshot.ends, np.int64)[inner], positions, vectors)


def server_cpu(postmaster: int) -> float:
    """CPU seconds of the server: its living processes and those that have ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster or stat.parent.name == str(postmaster):
            ticks += int(fields[11]) + int(fields[12])
        if stat.parent.name == str(postmaster):
            ticks += int(fields[13]) + int(fields[14])
    return ticks / 100


def measured(postmaster: int, work: Callable[[], object]) -> tuple[float, float]:
    """(CPU seconds here and in the server, wall seconds) of one run."""
    here, there, wall = time.process_time(), server_cpu(postmaster), time.perf_counter()
    work()
    return time.process_time() - here + server_cpu(postmaster) - there, time.perf_counter() - wall


def compare(database: psycopg.Connection, snapshot: Snapshot, inner: Int64s, width: int) -> None:
    """Both answers must be the same numbers."""
    tallies, _ = by_recount(database, snapshot, inner, width)
    index = {position: row for row, position in enumerate(inner.tolist())}
    wrong = 0
    for depth in range(4):
        for position, indicator, value in database.execute(f"SELECT position, indicator, value FROM level{depth}"):
            wrong += tallies[index[position], indicator - 1] != value
    print(f"sums that differ: {wrong}")
    if wrong:
        raise SystemExit(1)


def main() -> None:
    reports, width, rounds = _arguments()
    snapshot = country(reports)
    sizes = np.array(snapshot.ends) - np.arange(len(snapshot))
    depths = np.array(snapshot.depths)
    leaves, inner = np.flatnonzero(depths == 4), np.flatnonzero(depths < 4)
    assert (sizes[leaves] == 1).all()
    vectors = np.random.default_rng(7).integers(0, 5000, (len(leaves), width), np.int64)
    with tempfile.TemporaryDirectory(prefix="kheo-bench-") as folder, embedded_database(Path(folder)) as handle:
        _bench(handle.url, snapshot, leaves, inner, vectors, rounds)


def _bench(url: str, snapshot: Snapshot, leaves: Int64s, inner: Int64s, vectors: Int64s, rounds: int) -> None:
    width = vectors.shape[1]
    with psycopg.connect(url, autocommit=True) as database:
        load(database, snapshot, leaves, vectors)
        postmaster = int(Path(f"/proc/{database.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        runs: dict[str, list[tuple[float, float]]] = {"rows, grouped level by level": [], "vectors, recount": []}
        for _ in range(rounds):
            runs["rows, grouped level by level"].append(measured(postmaster, lambda: by_rows(database)))
            runs["vectors, recount"].append(measured(postmaster, lambda: by_recount(database, snapshot, inner, width)))
        _print(runs, len(leaves), len(inner), width)
        compare(database, snapshot, inner, width)


def _arguments() -> tuple[int, int, int]:
    given = [int(each) for each in sys.argv[1:4]]
    reports, width, rounds = given + [300_000, 60, 3][len(given) :]
    return reports, width, rounds


def _print(runs: dict[str, list[tuple[float, float]]], reports: int, inner: int, width: int) -> None:
    print(f"{reports:,} reports x {width} = {reports * width:,} values, {inner:,} inner units")
    cpu = {name: statistics.median(run[0] for run in each) for name, each in runs.items()}
    for name, each in runs.items():
        wall = statistics.median(run[1] for run in each)
        print(f"{name:32s} CPU {cpu[name]:7.2f} s   wall {wall:7.2f} s   {[round(run[0], 2) for run in each]}")
    rows, vectors = cpu.values()
    print(f"ratio of CPU: {rows / vectors:.1f}")


if __name__ == "__main__":
    main()
