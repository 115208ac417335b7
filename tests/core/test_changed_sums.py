"""Sums as they were sent, held against the sums now."""

from kheo.core.changed_sums import SumChange, changed_sums, seal_of


def test_only_what_differs_is_told_with_its_difference() -> None:
    found = changed_sums({"B01": 4, "B02": 7, "C1": None}, {"B01": 7, "B02": 7, "C1": 0})
    assert found == (SumChange("B01", 4, 7), SumChange("C1", None, 0))
    assert [each.difference for each in found] == [3, 0]


def test_missing_is_not_zero() -> None:
    assert changed_sums({"B01": 0}, {"B01": None}) == (SumChange("B01", 0, None),)
    assert SumChange("B01", 5, None).difference == -5


def test_a_cell_that_one_side_does_not_know_has_no_sum_there() -> None:
    assert changed_sums({"A": 1}, {"B": 2}) == (SumChange("B", None, 2), SumChange("A", 1, None))


def test_the_seal_changes_with_any_sum_and_with_the_number_of_reports_and_with_nothing_else() -> None:
    sums = {"expected": 3, "reported": 2, "values": {"B01": 4, "B02": None}}
    assert seal_of(sums) == seal_of({"reported": 2, "values": {"B02": None, "B01": 4}, "expected": 9})
    others = [{**sums, "reported": 3}, {**sums, "values": {"B01": 5, "B02": None}}, {**sums, "values": {"B01": 4, "B02": 0}}]
    assert len({seal_of(each) for each in [sums, *others]}) == 4
