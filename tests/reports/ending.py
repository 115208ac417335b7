"""A unit that ends in mid-cycle, for the tests of what becomes of its report."""

from datetime import date, datetime

from kheo.core.reorganising import Absorbed, Decision
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person, person
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.actions import (
    Done,
    Refusal,
    hand_over,
)
from tests.world import FIRST_DAY, OPENING, World, later

END = date(2023, 4, 10)
AFTER = later(days=20)
LONG_AFTER = later(days=90)
WHY = "Đã sáp nhập theo Quyết định 12."


def end(world: World, old: str = "G1", into: str = "G2") -> None:
    """A unit is absorbed by another on the tenth of April."""
    done = record_events(
        [Absorbed(unit=world.units[old], day=END, decision=Decision("12/QĐ"), into=world.units[into])], by=SYSTEM, at=later(days=1)
    )
    assert not done.problems


def somebody(world: World, name: str, code: str, role: Role, at: datetime = AFTER) -> Person:
    user = User.objects.create_user(name, f"Người {name}")
    appoint(user, world.units[code], role, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return person(user, at)


def handed(world: World) -> Done | Refusal:
    return hand_over(world.obligation("G1").pk, to=world.units["G2"], reason=WHY, by=world.person("binh", AFTER), at=AFTER)
