"""Call-in letters and whom they were about. Rows are only ever added (a database trigger refuses anything else)."""

from django.db import models

from kheo.campaigns.models import Cycle
from kheo.org.models import Unit
from kheo.reports.models.reporting import Obligation


class CallIn(models.Model):
    """A letter that calls in overdue reports, made by a recipient at an instant; `expected` is how many it was owed by then."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="call_ins")
    recipient = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    expected = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_call_in"
        indexes = [models.Index(fields=["cycle", "recipient", "-made_at"], name="call_ins_of_recipient")]

    def __str__(self) -> str:
        return f"call-in {self.pk} of {self.recipient_id} in {self.cycle_id}"


class CalledIn(models.Model):
    """One late report of a letter, as it stood then: its state, its due instant, and who had been reminded of it."""

    call_in = models.ForeignKey(CallIn, models.PROTECT, related_name="lines")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="called_in")
    state = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    reminded = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "reports_called_in"
        constraints = [models.UniqueConstraint(fields=["call_in", "obligation"], name="called_in_once")]

    def __str__(self) -> str:
        return f"obligation {self.obligation_id} in call-in {self.call_in_id}"
