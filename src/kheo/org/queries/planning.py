"""What events would do, before they are done: the same plan that `record_events` stores."""

from collections.abc import Iterator, Sequence

from kheo.core.reorganising import (
    Absorbed,
    CodeChanged,
    Established,
    Event,
    Merged,
    Plan,
    Split,
    Transferred,
    ended_by,
    plan_events,
)
from kheo.org.queries.standing import standing_about


def planned(events: Sequence[Event]) -> Plan:
    """The plan of events of any days, with every problem and doubt; nothing is stored. At least one event."""
    named = {unit for event in events for unit in _named(event) if unit > 0}
    ending = {unit for event in events for unit in ended_by(event) if unit > 0}
    codes = {event.code for event in events if isinstance(event, Established | CodeChanged) and event.code}
    standing = standing_about(min(event.day for event in events), named, ending=ending, codes=codes)
    return plan_events(standing, events)


def _named(event: Event) -> Iterator[int]:
    """Every unit that an event speaks of."""
    yield event.unit
    match event:
        case Established():
            yield from (place.parent for place in event.places if place.parent is not None)
        case Transferred():
            yield from () if event.place.parent is None else (event.place.parent,)
        case Merged():
            yield from event.predecessors
        case Absorbed():
            yield event.into
        case Split():
            yield from (unit for unit, _ in event.successors)
