"""What the demo keeps for itself: when its invented year stands, and how far it has been built."""

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


class DemoBuild(models.Model):
    """The one demo of this database.

    `steps_done` lets an interrupted build go on where it stopped, if it is still made of the same (`fingerprint`) and
    nobody has acted since (`journal_number`, of the journal's last row then).
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    stage = models.CharField(max_length=20)
    units = models.IntegerField()
    seed = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, default="")
    steps_done = models.IntegerField(default=0)
    journal_number = models.BigIntegerField(default=0)
    is_complete = models.BooleanField(default=False)

    class Meta:
        db_table = "demo_build"
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="demo_build_one_row"),)

    def __str__(self) -> str:
        return f"{self.stage} {self.units} {self.seed}"
