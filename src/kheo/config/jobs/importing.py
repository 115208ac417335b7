"""Rows of a large table are written into a register when the page that confirmed it has answered."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kheo.config.clock import now

WRITE_ENTRIES = "write_entries"
TURN = 100  # rows


@app.task(name=WRITE_ENTRIES, retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def write_entries(number: int) -> None:
    """One turn, then the next as a job of its own, in the name of who sent it and with their rights of that moment."""
    from kheo.org.access import person
    from kheo.registers.actions.importing import write_next
    from kheo.registers.queries.importing import unfinished_import

    found = unfinished_import(number)
    if found is None:
        return
    at = now()
    if write_next(found.pk, by=person(found.sent_by, at), at=at, most=TURN):
        app.configure_task(WRITE_ENTRIES).defer(number=number)
