"""What `bench.nation` measures once the country is planted."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
from bench.nation_reports import FIRST_DECISION, SPREAD
from bench.rollup import server_cpu
from bench.tree import measured
from django.test.utils import CaptureQueriesContext

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


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU here and of the whole server with its helpers, seconds by the clock, queries, and what came out."""

    here: float
    there: float
    wall: float
    queries: int
    result: Any

    def __str__(self) -> str:
        cpu = f"{1000 * (self.here + self.there):6.0f} ms CPU (here {1000 * self.here:5.0f})"
        return f"{cpu}, {1000 * self.wall:6.0f} ms, {self.queries:3d} queries"


def cost_of(work: Callable[[], Any]) -> Cost:
    """What it costs now; once before, where the disk shall not count."""
    from django.db import connection

    connection.ensure_connection()
    postmaster = int(Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    with CaptureQueriesContext(connection) as queries:
        wall, here, there = time.monotonic(), time.process_time(), server_cpu(postmaster)
        result = work()
        here, there, wall = time.process_time() - here, server_cpu(postmaster) - there, time.monotonic() - wall
    return Cost(here, there, wall, len(queries), result)


def verdict(cost: Cost, within: float) -> str:
    """By the clock; by CPU where others used the machine."""
    return "met" if cost.wall < within else "met by CPU" if cost.here + cost.there < within else "MISSED"


def asked(name: str, work: Callable[[], Any]) -> Any:
    """The second time, so that the disk does not count."""
    work()
    cost = cost_of(work)
    print(f"{name:48s} {cost}", flush=True)
    return cost.result


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
        pages = (("", "1"), ("number", "1"), ("number", "1300"), ("number", "99999"), ("missing", "99999"))
        for key, (shown, page) in (("B02", each) for each in pages):
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


def recount(_: int) -> None:
    """Every roll-up afresh, compared with what is kept."""
    from kheo.journal.actions import SYSTEM
    from kheo.reports.actions import rebuild_rollups
    from kheo.reports.queries.recounting import fresh_rollups

    cycle = the_cycle()
    asked("count every roll-up afresh", lambda: fresh_rollups(cycle))
    asked("the same, compared and mended", lambda: rebuild_rollups(cycle, by=SYSTEM, at=NOW))


def freeze(_: int) -> None:
    """The tree of the country from zero: read and numbered; then kept row by row, and taken away again."""
    from kheo.org.queries import tree

    asked("read and number the tree", lambda: tree(NOW.date()))
    asked("read, number and keep it", tree_kept)


def tree_kept() -> None:
    """As if no such tree were kept."""
    from django.db import transaction

    from kheo.core.unit_kinds import Line
    from kheo.org.actions import freeze_tree
    from kheo.org.models import TreeSnapshot

    with transaction.atomic():
        TreeSnapshot.objects.update(hash="another", size=0)
        freeze_tree(NOW.date(), Line.UNION)
        transaction.set_rollback(True)


def waiting(cycle: Any) -> list[tuple[int, int, int]]:
    """Reports that wait for their reviewer, in no order of the tree: obligation, version, recipient."""
    from kheo.reports.models import Report

    rows = Report.objects.filter(obligation__cycle=cycle, state="submitted").order_by("?")
    return list(rows.values_list("obligation_id", "version", "obligation__recipient_id"))


def accept_some(some: list[tuple[int, int, int]], with_upkeep: bool) -> None:
    """One after the other, each in its own transaction, by a reviewer of its recipient. A process of its own."""
    from kheo.cli.readying import ready_settings

    ready_settings()
    from kheo.core.workflow import Role
    from kheo.org.access import Person
    from kheo.org.queries import PostHeld
    from kheo.people.models import User
    from kheo.reports.actions import Done, accept_report, reviewing

    if not with_upkeep:
        reviewing._roll_up = lambda *_: None
    user = User.objects.get(username="reviewer")
    for obligation, version, recipient in some:
        by = Person(user.pk, "Người duyệt", (PostHeld(recipient, Role.REVIEWER, ""),), NOW.date())
        done = accept_report(obligation, version=version, by=by, at=NOW)
        assert isinstance(done, Done), done


def accept(count: int) -> None:
    """One by itself; then `count` by 1, 2, 4 and 8 clients at once, with the upkeep of the roll-ups and without."""
    from django.db import connection, connections

    from kheo.journal.actions import SYSTEM
    from kheo.people.models import User
    from kheo.reports.actions import rebuild_rollups

    User.objects.get_or_create(username="reviewer", defaults={"full_name": "Người duyệt", "password": "!"})
    cycle = the_cycle()
    left = waiting(cycle)
    print(f"{len(left)} wait")
    postmaster = int(Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    with CaptureQueriesContext(connection) as queries:
        accept_some([left.pop()], True)
    print(f"one accept: {len(queries)} statements")
    for query in queries:
        print("   ", " ".join(query["sql"].split())[:110])
    connections.close_all()
    for clients in (1, 2, 4, 8):
        rates = {}
        for with_upkeep in (True, False):
            lots = [[left.pop() for _ in range(count // clients)] for _ in range(clients)]
            with ProcessPoolExecutor(clients, mp_context=get_context("spawn")) as pool:
                list(pool.map(accept_some, [[lot.pop()] for lot in lots], [with_upkeep] * clients))  # wakes every process
                before, there, wall = _children(), server_cpu(postmaster), time.monotonic()
                list(pool.map(accept_some, lots, [with_upkeep] * clients))
                wall, there = time.monotonic() - wall, server_cpu(postmaster) - there
                here = _children() - before
            done = sum(map(len, lots))
            rates[with_upkeep] = done / wall
            name = "with upkeep" if with_upkeep else "without"
            print(
                f"{clients} clients {name:12s} {done / wall:6.1f} a second; CPU of one {1000 * (here + there) / done:5.1f} ms"
                f" (here {1000 * here / done:.1f}, server {1000 * there / done:.1f})",
                flush=True,
            )
        ratio = rates[True] / rates[False]
        print(
            f"{clients} clients, with upkeep against without: {ratio:.2f}   goal >= 0.5: {'met' if ratio >= 0.5 else 'MISSED'}", flush=True
        )
    print(f"{rebuild_rollups(cycle, by=SYSTEM, at=NOW):,} roll-ups mended after what was accepted without upkeep")


def _children() -> float:
    """CPU seconds of the processes of this one that live."""
    times = [each.cpu_times() for each in psutil.Process().children() if each.name().startswith("python")]
    return sum(each.user + each.system for each in times)


def opening(_: int) -> None:
    """A second cycle on the same tree, rehearsed: everything is written and taken back."""
    from bench.nation_reports import OPENING

    from kheo.config.calendars import working_calendar
    from kheo.journal.actions import SYSTEM
    from kheo.reports.actions import open_cycle

    at = OPENING.replace(year=2024)
    cost = cost_of(lambda: open_cycle("5-khong", "2024-N", calendar=working_calendar("vn"), by=SYSTEM, at=at, is_rehearsal=True))
    print(f"open a cycle {cost}   goal < 60 s: {verdict(cost, 60)}")
    print(f"{cost.result.obligations:,} obligations {cost.result.problems}")


REFORM = date(2025, 7, 1)


def reorganise(_: int) -> None:
    """Once: ten provinces go into another, two thousand unions into a neighbour, three hundred are divided between two."""
    from kheo.core.reorganising import Absorbed, Event, Place, Split, Transferred
    from kheo.core.unit_kinds import Line
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import record_events
    from kheo.org.queries import tree

    shape = tree(REFORM)
    provinces = shape.children(shape.units[0])
    groups = [unit for unit in shape.units if shape.depths[shape.position[unit]] == 4]
    events: list[Event] = []
    for gone, into in zip(provinces[:10], provinces[10:20], strict=True):
        events += [Transferred(day=REFORM, unit=each, place=Place(Line.UNION, into)) for each in shape.children(gone)]
        events.append(Absorbed(day=REFORM, unit=gone, into=into))
    for group in groups[:2000]:
        first, second = shape.children(group)[:2]
        events.append(Absorbed(day=REFORM, unit=first, into=second))
    for group in groups[2000:2300]:
        first, second, third = shape.children(group)[:3]
        events.append(Split(day=REFORM, unit=first, successors=((second, None), (third, None))))
    done = measured("record the reorganisation", lambda: record_events(events, by=SYSTEM, at=NOW))
    assert done.problems == (), done.problems[:3]
    print(f"{done.events} events")


def structures(_: int) -> None:
    """The same cycle in the structure of a day after it: worked out once, then read at every level, now and as of an instant."""
    from kheo.core.restructuring import Structure
    from kheo.core.unit_kinds import Line
    from kheo.reports.queries.restructured import Restructured, _shape
    from kheo.reports.queries.restructured_report import ReadBy, restructured_report
    from kheo.reports.queries.restructured_table import structure_table

    cycle = the_cycle()
    structure = Structure(Line.UNION, REFORM)
    measured("both trees and all landings", lambda: Restructured(cycle, structure))
    measured("from memory", lambda: Restructured(cycle, structure))
    reading = Restructured(cycle, structure)
    line, unit = [], reading.roots[0]
    while unit is not None:
        line.append(unit)
        below = reading.below(unit)
        unit = reading.unit(below[0]) if below else None
    for name, each in zip(("country", "province", "district", "commune", "group", "union"), line, strict=False):
        asked(
            f"table of a {name}", lambda each=each: structure_table(Restructured(cycle, structure), each, "", view=None, page=None, at=NOW)
        )
    for name, each in zip(("country", "province"), line, strict=False):
        asked(f"report of a {name}", lambda each=each: restructured_report(Restructured(cycle, structure), each, at=NOW, by=ReadBy()))
        for when, instant in INSTANTS.items():
            work: Callable[[], Any] = lambda each=each, instant=instant: restructured_report(  # noqa: E731
                Restructured(cycle, structure), each, at=NOW, as_of=instant, by=ReadBy()
            )
            asked(f"report of a {name} {when}", work)
    print(f"{_shape.bytes / 1e6:.0f} MB of shapes kept")
