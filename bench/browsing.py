"""The pages of the tree at 300,000 units: what a search costs (median, p95), queries and CPU of each page at 1, 3 and 20,000 units below.

    KHEO_DATA=<an empty folder, or that folder again> .venv/bin/python -m bench.browsing [units=300000] [searching]

Names are drawn from words as unions have them, so that common words are very common and a name's own words rare. Prints CPU of this
process and of its database back end; everything but CPU depends on what else the machine does. Linux only (/proc).
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.tree import kinds_by_depth, measured, parents, plant

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

AT = datetime(2025, 8, 1, 2, tzinfo=UTC)
TODAY = date(2025, 8, 1)
KINDS = ("provincial_federation", "district_federation", "sector_union", "ward_union", "grassroots_union")
OPENINGS = ("Công đoàn cơ sở Công ty", "Công đoàn cơ sở Trường Tiểu học", "Công đoàn cơ sở Bệnh viện", "Công đoàn phường", "Công đoàn xã")
WORDS = [
    "Hòa",
    "Bình",
    "An",
    "Lạc",
    "Tân",
    "Phú",
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "Thạnh",
    "Mỹ",
    "Long",
    "Hưng",
    "Định",
    "Thới",
    "Vĩnh",
    "Lộc",
    "Xuân",
    "Thủy",
    "Sơn",
    "Hải",
    "Kim",
    "Ngọc",
    "Minh",
    "Quang",
    "Thành",
]
BROAD = 20_000
GOAL = 0.05  # seconds, p95 of searching


def names(count: int) -> list[str]:
    """As many invented names; the first are the levels above."""
    chance = random.Random(7)  # the same names every time
    return [f"{chance.choice(OPENINGS)} {' '.join(chance.sample(WORDS, 3))} {chance.randrange(400)}" for _ in range(count)]


def asked(known: list[str], count: int = 400) -> list[str]:
    """What people type: a whole name, its own words, without marks, one common word, half a word, a code, a name that is not there.

    And a name with the one above it, and common words that never stand together.
    """
    chance = random.Random(11)  # the same questions every time
    made = []
    for index in range(count):
        words = chance.choice(known).split()
        forms = (
            " ".join(words),
            " ".join(words[-4:]),
            " ".join(words[-3:]).lower().replace("ò", "o"),
            " ".join(words[:4]),
            words[-2][:2],
            f"U{chance.randrange(300_000)}",
            f"{words[-2]} khongcoai",
            f"{' '.join(words[-4:])}, {' '.join(chance.choice(known).split()[-4:])}",
            f"phường xã {words[-2]}",
        )
        made.append(forms[index % len(forms)])
    return made


def search_costs(known: list[str]) -> None:
    """Each question once cold for the plan, then as measured."""
    from django.db import connection

    from kheo.core.unit_kinds import Line
    from kheo.org.queries import search

    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def cpu() -> float:
        return time.process_time() + int(backend.read_text().split()[0]) / 1e9

    questions = asked(known)
    search(questions[0], TODAY, [Line.UNION])
    walls, costs = [], []
    for question in questions:
        wall, cost = time.monotonic(), cpu()
        search(question, TODAY, [Line.UNION])
        walls.append(time.monotonic() - wall)
        costs.append(cpu() - cost)
    for what, found in (("wall", walls), ("CPU here + database", costs)):
        high = quantiles(found, n=20)[-1]
        verdict = "met" if high < GOAL else "MISSED"
        told = f"median {median(found) * 1e3:.1f} ms, p95 {high * 1e3:.1f} ms, max {max(found) * 1e3:.1f} ms"
        print(f"search {what}: {told}   goal p95 < {GOAL * 1e3:.0f} ms: {verdict}")
    worst = sorted(zip(costs, questions, strict=True), reverse=True)[:5]
    print("dearest:", [(f"{cost * 1e3:.0f} ms", question) for cost, question in worst])


def page_costs(units: dict[str, int]) -> None:
    """Queries and CPU of the pages, for units with 1, 3 and 20,000 below."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from kheo.people.models import User

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get())

    def told(name: str, get: Callable[[], Any]) -> None:
        get()
        asked: list[str] = []

        def counted(execute: Callable[..., Any], statement: str, *more: Any) -> Any:
            asked.append(statement)
            return execute(statement, *more)

        with connection.execute_wrapper(counted):
            size = len(get().content)
        costs = []
        for _ in range(5):
            cost = time.process_time()
            assert get().status_code == 200
            costs.append(time.process_time() - cost)
        print(f"{name:36s} {len(asked):3d} queries, {median(costs) * 1e3:5.1f} ms CPU here, {size / 1024:.0f} kB")

    for below, unit in units.items():
        told(f"tree, {below} below", lambda unit=unit: client.get(reverse("tree"), {"mo": unit}))
        told(f"branch, {below} below", lambda unit=unit: client.get(reverse("branch", args=[unit])))
        told(f"unit, {below} below", lambda unit=unit: client.get(reverse("unit", args=[unit])))
    told("tree, last page of 20,000", lambda: client.get(reverse("tree"), {"mo": units["20,000"], "trang": BROAD // 100}))
    told("search of a rare name", lambda: client.get(reverse("tree"), {"tim": "hoa binh an 17"}))
    told("search of a common word", lambda: client.get(reverse("tree"), {"tim": "công đoàn"}))


def measure(count: int, *, only_searching: bool) -> None:
    """Plant, then measure."""
    from kheo.core.unit_kinds import Line
    from kheo.core.workflow import Role
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import appoint
    from kheo.org.queries import below
    from kheo.people.models import User

    above = parents(count - BROAD, (1, 34, 20, 20))
    broad = len(above) + 1
    above += [2, *([broad] * BROAD), 2, broad + BROAD + 1, 2, *([broad + BROAD + 3] * 3)]
    known = names(len(above))
    kinds = kinds_by_depth(above, ("party_committee", *KINDS))
    if not User.objects.exists():
        measured(f"plant {len(above):,} units", lambda: plant(above, kinds, known))
        user = User.objects.create_user("lan", "Đỗ Thị Lan", "mot-mat-khau-thu")
        appoint(user, 1, Role.OFFICE, on=TODAY, by=SYSTEM, at=AT)
    search_costs(known)
    if only_searching:
        return
    measured("first page of 20,000 below", lambda: below(TODAY, Line.UNION, broad))
    measured("last page of 20,000 below", lambda: below(TODAY, Line.UNION, broad, skip=BROAD - 100))
    page_costs({"1": broad + BROAD + 1, "3": broad + BROAD + 3, "20,000": broad})


def main() -> None:
    """On an empty folder."""
    console = Console("vi")
    with ready_database(console) as embedded:
        ready_tables(console, is_embedded=embedded is not None)
        count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 300_000)
        measure(count, only_searching="searching" in sys.argv)


if __name__ == "__main__":
    main()
