"""Who ends a campaign: the campaign office of the top unit, by a replacement that stands in the books of that unit."""

from kheo.directives.access import campaign_units
from kheo.directives.models import CampaignEnding
from kheo.directives.queries.endings import Replacement, replacements
from kheo.org.access import Person, Unreachable


def replacements_to_act_on(person: Person, paper: int | None = None) -> list[Replacement]:
    """What this person may end campaigns by; `paper`: only where it is one of the two."""
    return replacements(campaign_units(person), paper=paper)


def replacement_to_act_on(person: Person, campaign: int, link: int) -> Replacement:
    """One of them."""
    found = next((each for each in replacements_to_act_on(person) if (each.campaign.pk, each.link.pk) == (campaign, link)), None)
    if found is None:
        raise Unreachable
    return found


def ending_to_take_back(person: Person, ending: int) -> CampaignEnding:
    """An ending that was decided at such a unit."""
    row = CampaignEnding.objects.select_related("campaign", "link__directive").filter(pk=ending).first()
    if row is None or row.unit_id not in campaign_units(person):
        raise Unreachable
    return row
