"""The worker: takes jobs from the queue in PostgreSQL and does them, in a thread of its own, until it is asked to end.

`kheo up` has one beside its web server, `kheo worker` is one. Any number may run at once.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import configure_task

from kheo.config.jobs.comparing import COMPARE
from kheo.config.jobs.looking import LOOK_AT_PAGES
from kheo.config.jobs.looking_back import KEEP_MILESTONES
from kheo.config.jobs.purging import PURGE
from kheo.config.jobs.reminding import REMIND, TAKE_EFFECT

logger = logging.getLogger(__name__)

BEAT = 60.0
PAUSE = 2.0  # after the database went away, before it is looked for again
LONGEST_END = 20.0  # for the job in hand; then the process ends without it, and another worker takes it up
KEPT_HOURS = 30 * 24  # jobs that failed are kept so long, to be looked at
STALLED = 60.0  # seconds without a sign of life from the worker that has a job in hand


@contextmanager
def working() -> Iterator[None]:
    """Jobs are done in the background for as long as the block lasts."""
    worker = Worker()
    worker.start()
    try:
        yield
    finally:
        worker.end()


class Worker:
    """One thread with an event loop, in which procrastinate's worker runs; jobs themselves run in a thread beside it."""

    def __init__(self) -> None:
        self._began = Event()
        self._thread = Thread(target=self._run, name="kheo-worker", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None

    def start(self) -> None:
        """Begin; returns once it can be asked to end."""
        self._thread.start()
        self._began.wait()

    def end(self) -> None:
        """Finish the job in hand, leave the rest to the next worker."""
        if self._loop is not None and self._ending is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(LONGEST_END + 10)

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        self._began.set()
        while not self._ending.is_set():
            try:
                await _serve(self._ending)
            except Exception as fault:  # mostly a database that is away: whatever it was, the next jobs must be done
                logger.warning("worker interrupted (%s), goes on in %.0f s", type(fault).__name__, PAUSE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), PAUSE)


async def _serve(ending: asyncio.Event) -> None:
    """Work until asked to end, or until the database goes away."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3, timeout=10)
    mine = app.with_connector(connector)
    try:
        await mine.open_async()
        await mine.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)
        await _first_of(_work(mine), _beat(mine), ending.wait())
    finally:
        with suppress(Exception):  # of a database that is away
            await connector.close_async()


async def _work(mine: App) -> None:
    # Two at a time: a long job does not keep the reminders back.
    await mine.run_worker_async(
        name="kheo", concurrency=2, install_signal_handlers=False, shutdown_graceful_timeout=LONGEST_END, delete_jobs="successful"
    )


async def _beat(mine: App) -> None:
    """Orders the job that looks at the clock, and takes jobs back from workers that died.

    procrastinate's own periodic tasks count on the machine's clock: one that is set back stops them until it has caught up, one
    that is set forward makes up for every beat between. Pauses of this loop are measured by a clock that nobody sets.
    """
    while True:
        for job in await mine.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await mine.job_manager.retry_job(job)
        for name in (TAKE_EFFECT, REMIND, COMPARE, KEEP_MILESTONES, LOOK_AT_PAGES, PURGE):
            with suppress(AlreadyEnqueued):
                # By name: the task itself would be ordered over Django's connection, which is not for event loops.
                await configure_task(name=name, job_manager=mine.job_manager, queueing_lock=name).defer_async()
        await asyncio.sleep(BEAT)


async def _first_of(*doings: Coroutine[Any, Any, object]) -> None:
    """Until one of them ends; the others are asked to end and waited for. Raises what one raised."""
    tasks = [asyncio.create_task(each) for each in doings]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for task in done:
        task.result()
