"""One report, several recipients: where its copy for a further recipient stands, and who may do what with it, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kheo.core.workflow import REVIEWING, Role, State


class Standing(StrEnum):
    """Where a dispatch stands, derived from what was sent and from the report; overdue is never one of these."""

    UNSENT = "unsent"
    SENT = "sent"
    RECEIVED = "received"
    OUTDATED = "outdated"


class Deed(StrEnum):
    """What somebody does to a dispatch."""

    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    ASK = "ask"
    REPLY = "reply"


STANDING_NAMES: dict[Standing, str] = {
    Standing.UNSENT: "Chưa gửi",
    Standing.SENT: "Đã gửi, chờ tiếp nhận",
    Standing.RECEIVED: "Đã tiếp nhận",
    Standing.OUTDATED: "Báo cáo đã có lần nộp mới, chưa gửi lại",
}
DEED_NAMES: dict[Deed, str] = {
    Deed.SEND: "gửi báo cáo cho nơi nhận khác",
    Deed.ACKNOWLEDGE: "tiếp nhận",
    Deed.ASK: "hỏi lại",
    Deed.REPLY: "trả lời",
}


@dataclass(frozen=True)
class Rule:
    """Who may, and in which standings: the unit that owes the report, or the further recipient."""

    is_sender: bool
    roles: frozenset[Role]
    standings: frozenset[Standing]


_SENT = frozenset({Standing.SENT, Standing.RECEIVED, Standing.OUTDATED})
_RECEIVERS = frozenset({*REVIEWING, Role.HEAD})
RULES: dict[Deed, Rule] = {
    Deed.SEND: Rule(True, frozenset({Role.HEAD}), frozenset({Standing.UNSENT, Standing.OUTDATED})),
    Deed.ACKNOWLEDGE: Rule(False, _RECEIVERS, frozenset({Standing.SENT, Standing.OUTDATED})),
    Deed.ASK: Rule(False, _RECEIVERS, _SENT),
    Deed.REPLY: Rule(True, frozenset({Role.HEAD, Role.OFFICER}), _SENT),
}
# The report as it stands must be signed: nothing half-way through is sent anywhere.
SENDABLE = frozenset({State.SUBMITTED, State.ACCEPTED})


def standing_of(sent: Sequence[int], latest: int | None, acknowledged: frozenset[int]) -> Standing:
    """From the numbers of the revisions sent, of the report's last one, and of those acknowledged."""
    if not sent:
        return Standing.UNSENT
    if latest is not None and latest > max(sent):
        return Standing.OUTDATED
    return Standing.RECEIVED if max(sent) in acknowledged else Standing.SENT


def allowed_deeds(standing: Standing, *, sender: frozenset[Role], receiver: frozenset[Role]) -> frozenset[Deed]:
    """Everything that somebody with these roles at the unit and at the further recipient may do now."""
    return frozenset(
        deed for deed, rule in RULES.items() if standing in rule.standings and rule.roles & (sender if rule.is_sender else receiver)
    )
