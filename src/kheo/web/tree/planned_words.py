"""Events that are planned and not yet recorded, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kheo.core.days import format_day
from kheo.core.reorganising import (
    EVENT_NAMES,
    Absorbed,
    CodeChanged,
    Detached,
    Established,
    Event,
    KindChanged,
    Merged,
    Renamed,
    Split,
    Transferred,
    kind_of,
)
from kheo.core.unit_kinds import LINE_NAMES, kind_name
from kheo.org.queries import Held, name_before, named_in, names_through_time
from kheo.web.tree.life_words import share_words


class Names:
    """What the units of some events are called around a day: stored ones by their names, new ones by those they get."""

    def __init__(self, events: Sequence[Event], new: Sequence[Event]) -> None:
        """`new`: all events of the plan, among which the units of `events` may begin."""
        stored = {unit for event in events for unit in named_in(event) if unit > 0}
        self._held: Mapping[int, tuple[Held, ...]] = names_through_time(stored)
        self._new = {event.unit: event.name for event in new if isinstance(event, Established)}

    def __call__(self, unit: int, day: date) -> str:
        """The name of a unit just before a day."""
        return self._new.get(unit) or name_before(self._held.get(unit, ()), day)


def planned_rows(events: Sequence[Event], whole: Sequence[Event]) -> list[dict[str, Any]]:
    """For the table of the preview: some of all events of a plan. One query."""
    names = Names(events, whole)
    return [
        {
            "row": event.row,
            "day": format_day(event.day),
            "unit": names(event.unit, event.day),
            "words": _words(event, names),
            "decision": decision_words(event),
        }
        for event in events
    ]


def decision_words(event: Event) -> str:
    """The paper behind it, or that it is not known."""
    day = f" ngày {format_day(event.decision.day)}" if event.decision.day else ""
    return f"{event.decision.number}{day}" if event.decision.number else "Không rõ số quyết định"


def _words(event: Event, names: Names) -> str:
    name = EVENT_NAMES[kind_of(event)]
    return f"{name[:1].upper()}{name[1:]}{_more(event, names)}"


def _more(event: Event, names: Names) -> str:
    match event:
        case Established():
            above = [names(place.parent, event.day) for place in event.places if place.parent is not None]
            return f", thuộc {', '.join(above)}" if above else ""
        case Renamed():
            return f" thành {event.name}"
        case KindChanged():
            return f" thành {kind_name(event.kind)}"
        case CodeChanged():
            return f" thành {event.code}"
        case Transferred():
            to = f" sang {names(event.place.parent, event.day)}" if event.place.parent is not None else ", đứng đầu tuyến"
            return f"{to} (tuyến {LINE_NAMES[event.place.line]})"
        case Detached():
            return f" (tuyến {LINE_NAMES[event.line]})"
        case Merged():
            return f" từ {', '.join(names(unit, event.day) for unit in event.predecessors)}"
        case Absorbed():
            return f": {names(event.into, event.day)}"
        case Split():
            parts = [f"{names(unit, event.day)}{_share(share_words(share))}" for unit, share in event.successors]
            return f" thành {', '.join(parts)}"
    return ""


def _share(words: str) -> str:
    return f" ({words})" if words else ""
