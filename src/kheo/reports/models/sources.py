"""Whose text went where: the sources of paragraphs in the draft of a consolidating unit. What was sent is frozen in its revision."""

from django.db import models

from kheo.reports.models.reporting import Report, Revision


class PassageSource(models.Model):
    """One paragraph of a child's sent report from which a paragraph of a parent's section is made.

    `position`: the paragraph of the section (`core.passages`), None since the text went away: put back word for word, it is attributed
    again. `text` is that paragraph as it stands (or last stood), `excerpt` the child's as it stood when it was taken.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="passage_sources")
    section = models.CharField(max_length=40)
    position = models.IntegerField(null=True)
    text = models.TextField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="used_in")
    source_section = models.CharField(max_length=40)
    excerpt = models.TextField()
    picked_at = models.DateTimeField()
    picked_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_passage_source"
        indexes = [models.Index(fields=["report", "section", "position"], name="source_in_section")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.section}/{self.position} ← {self.revision_id}/{self.source_section}"
