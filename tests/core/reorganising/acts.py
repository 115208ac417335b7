"""Acts drawn at random, on units that may or may not be there: many are refused, many are not."""

import random
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from kheo.core.reorganising import Absorbed, Closed, CodeChanged, Event, KindChanged, Merged, Renamed, Resumed, Split, Suspended
from tests.core.reorganising.ledger import begin, move

CODES = ["G4", "G5", "G6", "A", "B", "C", "D2"]


def some_event(chance: random.Random, units: Sequence[int], below: Callable[[int], Sequence[int]], when: date, new: int) -> list[Event]:
    """One act on units that may or may not be there; a merger and a split come with the units they make."""
    unit, other, third = (chance.choice(units) for _ in range(3))
    name = f"Tên {chance.randint(0, 5)}"
    third_part = Fraction(1, 3)
    acts: list[list[Event]] = [
        [Renamed(day=when, unit=unit, name=name)],
        [CodeChanged(day=when, unit=unit, code=chance.choice(CODES))],
        [KindChanged(day=when, unit=unit, kind=chance.choice(["direct_union", "grassroots_union"]))],
        [move(unit, chance.choice([other, None]), when)],
        [begin(new, f"{chance.choice(CODES)}{new}", other, on=when)],
        [begin(new, f"M{new}", third, on=when), Merged(day=when, unit=new, predecessors=tuple({unit, other}))],
        [Absorbed(day=when, unit=unit, into=other)],
        [begin(new, f"S{new}", third, on=when), Split(day=when, unit=unit, successors=((new, third_part), (other, 1 - third_part)))],
        [Split(day=when, unit=unit, successors=tuple((each, None) for each in {other, third}))],
        [Suspended(day=when, unit=unit)],
        [Resumed(day=when, unit=unit)],
        [Closed(day=when, unit=unit)],
        [*(move(child, other, when) for child in below(unit)), Absorbed(day=when, unit=unit, into=other)],
    ]
    return chance.choice(acts)
