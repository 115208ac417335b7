"""The line by which an act on a report tells those it concerns; part of the act's transaction."""

from collections.abc import Sequence
from datetime import datetime

from kheo.campaigns.queries import opened_cycle
from kheo.core.days import due_day, format_day
from kheo.notices.actions import Event, Happening, tell
from kheo.reports.access import Person
from kheo.reports.models import Obligation

_TO_RECIPIENT = frozenset({Event.EXTENSION_ASKED})


def tell_of(event: Event, owed: Sequence[Obligation], *, by: Person, at: datetime, number: int, until: datetime | None = None) -> None:
    """Tell the units (or, where they ask, the recipient) of reports of one cycle. `number` tells this time from the next."""
    if not owed:
        return
    happenings = [Happening(each.pk, each.unit_id, each.recipient_id if event in _TO_RECIPIENT else each.unit_id, number) for each in owed]
    words = f"hết ngày {format_day(due_day(until))}" if until else ""
    tell(event, happenings, cycle=opened_cycle(owed[0].cycle_id).name, until=words, actor=by.user_id, at=at)
