"""A unit's word that what it sent stays as it is, although figures below it have changed since. Only ever added."""

from django.db import models

from kheo.reports.models.reporting import Revision


class KeptAsSent(models.Model):
    """No supplement is sent, and why. `seal`: of the sums below that were looked at; when they change again, the question is open again."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="kept")
    seal = models.CharField(max_length=16)
    reason = models.TextField()
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "reports_kept_as_sent"

    def __str__(self) -> str:
        return f"revision {self.revision_id} stays: {self.reason}"
