"""Whose the pages about the end of a campaign and about its papers are, for the access matrix: the office of the top unit's alone."""

from datetime import date

from django.urls import reverse

from kheo.directives.actions import tie_paper
from kheo.directives.models import CampaignEnding, CampaignPaper, DirectiveLink
from tests.reports.replaced import AFTER, end, replaced
from tests.world import World

OFFICE = {"LDLD": {"lan"}}
OF_REPLACING = {
    ("end_campaign", "get"): OFFICE,
    ("end_campaign", "post"): OFFICE,
    ("take_back_ending", "post"): OFFICE,
    ("tie_paper", "post"): OFFICE,
    ("untie_paper", "post"): OFFICE,
}
FAR = date(2031, 1, 1)  # no window begins so late: the world's reports stay as they are


def link_of(world: World) -> DirectiveLink:
    """The replacement of the campaign's paper: made once for each world."""
    found = DirectiveLink.objects.filter(role="replaces").first()
    return found or replaced(world, day=FAR)


def tie_of(world: World) -> CampaignPaper:
    """The campaign tied to that paper: made once for each world."""
    return tie_paper(world.cycle.campaign_id, link_of(world).other_id, by=world.person("lan"), at=AFTER)


def replacing_address(world: World, name: str, unit: str | None, absent: int) -> str:
    """The address for the end of the world's campaign, or for one that is not there."""
    if name == "end_campaign":
        return reverse(name, args=[world.cycle.campaign_id, link_of(world).pk] if unit else [absent, absent])
    if name in ("tie_paper", "untie_paper"):
        paper = link_of(world).other_id if unit else absent
        return reverse(name, args=[paper, *([tie_of(world).pk if unit else absent] if name == "untie_paper" else [])])
    held = CampaignEnding.objects.filter(withdrawn_at=None).first() if unit else None
    return reverse(name, args=[(held or end(world, link_of(world)).ending).pk if unit else absent])
