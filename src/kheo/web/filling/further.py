"""Where else a report goes: shown on its own page, in words."""

from typing import Any

from django.urls import reverse

from kheo.campaigns.queries import definition_of
from kheo.core.days import due_day, format_day
from kheo.reports.access import Reached
from kheo.reports.queries.dispatches import dispatches_of
from kheo.web.dispatching.pages import tag_of
from kheo.web.reach import PageRequest


def further_of(request: PageRequest, reached: Reached) -> list[dict[str, Any]]:
    """Each further recipient with how its copy stands; nothing is asked where the edition names none for the tier."""
    regime = definition_of(reached.cycle.edition_id).regime
    if not any(tier.copies for tier in regime.tiers if tier.id == reached.obligation.tier):
        return []
    found = []
    for sent in dispatches_of(reached.obligation.pk):
        tag = tag_of(sent, request)
        found.append({
            "url": reverse("dispatch", args=[sent.dispatch.pk]),
            "name": sent.recipient_name,
            "state": tag["state"],
            "words": tag["words"],
            "due": f"hạn gửi {format_day(due_day(sent.dispatch.due_at))}",
        })  # fmt: skip
    return found
