"""A reorganisation as a picture: old units on the left, new ones on the right, a ribbon for every past that went over. Data in, places out.

An old unit whose past went to several new ones stands once, where it is met first; its other ribbons cross.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROW, GAP, TOP = 26, 18, 16


@dataclass(frozen=True)
class Frame:
    """A plane to draw on: where the names of old units end and those of new ones begin, how far a ribbon runs level before it bends,

    and how many letters of a name have room (the table beside the picture has them all).
    """

    width: int
    left: int
    right: int
    bow: int
    longest: int


WIDE = Frame(960, 400, 560, 70, 48)
NARROW = Frame(400, 170, 234, 26, 21)


@dataclass(frozen=True)
class Source:
    """An old unit of a new one; `is_part` when only a part of its past came."""

    unit: int
    name: str
    is_part: bool


@dataclass(frozen=True)
class Target:
    """A new unit with the old ones that went into it, in the order in which they are to stand; none: it begins from nothing."""

    unit: int
    name: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Name:
    """A unit at its row; `is_cut` when the name did not fit."""

    unit: int
    y: int
    text: str
    is_cut: bool


@dataclass(frozen=True)
class Ribbon:
    """From an old unit to a new one: a path in SVG's notation."""

    old: int
    new: int
    path: str
    is_part: bool


@dataclass(frozen=True)
class Picture:
    """Everything in the plane `width` × `height`."""

    width: int
    height: int
    old: tuple[Name, ...]
    new: tuple[Name, ...]
    ribbons: tuple[Ribbon, ...]


def picture(targets: Sequence[Target], frame: Frame = WIDE) -> Picture:
    """New units one below the other, each level with the middle of the old ones that stand beside it first."""
    rows: dict[int, int] = {}
    old: list[Name] = []
    new: list[Name] = []
    ribbons: list[Ribbon] = []
    top = TOP
    for target in targets:
        fresh = [source for source in target.sources if source.unit not in rows]
        for index, source in enumerate(fresh):
            rows[source.unit] = top + ROW * index + ROW // 2
            old.append(_name(source.unit, rows[source.unit], source.name, frame))
        height = ROW * max(len(fresh), 1)
        middle = top + height // 2
        new.append(_name(target.unit, middle, target.name, frame))
        ribbons += [Ribbon(each.unit, target.unit, _path(rows[each.unit], middle, frame), each.is_part) for each in target.sources]
        top += height + GAP
    return Picture(frame.width, top, tuple(old), tuple(new), tuple(ribbons))


def _path(start: int, end: int, frame: Frame) -> str:
    first, last = frame.left + 8, frame.right - 8
    return f"M{first} {start}C{first + frame.bow} {start} {last - frame.bow} {end} {last} {end}"


def _name(unit: int, y: int, text: str, frame: Frame) -> Name:
    is_cut = len(text) > frame.longest
    return Name(unit, y, f"{text[: frame.longest - 1].rstrip()}…" if is_cut else text, is_cut)
