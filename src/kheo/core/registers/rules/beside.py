"""What is frozen from a state on could be written before, and no act asks for it when it cannot be written any more."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.registers.beside import Kept, is_frozen
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.models import ActDef, RegisterDefinition


def frozen_from_the_beginning(draft: RegisterDraft) -> Iterator[Finding]:
    """Lines, links or files that are frozen in the first state could never be written."""
    if not draft.states.items or not draft.states.items[0].has("code"):
        return
    first = draft.states.items[0].item.code
    for section in (draft.lines, draft.links, draft.attachments):
        for placed in section.having("frozen_from"):
            if placed.item.frozen_from == first:
                yield placed.finding("frozen_from", f"“{first}” là trạng thái đầu tiên: “{placed.item.name}” sẽ không bao giờ ghi được.")


def asked_for_when_frozen(draft: RegisterDraft) -> Iterator[Finding]:
    """An act that needs what can only be written before its states would leave an entry without it where it is for good."""
    whole = draft.whole
    if whole is None or any(state not in whole.order for each in _beside(whole) if (state := each.frozen_from)):
        return
    for number, act in enumerate(whole.acts):
        for kind in _needed(whole, act):
            state = next((each for each in act.states if each in whole.order and is_frozen(whole, kind, each)), None)
            if state is not None:
                said = f"“{act.name}” cần “{kind.name}” mà ở trạng thái “{whole.by_state[state].name}” không ghi được nữa (frozen_from)."
                yield Finding(("acts", number, "states"), said)


def _beside(whole: RegisterDefinition) -> tuple[Kept, ...]:
    return (*whole.lines, *whole.links, *whole.attachments)


def _needed(whole: RegisterDefinition, act: ActDef) -> Iterator[Kept]:
    """What must stand beside the entry before the act; a merge makes its link itself."""
    yield from (whole.by_line[code] for code in act.lines if code in whole.by_line)
    yield from (whole.by_role[need.role] for need in act.photos if need.role in whole.by_role)
    if act.links is not None and act.links in whole.by_link and act.effect != "merge":
        yield whole.by_link[act.links]


BESIDE_RULES: tuple[RegisterRule, ...] = (frozen_from_the_beginning, asked_for_when_frozen)
