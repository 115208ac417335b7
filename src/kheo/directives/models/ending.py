"""A campaign that ends because another paper took the place of its directive."""

from django.db import models
from django.db.models import Q

from kheo.campaigns.models import Campaign
from kheo.directives.models.papers import DirectiveLink
from kheo.directives.models.withdrawn import taken_back_with_a_reason
from kheo.org.models import Unit


class CampaignEnding(models.Model):
    """From a day on a campaign asks nothing any more: by which replacement, decided at which unit, by whom and when.

    Kept once for a campaign while it holds; taken back once, with a reason, and never deleted (a trigger refuses it).
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="endings")
    link = models.ForeignKey(DirectiveLink, models.PROTECT, related_name="endings", help_text="the replacement, with its day")
    from_day = models.DateField(help_text="a window that begins on this day or later is not asked for")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=320)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=320, blank=True)
    withdrawn_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        db_table = "directives_ending"
        constraints = [
            models.UniqueConstraint(fields=["campaign"], condition=Q(withdrawn_at=None), name="campaign_ends_once"),
            taken_back_with_a_reason("an_ending_is_taken_back_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} ends {self.from_day}"
