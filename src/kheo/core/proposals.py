"""The life of a proposal that needs an answer from above, as a table: (stage, deed) -> stage, and who may.

A proposal waits at one unit at a time (its holder). It goes up by being forwarded, comes back as an answer, and stays open until
the tier that answered closes it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kheo.core.workflow import REVIEWING, Role


class Stage(StrEnum):
    """Where a proposal stands."""

    DRAFTED = "drafted"
    OPEN = "open"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What somebody does to a proposal."""

    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    SUBMIT = "submit"
    WRITE = "write"
    MERGE = "merge"
    FORWARD = "forward"
    ANSWER = "answer"
    ASK_AGAIN = "ask_again"
    CLOSE = "close"
    REROUTE = "reroute"


class Party(StrEnum):
    """From where somebody reaches a proposal: a unit that asks, the unit whose turn it is, one that passed it up.

    `DECIDER`: the office that decides what becomes of what waits at a unit that has ended.
    """

    ASKER = "asker"
    HOLDER = "holder"
    PASSED = "passed"
    DECIDER = "decider"


STAGE_NAMES: dict[Stage, str] = {
    Stage.DRAFTED: "Chưa gửi",
    Stage.OPEN: "Chờ trả lời",
    Stage.FORWARDED: "Đã kính chuyển, chờ trả lời",
    Stage.ANSWERED: "Đã trả lời",
    Stage.CLOSED: "Đã khép lại",
    Stage.WITHDRAWN: "Đã rút",
}
MOVE_NAMES: dict[Move, str] = {
    Move.PROPOSE: "đánh dấu kiến nghị",
    Move.WITHDRAW: "rút kiến nghị",
    Move.SUBMIT: "gửi cùng báo cáo",
    Move.WRITE: "trao đổi",
    Move.MERGE: "gộp",
    Move.FORWARD: "kính chuyển lên cấp trên",
    Move.ANSWER: "trả lời",
    Move.ASK_AGAIN: "hỏi lại",
    Move.CLOSE: "khép lại",
    Move.REROUTE: "chuyển nơi trả lời",
}
PARTY_NAMES: dict[Party, str] = {
    Party.ASKER: "đơn vị kiến nghị",
    Party.HOLDER: "nơi đang giữ",
    Party.PASSED: "nơi đã kính chuyển",
    Party.DECIDER: "nơi quyết định thay nơi đang giữ đã ngừng hoạt động",
}


@dataclass(frozen=True)
class Turn:
    """One cell of the table: where the move leads, and which roles of which parties may take it."""

    to: Stage
    parties: frozenset[Party]
    roles: frozenset[Role]


_ASKERS = frozenset({Role.OFFICER, Role.HEAD})
_HEAD = frozenset({Role.HEAD})
_HOLDERS = frozenset({*REVIEWING, Role.HEAD})
_OFFICES = REVIEWING
_ALL = _ASKERS | _HOLDERS
_IN_THREAD = frozenset({Party.ASKER, Party.HOLDER, Party.PASSED})
_ASKER, _HOLDER = frozenset({Party.ASKER}), frozenset({Party.HOLDER})

TURNS: dict[tuple[Stage, Move], Turn] = {
    (Stage.DRAFTED, Move.WITHDRAW): Turn(Stage.WITHDRAWN, _ASKER, _ASKERS),
    (Stage.DRAFTED, Move.SUBMIT): Turn(Stage.OPEN, _ASKER, _HEAD),
    **{(stage, Move.WRITE): Turn(stage, _IN_THREAD, _ALL) for stage in (Stage.OPEN, Stage.FORWARDED)},
    **{(stage, Move.MERGE): Turn(stage, _HOLDER, _HOLDERS) for stage in (Stage.OPEN, Stage.FORWARDED)},
    **{(stage, Move.FORWARD): Turn(Stage.FORWARDED, _HOLDER, _HOLDERS) for stage in (Stage.OPEN, Stage.FORWARDED)},
    **{(stage, Move.ANSWER): Turn(Stage.ANSWERED, _HOLDER, _HOLDERS) for stage in (Stage.OPEN, Stage.FORWARDED)},
    (Stage.ANSWERED, Move.ASK_AGAIN): Turn(Stage.OPEN, _ASKER, _ASKERS),
    (Stage.ANSWERED, Move.CLOSE): Turn(Stage.CLOSED, _HOLDER, _HOLDERS),
    # The unit whose turn it is has ended, or its report goes another way: somebody else answers, and closes.
    **{(stage, Move.REROUTE): Turn(stage, frozenset({Party.DECIDER}), _OFFICES) for stage in (Stage.OPEN, Stage.FORWARDED, Stage.ANSWERED)},
}
WAITING = frozenset({Stage.OPEN, Stage.FORWARDED})
# Somebody must still act on these: answer, or close what was answered.
UNFINISHED = WAITING | {Stage.ANSWERED}


def turn(stage: Stage, move: Move) -> Turn | None:
    """The cell of the table, or None when the move is not possible at that stage."""
    return TURNS.get((stage, move))


def allowed_moves(stage: Stage, roles: dict[Party, frozenset[Role]]) -> frozenset[Move]:
    """Everything that somebody with these roles in each party may do now."""
    return frozenset(
        move
        for (when, move), cell in TURNS.items()
        if when == stage and any(roles.get(party, frozenset()) & cell.roles for party in cell.parties)
    )
