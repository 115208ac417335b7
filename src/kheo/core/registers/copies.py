"""The copies of a list that leave Khéo: the whole, what everybody may see, and what judges see, who are not to know whose it is."""

from enum import StrEnum

from kheo.core.definition.conditions import Condition
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.words import COUNTS_NOWHERE, INSIDE
from kheo.core.workflow import Role


class Copy(StrEnum):
    """Which copy of the entries of a register."""

    WHOLE = "whole"
    PUBLIC = "public"
    JUDGES = "judges"


def leaves(field: FieldDef, copy: Copy) -> bool:
    """Whether a field is in the copy. What is personal is in the whole one only, and there for those who work near the entry.

    Judges read blind: no names, no units (registers.md R3), and nothing that the field says they are not to see.
    """
    if not field.export:
        return False
    if copy is Copy.PUBLIC:
        return field.public and not field.personal
    return copy is Copy.WHOLE or (field.for_judges and not field.personal and field.sealed_until is None and field.type != "unit")


def copied_states(definition: RegisterDefinition, copy: Copy) -> frozenset[str]:
    """The states whose entries are in the copy. Drafts are not judged. Behind the wall nothing is public, and nobody judges."""
    if copy is Copy.WHOLE:
        return frozenset(definition.by_state)
    if definition.walled:
        return frozenset()
    if copy is Copy.PUBLIC:
        return frozenset(state.code for state in definition.states if state.public)
    return frozenset(state.code for state in definition.states if state.meaning not in COUNTS_NOWHERE)


def consented(definition: RegisterDefinition, copy: Copy) -> tuple[Condition, ...]:
    """What an entry must say to be in the copy: of the public one that whoever was asked agreed; not asked, or no, is no."""
    return tuple(Condition(field=each.key, equals=True) for each in definition.fields if each.consent) if copy is Copy.PUBLIC else ()


def is_blind(copy: Copy) -> bool:
    """Whether it does not tell whose an entry is."""
    return copy is Copy.JUDGES


def withheld(definition: RegisterDefinition, copy: Copy) -> set[str]:
    """The fields of which a title must not be made up in the copy."""
    return {field.key for field in definition.fields if not leaves(field, copy)} if copy is not Copy.WHOLE else set()


# Who hands out what everybody may see: those who answer for a unit, review for it, or keep the campaign.
PUBLISHERS = frozenset({Role.HEAD, Role.REVIEWER, Role.OFFICE})


def _judges(act: ActDef) -> frozenset[Role]:
    return frozenset(role for doer in act.by if doer.scope not in INSIDE for role in doer.roles)


def takers(definition: RegisterDefinition, copy: Copy) -> frozenset[Role]:
    """The roles that take a copy out on a page. Nobody takes one that would hold nothing; that for judges is theirs, and the office's."""
    fields = [field for field in definition.asked if leaves(field, copy)]
    if not copied_states(definition, copy) or not fields:
        return frozenset()
    if copy is Copy.PUBLIC:
        return PUBLISHERS
    if copy is Copy.JUDGES:
        judges = frozenset(role for act in definition.judging for role in _judges(act))
        return judges | {Role.OFFICE} if judges else judges
    return frozenset(Role)
