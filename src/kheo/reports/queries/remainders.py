"""Why a report could not be moved to one unit of another structure, in words that name the units, the day and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.days import format_day
from kheo.core.restructuring import Landing
from kheo.org.queries import EventTold, events_about, living, names_around
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
    day, opened = reading.structure.day, reading.cycle.opened_on
    names = names_around({heir for part in parts for heir in part.heirs}, day)
    first, last = min(day, opened), max(day, opened)
    events = events_about(units, first, last)
    alive = living(units, day)
    found = {}
    for part in parts:
        unit = part.unit.unit_id
        heirs = {each: names.get(each, "") for each in part.heirs}
        found[unit] = Reason(_words(part, list(heirs.values()), events.get(unit), day < opened, unit in alive), heirs)
    return found


def _words(part: Part, heirs: Sequence[str], event: EventTold | None, is_back: bool, is_alive: bool) -> str:
    told = _told(event)
    if part.landing is Landing.NOT_DIVISIBLE:
        verb = "gộp từ" if is_back else "thuộc"
        return f"không chia được: {verb} {_listed(heirs)}{told}"
    if is_alive:
        return "không có chỗ trong cây này"
    if is_back:
        return f"ngày đó chưa có{told}"
    return f"đã kết thúc{told}, không ghi đơn vị kế thừa"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} và {len(names) - NAMED} đơn vị khác"


def _told(event: EventTold | None) -> str:
    """` (hợp nhất từ 01/07/2025 theo Nghị quyết 202/2025/QH15)`."""
    if event is None:
        return ""
    decision = f" theo {event.decision_number}" if event.decision_number else ""
    return f" ({event.words} từ {format_day(event.day)}{decision})"
