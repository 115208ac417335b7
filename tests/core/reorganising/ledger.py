"""A record of spans kept in memory as the database keeps it: for trying plans without one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kheo.core.reorganising import (
    CODE_SCHEME,
    Absorbed,
    Act,
    Annulled,
    Done,
    Effect,
    Established,
    Event,
    Fact,
    Merged,
    Place,
    Plan,
    Slot,
    Span,
    Split,
    Standing,
    Transferred,
    plan_annulment,
    plan_events,
)
from kheo.core.unit_kinds import Line

START = date(2020, 1, 1)
Key = tuple[Fact, int]
Picture = dict[Slot, object]


def day(number: int) -> date:
    """The day so many days after the start."""
    return START + timedelta(days=number)


class Ledger:
    """Spans with numbers, and the events that were recorded with what they did."""

    def __init__(self) -> None:
        self.spans: dict[Key, tuple[Slot, Span]] = {}
        self.done: dict[int, Done] = {}
        self.annulled: set[int] = set()
        self.heirs: dict[Key, list[int]] = {}
        self.units = 0
        self._rows = 0

    def standing(self, on: date) -> Standing:
        return Standing.of((slot, span) for slot, span in self.spans.values() if span.ends is None or span.ends >= on)

    def record(self, *events: Event) -> Plan:
        """Plan and, without problems, keep; negative units get numbers in the order in which they are established."""
        plan = plan_events(self.standing(min(event.day for event in events)), events, "thử.csv")
        if not plan.problems:
            names = {event.unit: self._next_unit() for event in plan.events if isinstance(event, Established)}
            self._keep(plan, names)
        return plan

    def annul(self, events: Iterable[int], from_day: date | None = None) -> Plan:
        """Take recorded events back."""
        chosen = [self.done[event] for event in events]
        standing = self.standing(min(done.day for done in chosen))
        plan = plan_annulment(standing, chosen, self.heirs, self._enders({done.id for done in chosen}), from_day=from_day)
        if not plan.problems:
            self._keep(plan, {})
            self.annulled |= {done.id for done in chosen}
        return plan

    def _next_unit(self) -> int:
        self.units += 1
        return self.units

    def _enders(self, chosen: set[int]) -> dict[Key, Done]:
        standing = [done for done in self.done.values() if done.id not in chosen | self.annulled]
        return {(effect.slot.fact, effect.row): done for done in standing for effect in done.effects if effect.act is Act.ENDED}

    def _keep(self, plan: Plan, units: dict[int, int]) -> None:
        for slot, row, ends in plan.ended:
            kept, span = self.spans[slot.fact, row]
            self.spans[slot.fact, row] = (kept, replace(span, ends=ends))
        rows: dict[int, int] = {}
        for slot, span in plan.opened:
            self._rows += 1
            rows[span.row] = self._rows
            value = units.get(span.value, span.value) if slot.fact is Fact.PLACE and isinstance(span.value, int) else span.value
            stored = slot._replace(unit=units.get(slot.unit, slot.unit))
            self.spans[slot.fact, self._rows] = (stored, replace(span, row=self._rows, value=value))
        effects = [self._stored(effect, rows, units) for effect in plan.effects]
        for effect in effects:
            if effect.continues is not None:
                self.heirs.setdefault((effect.slot.fact, effect.continues), []).append(effect.row)
        if any(isinstance(event, Annulled) for event in plan.events):
            return
        first = len(self.done) + 1
        for index, event in enumerate(plan.events):
            own = tuple(effect for effect in effects if effect.event == index)
            self.done[first + index] = Done(first + index, units.get(event.unit, event.unit), event.day, type(event).__name__, own)

    @staticmethod
    def _stored(effect: Effect, rows: dict[int, int], units: dict[int, int]) -> Effect:
        slot = effect.slot._replace(unit=units.get(effect.slot.unit, effect.slot.unit))
        return replace(effect, slot=slot, row=rows.get(effect.row, effect.row))

    def picture(self, on: date) -> Picture:
        """Every slot with its value on a day; two values in one slot are a fault of Khéo's."""
        found: Picture = {}
        for slot, span in self.spans.values():
            if span.holds(on):
                assert slot not in found, f"{slot} has two values on {on}"
                found[slot] = span.value
        return found

    def pictures(self, days: Sequence[date]) -> list[Picture]:
        return [self.picture(each) for each in days]

    def appoint(self, unit: int, who: str, on: date, until: date | None = None) -> None:
        """Give somebody a post."""
        self._rows += 1
        slot = Slot(Fact.POST, unit, who)
        self.spans[Fact.POST, self._rows] = (slot, Span(self._rows, None, on, until))

    def name(self, unit: int, on: date) -> object:
        return self.picture(on).get(Slot(Fact.NAME, unit))

    def parent(self, unit: int, on: date, line: Line = Line.UNION) -> object:
        return self.picture(on).get(Slot(Fact.PLACE, unit, line), "nowhere")

    def code(self, unit: int, on: date) -> object:
        return self.picture(on).get(Slot(Fact.CODE, unit, CODE_SCHEME))


def begin(
    unit: int, code: str, parent: int | None, *, on: date = START, kind: str = "grassroots_union", line: Line = Line.UNION, row: int = 0
) -> Established:
    """A unit that begins; its name is made of its code."""
    return Established(day=on, unit=unit, name=f"Công đoàn {code}", kind=kind, code=code, places=(Place(line, parent),), row=row)


def move(unit: int, parent: int | None, on: date, line: Line = Line.UNION) -> Transferred:
    return Transferred(day=on, unit=unit, place=Place(line, parent))


def town() -> Ledger:
    """A federation 1, districts 2 and 3, grassroots unions 4 and 5 below 2, 6 below 3."""
    ledger = Ledger()
    plan = ledger.record(
        begin(-1, "F", None, kind="provincial_federation"),
        begin(-2, "D2", -1, kind="district_federation"),
        begin(-3, "D3", -1, kind="district_federation"),
        begin(-4, "G4", -2),
        begin(-5, "G5", -2),
        begin(-6, "G6", -3),
    )
    assert plan.problems == ()
    return ledger


__all__ = ["START", "Absorbed", "Ledger", "Merged", "Split", "begin", "day", "move", "town"]
