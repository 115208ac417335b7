"""One report sent to further recipients. A dispatch is no obligation: it never counts in totals, boards or progress."""

from datetime import UTC

from django.conf import settings
from django.db import models
from django.db.models import Q

from kheo.org.models import Unit
from kheo.reports.models.reporting import Obligation, Revision


class Dispatch(models.Model):
    """The report of an obligation also goes to a further recipient by an instant of its own. Fixed when the cycle opens."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="dispatches")
    copy = models.CharField(max_length=40, help_text="id of the further recipient in the tier of the edition")
    recipient = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="the first instant that is late")

    class Meta:
        db_table = "reports_dispatch"
        constraints = [models.UniqueConstraint(fields=["obligation", "copy"], name="dispatch_once")]
        indexes = [models.Index(fields=["recipient", "due_at"], name="dispatch_to_recipient")]

    def __str__(self) -> str:
        return f"dispatch {self.pk} of obligation {self.obligation_id}"


class DispatchSending(models.Model):
    """A revision was sent to the further recipient. Only ever added, chained per dispatch."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="sendings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sendings")
    number = models.IntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "reports_dispatch_sending"
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "number"], name="sending_number"),
            models.UniqueConstraint(fields=["dispatch", "revision"], name="revision_sent_once"),
        ]

    def __str__(self) -> str:
        return f"sending {self.number} of dispatch {self.dispatch_id}"

    def hashed_record(self, dispatch: Dispatch, revision: Revision) -> dict[str, object]:
        """What the hash covers: which revision went to whom, by when it was due, when and by whom it was sent."""
        return {
            "obligation": dispatch.obligation_id,
            "copy": dispatch.copy,
            "recipient": dispatch.recipient_id,
            "due": dispatch.due_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "revision": revision.hash,
            "number": self.number,
            "at": self.sent_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.sent_by_id,
        }


class DispatchNote(models.Model):
    """The recipient acknowledged a sending, asked about it, or the unit replied. Only ever added."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="notes")
    sending = models.ForeignKey(DispatchSending, models.PROTECT, related_name="notes")
    deed = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    author = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_dispatch_note"
        constraints = [models.UniqueConstraint(fields=["sending"], condition=Q(deed="acknowledge"), name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.deed} on dispatch {self.dispatch_id}"
