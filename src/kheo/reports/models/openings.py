"""How often the number of an indicator was opened: a count for a whole cycle, never who or when."""

from django.db import models

from kheo.campaigns.models import Cycle


class IndicatorOpening(models.Model):
    """So many times did somebody look at what stands behind an indicator's number. No state of the domain: losing it loses a hint."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=12)
    times = models.IntegerField()

    class Meta:
        db_table = "reports_indicator_opening"
        constraints = [models.UniqueConstraint(fields=["cycle", "indicator"], name="opening_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.indicator}: {self.times}"
