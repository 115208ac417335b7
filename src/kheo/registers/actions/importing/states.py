"""Into which states somebody can bring a new entry at once: those to which acts lead that they may do, and that ask for nothing beside."""

from collections import deque

from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.moves import History, Stance, refusal
from kheo.core.registers.values import Values
from kheo.core.registers.words import CREATE

_Way = tuple[ActDef, ...]


def ways(definition: RegisterDefinition, stance: Stance, values: Values) -> dict[str, _Way]:
    """By state, the fewest acts that lead an entry with these values to it from the first; that state itself by none."""
    found: dict[str, _Way] = {definition.first_state.code: ()}
    waiting = deque([definition.first_state.code])
    while waiting:
        state = waiting.popleft()
        for act in definition.acts:
            if act.to is not None and act.to not in found and _is_plain(act) and _may(act, state, stance, found[state], values):
                found[act.to] = (*found[state], act)
                waiting.append(act.to)
    return found


def _is_plain(act: ActDef) -> bool:
    """Whether it needs nothing but fields: no reason, no answer, no photograph, no other entry, no other unit."""
    asks = act.reason == "required" or act.reply or act.handing or act.links or act.photos or act.lines or act.after_clock
    return act.effect == "none" and not asks


def _may(act: ActDef, state: str, stance: Stance, before: _Way, values: Values) -> bool:
    doers = {code: frozenset({stance.person}) for code in (CREATE, *(each.code for each in before))}
    return refusal(act, state, stance, History(doers), values=values) is None


def who_leads_to(definition: RegisterDefinition, state: str) -> str:
    """The buttons by which an entry comes into a state, in words."""
    return " hoặc ".join(f"“{act.name}”" for act in definition.acts if act.to == state)
