"""Where units lie on the ground."""

from typing import Any

from django.db import models

from kheo.org.models.dated import Unit


class UnitBorder(models.Model):
    """The border of a unit as it is drawn: one row a unit, the newest file's. Millionths of a degree; not evidence of anything."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="border", primary_key=True)
    west = models.IntegerField()
    south = models.IntegerField()
    east = models.IntegerField()
    north = models.IntegerField()
    polygons: Any = models.JSONField(help_text="polygons of rings of [longitude, latitude]")
    file = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "org_unit_border"
        indexes = [models.Index(fields=["south", "north", "west", "east"], name="border_box")]

    def __str__(self) -> str:
        return f"border of unit {self.unit_id}"
