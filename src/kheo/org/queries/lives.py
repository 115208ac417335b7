"""The life of one unit: what it was called, which decisions changed it, where its past came from and went. A few queries each."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kheo.core.unit_kinds import Line
from kheo.org.models import Post, Succession, UnitCode, UnitKind, UnitName, in_force
from kheo.org.queries.browsing import lines_of
from kheo.org.queries.events import EventTold


@dataclass(frozen=True)
class Held:
    """What held of a unit for a span of days, `ends` being the first day on which it did not."""

    value: str
    starts: date
    ends: date | None

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Identity:
    """A unit's names, kinds and codes through time, oldest first. Every unit has a name."""

    id: int
    names: tuple[Held, ...]
    kinds: tuple[Held, ...]
    codes: tuple[Held, ...]

    def name_around(self, on: date) -> str:
        """On the day, or the last one before it, or the first."""
        return _around(self.names, on)

    def kind_around(self, on: date) -> str:
        """Likewise."""
        return _around(self.kinds, on)

    def code_around(self, on: date) -> str:
        """Likewise; empty where it never had one."""
        return _around(self.codes, on)

    def is_there(self, on: date) -> bool:
        """Whether the unit exists on a day."""
        return any(on in held for held in self.names)

    @property
    def begins(self) -> date:
        """The first day of which anything is recorded."""
        return self.names[0].starts

    @property
    def ends(self) -> date | None:
        """The first day on which it is no more, where that is recorded."""
        return self.names[-1].ends


def _around(held: Sequence[Held], on: date) -> str:
    before = [each.value for each in held if each.starts <= on]
    return before[-1] if before else held[0].value if held else ""


def identity(unit: int) -> Identity | None:
    """None where nothing of a unit is left: its only event was taken back from its first day on."""
    names = _held(UnitName.objects.filter(unit=unit), "name")
    if not names:
        return None
    codes = UnitCode.objects.filter(unit=unit, scheme="kheo")
    return Identity(unit, names, _held(UnitKind.objects.filter(unit=unit), "kind"), _held(codes, "value"))


def _held(rows: Any, column: str) -> tuple[Held, ...]:
    spans = rows.order_by("starts", "pk").values_list(column, "starts", "ends")
    return tuple(Held(value, starts, ends) for value, starts, ends in spans if starts != ends)


@dataclass(frozen=True)
class Kin:
    """A unit whose past came here or went there. `share`: how much of it, None: a part that cannot be divided off."""

    id: int
    name: str
    share: Fraction | None


@dataclass(frozen=True)
class Chapter:
    """An event in the life of a unit: whose past came to it, to whom its own went, and which unit is named besides (the one above)."""

    event: EventTold
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]
    parent: Kin | None


def chapters_of(seen: Sequence[tuple[EventTold, int]], lines: Collection[Line]) -> list[Chapter]:
    """Each event as it is seen from a unit, with whose past came there and went elsewhere: three queries however many.

    Units that never stood on one of these lines are not named.
    """
    events = [event for event, _ in seen]
    rows = Succession.objects.filter(event__in=[event.id for event in events]).order_by("pk")
    followed: dict[int, list[Succession]] = defaultdict(list)
    for row in rows:
        followed[row.event_id].append(row)
    parents = {event.id: _parent_in(event) for event in events}
    units = {each for row in rows for each in (row.predecessor_id, row.successor_id)} | {each for each in parents.values() if each}
    open_lines = frozenset(lines)
    names = names_through_time([each for each, stood in lines_of(units).items() if not open_lines.isdisjoint(stood)])
    return [_chapter(unit, event, followed[event.id], parents[event.id], names) for event, unit in seen]


def _parent_in(event: EventTold) -> int | None:
    """The unit above that an event names: where it was put, or moved."""
    places = event.detail.get("places") or []
    parent = event.detail.get("parent") or next((parent for _, parent in places if parent), None)
    return int(parent) if parent else None


def names_through_time(units: Collection[int]) -> dict[int, tuple[Held, ...]]:
    """Every name of these units, oldest first: one query."""
    names: dict[int, list[Held]] = defaultdict(list)
    rows = UnitName.objects.filter(unit__in=units).order_by("starts", "pk").values_list("unit_id", "name", "starts", "ends")
    for unit, name, starts, ends in rows:
        if starts != ends:
            names[unit].append(Held(name, starts, ends))
    return {unit: tuple(held) for unit, held in names.items()}


def name_before(held: Sequence[Held], day: date) -> str:
    """What a unit was called just before a day, or first after it."""
    earlier = [each.value for each in held if each.starts < day]
    return earlier[-1] if earlier else held[0].value if held else ""


def _chapter(unit: int, event: EventTold, rows: Sequence[Succession], parent: int | None, names: dict[int, tuple[Held, ...]]) -> Chapter:
    came = {row.predecessor_id: row for row in rows if row.successor_id == unit != row.predecessor_id}
    went = {row.successor_id: row for row in rows if row.predecessor_id == unit != row.successor_id}
    return Chapter(
        event,
        tuple(Kin(each, name_before(names.get(each, ()), event.day), _share(row)) for each, row in came.items()),
        tuple(Kin(each, _around(names.get(each, ()), event.day), _share(row)) for each, row in went.items()),
        Kin(parent, _around(names.get(parent, ()), event.day), None) if parent else None,
    )


def _share(row: Succession) -> Fraction | None:
    return Fraction(row.numerator, row.denominator) if row.numerator and row.denominator else None


@dataclass(frozen=True)
class PostShown:
    """Somebody's role at a unit, with its days."""

    name: str
    role: str
    starts: date
    ends: date | None


def posts_at(unit: int, on: date) -> list[PostShown]:
    """Who holds which role at a unit on a day: one query."""
    rows = Post.objects.filter(in_force(on), unit=unit).select_related("user").order_by("role", "starts", "pk")
    return [PostShown(row.user.full_name, row.role, row.starts, row.ends) for row in rows]
