"""Units and everything about them that has dates. Spans are half-open `[starts, ends)`; the database refuses overlaps."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

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

    def __str__(self) -> str:
        return f"{self.line}: {self.child_id} < {self.parent_id}"


class Post(Dated):
    """Somebody holds a role at a unit for a span of days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in Role])

    class Meta:
        db_table = "org_post"

    def __str__(self) -> str:
        return f"{self.role}@{self.unit_id}"


class TreeSnapshot(models.Model):
    """A line's tree as of a day, numbered depth first and kept for ever; equal trees share one (`hash`)."""

    line = models.CharField(max_length=20)
    day = models.DateField()
    hash = models.CharField(max_length=64)
    size = models.IntegerField()

    class Meta:
        db_table = "org_tree_snapshot"
        constraints = [models.UniqueConstraint(fields=["line", "hash"], name="one_snapshot_per_tree")]

    def __str__(self) -> str:
        return f"{self.line} {self.day} ({self.size})"


class SnapshotUnit(models.Model):
    """A unit in a snapshot: its subtree is the positions `[position, ends_at)`; names as they were on the day."""

    snapshot = models.ForeignKey(TreeSnapshot, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    position = models.IntegerField()
    ends_at = models.IntegerField()
    depth = models.SmallIntegerField()
    parent_id = models.BigIntegerField(null=True)
    ancestors = ArrayField(models.BigIntegerField(), help_text="units above, nearest first")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)

    class Meta:
        db_table = "org_snapshot_unit"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "unit"], name="unit_once_in_snapshot"),
            models.UniqueConstraint(fields=["snapshot", "position"], name="position_once_in_snapshot"),
        ]
        indexes = [
            models.Index(fields=["snapshot", "parent_id", "position"], name="snapshot_children"),
            models.Index(fields=["snapshot", "code"], name="snapshot_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_inner(self) -> bool:
        """Whether anything stands below."""
        return self.ends_at > self.position + 1
