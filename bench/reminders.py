"""What a day's digests cost in a city: 20,000 grassroots unions, 300 recipients, an officer and a head each, on the due day.

    KHEO_DATA=<an empty folder> .venv/bin/python bench/reminders.py [unions=20000]

A quarter of the reports is sent and waits, a quarter is a full draft that only lacks the signature, the rest has not been begun.
Every union has a letter of its district to acknowledge and a paper to answer on the due day, every district has to pass one on. Everybody
at a twentieth of the unions has chosen e-mail, which goes to a channel that takes it and does nothing. Prints CPU of this
process and of its database back end, memory and counts. Linux only (/proc).
"""

import re
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.tree import on_an_empty_folder

UNIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
DISTRICTS = 300
FIRST = date(2023, 1, 1)


def memory(*, anew: bool = False) -> float:
    """The most memory this process has held, in MB; `anew`: begin to look from what it holds now."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


def measured(name: str, work: Callable[[], Any]) -> Any:
    """Does the work and prints what it cost."""
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    before, wall = memory(anew=True), time.monotonic()
    here, there = time.process_time(), int(backend.read_text().split()[0])
    result = work()
    here, there = time.process_time() - here, (int(backend.read_text().split()[0]) - there) / 1e9
    lasted = time.monotonic() - wall
    cost = f"{here + there:6.2f} s CPU (here {here:5.2f} + db {there:5.2f}), {lasted:6.1f} s, memory +{memory() - before:4.0f} MB"
    print(f"{name:36s} {cost}: {result}", flush=True)
    return result


def plant(at: datetime) -> Any:
    """The tree, the people, the open cycle."""
    from django.conf import settings

    from kheo.campaigns.actions import publish
    from kheo.config.calendars import working_calendar
    from kheo.core.unit_kinds import Line
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import load_units
    from kheo.reports.actions import open_cycle

    rows = ["code,name,kind,parent_code", "T,Liên đoàn Thành phố,provincial_federation,"]
    rows += [f"D{number},Liên đoàn Quận {number},district_federation,T" for number in range(DISTRICTS)]
    rows += [f"G{number},Công đoàn cơ sở {number},grassroots_union,D{number % DISTRICTS}" for number in range(UNIONS)]
    assert not load_units("\n".join(rows).encode(), "u.csv", on=FIRST, by=SYSTEM, at=at).problems
    party = "code,name,kind,parent_code\nB,Ban Dân vận,party_board,\nT,Liên đoàn Thành phố,provincial_federation,B\n"
    assert not load_units(party.encode(), "p.csv", on=FIRST, by=SYSTEM, at=at, line=Line.PARTY).problems
    staff()
    assert publish((Path(settings.CAMPAIGNS_DIR) / "5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=at).edition
    return open_cycle("5-khong", "2023-N", calendar=working_calendar("vn"), by=SYSTEM, at=at).cycle


def staff() -> None:
    """An officer and a head for each union and district, a reviewer for each recipient."""
    from kheo.core.workflow import Role
    from kheo.org.models import Post
    from kheo.org.queries import units_by_code
    from kheo.people.models import User

    roles = {
        "G": (Role.OFFICER, Role.HEAD),
        "D": (Role.OFFICER, Role.HEAD, Role.REVIEWER),
        "T": (Role.HEAD, Role.REVIEWER),
        "B": (Role.REVIEWER,),
    }
    wanted = [(unit, code, role) for code, unit in units_by_code(FIRST).items() for role in roles[code[0]]]
    people = User.objects.bulk_create(
        [User(username=f"{role}-{code}", full_name=f"Người {code}") for _, code, role in wanted], batch_size=2000
    )
    Post.objects.bulk_create(
        [Post(user=user, unit_id=unit, role=role, starts=FIRST) for user, (unit, _, role) in zip(people, wanted, strict=True)],
        batch_size=2000,
    )


def write_reports(cycle: Any, at: datetime) -> None:
    """A quarter waits to be reviewed, a quarter is a full draft."""
    from kheo.campaigns.queries import definition_of
    from kheo.notices.models import Preferences
    from kheo.org.models import Post
    from kheo.reports.models import Obligation, Report, Revision

    definition = definition_of(cycle.edition_id)
    figures = {cell.key: 0 for cell in definition.input_cells}
    words = {section.id: "Đã triển khai tốt." for section in definition.outline}
    owed = list(Obligation.objects.filter(cycle=cycle, tier="grassroots").order_by("pk"))
    common = {"figures": figures, "narrative": words, "started_at": at, "updated_at": at, "updated_by": "x"}
    drafts = [Report(obligation=each, state="draft", **common) for each in owed[0::4]]
    sent = [Report(obligation=each, state="submitted", received_at=at, **common) for each in owed[1::4]]
    Report.objects.bulk_create([*drafts, *sent], batch_size=1000)
    revisions = [Revision(report=each, number=1, figures=figures, narrative=words, vector=b"", draft_version=0, submitted_at=at,
                          previous_hash="", hash="") for each in sent]  # fmt: skip
    for report, revision in zip(sent, Revision.objects.bulk_create(revisions, batch_size=1000), strict=True):
        report.latest = revision
    Report.objects.bulk_update(sent, ["latest"], batch_size=1000)
    people = Post.objects.filter(unit__in=[each.unit_id for each in owed[2::20]]).values_list("user_id", flat=True)
    Preferences.objects.bulk_create(
        [
            Preferences(person_id=person, by_email=True, email=f"p{person}@example.vn", email_verified_at=at, updated_at=at)
            for person in people
        ],
        batch_size=2000,
    )


def write_papers(at: datetime) -> None:
    """A letter of the city that every district has acknowledged, one of each district that its unions have not, a paper to answer each."""
    from kheo.directives.models import Arrival, Directive, Issue, Passing
    from kheo.org.models import Relation
    from kheo.org.queries import units_by_code

    day, units = at.date(), units_by_code(FIRST)
    senders = [units["T"], *(units[f"D{number}"] for number in range(DISTRICTS))]
    papers = Directive.objects.bulk_create([_paper(sender, at) for sender in senders])
    common = {"year": day.year, "standing": "written", "written_at": at}
    issues = Issue.objects.bulk_create(
        [Issue(unit_id=sender, number=1, issued_on=day, directive=paper, **common) for sender, paper in zip(senders, papers, strict=True)]
    )
    letters = {each.unit_id: each for each in issues}
    under = dict(Relation.objects.filter(parent__in=senders, line="union").values_list("child_id", "parent_id"))
    own = Directive.objects.bulk_create([_paper(unit, at) for unit in under], batch_size=2000)
    arrivals = [
        Arrival(unit_id=unit, number=1, arrived_on=day, directive=paper, due_on=date(2023, 11, 13), **common)
        for unit, paper in zip(under, own, strict=True)
    ]
    arrived = {each.unit_id: each for each in Arrival.objects.bulk_create(arrivals, batch_size=2000)}
    inner = frozenset(senders)
    passings = [
        Passing(issue=letters[parent], unit_id=unit, sent_at=at, arrival=arrived[unit] if unit in inner else None)
        for unit, parent in under.items()
    ]
    _chain(letters[units["T"]], Passing.objects.bulk_create(passings, batch_size=2000), under, inner)


def _paper(keeper: int, at: datetime) -> Any:
    from kheo.directives.models import Directive

    return Directive(keeper_id=keeper, issuer="X", subject="y", key="", search="", written_at=at)


def _chain(root: Any, passings: list[Any], under: dict[int, int], inner: frozenset[int]) -> None:
    from kheo.directives.models import ChainRow

    rows = []
    for each in passings:
        way, day = [each.unit_id], each.sent_at.date()
        while way[0] in under:
            way.insert(0, under[way[0]])
        rows.append(
            ChainRow(root=root, unit_id=each.unit_id, passing=each, way=way, is_inner=each.unit_id in inner, sent_on=day,
                     acknowledged_on=day if each.arrival_id else None)
        )  # fmt: skip
    ChainRow.objects.bulk_create(rows, batch_size=2000)


class Nowhere:
    """A channel that takes everything."""

    def send(self, message: Any) -> Any:
        """Taken over."""
        from kheo.notices.channels import Outcome

        assert message.letter.text
        return Outcome("sent")

    def close(self) -> None:
        """Nothing is open."""


def papers(due: datetime) -> None:
    """What the statement about papers costs by itself, for everybody of a round and for one officer's own page."""
    from kheo.config.jobs.reminding import almanac
    from kheo.directives.queries.reminding import own_paper_work, paper_work
    from kheo.org.models import Post
    from kheo.reports.queries.reminding import _papers_asked, _Whose

    days = almanac()
    post = Post.objects.filter(role="officer").order_by("pk").last()
    assert post
    asked = _papers_asked(_Whose("true", {}), days, due)
    measured("papers: everybody", lambda: len(paper_work(asked, days.office, due)))
    units = frozenset({post.unit_id})
    measured("papers: one officer", lambda: len(own_paper_work(post.user_id, units, days.office, due)))


def run() -> None:
    """Build the city, then one day's reminding."""
    from kheo.config.jobs.reminding import almanac
    from kheo.core.days import ZONE
    from kheo.notices.actions import deliver
    from kheo.reports.actions.reminding import remind

    cycle = plant(datetime(2023, 10, 2, 9, tzinfo=ZONE))
    write_reports(cycle, datetime(2023, 11, 1, 9, tzinfo=ZONE))
    write_papers(datetime(2023, 11, 6, 9, tzinfo=ZONE))
    due = datetime(2023, 11, 13, 7, tzinfo=ZONE)
    calendars = almanac()
    papers(due)
    measured("only reviewers (1/11)", lambda: remind(calendars, channels=["email"], at=datetime(2023, 11, 1, 10, tzinfo=ZONE)))
    measured("the digests of the due day", lambda: remind(calendars, channels=["email"], at=due))
    measured("the next beat", lambda: remind(calendars, channels=["email"], at=due + timedelta(minutes=1)))
    measured("sending", lambda: deliver({"email": Nowhere()}, site="https://kheo.example.vn", now=lambda: due).counts)


if __name__ == "__main__":
    on_an_empty_folder(run)
