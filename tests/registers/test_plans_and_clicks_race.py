"""A plan put in force and “Đã nhận” at the same moment, on real connections: whoever comes second sees what the first did."""

import pytest

from kheo.core.paper_books.facts import Progress
from kheo.directives.models import Arrival
from kheo.registers.actions import Acknowledged, Made
from tests.directives.test_pass_down import day
from tests.registers.books import tried
from tests.registers.test_acting_races import while_it_waits
from tests.registers.test_plans_answer_letters import asked, click, drafted
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_plan_that_comes_while_somebody_clicks_finds_the_arrival(world: World) -> None:
    entry = drafted(world, asked(world))
    dung = world.person("dung", day(4))
    (done,) = while_it_waits(lambda: click(world), lambda: tried(entry, "ban_hanh", dung, day(4)))
    assert isinstance(done, Made), done
    assert Arrival.objects.get().progress == Progress.DONE


def test_the_click_that_comes_while_a_plan_is_put_in_force_finds_the_plan(world: World) -> None:
    entry = drafted(world, asked(world))
    dung = world.person("dung", day(4))
    (done,) = while_it_waits(lambda: tried(entry, "ban_hanh", dung, day(4)), lambda: click(world))
    assert isinstance(done, Acknowledged), done
    assert Arrival.objects.get().progress == Progress.DONE
