"""What `kheo verify` looks at in the books: rows against what was written of them, writings against the journal, numbers without gaps."""

from collections.abc import Iterator

from django.db import connection

from kheo.core.chain import content_hash
from kheo.directives.models import Writing
from kheo.directives.queries.chain import chain_faults
from kheo.directives.queries.states import SUBJECTS, rows_after, state_of
from kheo.journal.queries import details_about

BATCH = 1000
NAMES = {"directive": "Văn bản", "arrival": "Văn bản đến", "issue": "Văn bản đi"}
# Every number from 1 to the counter's last one is there once; `unique` sees to the once.
_GAPS = """
SELECT c.unit_id, c.book, c.year, c.last, count(b.number), coalesce(max(b.number), 0)
FROM directives_counter AS c LEFT JOIN (
  SELECT unit_id, '' AS book, year, number FROM directives_arrival
  UNION ALL SELECT unit_id, book, year, number FROM directives_issue
) AS b ON b.unit_id = c.unit_id AND b.book = c.book AND b.year = c.year
GROUP BY c.id HAVING count(b.number) <> c.last OR coalesce(max(b.number), 0) <> c.last ORDER BY c.id
"""


def paper_faults() -> Iterator[str]:
    """Every disagreement in the books, each naming its row."""
    with connection.cursor() as cursor:
        cursor.execute(_GAPS)
        for unit, book, year, last, _, _ in cursor.fetchall():
            yield f"Sổ văn bản {book or 'đến'} năm {year} của đơn vị {unit} thiếu số: sổ đếm tới {last}."
    for subject in SUBJECTS:
        yield from _faults_of(subject)
    yield from chain_faults()


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
            if newest.get(row.pk) != content_hash(state_of(row)):
                yield f"{NAMES[subject]} bị sửa mà không ghi sổ ({subject} {row.pk})."
            elif written.get(row.pk) != sealed.get(row.pk):
                yield f"{NAMES[subject]}: các lần ghi không khớp nhật ký ({subject} {row.pk})."
