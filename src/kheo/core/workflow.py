"""The life of a report as a table: (state, act) -> state, and who may. State changes nowhere else.

`not_started` is derived (no draft exists yet), so is `closed` (no report is wanted any more: its unit or its campaign has ended), and
overdue is never a state.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a report stands."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED = "closed"


class Act(StrEnum):
    """What somebody does to a report."""

    SAVE = "save"
    ENTER = "enter"
    SUBMIT = "submit"
    RECALL = "recall"
    REMARK = "remark"
    SETTLE = "settle"
    RETURN = "return"
    ANSWER = "answer"
    ACCEPT = "accept"
    REVISE = "revise"
    KEEP = "keep"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    HAND_OVER = "hand_over"
    REROUTE = "reroute"
    CLOSE = "close"
    REOPEN = "reopen"


class Role(StrEnum):
    """What a post lets its holder do, always within the post's unit."""

    OFFICER = "officer"
    HEAD = "head"
    REVIEWER = "reviewer"
    OFFICE = "office"
    AUDITOR = "auditor"
    KEEPER = "keeper"


# Whoever holds one of these posts at a unit acts on what is sent to it: reviews, returns, accepts, extends, calls in.
REVIEWING = frozenset({Role.REVIEWER, Role.OFFICE})


class Side(StrEnum):
    """From which side of the obligation a post reaches the report: the unit that owes it, or the recipient."""

    UNIT = "unit"
    RECIPIENT = "recipient"


STATE_NAMES: dict[State, str] = {
    State.NOT_STARTED: "Chưa bắt đầu",
    State.DRAFT: "Đang soạn",
    State.SUBMITTED: "Đã nộp",
    State.RETURNED: "Bị trả lại",
    State.ACCEPTED: "Đã chấp nhận",
    State.CLOSED: "Không thu nữa",
}
ACT_NAMES: dict[Act, str] = {
    Act.SAVE: "lưu",
    Act.ENTER: "nhập hộ đơn vị",
    Act.SUBMIT: "nộp",
    Act.RECALL: "rút lại để sửa",
    Act.REMARK: "ghi nhận xét",
    Act.SETTLE: "cho qua nhận xét đã trả lời",
    Act.RETURN: "trả lại",
    Act.ANSWER: "trả lời nhận xét",
    Act.ACCEPT: "chấp nhận",
    Act.REVISE: "lập báo cáo bổ sung",
    Act.KEEP: "giữ bản đã gửi",
    Act.ASK_EXTENSION: "xin gia hạn",
    Act.EXTEND: "gia hạn",
    Act.HAND_OVER: "giao đơn vị kế thừa nộp thay",
    Act.REROUTE: "chuyển nơi nhận",
    Act.CLOSE: "thôi thu",
    Act.REOPEN: "thu lại",
}
ROLE_NAMES: dict[Role, str] = {
    Role.OFFICER: "Cán bộ nhập liệu",
    Role.HEAD: "Thủ trưởng đơn vị",
    Role.REVIEWER: "Cán bộ tổng hợp",
    Role.OFFICE: "Thường trực phong trào",
    Role.AUDITOR: "Người kiểm tra",
    Role.KEEPER: "Quản trị hệ thống",
}


@dataclass(frozen=True)
class Step:
    """One cell of the table: where the act leads, and which roles on which side may take it."""

    to: State
    side: Side
    roles: frozenset[Role]


_WRITERS = frozenset({Role.OFFICER, Role.HEAD})
_HEAD = frozenset({Role.HEAD})
LIVE = tuple(state for state in State if state is not State.CLOSED)

STEPS: dict[tuple[State, Act], Step] = {
    (State.NOT_STARTED, Act.SAVE): Step(State.DRAFT, Side.UNIT, _WRITERS),
    # What a unit sent by e-mail, its recipient may put into the draft for it; the unit's head signs all the same.
    (State.NOT_STARTED, Act.ENTER): Step(State.DRAFT, Side.RECIPIENT, REVIEWING),
    (State.DRAFT, Act.SAVE): Step(State.DRAFT, Side.UNIT, _WRITERS),
    (State.DRAFT, Act.ENTER): Step(State.DRAFT, Side.RECIPIENT, REVIEWING),
    (State.DRAFT, Act.SUBMIT): Step(State.SUBMITTED, Side.UNIT, _HEAD),
    # Only until the recipient has decided: after that the report is in another state.
    (State.SUBMITTED, Act.RECALL): Step(State.DRAFT, Side.UNIT, _HEAD),
    (State.SUBMITTED, Act.REMARK): Step(State.SUBMITTED, Side.RECIPIENT, REVIEWING),
    (State.SUBMITTED, Act.SETTLE): Step(State.SUBMITTED, Side.RECIPIENT, REVIEWING),
    (State.SUBMITTED, Act.RETURN): Step(State.RETURNED, Side.RECIPIENT, REVIEWING),
    (State.SUBMITTED, Act.ACCEPT): Step(State.ACCEPTED, Side.RECIPIENT, REVIEWING),
    (State.RETURNED, Act.SAVE): Step(State.RETURNED, Side.UNIT, _WRITERS),
    (State.RETURNED, Act.ENTER): Step(State.RETURNED, Side.RECIPIENT, REVIEWING),
    # In a draft too: an answer may be changed when what was sent again has been called back.
    (State.DRAFT, Act.ANSWER): Step(State.DRAFT, Side.UNIT, _WRITERS),
    (State.RETURNED, Act.ANSWER): Step(State.RETURNED, Side.UNIT, _WRITERS),
    (State.RETURNED, Act.SUBMIT): Step(State.SUBMITTED, Side.UNIT, _HEAD),
    # Figures below have changed since it was sent: the unit decides that what it sent stays.
    (State.SUBMITTED, Act.KEEP): Step(State.SUBMITTED, Side.UNIT, _HEAD),
    (State.ACCEPTED, Act.KEEP): Step(State.ACCEPTED, Side.UNIT, _HEAD),
    (State.ACCEPTED, Act.REVISE): Step(State.DRAFT, Side.UNIT, _HEAD),
    (State.NOT_STARTED, Act.ASK_EXTENSION): Step(State.NOT_STARTED, Side.UNIT, _WRITERS),
    (State.DRAFT, Act.ASK_EXTENSION): Step(State.DRAFT, Side.UNIT, _WRITERS),
    # A due date may be moved whatever became of the report; what came in time is passed over by the action.
    **{(state, Act.EXTEND): Step(state, Side.RECIPIENT, REVIEWING) for state in LIVE},
    # A unit has ended in mid-cycle: what becomes of its report is never decided by the reorganisation itself.
    **{(state, Act.HAND_OVER): Step(state, Side.RECIPIENT, REVIEWING) for state in LIVE},
    **{(state, Act.REROUTE): Step(state, Side.RECIPIENT, REVIEWING) for state in LIVE},
    # What was sent is decided upon, not closed.
    **{(state, Act.CLOSE): Step(State.CLOSED, Side.RECIPIENT, REVIEWING) for state in (State.NOT_STARTED, State.DRAFT, State.RETURNED)},
    # Back to where the report stood; with nothing written yet, that is not started.
    (State.CLOSED, Act.REOPEN): Step(State.NOT_STARTED, Side.RECIPIENT, REVIEWING),
}


def acts_of(role: Role) -> tuple[Act, ...]:
    """Everything that a role may ever do to a report, in the order in which acts are told."""
    may = {act for (_, act), cell in STEPS.items() if role in cell.roles}
    return tuple(act for act in Act if act in may)


def step(state: State, act: Act) -> Step | None:
    """The cell of the table, or None when the act is not possible in that state."""
    return STEPS.get((state, act))


def allowed_acts(state: State, side: Side, roles: frozenset[Role]) -> frozenset[Act]:
    """Everything that somebody with `roles` on `side` may do now: what pages offer and what actions check."""
    return frozenset(act for (when, act), cell in STEPS.items() if when == state and cell.side == side and roles & cell.roles)
