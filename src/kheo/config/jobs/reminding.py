"""The beat of the worker: what is due is told, what waits to be sent is sent."""

import logging

from procrastinate.contrib.django import app

from kheo.config.clock import now

logger = logging.getLogger(__name__)

REMIND = "remind"


@app.task(name=REMIND, queueing_lock=REMIND)
def remind() -> None:
    """Every beat; running twice, or twice at once, does nothing more."""
    logger.debug("beat at %s", now())
