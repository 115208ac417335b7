"""What was decided about a report because its unit, or its campaign, ended. Rows are only ever added (a trigger refuses anything else)."""

from django.db import models
from django.db.models import Q

from kheo.core.workflow import ACT_NAMES, Act
from kheo.directives.models import CampaignEnding
from kheo.org.models import Unit
from kheo.reports.models.reporting import Obligation

TRANSITIONS = (Act.HAND_OVER, Act.REROUTE, Act.CLOSE, Act.REOPEN)


class Transition(models.Model):
    """One decision about one obligation, with its reason. `to`: the successor, or the new recipient; `former`: whose it was until then.

    `ending`: of the campaign, where that closed it or wants it again.

    It is undone by a further decision, never taken away.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="transitions")
    act = models.CharField(max_length=20, choices=[(act.value, ACT_NAMES[act]) for act in TRANSITIONS])
    to = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    former = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    ending = models.ForeignKey(CampaignEnding, models.PROTECT, related_name="+", null=True)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_transition"
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=("hand_over", "reroute"), to__isnull=False, former__isnull=False)
                | Q(act__in=("close", "reopen"), to__isnull=True, former__isnull=True),
                name="transition_names_its_units",
            ),
            models.CheckConstraint(condition=Q(ending=None) | Q(act__in=("close", "reopen")), name="an_ending_closes_or_reopens"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.obligation_id}"
