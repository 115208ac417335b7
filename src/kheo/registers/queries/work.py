"""Whose work the entries of a register are, from its table of acts: by role, where they stand and in which states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import PUBLIC
from kheo.core.registers.waiting import CASES, Case, duties
from kheo.core.registers.words import Scope
from kheo.core.workflow import Role
from kheo.registers.models import Entry

SOON = timedelta(days=7)
Side = Literal["owner_id", "handler_id"]
# The entries that are the work of who stands there: those of their own units, those given to them, those of the units directly below.
_SIDES: Mapping[Scope, tuple[Side, bool]] = {
    Scope.OWN: ("owner_id", False),
    Scope.HANDLER: ("handler_id", False),
    Scope.SUPERIOR: ("handler_id", False),
    Scope.ABOVE: ("owner_id", True),
}


@dataclass(frozen=True)
class Task:
    """Entries in these states are the work of who holds one of these roles at the unit of their side, or directly above it (`under`).

    `is_due_only`: those alone whose limit ends within a week, or has ended. `is_given`, `from_public`: those alone of which that is so
    (core.registers.waiting.Case); None: whether or not.
    """

    roles: frozenset[Role]
    side: Side
    under: bool
    states: tuple[str, ...]
    is_due_only: bool
    is_given: bool | None = None
    from_public: bool | None = None

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is among them, its limit apart."""
        case = case_of(entry)
        given, public = self.is_given in (None, case.is_given), self.from_public in (None, case.from_public)
        return given and public and entry.state in self.states


_Key = tuple[frozenset[Role], Side, bool, bool]


def case_of(entry: Entry) -> Case:
    """What decides, beside its state, whose an entry is."""
    return Case(entry.handler_id is not None, entry.source == PUBLIC)


def tasks_of(definition: RegisterDefinition) -> Iterator[Task]:
    """What the table of acts makes the work of whom; what an asker does is no work of ours."""
    found: dict[tuple[_Key, str], set[Case]] = {}
    for case in CASES:
        for duty in duties(definition, case):
            if duty.doer.scope in _SIDES:
                key: _Key = (frozenset(duty.doer.roles), *_SIDES[duty.doer.scope], duty.is_due_only)
                for state in duty.states:
                    found.setdefault((key, state), set()).add(case)
    alike: dict[tuple[_Key, bool | None, bool | None], list[str]] = {}
    for (key, state), cases in found.items():
        for given, public in _told(cases):
            alike.setdefault((key, given, public), []).append(state)
    for ((roles, side, under, due), given, public), states in alike.items():
        yield Task(roles, side, under, tuple(states), due, given, public)


def _told(cases: set[Case]) -> list[tuple[bool | None, bool | None]]:
    """The same cases in as few pairs of conditions as there can be; None: whether or not."""
    if len(cases) == len(CASES):
        return [(None, None)]
    for public in (False, True):
        if cases == {each for each in CASES if each.from_public is public}:
            return [(None, public)]
    found: list[tuple[bool | None, bool | None]] = []
    for given in (False, True):
        publics = {each.from_public for each in cases if each.is_given is given}
        found += [(given, None)] if len(publics) == 2 else [(given, public) for public in publics]  # yes and no
    return found
