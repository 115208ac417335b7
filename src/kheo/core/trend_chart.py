"""A few values in a row as a line on a plane, with a mark where the units behind them were reorganised: data in, coordinates out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kheo.core.chart import BOTTOM, LEFT, PLOT_HEIGHT, RIGHT, TOP, WIDTH, Gridline, Label

LEVELS = 4
ROOM = 24  # for the value above the highest point
Number = int | Decimal


@dataclass(frozen=True)
class TrendChart:
    """Paths in SVG's notation; `points` the labels above the points, `ticks` the periods, `marks` the x of each reorganisation."""

    width: int
    height: int
    base: int
    left: int
    right: int
    top: int
    line: str
    dots: tuple[tuple[int, int], ...]
    points: tuple[Label, ...]
    ticks: tuple[Label, ...]
    gridlines: tuple[Gridline, ...]
    marks: tuple[int, ...]


def trend_chart(names: Sequence[str], values: Sequence[Number | None], labels: Sequence[str], marked: Sequence[bool]) -> TrendChart | None:
    """`names`, `values`, `labels` (the values in words) and `marked` (whether something happened since the period before): one a period.

    A period without a value breaks the line: nothing is drawn that nobody reported. None for fewer than two values.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    most = max(*known, 1)
    top = TOP + ROOM
    base = top + PLOT_HEIGHT
    step = (WIDTH - RIGHT - LEFT) / len(values)
    xs = [round(LEFT + step * (index + 0.5)) for index in range(len(values))]
    ys = [None if value is None else round(base - PLOT_HEIGHT * max(value, 0) / most) for value in values]
    told = [(x, y, label) for x, y, label in zip(xs, ys, labels, strict=True) if y is not None]
    return TrendChart(
        width=WIDTH,
        height=base + BOTTOM,
        base=base,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=top,
        line=_broken(xs, ys),
        dots=tuple((x, y) for x, y, _ in told),
        points=tuple(Label(x, y - 10, label, "middle") for x, y, label in told),
        ticks=tuple(Label(x, base + 20, name, "middle") for x, name in zip(xs, names, strict=True)),
        gridlines=tuple(Gridline(round(base - PLOT_HEIGHT * level / LEVELS), "") for level in range(1, LEVELS + 1)),
        marks=tuple(round(LEFT + step * index) for index, happened in enumerate(marked) if happened and index),
    )


def _broken(xs: Sequence[int], ys: Sequence[int | None]) -> str:
    parts, draws = [], False
    for x, y in zip(xs, ys, strict=True):
        if y is None:
            draws = False
            continue
        parts.append(f"{'L' if draws else 'M'}{x} {y}")
        draws = True
    return "".join(parts)
