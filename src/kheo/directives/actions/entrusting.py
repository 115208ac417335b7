"""A paper that arrived is handed to somebody: told on their page, in the transaction in which it is handed over."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from kheo.core.days import format_day
from kheo.directives.actions.arriving import Arrived
from kheo.directives.models import Arrival
from kheo.notices.actions.inviting import tell_one
from kheo.org.access import Person

Outcome = TypeVar("Outcome")


@transaction.atomic
def and_tell(act: Callable[[], Outcome], *, by: Person, at: datetime) -> Outcome:
    """Do what hands an arrival to somebody, and tell them where it is somebody else than who did it; a refusal tells nobody.

    Never a word of the paper's text: a notice also goes by mail.
    """
    done = act()
    arrival = done.arrival if isinstance(done, Arrived) else done
    if isinstance(arrival, Arrival) and arrival.handler_user_id not in (None, by.user_id):
        _tell(arrival, at)
    return done


def _tell(arrival: Arrival, at: datetime) -> None:
    """Once for each handing: the same person, day and due day are told once."""
    assert arrival.handler_user_id is not None
    due = f" Hạn giải quyết: {format_day(arrival.due_on)}." if arrival.due_on else ""
    tell_one(
        arrival.handler_user_id,
        kind="paper_handed",
        key=f"paper_handed:{arrival.pk}:{arrival.passed_on}:{arrival.due_on}",
        text=f"Văn bản đến số {arrival.number}/{arrival.year} được chuyển cho anh/chị xử lý.{due} Mở ra xem và ký nhận.",
        page="arrival",
        args=[arrival.pk],
        at=at,
    )
