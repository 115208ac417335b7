"""A cache for looking back: sums over what counted at some instant, with exactly what was added up."""

from django.db import models

from kheo.campaigns.models import Cycle


class Milestone(models.Model):
    """`core.milestones`, its arrays as `core.milestones.stored` gives them; of large cycles only (docs/decisions/029).

    `instant` tells which one lies near, nothing more: the sums are those of the revisions in `revisions`, and stay right for them.
    Kept by a nightly job, counted again by `kheo verify`; losing one loses nothing but time.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", db_index=False)
    instant = models.DateTimeField()
    revisions = models.BinaryField()
    places = models.BinaryField()
    cuts = models.BinaryField()
    tallies = models.BinaryField()

    class Meta:
        db_table = "reports_milestone"
        constraints = [models.UniqueConstraint(fields=["cycle", "instant"], name="milestone_once")]

    def __str__(self) -> str:
        return f"cycle {self.cycle_id} before {self.instant}"
