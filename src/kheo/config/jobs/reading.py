"""Workbooks that were sent many at once are read on when the page that took them in has answered."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kheo.config.clock import now

READ_WORKBOOKS = "read_workbooks"
TURN = 50  # files


@app.task(name=READ_WORKBOOKS, retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def read_workbooks(batch: int) -> None:
    """One turn, then the next as a job of its own: a worker that is asked to end has little in hand, one that dies loses little."""
    from kheo.reports.access import batch_sender
    from kheo.reports.actions.reading_in import order_reading, read_next
    from kheo.reports.queries.workbook_batches import unfinished

    found = unfinished(batch)
    if found is None:
        return
    at = now()
    if read_next(found.pk, by=batch_sender(found, at), at=at, most=TURN).left:
        order_reading(found.pk)
