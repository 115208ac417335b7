"""The lines by which an act on a report, a proposal or a dispatch tells those it concerns; part of the act's transaction."""

from collections.abc import Sequence
from datetime import datetime

from kheo.campaigns.queries import opened_cycle
from kheo.core.days import due_day, format_day, local_day
from kheo.core.proposals import WAITING, Move
from kheo.notices.actions import Event, Happening, tell
from kheo.org.access import Person
from kheo.reports.models import Dispatch, Obligation, Proposal
from kheo.reports.queries.dispatches import receivers
from kheo.reports.queries.proposals import asked_in_thread, passed_on

_TO_RECIPIENT = frozenset({Event.EXTENSION_ASKED})


def tell_of(event: Event, owed: Sequence[Obligation], *, by: Person, at: datetime, number: int, until: datetime | None = None) -> None:
    """Tell the units (or, where they ask, the recipient) of reports of one cycle. `number` tells this time from the next."""
    if not owed:
        return
    happenings = [
        Happening(each.pk, each.unit_id, each.recipient_id if event in _TO_RECIPIENT else each.answering_id, number) for each in owed
    ]
    words = f"hết ngày {format_day(due_day(until))}" if until else ""
    tell(event, happenings, cycle=opened_cycle(owed[0].cycle_id).name, until=words, actor=by.user_id, at=at)


_OF_MOVE = {Move.FORWARD: Event.PROPOSAL_FORWARDED, Move.ANSWER: Event.PROPOSAL_ANSWERED, Move.CLOSE: Event.PROPOSAL_CLOSED}
_WAITS_AFTER = frozenset({Move.FORWARD, Move.ASK_AGAIN})


def tell_of_proposal(move: Move, root: Proposal, *, by: Person, at: datetime) -> None:
    """After a move in a thread: whoever asked in it, who has it now where an answer is waited for, and who had passed it up."""
    cycle = opened_cycle(root.obligation.cycle_id).name
    asked = asked_in_thread(root)
    if event := _OF_MOVE.get(move):
        tell(event, [_in_thread(each, each.obligation.answering_id, root) for each in asked], cycle=cycle, actor=by.user_id, at=at)
    if move in _WAITS_AFTER:
        tell(Event.PROPOSAL_WAITS, [_in_thread(root, root.holder_id, root)], cycle=cycle, actor=by.user_id, at=at)
    if move == Move.ANSWER:
        of_key = {each.pk: each for each in asked}
        passed = [_in_thread(of_key[proposal], unit, root) for proposal, unit in passed_on(asked)]
        tell(Event.PASSED_ANSWERED, passed, cycle=cycle, actor=by.user_id, at=at)


def tell_of_rerouted(roots: Sequence[Proposal], *, by: Person, at: datetime) -> None:
    """Threads of one cycle have another holder: the askers hear of it, and the holder of those that wait for an answer."""
    if not roots:
        return
    cycle = opened_cycle(roots[0].obligation.cycle_id).name
    asked = [(each, root) for root in roots for each in asked_in_thread(root)]
    moved = [_in_thread(each, each.obligation.answering_id, root) for each, root in asked]
    tell(Event.PROPOSAL_REROUTED, moved, cycle=cycle, actor=by.user_id, at=at)
    waiting = [_in_thread(root, root.holder_id, root) for root in roots if root.stage in WAITING]
    tell(Event.PROPOSAL_WAITS, waiting, cycle=cycle, actor=by.user_id, at=at)


def _in_thread(proposal: Proposal, listener: int, root: Proposal) -> Happening:
    return Happening(proposal.obligation_id, proposal.obligation.unit_id, listener, root.version, target=proposal.pk)


def tell_of_dispatch(dispatch: Dispatch, *, by: Person, at: datetime, number: int) -> None:
    """The further recipient (or whoever followed it) hears that a report has come, and of every later sending."""
    owed = dispatch.obligation
    takers = receivers(dispatch.recipient_id, local_day(at))
    happenings = [Happening(owed.pk, owed.unit_id, taker, number, target=dispatch.pk) for taker in takers]
    tell(Event.DISPATCHED, happenings, cycle=opened_cycle(owed.cycle_id).name, actor=by.user_id, at=at)
