"""What people are told: notices on the page, the digest of a day, and its way through each channel."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kheo.org.models import Invitation


class Digest(models.Model):
    """What somebody had to do on a day, as told: one per person and day, whatever is retried or runs twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField()
    lines = models.JSONField(help_text="objects with text, page, args; the most urgent first")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "notices_digest"
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.person_id}"


class Round(models.Model):
    """The digests of a day are written for everybody whose day opens at that hour: not asked again."""

    day = models.DateField()
    opens = models.TimeField()
    written_at = models.DateTimeField(db_index=True)
    digests = models.IntegerField()

    class Meta:
        db_table = "notices_round"
        constraints = [models.UniqueConstraint(fields=["day", "opens"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.opens}"


class Notice(models.Model):
    """Something told on the page "Thông báo". `key` names what happened, so that nobody is told the same thing twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    page = models.CharField(max_length=40, help_text="name of an address")
    args = ArrayField(models.BigIntegerField(), default=list)
    heard_at = ArrayField(models.BigIntegerField(), null=True, help_text="units by whose posts it was heard; empty: by none in particular")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="notices", null=True, help_text="which tells it, or repeats it")

    class Meta:
        db_table = "notices_notice"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-told_at"], name="notice_of_person"),
            # The bell on every page counts these.
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["digest"], name="notice_of_digest"),
        ]

    def __str__(self) -> str:
        return self.text


class Delivery(models.Model):
    """One message on its way: a digest, a code, a test or a way to a new password, to one person through one channel; or an invitation
    that `person` sends.

    `sending` is written before the message leaves and never undone by anybody else: a message of which nobody knows whether it
    left (`unclear`) is not sent again.
    """

    STATES = {
        "queued": "chờ gửi",
        "sending": "đang gửi",
        "sent": "đã gửi",
        "failed": "không gửi được",
        "unclear": "không rõ đã đến chưa",
        "expired": "quá giờ, không gửi nữa",
        "dropped": "không gửi, vì không còn việc nào phải nhắc",
    }
    KINDS = {
        "digest": "nhắc việc",
        "code": "mã xác nhận",
        "test": "tin thử",
        "invitation": "lời mời anh/chị gửi",
        "reset": "đặt mật khẩu mới",
    }

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="deliveries", null=True)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="+", null=True)
    state = models.CharField(max_length=20, choices=list(STATES.items()), default="queued")
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_delivery"
        constraints = [
            models.UniqueConstraint(fields=["digest", "channel"], name="digest_once_per_channel"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "unclear", "expired", "dropped"]), name="delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="queued"), name="delivery_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_in_hand"),
            models.Index(fields=["person", "-created_at"], name="delivery_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.state}"
