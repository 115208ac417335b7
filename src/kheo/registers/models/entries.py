"""Entries: a wide typed core, a small tail of declared fields, and the rows that it replaced.

Two times run through all of it. *Days* say when something happened: an entry was in a state from a day to a day. *Instants* say when it
became known: `known_from`, `known_to`. What a figure was on a day, as known at an instant, never changes afterwards: an edit puts the row
that it replaces beside it (`EntryVersion`), and a span is withdrawn, never rewritten.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kheo.org.models import Unit
from kheo.registers.models.definitions import Register, RegisterEdition


def _both_or_neither(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(**{f"{one}__isnull": False, f"{other}__isnull": False})


class Held(models.Model):
    """What a record says, in columns that figures, clocks, rights and maps need; what one campaign added stands in `extra`."""

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, db_index=False)
    ward = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        help_text="the unit on whose ground it is, where a field says so",
    )
    title = models.CharField(max_length=300)
    contents = ArrayField(models.CharField(max_length=16), default=list)
    area = models.CharField(max_length=16, blank=True)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_name = models.CharField(max_length=250, blank=True)
    subject_key = models.CharField(max_length=330, blank=True, help_text="kind, unit and folded name: equal for one and the same subject")
    address = models.CharField(max_length=250, blank=True)
    occurred_on = models.DateField(null=True)
    planned_until = models.DateField(null=True)
    people_count = models.BigIntegerField(null=True)
    amount_vnd = models.BigIntegerField(null=True)
    score = models.BigIntegerField(null=True)
    satisfaction = models.CharField(max_length=16, blank=True)
    ordinal = models.IntegerField(default=1, help_text="which episode of its place, which round of its matter")
    extra = models.JSONField(default=dict, help_text="declared fields by key; at most 8 kB, no long text")
    known_from = models.DateTimeField()

    class Meta:
        abstract = True


# Its columns, but for the instant: what an edit puts beside, and what figures read of both.
HELD = tuple(field.attname for field in Held._meta.fields if field.name != "known_from")


class Place(models.Model):
    """A permanent place to which episodes come and go (registers.md R5). Degrees in millionths."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="places")
    latitude = models.IntegerField()
    longitude = models.IntegerField()
    address = models.CharField(max_length=250, blank=True)
    found_on = models.DateField()
    converted_on = models.DateField(null=True)
    converted_to = models.CharField(max_length=250, blank=True)
    converted_m2 = models.IntegerField(null=True)

    class Meta:
        db_table = "registers_place"
        indexes = [models.Index(fields=["register", "latitude", "longitude"], name="place_near")]

    def __str__(self) -> str:
        return f"place {self.pk}"


class Entry(Held):
    """A record (hồ sơ) as it is now."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries", db_index=False)
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="entries", db_index=False)
    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=40)
    meaning = models.CharField(max_length=20, help_text="the class of the state")
    in_state_since = models.DateField()
    registered_on = models.DateField()
    closed_on = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="a cache: of its running deadline that ends first")
    latitude = models.IntegerField(null=True, help_text="millionths of a degree")
    longitude = models.IntegerField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="episodes", null=True, db_index=False)
    source = models.CharField(max_length=16, default="web")
    search = models.CharField(max_length=700, help_text="folded: code, title, address, name of the subject where it is no person's")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)
    created_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "registers_entry"
        constraints = [
            models.CheckConstraint(condition=_both_or_neither("latitude", "longitude"), name="entry_place_is_whole"),
        ]
        indexes = [
            # What is included answers maps, calendars and counts of very many entries without a look at the entries themselves.
            models.Index(
                fields=["register", "owner", "state"],
                include=["due_on", "latitude", "longitude", "handler", "id"],
                name="entry_of_unit",
            ),
            *(
                models.Index(
                    fields=["register", day],
                    include=["owner", "state", "handler", "id"],
                    condition=Q(**{f"{day}__isnull": False}),
                    name=name,
                )
                for day, name in (("occurred_on", "entry_occurred"), ("planned_until", "entry_planned"))
            ),
            models.Index(fields=["register", "state", "-id"], include=["owner"], name="entry_in_state"),
            models.Index(fields=["register", "-id"], name="entry_newest"),
            models.Index(fields=["register", "due_on"], condition=Q(due_on__isnull=False), name="entry_due"),
            models.Index(
                fields=["register", "state", "due_on", "id"],
                include=["owner"],
                condition=Q(due_on__isnull=False),
                name="entry_due_in_state",
            ),
            models.Index(fields=["register", "latitude", "longitude"], condition=Q(latitude__isnull=False), name="entry_near"),
            models.Index(fields=["place"], condition=Q(place__isnull=False), name="entry_of_place"),
            models.Index(fields=["register", "handler"], condition=Q(handler__isnull=False), name="entry_of_handler"),
            # The same three for lists of what is on a ground; of registers that name none they hold nothing.
            models.Index(
                fields=["register", "ward", "state"],
                include=["due_on", "latitude", "longitude", "id"],
                condition=Q(ward__isnull=False),
                name="entry_in_ward",
            ),
            models.Index(
                fields=["register", "state", "-id"], include=["ward"], condition=Q(ward__isnull=False), name="entry_ground_in_state"
            ),
            models.Index(
                fields=["register", "state", "due_on", "id"],
                include=["ward"],
                condition=Q(ward__isnull=False, due_on__isnull=False),
                name="entry_ground_due",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class EntryVersion(Held):
    """What an entry said until an edit replaced it: known `[known_from, known_to)`. Rows are only ever added."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions", db_index=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField()
    known_to = models.DateTimeField()

    class Meta:
        db_table = "registers_entry_version"
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="entry_version_once")]
        indexes = [models.Index(fields=["register", "known_to"], name="entry_known")]

    def __str__(self) -> str:
        return f"entry {self.entry_id} version {self.version}"


class StateSpan(models.Model):
    """An entry was in a state on the days `[starts, ends)`; more than one may begin on a day, `ordinal` tells them apart.

    `came_from`: the state before, empty for the first. Known since `known_from`; its end since `end_known_from`; withdrawn, it counts until
    `known_to` only.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="spans")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    ordinal = models.IntegerField()
    state = models.CharField(max_length=40)
    meaning = models.CharField(max_length=20, help_text="the class of the state")
    came_from = models.CharField(max_length=40, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    known_from = models.DateTimeField()
    end_known_from = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_state_span"
        constraints = [
            models.UniqueConstraint(fields=["entry", "ordinal"], condition=Q(known_to__isnull=True), name="span_once"),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")), name="span_goes_forward"),
            models.CheckConstraint(condition=_both_or_neither("ends", "end_known_from"), name="span_end_is_known"),
        ]
        indexes = [models.Index(fields=["register", "state", "starts", "ends"], name="span_in_state")]

    def __str__(self) -> str:
        return f"entry {self.entry_id}: {self.state} from {self.starts}"


class Deed(models.Model):
    """An act on an entry: who, when, why, what it changed. Rows are only ever added."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="deeds", db_index=False)
    act = models.CharField(max_length=40, help_text="code of the register's definition, or create, edit")
    on = models.DateField(help_text="the day on which it happened")
    at = models.DateTimeField(help_text="the instant at which it was recorded")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)
    who = models.CharField(max_length=320)
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    reply = models.TextField(blank=True, help_text="what the one who asked reads")
    changes: Any = models.JSONField(default=dict, help_text="by field, before and after")

    class Meta:
        db_table = "registers_deed"
        indexes = [models.Index(fields=["entry", "id"], name="deeds_of_entry"), models.Index(fields=["at"], name="deeds_since")]

    def __str__(self) -> str:
        return f"{self.act} on entry {self.entry_id}"
