"""How similar units' figures scatter: a cache."""

from django.db import models

from kheo.campaigns.models import Cycle
from kheo.org.models import Unit


class PeerNorm(models.Model):
    """A cache: norms (`core.scatter.pack_norms`) of the figures of one group of similar units in a cycle.

    A group are the units of one kind that report to `anchor` ("recipient"), or that stand anywhere below it ("subtree"). What counts
    of each is what it sent in this cycle, else what was accepted of it in the cycle before. Counted anew by the worker when something
    was sent, by `kheo cycle recount`, and compared with a fresh count in a test. Cells behind the wall and cells of fewer than
    `core.plausibility.FEWEST` units hold nothing.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="peer_norms")
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=10, choices=[("recipient", "cùng nơi nhận"), ("subtree", "cùng cây")])
    anchor = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    members = models.IntegerField()
    norms = models.BinaryField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "reports_peer_norm"
        constraints = [models.UniqueConstraint(fields=["cycle", "kind", "scope", "anchor"], name="peer_norm_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.scope} {self.anchor_id}: {self.members}"
