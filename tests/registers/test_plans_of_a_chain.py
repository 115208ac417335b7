"""Which units of a chain have a plan that carries out its directive; the number and the list are the same rows."""

from datetime import date

import pytest

from kheo.core.days import local_day
from kheo.core.paper_books.facts import Progress
from kheo.core.paper_books.sameness import reference
from kheo.directives.actions import PassedDown, pass_down
from kheo.directives.models import Arrival, ChainRow, Issue, Passing
from kheo.directives.queries.chain import place_in_chain
from kheo.directives.queries.faults import paper_faults
from kheo.registers.actions import Made, write_line
from kheo.registers.actions.lining import Line
from kheo.registers.queries.plans import late_just_below, plans_by_branch, with_plan, without_plan
from tests.directives.test_pass_down import MONDAY, clicked, day, letter, three_levels
from tests.registers.test_ready_lists import did, paper, recorded, shipped
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db
FRIDAY = date(2023, 4, 14)


@pytest.fixture
def world() -> World:
    return small_world()


def planned(world: World, who: str, head: str, code: str, carries_out: str) -> None:
    """A plan in force of a unit, with a target as a line, that names a paper."""
    values = {
        "ten": "Kế hoạch", "so_ky_hieu": "1/KH", "ngay_ban_hanh": "2023-04-01", "noi_dung": ["N1"], "co_tieu_chi": True,
        "van_ban": carries_out,
    }  # fmt: skip
    entry = recorded(shipped("ke-hoach"), world, values, who, code)
    paper(entry, "document", "pdf")
    line = Line("chi_tieu", date(2023, 4, 1), kind="MOHINH", quantity=5, text="Năm mô hình")
    assert isinstance(write_line(entry.pk, line, by=world.person(who), at=later(1)), Made)
    did(entry, "ban_hanh", world.person(head), later(2))


def placed(world: World, code: str) -> ChainRow:
    root = ChainRow.objects.filter(passing=None).get()
    found = place_in_chain(root.root_id, world.units[code])
    assert found
    return found


def test_a_plan_counts_that_names_the_first_letter_or_the_one_by_which_it_came(world: World) -> None:
    root = three_levels(world)
    assert root.directive
    own_letter = ChainRow.objects.get(unit=world.units["G1"]).passing
    assert own_letter
    assert own_letter.issue.directive
    top = placed(world, "LDLD")
    assert (plans_by_branch(top), with_plan(top, [world.units["G1"]])) == ({}, frozenset())
    planned(world, "an", "hoa", "G1", f" {own_letter.issue.directive.full_number.lower()} ")
    planned(world, "dung", "dung", "D1", root.directive.full_number)
    units = world.units
    assert plans_by_branch(top) == {units["D1"]: 2}
    assert with_plan(top, [units["G1"], units["G2"], units["D1"]]) == {units["G1"], units["D1"]}
    assert plans_by_branch(placed(world, "D1")) == {units["G1"]: 1}


def test_the_number_with_a_plan_and_the_list_without_are_the_whole_branch(world: World) -> None:
    root = three_levels(world)
    assert root.directive
    planned(world, "dung", "dung", "D1", root.directive.full_number)
    top = placed(world, "LDLD")
    lacking, count = without_plan(top, local_day(later()), 1, 50)
    assert [row.unit_id for row in lacking] == [world.units["D2"], world.units["G1"], world.units["G2"]]
    assert count + sum(plans_by_branch(top).values()) == 4


def owing(world: World, due_on: date = FRIDAY) -> Issue:
    """The federation asks both districts for a plan by a day; D1 has clicked."""
    root = letter(world, "minh", "LDLD")
    units = [world.units["D1"], world.units["D2"]]
    assert isinstance(pass_down(root.pk, units, plan_due_on=due_on, by=world.person("minh", MONDAY), at=MONDAY), PassedDown)
    clicked(world, "dung", "D1", day(1))
    return root


def test_a_plan_that_names_its_letter_with_the_day_counts_and_one_of_another_day_does_not(world: World) -> None:
    root = three_levels(world)
    assert root.directive
    number = root.directive.full_number
    planned(world, "an", "hoa", "G1", reference(number, root.directive.issued_on))
    assert with_plan(placed(world, "LDLD"), [world.units["G1"]]) == {world.units["G1"]}
    planned(world, "dung", "dung", "D1", reference(number, date(2022, 1, 5)))
    assert with_plan(placed(world, "LDLD"), [world.units["D1"]]) == frozenset()


def test_a_plan_in_force_ends_the_follow_up_of_the_letter_that_asked_for_it_and_of_no_other(world: World) -> None:
    root = owing(world)
    assert root.directive
    asked, other = Arrival.objects.get(), root.directive.full_number
    assert (asked.due_on, asked.progress) == (FRIDAY, Progress.WAITING)
    planned(world, "dung", "dung", "D1", "77/KH-KHAC")
    asked.refresh_from_db()
    assert asked.progress == Progress.WAITING
    planned(world, "dung", "dung", "D1", reference(other, root.directive.issued_on))
    asked.refresh_from_db()
    assert (asked.progress, asked.answer, asked.progress_note) == (Progress.DONE, "1/KH", "Đã có kế hoạch KH-2023-0002.")
    assert list(paper_faults()) == []


def test_those_to_be_reminded_of_a_late_plan_are_whom_the_unit_itself_asked(world: World) -> None:
    """Not those further down, whom their own superior asked; not one that has a plan; nobody before the day is over."""
    shipped("ke-hoach")
    root = owing(world)
    below = letter(world, "dung", "D1", day(2))
    arrival = Arrival.objects.get(unit=world.units["D1"])
    sent_on = pass_down(below.pk, [world.units["G1"]], arrival=arrival.pk, plan_due_on=FRIDAY, by=world.person("dung", day(2)), at=day(2))
    assert isinstance(sent_on, PassedDown)
    top, monday = placed(world, "LDLD"), date(2023, 4, 17)
    assert late_just_below(top, FRIDAY) == frozenset()
    assert late_just_below(top, monday) == {world.units["D1"], world.units["D2"]}
    assert late_just_below(placed(world, "D1"), monday) == {world.units["G1"]}
    assert root.directive
    planned(world, "dung", "dung", "D1", root.directive.full_number)
    assert late_just_below(top, monday) == {world.units["D2"]}


def test_who_is_late_with_a_plan_is_listed_from_the_day_after_a_working_day(world: World) -> None:
    shipped("ke-hoach")
    owing(world)
    top = placed(world, "LDLD")
    late = [without_plan(top, each, 1, 50, late=True)[1] for each in (FRIDAY, date(2023, 4, 15))]
    assert late == [0, 2]
    Passing.objects.update(plan_due_on=date(2023, 4, 15))  # a Saturday: until Monday it is not late
    assert [without_plan(top, date(2023, 4, each), 1, 50, late=True)[1] for each in (16, 17, 18)] == [0, 0, 2]
    assert without_plan(top, date(2023, 4, 16), 1, 50)[1] == 2


def test_a_plan_for_something_else_does_not_count(world: World) -> None:
    three_levels(world)
    planned(world, "dung", "dung", "D1", "77/KH-KHAC")
    top = placed(world, "LDLD")
    assert (plans_by_branch(top), without_plan(top, local_day(later()), 1, 50)[1]) == ({}, 4)


def test_without_the_register_nothing_is_said_of_plans(world: World) -> None:
    three_levels(world)
    top = placed(world, "LDLD")
    assert (plans_by_branch(top), without_plan(top, local_day(later()), 1, 50)) == ({}, ([], 0))
