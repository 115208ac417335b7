"""How something spread from place to place, as a tree over time: data in, coordinates out. What draws them is not decided here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, NAMES, RIGHT = 960, 360, 90
ROW, TOP, BOTTOM = 30, 18, 34
INDENT, LONGEST = 16, 40


@dataclass(frozen=True)
class Step:
    """A place: where it learned from (None: it was first, or where from is not told), the day, whether somebody has verified it."""

    id: int
    origin: int | None
    day: date
    name: str
    is_verified: bool = True


@dataclass(frozen=True)
class Dot:
    """A place in its row: its name stands at `name_x`, its dot at `x`; `bend`: the way from where it learned, in SVG's notation."""

    id: int
    x: int
    y: int
    name_x: int
    name: str
    day: date
    is_verified: bool
    bend: str


@dataclass(frozen=True)
class Picture:
    """The plane with its dots, row after row, and the days at its foot (x, day)."""

    width: int
    height: int
    left: int
    base: int
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[int, date], ...]


def picture(steps: Sequence[Step]) -> Picture:
    """Each place beneath the one it learned from, the earlier above the later; to the right as time went on."""
    rows = list(_in_order(steps))
    first, last = min(each.day for each in steps), max(each.day for each in steps)
    whole = max(1, (last - first).days)

    def across(day: date) -> int:
        return NAMES + (day - first).days * (WIDTH - NAMES - RIGHT) // whole

    places = {step.id: (across(step.day), TOP + row * ROW) for row, (step, _) in enumerate(rows)}
    dots = tuple(_dot(step, depth, places) for step, depth in rows)
    middle = first + timedelta(days=whole // 2)
    days = dict.fromkeys((first, middle, last)) if whole > 60 else dict.fromkeys((first, last))
    base = TOP + len(rows) * ROW
    return Picture(WIDTH, base + BOTTOM, NAMES, base, dots, tuple((across(day), day) for day in days))


def _in_order(steps: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    """With how many steps each is from a first one; a circle, which no data should hold, is left out rather than gone round for ever."""
    known = {each.id for each in steps}
    below: dict[int | None, list[Step]] = {}
    for each in sorted(steps, key=lambda step: (step.day, step.id)):
        below.setdefault(each.origin if each.origin in known else None, []).append(each)
    todo = [(each, 0) for each in reversed(below.get(None, []))]
    while todo:
        step, depth = todo.pop()
        yield step, depth
        todo += [(each, depth + 1) for each in reversed(below.get(step.id, []))]


def _dot(step: Step, depth: int, places: dict[int, tuple[int, int]]) -> Dot:
    x, y = places[step.id]
    start = places.get(step.origin or 0)
    room = LONGEST - 2 * depth
    name = step.name if len(step.name) <= room else f"{step.name[: room - 1].rstrip()}…"
    bend = f"M{start[0]} {start[1]}V{y}H{x}" if start else ""
    return Dot(step.id, x, y, min(depth, 8) * INDENT, name, step.day, step.is_verified, bend)
