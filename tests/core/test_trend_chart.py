"""A few values in a row as a line."""

from kheo.core.trend_chart import trend_chart

NAMES = ["2021", "2022", "2023"]


def test_a_period_without_a_value_breaks_the_line_and_a_reorganisation_stands_between_its_periods() -> None:
    chart = trend_chart([*NAMES, "2024"], [5, None, 10, 0], ["5", "", "10", "0"], [True, False, True, False])
    assert chart
    assert chart.line.count("M") == 2
    assert [label.text for label in chart.points] == ["5", "10", "0"]
    assert [label.text for label in chart.ticks] == [*NAMES, "2024"]
    (mark,) = chart.marks
    assert chart.ticks[1].x < mark < chart.ticks[2].x
    (_, first), (_, highest), (_, lowest) = chart.dots
    assert (highest, lowest) == (chart.gridlines[-1].y, chart.base)
    assert highest < first < lowest


def test_one_value_makes_no_line() -> None:
    assert trend_chart(NAMES, [None, 7, None], ["", "7", ""], [False] * 3) is None


def test_zeros_alone_lie_on_the_axis() -> None:
    chart = trend_chart(NAMES, [0, 0, 0], ["0"] * 3, [False] * 3)
    assert chart
    assert {y for _, y in chart.dots} == {chart.base}
