"""A register as a file: 50,000 entries out, 5,000 rows in; CPU, queries and the peak of memory, each in a process of its own.

    KHEO_DATA=<a folder that bench.registers prepared> .venv/bin/python -m bench.register_files [entries=50000] [rows=5000]

Where the register holds fewer entries they leave again and again until there are so many: the work is the same. A tenth is measured beside
the whole, so that memory is seen to stay where it is. Linux only (/proc).
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import Any

from bench.registers import NOW

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

REGISTER = "mo-hinh"
OFFICER = 5  # the unit of which the bench has an officer


def resident() -> float:
    """What this process holds now, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6


def peak() -> float:
    """The most that this process held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def told(name: str, work: Callable[[], Any]) -> Any:
    """Do it and print what it cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    before, cpu, wall = resident(), time.process_time(), time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        done = work()
    spent = f"{time.process_time() - cpu:.2f} s CPU, {time.perf_counter() - wall:.2f} s, {len(captured)} queries"
    print(f"{name}: {spent}, {before:.0f} MB before, {peak():.0f} MB at most")
    return done


def export(kind: str, entries: int) -> None:
    """The newest so many entries."""
    from kheo.journal.actions import SYSTEM
    from kheo.registers.access import sight_without_persons
    from kheo.registers.actions.exporting import export_entries
    from kheo.registers.queries.definitions import book
    from kheo.registers.queries.listing import EntryList
    from kheo.registers.queries.wanted import Wanted

    found = book(REGISTER)
    assert found is not None
    looking, wanted = sight_without_persons(NOW.date()), Wanted(order="-bat_dau")

    def written() -> int:
        ids = EntryList(found, wanted).ids()
        ids = (ids * (1 + entries // len(ids)))[:entries]
        leaving = export_entries(
            found, wanted, looking, chosen=(), kind=kind, by=SYSTEM, unit=None, on=NOW.date(), at=NOW, ids=ids
        )  # fmt: skip
        with TemporaryFile(dir=gettempdir()) as file:
            _write(kind, leaving, file)
            return file.tell()

    size = told(f"{entries} entries as {kind}", written)
    print(f"   {size / 1e6:.1f} MB")


def _write(kind: str, leaving: Any, file: Any) -> None:
    from kheo.documents.register_csv import csv_lines
    from kheo.documents.register_workbook import write_register
    from kheo.registers.actions.exporting import about_file

    if kind == "csv":
        for piece in csv_lines(leaving.heads, leaving.rows()):
            file.write(piece)
    else:
        write_register(about_file(leaving.book, "bench", NOW), leaving.heads, leaving.rows(), file)


def take_in(rows: int) -> None:
    """A table of new rows, looked at; its first hundred written. Everything is taken back."""
    from django.db import transaction

    from kheo.registers.actions.importing import confirm_import, open_register_table, take_in_table, write_next
    from kheo.registers.models import EntryImport

    lines = ["Tên mô hình,Loại,Lĩnh vực,Bắt đầu", *(f"Việc {n},Mô hình,,01/03/2023" for n in range(rows))]
    data = "\n".join(lines).encode()
    with transaction.atomic():
        by, unit = _officer()
        opened = open_register_table(data, "so.csv")

        def looked() -> object:
            return take_in_table(REGISTER, opened, data, "so.csv", unit=unit, by=by, at=NOW)

        table = told(f"{rows} rows looked at", looked)
        assert isinstance(table, EntryImport), table
        confirm_import(table.pk, only_good=False, takes_doubtful=True, by=by, at=NOW)
        told("100 of them written", lambda: write_next(table.pk, by=by, at=NOW, most=100))
        assert table.rows.filter(result="written").count() == 100
        transaction.set_rollback(True)


def _officer() -> Any:
    """Somebody who writes at one of the planted units."""
    from kheo.org.access import person
    from kheo.people.models import User

    return person(User.objects.get(username="officer"), NOW), OFFICER


def main(arguments: Iterable[str]) -> None:
    """`xlsx 50000`, `csv 50000`, `rows 5000` in this process; else each of them in its own."""
    words = list(arguments)
    if len(words) == 2 and words[0] in ("xlsx", "csv", "rows"):
        console, number = Console("en"), int(words[1])
        with ready_database(console) as embedded:
            ready_tables(console, is_embedded=embedded is not None)
            if words[0] == "rows":
                take_in(number)
            else:
                export(words[0], number)
        return
    entries, rows = (int(words[place]) if len(words) > place else usual for place, usual in enumerate((50_000, 5_000)))
    for kind, number in (("xlsx", entries // 10), ("xlsx", entries), ("csv", entries // 10), ("csv", entries), ("rows", rows)):
        subprocess.run([sys.executable, "-m", "bench.register_files", kind, str(number)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
