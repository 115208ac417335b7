"""The tree: real districts, invented unions below."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.unit_file import read_units
from kheo.demo.plan.cast import AN_UNIT, CAST, CHI_UNIT, extras
from kheo.demo.plan.tree import FEWEST, FIRST_DAY, MOST, NEWCOMERS_DAY, PlannedUnit, plan_tree, unit_file
from tests.demo.plan.campaign import tree


def grassroots(units: tuple[PlannedUnit, ...]) -> list[PlannedUnit]:
    return [unit for unit in units if unit.kind == "grassroots_union"]


def test_the_districts_are_those_of_the_city_in_2023(shared_dir: Path) -> None:
    with (shared_dir / "data" / "hcmc_union_units_2023.csv").open(encoding="utf-8") as file:
        rows = [(row["unit_id"], row["name"]) for row in csv.DictReader(file) if row["group"] in ("federation", "district_federation")]
    ours = [(unit.code, unit.name) for unit in tree().units if unit.kind in ("provincial_federation", "district_federation")]
    assert sorted(ours) == sorted(rows)
    assert len(ours) == 23


@settings(max_examples=15)
@given(st.integers(FEWEST, 1500), st.integers(0, 10_000))
def test_there_are_as_many_unions_as_asked_for_and_none_shares_its_name_with_a_sibling(count: int, seed: int) -> None:
    planned = plan_tree(count, seed)
    unions = grassroots(planned.units)
    assert len(unions) == count
    assert len({unit.code for unit in planned.units}) == len(planned.units)
    assert max(Counter((unit.parent, unit.name) for unit in planned.units).values()) == 1
    assert all(planned.children.get(unit.code) for unit in planned.units if unit.is_inner)


def test_everything_invented_is_marked_as_a_sample() -> None:
    invented = [unit for unit in tree(400).units if unit.kind not in ("provincial_federation", "district_federation")]
    assert all(unit.name.endswith(" (mẫu)") for unit in invented)


def test_bigger_districts_have_more_unions() -> None:
    counts = Counter(unit.parent for unit in grassroots(tree(1000).units))
    assert counts["LDLD-769"] > counts["LDLD-777"] > counts["LDLD-773"] > counts["LDLD-787"] > 1


def test_a_few_unions_are_founded_later() -> None:
    planned = tree(1000)
    old, new = planned.standing(FIRST_DAY), planned.standing(NEWCOMERS_DAY)
    assert 0 < len(new) - len(old) < 50
    assert {AN_UNIT, CHI_UNIT} <= {unit.code for unit in old}


def test_the_file_of_the_tree_is_read_without_a_problem() -> None:
    rows, problems = read_units(unit_file(tree().units).decode(), "cay.csv", {})
    assert problems == ()
    assert [(row.code, row.name, row.kind, row.parent_code) for row in rows] == [
        (unit.code, unit.name, unit.kind, unit.parent) for unit in tree().units
    ]


def test_every_unit_has_somebody_to_sign_and_every_recipient_somebody_to_review() -> None:
    planned = tree()
    held = {(code, role.value) for member in CAST for code, role in member.posts}
    held |= {(extra.unit.code, extra.role.value) for extra in extras(planned.units, 7)}
    assert {(unit.code, "head") for unit in planned.units} <= held
    assert {(planned.recipient(unit), "reviewer") for unit in planned.units} <= held


@pytest.mark.parametrize("count", [FEWEST - 1, MOST + 1])
def test_refuses_sizes_that_give_no_sensible_tree(count: int) -> None:
    with pytest.raises(ValueError, match="grassroots unions"):
        plan_tree(count, 7)
