"""A campaign ends from a day, or goes on again. What becomes of its reports is the room of reports' to do, in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kheo.campaigns.models import Campaign
from kheo.directives.models import CampaignEnding, DirectiveLink
from kheo.directives.queries.endings import ENDING
from kheo.journal.actions import record
from kheo.org.access import Person


def keep_ending(campaign: Campaign, link: DirectiveLink, unit: int, *, by: Person, at: datetime) -> CampaignEnding:
    """The row of an ending; its journal row follows when it is known what was closed (`record_ending`).

    Both the campaign and the link are locked by the caller, who has asked whether they may be used so.
    """
    if link.from_day is None:
        raise ValueError("only a replacement ends a campaign, and a replacement has its day")
    return CampaignEnding.objects.create(campaign=campaign, link=link, from_day=link.from_day, unit_id=unit, made_at=at, made_by=by.name)


def record_ending(ending: CampaignEnding, counts: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """Tell the journal of an ending, or of what was closed by it once more."""
    told = {"campaign": ending.campaign_id, "link": ending.link_id, "from_day": ending.from_day.isoformat(), **counts}
    record("end_campaign", by=by.actor(ending.unit_id), at=at, object_type=ENDING, object_id=ending.pk, unit_id=ending.unit_id, **told)


def withdraw_ending(ending: CampaignEnding, reason: str, counts: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """The campaign goes on; the row stays, with who took it back and why."""
    ending.withdrawn_at, ending.withdrawn_by, ending.withdrawn_why = at, by.name, reason
    ending.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    told = {"reason": reason, **counts}
    actor = by.actor(ending.unit_id)
    record("take_back_ending", by=actor, at=at, object_type=ENDING, object_id=ending.pk, unit_id=ending.unit_id, **told)
