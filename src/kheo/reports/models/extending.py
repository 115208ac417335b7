"""Due dates that were moved, and the requests for it. Rows are only ever added (a database trigger refuses anything else)."""

from django.db import models
from django.db.models import F, Q

from kheo.reports.models.reporting import Obligation


class Extension(models.Model):
    """The due instant of one obligation was moved on, with a reason. One act on many obligations has a row for each of them."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extensions")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.TextField()
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_extension"
        constraints = [models.CheckConstraint(condition=Q(after__gt=F("before")), name="extension_goes_forward")]

    def __str__(self) -> str:
        return f"extension {self.pk} of obligation {self.obligation_id}"


class ExtensionRequest(models.Model):
    """A unit asks for more time; `wanted` is the due instant it asks for."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extension_requests")
    wanted = models.DateTimeField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_extension_request"

    def __str__(self) -> str:
        return f"extension request {self.pk} of obligation {self.obligation_id}"


class ExtensionAnswer(models.Model):
    """What the recipient answered, with a reason either way."""

    request = models.OneToOneField(ExtensionRequest, models.PROTECT, related_name="answer")
    is_granted = models.BooleanField()
    reason = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120)

    class Meta:
        db_table = "reports_extension_answer"

    def __str__(self) -> str:
        return f"answer to extension request {self.request_id}"
