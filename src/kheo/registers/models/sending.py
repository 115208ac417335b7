"""What came once, under a key that was made where it came from: from a telephone in the field, or from a program."""

from django.conf import settings
from django.db import models

from kheo.registers.models.entries import Entry


class EntrySending(models.Model):
    """That an entry was sent under a key of the sender's making: sent again after a lost answer, it makes no second entry.

    `said_at`: when the button was pressed on a telephone, None where its clock told nothing to believe, and of what a program sent; when it
    was here is the entry's `created_at`. Nothing of the telephone, and nothing of where it was, is kept.
    """

    PHONE, PROGRAM = "phone", "api"  # as the source of the entry says

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="sending")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=8, choices=[(PHONE, "ghi tại chỗ"), (PROGRAM, "chương trình gửi")])
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64, help_text="SHA-256 of what was sent: whether the same came again")
    said_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_sending"
        constraints = [models.UniqueConstraint(fields=["person", "way", "key"], name="sent_once")]

    def __str__(self) -> str:
        return f"sending of entry {self.entry_id}"
