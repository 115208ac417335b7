"""Looking at pages outside: where the office has turned it on, and never in a demo, whose pages are invented."""

from django.conf import settings

from kheo.config import clock
from kheo.registers.pages import Pages

AGENT = "KheoLinkCheck/1.0"


def looks_outside() -> bool:
    """Whether this installation looks at pages of others at all."""
    return settings.ENVIRONMENT.checks_links and not clock.is_demo()


def pages() -> Pages:
    """What looks, and says by whose order: the address of this installation, where there is one."""
    site = settings.ENVIRONMENT.messaging.site
    return Pages(f"{AGENT} (+{site})" if site.startswith("https://") else AGENT)
