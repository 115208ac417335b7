"""Counting how similar units' figures scatter, when something was sent since the last count."""

from procrastinate.contrib.django import app

from kheo.config.clock import now

COMPARE = "compare"


@app.task(name=COMPARE, queueing_lock=COMPARE)
def compare() -> None:
    """Every beat; mostly there is nothing due."""
    from kheo.reports.actions import recount_due_peers

    recount_due_peers(at=now())
