"""Planning a few events reads only what they can touch, and says what reading the whole country would say."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.reorganising import Closed, Plan, plan_events
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.models import Unit
from kheo.org.queries import edges, planned, standing_from, units_by_code
from tests.core.reorganising.acts import some_event
from tests.core.reorganising.ledger import START, day
from tests.world import OPENING

pytestmark = pytest.mark.django_db

TOWN = """code,name,kind,parent_code
F,Công đoàn F,provincial_federation,
D2,Công đoàn D2,district_federation,F
D3,Công đoàn D3,district_federation,F
G4,Công đoàn G4,grassroots_union,D2
G5,Công đoàn G5,grassroots_union,D2
G6,Công đoàn G6,grassroots_union,D3
"""


@pytest.fixture
def units() -> list[int]:
    assert not load_units(TOWN.encode(), "town.csv", on=START, by=SYSTEM, at=OPENING).problems
    return list(units_by_code(START).values())


def told(plan: Plan) -> tuple[object, ...]:
    effects = sorted((effect.event, effect.act, effect.slot, effect.ends_before or START) for effect in plan.effects)
    return effects, plan.problems, plan.doubts


def test_a_plan_of_what_is_touched_is_the_plan_of_everything(units: list[int]) -> None:
    """Over a history that grows, with things recorded for later days."""
    chance = random.Random(11)
    recorded = 0
    for _ in range(120):
        when = day(chance.randint(1, 9))
        standing = {edge.child: edge.parent for edge in edges(when, Line.UNION)}

        def below(unit: int, standing: dict[int, int | None] = standing) -> list[int]:
            return [child for child, parent in standing.items() if parent == unit]

        events = some_event(chance, units, below, when, -1)
        whole = plan_events(standing_from(when), events)
        assert told(planned(events)) == told(whole)
        if not whole.problems and chance.random() < 0.3:
            recorded += record_events(events, by=SYSTEM, at=OPENING).events
            units = list(Unit.objects.values_list("pk", flat=True))
    assert recorded > 8


def test_the_number_of_queries_does_not_grow_with_the_country(units: list[int]) -> None:
    closing = [Closed(day=day(3), unit=units_by_code(START)["G4"])]
    counts = []
    for number in (0, 1, 60):
        rows = "".join(f"N{number}-{each},Công đoàn {each},grassroots_union,D2\n" for each in range(number))
        if rows:
            text = "code,name,kind,parent_code\n" + rows
            assert not load_units(text.encode(), "more.csv", on=START, by=SYSTEM, at=OPENING).problems
        with CaptureQueriesContext(connection) as queries:
            assert planned(closing).problems == ()
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] < 15
