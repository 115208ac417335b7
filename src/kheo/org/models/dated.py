"""Units and everything about them that has dates. Spans are half-open `[starts, ends)`; the database refuses overlaps.

A span that a counter-event leaves no day of is empty (`starts = ends`) and stays: nothing here is ever deleted.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kheo.core.unit_kinds import LINE_NAMES, Line
from kheo.core.workflow import ROLE_NAMES, Role


def in_force(on: date, prefix: str = "") -> Q:
    """The rows whose span holds the day; `prefix` ends with `__` when the span is on a related row."""
    open_ended = Q(**{f"{prefix}ends__isnull": True})
    return Q(**{f"{prefix}starts__lte": on}) & (open_ended | Q(**{f"{prefix}ends__gt": on}))


class Unit(models.Model):
    """Identity only: a unit keeps it through every change of name, kind, code and place in the tree."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "org_unit"

    def __str__(self) -> str:
        return f"unit {self.pk}"


class Dated(models.Model):
    """A fact about a unit that holds for a span of days."""

    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        abstract = True


class UnitName(Dated):
    """What a unit is called. `folded` serves search, `sort_key` Vietnamese order (see `core.text`)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=900)

    class Meta:
        db_table = "org_unit_name"
        indexes = [models.Index(fields=["folded"], name="beginning_of_a_name", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name


class UnitKind(Dated):
    """What kind of unit it is (`core.unit_kinds`)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="kinds")
    kind = models.CharField(max_length=40)

    class Meta:
        db_table = "org_unit_kind"

    def __str__(self) -> str:
        return self.kind


class UnitCode(Dated):
    """An identifier in a scheme. A value may be used again by another unit later, never on the same day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=40, default="kheo")
    value = models.CharField(max_length=60, db_index=True)

    class Meta:
        db_table = "org_unit_code"

    def __str__(self) -> str:
        return self.value


class Relation(Dated):
    """`child` stands under `parent` on a line; a root of the line has a row without parent."""

    line = models.CharField(max_length=20, choices=[(line.value, LINE_NAMES[line]) for line in Line])
    child = models.ForeignKey(Unit, models.PROTECT, related_name="relations_up")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="relations_down", null=True)

    class Meta:
        db_table = "org_relation"
        indexes = [models.Index(fields=["line", "parent"], name="below_on_a_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.child_id} < {self.parent_id}"


class Post(Dated):
    """Somebody holds a role at a unit for a span of days.

    `ends_by_hand`: from which day somebody said that the holder leaves; only ever moved forward to an earlier day. `ends` is the
    earlier of this day and the end of the unit by its events, so that neither loses the other (decision 023).
    """

    ends_by_hand = models.DateField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in Role])

    class Meta:
        db_table = "org_post"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_by_hand__isnull=True) | (Q(ends__isnull=False) & Q(ends__lte=F("ends_by_hand"))),
                name="a_post_left_stays_left",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.unit_id}"


class Suspension(Dated):
    """Days on which a unit is there but does not work."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="suspensions")

    class Meta:
        db_table = "org_suspension"

    def __str__(self) -> str:
        return f"unit {self.unit_id} suspended from {self.starts}"
