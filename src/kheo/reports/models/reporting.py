"""What is answered. Figures: JSON by cell key is the truth, the integer vector beside it a cache (`kheo verify` compares)."""

from collections.abc import Collection
from datetime import UTC

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from kheo.campaigns.models import Cycle
from kheo.core.workflow import ACT_NAMES, LIVE, STATE_NAMES, Act, State
from kheo.org.models import Unit


class Obligation(models.Model):
    """A unit owes a recipient a report by an instant. Fixed when the cycle opens; only an `Extension` moves `due_at` afterwards,

    and only a `Transition` sets the last three columns, when a unit has ended in mid-cycle.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="obligations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    tier = models.CharField(max_length=60)
    position = models.IntegerField(help_text="of the unit in the cycle's tree: a subtree is a range")
    due_at = models.DateTimeField(help_text="the first instant that is late")
    promised_at = models.DateTimeField(null=True, help_text="what due_at was at the opening, where an extension has moved it")
    filler = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, help_text="the successor that answers instead")
    first_recipient = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, help_text="at the opening, where re-routed")
    closed_at = models.DateTimeField(null=True, help_text="no report is wanted any more: a named gap")

    class Meta:
        db_table = "reports_obligation"
        constraints = [models.UniqueConstraint(fields=["cycle", "unit", "recipient"], name="obligation_once")]
        indexes = [
            models.Index(fields=["filler"], name="obligation_filled_instead", condition=Q(filler__isnull=False)),
            models.Index(fields=["cycle", "position"], name="obligation_in_subtree"),
            models.Index(fields=["cycle", "recipient", "position"], name="obligation_to_recipient"),
            models.Index(fields=["unit", "due_at"], name="obligation_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.unit_id} → {self.recipient_id}"

    @property
    def answering_id(self) -> int:
        """The unit whose people fill in and sign: the unit itself, or the successor that the report was handed to."""
        return self.filler_id or self.unit_id

    @property
    def asked_by_id(self) -> int:
        """The recipient at the opening: what revisions are hashed with, whoever reviews now."""
        return self.first_recipient_id or self.recipient_id

    def state_of(self, report: "Report | None") -> State:
        """Where the report stands; closed and not started are derived."""
        if self.closed_at is not None:
            return State.CLOSED
        return State(report.state) if report else State.NOT_STARTED


def answered_by(units: Collection[int], prefix: str = "") -> Q:
    """The obligations that the people of these units answer: their own but those handed to a successor, and those handed to them.

    `prefix` ends with `__` when the obligation is on a related row.
    """
    own = Q(**{f"{prefix}unit__in": list(units), f"{prefix}filler__isnull": True})
    return own | Q(**{f"{prefix}filler__in": list(units)})


STANDING = ["id", "state", "started_at", "received_at", "accepted", "accepted_at", "latest"]


class Report(models.Model):
    """The answer to one obligation: the draft being written, and which revisions were last sent and last accepted.

    `version` grows with every write and refuses stale forms. `received_at` is the server's time of the first
    submission that was not recalled: it decides on time or late.
    """

    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="report")
    state = models.CharField(max_length=20, choices=[(state.value, STATE_NAMES[state]) for state in LIVE], default=State.DRAFT.value)
    version = models.IntegerField(default=0)
    figures = models.JSONField(default=dict)
    narrative = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict, help_text="by cell: why a figure that looks odd is right")
    latest = models.ForeignKey("Revision", models.PROTECT, related_name="+", null=True)
    accepted = models.ForeignKey("Revision", models.PROTECT, related_name="+", null=True)
    reason = models.TextField(blank=True, help_text="of the last return, or of the revision being written")
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=120)
    received_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_report"
        # How reports stand, and what of them was sent last, is counted over whole subtrees: from this index alone, not from the wide rows.
        indexes = [models.Index(fields=["obligation"], include=STANDING, name="report_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LIVE if state != State.NOT_STARTED]), name="report_state_known"
            ),
            models.CheckConstraint(condition=~Q(state=State.ACCEPTED.value) | Q(accepted=F("latest")), name="accepted_is_latest"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} ({self.state})"


class Revision(models.Model):
    """What was sent, as sent: rows are only ever added (a database trigger refuses anything else) and chained per report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    figures = models.JSONField()
    narrative = models.JSONField()
    below = models.JSONField(null=True, help_text="sums over the accepted reports below when this was sent")
    vector = models.BinaryField(help_text="cache of figures, in the order of the edition's cells: core.rollup.pack")
    enclosures = models.JSONField(null=True, help_text="what was sent beside figures and narrative, by kind: reports.queries.enclosures")
    reason = models.TextField(blank=True)
    draft_version = models.IntegerField(help_text="of the report when it was sent: the same form sent twice is one revision")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # The server's own reckoning from what was sent: how many cells a register counted, how many were sent with another number.
    counted_cells = models.GeneratedField(
        expression=Func("enclosures", function="reports_counted_cells"), output_field=models.IntegerField(), db_persist=True
    )
    other_cells = models.GeneratedField(
        expression=Func("enclosures", "figures", function="reports_other_cells"), output_field=models.IntegerField(), db_persist=True
    )

    class Meta:
        db_table = "reports_revision"
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="revision_number")]
        # How far a whole city follows its registers is counted from this index alone, not from what was sent.
        indexes = [models.Index(fields=["id"], include=["counted_cells", "other_cells"], name="revision_follows")]

    def __str__(self) -> str:
        return f"revision {self.number} of report {self.report_id}"

    def hashed_record(self, obligation: Obligation) -> dict[str, object]:
        """What the hash of a revision covers: everything that was sent, by whom, when, and to answer what.

        Enclosures are covered where there are any: revisions sent before there were such keep their hash.
        """
        enclosed = {} if self.enclosures is None else {"enclosures": self.enclosures}
        return {
            **enclosed,
            "cycle": obligation.cycle_id,
            "unit": obligation.unit_id,
            "recipient": obligation.asked_by_id,
            "number": self.number,
            "figures": self.figures,
            "narrative": self.narrative,
            "below": self.below,
            "reason": self.reason,
            "at": self.submitted_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.submitted_by_id,
        }


class Decision(models.Model):
    """What ended the waiting of a revision: a reviewer returned or accepted it, or its unit recalled it. Only ever added."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="decision")
    act = models.CharField(max_length=20, choices=[(act.value, ACT_NAMES[act]) for act in (Act.RETURN, Act.ACCEPT, Act.RECALL)])
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(db_index=True)
    decided_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_decision"
        # Recalls are few, and every question about an earlier instant asks which reports had one.
        indexes = [models.Index(fields=["revision"], condition=Q(act="recall"), name="decision_recall")]

    def __str__(self) -> str:
        return f"{self.act} {self.revision_id}"


class CellNote(models.Model):
    """A reviewer's remark on one cell (`C304`) or one part of the narrative (`section:II`) of one revision."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="notes")
    target = models.CharField(max_length=60)
    text = models.CharField(max_length=1000)
    author = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "reports_cell_note"
        constraints = [models.UniqueConstraint(fields=["revision", "target"], name="one_note_per_cell")]

    def __str__(self) -> str:
        return f"{self.target}: {self.text}"


class Rollup(models.Model):
    """A cache: the tally (`core.rollup`) over every accepted report in an inner unit's subtree.

    Kept in the accepting transaction, rebuilt and compared by `kheo verify`.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rollups")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    position = models.IntegerField()
    ends_at = models.IntegerField()
    expected = models.IntegerField()
    reported = models.IntegerField(default=0)
    tally = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "reports_rollup"
        constraints = [models.UniqueConstraint(fields=["cycle", "unit"], name="rollup_once")]

    def __str__(self) -> str:
        return f"rollup {self.cycle_id}/{self.unit_id}"
