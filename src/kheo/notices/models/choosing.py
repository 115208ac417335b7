"""How somebody wishes to be told. Addresses stand here and nowhere else: not in the journal, not in a job, not in a log."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q


class Preferences(models.Model):
    """One row per person who has chosen; no row: only on the page, with the usual quiet hours (`core.quiet.Quiet`)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", primary_key=True)
    by_email = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    email_verified_at = models.DateTimeField(null=True)
    by_zalo = models.BooleanField(default=False)
    zalo_phone = models.CharField(max_length=20, blank=True, help_text="international, digits only: 84912345678")
    zalo_verified_at = models.DateTimeField(null=True)
    quiet_starts = models.TimeField(default=time(21))
    quiet_ends = models.TimeField(default=time(7))
    quiet_on_days_off = models.BooleanField(default=True)
    opens = models.TimeField(default=time(7), help_text="first minute of a day that is not quiet: core.quiet.Quiet.opens")
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "notices_preferences"
        constraints = [
            # Nothing leaves for an address that its owner has not confirmed.
            models.CheckConstraint(condition=Q(by_email=False) | Q(email_verified_at__isnull=False), name="email_confirmed"),
            models.CheckConstraint(condition=Q(by_zalo=False) | Q(zalo_verified_at__isnull=False), name="zalo_confirmed"),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"


class Check(models.Model):
    """An address that waits to be confirmed by the code sent there. The code itself is stored nowhere (`queries.codes`)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    asked_times = models.IntegerField(default=1)
    tries = models.IntegerField(default=0)

    class Meta:
        db_table = "notices_check"
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_check_per_channel")]

    def __str__(self) -> str:
        return f"{self.channel} of {self.person_id}"


class ChannelToken(models.Model):
    """The keys of a channel that gives new ones all the time. Not part of a backup: an old one is worth nothing."""

    channel = models.CharField(max_length=20, unique=True)
    access_token = models.TextField()
    refresh_token = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "notices_channel_token"

    def __str__(self) -> str:
        return self.channel
