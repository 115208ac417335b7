"""How far a directive has come, unit by unit: a cache of passings, arrivals and relays, so that a chain of 20,000 units opens at once."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kheo.directives.models.books import Issue
from kheo.directives.models.passing import Passing
from kheo.org.models import Unit


class ChainRow(models.Model):
    """A unit in the chain that begins with `root`, the first letter passed down in Khéo. A cache: `queries.chain_faults` compares it.

    `way`: the units through which it came, the root's first, the unit itself last: it is kept as it was, whatever becomes of the tree.
    `passing`: by which it came first; None for the root's own unit. `is_inner`: had units below it when it came, so it has to pass it on.
    """

    root = models.ForeignKey(Issue, models.PROTECT, related_name="chain")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    passing = models.OneToOneField(Passing, models.PROTECT, related_name="chain_row", null=True)
    way = ArrayField(models.BigIntegerField())
    is_inner = models.BooleanField()
    sent_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    relayed_on = models.DateField(null=True)

    class Meta:
        db_table = "directives_chain_row"
        constraints = [
            models.UniqueConstraint(fields=["root", "unit"], name="once_in_a_chain"),
            models.CheckConstraint(condition=Q(relayed_on=None) | Q(relayed_on__gte=F("sent_on")), name="relayed_after_it_came"),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="chains_of_a_unit")]

    def __str__(self) -> str:
        return f"unit {self.unit_id} in chain {self.root_id}"

    @property
    def level(self) -> int:
        """0 for the unit whose letter the chain begins with."""
        return len(self.way) - 1
