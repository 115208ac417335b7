"""Counting how often a number is opened, so that nobody goes on being asked for what nobody looks at.

This is no act of the domain: no row of the journal, no person, no day, only one number for an indicator and a cycle. It is written
while a page is read, by one statement that waits for nobody, since a count of its own request would have to be sent by a script
that old machines may not run.
"""

from django.db import connection

from kheo.campaigns.models import Cycle

COUNT = """
INSERT INTO reports_indicator_opening (cycle_id, indicator, times) VALUES (%s, %s, 1)
    ON CONFLICT (cycle_id, indicator) DO UPDATE SET times = reports_indicator_opening.times + 1
"""


def count_opening(cycle: Cycle, indicator: str) -> None:
    """One more look at what stands behind an indicator's number."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [cycle.pk, indicator])
