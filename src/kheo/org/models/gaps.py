"""What is meant to be done about a ward without a union."""

from django.conf import settings
from django.db import models

from kheo.org.models.dated import Unit


class GapPlan(models.Model):
    """Who looks after a ward without a union meanwhile, and when it is to have one; the newest row holds, none is changed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="the ward or commune")
    covers = models.CharField(max_length=120, blank=True, help_text="name of an official, as whoever wrote it says")
    founded_on = models.DateField(null=True, help_text="when a union is to be founded; empty: not known")
    note = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    maker = models.CharField(max_length=320, help_text="name and post, as they were")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "org_gap_plan"
        indexes = [models.Index(fields=["unit", "-id"], name="gap_plan_newest")]

    def __str__(self) -> str:
        return f"plan for unit {self.unit_id}"
