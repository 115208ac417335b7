"""What follows a reviewer's remark: the unit's answer, the reviewer's word that it is settled. And the phrases of a recipient."""

from django.db import models
from django.db.models import Q

from kheo.core.remarks import ANSWER_NAMES, Answered
from kheo.org.models import Unit
from kheo.reports.models.reporting import CellNote


class NoteAnswer(models.Model):
    """What the unit answers to a remark: corrected, or correct as it is, with the reason. Frozen in the next revision's enclosures."""

    note = models.OneToOneField(CellNote, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20, choices=[(kind.value, name) for kind, name in ANSWER_NAMES.items()])
    text = models.CharField(max_length=1000, blank=True)
    author = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "reports_note_answer"
        constraints = [models.CheckConstraint(condition=~Q(kind=Answered.KEPT.value) | ~Q(text=""), name="kept_has_its_reason")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class NoteSettled(models.Model):
    """The reviewer has read the answer and asks no more."""

    note = models.OneToOneField(CellNote, models.PROTECT, related_name="settled")
    settled_by = models.CharField(max_length=120)
    settled_at = models.DateTimeField()

    class Meta:
        db_table = "reports_note_settled"

    def __str__(self) -> str:
        return f"settled {self.note_id}"


class Phrase(models.Model):
    """A sentence that a recipient's reviewers use again: in remarks, or as the reason of a return."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[("remark", "nhận xét"), ("return", "lý do trả lại")])
    text = models.CharField(max_length=200)
    uses = models.IntegerField(default=0)
    used_at = models.DateTimeField()

    class Meta:
        db_table = "reports_phrase"
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "text"], name="phrase_once")]

    def __str__(self) -> str:
        return self.text
