"""Where the demo's unions lie: in polygons that were invented for it, one for each district."""

import json
from functools import lru_cache
from math import cos, radians
from random import Random

from kheo.demo.plan.sources import FOLDER

BORDERS = "ranh-gioi-bia.geojson"
Spot = tuple[int, int]  # latitude, longitude in millionths of a degree
METRES_A_DEGREE, _MILLION = 111_195, 1_000_000
AROUND, HOME = 600, "LDLD-760"


def borders_file() -> bytes:
    """The polygons as a file that `keep_borders` reads."""
    return (FOLDER / BORDERS).read_bytes()


@lru_cache
def _corners() -> dict[str, list[tuple[float, float]]]:
    return {each["properties"]["code"]: each["geometry"]["coordinates"][0][:-1] for each in json.loads(borders_file())["features"]}


def middle_of(parent: str, chance: Random) -> Spot:
    """Where a union lies whose district is `parent`: well inside of its polygon. What has no polygon is in the middle of the town."""
    corners = _corners().get(parent) or _corners()[HOME]
    weights = [chance.random() + 0.5 for _ in corners]
    whole = sum(weights)
    longitude, latitude = (sum(weight * corner[side] for weight, corner in zip(weights, corners, strict=True)) / whole for side in (0, 1))
    return round(latitude * _MILLION), round(longitude * _MILLION)


def near(spot: Spot, metres: float, chance: Random) -> Spot:
    """Within so many metres to each side."""
    north, east = (chance.uniform(-metres, metres) / METRES_A_DEGREE * _MILLION for _ in range(2))
    return round(spot[0] + north), round(spot[1] + east / cos(radians(spot[0] / _MILLION)))


def somewhere(around: Spot, chance: Random) -> Spot:
    """In the neighbourhood of a union."""
    return near(around, AROUND, chance)
