"""What stands below some units is kept in each process: a tree that another one changes is read again there from the commit on."""

from typing import Any

import pytest

from kheo.core.bounded import Bounded
from kheo.core.reorganising import Absorbed, Established, Place
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events, reorganising
from kheo.org.models import Relation, Unit, UnitName
from kheo.org.queries import all_below, reach, reaching
from tests.registers.test_acting_races import while_it_waits
from tests.reports.test_races import at_once
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db(transaction=True)
DAY = later(days=3).date()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(reaching, "MUCH", 0)
    monkeypatch.setattr(reaching, "_kept", Bounded(reaching.MOST_KEPT))
    return small_world()


def test_a_unit_that_another_process_ended_is_gone_at_the_next_look(world: World) -> None:
    top, gone, into = world.units["LDLD"], world.units["G1"], world.units["G2"]
    assert gone in reach([top], DAY).below
    (done,) = at_once(lambda: record_events([Absorbed(day=DAY, unit=gone, into=into)], by=SYSTEM, at=later(days=3)))
    assert done.problems == ()
    assert gone not in reach([top], DAY).below


def half_written(top: int) -> None:
    """As an act that has numbered its rows but not come to its end."""
    reorganising.lock_tree()
    unit = Unit.objects.create()
    Relation.objects.create(child=unit, parent_id=top, line=Line.UNION, starts=DAY)
    UnitName.objects.create(unit=unit, name="Công đoàn chậm", folded="cong doan cham", sort_key="x", starts=DAY)


def meanwhile(top: int) -> Any:
    """Another act, whose rows have higher numbers, and a look by which the tree is kept."""
    place = Place(line=Line.UNION, parent=top)
    new = Established(day=DAY, unit=-1, name="Công đoàn nhanh", kind="grassroots_union", code="NHANH", places=(place,))
    done = record_events([new], by=SYSTEM, at=later(days=3))
    reach([top], DAY)
    return done.problems


def slow_one_is_missed(top: int) -> bool:
    (problems,) = while_it_waits(lambda: half_written(top), lambda: meanwhile(top))
    assert problems == ()
    return reach([top], DAY).below != all_below(DAY, Line.UNION, [top])


def test_of_two_changes_at_once_none_slips_in_below_what_is_kept(world: World) -> None:
    assert not slow_one_is_missed(world.units["LDLD"])


def test_without_the_lock_one_would_be_missed_for_good(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control."""
    monkeypatch.setattr(reorganising, "lock_tree", lambda: None)
    assert slow_one_is_missed(world.units["LDLD"])
