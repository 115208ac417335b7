"""The journal: rows are only ever added (a database trigger refuses anything else) and chained by hash."""

from django.db import models


class JournalEntry(models.Model):
    """One act. `hash` covers every other column and the hash of the row before."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    post = models.CharField(max_length=200)
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    detail = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        indexes = [
            models.Index(fields=["object_type", "object_id", "number"], name="journal_by_object"),
            models.Index(fields=["unit_id", "number"], name="journal_by_unit"),
            models.Index(fields=["-number"], name="journal_of_posts", condition=models.Q(object_type__in=("post", "posts"))),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.object_type}:{self.object_id}"


class JournalHead(models.Model):
    """The last number and hash: one row, locked by every writer, so that the chain has no forks."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        db_table = "journal_head"

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
