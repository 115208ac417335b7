"""Whose drafts of campaigns are, for the access matrix: their unit's officer, head and office read them; the office alone publishes."""

from django.urls import reverse

from kheo.directives.actions.drafting import begin_drafting
from kheo.directives.models import Drafting
from kheo.journal.actions import SYSTEM
from tests.core.drafting.test_proposing import GUIDANCE
from tests.world import World, later

_OWN = {"G1": {"an", "hoa"}, "LDLD": {"minh", "lan"}}
OF_DRAFTS = {
    ("drafting", "get"): _OWN,
    ("drafting", "post"): _OWN,
    ("drafting_file", "get"): _OWN,
    ("discard_drafting", "post"): _OWN,
    ("publish_drafting", "post"): {"G1": set[str](), "LDLD": {"lan"}},
}
DRAFTS = {name for name, _ in OF_DRAFTS}


def draft_address(world: World, name: str, unit: str | None, absent: int) -> str:
    """The address for a draft of the unit, there again when somebody has given it up; or for one that is not there."""
    if unit is None:
        return reverse(name, args=[absent])
    found = Drafting.objects.filter(unit=world.units[unit], state="open").first()
    made = found or begin_drafting(world.units[unit], [("huong-dan.txt", GUIDANCE, "")], plans={}, by=SYSTEM, at=later(days=1))
    assert isinstance(made, Drafting), made
    return reverse(name, args=[made.pk])
