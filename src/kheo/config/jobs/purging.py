"""Old notices, digests and deliveries, and files of changes that nobody recorded, are forgotten in small batches: at night, or by day
where the nights went by without it. Photographs of entries are looked through once a day.
"""

import logging
from collections.abc import Callable
from datetime import date, time, timedelta

from django.db import connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from kheo.config.clock import now
from kheo.core.days import ZONE, local_day

logger = logging.getLogger(__name__)
PURGE = "purge"
_looked_on: date | None = None  # when this process last looked for files of entries whose time is over
# Nobody works then, and digests are not written yet.
NIGHT = (time(1), time(4))
# By day only what a night would have taken: where the server is off at night, that is caught up with as soon as it runs.
MISSED = timedelta(days=1)


@app.task(name=PURGE, queueing_lock=PURGE, pass_context=True)
def purge(context: JobContext) -> None:
    """Every beat; by day there is nothing to do unless nights were missed, at night mostly nothing is old."""
    forget(context.should_abort)


def forget(should_stop: Callable[[], bool]) -> None:
    """Batch after batch until nothing old is left, the night is over (or what it missed is gone), or the worker is asked to end."""
    from django.conf import settings

    from kheo.notices.actions.purging import is_behind
    from kheo.notices.actions.purging import purge as purge_batch
    from kheo.registers.actions.importing import forget_imports
    from kheo.registers.actions.ordering_exports import forget_exports
    from kheo.reports.actions.previews import forget_unrecorded

    forget_imports(at=now())
    forget_cached()
    forget_exports(at=now())
    _forget_photos(should_stop)
    kept = timedelta(days=settings.ENVIRONMENT.notices_kept_days)
    while _is_night() or is_behind(kept=kept + MISSED, at=now()):
        gone, files = purge_batch(kept=kept, at=now()), forget_unrecorded(at=now())
        for each in (gone, files):
            if not each.is_none:
                logger.info("forgot %s", each)
        if (gone.is_all and files.is_all) or should_stop():
            break


def _forget_photos(should_stop: Callable[[], bool]) -> None:
    """Once a day: in the first beat of a process, then in the first of each night."""
    from kheo.journal.actions import SYSTEM
    from kheo.registers.actions.forgetting import forget_due_files
    from kheo.reports.queries.counted_since import last_counted

    global _looked_on
    today = local_day(now())
    if _looked_on == today or not (_looked_on is None or _is_night()):
        return
    for gone in forget_due_files(counted=last_counted, by=SYSTEM, at=now()):
        logger.info("forgot %d contents of entries", gone)
        if should_stop():
            return
    _looked_on = today


def forget_cached() -> None:
    """What the cache kept for a while, once that is over: by itself it drops rows only when it is full, and some tell how often somebody
    without an account sent something."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM config_cache WHERE expires < %s", [timezone.now()])


def _is_night() -> bool:
    return NIGHT[0] <= now().astimezone(ZONE).time() < NIGHT[1]
