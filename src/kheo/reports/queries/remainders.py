"""Why a report could not be moved to one unit of another structure, in words that name the units, the day and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.days import format_day
from kheo.core.restructuring import Landing
from kheo.org.queries import EventTold, closings, events_by_id, living, names_around
from kheo.reports.queries.restructured import Part, Restructured

NAMED = 6


@dataclass(frozen=True)
class Reason:
    """`words`: a clause; `heirs`: the units it speaks of, by id, with their names."""

    words: str
    heirs: Mapping[int, str]


def reasons(reading: Restructured, parts: Sequence[Part]) -> dict[int, Reason]:
    """By unit of the cycle's tree; a fixed number of queries whatever the number of parts."""
    if not parts:
        return {}
    units = [part.unit.unit_id for part in parts]
    day = reading.structure.day
    names = names_around({heir for part in parts for heir in part.heirs}, day)
    closed = closings(units, min(day, reading.cycle.opened_on), max(day, reading.cycle.opened_on))
    events = events_by_id({part.event for part in parts if part.event})
    alive = living(units, day)
    found = {}
    for part in parts:
        unit = part.unit.unit_id
        heirs = {each: names.get(each, "") for each in part.heirs}
        event = events.get(part.event) or closed.get(unit)
        found[unit] = Reason(_words(part, list(heirs.values()), event, day < reading.cycle.opened_on, unit in alive), heirs)
    return found


def _words(part: Part, heirs: Sequence[str], event: EventTold | None, is_back: bool, is_alive: bool) -> str:
    told = _told(event)
    if part.landing is Landing.NOT_DIVISIBLE:
        verb = "gộp từ" if is_back else "thuộc"
        lost = "; một phần không có chỗ trong cây này" if part.is_partly_lost else ""
        return f"không chia được: {verb} {_listed(heirs)}{lost}{told}"
    if is_alive:
        return "không có chỗ trong cây này"
    if is_back:
        return f"ngày đó chưa có{told}"
    return f"đã kết thúc{told}, không có đơn vị kế thừa trong cây này"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} và {len(names) - NAMED} đơn vị khác"


def _told(event: EventTold | None) -> str:
    """` (hợp nhất từ 01/07/2025 theo Nghị quyết 202/2025/QH15)`."""
    if event is None:
        return ""
    decision = f" theo {event.decision_number}" if event.decision_number else ""
    return f" ({event.words} từ {format_day(event.day)}{decision})"
