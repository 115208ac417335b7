"""Pages whose addresses entries hold are looked at, a few in each beat, where the office has turned that on."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from procrastinate import JobContext
from procrastinate.contrib.django import app

logger = logging.getLogger(__name__)
LOOK_AT_PAGES = "look_at_pages"
REST = timedelta(minutes=10)  # after nothing was due, or nobody outside answered
_rests_until: datetime | None = None  # of this process; forgotten with it, which costs one query


@app.task(name=LOOK_AT_PAGES, queueing_lock=LOOK_AT_PAGES, pass_context=True)
def look_at_pages(context: JobContext) -> None:
    """Every beat; mostly it is turned off, or nothing is due."""
    look(context.should_abort)


def look(should_stop: Callable[[], bool]) -> None:
    """One run, unless this process rests; ends early when the worker is asked to end."""
    from kheo.config.clock import now
    from kheo.config.looking import looks_outside, pages
    from kheo.registers.actions.looking import look_at_due_pages

    global _rests_until
    if not looks_outside() or (_rests_until is not None and now() < _rests_until):
        return
    run = look_at_due_pages(pages().look, now=now, should_stop=should_stop)
    if run.is_cut_off:
        logger.warning("no site outside answered: no link is called broken for it")
    _rests_until = None if run.looked else now() + REST
