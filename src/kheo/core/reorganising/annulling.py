"""Taking an event back by a counter-event. Nothing is deleted: what the event opened ends, what it ended goes on in a new row.

From the event's own day it is as if it had never been; from a later day (a decision withdrawn in between) what was in force
in between stays in the record. Events are taken back newest first; one that a later event builds on is refused.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kheo.core.days import format_day
from kheo.core.problems import Problem, in_order
from kheo.core.reorganising.events import Event
from kheo.core.reorganising.faults import standing_faults
from kheo.core.reorganising.plans import Act, Effect, Key, Plan, gather
from kheo.core.reorganising.standing import Fact, Slot, Span, Standing


@dataclass(frozen=True)
class Done:
    """A recorded event with what it did to the spans, in the order in which it was done."""

    id: int
    unit: int
    day: date
    told: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True, kw_only=True)
class Annulled(Event):
    """The counter-event of one event; `unit` is the unit of that event, `day` the day from which it does not hold."""

    event: int


@dataclass
class _Undoing:
    standing: Standing
    heirs: dict[Key, list[int]]
    effects: list[Effect] = field(default_factory=list)
    fresh: dict[int, Slot] = field(default_factory=dict)
    row: int = 0

    def span(self, slot: Slot, row: int) -> Span | None:
        return next((span for span in self.standing.slots.get(slot, ()) if span.row == row), None)

    def is_empty(self, row: int) -> bool:
        """Whether no day is left of a span opened here."""
        span = self.span(self.fresh[row], row)
        return span is not None and span.starts == span.ends

    def end(self, index: int, slot: Slot, row: int, day: date) -> None:
        """End a span and everything that continues it on a day, or leave no day of it when it began later."""
        span = self.span(slot, row)
        if span is not None and span.ends != span.starts and (span.ends is None or span.ends > day):
            ends = max(day, span.starts)
            self.effects.append(Effect(index, Act.ENDED, slot, row, span.ends))
            self.standing.end(slot, row, ends)
        for heir in self.heirs.get((slot.fact, row), ()):
            self.end(index, slot, heir, day)

    def end_posts(self, index: int, unit: int, day: date) -> None:
        """Nobody holds a post at a unit that is not there any more."""
        for slot in self.standing.slots_of(unit):
            if slot.fact is Fact.POST:
                for span in list(self.standing.slots[slot]):
                    self.end(index, slot, span.row, day)

    def go_on(self, index: int, effect: Effect, value: Span, day: date) -> None:
        """A new row with the old value, from a day to where it had ended before; a post no longer than until its holder left it."""
        ends = min((end for end in (effect.ends_before, value.left) if end is not None), default=None)
        if ends is not None and ends <= day:
            return
        self.row -= 1
        self.standing.open(effect.slot, Span(self.row, value.value, day, ends, value.left))
        self.effects.append(Effect(index, Act.OPENED, effect.slot, self.row, None, effect.row))
        self.heirs[effect.slot.fact, effect.row].append(self.row)
        self.fresh[self.row] = effect.slot


def plan_annulment(
    standing: Standing, events: Sequence[Done], heirs: Mapping[Key, Sequence[int]], later: Mapping[Key, Done], *, from_day: date | None
) -> Plan:
    """Take back these events from a day on (None: each from its own day).

    `standing` holds every span of the units concerned, also past ones, and is changed; `heirs`: rows that continue a row by an
    earlier annulment; `later`: for a row, an event not in `events` and still standing that ended it.
    """
    known: dict[Key, list[int]] = defaultdict(list, {key: list(rows) for key, rows in heirs.items()})
    undoing = _Undoing(standing, known)
    counters: list[Annulled] = []
    problems: list[Problem] = []
    for index, done in enumerate(sorted(events, key=lambda each: (-each.day.toordinal(), -each.id))):
        day = max(from_day, done.day) if from_day else done.day
        counters.append(Annulled(day=day, unit=done.unit, event=done.id))
        problems += _builds_on(done, known, later)
        so_far = len(undoing.effects)
        _take_back(undoing, index, done, day)
        problems += _in_between(undoing, undoing.effects[so_far:], done, day)
    if counters:
        problems += standing_faults(standing, sorted(counters, key=lambda each: each.day), "")
    return _plan(undoing, counters, problems)


def _builds_on(done: Done, heirs: Mapping[Key, Sequence[int]], later: Mapping[Key, Done]) -> list[Problem]:
    """A later event that ended what this one opened must be taken back first."""
    keys = [(effect.slot.fact, effect.row) for effect in done.effects if effect.act is Act.OPENED]
    for fact, row in keys:
        keys += [(fact, heir) for heir in heirs.get((fact, row), ())]  # grows while it is read: heirs of heirs
    blocking = dict.fromkeys(later[key].told for key in keys if key in later)
    return [Problem(f"Không huỷ được “{done.told}”: sự kiện sau dựa vào nó, hãy huỷ trước: “{told}”.") for told in blocking]


def _in_between(undoing: _Undoing, effects: Sequence[Effect], done: Done, day: date) -> list[Problem]:
    """A later event that was taken back itself, but only from a later day, held in between: what it opened then stays in the record.

    `effects`: what taking back `done` has done; a country is taken back at once, so nothing else is looked at.
    """
    until: list[date] = []
    for row in dict.fromkeys(effect.row for effect in effects if effect.row in undoing.fresh):
        slot = undoing.fresh[row]
        mine = undoing.span(slot, row)
        if mine is None or mine.starts == mine.ends:
            continue
        for other in undoing.standing.slots[slot]:
            is_met = (mine.ends is None or other.starts < mine.ends) and (other.ends is None or mine.starts < other.ends)
            if other.row != row and other.starts != other.ends and is_met and other.ends is not None:
                until.append(other.ends)
    if not until:
        return []
    since = format_day(max(until))
    told = f"một sự kiện sau nó còn hiệu lực đến trước ngày {since}; hãy huỷ từ ngày {since}."
    return [Problem(f"Không huỷ được “{done.told}” từ ngày {format_day(day)}: {told}")]


def _take_back(undoing: _Undoing, index: int, done: Done, day: date) -> None:
    for effect in reversed(done.effects):
        if effect.act is Act.OPENED:
            undoing.end(index, effect.slot, effect.row, day)
    for effect in reversed(done.effects):
        if effect.act is Act.ENDED:
            ended = undoing.span(effect.slot, effect.row)
            if ended is not None and ended.ends is not None:
                undoing.go_on(index, effect, ended, max(day, ended.ends, ended.starts))
    begun = [effect.slot.unit for effect in done.effects if effect.act is Act.OPENED and effect.slot.fact is Fact.NAME]
    for unit in begun:
        if not undoing.standing.is_living(unit, day):
            undoing.end_posts(index, unit, day)


def _plan(undoing: _Undoing, counters: Sequence[Annulled], problems: Sequence[Problem]) -> Plan:
    """Without what was both taken up again and ended in the same annulment: a row for nothing."""
    idle = {row for row in undoing.fresh if undoing.is_empty(row)}
    effects = [effect for effect in undoing.effects if effect.row not in idle]
    opened, ended = gather(effects, undoing.standing)
    return Plan(tuple(counters), tuple(effects), tuple(opened), tuple(ended), in_order(list(problems)), ())
