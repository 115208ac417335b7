"""Every figure that a country has a goal for (issue 4), in one go, the goal beside it. Each stage is a process of its own, so that its
peak of memory is its own.

    KHEO_DATA=<the folder of bench.nation prepare> .venv/bin/python -m bench.nation goals

The first time, the country is reorganised and its milestones are kept. Searching is measured by `bench.browsing` in a folder that is
taken away afterwards. “met by CPU”: the clock ran over while others used the machine; only on a quiet one does it mean something.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench.nation_measures import INSTANTS, NOW, REFORM, accept, cost_of, opening, places, reorganise, the_cycle, tree_kept, verdict

ACCEPTED_AT_ONCE = 120  # by each number of clients, with upkeep and without: what waits lasts for two runs


def goal(name: str, work: Callable[[], Any], within: float) -> None:
    """The second time, so that the disk does not count; `within`: seconds."""
    work()
    cost = cost_of(work)
    print(f"{name:58s} {cost}   goal < {within:g} s: {verdict(cost, within)}", flush=True)


def snapshot() -> None:
    """The tree of the country from zero."""
    from kheo.org.queries import tree

    goal("read and number the tree", lambda: tree(NOW.date()), 2)
    goal("the tree read, numbered and kept row by row", tree_kept, 2)


def looking_back() -> None:
    """The consolidated view at earlier instants."""
    from kheo.reports.actions import keep_milestones
    from kheo.reports.queries.consolidation import consolidated

    cycle = the_cycle()
    cost = cost_of(lambda: keep_milestones(cycle))
    print(f"{f'{cost.result} milestones kept, which the worker does on the way':58s} {cost}")
    levels = places(cycle)
    for name, within in (("province", 1), ("country", 2)):
        for when, instant in INSTANTS.items():
            unit = levels[name]
            goal(f"consolidated {name} {when}", lambda unit=unit, instant=instant: consolidated(cycle, unit, at=NOW, as_of=instant), within)


def structure() -> None:
    """The same in the structure of another day."""
    from kheo.core.restructuring import Structure
    from kheo.core.unit_kinds import Line
    from kheo.org.models import UnitEvent
    from kheo.reports.queries.restructured import Restructured
    from kheo.reports.queries.restructured_report import ReadBy, restructured_report

    if not UnitEvent.objects.exists():
        reorganise(0)
    cycle, other = the_cycle(), Structure(Line.UNION, REFORM)
    cost = cost_of(lambda: Restructured(cycle, other))
    print(f"{'both trees and where every unit lands, once':58s} {cost}")
    country = cost.result.roots[0]
    province = max(cost.result.units(cost.result.below(country)).values(), key=lambda unit: unit.ends_at - unit.position)
    for name, unit, within in ((f"province of {province.ends_at - province.position:,} units", province, 1), ("country", country, 2)):
        for when, instant in INSTANTS.items():
            read: Callable[[], Any] = lambda unit=unit, instant=instant: restructured_report(  # noqa: E731
                Restructured(cycle, other), unit, at=NOW, as_of=instant, by=ReadBy()
            )
            goal(f"in another structure, {name} {when}", read, within)


def drilling() -> None:
    """What stands behind a number. No unit of the planted country has 20,000 below it: one has 9,000, the next 300,000."""
    from kheo.reports.queries.drilling import open_number, subject_of
    from kheo.reports.queries.walls import own_viewpoint

    cycle = the_cycle()
    subject = subject_of(cycle, "B02")
    for name in ("province", "country"):
        unit = places(cycle)[name]
        view = own_viewpoint(unit)
        for shown, page in (("", "1"), ("number", "1"), ("number", "60"), ("number", "1300"), ("number", "99999"), ("missing", "99999")):
            work: Callable[[], Any] = lambda unit=unit, view=view, shown=shown, page=page: open_number(  # noqa: E731
                cycle, unit, subject, view=view, shown=shown, page=page, at=NOW
            )
            goal(f"number opened, {name}, {shown or 'its classes'}, page {page}", work, 0.3 if name == "province" else 1)


STAGES: dict[str, Callable[[], None]] = {
    "snapshot": snapshot,
    "looking_back": looking_back,
    "structure": structure,
    "drilling": drilling,
    "opening": lambda: opening(0),
    "accepting": lambda: accept(ACCEPTED_AT_ONCE),
}


def all_stages() -> None:
    """One after the other."""
    began = time.monotonic()
    print(f"load {os.getloadavg()[0]:.1f} before; 16 minutes at load 12, some 5 on a quiet machine with two cores", flush=True)
    for name in STAGES:
        print(f"\n== {name}, {time.monotonic() - began:.0f} s", flush=True)
        subprocess.run([sys.executable, "-m", "bench.nation", "goal", name], check=True)
    print(f"\n== searching, {time.monotonic() - began:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        found = subprocess.run(
            [sys.executable, "-m", "bench.browsing", "searching"],
            env={**os.environ, "KHEO_DATA": folder}, check=True, capture_output=True, text=True,
        )  # fmt: skip
    print(found.stdout)
    print(f"load {os.getloadavg()[0]:.1f} after; {time.monotonic() - began:.0f} s")
