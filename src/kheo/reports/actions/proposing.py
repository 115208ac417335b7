"""Proposals that need an answer from above: marked beside the report, sent with its signature, passed up, merged, answered, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kheo.campaigns.queries import definition_of
from kheo.core.definition import Definition
from kheo.core.proposals import MOVE_NAMES, STAGE_NAMES, WAITING, Move, Party, Stage, allowed_moves, turn
from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.locking import lock, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.telling import tell_of_proposal
from kheo.reports.actions.words import read_words
from kheo.reports.models import Obligation, Proposal, ProposalMessage
from kheo.reports.queries.proposals import OBJECT, may_be_wanted, parties_of, recipient_above, units_that_passed

MOST_TEXT = 2000
MISSING = {
    Move.WRITE: "Hãy ghi lời trao đổi.",
    Move.ANSWER: "Hãy ghi câu trả lời.",
    Move.ASK_AGAIN: "Hãy ghi điều còn cần hỏi.",
}
WALLED = "Nội dung này chỉ nhận con số theo đơn vị, nên không nhận kiến nghị bằng lời."


@transaction.atomic
def propose(obligation_id: int, *, section: str, text: str, wanted: int | None = None, by: Person, at: datetime) -> Done | Refusal:
    """Mark a text as a proposal that needs an answer. Nobody above sees it before the report is signed and sent.

    `wanted`: the unit further up that should answer (kính chuyển), None for the recipient. Refused on a walled content's section.
    """
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.SAVE, by) or refuse_section(definition_of(locked.obligation.cycle.edition_id), section)
    words = refusal or read_words(text, "Kiến nghị", MOST_TEXT)
    if isinstance(words, Refusal):
        return words
    if not words:
        return Refusal("Hãy ghi điều kiến nghị.")
    if wanted is not None and wanted not in may_be_wanted(locked.obligation):
        return Refusal("Nơi ấy không phải là cấp trên của nơi nhận báo cáo.")
    proposal = Proposal.objects.create(
        obligation=locked.obligation,
        section=section,
        text=words,
        holder_id=locked.obligation.recipient_id,
        wanted_id=wanted,
        asked_at=at,
        asked_by=by.name,
        changed_at=at,
    )
    say(proposal, Move.PROPOSE, locked.obligation.answering_id, by, at)
    return Done(proposal.version)


def refuse_section(definition: Definition, section: str) -> Refusal | None:
    """Why no proposal may be marked there, or None. Raises ValueError for a section that the edition does not have."""
    found = next((each for each in definition.outline if each.id == section), None)
    if found is None:
        raise ValueError(f"no such section: {section}")
    walled = {content.id for content in definition.contents if content.walled}
    return Refusal(WALLED) if found.content in walled else None


def send_proposals(obligation: Obligation, *, by: Person, at: datetime) -> None:
    """With the report's signature every proposal that was only marked goes up; part of the submitting transaction."""
    for proposal in Proposal.objects.select_for_update().filter(obligation=obligation, stage=Stage.DRAFTED).order_by("pk"):
        turn_to(proposal, Move.SUBMIT, at, holder=obligation.recipient_id)  # which may have changed since it was marked
        say(proposal, Move.SUBMIT, obligation.answering_id, by, at)


@dataclass(frozen=True)
class _Locked:
    """A proposal, and the one in whose thread it is answered (itself, unless it was merged)."""

    proposal: Proposal
    root: Proposal


def _lock(proposal_id: int) -> _Locked:
    """The thread's own row first, so that two moves in one thread meet there."""
    root_id = Proposal.objects.values_list("thread_id", flat=True).get(pk=proposal_id) or proposal_id
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("obligation__cycle")
    root = rows.get(pk=root_id)
    return _Locked(root if root_id == proposal_id else rows.get(pk=proposal_id), root)


def _refuse(locked: _Locked, move: Move, by: Person, version: int) -> Refusal | None:
    stage = Stage(locked.root.stage)
    if locked.root.version != version:
        return Refusal("Kiến nghị này vừa có thay đổi. Hãy xem lại rồi làm tiếp.")
    if turn(stage, move) is None:
        return Refusal(f"Không {MOVE_NAMES[move]} được: kiến nghị đang ở trạng thái “{STAGE_NAMES[stage]}”.")
    if move not in allowed_moves(stage, parties_of(by.roles_at, locked.proposal, locked.root)):
        return Refusal(f"Anh/chị không có quyền {MOVE_NAMES[move]} ở kiến nghị này.")
    return None


@transaction.atomic
def move_proposal(proposal_id: int, move: Move, *, text: str = "", version: int, by: Person, at: datetime) -> Done | Refusal:
    """Withdraw, write, forward, answer, ask again, close. An answer reaches everybody who asks in the thread.

    Raises ValueError for a move that is an act of its own (propose, submit, merge, reroute).
    """
    if move in (Move.PROPOSE, Move.SUBMIT, Move.MERGE, Move.REROUTE):
        raise ValueError(move)
    locked = _lock(proposal_id)
    words = _refuse(locked, move, by, version) or read_words(text, "Lời", MOST_TEXT)
    if isinstance(words, Refusal):
        return words
    if not words and move in MISSING:
        return Refusal(MISSING[move])
    above = recipient_above(locked.root) if move == Move.FORWARD else None
    if move == Move.FORWARD and above is None:
        return Refusal("Trên đơn vị này không còn nơi nhận trong kỳ; hãy trả lời kiến nghị.")
    unit = _speaks_for(locked, move, by)
    place = locked.root if unit == locked.root.holder_id else locked.proposal
    turn_to(locked.root, move, at, holder=above)
    tell_of_proposal(move, locked.root, by=by, at=at)
    say(place, move, unit, by, at, text=words, to=above)
    return Done(locked.root.version)


def _speaks_for(locked: _Locked, move: Move, by: Person) -> int:
    """The unit in whose name: whose turn it is before the one that asks, before those that passed it up."""
    cell = turn(Stage(locked.root.stage), move)
    roles = cell.roles if cell else frozenset()
    of_party = {
        Party.HOLDER: [locked.root.holder_id],
        Party.ASKER: [locked.proposal.obligation.answering_id],
        Party.PASSED: units_that_passed(locked.proposal, locked.root),
    }
    units = [unit for party in of_party if cell and party in cell.parties for unit in of_party[party]]
    return next(unit for unit in units if by.roles_at(unit) & roles)


@transaction.atomic
def merge_proposals(proposal_ids: Sequence[int], *, by: Person, at: datetime) -> Done | Refusal:
    """Make one thread of several proposals of a cycle that wait at the same unit: the oldest goes on, the others are answered there.

    Proposals that wait elsewhere are as if they were not there.
    """
    ids, mine = sorted(set(proposal_ids)), {post.unit for post in by.posts}
    found = Proposal.objects.select_for_update(of=("self",)).select_related("obligation__cycle").filter(pk__in=ids, holder__in=mine)
    rows = list(found.order_by("pk"))
    if len(rows) < 2:
        return Refusal("Hãy chọn ít nhất hai kiến nghị để gộp.")
    first, others = rows[0], rows[1:]
    same = {(row.holder_id, row.obligation.cycle_id) for row in rows}
    if len(same) > 1 or any(row.thread_id is not None or row.stage not in WAITING for row in rows):
        return Refusal("Chỉ gộp được các kiến nghị cùng kỳ, đang chờ chính đơn vị này trả lời.")
    if Move.MERGE not in allowed_moves(Stage(first.stage), parties_of(by.roles_at, first, first)):
        return Refusal(f"Anh/chị không có quyền {MOVE_NAMES[Move.MERGE]} các kiến nghị này.")
    moved = [row.pk for row in others]
    Proposal.objects.filter(thread__in=moved).update(thread=first)
    Proposal.objects.filter(pk__in=moved).update(thread=first)
    turn_to(first, Move.MERGE, at)
    say(first, Move.MERGE, first.holder_id, by, at, merged=moved)
    return Done(first.version)


def turn_to(proposal: Proposal, move: Move, at: datetime, *, holder: int | None = None) -> None:
    """Where the table leads; only after a refusal was ruled out."""
    cell = turn(Stage(proposal.stage), move)
    if cell is None:
        raise LookupError(f"{move} is not possible in {proposal.stage}")
    proposal.stage = cell.to
    proposal.holder_id = holder or proposal.holder_id
    proposal.version += 1
    proposal.changed_at = at
    proposal.save(update_fields=["stage", "holder", "version", "changed_at"])


def say(
    proposal: Proposal,
    move: Move,
    unit: int,
    by: Person,
    at: datetime,
    *,
    text: str = "",
    to: int | None = None,
    merged: Sequence[int] = (),
) -> None:
    """The message in the thread, and the journal's row."""
    ProposalMessage.objects.create(proposal=proposal, move=move, unit_id=unit, to_id=to, text=text, author=by.name, written_at=at)
    root = proposal if proposal.thread_id is None else Proposal.objects.get(pk=proposal.thread_id)
    record(
        f"{move}_proposal",
        by=by.actor(unit),
        at=at,
        object_type=OBJECT,
        object_id=proposal.pk,
        unit_id=proposal.obligation.unit_id,
        stage=str(root.stage),
        holder=root.holder_id,
        thread=proposal.thread_id,
        text=text or proposal.text,
        merged=list(merged),
    )
