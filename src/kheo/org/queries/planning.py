"""What events would do, before they are done: the same plan that `record_events` stores."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kheo.core.change_files import plan_changes, read_changes
from kheo.core.problems import Problem
from kheo.core.reorganising import (
    Absorbed,
    CodeChanged,
    Established,
    Event,
    Merged,
    Plan,
    Split,
    Transferred,
    ended_by,
    plan_events,
)
from kheo.core.unit_file import decode
from kheo.org.models import EventBatch
from kheo.org.queries.events import events_of_batch
from kheo.org.queries.standing import standing_about, standing_from


@dataclass(frozen=True)
class FilePlan:
    """What a file of changes would do (its problems are the plan's), or `problems` why it cannot even be planned.

    `recorded`: the batch that holds the same file already.
    """

    sha256: str
    plan: Plan | None
    problems: tuple[Problem, ...] = ()
    recorded: int | None = None


def planned_file(data: bytes, file: str) -> FilePlan:
    """The plan of a file on what stands now; nothing is stored. Whoever stores it holds `lock_tree` from before this call."""
    digest = hashlib.sha256(data).hexdigest()
    text, unreadable = decode(data, file)
    if unreadable:
        return FilePlan(digest, None, tuple(unreadable))
    changes, wrong = read_changes(text, file)
    if changes is None:
        return FilePlan(digest, None, wrong)
    batch = _standing_batch(digest)
    if batch:
        told = Problem(f"Tệp này đã được ghi rồi (đợt số {batch}); huỷ đợt đó trước nếu muốn ghi lại.", file, 1)
        return FilePlan(digest, None, (told,), batch)
    return FilePlan(digest, plan_changes(changes, standing_from(min(line.day for line in changes.lines))))


def _standing_batch(digest: str) -> int | None:
    batches = EventBatch.objects.filter(sha256=digest).order_by("-pk").values_list("pk", flat=True)
    return next((batch for batch in batches if events_of_batch(batch)), None)


def recorded_hashes() -> "QuerySet[EventBatch, str]":
    """Of every file that was ever recorded, also if that was taken back."""
    return EventBatch.objects.exclude(sha256="").values_list("sha256", flat=True)


def planned(events: Sequence[Event]) -> Plan:
    """The plan of events of any days, with every problem and doubt; nothing is stored. At least one event."""
    named = {unit for event in events for unit in named_in(event) if unit > 0}
    ending = {unit for event in events for unit in ended_by(event) if unit > 0}
    codes = {event.code for event in events if isinstance(event, Established | CodeChanged) and event.code}
    standing = standing_about(min(event.day for event in events), named, ending=ending, codes=codes)
    return plan_events(standing, events)


def named_in(event: Event) -> Iterator[int]:
    """Every unit that an event speaks of."""
    yield event.unit
    match event:
        case Established():
            yield from (place.parent for place in event.places if place.parent is not None)
        case Transferred():
            yield from () if event.place.parent is None else (event.place.parent,)
        case Merged():
            yield from event.predecessors
        case Absorbed():
            yield event.into
        case Split():
            yield from (unit for unit, _ in event.successors)
