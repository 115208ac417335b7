"""What one side scores first is not shown to those who score after it, so that they are not led (registers.md R11).

A field or a kind of lines is sealed until a state. Before it its numbers are shown to the sides that write them, on no face to others;
from it on to every reader. Both kinds, because lines would be a way round the field that is their sum.
"""

from collections.abc import Collection

from kheo.core.registers.models import LineDef, RegisterDefinition
from kheo.core.registers.words import Scope

SEALED = "kín đến khi hai bên chấm xong"


def sealed_fields(definition: RegisterDefinition, state: str, sides: Collection[Scope]) -> frozenset[str]:
    """The keys of fields that are not shown from these sides of an entry in this state."""
    return frozenset(
        key for key, (until, theirs) in definition.seals.items() if not definition.has_come_to(until, state) and theirs.isdisjoint(sides)
    )


def is_sealed(definition: RegisterDefinition, kind: LineDef, state: str, sides: Collection[Scope]) -> bool:
    """Whether the numbers of such lines are not shown from these sides of an entry in this state."""
    if kind.sealed_until is None or definition.has_come_to(kind.sealed_until, state):
        return False
    return {doer.scope for doer in kind.by}.isdisjoint(sides)
