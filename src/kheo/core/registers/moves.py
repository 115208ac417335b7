"""Who may do what to an entry, read from its register's table of acts: what pages offer and what actions check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kheo.core.definition.conditions import Condition, holds
from kheo.core.registers.models import ActDef, Doer, RegisterDefinition
from kheo.core.registers.values import Values, as_compared
from kheo.core.registers.words import Scope, StateClass
from kheo.core.workflow import Role

EDIT = "edit"
PUBLIC = "public"  # the source of an entry that came through the public form
ATTACH, DETACH = "attach", "detach"  # their changes stand under the first: the role, and what the files hash to


@dataclass(frozen=True)
class Stance:
    """How somebody stands to an entry: from which sides, in which roles; and who they are."""

    person: int | None
    sides: frozenset[tuple[Scope, Role]]

    def is_any_of(self, doers: Iterable[Doer]) -> bool:
        """Whether one of the sides and roles is named."""
        return any((doer.scope, role) in self.sides for doer in doers for role in doer.roles)


@dataclass(frozen=True)
class History:
    """By act (and `create`), who did it to this entry so far. An act that was done at all is a key."""

    doers: Mapping[str, frozenset[int | None]] = field(default_factory=dict)


def may_edit(definition: RegisterDefinition, state: str, stance: Stance) -> bool:
    """Whether the fields can be changed: by those who may write, while the entry counts."""
    return definition.by_state[state].meaning is not StateClass.VOID and stance.is_any_of(definition.edit)


def doers(definition: RegisterDefinition, act: ActDef, *, from_public: bool) -> tuple[Doer, ...]:
    """Who may do an act. What the asker thinks of an answer is said by the asker alone, wherever the asker can come back and say it."""
    if from_public and act.code in definition.askers_own:
        return tuple(doer for doer in act.by if doer.scope is Scope.ASKER)
    return act.by


def is_of(act: ActDef, values: Values | None) -> bool:
    """Whether an entry that holds these values has such a step at all (`only_if`); None: not asked."""
    return values is None or meets(act.only_if, values)


def meets(conditions: Sequence[Condition], values: Values) -> bool:
    """Whether values of a form meet conditions that are written in the file."""
    return not conditions or holds(conditions, as_compared(values))


def refusal(
    act: ActDef, state: str, stance: Stance, history: History, by: Iterable[Doer] | None = None, values: Values | None = None
) -> str | None:
    """Why somebody may not do an act now, in Vietnamese; None when they may.

    `by`: who may do it to this entry, where not all that may; `values`: what the entry holds, None where that is not asked.
    """
    if state not in act.states:
        return f"Hồ sơ đang ở trạng thái khác, không “{act.name}” được nữa. Hãy tải lại trang."
    if not is_of(act, values):
        return f"Hồ sơ như thế này không có bước “{act.name}”."
    if not stance.is_any_of(act.by if by is None else by):
        return f"Anh/chị không có quyền “{act.name}” hồ sơ này."
    if act.once and act.code in history.doers:
        return f"“{act.name}” chỉ làm một lần với mỗi hồ sơ."
    if any(stance.person in history.doers.get(earlier, frozenset()) for earlier in act.not_by):
        return f"Người đã ghi hoặc đã báo hồ sơ này không tự “{act.name}”; cần một người khác."
    return None


def allowed_acts(
    definition: RegisterDefinition, state: str, stance: Stance, history: History, values: Values | None = None, *, from_public: bool = False
) -> tuple[ActDef, ...]:
    """Everything that somebody may do to the entry now, in the order of the definition. `from_public`: it came through the public form."""
    may = ((act, doers(definition, act, from_public=from_public)) for act in definition.acts)
    return tuple(act for act, by in may if refusal(act, state, stance, history, by, values) is None)


def left_to_another(
    definition: RegisterDefinition, state: str, stance: Stance, history: History, values: Values | None = None, *, from_public: bool = False
) -> tuple[ActDef, ...]:
    """What somebody stands near enough to do now and may not, only because they did an earlier act themselves: it waits for another."""
    mine = {act for act, persons in history.doers.items() if stance.person in persons}
    there = (act for act in definition.acts if state in act.states and is_of(act, values))
    near = (act for act in there if stance.is_any_of(doers(definition, act, from_public=from_public)))
    return tuple(act for act in near if mine & set(act.not_by) and not (act.once and act.code in history.doers))
