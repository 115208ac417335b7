"""What is asked: campaigns, their frozen editions, and the cycles in which they are answered."""

from datetime import date

from django.db import models

from kheo.core.days import local_day
from kheo.org.models import TreeSnapshot


class Campaign(models.Model):
    """A campaign is open-ended: it lasts until replaced and is answered cycle by cycle."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=300)

    class Meta:
        db_table = "campaigns_campaign"

    def __str__(self) -> str:
        return self.name


class Published(models.Model):
    """A published definition, frozen: each table of them has a database trigger that refuses changes."""

    number = models.IntegerField()
    hash = models.CharField(max_length=64)
    definition = models.JSONField()
    source = models.TextField(help_text="the YAML as published")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)

    class Meta:
        abstract = True


class Edition(Published):
    """What a campaign asked from its publication on; a report names the edition it answers."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="editions")

    class Meta:
        db_table = "campaigns_edition"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="edition_number"),
            models.UniqueConstraint(fields=["campaign", "hash"], name="edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign.code} #{self.number}"


class Cycle(models.Model):
    """One round of reporting: a window of days `[opens, closes)`, a data cut-off, the tree as of its opening."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="cycles")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="cycles")
    snapshot = models.ForeignKey(TreeSnapshot, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    period = models.CharField(max_length=20)
    opens = models.DateField()
    closes = models.DateField()
    cutoff = models.DateField()
    opened_at = models.DateTimeField()
    plan = models.JSONField(null=True, help_text="due dates as planned at the opening: campaigns.queries.planned_dues")

    class Meta:
        db_table = "campaigns_cycle"
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="cycle_code")]

    def __str__(self) -> str:
        return f"{self.campaign.code} {self.code}"

    @property
    def opened_on(self) -> date:
        """The day whose names and recipients are those of the cycle. (The snapshot may be older: equal trees are one.)"""
        return local_day(self.opened_at)
