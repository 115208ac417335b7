"""What the pages of an office's books cost at 100,000 papers: 50,000 arrivals and 50,000 outgoing ones of one unit over five years.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.paper_books [papers=100000]

Prints for each page the number of queries, CPU of this process and of its database back end, and the bytes. Linux only (/proc).
"""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bench.reminders import measured
from bench.tree import on_an_empty_folder

PAPERS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
YEARS = range(2019, 2024)
FIRST = date(2019, 1, 1)
ISSUERS = ("Ban Dân vận Thành ủy", "Ủy ban nhân dân phường Bến Nghé", "Liên đoàn Lao động Thành phố", "Sở Nội vụ", "Công an quận 1")
ABOUT = ("tổ chức đối thoại", "ra quân tổng vệ sinh", "báo cáo quý", "phối hợp tuyên truyền", "chăm lo Tết cho đoàn viên khó khăn")


def plant(at: datetime) -> tuple[Any, int]:
    """A union with its officer, and the papers of its books."""
    from kheo.core.workflow import Role
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import load_units
    from kheo.org.models import Post
    from kheo.org.queries import units_by_code
    from kheo.people.models import User

    rows = "code,name,kind,parent_code\nT,Liên đoàn Thành phố,provincial_federation,\nG,Công đoàn cơ sở,grassroots_union,T\n"
    assert not load_units(rows.encode(), "u.csv", on=FIRST, by=SYSTEM, at=at).problems
    unit = units_by_code(FIRST)["G"]
    officer = User.objects.create(username="an", full_name="An")
    Post.objects.create(user=officer, unit_id=unit, role=Role.OFFICER, starts=FIRST)
    _papers(unit, at)
    return officer, unit


def _papers(unit: int, at: datetime) -> None:
    from kheo.directives.models import Arrival, BookCounter, Directive, Issue

    each = PAPERS // 2 // len(YEARS)
    papers = Directive.objects.bulk_create(_directives(unit, each, at), batch_size=5000)
    arrived, issued = papers[0::2], papers[1::2]
    common = {"unit_id": unit, "standing": "written", "written_at": at}
    Arrival.objects.bulk_create(
        [
            Arrival(arrived_on=paper.issued_on, year=paper.issued_on.year, number=number % each + 1, directive=paper,
                    due_on=_due(number, paper), progress="waiting" if number % 50 == 0 else "done",
                    done_on=None if number % 50 == 0 else paper.issued_on, **common)
            for number, paper in enumerate(arrived)
        ],
        batch_size=5000,
    )  # fmt: skip
    Issue.objects.bulk_create(
        [
            Issue(issued_on=paper.issued_on, year=paper.issued_on.year, number=number % each + 1, directive=paper,
                  recipients=["Lưu VT"], **common)
            for number, paper in enumerate(issued)
        ],
        batch_size=5000,
    )  # fmt: skip
    BookCounter.objects.bulk_create(
        [BookCounter(unit_id=unit, book=book, year=year, last=each) for book in ("", "Chung") for year in YEARS]
    )


def _due(number: int, paper: Any) -> date | None:
    return paper.issued_on + timedelta(days=10) if number % 4 == 0 else None


def _directives(unit: int, each: int, at: datetime) -> Iterator[Any]:
    from kheo.core.paper_books.facts import PaperFacts
    from kheo.directives.actions.papers import columns_of
    from kheo.directives.models import Directive

    for number in range(PAPERS):
        year = YEARS[min(number // 2 // each, len(YEARS) - 1)]
        facts = PaperFacts(
            full_number=f"{number // 2 % each + 1}/CV-{number % 7}", issuer=ISSUERS[number % 5],
            subject=f"{ABOUT[number // 5 % 5]} đợt {number}", kind="Công văn", signer="Nguyễn Văn A",
            issued_on=date(year, 1, 1) + timedelta(days=number // 2 % each * 360 // each),
        )  # fmt: skip
        yield Directive(keeper_id=unit, written_at=at, **columns_of(facts))


def visit(officer: Any, address: str) -> str:
    """One page, as its reader gets it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(officer)
    client.get("/thong-bao/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return f"{len(asked)} queries, {len(answer.content):,} bytes"


def run() -> None:
    """Plant, then every page twice: what is read once for all does not count."""
    from django.conf import settings
    from django.db import connection

    from kheo.core.days import ZONE

    settings.ALLOWED_HOSTS = ["*"]
    officer, unit = plant(datetime(2023, 12, 29, 9, tzinfo=ZONE))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    own = f"/van-ban/den/{unit}/?nam=2023"
    pages = {
        "arrivals, newest": own,
        "arrivals, page 150": f"{own}&trang=150",
        "search: number": f"{own}&tim=4321/CV",
        "search: issuer": f"{own}&tim=cong an quan 1",
        "search: subject": f"{own}&tim=doi thoai dot 81",
        "search: nothing": f"{own}&tim=khong co chu nay",
        "arrivals not answered": f"{own}&xem=waiting",
        "outgoing": f"/van-ban/di/{unit}/?nam=2023",
        "outgoing, search": f"/van-ban/di/{unit}/?nam=2023&tim=doi thoai",
        "to follow": f"/van-ban/theo-doi/{unit}/",
        "enter an arrival": f"/van-ban/den/{unit}/ghi",
        "printed book of a year": f"/van-ban/in/{unit}/den/2023/",
        "the same in Excel": f"/van-ban/in/{unit}/den/2023/so.xlsx",
        "home": "/",
    }
    for name, address in pages.items():
        visit(officer, address)
        measured(name, lambda address=address: visit(officer, address))


if __name__ == "__main__":
    on_an_empty_folder(run)
