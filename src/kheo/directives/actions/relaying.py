"""A directive from above is passed down by the unit's own letter: number, sending and chain in one act."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from kheo.core.paper_books.facts import IssueFacts, PaperFacts
from kheo.directives.access import arrival_to_write
from kheo.directives.actions.issuing import register_issue
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.actions.papers import Brought
from kheo.directives.actions.passing import PassedDown, pass_down
from kheo.directives.models import Arrival, Issue
from kheo.directives.queries.chain import letters_passing_on
from kheo.org.access import Person


def relay_by_letter(
    unit: int,
    paper: PaperFacts,
    symbol: str,
    units: Collection[int],
    *,
    arrival: int,
    recipients: Collection[str] = (),
    text: str = "",
    plan_due_on: date | None = None,
    before: int | None = None,
    by: Person,
    at: datetime,
) -> tuple[Issue, PassedDown] | Refused:
    """Give the letter the next outgoing number and send it: both or neither. `text`: what it says, for the next level to draft from.

    `before`: how many letters passed the directive on when the form was opened; where there is one more since, this is a second press
    or a form sent again, and no second number is taken. None asks nothing.
    """
    with transaction.atomic():
        arrival_to_write(by, arrival)
        Arrival.objects.select_for_update(of=("self",)).get(pk=arrival)
        letters = letters_passing_on(arrival)
        if before is not None and len(letters) > before:
            return refused(f"Văn bản này vừa được chuyển xuống bằng {letters[-1]}. Muốn gửi thêm một công văn nữa thì bấm lại.")
        facts = IssueFacts(recipients=tuple(recipients))
        issued = register_issue(unit, paper, symbol, facts, Brought(text=text), by=by, at=at)
        if isinstance(issued, Refused):
            return issued
        sent = pass_down(issued.issue.pk, units, arrival=arrival, plan_due_on=plan_due_on, by=by, at=at)
        if isinstance(sent, Refused):
            transaction.set_rollback(True)
            return sent
    return issued.issue, sent
