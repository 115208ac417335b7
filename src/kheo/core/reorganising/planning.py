"""From events to span changes. All events of a day are one change: what each slot holds after the day is gathered from all of
them first and applied at once, so their order cannot matter (a code given up and taken again, a parent that ends while its
children move, chains of mergers). Days are planned one after the other; the whole is checked on every day from the first on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from kheo.core.problems import Problem, in_order
from kheo.core.reorganising.day_checks import Day, day_problems
from kheo.core.reorganising.doubts import day_doubts
from kheo.core.reorganising.events import (
    CodeChanged,
    Detached,
    Established,
    Event,
    KindChanged,
    Renamed,
    Resumed,
    Suspended,
    Transferred,
    ended_by,
)
from kheo.core.reorganising.faults import standing_faults
from kheo.core.reorganising.plans import Act, Effect, Plan, gather
from kheo.core.reorganising.standing import CODE_SCHEME, FACT_WORDS, Fact, Slot, Span, Standing, Value


@dataclass(frozen=True)
class _Set:
    """A slot holds this value from the day on; with `gone` it holds none."""

    slot: Slot
    value: Value = None
    gone: bool = False


@dataclass
class Planner:
    """Plans day after day on a standing, which it changes: give it one of its own."""

    standing: Standing
    file: str = ""
    events: list[Event] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    _row: int = 0

    def add_day(self, day: date, events: Sequence[Event]) -> None:
        """Everything that happens on a day; days must come in order, each once."""
        if self.events and self.events[-1].day >= day:
            raise ValueError("days are planned in order, each once")
        if any(event.day != day for event in events):
            raise ValueError("an event of another day")
        first = len(self.events)
        self.events += events
        facts = Day.of(day, events, self.standing, self.file)
        found = list(day_problems(facts))
        self.problems += found
        self.doubts += day_doubts(facts)
        asked = [(index, event) for index, event in enumerate(events) if not facts.is_about_nobody(event)]
        ended = {unit for event in events for unit in ended_by(event)}
        settings = [(first + index, each) for index, event in asked for each in _settings(event, ended, self.standing)]
        self._apply(day, self._agreed(settings, ended))

    def finish(self) -> Plan:
        """The plan, checked on every day from the first event on."""
        if self.events:
            self.problems += standing_faults(self.standing, self.events, self.file)
        opened, ended = gather(self.effects, self.standing)
        return Plan(tuple(self.events), tuple(self.effects), tuple(opened), tuple(ended), in_order(self.problems), in_order(self.doubts))

    def _agreed(self, settings: Iterable[tuple[int, _Set]], ended: set[int]) -> dict[Slot, tuple[int, _Set]]:
        """One setting a slot; two that contradict each other are a problem at the second (of a unit that ends, `_once` tells)."""
        agreed: dict[Slot, tuple[int, _Set]] = {}
        for index, setting in settings:
            other = agreed.setdefault(setting.slot, (index, setting))[1]
            if other != setting and setting.slot.unit not in ended:
                event = self.events[index]
                name = self.standing.name(event.unit, event.day)
                message = f"Hai sự kiện cùng ngày nói khác nhau về “{name}” ({FACT_WORDS[setting.slot.fact]})."
                self.problems.append(Problem(message, self.file, event.row))
        return agreed

    def _apply(self, day: date, agreed: dict[Slot, tuple[int, _Set]]) -> None:
        for slot, (index, setting) in agreed.items():
            now = self.standing.at(slot, day)
            if now and not setting.gone and now.value == setting.value:
                continue
            if now:
                self._end(index, slot, now, day)
            if setting.gone:
                for later in list(self.standing.later(slot, day)):
                    self._end(index, slot, later, later.starts)
            else:
                self._row -= 1
                self.standing.open(slot, Span(self._row, setting.value, day))
                self.effects.append(Effect(index, Act.OPENED, slot, self._row))

    def _end(self, index: int, slot: Slot, span: Span, day: date) -> None:
        self.effects.append(Effect(index, Act.ENDED, slot, span.row, span.ends))
        self.standing.end(slot, span.row, day)


def plan_events(standing: Standing, events: Sequence[Event], file: str = "") -> Plan:
    """Plan events of any days; `standing` must reach from the first day on and is changed."""
    planner = Planner(standing, file)
    for day in sorted({event.day for event in events}):
        planner.add_day(day, [event for event in events if event.day == day])
    return planner.finish()


def _settings(event: Event, ended: set[int], standing: Standing) -> Iterator[_Set]:
    """What the slots hold after an event."""
    for unit in ended_by(event):
        for slot in standing.slots_of(unit):
            yield _Set(slot, gone=True)
    unit = event.unit
    match event:
        case Established():
            yield from _beginning(event)
        case Renamed():
            yield _Set(Slot(Fact.NAME, unit), event.name)
        case KindChanged():
            yield _Set(Slot(Fact.KIND, unit), event.kind)
        case CodeChanged():
            yield _Set(Slot(Fact.CODE, unit, CODE_SCHEME), event.code)
        case Transferred():
            yield _Set(Slot(Fact.PLACE, unit, event.place.line), event.place.parent)
        case Detached():
            yield _Set(Slot(Fact.PLACE, unit, event.line), gone=True)
        case Suspended():
            yield _Set(Slot(Fact.SUSPENSION, unit))
        case Resumed() if unit not in ended:
            yield _Set(Slot(Fact.SUSPENSION, unit), gone=True)


def _beginning(event: Established) -> Iterator[_Set]:
    yield _Set(Slot(Fact.NAME, event.unit), event.name)
    yield _Set(Slot(Fact.KIND, event.unit), event.kind)
    if event.code:
        yield _Set(Slot(Fact.CODE, event.unit, CODE_SCHEME), event.code)
    for place in event.places:
        yield _Set(Slot(Fact.PLACE, event.unit, place.line), place.parent)
