"""Conditions of `core.definition.conditions` as SQL: the same table of meanings, in the database."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kheo.core.definition.conditions import Condition
from kheo.core.definition.records import InForce
from kheo.core.registers.fields import NUMERIC, FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.registers.queries.holding import stored_as

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLUMN_KINDS: Mapping[str, str] = {
    "area": "word",
    "subject_kind": "word",
    "satisfaction": "word",
    "title": "word",
    "address": "word",
    "subject_name": "word",
    "contents": "array",
    "occurred_on": "day",
    "planned_until": "day",
    "people_count": "number",
    "amount_vnd": "number",
    "score": "number",
    "ordinal": "number",
    "handler": "number",
    "ward": "number",
}
# Not declared by any register: which episode of its place an entry is; of a line, its kind and source.
UNDECLARED: Mapping[str, "Expression"]


@dataclass(frozen=True)
class Expression:
    """The SQL of a field's value and how it is compared: `word`, `number`, `day`, `tick`, `array` (of texts) or `json` (of texts)."""

    sql: str
    kind: str


UNDECLARED = {
    "ordinal": Expression("e.ordinal", "number"),
    "kind": Expression("l.kind", "word"),
    "source": Expression("l.source", "word"),
}


def expression(field: FieldDef) -> Expression:
    """Where a field stands in the row `e`. Of the tail it is the very expression that the field's index is made of."""
    if field.column is not None:
        return Expression(f"e.{stored_as(field.column)}", _COLUMN_KINDS[field.column])
    if not _KEY.fullmatch(field.key):
        raise ValueError(field.key)
    if field.type in NUMERIC or field.type == "unit":
        return Expression(f"(e.extra->>'{field.key}')::bigint", "number")
    if field.type == "yes_no":
        return Expression(f"(e.extra->>'{field.key}')::boolean", "tick")
    if field.type == "choices":
        return Expression(f"(e.extra->'{field.key}')", "json")
    return Expression(f"(e.extra->>'{field.key}')", "word")


def where(definition: RegisterDefinition, conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
    """` AND …` for each condition, and its values. Raises KeyError for a field that there is not: definitions are checked."""
    parts, values = [], list[Any]()
    for condition in conditions:
        found = UNDECLARED.get(condition.field) or expression(definition.by_key[condition.field])
        sql, held = _compiled(found, condition)
        parts.append(f" AND {sql}")
        values += held
    return "".join(parts), values


def in_force(definition: RegisterDefinition, asked: InForce | None, day: date) -> tuple[str, list[Any]]:
    """` AND …` that the entry still holds on a day; nothing where that is not asked."""
    if asked is None:
        return "", []
    first, *until = [f"({expression(definition.by_key[key]).sql})::date" for key in asked.keys if key in definition.by_key]
    # To the end of the year of the first: as long as that is in the year of the day, or later. No day is made for a hundred thousand rows.
    compared = ", ".join([*(f"{each} >= %s" for each in until), f"{first} >= %s"])
    return f" AND COALESCE({compared}, FALSE)", [*(day for _ in until), date(day.year, 1, 1)]


def searching(parts: Sequence[str]) -> str:
    """All of these words, the last as begun; where one before begins so, it says nothing more, and costs a third of the search."""
    *whole, begun = parts
    last = [] if any(each.startswith(begun) for each in whole) else [f"'{begun}':*"]
    return " & ".join([*(f"'{each}'" for each in whole), *last])


def _compiled(found: Expression, condition: Condition) -> tuple[str, list[Any]]:
    operands = list(condition.operands)
    filled = _FILLED[found.kind].format(found.sql)
    if condition.operator == "filled":
        return (filled if condition.filled else f"NOT ({filled})"), []
    if condition.operator in ("at_least", "at_most"):
        sign = ">=" if condition.operator == "at_least" else "<="
        return f"({filled} AND {found.sql} {sign} %s::{_TYPES[found.kind]})", operands
    sql, values = _SAME[found.kind](found, operands)
    return (f"(NOT ({filled}) OR NOT {sql})", values) if condition.operator == "differs" else (f"({filled} AND {sql})", values)


_TYPES = {"word": "text", "number": "bigint", "day": "date", "tick": "boolean", "array": "text", "json": "text"}
_FILLED = {
    "word": "COALESCE({0}, '') <> ''",
    "number": "{0} IS NOT NULL",
    "day": "{0} IS NOT NULL",
    "tick": "{0} IS NOT NULL",
    "array": "cardinality({0}) > 0",
    "json": "{0} IS NOT NULL",
}


def single_value(definition: RegisterDefinition, conditions: Sequence[Condition]) -> tuple[str, list[Any]] | None:
    """The first of the conditions that a field of one value holds one value; an index of the field has such entries by their numbers."""
    for condition in conditions:
        field = definition.by_key.get(condition.field)
        is_one = condition.operator in ("equals", "one_of") and len(condition.operands) == 1
        if is_one and field is not None and expression(field).kind in ("word", "number", "tick"):
            return _equal(expression(field), list(condition.operands))
    return None


def of_one_field(definition: RegisterDefinition, conditions: Sequence[Condition]) -> tuple[str, str, list[Any]] | None:
    """Of conditions that ask for one field alone: the order in which its index has it (empty: of several choices none), then `where`."""
    asked = {each.field for each in conditions}
    field = definition.by_key.get(asked.pop()) if len(asked) == 1 else None
    if field is None:
        return None
    found = expression(field)
    ordered = "" if found.kind in ("array", "json") else f" ORDER BY {found.sql}"
    return (ordered, *where(definition, conditions))


def _equal(found: Expression, operands: list[Any]) -> tuple[str, list[Any]]:
    if len(operands) == 1:  # of any of one the planner does not see that an index has them in the order of their numbers
        return f"{found.sql} = %s::{_TYPES[found.kind]}", operands
    return f"{found.sql} = ANY(%s::{_TYPES[found.kind]}[])", [operands]


_SAME: Mapping[str, Callable[[Expression, list[Any]], tuple[str, list[Any]]]] = {
    **dict.fromkeys(("word", "number", "day", "tick"), _equal),
    "array": lambda found, operands: (f"{found.sql} && %s::varchar[]", [operands]),
    "json": lambda found, operands: (f"{found.sql} ?| %s::text[]", [operands]),
}
