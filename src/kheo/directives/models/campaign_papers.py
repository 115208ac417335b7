"""A paper of the books on which a campaign rests, said by the campaign office: of a campaign that was published from a file."""

from django.db import models
from django.db.models import Q

from kheo.campaigns.models import Campaign
from kheo.directives.models.papers import Directive
from kheo.directives.models.withdrawn import taken_back_with_a_reason
from kheo.org.models import Unit


class CampaignPaper(models.Model):
    """The campaign carries out this paper: said at which unit, by whom and when. Taken back once, with a reason, and never deleted."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="papers")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="campaign_ties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=320)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=320, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "directives_campaign_paper"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "directive"], condition=Q(withdrawn_at=None), name="tied_once"),
            taken_back_with_a_reason("a_tie_is_taken_back_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} carries out {self.directive_id}"
