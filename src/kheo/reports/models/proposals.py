"""Proposals that need an answer from above: each a thread, until the tier that answered closes it."""

from django.db import models
from django.db.models import Q

from kheo.core.proposals import Stage
from kheo.org.models import Unit
from kheo.reports.models.reporting import Obligation


class Proposal(models.Model):
    """What one unit asks. `holder` is whose turn it is; `wanted` whom it should reach, None for the recipient itself.

    Merged into another one (`thread`), it is answered there: stage and holder are those of the thread's own row.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="proposals")
    section = models.CharField(max_length=40)
    text = models.TextField()
    stage = models.CharField(max_length=20, default=Stage.DRAFTED.value)
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    wanted = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    thread = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True)
    version = models.IntegerField(default=1)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "reports_proposal"
        indexes = [
            models.Index(fields=["holder", "stage"], name="proposal_at_holder"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[each.value for each in Stage]), name="proposal_stage_known"),
            models.CheckConstraint(condition=~Q(thread=models.F("id")), name="proposal_not_its_own_thread"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk} ({self.stage})"


class ProposalMessage(models.Model):
    """Something said or done in a thread, in the name of a unit. Only ever added. `to` is where it was forwarded."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="messages")
    move = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    text = models.TextField(blank=True)
    author = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "reports_proposal_message"

    def __str__(self) -> str:
        return f"{self.move} in proposal {self.proposal_id}"
