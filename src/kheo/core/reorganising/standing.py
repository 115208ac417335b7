"""What is recorded about units from a day on, as spans in slots: a slot holds at most one value a day.

Half-open spans `[starts, ends)`. Rows of the database have positive numbers, spans that a plan opens negative ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

Value = str | int | None
CODE_SCHEME = "kheo"


class Fact(StrEnum):
    """What is said about a unit; one table each."""

    NAME = "name"
    KIND = "kind"
    CODE = "code"
    PLACE = "place"
    SUSPENSION = "suspension"
    POST = "post"


FACT_WORDS = {
    Fact.NAME: "tên",
    Fact.KIND: "loại",
    Fact.CODE: "mã",
    Fact.PLACE: "cấp trên",
    Fact.SUSPENSION: "tạm ngừng",
    Fact.POST: "chức danh",
}


class Slot(NamedTuple):
    """Where one value fits a day. `key`: scheme of a code, line of a place, `person:role` of a post, else empty."""

    fact: Fact
    unit: int
    key: str = ""


@dataclass(frozen=True)
class Span:
    """A value over days; `value` is None for a place at the top of a line and for what has no value (a post, a suspension).

    `left`: from which day the holder of a post has left it, by hand and for good; never before `ends`. No event moves it.
    """

    row: int
    value: Value
    starts: date
    ends: date | None = None
    left: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day; an empty span never is."""
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass
class Standing:
    """All spans that reach a day or begin later, by slot; `change` and `open` are how a plan thinks ahead."""

    slots: dict[Slot, list[Span]] = field(default_factory=dict)
    _of_unit: dict[int, list[Slot]] = field(default_factory=lambda: defaultdict(list))
    _holders: dict[str, list[Slot]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, spans: Iterable[tuple[Slot, Span]]) -> "Standing":
        """A standing of these spans."""
        standing = cls()
        for slot, span in spans:
            standing.open(slot, span)
        return standing

    def open(self, slot: Slot, span: Span) -> None:
        """Add a span."""
        if slot not in self.slots:
            self.slots[slot] = []
            self._of_unit[slot.unit].append(slot)
        self.slots[slot].append(span)
        if slot.fact is Fact.CODE:
            self._holders[str(span.value)].append(slot)

    def end(self, slot: Slot, row: int, ends: date | None) -> None:
        """Give a span another end."""
        self.slots[slot] = [replace(span, ends=ends) if span.row == row else span for span in self.slots[slot]]

    def at(self, slot: Slot, day: date) -> Span | None:
        """The span in force on a day."""
        return next((span for span in self.slots.get(slot, ()) if span.holds(day)), None)

    def later(self, slot: Slot, day: date) -> Iterator[Span]:
        """Spans that begin after a day (empty ones say nothing)."""
        return (span for span in self.slots.get(slot, ()) if span.starts > day and span.ends != span.starts)

    def slots_of(self, unit: int) -> tuple[Slot, ...]:
        """Every slot that has ever said something about a unit."""
        return tuple(self._of_unit.get(unit, ()))

    def is_living(self, unit: int, day: date) -> bool:
        """Whether a unit is there on a day: a unit lives as long as it has a name."""
        return self.at(Slot(Fact.NAME, unit), day) is not None

    def last_end(self, unit: int) -> date | None:
        """The day from which a unit is no more, if it is recorded."""
        ends = [span.ends for span in self.slots.get(Slot(Fact.NAME, unit), ()) if span.ends != span.starts]
        return None if not ends or None in ends else max(end for end in ends if end is not None)

    def text(self, fact: Fact, unit: int, day: date, key: str = "") -> str:
        """The text that holds on a day, or nothing."""
        span = self.at(Slot(fact, unit, key), day)
        return str(span.value) if span else ""

    def name(self, unit: int, day: date) -> str:
        """What a unit is called on a day."""
        return self.text(Fact.NAME, unit, day)

    def label(self, unit: int, day: date) -> str:
        """A unit as people know it: its name and code of the day, else any name it has had or will have."""
        name, code = self.name(unit, day), self.code(unit, day)
        if not name:
            names = self.slots.get(Slot(Fact.NAME, unit), [])
            name = str(names[-1].value) if names else str(unit)
        return f"“{name}” ({code})" if code else f"“{name}”"

    def kind(self, unit: int, day: date) -> str:
        """Its kind on a day."""
        return self.text(Fact.KIND, unit, day)

    def code(self, unit: int, day: date) -> str:
        """Its code on a day."""
        return self.text(Fact.CODE, unit, day, CODE_SCHEME)

    def parent(self, unit: int, line: str, day: date) -> int | None:
        """The unit above on a line on a day; None at the top and where it has no place."""
        span = self.at(Slot(Fact.PLACE, unit, line), day)
        return int(span.value) if span and span.value is not None else None

    def holders(self, code: str, day: date) -> list[int]:
        """The units that carry a code on a day: one, none, or (a fault) several."""
        return [slot.unit for slot in dict.fromkeys(self._holders.get(code, ())) if (span := self.at(slot, day)) and span.value == code]

    def days_from(self, day: date) -> list[date]:
        """The day and every later one on which anything begins or ends, in order."""
        days = {day}
        for spans in self.slots.values():
            for span in spans:
                days.add(span.starts)
                if span.ends is not None:
                    days.add(span.ends)
        return sorted(each for each in days if each >= day)

    def living(self, day: date) -> set[int]:
        """Every unit that is there on a day."""
        return {slot.unit for slot, spans in self.slots.items() if slot.fact is Fact.NAME and any(span.holds(day) for span in spans)}
