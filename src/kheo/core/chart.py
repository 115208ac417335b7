"""The progress of a cycle as lines on a plane: data in, coordinates out. What draws them is not decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from kheo.core.numbers import format_int

WIDTH = 960
PLOT_HEIGHT = 200
LEFT, RIGHT, BOTTOM, TOP = 56, 20, 30, 14
LABEL_ROW = 18  # height of one row of due labels above the plot
LABEL_WIDTH = 96  # so much room a due label takes
TICK_ROOM = 74
TICKS = 7


@dataclass(frozen=True)
class DayCount:
    """How many reports had come, had been accepted and were owed by the end of a day."""

    day: date
    received: int
    accepted: int
    owed: int


@dataclass(frozen=True)
class Label:
    """A word at a place; `anchor` is "start", "middle" or "end"."""

    x: int
    y: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Gridline:
    """A level of the plot."""

    y: int
    text: str


@dataclass(frozen=True)
class DueLine:
    """A due date: a line down to the axis, its label above."""

    x: int
    top: int
    label: Label


@dataclass(frozen=True)
class Chart:
    """Paths in SVG's notation (M, L, H, V, Z with whole numbers); the y of the axis is `base`."""

    width: int
    height: int
    base: int
    left: int
    right: int
    received: str
    received_area: str
    accepted: str
    owed: str
    gridlines: tuple[Gridline, ...]
    ticks: tuple[Label, ...]
    dues: tuple[DueLine, ...]
    ends: tuple[Label, ...]


def progress_chart(days: Sequence[DayCount], today: date, dues: Sequence[date], expected: int) -> Chart:
    """Lines of every day in order; what came and was accepted only up to today. Raises ValueError for fewer than two days."""
    if len(days) < 2:
        raise ValueError("a line needs two days")
    marks = sorted(set(dues))
    rows = _label_rows([_x(days, mark) for mark in marks])
    top = TOP + LABEL_ROW * (max(rows, default=-1) + 1)
    base = top + PLOT_HEIGHT
    most = max(expected, 1)

    def y(count: int) -> int:
        return round(base - PLOT_HEIGHT * count / most)

    past = [each for each in days if each.day <= today] or [days[0]]
    received = _path([(_x(days, each.day), y(each.received)) for each in past])
    end = past[-1]
    return Chart(
        width=WIDTH,
        height=base + BOTTOM,
        base=base,
        left=LEFT,
        right=WIDTH - RIGHT,
        received=received,
        received_area=f"{received}V{base}H{LEFT}Z",
        accepted=_path([(_x(days, each.day), y(each.accepted)) for each in past]),
        owed=_steps([(_x(days, each.day), y(each.owed)) for each in days]),
        gridlines=tuple(Gridline(y(count), format_int(count)) for count in _levels(most)),
        ticks=tuple(_ticks(days, today, base)),
        dues=tuple(_due(mark, _x(days, mark), row, top) for mark, row in zip(marks, rows, strict=True)),
        ends=_ends(_x(days, end.day), y(end.received), y(end.accepted), end),
    )


def _x(days: Sequence[DayCount], day: date) -> int:
    span = (days[-1].day - days[0].day).days
    return round(LEFT + (WIDTH - RIGHT - LEFT) * (day - days[0].day).days / span)


def _path(points: Sequence[tuple[int, int]]) -> str:
    (x, y), *rest = points
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest)


def _steps(points: Sequence[tuple[int, int]]) -> str:
    """A stair: what is owed rises at the end of a day, all at once."""
    (x, y), *rest = points
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y in rest)


def _levels(most: int) -> list[int]:
    """Nothing, about half, everything."""
    return sorted({0, ceil(most / 2), most})


def _label_rows(places: Sequence[int]) -> list[int]:
    """In which row each label stands so that none covers another; row 0 is the lowest."""
    rows: list[int] = []
    for index, place in enumerate(places):
        near = {rows[other] for other in range(index) if place - places[other] < LABEL_WIDTH}
        rows.append(next(row for row in range(len(places)) if row not in near))
    return rows


def _due(day: date, x: int, row: int, top: int) -> DueLine:
    y = top - 4 - LABEL_ROW * row
    return DueLine(x, y + 3, Label(x - 5, y, f"Hạn {day:%d/%m}", "end"))


def _ticks(days: Sequence[DayCount], today: date, base: int) -> list[Label]:
    """Some days along the axis, today among them by its name."""
    step = max(1, ceil(len(days) / TICKS))
    shown = {each.day: f"{each.day:%d/%m}" for each in days[::step]}
    now = _x(days, today) if days[0].day <= today <= days[-1].day else None
    ticks = [Label(_x(days, day), base + 20, text, "middle") for day, text in shown.items()]
    if now is None:
        return ticks
    today_label = Label(now, base + 20, "hôm nay", "end" if now > WIDTH - TICK_ROOM else "middle")  # never past the edge
    return [*(tick for tick in ticks if abs(tick.x - now) >= TICK_ROOM), today_label]


def _ends(x: int, received: int, accepted: int, end: DayCount) -> tuple[Label, ...]:
    """The numbers at the ends of the two lines, kept apart."""
    anchor, at = ("end", x - 9) if x > WIDTH - 160 else ("start", x + 9)
    lower = max(accepted + 5, received - 6 + 18)
    return (
        Label(at, received - 6, f"{format_int(end.received)} đã nộp", anchor),
        Label(at, lower, f"{format_int(end.accepted)} đã chấp nhận", anchor),
    )
