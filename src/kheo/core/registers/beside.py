"""What stands beside an entry (lines, links, photographs, words): in which classes of states it is changed, from which state frozen.

Who an entry's fields are changed by is in `moves`; here is only whether the entry, as it stands, still takes anything beside it.
"""

from collections.abc import Mapping
from enum import StrEnum

from kheo.core.registers.models import ActDef, AttachmentDef, LineDef, LinkDef, RegisterDefinition
from kheo.core.registers.moves import Stance, meets
from kheo.core.registers.values import Values
from kheo.core.registers.words import OPEN_CLASSES, StateClass


class BesideAct(StrEnum):
    """What is done beside an entry without moving it. Deeds and journal call these acts the same."""

    LINE = "line"
    UNLINE = "unline"
    LINK = "link"
    UNLINK = "unlink"
    VERIFY_LINK = "verify_link"
    ATTACH = "attach"
    DETACH = "detach"
    REPLY = "reply"
    NOTE = "note"
    ASKER_SAYS = "asker_says"
    NOT_ALIKE = "not_alike"
    CONFIRM = "confirm_answers"


# What was said when an entry was cancelled, refused as none or counted with another stands as it was said: nothing is added to it, nothing
# taken back, by nobody. An entry that ended otherwise still counts, and may be completed until what is beside it is frozen.
_COUNTS = frozenset(StateClass) - {StateClass.VOID}
TAKEN_IN: Mapping[BesideAct, frozenset[StateClass]] = dict.fromkeys(BesideAct, _COUNTS)
COUNTS_NO_MORE = "Hồ sơ không còn được tính: những gì kèm theo nó giữ nguyên như lúc ấy."
ONLY_OPEN = "Hồ sơ đã xong: “{}” không thêm, không bỏ được nữa."
KEPT = "“{}” không bỏ được nữa ở trạng thái “{}”: việc đã làm dựa vào đó. Thêm thì vẫn được."
LAST_LINK = "“{}”: không bỏ liên kết cuối cùng ở trạng thái “{}”, việc đã làm dựa vào đó. Ghi liên kết đúng trước, rồi bỏ liên kết sai."
FROZEN = "“{}” không thêm, sửa, bỏ được nữa ở trạng thái “{}”."

Kept = LineDef | LinkDef | AttachmentDef


def is_frozen(definition: RegisterDefinition, kind: Kept, state: str) -> bool:
    """Whether what is beside an entry in this state stays as it is."""
    return definition.has_come_to(kind.frozen_from, state)


def is_kept(definition: RegisterDefinition, role: AttachmentDef, state: str) -> bool:
    """Whether no file of a role is taken back from an entry in this state, though more may be added."""
    return definition.has_come_to(role.kept_from, state)


def amending(definition: RegisterDefinition, kind: LineDef, state: str) -> ActDef | None:
    """The correction under which lines that are frozen in this state are still written, with a reason."""
    act = definition.by_act.get(kind.amended_by or "")
    if act is None or state not in act.states or definition.by_state[state].meaning not in _COUNTS:
        return None
    return act if is_frozen(definition, kind, state) else None


def why_not(definition: RegisterDefinition, act: BesideAct, state: str, kind: Kept | None = None) -> str:
    """Why nobody does this beside an entry in this state, in Vietnamese; "" where those may whose it is.

    A link is verified even when it is frozen: whether it was so is not changed by when somebody has seen it.
    """
    meaning = definition.by_state[state].meaning
    if meaning not in TAKEN_IN[act]:
        return COUNTS_NO_MORE
    if kind is None or act is BesideAct.VERIFY_LINK:
        return ""
    if isinstance(kind, AttachmentDef) and kind.by and meaning not in OPEN_CLASSES:
        return ONLY_OPEN.format(kind.name)
    if act is BesideAct.DETACH and isinstance(kind, AttachmentDef) and is_kept(definition, kind, state):
        return KEPT.format(kind.name, definition.by_state[state].name)
    return FROZEN.format(kind.name, definition.by_state[state].name) if is_frozen(definition, kind, state) else ""


def why_last(definition: RegisterDefinition, kind: LinkDef, state: str, values: Values, standing: int) -> str:
    """Why a link of a kind, of so many that stand, is not taken back from an entry that holds these values; "" where it may be.

    Only where an act needs such a link of such an entry: what it was wanted for must go on to be shown. A wrong one goes once the right
    one is there.
    """
    needed = any(act.links == kind.code and meets(act.links_if, values) for act in definition.acts)
    if standing > 1 or not needed or not definition.has_come_to(kind.kept_from, state):
        return ""
    return LAST_LINK.format(kind.name, definition.by_state[state].name)


def asks_why(definition: RegisterDefinition, kind: LinkDef, state: str, *, is_verified: bool) -> bool:
    """Whether a link is taken back only with a reason: it counts by now, so that a report may rest on it.

    One that is verified by somebody counts once it is, any other once its entry is no draft. Behind the wall no reason is written in words.
    """
    counts = is_verified if kind.verified_by else definition.by_state[state].meaning is not StateClass.DRAFT
    return counts and not definition.walled


def writes(definition: RegisterDefinition, kind: Kept, stance: Stance) -> bool:
    """Whether what is of this kind is somebody's to write, whatever the entry's state: theirs whom it names, else whoever edits."""
    named = () if isinstance(kind, LinkDef) else kind.by
    return stance.is_any_of(named or definition.edit)


def unlinks(definition: RegisterDefinition, kind: LinkDef, stance: Stance) -> bool:
    """Whether taking a link back is somebody's: theirs who write it, and theirs who verify it."""
    return writes(definition, kind, stance) or stance.is_any_of(kind.verified_by)
