"""The campaign office says on which paper of its books a campaign rests, or takes that back."""

from datetime import datetime

from django.db import transaction

from kheo.campaigns.models import Campaign
from kheo.core.paper_books.facts import one_line
from kheo.directives.access import directive_to_tie, tie_to_take_back
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.models import CampaignEnding, CampaignPaper
from kheo.directives.queries.campaign_papers import TIE
from kheo.journal.actions import record
from kheo.org.access import Person


@transaction.atomic
def tie_paper(campaign: int, directive: int, *, by: Person, at: datetime) -> CampaignPaper:
    """Say that a campaign carries out a paper of the unit's books; twice is harmless."""
    unit = directive_to_tie(by, directive).unit
    held = Campaign.objects.select_for_update().get(pk=campaign)  # of two clicks the second sees the first
    there = CampaignPaper.objects.filter(campaign=held, directive=directive, withdrawn_at=None).first()
    if there is not None:
        return there
    row = CampaignPaper.objects.create(campaign=held, directive_id=directive, unit_id=unit, made_at=at, made_by=by.name)
    told = {"campaign": campaign, "directive": directive}
    record("tie_paper", by=by.actor(unit), at=at, object_type=TIE, object_id=row.pk, unit_id=unit, **told)
    return row


@transaction.atomic
def untie_paper(tie: int, *, reason: str, by: Person, at: datetime) -> CampaignPaper | Refused:
    """Take it back, with a reason; twice is harmless. Not while the campaign has ended because this paper was replaced."""
    Campaign.objects.select_for_update().get(pk=tie_to_take_back(by, tie).campaign_id)
    row = CampaignPaper.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=tie)
    if row.withdrawn_at is not None:
        return row
    said = one_line(reason)
    if not said or len(said) > 500:
        return refused("Ghi lý do, tối đa 500 ký tự.", "reason")
    if CampaignEnding.objects.filter(campaign=row.campaign_id, link__other=row.directive_id, withdrawn_at=None).exists():
        return refused(f"Phong trào “{row.campaign.name}” đã kết thúc vì văn bản này được thay thế; lấy lại việc kết thúc trước.", "reason")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by.name, said
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record("untie_paper", by=by.actor(row.unit_id), at=at, object_type=TIE, object_id=row.pk, unit_id=row.unit_id, reason=said)
    return row
