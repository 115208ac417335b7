"""What came through the public form, and the words that go with an entry: to the asker, from the asker, among officers.

Of the sender nothing is kept but what a code that was shown once hashes to (decision 035): no name, no way to reach them, no address of
a machine.
"""

from django.db import models

from kheo.org.models import Unit
from kheo.registers.models.entries import Deed, Entry


class PublicEntry(models.Model):
    """That an entry came through the public form: the hash of the code that leads back to it, and the ward or unit that was chosen."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="from_public")
    hash = models.CharField(max_length=64, unique=True, help_text="core.spoken_codes.hash_of: the code itself is kept nowhere")
    chosen = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "registers_public_entry"

    def __str__(self) -> str:
        return f"from the public: entry {self.entry_id}"


class EntryMessage(models.Model):
    """Words beside an entry, with the deed that tells who wrote them and when. Rows are only ever added."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="messages")
    deed = models.OneToOneField(Deed, models.PROTECT, related_name="message")
    kind = models.CharField(max_length=10, choices=[("reply", "cho người gửi"), ("note", "ghi chú nội bộ"), ("asker", "của người gửi")])
    text = models.TextField()

    class Meta:
        db_table = "registers_message"

    def __str__(self) -> str:
        return f"{self.kind} of entry {self.entry_id}"
