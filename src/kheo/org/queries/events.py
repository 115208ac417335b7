"""What happened to units: the record as it is read, told and taken back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kheo.core.days import format_day
from kheo.core.reorganising import EVENT_NAMES, Act, Done, Effect, EventKind, Fact, Slot
from kheo.org.models import SpanChange, Succession, UnitCode, UnitEvent, UnitName
from kheo.org.queries.standing import TABLES


@dataclass(frozen=True)
class EventTold:
    """An event as people read it: names and codes are those of the unit around that day."""

    id: int
    batch: int
    kind: str
    unit: int
    unit_name: str
    unit_code: str
    day: date
    decision_number: str
    decision_day: date | None
    note: str
    detail: Mapping[str, Any]
    annulled_by: int | None
    annuls: int | None
    annulled_on: date | None = None

    @property
    def words(self) -> str:
        """What happened, in Vietnamese."""
        return EVENT_NAMES[EventKind(self.kind)]


def events_told(
    *, unit: int | None = None, first: date | None = None, last: date | None = None, batch: int | None = None
) -> list[EventTold]:
    """Events by day, oldest first: of a unit (also where it follows or is followed), of days, of a batch."""
    rows = UnitEvent.objects.all()
    if unit is not None:
        about = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).values("event")
        rows = rows.filter(Q(unit=unit) | Q(pk__in=about))
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    if batch is not None:
        rows = rows.filter(batch=batch)
    return tell(list(rows.select_related("annulled_by").order_by("day", "pk")))


def tell(rows: Sequence[UnitEvent]) -> list[EventTold]:
    """These rows, read with `annulled_by`, as people read them: two queries however many."""
    names = _last_known(UnitName.objects, "name", rows)
    codes = _last_known(UnitCode.objects, "value", rows)
    return [_told(row, names, codes) for row in rows]


def events_by_id(events: Collection[int]) -> dict[int, EventTold]:
    """These events, without the names of their units."""
    return {row.pk: _told(row, {}, {}) for row in UnitEvent.objects.filter(pk__in=events).select_related("annulled_by")}


def bounds(units: Collection[int], on: date) -> dict[int, EventTold]:
    """By unit the last event up to a day by which it ended with nobody to follow, or else the first after it by which it began."""
    ended = Q(kind=EventKind.CLOSED, day__lte=on) & ~Q(annulled_by__day__lte=on)
    began = Q(kind=EventKind.ESTABLISHED, day__gt=on, annulled_by=None)
    rows = UnitEvent.objects.filter(ended | began, unit__in=units).select_related("annulled_by").order_by("day", "pk")
    found: dict[int, EventTold] = {}
    for row in rows:
        if row.day <= on or row.unit_id not in found:
            found[row.unit_id] = _told(row, {}, {})
    return found


@dataclass(frozen=True)
class EventsOfDay:
    """What happened on one day: how often which kind of event, and the decisions behind it."""

    day: date
    counts: Mapping[EventKind, int]
    decisions: tuple[str, ...]

    @property
    def words(self) -> str:
        """`hợp nhất 3, chia, tách 1 (Nghị quyết 202/2025/QH15)`."""
        told = "; ".join(f"{EVENT_NAMES[kind]}: {count}" for kind, count in self.counts.items())
        return f"{told} ({', '.join(self.decisions)})" if self.decisions else told


MOVING = (EventKind.MERGED, EventKind.ABSORBED, EventKind.SPLIT, EventKind.TRANSFERRED, EventKind.CLOSED)
DECISIONS = 3


def events_by_day(units: Collection[int], after: date, until: date) -> tuple[EventsOfDay, ...]:
    """What moved figures between these units on the days `(after, until]`, by day; what was taken back by the last is left out."""
    passed = Succession.objects.filter(Q(predecessor__in=units) | Q(successor__in=units), event__day__gt=after, event__day__lte=until)
    rows = UnitEvent.objects.filter(day__gt=after, day__lte=until, kind__in=MOVING).exclude(annulled_by__day__lte=until)
    rows = rows.filter(Q(unit__in=units) | Q(pk__in=passed.values("event"))).order_by("day", "pk")
    days: dict[date, list[tuple[EventKind, str]]] = defaultdict(list)
    for day, kind, decision in rows.values_list("day", "kind", "decision_number"):
        days[day].append((EventKind(kind), decision))
    return tuple(
        EventsOfDay(
            day,
            {kind: count for kind in MOVING if (count := sum(1 for each, _ in found if each is kind))},
            tuple(dict.fromkeys(decision for _, decision in found if decision))[:DECISIONS],
        )
        for day, found in days.items()
    )


def _last_known(rows: Any, column: str, events: Sequence[UnitEvent]) -> Mapping[int, list[tuple[date, date | None, str]]]:
    known: dict[int, list[tuple[date, date | None, str]]] = defaultdict(list)
    units = {event.unit_id for event in events}
    spans: QuerySet[Any] = rows.filter(unit_id__in=units).order_by("starts", "pk")
    for unit, starts, ends, value in spans.values_list("unit_id", "starts", "ends", column):
        if starts != ends:
            known[unit].append((starts, ends, value))
    return known


def _around(spans: Sequence[tuple[date, date | None, str]], day: date) -> str:
    """What held just before a day, else what began first after it."""
    before = [value for starts, _, value in spans if starts < day]
    return before[-1] if before else spans[0][2] if spans else ""


def _told(row: UnitEvent, names: Mapping[int, Any], codes: Mapping[int, Any]) -> EventTold:
    counter = getattr(row, "annulled_by", None)
    return EventTold(
        id=row.pk,
        batch=row.batch_id,
        kind=row.kind,
        unit=row.unit_id,
        unit_name=_around(names.get(row.unit_id, ()), row.day) or str(row.detail.get("name", "")),
        unit_code=_around(codes.get(row.unit_id, ()), row.day) or str(row.detail.get("code", "")),
        day=row.day,
        decision_number=row.decision_number,
        decision_day=row.decision_day,
        note=row.note,
        detail=row.detail,
        annulled_by=counter.pk if counter else None,
        annuls=row.annuls_id,
        annulled_on=counter.day if counter else None,
    )


def heirs_of(events: Sequence[Done]) -> dict[tuple[Fact, int], list[int]]:
    """Rows that continue one which these events opened, after an earlier annulment; heirs of heirs as well."""
    heirs: dict[tuple[Fact, int], list[int]] = defaultdict(list)
    todo = {(effect.slot.fact, effect.row) for done in events for effect in done.effects if effect.act is Act.OPENED}
    while todo:
        found = SpanChange.objects.filter(continues__in={row for _, row in todo}).order_by("pk").values_list("fact", "continues", "row")
        ours = [(Fact(fact), old, row) for fact, old, row in found if old is not None and (Fact(fact), old) in todo]
        for fact, old, row in ours:
            heirs[fact, old].append(row)
        todo = {(fact, row) for fact, _, row in ours}
    return dict(heirs)


def standing_enders(events: Sequence[Done], heirs: Mapping[tuple[Fact, int], Sequence[int]]) -> dict[tuple[Fact, int], Done]:
    """For each row that these events opened (or its heirs): an event not among them, still standing, that ended it."""
    keys = {(effect.slot.fact, effect.row) for done in events for effect in done.effects if effect.act is Act.OPENED}
    keys |= {(fact, row) for (fact, _), rows in heirs.items() for row in rows}
    others = SpanChange.objects.filter(act=Act.ENDED, row__in={row for _, row in keys}, event__annulled_by__isnull=True)
    others = others.exclude(event__in=[done.id for done in events]).exclude(event__kind=EventKind.ANNULLED)
    found: dict[tuple[Fact, int], Done] = {}
    for change in others.select_related("event").order_by("-event_id"):
        key = (Fact(change.fact), change.row)
        if key in keys:
            found[key] = Done(change.event_id, change.event.unit_id, change.event.day, _line(change.event), ())
    return found


def codes_of_rows(rows: Collection[int]) -> set[str]:
    """The codes that these spans say."""
    return set(UnitCode.objects.filter(pk__in=list(rows)).values_list("value", flat=True))


def events_of_batch(batch: int) -> list[int]:
    """The events of a batch that can still be taken back."""
    rows = UnitEvent.objects.filter(batch=batch, annulled_by__isnull=True).exclude(kind=EventKind.ANNULLED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def event_record(event: UnitEvent) -> dict[str, Any]:
    """What the hash in the journal stands for."""
    return {
        "id": event.pk,
        "kind": str(event.kind),
        "unit": event.unit_id,
        "day": event.day.isoformat(),
        "decision": event.decision_number,
        "decision_day": event.decision_day.isoformat() if event.decision_day else None,
        "note": event.note,
        "row": event.row,
        "detail": event.detail,
        "annuls": event.annuls_id,
    }


def recorded(rows: Sequence[UnitEvent]) -> list[Done]:
    """These events with what they did to the spans."""
    changes: dict[int, list[SpanChange]] = defaultdict(list)
    for change in SpanChange.objects.filter(event__in=[row.pk for row in rows]).order_by("pk"):
        changes[change.event_id].append(change)
    slots = _slots([change for found in changes.values() for change in found])
    return [
        Done(row.pk, row.unit_id, row.day, _line(row), tuple(_effect(change, slots) for change in changes.get(row.pk, ()))) for row in rows
    ]


def _line(row: UnitEvent) -> str:
    return f"{EVENT_NAMES[EventKind(row.kind)]} ngày {format_day(row.day)} (số {row.pk})"


def _effect(change: SpanChange, slots: Mapping[tuple[str, int], Slot]) -> Effect:
    slot = slots[change.fact, change.row]
    return Effect(0, Act(change.act), slot, change.row, change.ends_before, change.continues)


_KEYS = {Fact.CODE: ("unit_id", "scheme"), Fact.PLACE: ("child_id", "line")}


def _slots(changes: Collection[SpanChange]) -> Mapping[tuple[str, int], Slot]:
    found: dict[tuple[str, int], Slot] = {}
    for fact, table in TABLES.items():
        rows = {change.row for change in changes if change.fact == fact}
        if not rows:
            continue
        stored: Any = table.objects.filter(pk__in=rows)
        if fact is Fact.POST:
            for row, unit, user, role in stored.values_list("pk", "unit_id", "user_id", "role"):
                found[fact, row] = Slot(fact, unit, f"{user}:{role}")
        elif fact in _KEYS:
            for row, unit, key in stored.values_list("pk", *_KEYS[fact]):
                found[fact, row] = Slot(fact, unit, key)
        else:
            for row, unit in stored.values_list("pk", "unit_id"):
                found[fact, row] = Slot(fact, unit)
    return found


def decisions_of(events: Collection[int]) -> dict[int, str]:
    """The number of the decision behind each of these, where it is known."""
    rows = UnitEvent.objects.filter(pk__in=list(events)).exclude(decision_number="").values_list("pk", "decision_number")
    return dict(rows)
