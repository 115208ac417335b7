"""How the fields of an entry are said to somebody, in a list and in a table that leaves.

What is personal is said only to those near it, what is sealed only to its writers.
"""

from collections.abc import Collection, Mapping

from kheo.core.registers.columns import Column
from kheo.core.registers.copies import Copy, withheld
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.sealing import SEALED
from kheo.core.registers.table_heads import HIDDEN
from kheo.registers.models import Entry


def said(column: Column, values: Mapping[str, object], unseen: Collection[str], names: Mapping[int, str] | None = None) -> str:
    """A field in words, or why it is not shown; `unseen`: the keys of those that are not."""
    if column.key in unseen:
        return unsaid(column.field) if column.key in values else ""
    if column.field.type == "unit":
        return (names or {}).get(values.get(column.key, 0), "")  # type: ignore[call-overload,no-any-return]  # a unit is a number
    return column.cell(values)  # type: ignore[arg-type]  # kept values


def unsaid(field: FieldDef) -> str:
    """What stands where a field is not shown."""
    return HIDDEN if field.personal else SEALED


def title_shown(definition: RegisterDefinition, entry: Entry, sees_personal: bool) -> str:
    """The title, or the code where the title is personal or there is none yet."""
    return entry.title if entry.title and (sees_personal or not title_is_personal(definition)) else f"{definition.one} {entry.code}"


def title_is_personal(definition: RegisterDefinition) -> bool:
    """Whether the name of an entry may be that of a person: written so, or put together from what is."""
    return _made_of(definition, {each.key for each in definition.fields if each.personal})


def title_in(definition: RegisterDefinition, entry: Entry, copy: Copy, sees_personal: bool) -> str:
    """The title in a copy that leaves Khéo: of nothing that is not in it."""
    if _made_of(definition, withheld(definition, copy)):
        return f"{definition.one} {entry.code}"
    return title_shown(definition, entry, sees_personal and copy is Copy.WHOLE)


def _made_of(definition: RegisterDefinition, keys: set[str]) -> bool:
    field = definition.field_of("title")
    return (field is not None and field.key in keys) or any(f"{{{key}}}" in (definition.title_from or "") for key in keys)
