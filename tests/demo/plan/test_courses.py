"""The story: every report goes the way the workflow allows, and each stage is the beginning of the next."""

from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise

import pytest

from kheo.core.workflow import Act, State, step
from kheo.demo.plan.cast import AN_DISTRICT, AN_UNIT
from kheo.demo.plan.courses import Deed, Draft, Step
from kheo.demo.plan.offices import OfficeStep
from kheo.demo.plan.script import Setting
from kheo.demo.plan.story import NOW, STORY, Stage
from tests.demo.plan.campaign import script, tree

ACTS = {
    Deed.SAVE: Act.SAVE,
    Deed.SUBMIT: Act.SUBMIT,
    Deed.RETURN: Act.RETURN,
    Deed.ANSWER: Act.ANSWER,
    Deed.ACCEPT: Act.ACCEPT,
    Deed.REVISE: Act.REVISE,
    Deed.ASK: Act.ASK_EXTENSION,
    Deed.EXTEND: Act.EXTEND,
}


def by_report(stage: Stage, units: int = 60) -> dict[tuple[str, str], list[Step]]:
    found: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for each in script(stage, units):
        if isinstance(each, Step):
            found[each.cycle, each.unit].append(each)
        elif isinstance(each, OfficeStep) and each.what == "workbooks":
            for unit, says in each.units:  # instead of a first draft of its own
                found[each.cycle, unit].append(Step(each.at, each.cycle, unit, Deed.SAVE, Draft.NOTHING, says))
    return found


def state_after(steps: list[Step]) -> State:
    state = State.NOT_STARTED
    for each in steps:
        cell = step(state, ACTS[each.deed])
        assert cell, f"{each.unit}: {each.deed} in {state}"
        state = cell.to
    return state


def states(stage: Stage, cycle: str, units: int = 1000) -> Counter[State]:
    reports = by_report(stage, units)
    unions = [unit.code for unit in tree(units).units if unit.kind == "grassroots_union"]
    return Counter(state_after(reports[cycle, unit]) for unit in unions)


@pytest.mark.parametrize("units", [30, 60, 1000])
def test_every_report_goes_the_way_of_the_workflow_in_the_order_of_time(units: int) -> None:
    for steps in by_report(Stage.CLOSED, units).values():
        state_after(steps)
        assert all(first.at < second.at and first.after == second.before for first, second in pairwise(steps))


def test_nothing_is_written_before_its_cycle_is_open() -> None:
    opened = {chapter.cycle: chapter.opened_at for chapter in STORY}
    for (cycle, _), steps in by_report(Stage.CLOSED, 1000).items():
        assert steps[0].at > opened[cycle]


def test_each_stage_is_the_beginning_of_the_next() -> None:
    collecting, reviewing, closed = (script(stage) for stage in Stage)
    assert collecting == reviewing[: len(collecting)]
    assert reviewing == closed[: len(reviewing)]
    assert len(collecting) < len(reviewing) < len(closed)
    assert all(script(stage)[-1].at < NOW[stage] for stage in Stage)


def test_the_script_runs_forward_and_sets_the_stage_first() -> None:
    closed = script(Stage.CLOSED)
    times: list[datetime] = [each.at for each in closed]
    assert times == sorted(times)
    first_cycle = next(index for index, each in enumerate(closed) if isinstance(each, Step))
    assert [each.what for each in closed[:first_cycle] if isinstance(each, Setting)] == ["plant", "staff", "publish", "open"]


def test_while_collecting_about_half_have_sent_and_some_are_at_every_state() -> None:
    found = states(Stage.COLLECTING, "2023-N")
    sent = found[State.SUBMITTED] + found[State.ACCEPTED] + found[State.RETURNED]
    assert 480 <= sent <= 620
    # None is closed: that happens to units that end, and in the demo none does.
    assert {state for state in State if not found[state]} == {State.CLOSED}


def test_while_reviewing_nearly_all_have_sent() -> None:
    found = states(Stage.REVIEWING, "2023-N")
    assert found[State.NOT_STARTED] + found[State.DRAFT] < 80
    assert found[State.RETURNED] >= 3
    assert found[State.SUBMITTED] > 30


@pytest.mark.parametrize(("cycle", "missing"), [("2022", 0), ("2023-6T", 3), ("2023-N", 4)])
def test_once_closed_all_are_accepted_but_a_handful(cycle: str, missing: int) -> None:
    units = tree(1000).units if cycle != "2022" else tree(1000).standing(STORY[0].opened_at.date())
    reports = by_report(Stage.CLOSED, 1000)
    found = Counter(state_after(reports[cycle, unit.code]) for unit in units)
    assert found[State.ACCEPTED] == len(units) - found[State.NOT_STARTED] - found[State.DRAFT]
    assert abs(found[State.NOT_STARTED] + found[State.DRAFT] - missing) <= 1


@pytest.mark.parametrize("units", [30, 60, 1000])
def test_something_is_revised_after_acceptance_even_after_the_city_has_been_accepted(units: int) -> None:
    reports = by_report(Stage.CLOSED, units)
    revised = [each.at for (cycle, _), steps in reports.items() if cycle == "2023-N" for each in steps if each.deed == Deed.REVISE]
    assert max(revised) > reports["2023-N", tree(units).federation.code][-1].at


@pytest.mark.parametrize(
    ("stage", "state"), [(Stage.COLLECTING, State.DRAFT), (Stage.REVIEWING, State.RETURNED), (Stage.CLOSED, State.ACCEPTED)]
)
def test_the_report_of_an_waits_half_filled_then_sent_back_then_done(stage: Stage, state: State) -> None:
    assert state_after(by_report(stage)["2023-N", AN_UNIT]) == state


def test_while_reviewing_some_districts_have_sent() -> None:
    reports = by_report(Stage.REVIEWING, 1000)
    districts = [unit.code for unit in tree(1000).units if unit.kind == "district_federation"]
    sent = sum(state_after(reports["2023-N", code]) in (State.SUBMITTED, State.ACCEPTED) for code in districts)
    assert 2 <= sent < len(districts)


def test_some_unions_are_late_but_most_are_not() -> None:
    reports = by_report(Stage.CLOSED, 1000)
    unions = [unit.code for unit in tree(1000).units if unit.kind == "grassroots_union"]
    sent = [next((each.at for each in reports["2023-N", unit] if each.deed == Deed.SUBMIT), None) for unit in unions]
    late = [at for at in sent if at and at.date() > date(2023, 11, 13)]
    assert 30 <= len(late) <= 80


@pytest.mark.parametrize("units", [30, 60, 1000])
def test_some_are_given_a_day_more_and_one_asks_for_it(units: int) -> None:
    reports = by_report(Stage.CLOSED, units)
    given = {
        cycle: [steps for (each, _), steps in reports.items() if each == cycle for step in steps if step.deed == Deed.EXTEND]
        for cycle in ("2022", "2023-6T", "2023-N")
    }
    asked = [cycle for (cycle, _), steps in reports.items() for step in steps if step.deed == Deed.ASK]
    assert (len(given["2022"]), asked) == (0, ["2023-N"])
    assert 1 <= len(given["2023-N"]) <= 3
    assert len(given["2023-6T"]) <= 2


def office_steps(what: str, units: int, stage: Stage = Stage.CLOSED) -> list[OfficeStep]:
    return [each for each in script(stage, units) if isinstance(each, OfficeStep) and each.what == what]


@pytest.mark.parametrize("units", [30, 60, 1000])
def test_a_letter_is_only_written_where_a_report_is_overdue(units: int) -> None:
    sent = {
        key: next((each.at for each in steps if each.deed == Deed.SUBMIT), None) for key, steps in by_report(Stage.CLOSED, units).items()
    }
    planned = tree(units)
    letters = office_steps("call_in", units)
    assert letters
    for letter in letters:
        below = [unit.code for unit in planned.units if planned.recipient(unit) == letter.office]
        silent = [code for code in below if (at := sent.get((letter.cycle, code))) is None or at > letter.at]
        assert silent, f"{letter.office} in {letter.cycle} has nobody to call in"


def test_some_offices_write_twice_and_some_never() -> None:
    letters = Counter((each.cycle, each.office) for each in office_steps("call_in", 1000))
    assert set(letters.values()) == {1, 2}
    writing = {office for cycle, office in letters if cycle == "2023-N"}
    assert 5 < len(writing) < sum(unit.is_inner for unit in tree(1000).units)


@pytest.mark.parametrize(("units", "bundled"), [(30, 1), (60, 2), (1000, 3)])
def test_a_few_workbooks_come_by_mail_while_collecting(units: int, bundled: int) -> None:
    (step,) = office_steps("workbooks", units, Stage.COLLECTING)
    assert (step.office, len(step.units)) == (AN_DISTRICT, bundled)
    assert AN_UNIT not in dict(step.units)
    assert step.spoilt not in dict(step.units)
