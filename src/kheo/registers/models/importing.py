"""Tables of a register on their way in: what each row would do, what was wrong with it, and what became of it.

Nothing of it is a fact of the register: what was written is in the entries and their deeds. The file itself is not kept, and of a row only
what its sender still needs; after some weeks all of it goes.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from kheo.registers.models.definitions import Register, RegisterEdition
from kheo.registers.models.entries import Entry


class EntryImport(models.Model):
    """One table, for whoever sent it alone. `columns`: letters, head and key of each that was read."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="+", db_index=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    unit = models.BigIntegerField(null=True, help_text="whose entries rows become that name no unit")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    columns: Any = models.JSONField(default=list)
    notes: Any = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True)
    takes_doubtful = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_import"
        indexes = [models.Index(fields=["sent_by", "register", "-id"], name="import_of_sender")]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of it. `plan`: what it would do; `result`: what became of it, empty until it was its turn."""

    NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
    WRITTEN, LEFT, FAILED = "written", "left", "failed"

    table = models.ForeignKey(EntryImport, models.CASCADE, related_name="rows", db_index=False)
    of_lines = models.BooleanField(default=False, db_default=False, help_text="of the table of lines, not of that of the entries")
    number = models.IntegerField(help_text="as the sender's program counts it, in its sheet")
    plan = models.CharField(max_length=10)
    is_doubtful = models.BooleanField(default=False)
    title = models.CharField(max_length=320, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", null=True, db_index=False)
    detail: Any = models.JSONField(default=dict, help_text="as kept by actions.importing.plans; less once it is written")
    result = models.CharField(max_length=10, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        db_table = "registers_import_row"
        constraints = [models.UniqueConstraint(fields=["table", "of_lines", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["table", "of_lines", "number"], condition=Q(result=""), name="import_rows_waiting")]

    def __str__(self) -> str:
        return f"row {self.number}: {self.plan}"
