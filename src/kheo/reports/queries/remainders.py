"""Why a report could not be moved to one unit of another structure, in words that name the units, the day and the decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kheo.core.days import format_day
from kheo.core.restructuring import Landing
from kheo.org.queries import EventTold, Presence, bounds, events_by_id, names_around, presence
from kheo.reports.queries.restructured import Part, Restructured

NAMED = 6


class Cause(Enum):
    """Why, in one word."""

    DIVIDED = "divided"
    PARTLY_GONE = "partly gone"
    NO_HEIR = "no heir"
    HEIR_GONE = "heir gone"
    NOT_YET = "not yet"
    NO_PLACE = "no place"


@dataclass(frozen=True)
class Reason:
    """`words`: a clause; `heirs`: the units of the structure it speaks of, by id, with their names."""

    words: str
    heirs: Mapping[int, str]
    cause: Cause


def reasons(reading: Restructured, parts: Sequence[Part]) -> dict[int, Reason]:
    """By unit of the cycle's tree; a fixed number of queries whatever the number of parts."""
    if not parts:
        return {}
    units = [part.unit.unit_id for part in parts]
    day = reading.structure.day
    names = names_around({unit for part in parts for unit in (*part.heirs, *part.gone)}, day)
    bound = bounds(units, day)
    events = events_by_id({part.event for part in parts if part.event})
    there = presence(units, day)
    found = {}
    for part in parts:
        unit = part.unit.unit_id
        event = events.get(part.event)
        is_undone = event is not None and (event.day > day or (event.annulled_on is not None and event.annulled_on <= day))
        told = _Told(part, names, _told(event or bound.get(unit)), is_undone=is_undone, presence=there[unit])
        found[unit] = Reason(told.words, {each: names.get(each, "") for each in part.heirs}, told.cause)
    return found


@dataclass(frozen=True)
class _Told:
    """What there is to say of one. `event`: what moved it, or how it began or ended; `is_undone`: it does not hold on the other day."""

    part: Part
    names: Mapping[int, str]
    event: str
    is_undone: bool
    presence: Presence

    @property
    def cause(self) -> Cause:
        if self.part.landing is Landing.NOT_DIVISIBLE:
            return Cause.PARTLY_GONE if self.part.gone else Cause.DIVIDED
        if self._others:
            return Cause.HEIR_GONE
        return CAUSES[self.presence]

    @property
    def _others(self) -> Sequence[str]:
        """Who holds its past beside itself and has no place."""
        return [self.names.get(each, "") for each in self.part.gone if each != self.part.unit.unit_id]

    @property
    def words(self) -> str:
        if self.part.landing is Landing.NOT_DIVISIBLE:
            heirs = [self.names.get(each, "") for each in self.part.heirs]
            gone = f"; phần của {_listed(self._all_gone)} không có chỗ trong cây này" if self.part.gone else ""
            return f"không chia được: {'gộp từ' if self.is_undone else 'thuộc'} {_listed(heirs)}{gone}{self.event}"
        if self._others:
            return f"{'gộp từ' if self.is_undone else 'thuộc'} {_listed(self._all_gone)}, không có chỗ trong cây này{self.event}"
        return {
            Presence.THERE: "không có chỗ trong cây này",
            Presence.NOT_YET: f"ngày đó chưa có{self.event}",
            Presence.ENDED: f"đã kết thúc{self.event}, không có đơn vị kế thừa",
            Presence.NEVER: f"không còn được ghi nhận là một đơn vị{self.event}",
        }[self.presence]

    @property
    def _all_gone(self) -> Collection[str]:
        return [self.names.get(each, "") for each in self.part.gone]


CAUSES = {
    Presence.THERE: Cause.NO_PLACE,
    Presence.NOT_YET: Cause.NOT_YET,
    Presence.ENDED: Cause.NO_HEIR,
    Presence.NEVER: Cause.NO_PLACE,
}


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(list(names)[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} và {len(names) - NAMED} đơn vị khác"


def _told(event: EventTold | None) -> str:
    """` (hợp nhất từ 01/07/2025 theo Nghị quyết 202/2025/QH15)`."""
    if event is None:
        return ""
    decision = f" theo {event.decision_number}" if event.decision_number else ""
    taken_back = f", đã hủy từ {format_day(event.annulled_on)}" if event.annulled_on else ""
    return f" ({event.words} từ {format_day(event.day)}{decision}{taken_back})"
