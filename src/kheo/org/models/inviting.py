"""A post offered to somebody who may not have an account yet."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.models.dated import Post, Unit


class Invitation(models.Model):
    """Whoever brings its code in time takes the post up, once.

    The code is stored nowhere: it is computed from `nonce` with the secret of the installation (`queries.inviting.code_of`), and found by
    its hash, so that neither the database nor a backup of it lets anybody in. Sent anew it gets another one. `email`: only until it is
    answered, withdrawn or over. `replaces`: the post that ends on the day on which this one begins. `senders`: everybody who ever sent it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in Role])
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    starts_on = models.DateField(null=True, help_text="not before this day; empty: from the day on which it is accepted")
    replaces = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, help_text="empty: the operator")
    sender = models.CharField(max_length=120)
    senders = ArrayField(models.BigIntegerField(), default=list, help_text="numbers of accounts")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    nonce = models.CharField(max_length=32)
    hash = models.CharField(max_length=64, unique=True)
    post = models.OneToOneField(Post, models.PROTECT, related_name="invitation", null=True, help_text="what it was accepted as")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_invitation"
        constraints = [
            models.CheckConstraint(condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="accepted_or_withdrawn"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, post__isnull=True) | Q(accepted_at__isnull=False, post__isnull=False),
                name="accepted_as_a_post",
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True), name="invitation_waiting"),
            models.Index(fields=["sent_by"], name="invitation_of_sender"),
            models.Index(fields=["expires_at"], condition=~Q(email=""), name="invitation_with_address"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}: {self.role}@{self.unit_id}"
