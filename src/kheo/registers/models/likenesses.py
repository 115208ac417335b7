"""What finds entries of like words, and what was found: which two, how much, and what somebody said of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kheo.registers.models.definitions import Register
from kheo.registers.models.entries import Entry


class Likeness(models.Model):
    """By what the compared words of an entry are found (`core.likeness`): a cache that can be made anew at any time."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="likeness", primary_key=True)
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    made_with = models.CharField(max_length=64, help_text="of how they were made and of which fields: others are made anew")
    is_short = models.BooleanField(help_text="a name alone: compared within its unit only")
    bands = ArrayField(models.IntegerField())

    class Meta:
        db_table = "registers_likeness"
        # Without the list of what is still to be taken in, which every search would have to read through.
        indexes = [GinIndex(fields=["bands"], name="like_bands", fastupdate=False)]

    def __str__(self) -> str:
        return f"bands of entry {self.entry_id}"


class LikePair(models.Model):
    """Two entries of a register whose words were alike on `[found_at, ended_at)`; it ends when the words of one of them change.

    `entry` is the later of the two. Whoever settled it said why they are not the same; it stands until the words change.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="like_earlier", db_index=False)
    other = models.ForeignKey(Entry, models.PROTECT, related_name="like_later", db_index=False)
    degree = models.SmallIntegerField(help_text="per cent of what both say that is common to them")
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)
    settled_who = models.CharField(max_length=320, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "registers_like_pair"
        constraints = [
            models.UniqueConstraint(fields=["entry", "other"], condition=Q(ended_at=None), name="like_pair_once"),
            models.CheckConstraint(condition=Q(entry__gt=models.F("other")), name="like_pair_later_first"),
            models.CheckConstraint(condition=Q(settled_at=None) | ~Q(reason=""), name="like_pair_settled_with_reason"),
        ]
        indexes = [
            models.Index(fields=["other"], condition=Q(ended_at=None), name="like_pair_of_other"),
            models.Index(fields=["register", "entry"], condition=Q(ended_at=None, settled_at=None), name="like_pair_open"),
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} like {self.other_id}: {self.degree}"
