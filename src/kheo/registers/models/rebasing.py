"""Answers of open entries that want a second look since their register has another edition."""

from django.db import models
from django.db.models import Q

from kheo.registers.models.definitions import RegisterEdition
from kheo.registers.models.entries import Entry


class AnswerFlag(models.Model):
    """One answer that the edition takes, asks or reads otherwise than the one before; until somebody has changed or confirmed it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="flags", db_index=False)
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=40, help_text="of the field")
    why = models.CharField(max_length=10)
    message = models.TextField(help_text="for people; nothing personal")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_answer_flag"
        constraints = [models.UniqueConstraint(fields=["entry", "key"], condition=Q(settled_at__isnull=True), name="answer_flagged_once")]
        indexes = [models.Index(fields=["entry"], condition=Q(settled_at__isnull=True), name="flags_of_entry")]

    def __str__(self) -> str:
        return f"{self.key} of entry {self.entry_id}: {self.why}"
