"""The small picture of where a place lies: borders cut to it, and in which of them the place is."""

from kheo.core.place_picture import HEIGHT, MARGIN, METRES, WIDTH, border_path, box_shown, holds, view_around, view_of
from kheo.core.places import Spot

HERE = Spot(10_776_889, 106_700_806)


def square(half: int, *, around: Spot = HERE) -> list[list[int]]:
    west, east, south, north = around.longitude - half, around.longitude + half, around.latitude - half, around.latitude + half
    return [[west, south], [east, south], [east, north], [west, north]]


def numbers(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for part in path[1:-1].split("L") for x, y in [part.split(" ")]]


def test_a_place_is_in_the_border_around_it_and_not_in_its_hole_nor_beside_it() -> None:
    whole, hole = square(9_000), square(500)
    assert holds([[whole]], HERE)
    assert not holds([[whole, hole]], HERE)
    assert not holds([[square(100, around=Spot(HERE.latitude + 5_000, HERE.longitude))]], HERE)
    assert holds([[square(10, around=Spot(0, 0))], [whole]], HERE)  # one of several polygons is enough


def test_a_border_inside_the_picture_is_drawn_around_its_middle() -> None:
    drawn = numbers(border_path([[square(1_000)]], view_around(HERE)))
    assert (min(x for x, _ in drawn) + max(x for x, _ in drawn), min(y for _, y in drawn) + max(y for _, y in drawn)) == (WIDTH, HEIGHT)


def test_a_border_far_wider_than_the_picture_is_cut_to_it() -> None:
    slanted = [
        [HERE.longitude - 900_000, HERE.latitude - 900_000],
        [HERE.longitude + 900_000, HERE.latitude - 900_000],
        [HERE.longitude, HERE.latitude + 3_000],
    ]
    drawn = numbers(border_path([[slanted]], view_around(HERE)))
    assert len(drawn) >= 3
    assert all(-5 <= x <= WIDTH + 5 and -5 <= y <= HEIGHT + 5 for x, y in drawn)


def test_what_lies_outside_the_picture_is_not_drawn() -> None:
    assert border_path([[square(1_000, around=Spot(HERE.latitude + 500_000, HERE.longitude))]], view_around(HERE)) == ""


def test_the_borders_asked_for_are_those_that_the_picture_shows() -> None:
    box = box_shown(HERE)
    assert round((box.north - box.south) / 2 * 0.111195) in range(METRES, METRES + 5)


def test_a_whole_border_fills_the_picture_to_its_margin() -> None:
    border = [[square(80_000)]]
    drawn = numbers(border_path(border, view_of(border)))
    assert (min(y for _, y in drawn), max(y for _, y in drawn)) == (MARGIN, HEIGHT - MARGIN)
    assert view_of(border).at(HERE.latitude, HERE.longitude) == (WIDTH / 2, HEIGHT / 2)
