"""The last quarter of an hour: 20,000 heads of units sign and send through the web, and nothing is lost or doubled.

    KHEO_DATA=<empty folder> .venv/bin/python bench/submissions.py prepare [units=20000]
    KHEO_DATA=<that folder>  .venv/bin/python bench/submissions.py run [minutes=15] [workers=2] [burst=1] [save=0] [people=20000]

`prepare` makes a city of units with complete drafts and signed-in heads (sessions are made, not passwords checked: people sign in
ahead, docs of the deadline night). `run` serves it as production does (gunicorn, two workers of four threads, the embedded
PostgreSQL with its default durability) and lets everybody arrive by an open Poisson process, 20,000 in `minutes`: each opens the
page to sign (all checks run; with `save=1` a last figure is saved before), signs (every check, revision, hash, journal, receipt) and
reads the receipt; one in twenty presses the button twice at the same time. Then the database is asked: one revision and one journal
row a report, the receipts that browsers were led to are those that are there, `kheo verify` finds nothing. `burst` multiplies the
rate of arrival, `people` takes only so many. CPU is that of the processes (gunicorn, PostgreSQL; the client apart), so it holds on a
noisy machine; the times of answer do not. Linux only.
"""

import asyncio
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.arrivals import Head, Seen, arrive

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

DISTRICTS, AT_ONCE, SEED, TWICE = 22, 200, 7, 0.05
PORT = 8765
CAMPAIGN, CYCLE = "5-khong", "2023-N"


def prepare(count: int) -> None:
    """Tree, campaign, cycle, people with sessions, complete drafts: through the rooms' own actions."""
    from kheo.campaigns.actions import publish
    from kheo.config.calendars import working_calendar
    from kheo.config.clock import now
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import load_units
    from kheo.reports.actions import open_cycle

    at = now()
    rows = ["code,name,kind,parent_code", "LDLD,Liên đoàn Lao động Thành phố,provincial_federation,"]
    rows += [f"D{n},Liên đoàn Lao động quận {n},district_federation,LDLD" for n in range(DISTRICTS)]
    rows += [f"G{n:05d},Công đoàn cơ sở {n},grassroots_union,D{n % DISTRICTS}" for n in range(count)]
    loaded = load_units("\n".join(rows).encode(), "units.csv", on=at.date(), by=SYSTEM, at=at)
    assert not loaded.problems, loaded.problems[:3]
    publish(Path("campaigns/5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=at)
    opened = open_cycle(CAMPAIGN, CYCLE, calendar=working_calendar("vn"), by=SYSTEM, at=at)
    assert opened.cycle, opened.problems
    print(f"{opened.obligations} obligations", flush=True)
    heads = make_heads(count, at)
    write_drafts(opened.cycle, heads, at)


def make_heads(count: int, at: Any) -> dict[int, Any]:
    """A head for every union, by unit, each with a session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from kheo.core.workflow import Role
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import Appointment, appoint_many
    from kheo.org.queries import units_by_code
    from kheo.people.models import User

    units = units_by_code(at.date())
    users = [User(username=f"h{n}", full_name=f"Thủ trưởng {n}", password="!") for n in range(count)]
    User.objects.bulk_create(users, batch_size=2000)
    appoint_many([Appointment(user.pk, units[f"G{n:05d}"], Role.HEAD) for n, user in enumerate(users)], on=at.date(), by=SYSTEM, at=at)
    store, sessions = SessionStore(), []
    for number, user in enumerate(users):
        data = {SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash()}
        data[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        sessions.append(
            Session(
                session_key=session_of(number),
                session_data=store.encode(data),
                expire_date=store.get_expiry_date(),
            )
        )
    Session.objects.bulk_create(sessions, batch_size=2000)
    return {units[f"G{n:05d}"]: user for n, user in enumerate(users)}


def session_of(number: int) -> str:
    return f"bench{number:027d}"


def write_drafts(cycle: Any, heads: dict[int, Any], at: Any) -> None:
    """Complete drafts that could be sent as they are, many in one transaction, by one writer for each lot of units."""
    from dataclasses import replace

    from kheo.campaigns.queries import definition_of
    from kheo.org.access import person
    from kheo.org.queries import PostHeld
    from kheo.reports.actions.drafting import Draft, save_drafts
    from kheo.reports.actions.merging import Change
    from kheo.reports.models import Obligation

    definition = definition_of(cycle.edition_id)
    owed = list(Obligation.objects.filter(cycle=cycle, tier="grassroots").order_by("unit_id").values_list("pk", "unit_id"))
    for start in range(0, len(owed), AT_ONCE):
        lot = owed[start : start + AT_ONCE]
        posts = tuple(PostHeld(unit, "head", "") for _, unit in lot)
        writer = replace(person(heads[lot[0][1]], at), posts=posts)
        drafts = []
        for number, (obligation, _) in enumerate(lot, start):
            figures, words = plausible(definition, number)
            drafts.append(
                Draft(
                    obligation,
                    {key: Change("", figure) for key, figure in figures.items()},
                    {key: Change("", text) for key, text in words.items()},
                )
            )
        save_drafts(drafts, by=writer, at=at)
    print(f"{len(owed)} drafts", flush=True)


def plausible(definition: Any, number: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Figures that keep every check, and sentences; they differ from unit to unit."""
    from random import Random

    from kheo.core.checking import problems_of

    chance = Random(number)
    figures: dict[str, Any] = {cell.key: chance.randint(10, 40) for cell in definition.input_cells}
    words = {each.id: f"Kết quả của đơn vị {number} ở mục {each.id}: đã làm đúng kế hoạch." for each in definition.outline}
    while errors := [each for each in problems_of(definition, figures, words) if each.severity == "error"]:
        for each in errors:
            for target in (each.target, *each.others):
                figures |= dict.fromkeys(
                    (cell.key for cell in definition.cells_of(definition.cell(target).indicator) if not cell.is_total), 0
                )
    return figures, words


@contextmanager
def gunicorn(workers: int) -> Iterator[psutil.Process]:
    """The product's server as production runs it, on a port of the loopback."""
    program = Path(sys.executable).with_name("gunicorn")
    command = [
        program,
        "kheo.config.wsgi",
        "--bind",
        f"127.0.0.1:{PORT}",
        "--workers",
        str(workers),
        "--threads",
        "4",
        "--keep-alive",
        "75",
    ]
    environment = {**os.environ, "KHEO_SERVING": "1", "KHEO_LOG_LEVEL": "WARNING"}
    server = subprocess.Popen([*command, "--backlog", "4096", "--no-control-socket"], env=environment)
    try:
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def cpu_of(process: psutil.Process) -> float:
    """Seconds of a process, of those that it has waited for, and of those that run below it."""
    times = process.cpu_times()
    whole = times.user + times.system + times.children_user + times.children_system
    for child in process.children(recursive=True):
        try:
            below = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        whole += below.user + below.system + below.children_user + below.children_system
    return whole


def memory_of(process: psutil.Process) -> float:
    """MiB of a process and its children, shared pages counted once (Pss)."""
    return sum(each.memory_full_info().pss for each in (process, *process.children(recursive=True))) / 2**20


def postmaster() -> psutil.Process:
    """The embedded server's first process."""
    from django.conf import settings

    pid = int(next(Path(settings.DATA_DIR).rglob("postmaster.pid")).read_text(encoding="utf-8").split()[0])
    return psutil.Process(pid)


def run(minutes: float, workers: int, burst: float, saves: bool, people: int) -> None:
    """Serve, let everybody come, ask the database."""
    from kheo.campaigns.models import Cycle
    from kheo.core.answers import write_answer
    from kheo.reports.models import Obligation, Report

    cycle = Cycle.objects.get(campaign__code=CAMPAIGN, code=CYCLE)
    drafts = Report.objects.filter(obligation__cycle=cycle, state="draft").select_related("obligation").order_by("obligation__unit_id")
    cell = "B02"
    grassroots = Obligation.objects.filter(cycle=cycle, tier="grassroots").order_by("unit_id").values_list("unit_id", flat=True)
    numbers = {unit: number for number, unit in enumerate(grassroots)}
    heads = [
        Head(
            report.obligation_id,
            session_of(numbers[report.obligation.unit_id]),
            report.version,
            cell,
            write_answer(report.figures[cell], 0),
            str(report.figures[cell] + 1),
        )
        for report in drafts[:people]
    ]
    rate = 20_000 / (minutes * 60) * burst
    database = postmaster()
    with gunicorn(workers) as server:
        wait_for(server)
        before = cpu_of(server), cpu_of(database), process_time(), perf_counter()
        print(f"{len(heads)} people at {rate:.1f} a second, load of the machine {os.getloadavg()[0]:.1f}", flush=True)
        seen = asyncio.run(arrive("127.0.0.1", PORT, heads, rate, TWICE, SEED, saves))
        after = cpu_of(server), cpu_of(database), process_time(), perf_counter()
        tell(seen, saves, [late - early for late, early in zip(after, before, strict=True)], memory_of(server))
    check(cycle, heads, seen)


def wait_for(server: psutil.Process) -> None:
    """Until it answers."""
    import socket

    deadline = perf_counter() + 60
    while server.is_running() and perf_counter() < deadline:
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
        except OSError:
            continue
        else:
            return
    raise SystemExit("gunicorn does not answer")


def tell(seen: Sequence[Seen], saves: bool, spent: Sequence[float], memory: float) -> None:
    """Times of answer and CPU."""
    web, database, client, wall = spent
    count = len(seen)
    for name in (*(["save"] if saves else []), "page", "sign", "receipt"):
        times = sorted(getattr(each, name) * 1000 for each in seen)
        p50, p95, p99 = (times[min(count - 1, int(count * share))] for share in (0.5, 0.95, 0.99))
        print(f"  {name:8s} p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f}  max {times[-1]:7.1f} ms, mean {statistics.fmean(times):.1f}")
    each = [part / count * 1000 for part in (web, database, client)]
    what = "save + page + sign + receipt" if saves else "page + sign + receipt"
    print(f"  CPU a report ({what}): web {each[0]:.1f} + database {each[1]:.1f} = {each[0] + each[1]:.1f} ms", end="")
    print(f"; client {each[2]:.1f} ms")
    busy = 100 * sum(spent[:3]) / wall / 2
    print(f"  {count} in {wall:.0f} s = {count / wall:.1f} a second; two cores busy {busy:.0f} % with it; web {memory:.0f} MiB (Pss)")
    faults = Counter(fault for each in seen for fault in each.faults)
    print(f"  faults: {dict(faults) or 'none'}; pressed twice: {sum(len(each.receipts) > 1 for each in seen)}")


def check(cycle: Any, heads: Sequence[Head], seen: Sequence[Seen]) -> None:
    """None lost, none doubled, all of it true."""
    from kheo.journal.models import JournalEntry
    from kheo.journal.queries import broken_link
    from kheo.reports.models import Report, Revision
    from kheo.reports.queries.verifying import faults

    told = {head.obligation: set(each.receipts) for head, each in zip(heads, seen, strict=True) if each.receipts}
    kept = dict(Revision.objects.filter(report__obligation__cycle=cycle).values_list("report__obligation_id", "number"))
    rows = Revision.objects.filter(report__obligation__cycle=cycle).count()
    journal = Counter(JournalEntry.objects.filter(act="submit_report").values_list("object_id", flat=True))
    wrong = [obligation for obligation, addresses in told.items() if len(addresses) != 1 or obligation not in kept]
    states = Counter(Report.objects.filter(obligation__cycle=cycle).values_list("state", flat=True))
    print(f"  told {len(told)}, revisions {rows} of {len(kept)} reports, journal {sum(journal.values())} of {len(journal)}", end="")
    print(f", states {dict(states)}")
    print(f"  lost {len(wrong)}, doubled {rows - len(kept) + sum(count > 1 for count in journal.values())}")
    found = [*filter(None, [broken_link(None)]), *faults()]
    print(f"  kheo verify: {found[:3] or 'all is well'}")
    if wrong or rows != len(kept) or found:
        raise SystemExit(1)


def main() -> None:
    words = dict(word.split("=") for word in sys.argv[2:])
    with ready_database(Console("vi")):
        ready_tables(Console("vi"), is_embedded=True)
        if sys.argv[1:2] == ["prepare"]:
            prepare(int(words.get("units", 20_000)))
        else:
            run(
                float(words.get("minutes", 15)),
                int(words.get("workers", 2)),
                float(words.get("burst", 1)),
                words.get("save") == "1",
                int(words.get("people", 20_000)),
            )


if __name__ == "__main__":
    main()
