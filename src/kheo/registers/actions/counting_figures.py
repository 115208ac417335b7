"""Figures of very many units take seconds to count: a worker does it, once for everybody, and the page answers at once."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kheo.registers.queries.book_figures import BookFigures, Branches, window_of
from kheo.registers.queries.definitions import book
from kheo.registers.queries.kept_figures import count_table, is_due, kept_table

COUNT_FIGURES = "count_figures"  # of config.jobs.counting


def order_figures(found: BookFigures) -> None:
    """Have a worker count the table of a register; one that waits already, or is being counted, is enough."""
    branches = found.branches
    asked: dict[str, Any] = {
        "code": found.book.register.code,
        "path": list(found.path),
        "whole": branches.is_whole,
        "on": branches.on.isoformat(),
        "year": found.window.since.year,
    }
    queued = ":".join([COUNT_FIGURES, *(str(each) for each in asked.values())])
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(COUNT_FIGURES, queueing_lock=queued, lock=queued).defer(**asked)


def count_figures(code: str, path: list[int], *, whole: bool, on: date, year: int, at: datetime) -> bool:
    """Count a table that was ordered; False where nobody needs it any more: no such register, or counted by another meanwhile."""
    now = book(code)
    if now is None:
        return False
    found = BookFigures(now, Branches(path[0], on, whole), path, window_of(year, on))
    kept = kept_table(found, at)
    if kept is not None and not is_due(kept, at):
        return False
    count_table(found, at)
    return True
