"""Papers themselves. A row is corrected with a reason (`Writing`) and never deleted: the database refuses it."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from kheo.core.paper_books.facts import LINK_ROLE_NAMES, URGENCIES
from kheo.files.models import StoredFile
from kheo.org.models import Unit


class Directive(models.Model):
    """A paper as the unit that wrote it into Khéo tells it. A paper marked secret is never here.

    `keeper`: the unit in whose books it was written. `issuing_unit`: set where a unit of the tree issued it here; `issuer` is what the
    paper says. `number`, `symbol`: the parts of `full_number`. `understood`: what `core.directives.telling.told` gave of `text`, at
    version `understood_version` of its form (0: not read). `key`: `core.paper_books.sameness.number_key`. `search`: folded words.
    """

    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    issuing_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    full_number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=300)
    superior = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    kind = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=2000)
    urgency = models.CharField(max_length=20, blank=True, choices=[(each, each or "Thường") for each in URGENCIES])
    signer = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=200, blank=True)
    pages = models.IntegerField(null=True)
    language = models.CharField(max_length=60, default="Tiếng Việt")
    text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    understood: Any = models.JSONField(null=True)
    understood_version = models.IntegerField(default=0)
    key = models.CharField(max_length=120)
    search = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "directives_directive"
        indexes = [
            models.Index(fields=["keeper", "key"], name="paper_by_number"),
            models.Index(fields=["issuing_unit"], name="paper_by_issuer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.full_number}".strip()


class DirectiveLink(models.Model):
    """What one paper is to another: based on it, in answer to it, in its place from a day on, or a change of it. Withdrawn once, with a
    reason.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="links")
    other = models.ForeignKey(Directive, models.PROTECT, related_name="linked_from")
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in LINK_ROLE_NAMES.items()])
    from_day = models.DateField(null=True, help_text="the first day on which the other paper holds no more, or holds as changed")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "directives_link"
        constraints = [
            models.UniqueConstraint(fields=["directive", "other", "role"], condition=Q(withdrawn_at=None), name="linked_once"),
            models.CheckConstraint(condition=~Q(directive=F("other")), name="linked_to_another"),
            models.CheckConstraint(
                condition=Q(role="replaces", from_day__isnull=False) | Q(role="amends") | Q(from_day__isnull=True) & ~Q(role="replaces"),
                name="a_replacement_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.role} {self.other_id}"
