"""What a telephone sent from the field, once."""

from django.conf import settings
from django.db import models

from kheo.registers.models.entries import Entry


class EntryFiling(models.Model):
    """How an entry came from a telephone. The key was made there, so that what is sent again after a lost answer makes no second entry.

    `said_at`: when the button was pressed there, None where its clock told nothing to believe; `came_at`: when it was here.
    Nothing of the telephone, and nothing of where it was, is kept.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="filing")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField()
    content = models.CharField(max_length=64, help_text="SHA-256 of what was sent: whether the same came again")
    said_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField()

    class Meta:
        db_table = "registers_filing"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="filed_once")]

    def __str__(self) -> str:
        return f"filing of entry {self.entry_id}"
