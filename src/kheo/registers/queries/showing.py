"""How the fields of an entry are said to somebody, in a list and in a table that leaves: what is personal only to those near it."""

from collections.abc import Mapping

from kheo.core.registers.columns import Column
from kheo.core.registers.copies import Copy, withheld
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.table_heads import HIDDEN
from kheo.registers.models import Entry


def said(column: Column, values: Mapping[str, object], sees_personal: bool, names: Mapping[int, str] | None = None) -> str:
    """A field in words, or that it is not shown to everybody."""
    if column.field.personal and not sees_personal:
        return HIDDEN if column.key in values else ""
    if column.field.type == "unit":
        return (names or {}).get(values.get(column.key, 0), "")  # type: ignore[call-overload,no-any-return]  # a unit is a number
    return column.cell(values)  # type: ignore[arg-type]  # kept values


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
