"""Which entries a report that was sent still counts: what they are proof of must not go."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection

from kheo.core.days import local_day

# Of each report the revision that was sent last and the one that was accepted: what came before them counts nothing any more.
_COUNTED = """
SELECT (pair.value->>0)::bigint AS entry, max(v.submitted_at)
FROM reports_report AS r
JOIN reports_revision AS v ON v.id IN (r.latest_id, r.accepted_id)
CROSS JOIN LATERAL jsonb_each(v.enclosures->'counted') AS cell
CROSS JOIN LATERAL jsonb_array_elements(cell.value->'entries') AS pair
WHERE v.enclosures ? 'counted' AND (pair.value->>0)::bigint = ANY(%s)
GROUP BY entry
"""


def last_counted(entries: Collection[int]) -> dict[int, date]:
    """Of those that a sent or accepted report counts, the day on which the last such report was sent: one query."""
    if not entries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [list(entries)])
        rows: list[tuple[int, datetime]] = cursor.fetchall()
    return {entry: local_day(sent) for entry, sent in rows}
