"""Borders from people's files: simplified together, everything wrong told at once."""

import json
from typing import Any

import pytest

from kheo.core.borders import read_borders

SQUARE = [[106.0, 10.0], [106.1, 10.0], [106.1, 10.1], [106.0, 10.1], [106.0, 10.0]]
BESIDE = [[106.1, 10.0], [106.2, 10.0], [106.2, 10.1], [106.1, 10.1], [106.1, 10.0]]


def feature(code: object, rings: list[Any], kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": rings}}


def written(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_border_is_told_in_millionths_with_the_box_around_it() -> None:
    (border,), problems = read_borders(written(feature("26740", [SQUARE])), "x.geojson", tolerance=0)
    assert problems == ()
    assert (border.code, border.west, border.south, border.east, border.north) == (
        "26740",
        106_000_000,
        10_000_000,
        106_100_000,
        10_100_000,
    )
    assert set(border.polygons[0][0]) == {
        (106_000_000, 10_000_000),
        (106_100_000, 10_000_000),
        (106_100_000, 10_100_000),
        (106_000_000, 10_100_000),
    }


def wavy(points: int) -> list[list[float]]:
    """The border that two neighbours share, with many small steps."""
    return [[106.1 + (0.00005 if number % 2 else 0.0), 10.0 + 0.1 * number / points] for number in range(points + 1)]


def test_neighbours_keep_one_line_between_them_when_it_is_made_simple() -> None:
    line = wavy(400)
    left = [[106.0, 10.0], *line, [106.0, 10.1], [106.0, 10.0]]
    right = [[106.2, 10.0], [106.2, 10.1], *reversed(line), [106.2, 10.0]]
    found, problems = read_borders(written(feature("A", [left]), feature("B", [right])), "x.geojson")
    assert problems == ()
    shared = [set(border.polygons[0][0]) for border in found]
    assert all(len(points) < 60 for points in shared)
    on_line = [{point for point in points if 106_090_000 < point[0] < 106_110_000} for points in shared]
    assert on_line[0] == on_line[1] != set()


def test_what_encloses_nothing_is_left_out_and_a_border_that_crosses_itself_is_refused() -> None:
    spike = [[[106.5, 10.5], [106.5, 10.5], [106.5, 10.5], [106.5, 10.5]]]
    (border,), problems = read_borders(written(feature("A", [[SQUARE], spike], "MultiPolygon")), "x.geojson", tolerance=0)
    assert (problems, len(border.polygons)) == ((), 1)
    bow = [[106.0, 10.0], [106.1, 10.1], [106.1, 10.0], [106.0, 10.1], [106.0, 10.0]]
    found, (problem,) = read_borders(written(feature("B", [bow])), "x.geojson")
    assert found == ()
    assert "tự cắt nhau" in problem.message


def test_everything_wrong_with_a_file_is_told_at_once_by_the_number_of_the_feature() -> None:
    wrong = (
        feature("A", [SQUARE]),
        feature("A", [BESIDE]),
        feature("", [SQUARE]),
        feature("C", [[["x", "y"]]]),
        feature("D", [106.0, 10.0], "Point"),
        feature("E", [[[6e5, 1e6], [7e5, 1e6], [7e5, 2e6], [6e5, 1e6]]]),
        "không phải",
        {"type": "Feature", "properties": None, "geometry": None},
    )
    found, problems = read_borders(written(*wrong), "x.geojson")
    assert found == ()
    assert [each.line for each in problems] == [2, 3, 4, 5, 6, 7, 8]
    assert {each.file for each in problems} == {"x.geojson"}


EMPTY = b'{"type": "FeatureCollection", "features": []}'


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"features": 3}', EMPTY, b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_such_file_is_told_in_a_sentence(data: bytes) -> None:
    found, (problem,) = read_borders(data, "x.geojson")
    assert (found, problem.file) == ((), "x.geojson")
    assert "GeoJSON" in problem.message


def test_of_very_many_faults_the_first_are_told_and_how_many_more_there_are() -> None:
    found, problems = read_borders(written(*(feature("", [SQUARE]) for _ in range(230))), "x.geojson")
    assert found == ()
    assert [each.line for each in problems[:-1]] == list(range(1, 201))
    assert problems[-1].message == "… và 30 chỗ sai nữa."
