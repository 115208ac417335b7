"""The preview of the reform of July 2025 (11,358 rows) on a page: first page, next pages, recording it, and taking it back.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.preview [folder of the official lists=../shared/data]

Prints CPU of this process and of its database back end, queries, and memory. Run it on a quiet machine. Linux only (/proc).
"""

import re
import resource
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.tree import measured, on_an_empty_folder

DATA = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
FIRST = date(2023, 4, 10)
AT = datetime(2025, 6, 25, 2, tzinfo=UTC)
UNION = "code,name,kind,parent_code\nTLD,Tổng Liên đoàn Lao động,provincial_federation,\n"


def prepared() -> Any:
    """The country of March 2025, and a browser of the campaign office of the unit at the top of the union line."""
    from django.test import Client

    from kheo.core.workflow import Role
    from kheo.journal.actions import SYSTEM
    from kheo.org.actions import appoint, change_units, load_units
    from kheo.org.queries import unit_by_code
    from kheo.people.models import User

    load_units((DATA / "admin_units_2023.csv").read_bytes(), "2023", on=FIRST, by=SYSTEM, at=AT)
    load_units(UNION.encode(), "union", on=FIRST, by=SYSTEM, at=AT)
    name = "admin_changes_2023-2025.csv"
    change_units((DATA / name).read_bytes(), name, by=SYSTEM, at=AT)
    user = User.objects.create_user("lan", "Đỗ Thị Lan")
    appoint(user, unit_by_code("TLD", FIRST) or 0, Role.OFFICE, on=FIRST, by=SYSTEM, at=AT)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def asked(name: str, work: Any) -> Any:
    """One request and what it cost."""
    answer = measured(name, work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {answer.status_code}, {len(answer.content) // 1000} kB, peak so far {peak} MB", flush=True)
    return answer


def run() -> None:
    """Each step once, a next page ten times."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = prepared()
    data = (DATA / "admin_changes_2025.csv").read_bytes()
    sent = asked("send", lambda: client.post(reverse("send_changes"), {"tep": SimpleUploadedFile("2025.csv", data, "text/csv")}))
    address = sent.headers["Location"]
    first = asked("first page", lambda: client.get(address))
    asked("first page again", lambda: client.get(address))
    mark = re.findall(r'name="mark" value="([0-9a-f]{64})"', first.content.decode())[0]
    pages = [f"{address}?ban={mark[:12]}&xem=su-kien&trang={number}" for number in range(2, 12)]
    measured("ten next pages", lambda: [client.get(page) for page in pages])
    for page in (address, pages[0]):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        print(f"  {len(captured)} queries: {page.rpartition('/')[2] or 'first page, kept'}", flush=True)
    done = asked("confirm", lambda: client.post(address, {"mark": mark}))
    batch = done.headers["Location"].rpartition("=")[2]
    back = reverse("undo_batch", args=[batch])
    first = asked("taking back: first page", lambda: client.get(back))
    mark = re.findall(r'name="mark" value="([0-9a-f]{64})"', first.content.decode())[0]
    pages = [f"{back}?ban={mark[:12]}&xem=su-kien&trang={number}" for number in range(2, 12)]
    measured("taking back: ten next pages", lambda: [client.get(page) for page in pages])
    asked("taking back: confirm", lambda: client.post(back, {"mark": mark, "ly-do": "thử"}))


if __name__ == "__main__":
    on_an_empty_folder(run)
