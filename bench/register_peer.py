"""Against a peer, side by side: of 20,000 records those of one choice and a range of a declared number, in its order: a page and the count.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.register_peer

The peer is django-eav2, installed by name into an environment of its own that is taken away afterwards; where it cannot be had, that is
said and nothing is compared. Both ask the same PostgreSQL for the same records through their own layer for queries, by turns, each in a
process of its own; what is compared is CPU of the process and of its back end together. Linux only (/proc).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.measuring import Server, spent
from bench.registers import NOW, OPENING, people, tree
from bench.tree import kinds_by_depth, on_an_empty_folder, plant

RECORDS, TURNS, ROUNDS = 20_000, 3, 7
CHOICE, LEAST, MOST = "CT", 20, 60
PEER = "django-eav2"


def ours() -> tuple[Any, dict[str, Any]]:
    """The list of a register with the records planted in it, and where the database is."""
    from bench.register_planting import Planter, plant_entries
    from django.db import connection

    from kheo.campaigns.actions import publish
    from kheo.config.calendars import working_calendar
    from kheo.core.days import local_day
    from kheo.journal.actions import SYSTEM
    from kheo.registers.actions import publish_register
    from kheo.registers.actions.indexing import provision_indexes
    from kheo.registers.queries.definitions import book
    from kheo.registers.queries.listing import EntryList
    from kheo.registers.queries.wanted import wanted_of

    above, writers, wards = tree()
    plant(
        above, kinds_by_depth(above, ("party_committee", "provincial_federation", "district_federation", "ward_union", "grassroots_union"))
    )
    officer = people(above)
    campaigns = Path("campaigns")
    publish((campaigns / "5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=OPENING)
    publish_register((campaigns / "registers/mo-hinh.yaml").read_text(encoding="utf-8"), "mo-hinh.yaml", by=SYSTEM, at=OPENING)
    found = book("mo-hinh")
    assert found is not None
    planter = Planter(writers, wards, officer, local_day(NOW))
    plant_entries(planter, {"mo-hinh": planter.shelf(found, working_calendar("vn"))}, RECORDS)
    provision_indexes(found, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CREATE SCHEMA peer")
    query = {"loai": [CHOICE], "muc_tieu.tu": [str(LEAST)], "muc_tieu.den": [str(MOST)], "xep": ["-muc_tieu"]}
    return EntryList(found, wanted_of(found, query, None, NOW.date())), connection.get_connection_params()


def records() -> list[tuple[int, str | None, int | None]]:
    """Number, choice and declared number of every record: what the peer is given."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, extra->>'loai', (extra->>'muc_tieu')::bigint FROM registers_entry ORDER BY id")
        return list(cursor.fetchall())


def environment(folder: Path) -> Path | None:
    """An interpreter with the peer, or nothing where it cannot be had."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin/python"
    got = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", PEER, "psycopg[binary]", "psutil"], check=False, capture_output=True, text=True
    )
    if got.returncode:
        print(f"{PEER} cannot be had here: nothing is compared.\n{got.stderr[-400:]}")
        return None
    return python


def compare() -> None:
    """By turns."""
    found, database = ours()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = environment(folder / "environment")
        if python is None:
            return
        (folder / "records.json").write_text(json.dumps(records()), encoding="utf-8")
        settings = {key: str(value) for key, value in database.items() if key in ("host", "port", "user", "password", "dbname")}
        (folder / "database.json").write_text(json.dumps(settings), encoding="utf-8")
        script = Path(__file__).with_name("register_peer_side.py")
        env = {**os.environ, "PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": ""}
        asked = {"choice": CHOICE, "least": LEAST, "most": MOST, "rounds": ROUNDS}

        def peer(what: str) -> dict[str, Any]:
            words = [str(python), str(script), what, str(folder), json.dumps(asked)]
            run = subprocess.run(words, check=False, capture_output=True, text=True, env=env)
            assert run.returncode == 0, run.stderr[-2000:]
            told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
            return told

        print(f"{PEER} {peer('plant')['version']}, {RECORDS:,} records", flush=True)
        server, mine, others = Server(), list[float](), list[float]()
        for _ in range(TURNS):
            runs = [spent(lambda: found.page(expected=found.count(RECORDS)), server) for _ in range(ROUNDS)]
            mine.append(median(run.here + run.there for run in runs))
            told = peer("ask")
            others.append(told["cpu"])
            assert told["count"] == found.count(RECORDS), (told["count"], found.count(RECORDS))
            assert [entry.pk for entry in found.page()] == told["page"], "not the same page"
    here, there = median(mine), median(others)
    print(
        f"Khéo {1000 * here:.1f} ms, {PEER} {1000 * there:.1f} ms of CPU: {there / here:.1f} times as much; {found.count(RECORDS):,} match"
    )


if __name__ == "__main__":
    on_an_empty_folder(compare)
