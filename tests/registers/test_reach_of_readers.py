"""What stands below some units is kept in memory where it is much, and read again when any tree has changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.bounded import Bounded
from kheo.core.reorganising import Absorbed
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.org.queries import all_below, reach, reaching
from tests.world import OPENING, World, later

TODAY = OPENING.date()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the small world were a city."""
    monkeypatch.setattr(reaching, "MUCH", 0)
    monkeypatch.setattr(reaching, "_kept", Bounded(reaching.MOST_KEPT))


@pytest.mark.usefixtures("kept")
def test_read_once_as_long_as_no_tree_changes(world: World) -> None:
    top = world.units["LDLD"]
    first = reach([top], TODAY)
    assert first.below == first.whole == all_below(TODAY, Line.UNION, [top])
    with CaptureQueriesContext(connection) as queries:
        assert reach([top], TODAY) is first
    assert len(queries) == 1


@pytest.mark.usefixtures("kept")
def test_read_again_when_a_tree_has_changed(world: World) -> None:
    top, gone, into = world.units["LDLD"], world.units["G1"], world.units["G2"]
    day = later(days=3).date()
    assert gone in reach([top], day).below
    assert record_events([Absorbed(day=day, unit=gone, into=into)], by=SYSTEM, at=later(days=3)).problems == ()
    found = reach([top], day)
    assert gone not in found.below
    assert gone in found.whole  # what it left is read where it is kept
    assert gone in reach([into], day).whole
