"""Writing a plan's spans and what each event did to them: a few statements, however many events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from kheo.core.reorganising import Effect, Fact, Plan, Slot, Span
from kheo.core.text import fold, sort_key
from kheo.org.actions.locking import BATCH
from kheo.org.models import Post, Relation, SpanChange, Suspension, UnitCode, UnitEvent, UnitKind, UnitName
from kheo.org.queries.standing import TABLES


def store_spans(plan: Plan, events: Sequence[UnitEvent], ids: Mapping[int, int]) -> None:
    """End and open what the plan says; `ids` gives the stored unit for each negative one."""
    _end(plan.ended)
    rows = _open(plan.opened, ids)
    SpanChange.objects.bulk_create([_change(effect, events, rows) for effect in plan.effects], batch_size=BATCH)


def _change(effect: Effect, events: Sequence[UnitEvent], rows: Mapping[int, int]) -> SpanChange:
    return SpanChange(
        event=events[effect.event],
        act=effect.act,
        fact=effect.slot.fact,
        row=rows.get(effect.row, effect.row),
        ends_before=effect.ends_before,
        continues=rows.get(effect.continues, effect.continues) if effect.continues is not None else None,
    )


def _end(ended: Sequence[tuple[Slot, int, date]]) -> None:
    """One statement a table: thousands of rows travel as two arrays."""
    by_fact: dict[Fact, list[tuple[int, date]]] = defaultdict(list)
    for slot, row, ends in ended:
        by_fact[slot.fact].append((row, ends))
    with connection.cursor() as cursor:
        for fact, pairs in by_fact.items():
            table = TABLES[fact]._meta.db_table
            given = "unnest(%s::bigint[], %s::date[]) AS new(id, ends)"
            cursor.execute(
                f"UPDATE {table} SET ends = new.ends FROM {given} WHERE {table}.id = new.id",  # noqa: S608  # a table of ours
                [[row for row, _ in pairs], [ends for _, ends in pairs]],
            )


def _open(opened: Sequence[tuple[Slot, Span]], ids: Mapping[int, int]) -> dict[int, int]:
    """Stored rows by the plan's negative numbers."""
    rows: dict[int, int] = {}
    by_fact: dict[Fact, list[tuple[Slot, Span]]] = defaultdict(list)
    for slot, span in opened:
        by_fact[slot.fact].append((slot, span))
    for fact, spans in by_fact.items():
        made: list[Any] = [_row(slot, span, ids) for slot, span in spans]
        manager = TABLES[fact].objects
        for (_, span), stored in zip(spans, manager.bulk_create(made, batch_size=BATCH), strict=True):
            rows[span.row] = stored.pk
    return rows


def _row(slot: Slot, span: Span, ids: Mapping[int, int]) -> Model:
    unit = ids.get(slot.unit, slot.unit)
    days = {"starts": span.starts, "ends": span.ends}
    text = str(span.value)
    match slot.fact:
        case Fact.NAME:
            return UnitName(unit_id=unit, name=text, folded=fold(text), sort_key=sort_key(text), **days)
        case Fact.KIND:
            return UnitKind(unit_id=unit, kind=text, **days)
        case Fact.CODE:
            return UnitCode(unit_id=unit, scheme=slot.key, value=text, **days)
        case Fact.PLACE:
            parent = None if span.value is None else ids.get(int(span.value), int(span.value))
            return Relation(child_id=unit, line=slot.key, parent_id=parent, **days)
        case Fact.SUSPENSION:
            return Suspension(unit_id=unit, **days)
        case Fact.POST:
            user, role = slot.key.split(":")
            return Post(unit_id=unit, user_id=int(user), role=role, ends_by_hand=span.left, **days)
