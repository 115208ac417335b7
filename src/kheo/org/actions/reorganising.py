"""Recording what happened to units, one event or thousands, and taking it back by counter-events."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kheo.core.chain import content_hash
from kheo.core.problems import Problem
from kheo.core.reorganising import (
    Absorbed,
    Annulled,
    CodeChanged,
    Detached,
    Established,
    Event,
    EventKind,
    KindChanged,
    Merged,
    Plan,
    Renamed,
    Split,
    Transferred,
    ended_by,
    kind_of,
    successions_of,
)
from kheo.journal.actions import Actor, record
from kheo.org.actions.locking import BATCH, lock_tree
from kheo.org.actions.planning import after_many
from kheo.org.actions.spans import store_spans
from kheo.org.models import EventBatch, Succession, Unit, UnitEvent
from kheo.org.queries.annulling import no_reason, planned_annulment
from kheo.org.queries.events import event_record
from kheo.org.queries.planning import planned

# Asked about a plan under the lock; what it finds refuses the act.
Guard = Callable[[Plan], tuple[Problem, ...]]


@dataclass(frozen=True)
class Reorganised:
    """What was recorded (`batch` None: nothing, because of `problems`, or on trial), how often what happened, and what is doubtful.

    `ended`: the stored units that it ends.
    """

    batch: int | None
    events: int
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    without_decision: int = 0
    posts_ended: int = 0
    ended: tuple[int, ...] = ()


@dataclass(frozen=True)
class Source:
    """The file that the events come from."""

    file: str = ""
    sha256: str = ""


@transaction.atomic
def record_events(
    events: Sequence[Event], *, by: Actor, at: datetime, source: Source = Source(), guard: Guard = lambda plan: ()
) -> Reorganised:
    """Record events of any days as one act: all of them or, with any problem (also one of the `guard`'s), none."""
    if not events:
        return Reorganised(None, 0, {}, (), ())
    lock_tree()
    plan = planned(events)
    barred = () if plan.problems else guard(plan)
    if barred:
        return Reorganised(None, len(plan.events), {}, barred, plan.doubts)
    return store_plan(plan, source, by=by, at=at)


def store_plan(plan: Plan, source: Source, *, by: Actor, at: datetime) -> Reorganised:
    """Store a plan made on the standing of this transaction, under `lock_tree`; the journal gets one row."""
    counts = dict(Counter(kind_of(event).value for event in plan.events))
    unknown = sum(not event.decision.number for event in plan.events)
    if plan.problems or not plan.events:
        return Reorganised(None, len(plan.events), counts, plan.problems, plan.doubts, unknown, len(plan.posts_ended))
    batch = EventBatch.objects.create(file=source.file, sha256=source.sha256, recorded_at=at, recorded_by=by.name)
    new = [event.unit for event in plan.events if isinstance(event, Established)]
    made = Unit.objects.bulk_create([Unit() for _ in new], batch_size=BATCH)
    ids = {unit: stored.pk for unit, stored in zip(new, made, strict=True)}
    stored = UnitEvent.objects.bulk_create([_event(batch, event, ids) for event in plan.events], batch_size=BATCH)
    _store_successions(plan.events, stored, ids)
    store_spans(plan, stored, ids)
    _tell("reorganise", batch, stored, counts, by, at)
    return Reorganised(batch.pk, len(stored), counts, (), plan.doubts, unknown, len(plan.posts_ended), _ended(plan))


def _ended(plan: Plan) -> tuple[int, ...]:
    """Units that were there before; one that the same plan makes and ends has nothing that could be touched."""
    return tuple(dict.fromkeys(unit for event in plan.events for unit in ended_by(event) if unit > 0))


def _tell(act: str, batch: EventBatch, stored: Sequence[UnitEvent], counts: dict[str, int], by: Actor, at: datetime, **more: Any) -> None:
    """One row for all: the hash of the file and of every event's record, so that none can be changed unseen."""
    record(
        act,
        by=by,
        at=at,
        object_type="event_batch",
        object_id=batch.pk,
        unit_id=stored[0].unit_id if len(stored) == 1 else None,
        file=batch.file,
        sha256=batch.sha256,
        events=len(stored),
        first=stored[0].pk,
        last=stored[-1].pk,
        records=content_hash([event_record(event) for event in stored]),
        counts=counts,
        **more,
    )


def _event(batch: EventBatch, event: Event, ids: dict[int, int]) -> UnitEvent:
    return UnitEvent(
        batch=batch,
        kind=kind_of(event),
        unit_id=ids.get(event.unit, event.unit),
        day=event.day,
        decision_number=event.decision.number,
        decision_day=event.decision.day,
        note=event.note,
        row=event.row,
        detail=_detail(event, ids),
    )


def _detail(event: Event, ids: dict[int, int]) -> dict[str, Any]:
    """The words of an event as JSON, units by their stored ids."""

    def real(unit: int | None) -> int | None:
        return None if unit is None else ids.get(unit, unit)

    match event:
        case Established():
            places = [[place.line.value, real(place.parent)] for place in event.places]
            return {"name": event.name, "kind": event.kind, "code": event.code, "places": places}
        case Renamed():
            return {"name": event.name}
        case KindChanged():
            return {"kind": event.kind}
        case CodeChanged():
            return {"code": event.code}
        case Transferred():
            return {"line": event.place.line.value, "parent": real(event.place.parent)}
        case Detached():
            return {"line": event.line.value}
        case Merged():
            return {"predecessors": [real(unit) for unit in event.predecessors]}
        case Absorbed():
            return {"into": real(event.into)}
        case Split():
            return {"successors": [[real(unit), str(share) if share is not None else None] for unit, share in event.successors]}
    return {}


def _store_successions(events: Sequence[Event], stored: Sequence[UnitEvent], ids: dict[int, int]) -> None:
    rows = [
        Succession(
            event=row,
            predecessor_id=ids.get(each.predecessor, each.predecessor),
            successor_id=ids.get(each.successor, each.successor),
            numerator=each.share.numerator if each.share is not None else None,
            denominator=each.share.denominator if each.share is not None else None,
        )
        for event, row in zip(events, stored, strict=True)
        for each in successions_of(event)
    ]
    Succession.objects.bulk_create(rows, batch_size=BATCH)
    after_many(len(events))


@transaction.atomic
def annul_events(
    events: Sequence[int], *, reason: str, by: Actor, at: datetime, from_day: date | None = None, guard: Guard = lambda plan: ()
) -> Reorganised:
    """Take events back by counter-events, each from its own day (as if it had never been) or from a later day on.

    All at once or, with any problem, none. Refused: an event that is taken back already, a counter-event, an event that a later
    one builds on, a state that would make no sense, an empty reason. `guard` is asked about the plan under the lock.
    """
    lock_tree()
    found = planned_annulment(events, from_day=from_day)
    problems = (*found.problems, *no_reason(reason))
    if problems or found.plan is None:
        return Reorganised(None, len(found.rows), {}, problems, ())
    barred = () if found.plan.problems else guard(found.plan)
    if barred:
        return Reorganised(None, len(found.rows), {}, barred, ())
    return _store_annulment(found.plan, {row.pk: row for row in found.rows}, reason, by, at)


def _store_annulment(plan: Plan, rows: dict[int, UnitEvent], reason: str, by: Actor, at: datetime) -> Reorganised:
    counts = {EventKind.ANNULLED.value: len(plan.events)}
    if plan.problems or not plan.events:
        return Reorganised(None, len(plan.events), counts, plan.problems, ())
    batch = EventBatch.objects.create(recorded_at=at, recorded_by=by.name)
    counters = [
        UnitEvent(batch=batch, kind=EventKind.ANNULLED, unit_id=event.unit, day=event.day, note=reason.strip(), annuls=rows[event.event])
        for event in plan.events
        if isinstance(event, Annulled)
    ]
    stored = UnitEvent.objects.bulk_create(counters, batch_size=BATCH)
    store_spans(plan, stored, {})
    _tell("annul_events", batch, stored, counts, by, at, reason=reason.strip(), annulled=sorted(rows))
    return Reorganised(batch.pk, len(stored), counts, (), ())
