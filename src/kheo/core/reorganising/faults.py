"""Whether what is recorded makes sense on each day: forests, living parents, one unit a code, kinds on their lines.

Asked of the state after a plan on the day of its first event and on every later day on which anything begins or ends, so that a
change of today cannot pull the ground from under something that is already recorded for next month.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kheo.core.days import format_day
from kheo.core.problems import Problem
from kheo.core.reorganising.events import Event, Merged, successions_of
from kheo.core.reorganising.standing import FACT_WORDS, Fact, Standing
from kheo.core.unit_kinds import KINDS, LINE_NAMES, Line

# A unit of these lines stands there with its own kind only; the other lines tie units of several kinds together.
OF_ONE_KIND = (Line.UNION, Line.ADMIN)


@dataclass
class _Picture:
    """The standing as of one day."""

    day: date
    living: set[int] = field(default_factory=set)
    told: dict[int, Fact] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, dict[int, int | None]] = field(default_factory=lambda: defaultdict(dict))


def standing_faults(standing: Standing, events: Sequence[Event], file: str) -> list[Problem]:
    """Every fault once, on the first day it shows, at the line of the event that touched one of its units last before that day."""
    touched = _touched(events)
    told: set[tuple[str, int]] = set()
    problems: list[Problem] = []
    for day in standing.days_from(min(event.day for event in events)):
        for rule, units, message in _faults(_picture(standing, day), touched, standing):
            if (rule, units[0]) not in told:
                told.add((rule, units[0]))
                problems.append(Problem(message, file, _row(touched, units, day)))
    return problems


def _touched(events: Sequence[Event]) -> Mapping[int, list[Event]]:
    touched: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        others = [unit for each in successions_of(event) for unit in (each.predecessor, each.successor)]
        for unit in dict.fromkeys([event.unit, *(event.predecessors if isinstance(event, Merged) else ()), *others]):
            touched[unit].append(event)
    return touched


def _row(touched: Mapping[int, list[Event]], units: Sequence[int], day: date) -> int:
    for unit in units:
        rows = [event.row for event in touched.get(unit, ()) if event.day <= day]
        if rows:
            return rows[-1]
    return 0


def _picture(standing: Standing, day: date) -> _Picture:
    picture = _Picture(day)
    for slot, spans in standing.slots.items():
        span = next((each for each in spans if each.holds(day)), None)
        if span is None:
            continue
        picture.told[slot.unit] = slot.fact
        match slot.fact:
            case Fact.NAME:
                picture.living.add(slot.unit)
            case Fact.KIND:
                picture.kinds[slot.unit] = str(span.value)
            case Fact.CODE:
                picture.codes[str(span.value)].append(slot.unit)
            case Fact.PLACE:
                picture.parents[slot.key][slot.unit] = int(span.value) if span.value is not None else None
    return picture


Fault = tuple[str, tuple[int, ...], str]


def _faults(picture: _Picture, touched: Mapping[int, object], standing: Standing) -> Iterator[Fault]:
    """Rule, the units at fault (first the one it is about), what is told."""
    yield from _leftovers(picture, standing)
    yield from _codes_of_two(picture, touched, standing)
    for line, parents in picture.parents.items():
        yield from _orphans(picture, Line(line), parents, standing)
        yield from _cycles(picture, Line(line), parents, standing)
    for unit in touched:
        yield from _wrong_lines(picture, unit, standing)


def _leftovers(picture: _Picture, standing: Standing) -> Iterator[Fault]:
    """Nothing is said about a unit on a day on which it is not there."""
    for unit in picture.told.keys() - picture.living:
        what = FACT_WORDS[picture.told[unit]]
        message = f"{standing.label(unit, picture.day)} không hoạt động ngày {format_day(picture.day)} mà vẫn còn {what} đã ghi."
        yield "leftover", (unit,), message


def _codes_of_two(picture: _Picture, touched: Mapping[int, object], standing: Standing) -> Iterator[Fault]:
    for code, units in picture.codes.items():
        if len(units) > 1:
            ordered = sorted(units, key=lambda unit: (unit not in touched, unit))
            names = ", ".join(f"“{standing.name(unit, picture.day)}”" for unit in ordered)
            yield "code", tuple(ordered), f"Mã “{code}” ngày {format_day(picture.day)} thuộc về hai đơn vị: {names}."


def _orphans(picture: _Picture, line: Line, parents: Mapping[int, int | None], standing: Standing) -> Iterator[Fault]:
    for unit, parent in parents.items():
        if parent is not None and parent not in parents:
            gone = parent not in picture.living
            why = "không hoạt động nữa" if gone else f"không có chỗ trên hàng {LINE_NAMES[line]}"
            above = standing.label(parent, picture.day)
            message = f"{standing.label(unit, picture.day)} thuộc {above}, mà ngày {format_day(picture.day)} đơn vị này {why}."
            yield f"orphan {line}", (unit, parent), message


def _cycles(picture: _Picture, line: Line, parents: Mapping[int, int | None], standing: Standing) -> Iterator[Fault]:
    for units in cycles(parents):
        names = " → ".join(standing.label(unit, picture.day) for unit in units[:10])
        yield f"cycle {line}", units, f"Trên hàng {LINE_NAMES[line]}, các đơn vị này là cấp trên của nhau theo vòng tròn: {names}."


def cycles(parents: Mapping[int, int | None]) -> list[tuple[int, ...]]:
    """The rings of a map to parents, each once, beginning with its smallest unit."""
    done: set[int] = set()
    rings: list[tuple[int, ...]] = []
    for start in parents:
        path: list[int] = []
        here: int | None = start
        seen: dict[int, int] = {}
        while here is not None and here not in done and here not in seen:
            seen[here] = len(path)
            path.append(here)
            here = parents.get(here)
        if here is not None and here in seen:
            ring = path[seen[here] :]
            turn = ring.index(min(ring))
            rings.append(tuple(ring[turn:] + ring[:turn]))
        done.update(path)
    return rings


def _wrong_lines(picture: _Picture, unit: int, standing: Standing) -> Iterator[Fault]:
    """Asked only of units of the plan: what stood there before is not its fault."""
    if unit not in picture.living:
        return
    kind = picture.kinds.get(unit, "")
    lines = [Line(line) for line, parents in picture.parents.items() if unit in parents]
    label = standing.label(unit, picture.day)
    if not lines:
        yield "nowhere", (unit,), f"{label} ngày {format_day(picture.day)} không còn chỗ trên hàng nào."
    for line in lines:
        if line in OF_ONE_KIND and kind in KINDS and KINDS[kind].line is not line:
            message = f"{label} là “{KINDS[kind].name}”, không đứng trên hàng {LINE_NAMES[line]}."
            yield f"line {line}", (unit,), message
