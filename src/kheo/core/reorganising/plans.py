"""What a reorganisation does to the recorded spans: the answer of planning, ready to be shown or stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from kheo.core.problems import Problem
from kheo.core.reorganising.events import Event
from kheo.core.reorganising.standing import Fact, Slot, Span, Standing


class Act(StrEnum):
    """What an event did to a span."""

    OPENED = "opened"
    ENDED = "ended"


@dataclass(frozen=True)
class Effect:
    """One span that an event opened or ended.

    `event` is the place of the event in the plan. `ends_before` is where an ended span ended before (None: open). `continues`
    is the row whose value an opened span takes up again after an annulment.
    """

    event: int
    act: Act
    slot: Slot
    row: int
    ends_before: date | None = None
    continues: int | None = None


class PostEnded(NamedTuple):
    """A post that ends because its unit does: from `day` on the holder has no rights there."""

    user: int
    role: str
    unit: int
    day: date


@dataclass(frozen=True)
class Plan:
    """The exact changes of a reorganisation. With any problem nothing of it may be stored; doubts are told and stop nothing.

    `opened`: new spans with their final ends, rows numbered -1, -2 …; `ended`: new ends of spans that are stored already.
    """

    events: tuple[Event, ...]
    effects: tuple[Effect, ...]
    opened: tuple[tuple[Slot, Span], ...]
    ended: tuple[tuple[Slot, int, date], ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]

    @property
    def posts_ended(self) -> tuple[PostEnded, ...]:
        """Who loses which post, and from when."""
        posts = [(slot, ends) for slot, _, ends in self.ended if slot.fact is Fact.POST]
        return tuple(PostEnded(int(slot.key.split(":")[0]), slot.key.split(":")[1], slot.unit, ends) for slot, ends in posts)


def plan_mark(plan: Plan) -> str:
    """A hash over all that a plan does and doubts: two plans with the same mark do the same to the same spans."""
    return sha256(repr((plan.events, plan.opened, plan.ended, plan.doubts)).encode()).hexdigest()


# A span by its table and number: numbers of different tables may be equal.
Key = tuple[Fact, int]


def gather(effects: Sequence[Effect], standing: Standing) -> tuple[list[tuple[Slot, Span]], list[tuple[Slot, int, date]]]:
    """Opened spans and new ends of stored ones out of effects, as the standing has them after all effects."""
    spans: dict[Key, tuple[Slot, Span]] = {}
    for slot in dict.fromkeys(effect.slot for effect in effects):
        spans |= {(slot.fact, span.row): (slot, span) for span in standing.slots[slot]}
    opened = [spans[effect.slot.fact, effect.row] for effect in effects if effect.act is Act.OPENED]
    touched = dict.fromkeys((effect.slot.fact, effect.row) for effect in effects if effect.act is Act.ENDED and effect.row > 0)
    ended = [(spans[key][0], key[1], ends) for key in touched if (ends := spans[key][1].ends) is not None]
    return opened, ended
