"""Reminding: the digests of a day, hour by hour as people's quiet hours end."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice

from django.db import transaction

from kheo.core.reminders import Errand, Line, lines_of
from kheo.notices.actions import end_round, is_alone, write_digests
from kheo.notices.queries.rounds import open_rounds
from kheo.reports.queries.reminding import Almanac, errands

BATCH = 500


@dataclass(frozen=True)
class Reminded:
    """How many people got a digest in how many rounds; `was_busy`: another process is at it."""

    rounds: int
    digests: int
    was_busy: bool = False


def remind(almanac: Almanac, *, channels: Collection[str], at: datetime) -> Reminded:
    """Write every round of digests that today still lacks. Safe to call at any time, any number of times, by any number at once."""
    counts: list[int] = []
    for opens in open_rounds(at):
        written = _write_round(opens, almanac, channels, at)
        if written is None:
            return Reminded(len(counts), sum(counts), was_busy=True)
        counts.append(written)
    return Reminded(len(counts), sum(counts))


@transaction.atomic
def _write_round(opens: time, almanac: Almanac, channels: Collection[str], at: datetime) -> int | None:
    """One round, all of it or nothing; None when another process writes just now."""
    if not is_alone():
        return None
    if opens not in open_rounds(at):
        return 0
    count = 0
    for batch in _batches(errands(opens, almanac, at)):
        count += len(write_digests({person: lines_of(todo, at) for person, todo in batch}, channels=channels, at=at))
    end_round(opens, digests=count, at=at)
    return count


def _batches(people: Iterator[tuple[int, list[Errand]]]) -> Iterator[list[tuple[int, list[Errand]]]]:
    while batch := list(islice(people, BATCH)):
        yield batch


@transaction.atomic
def would_remind(almanac: Almanac, *, at: datetime) -> list[tuple[int, tuple[Line, ...]]]:
    """Who would be told what by the rounds that today still lacks; nothing is written."""
    return [(person, lines_of(todo, at)) for opens in open_rounds(at) for person, todo in errands(opens, almanac, at)]
