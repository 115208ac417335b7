"""How something spread, as a tree over time: numbers alone."""

from datetime import date

from kheo.core.spread_picture import NAMES, RIGHT, ROW, TOP, WIDTH, Step, picture


def step(number: int, origin: int | None, day: int, name: str = "Đơn vị", *, verified: bool = True) -> Step:
    return Step(number, origin, date(2023, 4, day), name, verified)


def test_each_stands_beneath_the_one_it_learned_from_and_to_the_right_as_time_went_on() -> None:
    drawn = picture([step(1, None, 1), step(2, 1, 11), step(3, 1, 6), step(4, 3, 21, verified=False)])
    assert [(each.id, each.name_x) for each in drawn.dots] == [(1, 0), (3, 16), (4, 32), (2, 16)]
    assert [each.y for each in drawn.dots] == [TOP, TOP + ROW, TOP + 2 * ROW, TOP + 3 * ROW]
    width = WIDTH - NAMES - RIGHT
    assert [each.x for each in drawn.dots] == [NAMES, NAMES + width // 4, NAMES + width, NAMES + width // 2]
    first, third, fourth, second = drawn.dots
    assert (first.bend, third.bend) == ("", f"M{first.x} {first.y}V{third.y}H{third.x}")
    assert fourth.bend == f"M{third.x} {third.y}V{fourth.y}H{fourth.x}"
    assert [each.is_verified for each in drawn.dots] == [True, True, False, True]
    assert drawn.ticks == ((NAMES, date(2023, 4, 1)), (NAMES + width, date(2023, 4, 21)))
    assert drawn.height > second.y


def test_one_day_one_place_and_what_learned_from_nobody_shown_are_drawn_too() -> None:
    assert [each.x for each in picture([step(1, None, 1), step(2, 9, 1)]).dots] == [NAMES, NAMES]
    assert [each.bend for each in picture([step(1, None, 1), step(2, 9, 1)]).dots] == ["", ""]


def test_a_long_name_is_cut_the_more_the_deeper_it_stands() -> None:
    long = "Công đoàn cơ sở Trường Tiểu học số một và hai"
    names = [each.name for each in picture([step(1, None, 1, long), step(2, 1, 2, long), step(3, 2, 3, long)]).dots]
    assert all(each.endswith("…") for each in names)
    assert [len(each) for each in names] == sorted((len(each) for each in names), reverse=True)
    assert picture([step(1, None, 1, "Ngắn")]).dots[0].name == "Ngắn"


def test_a_circle_ends() -> None:
    assert [each.id for each in picture([step(1, None, 1), step(2, 3, 2), step(3, 2, 3)]).dots] == [1]
