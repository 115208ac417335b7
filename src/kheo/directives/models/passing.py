"""How an order travels down: whom an outgoing paper was addressed to in the tree, and which own paper passes an arrived one down."""

from django.db import models

from kheo.directives.models.books import Arrival, Issue
from kheo.org.models import Unit


class Passing(models.Model):
    """An outgoing paper was sent in Khéo to a unit of the tree. `arrival`: written when the unit acknowledges it, once.

    `plan_due_on`: by when the unit is to have a plan of its own, where the letter asks for one.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="passings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    plan_due_on = models.DateField(null=True)
    arrival = models.OneToOneField(Arrival, models.PROTECT, related_name="passing", null=True)

    class Meta:
        db_table = "directives_passing"
        constraints = [models.UniqueConstraint(fields=["issue", "unit"], name="passed_once")]
        indexes = [models.Index(fields=["unit", "-id"], name="passed_to_a_unit")]

    def __str__(self) -> str:
        return f"issue {self.issue_id} to unit {self.unit_id}"


class Relay(models.Model):
    """The unit passes an arrived paper down by its own: days to relay are `issue.issued_on - arrival.arrived_on`. Withdrawn once."""

    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="relays")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="relays")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "directives_relay"
        constraints = [
            models.UniqueConstraint(fields=["arrival", "issue"], condition=models.Q(withdrawn_at=None), name="relayed_once"),
        ]

    def __str__(self) -> str:
        return f"arrival {self.arrival_id} by issue {self.issue_id}"
