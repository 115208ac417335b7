"""Trees frozen for ever, as cycles were opened on them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kheo.org.models.dated import Unit


class TreeSnapshot(models.Model):
    """A line's tree as of a day, numbered depth first and kept for ever; equal trees share one (`hash`)."""

    line = models.CharField(max_length=20)
    day = models.DateField()
    hash = models.CharField(max_length=64)
    size = models.IntegerField()

    class Meta:
        db_table = "org_tree_snapshot"
        constraints = [models.UniqueConstraint(fields=["line", "hash"], name="one_snapshot_per_tree")]

    def __str__(self) -> str:
        return f"{self.line} {self.day} ({self.size})"


class SnapshotUnit(models.Model):
    """A unit in a snapshot: its subtree is the positions `[position, ends_at)`; names as they were on the day.

    Rows are written by `freeze_tree` alone, all at once, and `kheo verify` counts them again, so the database does not look up
    600,000 keys at the end of a country's opening. Every index costs as much as the rows themselves (docs/decisions/025), so there are
    three: by the unit, by the place, and what stands below a unit. Codes are looked up in the units' own (`units_with_code`).
    """

    pk = models.CompositePrimaryKey("snapshot_id", "unit_id")
    snapshot = models.ForeignKey(TreeSnapshot, models.PROTECT, related_name="units", db_constraint=False, db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    position = models.IntegerField()
    ends_at = models.IntegerField()
    depth = models.SmallIntegerField()
    parent_id = models.BigIntegerField(null=True)
    ancestors = ArrayField(models.BigIntegerField(), help_text="units above, nearest first")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)

    class Meta:
        db_table = "org_snapshot_unit"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "position"], name="position_once_in_snapshot"),
        ]
        indexes = [models.Index(fields=["snapshot", "parent_id", "position"], name="snapshot_children")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_inner(self) -> bool:
        """Whether anything stands below."""
        return self.ends_at > self.position + 1
