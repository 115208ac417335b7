"""Indexes of declared fields: which a register should have, which stand in the database, and what is between the two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from kheo.core.registers.fields import FieldDef
from kheo.registers.queries.conditions import expression
from kheo.registers.queries.definitions import Book, books

LONGEST_NAME = 63
# Columns that the migrations' own indexes have in order, register by register (`entry_occurred`, `entry_planned`, `entry_of_handler`).
ANSWERED = frozenset({"occurred_on", "planned_until", "handler"})
READY, MISSING, BROKEN, UNWANTED = "ready", "missing", "broken", "unwanted"
# Told from the catalogue of the database, not from our own row: a restore brings rows back and no index.
_STANDING = """
SELECT c.relname, i.indisvalid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = 'registers_entry'::regclass AND c.relname ~ %s
"""


@dataclass(frozen=True)
class IndexStanding:
    """How it stands with the index of one field. `broken`: begun and not finished, so that no list uses it."""

    key: str
    label: str
    name: str
    state: str


def index_name(register: int, key: str) -> str:
    """What the index of a field is called in the database."""
    return f"entry_{register}_{key}"[:LONGEST_NAME]


def wanted_fields(book: Book) -> dict[str, FieldDef]:
    """By key the fields that are filtered or sorted by today and that no index of all registers answers (`ANSWERED`)."""
    return {each.key: each for each in book.definition.asked if (each.filter or each.sort) and each.column not in ANSWERED}


def index_body(book: Book, field: FieldDef) -> str:
    """What an index of a field is made of: its very expression in lists, of this register's entries alone.

    Single values stand in order, those that are the same by their entries, as pages follow each other. Of several choices each is looked
    up by itself (GIN): written at once and not put off, so that no reader pays for what others wrote.
    """
    found = expression(field)
    sql = re.sub(r"\be\.", "", found.sql)
    how = f"USING gin (({sql})) WITH (fastupdate = off)" if found.kind in ("array", "json") else f"(({sql}), id)"
    return f"ON registers_entry {how} WHERE register_id = {book.register.pk}"


def index_standings(book: Book) -> list[IndexStanding]:
    """Every index that a register should have or has: wanted ones in the order of fields, then those that nothing asks for any more."""
    pattern = rf"^entry_{book.register.pk}_"
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [pattern])
        standing: dict[str, bool] = dict(cursor.fetchall())
    found = []
    for key, field in wanted_fields(book).items():
        name = index_name(book.register.pk, key)
        found.append(IndexStanding(key, field.label, name, _state(standing.pop(name, None))))
    for name in sorted(standing):
        key = re.sub(pattern, "", name)
        label = book.definition.by_key[key].label if key in book.definition.by_key else key
        found.append(IndexStanding(key, label, name, UNWANTED))
    return found


def _state(valid: bool | None) -> str:
    return MISSING if valid is None else READY if valid else BROKEN


def lacks_indexes(book: Book) -> bool:
    """Whether there is anything for the job to do."""
    return any(each.state != READY for each in index_standings(book))


def index_remarks() -> Iterator[str]:
    """What is slower than it should be: not wrong, every list is exact without its index."""
    said = {MISSING: "chưa có chỉ mục", BROKEN: "chỉ mục lập dở, chưa dùng được"}
    for each in books():
        for index in index_standings(each):
            if index.state in said:
                yield (
                    f"Sổ {each.register.code}, trường “{index.label}” ({index.key}): {said[index.state]}; "
                    f"danh sách vẫn đúng nhưng chậm hơn. Việc nền sẽ lập, hoặc chạy kheo register index {each.register.code}."
                )
