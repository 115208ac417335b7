"""What a reorganisation suggests for the report of a unit that ended in mid-cycle, or whose recipient did. The office decides, not this.

Pure: which units live, followed or stand above which today is asked before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """What is suggested. `REVIEW`: nothing, the report was sent and is reviewed as usual; `CHOOSE`: nothing, the office must choose."""

    HAND_OVER = "giao"
    BOTH = "giao-chuyen"
    REROUTE = "chuyen"
    CLOSE = "thoi"
    REVIEW = "duyet"
    CHOOSE = "chon"


@dataclass(frozen=True)
class Outlook:
    """How a report stands today.

    `answers`: the unit that fills it in is there; `is_received`: its recipient is. `heirs`: units that it may be handed to; `others`:
    units that may receive it instead; `followers`: those that the recipient's past went to; `above`: what any of these stands under.
    """

    answers: bool
    is_received: bool
    may_close: bool
    unit: int
    recipient: int
    heirs: tuple[int, ...]
    others: tuple[int, ...]
    followers: tuple[int, ...]
    above: Mapping[int, int]


@dataclass(frozen=True)
class Suggestion:
    """`filler`: whom the report is handed to; `recipient`: who receives it instead; 0 for neither. `why`: where nothing is suggested."""

    way: Way
    filler: int = 0
    recipient: int = 0
    why: str = ""


def suggest(found: Outlook) -> Suggestion:
    """One act, two (handed over, then re-routed), or none with the reason. Never one of several heirs: that is the office's choice."""
    if found.answers:
        return _for_another_recipient(found, found.unit)
    heirs = found.heirs
    if len(heirs) > 1:
        return Suggestion(Way.CHOOSE, why=f"Có {len(heirs)} đơn vị kế thừa: anh/chị chọn đơn vị nộp thay.")
    if not heirs:
        return _without_heir(found)
    if heirs[0] == found.recipient:
        return Suggestion(Way.CHOOSE, why="Đơn vị kế thừa chính là nơi nhận: anh/chị quyết định.")
    if found.is_received:
        return Suggestion(Way.HAND_OVER, filler=heirs[0])
    sent = _for_another_recipient(found, heirs[0])
    return Suggestion(Way.BOTH, heirs[0], sent.recipient) if sent.recipient else Suggestion(Way.HAND_OVER, filler=heirs[0])


def _without_heir(found: Outlook) -> Suggestion:
    if found.may_close:
        return Suggestion(Way.CLOSE)
    if found.is_received:
        return Suggestion(Way.REVIEW, why="Đã nộp, không ai kế thừa: duyệt như thường.")
    return _for_another_recipient(found, found.unit)


def _for_another_recipient(found: Outlook, answering: int) -> Suggestion:
    """Where the unit that answers stands today; else who followed the recipient; else the only one there is."""
    open_to = tuple(unit for unit in found.others if unit != answering)
    above = found.above.get(answering)
    if above in open_to:
        return Suggestion(Way.REROUTE, recipient=above or 0)
    for some in (tuple(unit for unit in found.followers if unit in open_to), open_to):
        if len(some) == 1:
            return Suggestion(Way.REROUTE, recipient=some[0])
    why = f"Có {len(open_to)} nơi có thể nhận: anh/chị chọn." if open_to else "Chưa có nơi nào đang hoạt động có thể nhận."
    return Suggestion(Way.CHOOSE, why=why)
