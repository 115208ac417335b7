"""Borders of units from a GeoJSON file (RFC 7946), made simple enough for a page.

All borders of a file are simplified together: two neighbours keep one line between them. What comes out is in millionths of a degree.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from kheo.core.problems import Problem

TOLERANCE = 0.0003  # degrees, some 30 m: less than a dot of a ward on a telephone
LARGEST = 200_000_000  # bytes
_MILLION = 1_000_000
LOST = 0.0001  # of an area: what mending a border may cost
_MOST_TOLD = 200

Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Border:
    """The border of one unit: polygons of rings of (longitude, latitude), and the box around them."""

    code: str
    polygons: tuple[tuple[Ring, ...], ...]
    west: int
    south: int
    east: int
    north: int


def read_borders(data: bytes, file: str, *, tolerance: float = TOLERANCE) -> tuple[tuple[Border, ...], tuple[Problem, ...]]:
    """The borders of a file by the property `code` of each feature, or everything that is wrong with it; then no border.

    `tolerance` in degrees; 0 keeps every point. Problems name the feature by its number from 1 in place of a line.
    """
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return (), (Problem("Không phải là tệp GeoJSON đọc được.", file),)
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not features:
        return (), (Problem("Không phải là FeatureCollection của GeoJSON, hoặc không có đối tượng nào.", file),)
    found, problems = dict[str, Any](), list[Problem]()
    for number, feature in enumerate(features, 1):
        code, area, wrong = _read(feature)
        if code in found:
            wrong = f"Mã {code} đã có ở một đối tượng trước."
        if wrong:
            problems.append(Problem(wrong, file, number))
        else:
            found[code] = area
    if problems:
        more = len(problems) - _MOST_TOLD
        return (), (*problems[:_MOST_TOLD], *([Problem(f"… và {more} chỗ sai nữa.", file)] if more > 0 else ()))
    return tuple(_simplified(found, tolerance)), ()


def _read(feature: object) -> tuple[str, Any, str]:
    """Code, area and what is wrong."""
    if not isinstance(feature, dict):
        return "", None, "Không phải là một Feature."
    told = feature.get("properties")
    code = str(told.get("code") or "").strip() if isinstance(told, dict) else ""
    if not code:
        return "", None, "Thiếu thuộc tính code (mã đơn vị)."
    try:
        area = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return code, None, f"Hình của {code} không đọc được."
    if not isinstance(area, Polygon | MultiPolygon) or area.is_empty:
        return code, None, f"Hình của {code} phải là Polygon hoặc MultiPolygon."
    west, south, east, north = area.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return code, None, f"Hình của {code} không phải là kinh độ, vĩ độ (WGS 84)."
    mended = area if area.is_valid else _mended(area)
    if mended.is_empty or abs(mended.area - area.area) > LOST * area.area:
        return code, None, f"Hình của {code} tự cắt nhau: {shapely.is_valid_reason(area)}."
    return code, mended, ""


def _mended(area: Any) -> Any:
    """Without what encloses nothing (a ring of one point, a spike): people's files are full of it, and nobody can see it."""
    whole = shapely.make_valid(area)
    parts = [each for each in getattr(whole, "geoms", [whole]) if isinstance(each, Polygon | MultiPolygon)]
    return shapely.union_all(parts)


def _simplified(areas: Mapping[str, Any], tolerance: float) -> Iterator[Border]:
    shapes = list(areas.values())
    simple = shapely.coverage_simplify(shapes, tolerance) if tolerance else shapes
    for code, area in zip(areas, simple, strict=True):
        parts = area.geoms if isinstance(area, MultiPolygon) else [area]
        polygons = tuple(tuple(_ring(each) for each in (part.exterior, *part.interiors)) for part in parts if not part.is_empty)
        west, south, east, north = (round(each * _MILLION) for each in area.bounds)
        yield Border(code, polygons, west, south, east, north)


def _ring(line: Any) -> Ring:
    return tuple((round(x * _MILLION), round(y * _MILLION)) for x, y, *_ in line.coords)
