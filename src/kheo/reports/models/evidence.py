"""Photographs and PDFs that prove what a report says of a content."""

from django.db import models
from django.db.models import Q

from kheo.files.models import StoredFile
from kheo.reports.models.reporting import Report


class Attachment(models.Model):
    """One file with one content of a report. Taken back it leaves the draft; what was sent with a revision stays with it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    content = models.CharField(max_length=16)
    kind = models.CharField(max_length=10, choices=[("photo", "ảnh"), ("pdf", "PDF")])
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    caption = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_attachment"
        indexes = [models.Index(fields=["report"], condition=Q(removed_at=None), name="attachment_of_draft")]

    def __str__(self) -> str:
        return f"{self.kind} of report {self.report_id}"
