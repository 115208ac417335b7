"""A million entries in the thirteen books that come with Khéo, over 20,000 units: what pages, lists, figures and acts cost, goals beside.

    KHEO_DATA=<an empty folder>        .venv/bin/python -m bench.registers prepare [entries=1000000]
    KHEO_DATA=<that folder, built once> .venv/bin/python -m bench.registers goals
    KHEO_DATA=<that folder>            .venv/bin/python -m bench.registers goal <stage> | plans <stage>

`prepare` plants the tree with COPY, publishes campaign and books and opens the cycle by the rooms' own actions, and plants entries with
COPY, as the actions would have written them (`register_planting`). `goals` runs every stage in a process of its own, so that its peak of
memory is its own; what it writes is rolled back, so the folder serves again. CPU is that of this process and of the whole server together;
everything but CPU depends on what else the machine does. Linux only (/proc).
"""

import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.nation import peak
from bench.tree import kinds_by_depth, measured, plant

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

FOUNDED = date(2021, 1, 1)
OPENING = datetime(2021, 6, 1, 2, tzinfo=UTC)
NOW = datetime(2023, 11, 12, 2, tzinfo=UTC)
KINDS = ("party_committee", "provincial_federation", "district_federation", "ward_union", "grassroots_union")
# Two provinces: whoever reads one of them reads 20,000 units, and not simply everything.
CITY, OTHER = (22, 10, 90), (3, 5, 40)
CAMPAIGNS = Path("campaigns")


def tree() -> tuple[list[int], list[tuple[int, int, int]], dict[int, list[int]]]:
    """The unit above each; every unit that writes with the coordinates of its ward; the units of each one's ward."""
    above, writers, wards = [0], list[tuple[int, int, int]](), dict[int, list[int]]()
    for districts, per_district, per_ward in (CITY, OTHER):
        above.append(1)
        province = len(above)
        for district in range(districts):
            above.append(province)
            of_province = len(above)
            for number in range(per_district):
                above.append(of_province)
                ward = len(above)
                spot = (
                    10_400_000 + 60_000 * (district % 6) + 5_000 * (number // 3),
                    106_400_000 + 60_000 * (district // 6) + 8_000 * (number % 3),
                )
                inside = [ward, *range(ward + 1, ward + 1 + per_ward)]
                above += [ward] * per_ward
                writers += [(unit, spot[0], spot[1]) for unit in inside]
                wards |= dict.fromkeys(inside, inside)
    return above, writers, wards


def people(above: list[int]) -> int:
    """One of each kind, at the first units of the tree; the number of the officer."""
    from kheo.org.models import Post
    from kheo.people.models import User

    units = {"country": (1, "office"), "city": (2, "office"), "district": (3, "reviewer"), "ward": (4, "reviewer")}
    units |= {"officer": (5, "officer"), "head": (5, "head"), "auditor": (2, "auditor")}
    for name, (unit, role) in units.items():
        user, _ = User.objects.get_or_create(username=name, defaults={"full_name": name.title(), "password": "!"})
        Post.objects.create(user=user, unit_id=unit, role=role, starts=FOUNDED)
    assert above[4] == 4  # the fifth unit stands in the first ward
    return User.objects.get(username="officer").pk


def prepare(entries: int) -> None:
    """Everything, once."""
    from bench.register_planting import Planter, plant_entries

    from kheo.campaigns.actions import publish
    from kheo.config.calendars import working_calendar
    from kheo.core.days import local_day
    from kheo.journal.actions import SYSTEM
    from kheo.registers.actions import publish_register
    from kheo.registers.queries.definitions import books
    from kheo.reports.actions import open_cycle

    above, writers, wards = tree()
    measured("plant the tree", lambda: plant(above, kinds_by_depth(above, KINDS)))
    officer = people(above)
    publish((CAMPAIGNS / "5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=OPENING)
    calendar = working_calendar("vn")
    opened = measured("open the cycle", lambda: open_cycle("5-khong", "2023-N", calendar=calendar, by=SYSTEM, at=NOW.replace(month=10)))
    assert opened.cycle, opened.problems
    for file in sorted((CAMPAIGNS / "registers").glob("*.yaml")):
        assert not publish_register(file.read_text(encoding="utf-8"), file.name, by=SYSTEM, at=OPENING).problems, file
    planter = Planter(writers, wards, officer, local_day(NOW))
    shelves = measured("invent lives", lambda: {each.register.code: planter.shelf(each, calendar) for each in books()})
    measured(f"plant {entries:,} entries", lambda: plant_entries(planter, shelves, entries))
    _indexes()
    print(peak())


def _indexes() -> None:
    """Of declared fields, as the job makes them; then what the planner knows."""
    from django.db import connection

    from kheo.registers.actions.indexing import provision_indexes
    from kheo.registers.queries.definitions import books

    for book in books():
        measured(f"indexes of {book.register.code}", lambda book=book: provision_indexes(book, at=NOW))
    with connection.cursor() as cursor:
        measured("vacuum, analyse", lambda: cursor.execute("VACUUM ANALYZE"))


def goals() -> None:
    """Every stage after the other."""
    from bench.register_goals import STAGES

    began = time.monotonic()
    print(f"load {Path('/proc/loadavg').read_text().split()[0]} before", flush=True)
    for name in STAGES:
        print(f"\n== {name}, {time.monotonic() - began:.0f} s", flush=True)
        subprocess.run([sys.executable, "-m", "bench.registers", "goal", name], check=False)  # one that fails holds up no other
    print(f"\nload {Path('/proc/loadavg').read_text().split()[0]} after; {time.monotonic() - began:.0f} s")


def main() -> None:
    """One part."""
    if sys.argv[1] == "goals":
        goals()
        return
    words: dict[str, Any] = dict(word.split("=") for word in sys.argv[2:] if "=" in word)
    console = Console("vi")
    with ready_database(console) as embedded:
        ready_tables(console, is_embedded=embedded is not None)
        if sys.argv[1] == "prepare":
            prepare(int(words.get("entries", 1_000_000)))
            return
        from bench import register_goals

        register_goals.run(sys.argv[2], plans=sys.argv[1] == "plans")
        print(peak())


if __name__ == "__main__":
    main()
