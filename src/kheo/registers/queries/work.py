"""Whose work the entries of a register are, from its table of acts: by role, where they stand and in which states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from kheo.core.registers.models import ActDef, Doer, RegisterDefinition
from kheo.core.registers.words import Scope, StateClass
from kheo.core.workflow import Role

SOON = timedelta(days=7)
Side = Literal["owner_id", "handler_id"]
# The entries that are the work of who stands there: those of their own units, those given to them, those of the units directly below.
_SIDES: Mapping[Scope, tuple[Side, bool]] = {
    Scope.OWN: ("owner_id", False),
    Scope.HANDLER: ("handler_id", False),
    Scope.ABOVE: ("owner_id", True),
}
_WAITING = (StateClass.DRAFT, StateClass.WAITING_ON_US)


@dataclass(frozen=True)
class Task:
    """Entries in these states are the work of who holds one of these roles at the unit of their side, or directly above it (`under`).

    `is_due_only`: those alone whose limit ends within a week, or has ended.
    """

    roles: frozenset[Role]
    side: Side
    under: bool
    states: tuple[str, ...]
    is_due_only: bool


def tasks_of(definition: RegisterDefinition) -> Iterator[Task]:
    """What the lines of the table of acts make the work of whom; of one act several, and of several the same.

    Acts that lead on; above only what waits to be decided; and what comes again and again, when its time comes. What other units may do
    (`other`) is nobody's work: they find it where they are, and read of it only that one entry. What the office picks out of everything
    (`office`) stands in the lists that come with a register.
    """
    for act in definition.acts:
        for doer in act.by:
            if doer.scope in _SIDES:
                yield from (each for each in _tasks(act, doer, definition) if each.states)


def _tasks(act: ActDef, doer: Doer, definition: RegisterDefinition) -> Iterator[Task]:
    side, under = _SIDES[doer.scope]
    roles = frozenset(doer.roles)
    if any(clock.repeats and act.code in clock.met_by for clock in definition.clocks):
        yield Task(roles, side, under, tuple(act.states), True)
    if act.to is None:
        return
    if under:
        yield Task(roles, side, under, _of(definition, act.states, (StateClass.WAITING_ON_US,)), False)
    elif definition.by_state[act.to].meaning not in (StateClass.DONE_BAD, StateClass.VOID):
        onward = tuple(state for state in act.states if definition.order[act.to] > definition.order[state])
        yield Task(roles, side, under, _of(definition, onward, _WAITING), False)
        yield Task(roles, side, under, _of(definition, onward, (StateClass.WAITING_ON_THEM,)), True)


def _of(definition: RegisterDefinition, states: tuple[str, ...], meanings: tuple[StateClass, ...]) -> tuple[str, ...]:
    return tuple(state for state in states if definition.by_state[state].meaning in meanings)
