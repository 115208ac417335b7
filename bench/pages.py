"""What pages, one accept, opening a cycle and consolidating cost on a built demo: CPU of this process and of the server, queries, bytes.

    KHEO_DATA=<folder of a built demo> .venv/bin/python bench/pages.py [rounds=15]

The pages are asked through Django's own client (all middleware, no network) by the person of the cast who would look at them;
medians of CPU milliseconds over the rounds after two warm-up rounds. Accepting is done for real at the district of the cast, so
run it on a demo that nobody needs afterwards. Linux only (/proc).
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kheo.cli.console import Console
from kheo.cli.readying import ready_database

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
WARM_UP = 2


class Meter:
    """CPU seconds of this process and of the database back end that serves it, to the scheduler's nanosecond."""

    def __init__(self, backend: int) -> None:
        self._backend = Path(f"/proc/{backend}/schedstat")

    def read(self) -> tuple[float, float]:
        return time.process_time(), int(self._backend.read_text().split()[0]) / 1e9

    def run(self, work: Callable[[], Any]) -> tuple[float, float, Any]:
        here, there = self.read()
        result = work()
        after_here, after_there = self.read()
        return (after_here - here) * 1000, (after_there - there) * 1000, result


def measure(name: str, meter: Meter, work: Callable[[], Any], rounds: int = ROUNDS) -> None:
    """Print the medians of a piece of work and, for pages, queries and bytes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = work()
    count = len(queries)  # at once: the next request empties the log
    for _ in range(WARM_UP):
        work()
    runs = [meter.run(work)[:2] for _ in range(rounds)]
    here, there = (statistics.median(run[index] for run in runs) for index in (0, 1))
    size = f"{len(answer.content) / 1000:7.1f} kB" if hasattr(answer, "content") else ""
    status = getattr(answer, "status_code", "")
    print(f"{name:44s} {here + there:7.1f} ms CPU (web {here:6.1f} + db {there:5.1f})  {count:3d} queries {size} {status}", flush=True)


def client_of(username: str) -> Any:
    from django.test import Client

    from kheo.people.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username))
    return client


def pages(meter: Meter) -> None:
    """The pages of the cast in the newest cycle."""
    from django.urls import reverse

    from kheo.org.models import Post
    from kheo.reports.models import Obligation
    from kheo.reports.queries.tasks import current_cycle

    units = {name: Post.objects.filter(user__username=name).values_list("unit_id", flat=True)[0] for name in ("an", "binh", "lan")}
    cycle = current_cycle([units["lan"]])
    assert cycle
    own = Obligation.objects.get(cycle=cycle, unit=units["an"])
    sent = Obligation.objects.filter(cycle=cycle, recipient=units["binh"], report__state="submitted").first()
    content = cycle.edition.definition["contents"][0]["id"]
    asked = [
        ("an", "Việc của tôi", reverse("home")),
        ("an", "report grid", reverse("report", args=[own.pk])),
        ("binh", "review board of a district", reverse("board", args=[cycle.pk, units["binh"]])),
        ("binh", "report under review", reverse("review_report", args=[sent.pk]) if sent else ""),
        ("lan", "review board of the city", reverse("board", args=[cycle.pk, units["lan"]])),
        ("lan", f"consolidated, city, {content}", reverse("consolidated", args=[cycle.pk, units["lan"]])),
        ("lan", "consolidated, city, N1", reverse("consolidated", args=[cycle.pk, units["lan"]]) + "?noi-dung=N1"),
        ("lan", "consolidated, district", reverse("consolidated", args=[cycle.pk, units["binh"]])),
        ("lan", "cell of the city opened (B01)", reverse("cell_units", args=[cycle.pk, units["lan"], "B01"])),
        ("lan", "cell of a district opened (B01)", reverse("cell_units", args=[cycle.pk, units["binh"], "B01"])),
        ("lan", "progress of the city", reverse("progress", args=[cycle.pk, units["lan"]])),
    ]
    for who, name, url in asked:
        if url:
            client = client_of(who)
            measure(f"{name} ({who})", meter, lambda client=client, url=url: client.get(url))


def accepting(meter: Meter, most: int = 12) -> None:
    """One accept after another, each with its journal row and every roll-up above."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kheo.config.clock import now
    from kheo.org.access import person
    from kheo.people.models import User
    from kheo.reports.actions import Done, accept_report

    binh = person(User.objects.get(username="binh"), now())
    runs, counts = [], []
    for report in _waiting(binh, most):
        with CaptureQueriesContext(connection) as queries:
            here, there, done = meter.run(
                lambda report=report: accept_report(report.obligation_id, version=report.version, by=binh, at=now())
            )
            counts.append(len(queries))
        assert isinstance(done, Done), done
        runs.append((here, there))
    here, there = (statistics.median(run[index] for run in runs) for index in (0, 1))
    print(f"{'one accept':44s} {here + there:7.1f} ms CPU (web {here:6.1f} + db {there:5.1f})", end="  ")
    print(f"{sorted(set(counts))} queries, {len(runs)} accepts")


def _waiting(reviewer: Any, most: int) -> list[Any]:
    """Reports that wait for the reviewer; where too few do, accepted ones are opened and sent again by the head of their unit."""
    from kheo.config.clock import now
    from kheo.org.access import person
    from kheo.org.models import Post
    from kheo.people.models import User
    from kheo.reports.actions import revise_report, submit_report
    from kheo.reports.models import Report

    mine = Report.objects.filter(obligation__recipient__in=reviewer.reading_units).select_related("obligation").order_by("-pk")
    for report in mine.filter(state="accepted")[: max(0, most - mine.filter(state="submitted").count())]:
        post = Post.objects.filter(unit=report.obligation.unit_id, role="head").first()
        assert post
        head = person(User.objects.get(pk=post.user_id), now())
        for act, extra in ((revise_report, {"reason": "Đo"}), (submit_report, {})):
            version = Report.objects.values_list("version", flat=True).get(pk=report.pk)
            act(report.obligation_id, version=version, by=head, at=now(), **extra)
    return list(mine.filter(state="submitted")[:most])


def whole_campaign(meter: Meter) -> None:
    """Consolidating the city for the papers, a recount of every roll-up, and opening one more cycle (rolled back)."""
    from django.db import transaction
    from django.urls import reverse

    from kheo.campaigns.models import Cycle
    from kheo.config.calendars import working_calendar
    from kheo.config.clock import now
    from kheo.journal.actions import SYSTEM
    from kheo.org.models import Post
    from kheo.reports.actions import open_cycle
    from kheo.reports.queries.recounting import fresh_rollups

    city = Post.objects.filter(user__username="lan").values_list("unit_id", flat=True)[0]
    cycle = Cycle.objects.order_by("-closes").first()
    assert cycle
    for name in ("tong-hop.json", "phu-luc.xlsx", "bao-cao.docx"):
        client, url = client_of("lan"), reverse("download", args=[cycle.pk, city, name])
        measure(f"download {name}", meter, lambda client=client, url=url: client.get(url), 3)
    measure("recount of every roll-up of the cycle", meter, lambda: fresh_rollups(cycle), 3)
    with transaction.atomic():
        calendar = working_calendar("vn")
        here, there, opened = meter.run(lambda: open_cycle(cycle.campaign.code, "2024-6T", calendar=calendar, by=SYSTEM, at=now()))
        print(f"{'opening a cycle':44s} {here + there:7.0f} ms CPU (web {here:6.0f} + db {there:5.0f})  {opened.obligations} obligations")
        transaction.set_rollback(True)


def main() -> None:
    with ready_database(Console("vi")):
        from django.db import connection

        connection.ensure_connection()
        meter = Meter(connection.connection.info.backend_pid)
        pages(meter)
        accepting(meter)
        whole_campaign(meter)
        print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
