"""Everything that was ever written in the books, as it was: rows are only added (a database trigger refuses anything else)."""

from typing import Any

from django.db import models


class Writing(models.Model):
    """After an act a row said `state`. `subject`: `directive`, `arrival`, `issue`, `drafting`; the newest one is what the row says now.

    The journal's row of the same act holds `content_hash(state)`, so that neither can be changed unseen (`queries.faults`).
    """

    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    act = models.CharField(max_length=60)
    state: Any = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    writer = models.CharField(max_length=320, help_text="name and post, as they were")
    at = models.DateTimeField()

    class Meta:
        db_table = "directives_writing"
        indexes = [models.Index(fields=["subject", "subject_id", "id"], name="writings_of_a_row")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}:{self.subject_id}"
