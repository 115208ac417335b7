"""2,000 filled workbooks taken in by Khéo against pandas + openpyxl merging the same folder (goal 8), and one file (goal 10).

    .venv/bin/python bench/workbook_import.py [units=2000] [rounds=1]

The workbooks are the product's own template for the campaign 5 không, filled by the product's own writer with invented answers in
every cell and section, in a folder of files. Khéo: `receive_workbooks` and `read_next` as `kheo workbook import` calls them, in a
process of its own from its start to its end: every file is put into PostgreSQL under its hash, parsed in the child process with limits,
validated against the edition with all checks, and stored as the unit's draft with its journal rows. CPU is that of the whole process
tree (the child included) and of the database server, from /proc. Peer: `pandas.read_excel(engine="openpyxl")` of figures and narrative
of each file, the sums over all, `to_excel`; nothing validated, nothing stored. Peak memory is the largest resident size of one process.
One file: reading and validating in a warm child against `openpyxl.load_workbook`. Needs Linux. Run it alone: walls are told, CPU is
what is compared.

Measured on 2026-11-28, 2 cores under other people's load, 2,000 files of 28.7 KB: Khéo 16.4 s of processes and 1.7 s of the server,
pandas + openpyxl 83.3 s: 4.6 times less (before the same day's work 3.0, with 1,000 files); peak 188 MiB against 210. Two seconds are
the start; a file takes some 8 ms: 4.3 in the child (calamine 1.5, expat 1.0, the second count 1.2, unzipping 0.4, the rest passing it
on), 2.9 in the parent (validating 1.1, taking the grid over 0.5, the rest storing), 0.9 in the server. So fewer files compare worse:
300 were 3.1 times less.
"""

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROJECT = Path(__file__).resolve().parents[1]


def cpu_of_server(data_dir: Path) -> float:
    """CPU seconds of the server and everything it started, the ended back ends included."""
    postmaster = int(next(data_dir.rglob("postmaster.pid")).read_text().split()[0])
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == postmaster:
            total += sum(map(int, fields[11:15]))  # its own, and of the children it has waited for
        elif int(fields[1]) == postmaster:
            total += sum(map(int, fields[11:13]))
    return total / TICKS


def in_process(*arguments: str) -> tuple[float, float, float]:
    """(CPU seconds of the process and its children, wall seconds, peak MiB of the largest) of one run of this file."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    told = subprocess.run([sys.executable, __file__, *arguments], check=True, env=os.environ, stdout=subprocess.PIPE, text=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    print("   ", told.stdout.strip())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, float(told.stdout.split()[-1])


def peak() -> float:
    """MiB: the largest resident size of this process and of its children."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def prepare(folder: Path, units: int) -> None:
    """A cycle with so many units under one recipient, and their filled workbooks in the folder."""
    from dataclasses import replace

    from kheo.campaigns.actions import publish
    from kheo.campaigns.queries import definition_of
    from kheo.config.clock import now
    from kheo.core.days import WorkingCalendar, local_day
    from kheo.core.workflow import Role
    from kheo.documents.unit_workbook import make_workbook
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import appoint, load_units
    from kheo.org.queries import units_by_code
    from kheo.people.models import User
    from kheo.reports.actions import open_cycle
    from kheo.reports.queries.workbooks import workbook_orders

    at = now()
    rows = [
        "code,name,kind,parent_code",
        "T,Liên đoàn Lao động Thành phố,provincial_federation,",
        "D,Liên đoàn Lao động Quận,district_federation,T",
    ]
    rows += [f"G{number:05d},Công đoàn cơ sở số {number},grassroots_union,D" for number in range(units)]
    assert not load_units("\n".join(rows).encode(), "units.csv", on=local_day(at), by=SYSTEM, at=at).problems
    source = PROJECT / "campaigns" / "5-khong.yaml"
    published = publish(source.read_text(encoding="utf-8"), source.name, by=SYSTEM, at=at)
    assert not published.problems, published.problems
    calendar = WorkingCalendar(frozenset(range(2020, 2040)), frozenset(), frozenset())
    opened = open_cycle("5-khong", "2023-6T", calendar=calendar, by=SYSTEM, at=at)
    assert opened.cycle, opened.problems
    codes = units_by_code(local_day(at))
    user = User.objects.create_user("binh", "Lê Văn Bình", "mot-mat-khau-thu")
    appoint(user, codes["D"], Role.REVIEWER, on=local_day(at), by=SYSTEM, at=at)
    definition = definition_of(opened.cycle.edition_id)
    folder.mkdir()
    for number, each in enumerate(workbook_orders(opened.cycle, codes["D"], at)):
        figures = {cell.key: (number * 7 + cell.position * 13) % 90 + 10 for cell in definition.input_cells}
        words = {section.id: f"Đơn vị {number} đã triển khai đầy đủ nội dung này trong kỳ. " * 6 for section in definition.outline}
        order = replace(each.order, figures=figures, narrative=words)
        (folder / f"tep-{number:05d}.xlsx").write_bytes(make_workbook(order))


def import_all(folder: Path) -> None:
    """What the command does."""
    from kheo.cli.readying import ready_settings

    ready_settings()
    from kheo.config.clock import now
    from kheo.org.access import person
    from kheo.people.queries import account_named
    from kheo.reports.actions.reading_in import read_next
    from kheo.reports.actions.receiving import Upload, receive_workbooks, unpacked
    from kheo.reports.queries.workbook_batches import batch_counts

    user = account_named("binh")
    assert user
    by = person(user, now())
    uploads = (Upload(path.name, path.stat().st_size, io.BytesIO(path.read_bytes())) for path in sorted(folder.glob("*.xlsx")))
    batch = receive_workbooks(unpacked(uploads), channel="command", by=by, at=now())
    assert batch
    while read_next(batch.pk, by=by, at=now(), most=200).left:
        pass
    from kheo.files.child import shared_reader

    child = shared_reader().usage().peak / (1 << 20)
    print(batch_counts(batch), "child MiB", round(child), "peak MiB", round(max(peak(), child)))


def merge_all(folder: Path) -> None:
    """What people do: one table of all figures, with totals."""
    import pandas

    from kheo.documents.unit_workbook.layout import CODE, FIGURES, FIRST_ROW, NARRATIVE, NARRATIVE_FIRST_ROW, SECTION, TEXT, VALUE

    rows = []
    for path in sorted(folder.glob("*.xlsx")):
        sheets = pandas.read_excel(path, sheet_name=[FIGURES, NARRATIVE], header=None, engine="openpyxl")
        values = sheets[FIGURES].iloc[FIRST_ROW:, [CODE, VALUE]].dropna()
        words = sheets[NARRATIVE].iloc[NARRATIVE_FIRST_ROW:, [SECTION, TEXT]].dropna()
        pairs = pandas.concat([values.set_axis(["key", "value"], axis=1), words.set_axis(["key", "value"], axis=1)])
        rows.append({"file": path.name, **dict(zip(pairs["key"], pairs["value"], strict=True))})
    table = pandas.DataFrame(rows).astype(object)
    table.loc["total"] = table.drop(columns="file").apply(pandas.to_numeric, errors="coerce").sum()
    out = folder.parent / "tong.xlsx"
    table.to_excel(out, engine="openpyxl")
    print(len(rows), "files,", len(table.columns), "columns, peak MiB", round(peak()))


def one_file(path: Path) -> None:
    """Goal 10: one upload read and validated, against openpyxl alone; medians of CPU, this process and the child together."""
    import django

    django.setup()
    import openpyxl

    from kheo.core.definition import load_definition
    from kheo.documents.unit_workbook import validate
    from kheo.files.child import Reader
    from kheo.files.workbooks import read_book

    definition = load_definition((PROJECT / "campaigns" / "5-khong.yaml").read_text(encoding="utf-8"), "").definition
    assert definition
    data, reader = path.read_bytes(), Reader()
    read_book(data, reader)

    def ours() -> None:
        assert validate(read_book(data, reader), definition).figures

    def theirs() -> None:
        openpyxl.load_workbook(io.BytesIO(data))

    def cpu(act: "object", times: int) -> float:
        def spent() -> float:
            child = Path(f"/proc/{reader._child.pid}/stat").read_text().rpartition(")")[2].split() if reader._child else []
            return time.process_time() + sum(map(int, child[11:13])) / TICKS

        began = spent()
        for _ in range(times):
            act()  # type: ignore[operator]
        return (spent() - began) / times

    pairs = [(cpu(ours, 100), cpu(theirs, 10)) for _ in range(5)]
    mine, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    spared = f"Khéo {mine * 1000:.2f} ms, openpyxl {peer * 1000:.2f} ms CPU, {peer / mine:.1f} times less"
    print(f"one file of {len(data)} bytes: {spared}; peak MiB", round(peak()))


def main(units: int, rounds: int) -> None:
    """Everything in a folder that goes away."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        os.environ |= {"KHEO_DATA": str(data / "data"), "DJANGO_SETTINGS_MODULE": "kheo.config.settings"}
        from kheo.config.embedded import embedded_database

        with embedded_database(data / "data"):
            import django

            django.setup()
            from django.core.management import call_command
            from django.db import connection

            call_command("migrate", verbosity=0)
            folder = data / "tep"
            prepare(folder, units)
            connection.close()
            sizes = [path.stat().st_size for path in folder.iterdir()]
            print(f"{len(sizes)} workbooks, {sum(sizes) / len(sizes) / 1024:.1f} KB each")
            one = next(iter(sorted(folder.iterdir())))
            in_process("one", str(one))
            server = cpu_of_server(data / "data")
            ours, wall, peak_ours = in_process("import", str(folder))
            server = cpu_of_server(data / "data") - server
            theirs = [in_process("merge", str(folder)) for _ in range(rounds)]
            peer = statistics.median(each[0] for each in theirs)
            print(f"Khéo: {ours:.2f} s CPU of processes + {server:.2f} s of the server, {wall:.1f} s wall, peak {peak_ours:.0f} MiB")
            print(f"pandas + openpyxl: {peer:.2f} s CPU, {theirs[0][1]:.1f} s wall, peak {theirs[0][2]:.0f} MiB")
            print(f"ratio {peer / (ours + server):.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] in (["import"], ["merge"], ["one"]):
        {"import": import_all, "merge": merge_all, "one": one_file}[sys.argv[1]](Path(sys.argv[2]))
    else:
        settings = dict(pair.split("=") for pair in sys.argv[1:])
        main(int(settings.get("units", 2000)), int(settings.get("rounds", 1)))
