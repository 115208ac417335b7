"""Invitations and their codes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.crypto import salted_hmac

from kheo.core.spoken_codes import hash_of, spoken_code
from kheo.org.models import Invitation


def code_of(invitation: Invitation) -> str:
    """`7K2M-…`, which only this installation can compute."""
    digest = salted_hmac("kheo.org.invitation", invitation.nonce, algorithm="sha256").digest()
    return spoken_code(digest)


def invitation_of(code: str, at: datetime) -> Invitation | None:
    """The invitation of a code, if it waits to be accepted. Whether its sender may still invite is asked by `access`."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)
    return waiting.filter(hash=hash_of(code)).select_related("sent_by", "replaces__user").first()


def waiting_at(unit: int) -> Sequence[Invitation]:
    """What was neither accepted nor withdrawn, also where its time is over: it may be sent anew."""
    rows = Invitation.objects.filter(unit=unit, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return list(rows.select_related("replaces__user", "sent_by").order_by("made_at", "pk"))


def waiting_from(user_id: int, at: datetime) -> Sequence[Invitation]:
    """What somebody sent and nobody has answered yet."""
    rows = Invitation.objects.filter(sent_by=user_id, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)
    return list(rows.order_by("made_at", "pk"))
