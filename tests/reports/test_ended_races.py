"""A decision about the report of a unit that ended against its submission, on two connections."""

from datetime import date

import pytest

from kheo.core.reorganising import Absorbed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.queries import broken_link
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.access import person
from kheo.reports.actions import Done, Receipt, Refusal, close_report, hand_over, submit_report
from kheo.reports.models import Obligation, Revision, Transition
from kheo.reports.queries.verifying import faults
from tests.reports.test_races import at_once
from tests.world import FIRST_DAY, GOOD, OPENING, fill, later, small_world

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = later(days=20)


@pytest.mark.parametrize("attempt", range(4))
def test_closing_and_sending_at_once_leave_one_of_the_two(attempt: int) -> None:
    world = small_world()
    fill(world, "G1", GOOD, by=world.person("an"))
    absorbed = Absorbed(unit=world.units["G1"], day=date(2023, 4, 10), into=world.units["G2"])
    assert not record_events([absorbed], by=SYSTEM, at=OPENING).problems
    user = User.objects.create_user("h2", "Thủ trưởng Hai")
    appoint(user, world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    owed, binh, head = world.obligation("G1").pk, world.person("binh", AFTER), person(user, AFTER)
    assert isinstance(hand_over(owed, to=world.units["G2"], reason="Sáp nhập.", by=binh, at=AFTER), Done)
    version = world.report("G1").version
    results = at_once(
        lambda: submit_report(owed, version=version, by=head, at=AFTER),
        lambda: close_report(owed, reason="Thôi.", by=binh, at=AFTER),
    )
    assert {type(each) for each in results} in ({Receipt, Refusal}, {Refusal, Done})
    is_closed = Obligation.objects.get(pk=owed).closed_at is not None
    assert (Revision.objects.count(), Transition.objects.filter(act="close").count()) == ((0, 1) if is_closed else (1, 0))
    assert list(faults()) == []
    assert broken_link() is None
