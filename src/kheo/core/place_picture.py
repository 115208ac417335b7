"""Where a spot lies, as a small picture: the border that it is in, else what is around it, on an SVG plane. Data in, coordinates out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from kheo.core.places import EARTH, Box, Spot, box_around

WIDTH, HEIGHT = 320, 160
METRES = 1200  # from the middle to the left edge, where no border says how much to show
MARGIN = 12
EDGE = 4  # borders are cut off so far outside the picture, where the cut is not seen
_MILLION = 1_000_000
Point = tuple[float, float]


def box_shown(spot: Spot) -> Box:
    """The ground of which borders are wanted."""
    return box_around(spot, METRES)


@dataclass(frozen=True)
class View:
    """The ground that the picture shows: what is in its middle, and how many units of the plane a millionth of latitude is."""

    middle: Spot
    scale: float

    def at(self, latitude: float, longitude: float) -> Point:
        """Where something is on the plane: a degree of longitude is shorter the further from the equator."""
        narrow = cos(radians(self.middle.latitude / _MILLION))
        aside, up = (longitude - self.middle.longitude) * narrow, latitude - self.middle.latitude
        return WIDTH / 2 + aside * self.scale, HEIGHT / 2 - up * self.scale


def view_around(spot: Spot) -> View:
    """The spot in the middle, `METRES` to either side."""
    return View(spot, WIDTH / 2 / METRES * EARTH * radians(1) / _MILLION)


def view_of(polygons: Any) -> View:
    """The whole of a border (polygons of rings of [longitude, latitude] in millionths)."""
    points = [point for polygon in polygons for ring in polygon for point in ring]
    west, east, south, north = (pick(point[axis] for point in points) for axis in (0, 1) for pick in (min, max))
    middle = Spot((south + north) // 2, (west + east) // 2)
    across, high = (east - west) * cos(radians(middle.latitude / _MILLION)), north - south
    return View(middle, min((WIDTH - 2 * MARGIN) / max(across, 1), (HEIGHT - 2 * MARGIN) / max(high, 1)))


def border_path(polygons: Any, view: View) -> str:
    """A border in SVG's notation, cut to the picture; empty outside it."""
    return "".join(f"M{'L'.join(_words(ring))}Z" for polygon in polygons for ring in _rings(polygon, view))


def holds(polygons: Any, spot: Spot) -> bool:
    """Whether a spot lies inside: in a polygon, and in none of its holes."""
    return any(sum(_crossings(ring, spot) for ring in polygon) % 2 == 1 for polygon in polygons)


def _rings(polygon: Any, view: View) -> Iterator[Sequence[Point]]:
    for ring in polygon:
        drawn = [view.at(y, x) for x, y in ring]
        for axis, most in ((0, WIDTH), (1, HEIGHT)):
            drawn = _cut(_cut(drawn, axis, -EDGE, 1), axis, most + EDGE, -1)
        if drawn:
            yield drawn


def _cut(ring: Sequence[Point], axis: int, at: float, side: int) -> list[Point]:
    """What of a ring lies on one side of a line (Sutherland and Hodgman)."""
    kept = list[Point]()
    for before, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if (before[axis] - at) * side < 0 < (here[axis] - at) * side or (here[axis] - at) * side < 0 < (before[axis] - at) * side:
            part = (at - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + (here[0] - before[0]) * part, before[1] + (here[1] - before[1]) * part))
        if (here[axis] - at) * side >= 0:
            kept.append(here)
    return kept


def _words(ring: Sequence[Point]) -> list[str]:
    """Its points in whole units, each once."""
    words = [f"{round(x)} {round(y)}" for x, y in ring]
    return [each for place, each in enumerate(words) if place == 0 or each != words[place - 1]]


def _crossings(ring: Any, spot: Spot) -> int:
    """How often a line from the spot to the east crosses a ring."""
    found = 0
    for (x, y), (to_x, to_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if (y > spot.latitude) != (to_y > spot.latitude):
            found += x + (spot.latitude - y) * (to_x - x) / (to_y - y) > spot.longitude
    return found
