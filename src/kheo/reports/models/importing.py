"""People's own tables of units on their way into the tree: the table as read, what was chosen so far, and what came of it."""

from django.db import models

from kheo.files.models import StoredFile
from kheo.org.models import EventBatch


class UnitImport(models.Model):
    """One table: nothing of it is a fact of the tree before it is confirmed (`batch`). `rows` are those of `core.unit_tables`."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    line = models.CharField(max_length=20)
    on = models.DateField()
    top = models.BigIntegerField(null=True, help_text="unit under which rows stand that say nothing; empty: the top unit of the line")
    decision_number = models.CharField(max_length=200, blank=True)
    decision_day = models.DateField(null=True)
    rows = models.JSONField()
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    batch = models.ForeignKey(EventBatch, models.PROTECT, null=True, related_name="+")
    result = models.JSONField(null=True)

    class Meta:
        db_table = "reports_unit_import"

    def __str__(self) -> str:
        return self.file.name
