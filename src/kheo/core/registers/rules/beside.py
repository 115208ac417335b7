"""What is frozen from a state on could be written before, and is not asked for when it no longer can; what is needed stays."""

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


def links_stay_needed(draft: RegisterDraft) -> Iterator[Finding]:
    """A correction of what decides whether a link is needed needs it as well, else it would be the way around; what is kept is needed."""
    whole = draft.whole
    if whole is None:
        return
    asking = [act for act in whole.acts if act.links is not None and act.effect != "merge"]
    for number, act in enumerate(whole.acts):
        for other in asking if act.corrects else ():
            key = next((each.field for each in other.links_if if each.field in act.asks), None)
            if key is not None and key in whole.by_key and (act.links, act.links_if) != (other.links, other.links_if):
                said = f"“{act.name}” sửa “{whole.by_key[key].label}” mà “{other.name}” theo đó đòi liên kết: đặt cùng links, links_if."
                yield Finding(("acts", number, "asks"), said)
    needed = {act.links for act in asking}
    for placed in draft.links.having("code", "name", "kept_from", "at_most"):
        kind = placed.item
        if kind.kept_from is not None and kind.code not in needed:
            yield placed.finding("kept_from", f"Không thao tác nào cần liên kết “{kind.name}” (links); bỏ kept_from.")
        elif kind.kept_from is not None and kind.at_most == 1:
            yield placed.finding(
                "kept_from", f"“{kind.name}” chỉ nhận một, ghi sai thì không thay được: dùng frozen_from, hoặc bỏ at_most."
            )


def _beside(whole: RegisterDefinition) -> tuple[Kept, ...]:
    return (*whole.lines, *whole.links, *whole.attachments)


def _needed(whole: RegisterDefinition, act: ActDef) -> Iterator[Kept]:
    """What must stand beside the entry before the act; a merge makes its link itself."""
    yield from (whole.by_line[code] for code in act.lines if code in whole.by_line)
    yield from (whole.by_role[need.role] for need in act.photos if need.role in whole.by_role)
    if act.links is not None and act.links in whole.by_link and act.effect != "merge":
        yield whole.by_link[act.links]


BESIDE_RULES: tuple[RegisterRule, ...] = (frozen_from_the_beginning, asked_for_when_frozen, links_stay_needed)
