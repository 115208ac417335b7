"""A cache: what a change of units was found to do, page by page, so that it is not planned again for each of its pages.

Rebuilt whenever `stamp` is not that of the trees and posts any more; thrown away by the nightly job.
"""

from django.conf import settings
from django.db import models


class KeptPreview(models.Model):
    """`key` names what was previewed, `facts` what stands above its lists, `counts` how long each of them is."""

    key = models.CharField(max_length=120)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stamp = models.CharField(max_length=200)
    kept_at = models.DateTimeField()
    facts = models.JSONField()
    counts = models.JSONField()

    class Meta:
        db_table = "reports_kept_preview"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="preview_kept_once")]

    def __str__(self) -> str:
        return f"preview {self.key}"


class KeptPage(models.Model):
    """Rows of one list, so many that a page is read by itself."""

    preview = models.ForeignKey(KeptPreview, models.CASCADE, related_name="pages")
    section = models.CharField(max_length=20)
    number = models.IntegerField()
    rows = models.JSONField()

    class Meta:
        db_table = "reports_kept_page"
        constraints = [models.UniqueConstraint(fields=["preview", "section", "number"], name="preview_page_once")]

    def __str__(self) -> str:
        return f"{self.section} {self.number} of preview {self.preview_id}"
