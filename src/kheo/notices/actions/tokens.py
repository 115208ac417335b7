"""Keeping the pair of tokens of a channel: one process renews it, the others use what it got."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from kheo.notices.channels.zalo import ZaloService, renew
from kheo.notices.models import ChannelToken

# Renewed before it is refused, so that a message in hand is not sent twice for its sake.
EARLY = timedelta(minutes=10)


def token_keeper(service: ZaloService, now: Callable[[], datetime]) -> Callable[[str | None], str | None]:
    """Gives the access token of the service; told one that was refused, a newer one."""

    def give(refused: str | None) -> str | None:
        return current_token(service, refused=refused, at=now())

    return give


@transaction.atomic
def current_token(service: ZaloService, *, refused: str | None, at: datetime) -> str | None:
    """The token to use. The row is locked while a new pair is fetched: a refresh token works once.

    A refresh token that is set anew by the keeper begins a row of its own.
    """
    name = f"zalo:{hashlib.sha256(service.refresh_token.encode()).hexdigest()[:12]}"
    ChannelToken.objects.get_or_create(
        channel=name, defaults={"access_token": "", "refresh_token": service.refresh_token, "expires_at": at}
    )
    kept = ChannelToken.objects.select_for_update().get(channel=name)
    if kept.access_token and kept.access_token != refused and at < kept.expires_at - EARLY:
        return kept.access_token
    fresh = renew(service, kept.refresh_token)
    if fresh is None:
        return None
    kept.access_token, kept.refresh_token, kept.expires_at = fresh.access, fresh.refresh, at + fresh.lives
    kept.save()
    return fresh.access
