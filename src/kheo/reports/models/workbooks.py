"""Workbooks that came in: which files somebody sent at once, and what became of each."""

from django.conf import settings
from django.db import models

from kheo.files.models import StoredFile
from kheo.reports.models.reporting import Obligation


class WorkbookBatch(models.Model):
    """Files sent together. `wanted`: the one report they were handed in for, where they were sent from its page; nothing else is stored.

    `finished_at` is empty while some of them wait to be read: a batch cut short is taken up again."""

    PAGE, API, COMMAND = "page", "api", "command"

    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sender = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    wanted = models.ForeignKey(Obligation, models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=10, choices=[(PAGE, "trang nộp bằng Excel"), (API, "API"), (COMMAND, "dòng lệnh")])
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_workbook_batch"
        indexes = [models.Index(fields=["sent_by", "-sent_at"], name="workbook_batch_of_sender")]

    def __str__(self) -> str:
        return f"workbooks {self.pk} of {self.sender}"


class WorkbookFile(models.Model):
    """One file of a batch. `figures`, `narrative` and `notes` are kept only while somebody has to decide; the file keeps them for ever.

    `need` says why it was not stored at once: it would replace other answers (`overwrite`), the report has been sent (`recall`) or
    accepted (`revise`).
    """

    WAITING, STORED, SAME, DECIDE, REFUSED, DECLINED = "waiting", "stored", "same", "decide", "refused", "declined"
    OVERWRITE, RECALL, REVISE = "overwrite", "recall", "revise"

    batch = models.ForeignKey(WorkbookBatch, models.PROTECT, related_name="files")
    number = models.IntegerField(help_text="its place in the batch, from 1")
    name = models.CharField(max_length=255)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, help_text="empty for what was not taken in")
    outcome = models.CharField(
        max_length=10,
        choices=[
            (WAITING, "chờ đọc"),
            (STORED, "đã nhận"),
            (SAME, "giống số đã có"),
            (DECIDE, "cần quyết định"),
            (REFUSED, "không nhận"),
            (DECLINED, "đã bỏ qua"),
        ],
    )
    need = models.CharField(max_length=10, blank=True, choices=[(OVERWRITE, "ghi đè"), (RECALL, "rút lại"), (REVISE, "bổ sung")])
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="workbooks", null=True)
    message = models.TextField(blank=True)
    problems = models.JSONField(
        default=list, help_text="all of them, in the order of the sheets: {sheet, cell, message, expected, severity}"
    )
    figures = models.JSONField(null=True)
    narrative = models.JSONField(null=True)
    notes = models.JSONField(null=True, help_text="by cell, what was written beside its figure")
    cells = models.IntegerField(default=0, help_text="places of the draft that it changed")
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_workbook_file"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="workbook_file_number")]
        indexes = [
            models.Index(fields=["obligation"], condition=models.Q(outcome="decide"), name="workbook_file_undecided"),
            models.Index(fields=["batch", "outcome", "number"], name="workbook_file_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.outcome})"
