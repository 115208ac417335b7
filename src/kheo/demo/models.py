"""The one thing the demo keeps for itself: when its invented year stands."""

from django.db import models


class DemoClock(models.Model):
    """The instant at which the demo's clock starts; no row means real time."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    starts_at = models.DateTimeField()

    class Meta:
        db_table = "demo_clock"
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="demo_clock_one_row"),)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
