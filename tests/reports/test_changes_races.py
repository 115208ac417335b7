"""Two people, or a person and a job, at once over a change of units: real connections, one act held open while the other comes."""

from datetime import timedelta

import pytest

from kheo.core.proposals import Move
from kheo.core.reorganising import plan_mark
from kheo.files.models import StoredFile
from kheo.org.queries import planned_file
from kheo.reports.actions import Done, Refusal, reroute, reroute_proposals
from kheo.reports.actions.previews import FILES_KEPT, Forgotten, forget_unrecorded, keep_preview
from kheo.reports.actions.reorganising import confirm_changes
from kheo.reports.actions.rerouting import NONE_LEFT
from kheo.reports.models import KeptPage, KeptPreview, ProposalMessage
from kheo.reports.queries.previews import Preview
from kheo.reports.queries.verifying import faults
from tests.reports.test_forget_unrecorded import RENAMED, sent
from tests.reports.test_reroute_proposals import AFTER, WHY, asked, district_one_ends, stands
from tests.reports.waiting import while_open
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return small_world()


def test_of_two_offices_that_give_the_same_proposals_away_the_second_is_refused(world: World) -> None:
    proposal = asked(world, "G1")
    district_one_ends(world)
    units, lan, bich = world.units, world.person("lan", AFTER), world.person("bich", AFTER)
    first, second = while_open(
        lambda: reroute_proposals(world.cycle, holder=units["D1"], to=units["LDLD"], reason=WHY, by=lan, at=AFTER),
        lambda: reroute_proposals(world.cycle, holder=units["D1"], to=units["D2"], reason=WHY, by=bich, at=AFTER),
    )
    assert isinstance(first, Done)
    assert second == Refusal(NONE_LEFT)
    assert stands(proposal)[1] == units["LDLD"]
    assert list(ProposalMessage.objects.filter(move=Move.REROUTE).values_list("to_id", flat=True)) == [units["LDLD"]]
    assert list(faults()) == []


def test_a_report_that_goes_elsewhere_leaves_alone_what_was_given_away_meanwhile(world: World) -> None:
    proposal = asked(world, "G1")
    district_one_ends(world)
    units, lan, bich = world.units, world.person("lan", AFTER), world.person("bich", AFTER)
    first, second = while_open(
        lambda: reroute_proposals(world.cycle, holder=units["D1"], to=units["LDLD"], reason=WHY, by=lan, at=AFTER),
        lambda: reroute(world.obligation("G1").pk, to=units["D2"], reason=WHY, by=bich, at=AFTER),
    )
    assert (type(first), type(second)) == (Done, Done)
    assert (stands(proposal)[1], world.obligation("G1").recipient_id) == (units["LDLD"], units["D2"])


def test_two_tabs_of_a_long_preview_keep_it_once(world: World) -> None:
    preview = Preview({}, {"a": 60}, {"a": [{"x": 1}] * 60})

    def keep() -> None:
        keep_preview(preview, person=world.users["lan"].pk, key="file:1", stamp="s", at=later())

    assert while_open(keep, keep) == (None, None)
    assert (KeptPreview.objects.count(), KeptPage.objects.count()) == (1, 2)


def test_a_file_that_is_being_recorded_is_not_forgotten(world: World) -> None:
    """The night comes while somebody records an old file."""
    file = sent(world, RENAMED)
    plan = planned_file(RENAMED, "thay-doi.csv").plan
    assert plan
    old, lan = later() + FILES_KEPT + timedelta(seconds=1), world.person("lan")
    recorded, gone = while_open(
        lambda: confirm_changes(file, mark=plan_mark(plan), by=lan, at=later()),
        lambda: forget_unrecorded(at=old),
    )
    assert (bool(recorded.batch), gone) == (True, Forgotten(0, 0))
    assert StoredFile.objects.filter(pk=file).exists()
