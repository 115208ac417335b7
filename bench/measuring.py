"""What something costs: CPU here and in the server to the nanosecond, by turns with work that is always the same."""

import os
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUIET_HERE, QUIET_THERE = 0.0044, 0.0041  # seconds of CPU that the yardstick costs where nothing else runs


@dataclass(frozen=True)
class Spent:
    """Seconds of CPU here and of the server with its helpers, seconds by the clock."""

    here: float
    there: float
    wall: float


class Server:
    """The back end that serves this process, to the nanosecond, and the helpers that it called and that have ended."""

    def __init__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        self._process = Path(f"/proc/{connection.connection.info.backend_pid}")
        postmaster = (self._process / "stat").read_text().rsplit(")", 1)[1].split()[1]
        self._postmaster = Path(f"/proc/{postmaster}/stat")

    def seconds(self) -> float:
        ended = self._postmaster.read_text().rsplit(")", 1)[1].split()
        ticks = (int(ended[13]) + int(ended[14])) / os.sysconf("SC_CLK_TCK")
        return int((self._process / "schedstat").read_text().split()[0]) / 1e9 + ticks


def yardstick() -> None:
    """Work that is always the same, here and in the server: what it costs says how slow the machine is just now."""
    from django.db import connection

    total = 0  # nothing that the collector of garbage follows: its turn would be what is measured
    for number in range(12_000):
        total += len(f"<td>{number * 7 % 1000:06d}</td>".replace("<", "&lt;").upper())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT md5(g::text) FROM generate_series(1, 12000) AS g ORDER BY 1) AS sorted")


@dataclass(frozen=True)
class Slowness:
    """How many times as much CPU the yardstick costs as on the quiet machine, here and in the server."""

    here: float
    there: float

    @classmethod
    def of(cls, yards: "list[Spent]") -> "Slowness":
        here, there = (statistics.median(getattr(each, side) for each in yards) for side in ("here", "there"))
        return cls(here / QUIET_HERE, there / QUIET_THERE)


def spent(work: Callable[[], Any], server: Server) -> Spent:
    wall, here, there = time.monotonic(), time.process_time(), server.seconds()
    work()
    return Spent(time.process_time() - here, server.seconds() - there, time.monotonic() - wall)


def most_memory(*, anew: bool = False) -> float:
    """MiB held at most by this process; `anew`: since now."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


def goal(
    name: str, work: Callable[[], Any], *, cpu: float | None = None, wall: float | None = None, rounds: int = 7, explained: bool = False
) -> Any:
    """Once for the queries, once more to warm; then the median of some rounds, and whether the goal is met."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        result = work()
    queries = list(caught)
    if explained:
        return _explained(name, queries)
    server = Server()
    first = spent(work, server)
    for _ in range(3 if first.wall < 0.1 else 0):  # as a process that has served for a while does it
        work()
    rounds = max(1, min(rounds, int(4 / max(first.wall, 0.001))))  # what takes long is not asked often
    before = most_memory(anew=True)
    yards, runs = [], []
    for _ in range(rounds):
        yards.append(spent(yardstick, server))
        runs.append(spent(work, server))
    memory = most_memory() - before
    here, there, clock = (statistics.median(getattr(run, each) for run in runs) for each in ("here", "there", "wall"))
    slow = Slowness.of(yards)
    told = [f"{name:58s} {1000 * (here + there):7.1f} ms CPU (here {1000 * here:6.1f} + db {1000 * there:6.1f})"]
    here, there = here / slow.here, there / slow.there
    told += [f"machine {slow.here:.2f}, {slow.there:.2f} times as slow as quiet: {1000 * (here + there):5.1f}"]
    told += [f"{1000 * clock:7.1f} ms, {len(queries):3d} queries"]
    status = getattr(result, "status_code", 200)
    if status != 200:
        told.append(f"STATUS {status}")
    if hasattr(result, "content"):
        told.append(f"{len(result.content) / 1000:.0f} kB")
    if memory > 8:
        told.append(f"+{memory:.0f} MiB")
    print(", ".join(told), *_verdicts(here + there, clock, cpu, wall), flush=True)
    return result


def once(name: str, work: Callable[[], Any]) -> None:
    """The same of what takes long and is measured once: CPU, time, queries, and what memory it held at most beyond what was held before."""
    from django.db import connection

    number = 0

    def counting(execute: Callable[..., Any], *asked: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*asked)

    server, before = Server(), most_memory(anew=True)
    with connection.execute_wrapper(counting):
        run = spent(work, server)
    memory = most_memory() - before
    print(f"{name:58s} {run.here:6.1f} + db {run.there:5.1f} s CPU, {run.wall:6.1f} s, {number} queries, +{memory:.0f} MiB", flush=True)


def _verdicts(spent_cpu: float, clock: float, cpu: float | None, wall: float | None) -> Iterator[str]:
    if cpu is not None:
        yield f"  goal <= {1000 * cpu:.0f} ms CPU: {'met' if spent_cpu <= cpu else 'MISSED'}"
    if wall is not None:
        met = "met" if clock < wall else "met by CPU" if spent_cpu < wall else "MISSED"
        yield f"  goal < {1000 * wall:.0f} ms: {met}"


def _explained(name: str, queries: list[Any]) -> None:
    """The plans of what took longer than a few milliseconds."""
    from django.db import connection

    print(f"\n######## {name}: {len(queries)} queries")
    for each in queries:
        if float(each["time"]) >= 0.004 and each["sql"].lstrip().upper().startswith(("SELECT", "WITH")):
            print(f"\n-- {each['time']} s: {' '.join(each['sql'].split())[:1500]}")
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + each["sql"])
                print("\n".join(line for (line,) in cursor.fetchall()))
