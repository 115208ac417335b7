"""What counted just before an instant: of each report the revision whose figures stood accepted then."""

from datetime import datetime

import numpy as np
from django.db import connection
from psycopg import Cursor
from psycopg.rows import tuple_row

from kheo.core.milestones import Counted

REPORTS = """
  FROM reports_obligation owed
  JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %(cycle)s AND owed.position >= %(start)s AND owed.position < %(end)s
"""
# What a report's own row tells: what counts now was accepted before the instant, or only since.
BEFORE, SINCE = "AND report.accepted_at < %(instant)s", "AND report.accepted_at >= %(instant)s"


def replaced(column: str) -> str:
    """A column of the revision that counted then, of a report that was accepted anew since; NULL where none did.

    It is not looked for where nothing had been received by then: a report is received no later than any revision of it is accepted.
    """
    return f"""(
         SELECT earlier.{column} FROM reports_revision earlier
           JOIN reports_decision decision ON decision.revision_id = earlier.id
          WHERE earlier.report_id = report.id AND decision.act = 'accept' AND decision.decided_at < %(instant)s
          ORDER BY earlier.number DESC LIMIT 1)"""  # noqa: S608  # a constant of ours


# All of a country in two values: as rows they would take as long to hand over as to find.
COUNTED = f"""
SELECT string_agg(int8send(revision), ''::bytea), string_agg(int8send(position), ''::bytea)
  FROM (SELECT report.accepted_id AS revision, owed.position {REPORTS} {BEFORE}
        UNION ALL
        SELECT * FROM (SELECT {replaced("id")} AS revision, owed.position {REPORTS} {SINCE}
                          AND report.received_at < %(instant)s OFFSET 0) AS anew
         WHERE revision IS NOT NULL) AS counted
"""  # noqa: S608  # constants of ours


def counted_before(cycle: int, start: int, end: int, instant: datetime) -> Counted:
    """Of the places from `start` to before `end`: one statement, so that an acceptance in the same moment is in it or is not."""
    values = {"cycle": cycle, "start": start, "end": end, "instant": instant}
    connection.ensure_connection()
    with Cursor(connection.connection, row_factory=tuple_row) as cursor:
        found = cursor.execute(COUNTED, values, binary=True).fetchone() or (None, None)
    revisions, places = (np.frombuffer(column or b"", ">i8").astype(np.int64) for column in found)
    return Counted.of(revisions, places)
