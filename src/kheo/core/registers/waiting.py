"""Whose the next step of an entry is: one rule for what its page says, for the queues of people and for what they are reminded of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import product

from kheo.core.registers.models import ActDef, Doer, RegisterDefinition
from kheo.core.registers.moves import doers, is_of
from kheo.core.registers.values import Values
from kheo.core.registers.words import SCOPE_NAMES, Scope, StateClass

_OPEN_TO_US = (StateClass.DRAFT, StateClass.WAITING_ON_US)


class GivenTo(Enum):
    """To whom an entry was given. To its own unit went what was once handed up before it was asked whether that is above."""

    NOBODY = "nobody"
    OWN = "own"
    ANOTHER = "another"


@dataclass(frozen=True)
class Case:
    """What decides, beside its state, whose an entry is. `from_public`: its asker can come back."""

    given_to: GivenTo = GivenTo.NOBODY
    from_public: bool = False


CASES = tuple(Case(given, public) for given, public in product(GivenTo, (False, True)))


@dataclass(frozen=True)
class Duty:
    """An act that leads on, the side whose it is, in which states; `is_due_only`: not before a week of the entry's limit."""

    act: ActDef
    doer: Doer
    states: tuple[str, ...]
    is_due_only: bool


@dataclass(frozen=True)
class Awaited:
    """A side of the entry and what it can do now; `is_due_only`: when the entry's limit comes."""

    who: str
    acts: tuple[str, ...]
    is_due_only: bool = False


def duties(definition: RegisterDefinition, case: Case) -> Iterator[Duty]:
    """Every act is one side's: the first of those that may do it, the unit that was given the entry before the entry's own.

    Nobody waits for what ends an entry badly, takes it back or hands it to another unit: it may happen. Above, what waits to be decided is
    a duty; else what leads forward, where others are waited for when the limit comes. What comes again and again is one when its time
    comes; so is what ends a limit that runs on in what is done (the answer to a criticism that was sent). What other units may do (`other`)
    is nobody's duty: they read of it that one entry. Nor is what the campaign's office picks out of everything (`office`): it may pick
    none, and finds what there is to pick in the lists that come with a register.
    """
    again = {act for clock in definition.clocks if clock.repeats for act in clock.met_by}
    limited = {act for clock in definition.clocks if not clock.repeats for act in clock.met_by}
    for act in definition.acts:
        doer = _first(definition, act, case)
        if doer is None:
            continue
        if act.code in again:
            yield Duty(act, doer, tuple(act.states), True)
        ends_badly = act.to is not None and definition.by_state[act.to].meaning in (StateClass.DONE_BAD, StateClass.VOID)
        if act.to is None or ends_badly or act.effect == "transfer":
            continue
        if act.code in limited:
            yield Duty(act, doer, _of(definition, tuple(act.states), (StateClass.DONE_GOOD, StateClass.DONE_BAD)), True)
        onward = tuple(state for state in act.states if definition.order[act.to] > definition.order[state])
        if doer.scope is Scope.ABOVE:
            yield Duty(act, doer, _of(definition, tuple(act.states), (StateClass.WAITING_ON_US,)), False)
        elif doer.scope is Scope.ASKER:
            yield Duty(act, doer, _of(definition, tuple(act.states), (StateClass.WAITING_ON_THEM,)), False)
        else:
            yield Duty(act, doer, _of(definition, onward, _OPEN_TO_US), False)
            yield Duty(act, doer, _of(definition, onward, (StateClass.WAITING_ON_THEM,)), True)


def _first(definition: RegisterDefinition, act: ActDef, case: Case) -> Doer | None:
    left_out = {Scope.OTHER, Scope.OFFICE}
    possible = doers(definition, act, from_public=case.from_public)
    if not case.from_public:
        left_out.add(Scope.ASKER)
    if case.given_to is GivenTo.NOBODY:
        left_out |= {Scope.HANDLER, Scope.SUPERIOR}
    elif any(doer.scope is Scope.HANDLER for doer in possible):
        left_out.add(Scope.OWN)
    first = next((doer.scope for doer in possible if doer.scope not in left_out), None)
    roles = dict.fromkeys(role for doer in possible if doer.scope is first for role in doer.roles)
    return Doer(scope=first, roles=tuple(roles)) if first is not None else None


def _of(definition: RegisterDefinition, states: tuple[str, ...], meanings: tuple[StateClass, ...]) -> tuple[str, ...]:
    return tuple(state for state in states if definition.by_state[state].meaning in meanings)


def awaited(definition: RegisterDefinition, state: str, case: Case = CASES[0], values: Values | None = None) -> tuple[Awaited, ...]:
    """Whom an entry in a state waits for, each with their acts, in the order of the definition; `values`: what it holds."""
    found: dict[tuple[Scope, bool], dict[str, None]] = {}
    for duty in duties(definition, case):
        if state in duty.states and is_of(duty.act, values):
            found.setdefault((duty.doer.scope, duty.is_due_only), {})[duty.act.name] = None
    return tuple(Awaited(SCOPE_NAMES[scope], tuple(names), due) for (scope, due), names in found.items())
