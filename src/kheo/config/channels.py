"""The channels of this installation, put together from its settings. In a demo nothing leaves this machine."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from kheo.config import clock
from kheo.notices.actions import token_keeper
from kheo.notices.channels import EMAIL, ZALO, Channel, EmailChannel, MailServer, ZaloChannel, ZaloService


def channels() -> dict[str, Channel]:
    """The channels that can be used now, by name."""
    messaging = settings.ENVIRONMENT.messaging
    found: dict[str, Channel] = {}
    way = _mail_way()
    if way is not None:
        found[EMAIL] = EmailChannel(way, sender=messaging.sender)
    if messaging.zalo and not clock.is_demo():
        service = zalo_service(messaging.zalo)
        found[ZALO] = ZaloChannel(service, token_keeper(service, clock.now))
    return found


def _mail_way() -> MailServer | Path | None:
    """The mail server; in development and in a demo a folder of files; in production without a server nothing."""
    smtp = settings.ENVIRONMENT.messaging.smtp
    if smtp is not None and not clock.is_demo():
        return MailServer(smtp.host, smtp.port, smtp.security, smtp.user, smtp.password)
    return None if settings.PRODUCTION else settings.MAIL_DIR


def zalo_service(named: Mapping[str, str]) -> ZaloService:
    """The account as the environment names it."""
    return ZaloService(named["KHEO_ZALO_APP_ID"], named["KHEO_ZALO_SECRET"], named["KHEO_ZALO_TEMPLATE"], named["KHEO_ZALO_REFRESH_TOKEN"])
