"""What programs sent, once."""

from django.conf import settings
from django.db import models

from kheo.registers.models.entries import Entry


class EntrySending(models.Model):
    """An entry that a program wrote under a key of its own making: sent again after a lost answer, it makes no second entry."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="sending")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64, help_text="SHA-256 of what was sent: whether the same came again")

    class Meta:
        db_table = "registers_sending"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="sent_once")]

    def __str__(self) -> str:
        return f"sending of entry {self.entry_id}"
