"""What `kheo verify` looks at in the books: rows against what was written of them, writings against the journal, numbers without gaps."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from kheo.core.chain import content_hash
from kheo.directives.models import BookStart, DirectiveLink, Writing
from kheo.directives.queries.campaign_papers import tie_faults
from kheo.directives.queries.chain import chain_faults
from kheo.directives.queries.endings import ending_faults
from kheo.directives.queries.states import SUBJECTS, rows_after, state_of
from kheo.journal.queries import details_about, entries_about

BATCH = 1000
NAMES = {"directive": "Văn bản", "arrival": "Văn bản đến", "issue": "Văn bản đi", "drafting": "Bản nháp phong trào"}
_NUMBERS = """
SELECT unit_id, '' AS book, year, number FROM directives_arrival UNION ALL SELECT unit_id, book, year, number FROM directives_issue
"""
# The numbers that a book passed over, for they were used on paper: of several starts after the same number the newest holds.
_PASSED_OVER = (
    "SELECT DISTINCT ON (counter_id, after) counter_id, after, first FROM directives_book_start ORDER BY counter_id, after, id DESC"
)
# Every number from 1 to the counter's last one that was not passed over is there once; `unique` sees to the once.
_GAPS = f"""
WITH jumped AS (SELECT o.counter_id, sum(o.first - 1 - o.after) AS many FROM ({_PASSED_OVER}) AS o
                JOIN directives_counter AS c ON c.id = o.counter_id AND c.last > o.after GROUP BY 1)
SELECT c.unit_id, c.book, c.year, c.last FROM directives_counter AS c
  LEFT JOIN jumped ON jumped.counter_id = c.id
  LEFT JOIN ({_NUMBERS}) AS b ON b.unit_id = c.unit_id AND b.book = c.book AND b.year = c.year
 GROUP BY c.id, jumped.many
HAVING count(b.number) <> c.last - coalesce(jumped.many, 0) OR coalesce(max(b.number), 0) <> c.last ORDER BY c.id
"""  # noqa: S608  # constants of ours
_USED_TWICE = f"""
SELECT c.unit_id, c.book, c.year, b.number FROM ({_PASSED_OVER}) AS o JOIN directives_counter AS c ON c.id = o.counter_id
  JOIN ({_NUMBERS}) AS b ON b.unit_id = c.unit_id AND b.book = c.book AND b.year = c.year AND b.number > o.after AND b.number < o.first
 ORDER BY c.id, b.number
"""  # noqa: S608  # constants of ours
_STARTS_ELSEWHERE = """
SELECT c.unit_id, c.book, c.year FROM directives_counter AS c WHERE c.start_at IS DISTINCT FROM
       coalesce((SELECT s.first FROM directives_book_start AS s WHERE s.counter_id = c.id ORDER BY s.id DESC LIMIT 1), 1) ORDER BY c.id
"""


def paper_faults() -> Iterator[str]:
    """Every disagreement in the books, each naming its row."""
    for unit, book, year, last in _rows(_GAPS):
        yield f"{_book(book, year, unit)} thiếu số: sổ đếm tới {last}."
    for unit, book, year, number in _rows(_USED_TWICE):
        yield f"{_book(book, year, unit)}: số {number} đã ghi là dùng trên giấy."
    for unit, book, year in _rows(_STARTS_ELSEWHERE):
        yield f"{_book(book, year, unit)}: số bắt đầu bị sửa mà không ghi sổ."
    yield from _starts_unlike_the_journal()
    for subject in SUBJECTS:
        yield from _faults_of(subject)
    yield from link_faults()
    yield from ending_faults()
    yield from tie_faults()
    yield from chain_faults()


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _book(book: str, year: int, unit: int) -> str:
    return f"Sổ văn bản {book or 'đến'} năm {year} của đơn vị {unit}"


def _starts_unlike_the_journal() -> Iterator[str]:
    starts = BookStart.objects.order_by("pk")
    sealed = {number: (told.get("after"), told.get("first")) for number, told in details_about("book_start", [row.pk for row in starts])}
    for row in starts:
        if sealed.get(row.pk) != (row.after, row.first):
            yield f"Số bắt đầu của sổ không khớp nhật ký (book_start {row.pk})."


def link_faults() -> Iterator[str]:
    """What one paper is to another, where the journal tells it otherwise or not at all."""
    rows = {row.pk: row for row in DirectiveLink.objects.order_by("pk")}
    told: dict[int, tuple[object, ...]] = {}
    ended: dict[int, datetime] = {}
    for entry in entries_about("paper_link", DirectiveLink.objects.values("pk")):
        if entry.act == "link_papers":
            said = entry.detail
            told[entry.object_id] = (said["directive"], said["other"], said["role"], said["from_day"], entry.at)
        else:
            ended.setdefault(entry.object_id, entry.at)
    for number, row in rows.items():
        day = row.from_day.isoformat() if row.from_day else None
        if told.get(number) != (row.directive_id, row.other_id, row.role, day, row.made_at) or ended.get(number) != row.withdrawn_at:
            yield f"Quan hệ giữa hai văn bản không như nhật ký ghi (paper_link {number})."


def _faults_of(subject: str) -> Iterator[str]:
    after = 0
    while rows := rows_after(subject, after, BATCH):
        after = rows[-1].pk
        numbers = [row.pk for row in rows]
        newest: dict[int, str] = {}
        written: dict[int, list[str]] = {}
        for number, state in (
            Writing.objects.filter(subject=subject, subject_id__in=numbers).order_by("pk").values_list("subject_id", "state")
        ):
            newest[number] = content_hash(state)
            written.setdefault(number, []).append(newest[number])
        sealed: dict[int, list[str]] = {}
        for number, detail in details_about(subject, numbers):
            sealed.setdefault(number, []).extend([detail["state"]] if "state" in detail else [])
        for row in rows:
            if subject == "drafting" and row.pk not in newest and sealed.get(row.pk) == []:
                continue  # begun and last written before drafts were sealed: the journal has its acts, none with a state
            if newest.get(row.pk) != content_hash(state_of(row)):
                yield f"{NAMES[subject]} bị sửa mà không ghi sổ ({subject} {row.pk})."
            elif written.get(row.pk) != sealed.get(row.pk):
                yield f"{NAMES[subject]}: các lần ghi không khớp nhật ký ({subject} {row.pk})."
