"""Workbooks of long lists that a worker writes, for whoever ordered them, until the next day."""

from django.conf import settings
from django.db import models

from kheo.registers.models.definitions import Register


class EntryExport(models.Model):
    """One file: `query` the list that was asked for, `seen` a digest of what its reader might read when it was written.

    It is a copy: losing it loses nothing but time.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(db_index=True)
    query = models.TextField(blank=True)
    entries = models.IntegerField(help_text="when it was ordered; then as written")
    name = models.CharField(max_length=255)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    seen = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        db_table = "registers_export"

    def __str__(self) -> str:
        return self.name


class ExportPiece(models.Model):
    """A piece of a file that was written, in order: nobody holds a file whole, neither who writes nor who takes it."""

    export = models.ForeignKey(EntryExport, models.CASCADE, related_name="pieces", db_index=False)
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "registers_export_piece"
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_piece_once")]

    def __str__(self) -> str:
        return f"{self.export_id}: {self.number}"
