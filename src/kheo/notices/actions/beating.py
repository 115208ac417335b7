"""Asking the worker to look at once instead of at its next beat."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

JOB = "remind"


def hurry() -> None:
    """Order the job that delivers, in the transaction of the act; one that waits already is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(JOB, queueing_lock=JOB).defer()
