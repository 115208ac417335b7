"""What a page asks of the tree more than once is asked of the database once, and anew as soon as a tree has changed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.reorganising import Absorbed
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.org.queries import Within, forebears, kept, left_to, lines_standing, not_there, one_look, units_below
from kheo.org.queries.kept import kept_in_a_look
from tests.world import OPENING, World, later, small_world

TODAY, THEN = OPENING.date(), later(days=3).date()


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@contextmanager
def queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as found:
        yield found


def asked_of(world: World) -> list[Collection[object]]:
    unit = world.units["LDLD"]
    return [
        lines_standing({unit}, THEN),
        units_below(THEN, Line.UNION, unit, 10),
        left_to({unit}, Within(THEN)),
        forebears({unit}, THEN),
        not_there(THEN),
    ]


def test_a_second_page_asks_only_whether_a_tree_has_changed(world: World) -> None:
    plain = asked_of(world)
    with one_look():
        assert asked_of(world) == plain
    with one_look(), queries() as found:
        assert asked_of(world) == plain
    assert len(found) == 1


def test_what_a_page_was_told_is_told_anew_after_a_change(world: World) -> None:
    gone, into = world.units["G1"], world.units["G2"]
    with one_look():
        before = asked_of(world)
    assert record_events([Absorbed(day=THEN, unit=gone, into=into)], by=SYSTEM, at=later(days=3)).problems == ()
    with one_look():
        after = asked_of(world)
        assert gone in not_there(THEN)
        assert forebears({into}, THEN) == {gone}
    assert after == asked_of(world)
    assert after != before


def test_without_a_look_the_database_is_always_asked(world: World) -> None:
    with one_look():
        lines_standing({world.units["G1"]}, TODAY)
    with queries() as found:
        lines_standing({world.units["G1"]}, TODAY)
        lines_standing({world.units["G1"]}, TODAY)
    assert len(found) == 2


def test_whoever_changes_an_answer_changes_nobody_elses(world: World) -> None:
    with one_look():
        forebears({world.units["G1"]}, TODAY).add(7)
        assert forebears({world.units["G1"]}, TODAY) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("sizes", "questions"), [((2, 2), 1), ((3, 3), 1), ((3, 4, 3), 3), ((2, 3, 4, 2), 3), ((5, 5), 2)])
def test_a_few_long_answers_are_kept_beside_the_short_ones_and_none_beyond(
    sizes: tuple[int, ...], questions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_LARGE", 4)
    monkeypatch.setattr(kept, "LARGE_KEPT", 1)
    asked = 0

    @kept_in_a_look(copied=tuple, most=2)
    def numbers(size: int) -> tuple[int, ...]:
        nonlocal asked
        asked += 1
        return tuple(range(size))

    with one_look():
        assert [numbers(each) for each in sizes] == [tuple(range(each)) for each in sizes]
    assert asked == questions


@pytest.mark.django_db
def test_what_is_asked_about_very_many_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_LARGE", 2)
    asked = 0

    @kept_in_a_look(copied=tuple, most=1)
    def none_of(_units: Collection[int]) -> tuple[int, ...]:
        nonlocal asked
        asked += 1
        return ()

    with one_look():
        assert none_of({1, 2}) == none_of([2, 1]) == none_of({1, 2, 3}) == none_of({1, 2, 3}) == ()
    assert asked == 3
