"""What happened to units, by which decision, whose past went where, and exactly which spans it changed. Rows are only ever added."""

from django.db import models
from django.db.models import F, Q

from kheo.core.reorganising import EVENT_NAMES, Act, EventKind, Fact
from kheo.org.models.dated import Unit


class EventBatch(models.Model):
    """Events recorded together: a file of thousands, or one act on a page (then `file` is empty)."""

    file = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        db_table = "org_event_batch"

    def __str__(self) -> str:
        return f"batch {self.pk} {self.file}"


class UnitEvent(models.Model):
    """One thing that happened to a unit on a day. `detail`: the words of it (name, kind, code, line, parent, before and after).

    `annuls` is set on a counter-event: from `day` the event named there does not hold any more.
    """

    batch = models.ForeignKey(EventBatch, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=[(kind.value, EVENT_NAMES[kind]) for kind in EventKind])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="events")
    day = models.DateField(db_index=True)
    decision_number = models.CharField(max_length=200, blank=True)
    decision_day = models.DateField(null=True)
    note = models.TextField(blank=True)
    row = models.IntegerField(default=0, help_text="line of the file, 0 for none")
    detail = models.JSONField(default=dict)
    annuls = models.OneToOneField("self", models.PROTECT, null=True, related_name="annulled_by")

    class Meta:
        db_table = "org_unit_event"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="annulled", annuls__isnull=False) | (~Q(kind="annulled") & Q(annuls__isnull=True)),
                name="a_counter_event_names_one",
            )
        ]
        indexes = [models.Index(fields=["unit", "day"], name="events_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id} {self.day}"


class Succession(models.Model):
    """A unit's past goes to another: an exact fraction of it, or (both numbers empty) a part that cannot be divided off."""

    event = models.ForeignKey(UnitEvent, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="successions_in")
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)

    class Meta:
        db_table = "org_succession"
        constraints = [
            models.UniqueConstraint(fields=["event", "predecessor", "successor"], name="one_share_a_pair"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, numerator__gt=0, numerator__lte=F("denominator")),
                name="a_share_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class SpanChange(models.Model):
    """A span that an event opened or ended, so that a counter-event restores exactly what was.

    `row` is the key in the table of `fact`. `ends_before`: where an ended span ended before. `continues`: the row whose value an
    opened one takes up again.
    """

    event = models.ForeignKey(UnitEvent, models.PROTECT, related_name="changes")
    act = models.CharField(max_length=10, choices=[(act.value, act.value) for act in Act])
    fact = models.CharField(max_length=12, choices=[(fact.value, fact.value) for fact in Fact])
    row = models.BigIntegerField()
    ends_before = models.DateField(null=True)
    continues = models.BigIntegerField(null=True)

    class Meta:
        db_table = "org_span_change"
        indexes = [
            models.Index(fields=["fact", "row"], name="changes_of_a_span"),
            models.Index(fields=["fact", "continues"], name="heirs_of_a_span", condition=Q(continues__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.fact} {self.row}"
