"""Places on the ground: latitude and longitude in millionths of a degree (WGS 84)."""

from dataclasses import dataclass
from math import asin, cos, floor, radians, sin, sqrt

EARTH = 6_371_008.8  # metres, mean radius (IUGG)
_MILLION = 1_000_000


@dataclass(frozen=True)
class Spot:
    """A point of the ground, in millionths of a degree."""

    latitude: int
    longitude: int


def metres_between(one: Spot, other: Spot) -> int:
    """Along the ground, to the nearest metre: by the haversine, which does not fail for points that lie close together."""
    here, there = radians(one.latitude / _MILLION), radians(other.latitude / _MILLION)
    north, east = there - here, radians((other.longitude - one.longitude) / _MILLION)
    half = sin(north / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return round(2 * EARTH * asin(sqrt(min(1.0, half))))


@dataclass(frozen=True)
class Box:
    """Everything within a distance of a spot lies in it, and a little more."""

    south: int
    north: int
    west: int
    east: int


def box_around(spot: Spot, metres: int) -> Box:
    """The box that an index on latitude and longitude is asked for, before distances are reckoned."""
    degree = EARTH * radians(1)
    reach = metres + 0.5  # a distance is told to the nearest metre
    up = floor(reach / degree * _MILLION) + 1
    # A degree of longitude is shorter the further from the equator: the narrowest in the box decides.
    furthest = radians((abs(spot.latitude) + up) / _MILLION)
    aside = floor(reach / (degree * max(cos(furthest), 0.01)) * _MILLION) + 1
    return Box(spot.latitude - up, spot.latitude + up, spot.longitude - aside, spot.longitude + aside)
