"""Lists of reports that somebody looks at again: filters and an order under a name, of a person or of everybody who reviews at a unit."""

from django.conf import settings
from django.db import models

from kheo.org.models import Unit


class SavedList(models.Model):
    """`unit`: whose board it is about. `owner`: the person it belongs to, None for the unit's own. `query` as in the board's address."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600)
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "reports_saved_list"
        constraints = [models.UniqueConstraint(fields=["unit", "owner", "name"], name="list_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return self.name
