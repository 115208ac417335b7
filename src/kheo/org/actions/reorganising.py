"""Recording what happened to units, one event or thousands, and taking it back by counter-events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kheo.core.chain import content_hash
from kheo.core.problems import Problem
from kheo.core.reorganising import (
    Absorbed,
    Act,
    Annulled,
    CodeChanged,
    Detached,
    Done,
    Established,
    Event,
    EventKind,
    Fact,
    KindChanged,
    Merged,
    Plan,
    Renamed,
    Split,
    Standing,
    Transferred,
    ended_by,
    kind_of,
    plan_annulment,
    successions_of,
)
from kheo.journal.actions import Actor, record
from kheo.org.actions.locking import BATCH, lock_tree
from kheo.org.actions.spans import store_spans
from kheo.org.models import EventBatch, Succession, Unit, UnitEvent
from kheo.org.queries.events import codes_of_rows, event_record, heirs_of, recorded, standing_enders
from kheo.org.queries.planning import planned
from kheo.org.queries.standing import standing_about


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
def record_events(events: Sequence[Event], *, by: Actor, at: datetime) -> Reorganised:
    """Record events of any days as one act: all of them or, with any problem, none."""
    if not events:
        return Reorganised(None, 0, {}, (), ())
    lock_tree()
    return store_plan(planned(events), Source(), by=by, at=at)


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


@transaction.atomic
def annul_events(events: Sequence[int], *, reason: str, by: Actor, at: datetime, from_day: date | None = None) -> Reorganised:
    """Take events back by counter-events, each from its own day (as if it had never been) or from a later day on.

    All at once or, with any problem, none. Refused: an event that is taken back already, a counter-event, an event that a later
    one builds on, a state that would make no sense, an empty reason.
    """
    lock_tree()
    rows = list(UnitEvent.objects.filter(pk__in=list(events)).select_related("annulled_by").order_by("pk"))
    problems = _not_to_annul(events, rows, reason)
    if problems:
        return Reorganised(None, len(rows), {}, tuple(problems), ())
    done = recorded(rows)
    heirs = heirs_of(done)
    plan = plan_annulment(_standing_of(done), done, heirs, standing_enders(done, heirs), from_day=from_day)
    return _store_annulment(plan, {row.pk: row for row in rows}, reason, by, at)


def _standing_of(done: Sequence[Done]) -> Standing:
    """What taking these back can touch: their units, what stands below those that would go, who carries the codes of those that come."""
    effects = [effect for each in done for effect in each.effects]
    units = {effect.slot.unit for effect in effects} | {each.unit for each in done}
    begun = {effect.slot.unit for effect in effects if effect.act is Act.OPENED and effect.slot.fact is Fact.NAME}
    back = [effect.row for effect in effects if effect.act is Act.ENDED and effect.slot.fact is Fact.CODE]
    return standing_about(min(each.day for each in done), units, ending=begun, codes=codes_of_rows(back))


def _not_to_annul(wanted: Sequence[int], rows: Sequence[UnitEvent], reason: str) -> list[Problem]:
    problems = [] if reason.strip() else [Problem("Cần ghi lý do huỷ.", key="reason")]
    missing = sorted(set(wanted) - {row.pk for row in rows})
    problems += [Problem(f"Không có sự kiện số {event}.") for event in missing]
    for row in rows:
        if row.kind == EventKind.ANNULLED:
            problems.append(Problem(f"Sự kiện số {row.pk} là việc huỷ bỏ, không huỷ được; hãy ghi lại sự kiện đã huỷ."))
        elif hasattr(row, "annulled_by"):
            problems.append(Problem(f"Sự kiện số {row.pk} đã được huỷ bỏ rồi."))
    return problems


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
