"""A link to a new password, mailed to the address that somebody confirmed themselves; to nobody else, and nothing tells whether it went."""

from datetime import datetime, timedelta

from django.db import transaction

from kheo.journal.actions import Actor, record
from kheo.notices.actions.beating import hurry
from kheo.notices.channels import EMAIL
from kheo.notices.models import Delivery, Preferences
from kheo.people.models import User

KIND = "reset"
MOST_A_DAY = 3  # letters to one person
WAITS = timedelta(hours=1)
STRANGER = Actor(None, "Người chưa đăng nhập", "")


@transaction.atomic
def mail_reset(username: str, *, at: datetime) -> None:
    """Queue the letter, where there is such an account with a confirmed address and there were not too many already."""
    name = username.strip()
    user = User.objects.filter(username__iexact=name, is_active=True).first() if name.isprintable() else None
    if user is None:
        return
    chosen = Preferences.objects.select_for_update().filter(person=user, email_verified_at__isnull=False).exclude(email="").first()
    lately = Delivery.objects.filter(person=user, kind=KIND, created_at__gt=at - timedelta(days=1))
    if chosen is None or lately.count() >= MOST_A_DAY or lately.filter(state="queued").exists():
        return
    Delivery.objects.create(person=user, channel=EMAIL, kind=KIND, next_try_at=at, created_at=at, expires_at=at + WAITS)
    record("ask_password_reset", by=STRANGER, at=at, object_type="user", object_id=user.pk)
    hurry()
