"""Drafts of campaigns, from papers that somebody pasted or sent."""

from typing import Any

from django.db import models

from kheo.campaigns.models import Edition
from kheo.directives.models.papers import Directive
from kheo.org.models import Unit

STATES = {"open": "Đang soạn", "published": "Đã công bố", "discarded": "Đã bỏ"}


class Drafting(models.Model):
    """Papers read into a draft campaign, with what people corrected. Nothing is deleted: a draft that is given up is `discarded`.

    `papers`: a row each with `file`, `text` (slips that were accepted are mended in it) and `encoding`. `corrections`: every change in
    order, with key, was, now, by, at. `typed`, `chosen`, `seen`: as `core.drafting` takes them. The draft itself is computed anew.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    papers: Any = models.JSONField()
    corrections: Any = models.JSONField(default=list)
    typed: Any = models.JSONField(default=dict)
    chosen: Any = models.JSONField(default=dict)
    seen: Any = models.JSONField(default=list)
    state = models.CharField(max_length=20, default="open", choices=list(STATES.items()))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", null=True)
    version = models.IntegerField(default=1)
    written_by = models.CharField(max_length=320)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "directives_drafting"
        indexes = [models.Index(fields=["unit", "-id"], name="drafts_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="published", edition__isnull=False) | (~models.Q(state="published") & models.Q(edition=None)),
                name="a_published_draft_has_its_edition",
            )
        ]

    def __str__(self) -> str:
        return self.name


class DraftedFrom(models.Model):
    """A draft was begun from a paper of the books: by it a published campaign knows its directive (`queries.drafting`)."""

    drafting = models.ForeignKey(Drafting, models.PROTECT, related_name="sources")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="draftings")

    class Meta:
        db_table = "directives_drafted_from"
        constraints = [models.UniqueConstraint(fields=["drafting", "directive"], name="drafted_from_once")]

    def __str__(self) -> str:
        return f"drafting {self.drafting_id} from directive {self.directive_id}"
