"""What the page of the board shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kheo.campaigns.models import Cycle
from kheo.core.numbers import format_int
from kheo.core.workflow import STATE_NAMES, State
from kheo.reports.queries.boards import COLUMNS, Sieve
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.saved_lists import SavedAs
from kheo.web.review.cards import Look, column_cards, list_rows
from kheo.web.review.sieve import choices, is_narrow, query_of


@dataclass(frozen=True)
class Lists:
    """The lists saved under a name that somebody is offered here, and the one that is open."""

    mine: Sequence[SavedAs]
    opened: SavedAs | None
    may_share: bool


def context(cycle: Cycle, recipient: int, look: Look, sieve: Sieve, lists: Lists) -> dict[str, Any]:
    """For `review/board.html`."""
    found = look.board
    shown = found.columns.get(State.SUBMITTED, ()) or [row for row in found.rows if row.state == State.SUBMITTED]
    return {
        "cycle": cycle,
        "recipient": recipient,
        "name": name_of(recipient, cycle.opened_on),
        "board": found,
        "overdue": found.overdue,
        "waiting": found.counts[State.SUBMITTED],
        "accepted": format_int(found.counts[State.ACCEPTED]),
        "sieve": sieve,
        "choices": choices(sieve, found.kinds),
        "is_narrow": is_narrow(sieve),
        "lists": lists,
        "passing": format_int(found.passing) if look.can_accept and found.page.paginator.num_pages > 1 and found.passing else "",
        "query": query_of(sieve),
        "columns": [_column(look, state) for state in COLUMNS if state is not State.CLOSED or found.counts[state]] if sieve.is_open else [],
        "rows": list_rows(look),
        "can_exchange": look.can_accept,
        "can_pick": look.can_accept and bool(shown),
    }


def _column(look: Look, state: State) -> dict[str, Any]:
    count = look.board.counts[state]
    cards = column_cards(look, state)
    more = count > len(look.board.columns[state])
    return {"state": state.value, "name": STATE_NAMES[state], "count": count, "cards": cards, "more": more}
