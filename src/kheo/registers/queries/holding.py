"""Between the columns of an entry and the values of its declared fields."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kheo.core.registers.fields import UNIT_COLUMNS, FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Kept, Values
from kheo.core.text import fold
from kheo.registers.models import Entry, EntryText, Held

_DAYS = frozenset({"occurred_on", "planned_until"})
_WORDS = frozenset({"title", "area", "subject_kind", "subject_name", "address", "satisfaction"})


def values_of(definition: RegisterDefinition, entry: Held, texts: Mapping[str, str] | None = None) -> dict[str, Kept]:
    """What an entry holds, by field; long texts only where they were read. Fields of other editions are left where they are."""
    return values_in(definition.fields, entry, texts)


def values_in(fields: Iterable[FieldDef], entry: Held, texts: Mapping[str, str] | None = None) -> dict[str, Kept]:
    """The same of some fields alone."""
    held = {field.key: _held(field, entry, texts or {}) for field in fields}
    return {key: value for key, value in held.items() if value is not None}


def _held(field: FieldDef, entry: Held, texts: Mapping[str, str]) -> Kept | None:
    if field.column is None:
        return texts.get(field.key) if field.type == "long_text" else _from_json(entry.extra.get(field.key))
    if field.column == "place":
        return _place(entry)
    if field.column == "contents":
        return (list(entry.contents) if field.type == "choices" else entry.contents[0]) if entry.contents else None
    value = getattr(entry, stored_as(field.column))
    if field.column in _DAYS:
        return value.isoformat() if value is not None else None
    if field.column == "satisfaction" and field.type == "integer":
        return int(value) if value else None
    return None if value == "" else value


def stored_as(column: str) -> str:
    """The column of the table: of a unit its number."""
    return f"{column}_id" if column in UNIT_COLUMNS else column


def _place(entry: Held) -> Kept | None:
    if not isinstance(entry, Entry) or entry.latitude is None or entry.longitude is None:
        return None
    return (entry.latitude, entry.longitude)


def _from_json(value: Any) -> Kept | None:
    return tuple(value) if isinstance(value, list) and value and isinstance(value[0], int) else value


def columns_of(definition: RegisterDefinition, values: Values) -> dict[str, Any]:
    """The columns of an entry that holds these values: every column that a field keeps, empty ones too, and the tail."""
    columns: dict[str, Any] = {
        "extra": {field.key: values[field.key] for field in definition.fields if field.in_tail and field.key in values}
    }
    for field in definition.fields:
        if field.column is not None:
            columns |= _column(field, values.get(field.key))
    return columns


def _column(field: FieldDef, value: Kept | None) -> dict[str, Any]:
    column = str(field.column)
    if column == "place":
        latitude, longitude = value if isinstance(value, tuple) else (None, None)
        return {"latitude": latitude, "longitude": longitude}
    if column == "contents":
        return {column: value if isinstance(value, list) else [value] if value else []}
    if column in _DAYS:
        return {column: date.fromisoformat(value) if isinstance(value, str) else None}
    if column in _WORDS:
        return {column: "" if value is None else str(value)}
    return {stored_as(column): value}


def texts_of(entry: Entry) -> dict[str, str]:
    """The long texts of an entry, by field."""
    return dict(EntryText.objects.filter(entry=entry, known_to__isnull=True).values_list("key", "text"))


def texts_of_many(entries: Iterable[int]) -> dict[int, dict[str, str]]:
    """The long texts of some entries, by entry and field: one query."""
    found: dict[int, dict[str, str]] = {}
    rows = EntryText.objects.filter(entry__in=list(entries), known_to__isnull=True)
    for entry, key, text in rows.values_list("entry_id", "key", "text"):
        found.setdefault(entry, {})[key] = text
    return found


def long_texts(definition: RegisterDefinition, values: Values) -> dict[str, str]:
    """Those of these values that are long texts."""
    return {field.key: str(values[field.key]) for field in definition.fields if field.type == "long_text" and field.key in values}


def subject_key(kind: str, name: str, owner: int) -> str:
    """One and the same subject: a kind, the unit it belongs to, its folded name; nothing where there is no name."""
    return f"{kind}:{owner}:{fold(name)}"[:330] if name else ""


def searched(definition: RegisterDefinition, code: str, columns: Mapping[str, Any]) -> str:
    """What a search looks into: never what is personal."""
    personal = {field.column for field in definition.fields if field.personal}
    words: Iterable[str] = (str(columns.get(name) or "") for name in ("title", "address", "subject_name") if name not in personal)
    return fold(" ".join((code, *words)))[:700]
