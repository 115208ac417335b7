"""What a careful reader would ask about the events of a day. It stops nothing: the decision counts, not our suspicion."""

from collections import defaultdict
from collections.abc import Iterator

from kheo.core.problems import Problem
from kheo.core.reorganising.day_checks import Day
from kheo.core.reorganising.events import Closed, Established, Event, Place, Renamed, Transferred
from kheo.core.reorganising.standing import Fact
from kheo.core.text import name_key


def day_doubts(day: Day) -> Iterator[Problem]:
    """Names that look like something else than what the event says."""
    closed: dict[str, list[int]] = defaultdict(list)
    for event in day.events:
        if isinstance(event, Closed):
            closed[name_key(day.standing.name(event.unit, day.day))].append(event.unit)
    for event in day.events:
        yield from _took_a_dying_name(day, event, closed)
    yield from _alike_below_one_parent(day)


def _took_a_dying_name(day: Day, event: Event, closed: dict[str, list[int]]) -> Iterator[Problem]:
    """A unit takes the name of one that ends the same day beside it: perhaps it took in that unit, or only its code went on."""
    name = event.name if isinstance(event, Renamed | Established) else ""
    for unit in closed.get(name_key(name), ()) if name else ():
        if _family(day, event) & {place.parent for place in _places(day, unit)}:
            message = (
                f"{day.label(event.unit)} nhận tên của {day.label(unit)}, đơn vị kết thúc cùng ngày ở cùng cấp trên: "
                "có thể là sáp nhập. Khéo giữ đúng như tệp ghi, không tự suy ra đơn vị kế thừa."
            )
            yield day.problem(event, message)


def _family(day: Day, event: Event) -> set[int | None]:
    places = event.places if isinstance(event, Established) else _places(day, event.unit)
    moved = {each.place.parent for each in day.events if isinstance(each, Transferred) and each.unit == event.unit}
    return {place.parent for place in places} | moved


def _places(day: Day, unit: int) -> tuple[Place, ...]:
    slots = [slot for slot in day.standing.slots_of(unit) if slot.fact is Fact.PLACE]
    return tuple(
        Place(slot.key, int(span.value) if span.value is not None else None)  # type: ignore[arg-type]  # stored lines are lines
        for slot in slots
        if (span := day.standing.at(slot, day.day))
    )


def _alike_below_one_parent(day: Day) -> Iterator[Problem]:
    """Names are unique only inside a parent; two new ones that read alike there are worth a look."""
    first: dict[tuple[str, int | None, str], Established] = {}
    for event in day.begun.values():
        for place in event.places:
            other = first.setdefault((place.line, place.parent, name_key(event.name)), event)
            if other is not event:
                yield day.problem(event, f"{day.label(event.unit)} trùng tên với {day.label(other.unit)} cùng cấp trên.")
