"""Reading campaigns. Editions never change, so a parsed definition is kept in memory by its primary key."""

from functools import lru_cache

from kheo.campaigns.models import Campaign, Cycle, Edition
from kheo.core.definition import Definition, definition_from_json


@lru_cache(maxsize=64)
def definition_of(edition_id: int) -> Definition:
    """The frozen definition of an edition."""
    return definition_from_json(Edition.objects.values_list("definition", flat=True).get(pk=edition_id))


def latest_edition(campaign: Campaign) -> Edition:
    """The edition that a new cycle will answer; raises Edition.DoesNotExist."""
    return campaign.editions.latest("number")


def campaign_by_code(code: str) -> Campaign | None:
    """The campaign, or None."""
    return Campaign.objects.filter(code=code).first()


def cycle_by_code(campaign: str, code: str) -> Cycle | None:
    """The cycle with its campaign, edition and snapshot, or None."""
    return Cycle.objects.select_related("campaign", "edition").filter(campaign__code=campaign, code=code).first()


def cycles() -> list[Cycle]:
    """All cycles, the newest window first."""
    return list(Cycle.objects.select_related("campaign", "edition").order_by("-closes", "-opens", "pk"))


def previous_cycle(cycle: Cycle) -> Cycle | None:
    """The cycle to set beside this one: the last earlier one of the same period, else the last earlier one at all."""
    earlier = Cycle.objects.select_related("campaign", "edition").filter(campaign=cycle.campaign_id, closes__lt=cycle.closes)
    same = earlier.filter(period=cycle.period).order_by("-closes").first()
    return same or earlier.order_by("-closes").first()
