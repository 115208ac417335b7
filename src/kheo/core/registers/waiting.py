"""Who an entry waits for: the acts that lead on from its state, by the side that may do them."""

from dataclasses import dataclass

from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.words import SCOPE_NAMES, Scope, StateClass


@dataclass(frozen=True)
class Awaited:
    """A side of the entry and what it can do now."""

    who: str
    acts: tuple[str, ...]


def awaited(definition: RegisterDefinition, state: str, *, from_public: bool = False) -> tuple[Awaited, ...]:
    """Acts that lead on or come again and again, by the first side that may do each, in the order of the definition.

    Nobody waits for what ends an entry badly or takes it back: it may happen. The asker is waited for where they can come back.
    """
    again = {act for clock in definition.clocks if clock.repeats for act in clock.met_by}
    found: dict[Scope, list[str]] = {}
    for act in definition.acts:
        leads_on = act.to is not None and definition.by_state[act.to].meaning not in (StateClass.DONE_BAD, StateClass.VOID)
        sides = [doer.scope for doer in act.by if from_public or doer.scope is not Scope.ASKER]
        if state in act.states and sides and (leads_on or act.code in again):
            found.setdefault(sides[0], []).append(act.name)
    return tuple(Awaited(SCOPE_NAMES[scope], tuple(names)) for scope, names in found.items())
