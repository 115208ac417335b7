"""What can happen to a unit, as an act with a decision and a day. Plain data; what follows from it is planned in `planning`.

Units are named by id. A unit that an event of the same plan establishes has a negative id until it is stored.
Source of the list: design.md §3 and domain.md §7 (thành lập, đổi tên, hợp nhất, sáp nhập, chia, tách, chuyển, giải thể).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kheo.core.unit_kinds import Line

# How much of a unit's past a successor takes: an exact fraction, or None where it cannot be divided.
Share = Fraction | None
WHOLE = Fraction(1)


class EventKind(StrEnum):
    """What happened; also how it is stored."""

    ESTABLISHED = "established"
    RENAMED = "renamed"
    KIND_CHANGED = "kind_changed"
    CODE_CHANGED = "code_changed"
    TRANSFERRED = "transferred"
    DETACHED = "detached"
    MERGED = "merged"
    ABSORBED = "absorbed"
    SPLIT = "split"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CLOSED = "closed"
    ANNULLED = "annulled"


EVENT_NAMES: dict[EventKind, str] = {
    EventKind.ESTABLISHED: "thành lập",
    EventKind.RENAMED: "đổi tên",
    EventKind.KIND_CHANGED: "đổi loại, đổi cấp",
    EventKind.CODE_CHANGED: "đổi mã",
    EventKind.TRANSFERRED: "chuyển cấp trên",
    EventKind.DETACHED: "thôi thuộc cấp trên",
    EventKind.MERGED: "hợp nhất",
    EventKind.ABSORBED: "sáp nhập vào đơn vị khác",
    EventKind.SPLIT: "chia, tách",
    EventKind.SUSPENDED: "tạm ngừng hoạt động",
    EventKind.RESUMED: "hoạt động trở lại",
    EventKind.CLOSED: "kết thúc hoạt động",
    EventKind.ANNULLED: "huỷ bỏ sự kiện",
}


@dataclass(frozen=True)
class Decision:
    """The paper behind an event. Either part may be missing, and is then told as missing, never filled in."""

    number: str = ""
    day: date | None = None


UNKNOWN_DECISION = Decision()


@dataclass(frozen=True)
class Place:
    """Where a unit stands on a line: under a unit, or at the top."""

    line: Line
    parent: int | None


@dataclass(frozen=True)
class Succession:
    """A unit's past goes to another one: the whole of it, a fraction, or a part that cannot be divided off (share None)."""

    predecessor: int
    successor: int
    share: Share


@dataclass(frozen=True, kw_only=True)
class Event:
    """`unit` is the one it is about; `row` the line of the file it stands on (0: none)."""

    day: date
    unit: int
    decision: Decision = UNKNOWN_DECISION
    note: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Established(Event):
    """A unit begins, with everything that a living unit has. A code may be empty: not every body has one."""

    name: str
    kind: str
    code: str
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Renamed(Event):
    """The same unit under another name."""

    name: str


@dataclass(frozen=True, kw_only=True)
class KindChanged(Event):
    """Another kind or level."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class CodeChanged(Event):
    """Another code; the old one may be used by another unit from the same day."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Transferred(Event):
    """Another place on a line, or a first place there; the other lines stay as they are."""

    place: Place


@dataclass(frozen=True, kw_only=True)
class Detached(Event):
    """No place on this line any more."""

    line: Line


@dataclass(frozen=True, kw_only=True)
class Merged(Event):
    """`unit` was established the same day out of these, which end (n → 1)."""

    predecessors: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Absorbed(Event):
    """`unit` ends; a unit that was there before takes it in."""

    into: int


@dataclass(frozen=True, kw_only=True)
class Split(Event):
    """`unit` is divided (1 → n) and ends, unless it is itself among its successors: then a part of it was split off."""

    successors: tuple[tuple[int, Share], ...]

    @property
    def lives_on(self) -> bool:
        """Whether the unit goes on with a part."""
        return any(unit == self.unit for unit, _ in self.successors)


@dataclass(frozen=True, kw_only=True)
class Suspended(Event):
    """It is there but does not work for a time."""


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """It works again."""


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """It ends and nobody is named to follow it."""


KIND_OF: dict[type[Event], EventKind] = {
    Established: EventKind.ESTABLISHED,
    Renamed: EventKind.RENAMED,
    KindChanged: EventKind.KIND_CHANGED,
    CodeChanged: EventKind.CODE_CHANGED,
    Transferred: EventKind.TRANSFERRED,
    Detached: EventKind.DETACHED,
    Merged: EventKind.MERGED,
    Absorbed: EventKind.ABSORBED,
    Split: EventKind.SPLIT,
    Suspended: EventKind.SUSPENDED,
    Resumed: EventKind.RESUMED,
    Closed: EventKind.CLOSED,
}


def kind_of(event: Event) -> EventKind:
    """The stored word of an event."""
    return KIND_OF[type(event)]


def successions_of(event: Event) -> tuple[Succession, ...]:
    """Whose past goes where by this event."""
    match event:
        case Merged():
            return tuple(Succession(each, event.unit, WHOLE) for each in event.predecessors)
        case Absorbed():
            return (Succession(event.unit, event.into, WHOLE),)
        case Split():
            return tuple(Succession(event.unit, unit, share) for unit, share in event.successors)
    return ()


def ended_by(event: Event) -> tuple[int, ...]:
    """The units that an event ends."""
    match event:
        case Merged():
            return event.predecessors
        case Absorbed() | Closed():
            return (event.unit,)
        case Split():
            return () if event.lives_on else (event.unit,)
    return ()
