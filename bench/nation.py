"""A whole country reports: 300,000 units under five levels, the campaign's own indicators, every step beside its plain form.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.nation prepare [units=300000]
    KHEO_DATA=<that folder>     .venv/bin/python -m bench.nation read | opening | freeze | recount | accept [count=160]
    KHEO_DATA=<that folder>     .venv/bin/python -m bench.nation reorganise | structures
    KHEO_DATA=<that folder>     .venv/bin/python -m bench.nation goals      (everything that has a goal, the goal beside it)

`prepare` plants the tree with COPY, publishes and opens the cycle by the rooms' own actions, and plants reports, revisions, decisions
and their rows of the journal with COPY, as the actions would have written them (`kheo verify` finds nothing wrong in them). A tenth of
the units sent a supplement, one in a hundred wrote nothing, one in a hundred waits for its reviewer. Prints CPU of this process and of
its database back end, and the peak of memory; everything but CPU depends on what else the machine does. Linux only (/proc).
"""

import os
import resource
import sys
from pathlib import Path

from bench.nation_reports import OPENING, plant_reports
from bench.tree import kinds_by_depth, measured, parents, plant

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

LEVELS = (34, 20, 5, 4)
KINDS = ("party_committee", "provincial_federation", "sector_union", "ward_union", "area_team", "grassroots_union")
CAMPAIGN, CYCLE = "5-khong", "2023-N"


def peak() -> str:
    """Of this process so far."""
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB, load {os.getloadavg()[0]:.1f}"


def prepare(units: int) -> None:
    """Everything, once."""
    from kheo.campaigns.actions import publish
    from kheo.config.calendars import working_calendar
    from kheo.core.unit_kinds import Line
    from kheo.journal.actions import SYSTEM
    from kheo.org.queries.trees import named_tree
    from kheo.reports.actions import open_cycle, rebuild_rollups

    above = parents(units, LEVELS)
    measured("plant the tree", lambda: plant(above, kinds_by_depth(above, KINDS)))
    measured("read and number the tree", lambda: named_tree(OPENING.date(), Line.UNION))
    publish(Path("campaigns/5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=OPENING)
    calendar = working_calendar("vn")
    print(peak())
    opened = measured("open the cycle", lambda: open_cycle(CAMPAIGN, CYCLE, calendar=calendar, by=SYSTEM, at=OPENING))
    assert opened.cycle, opened.problems
    print(f"{opened.obligations:,} obligations, {len(opened.unaddressed)} without a recipient; {peak()}")
    measured("plant reports", lambda: plant_reports(opened.cycle))
    wrong = measured("count every roll-up afresh", lambda: rebuild_rollups(opened.cycle, by=SYSTEM, at=OPENING))
    print(f"{wrong:,} written; {peak()}")


def main() -> None:
    """One part."""
    if sys.argv[1] == "goals":
        from bench.nation_goals import all_stages

        all_stages()
        return
    words = dict(word.split("=") for word in sys.argv[2:] if "=" in word)
    console = Console("vi")
    with ready_database(console) as embedded:
        ready_tables(console, is_embedded=embedded is not None)
        if sys.argv[1] == "prepare":
            prepare(int(words.get("units", 300_000)))
            return
        from bench import nation_goals, nation_measures

        if sys.argv[1] == "goal":
            nation_goals.STAGES[sys.argv[2]]()
        else:
            getattr(nation_measures, sys.argv[1])(int(words.get("count", 160)))
        print(peak())


if __name__ == "__main__":
    main()
