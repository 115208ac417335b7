"""Whose work the entries of a register are, from its table of acts: by role, where they stand and in which states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from kheo.core.definition.conditions import Condition
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import PUBLIC, meets
from kheo.core.registers.values import Values
from kheo.core.registers.waiting import CASES, Case, GivenTo, duties
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
# Of an entry `e`, the place of its case among `CASES`.
CASE = f"""(CASE WHEN e.handler_id IS NULL THEN 0 WHEN e.handler_id = e.owner_id THEN 2 ELSE 4 END
  + CASE WHEN e.source = '{PUBLIC}' THEN 1 ELSE 0 END)"""


@dataclass(frozen=True)
class Task:
    """Entries in these states are the work of who holds one of these roles at the unit of their side, or directly above it (`under`).

    `is_due_only`: those alone whose limit ends within a week, or has ended. `cases`: those alone of which one of these is so. `only_if`:
    those alone that have the step at all, by what they hold.
    """

    roles: frozenset[Role]
    side: Side
    under: bool
    states: tuple[str, ...]
    is_due_only: bool
    only_if: tuple[Condition, ...]
    cases: frozenset[Case]

    @property
    def case_numbers(self) -> tuple[int, ...] | None:
        """As statements ask for them (`CASE`); None: whichever it is."""
        return tuple(number for number, each in enumerate(CASES) if each in self.cases) if len(self.cases) < len(CASES) else None

    def holds(self, entry: Entry, values: Values) -> bool:
        """Whether an entry that holds these values is among them, its limit apart."""
        return case_of(entry) in self.cases and entry.state in self.states and meets(self.only_if, values)


_Key = tuple[frozenset[Role], Side, bool, bool, tuple[Condition, ...]]


def case_of(entry: Entry) -> Case:
    """What decides, beside its state, whose an entry is."""
    given = GivenTo.OWN if entry.handler_id == entry.owner_id else GivenTo.ANOTHER if entry.handler_id else GivenTo.NOBODY
    return Case(given, entry.source == PUBLIC)


def tasks_of(definition: RegisterDefinition) -> Iterator[Task]:
    """What the table of acts makes the work of whom; what an asker does is no work of ours."""
    found: dict[tuple[_Key, str], set[Case]] = {}
    for case in CASES:
        for duty in duties(definition, case):
            if duty.doer.scope in _SIDES:
                key: _Key = (frozenset(duty.doer.roles), *_side(duty.doer.scope, case), duty.is_due_only, duty.act.only_if)
                for state in duty.states:
                    found.setdefault((key, state), set()).add(case)
    alike: dict[tuple[_Key, frozenset[Case]], list[str]] = {}
    for (key, state), cases in found.items():
        alike.setdefault((key, frozenset(cases)), []).append(state)
    for ((roles, side, under, due, only_if), among), states in alike.items():
        yield Task(roles, side, under, tuple(states), due, only_if, among)


def _side(scope: Scope, case: Case) -> tuple[Side, bool]:
    """What went up to its own unit waits for whoever is above: nobody concludes there as their own superior (decision 061)."""
    return _SIDES[Scope.ABOVE if scope is Scope.SUPERIOR and case.given_to is GivenTo.OWN else scope]
