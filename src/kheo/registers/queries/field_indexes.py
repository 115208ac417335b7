"""Indexes of declared fields and declared lists: which a register should have, which stand in the database, and what is between the two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Any

from django.db import connection

from kheo.core.registers.faces import ReadyList
from kheo.core.registers.fields import FieldDef
from kheo.registers.queries.conditions import expression, where
from kheo.registers.queries.definitions import Book, books

LONGEST_NAME = 63
# Columns that the migrations' own indexes have in order, register by register (`entry_occurred`, `entry_planned`, `entry_of_handler`).
ANSWERED = frozenset({"occurred_on", "planned_until", "handler", "ward"})
READY, MISSING, BROKEN, UNWANTED = "ready", "missing", "broken", "unwanted"
# Told from the catalogue of the database, not from our own row: a restore brings rows back and no index.
_STANDING = """
SELECT c.relname, i.indisvalid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid IN ('registers_entry'::regclass, 'registers_deadline'::regclass) AND c.relname ~ %s
"""


@dataclass(frozen=True)
class IndexStanding:
    """How it stands with the index of one field or list. `broken`: begun and not finished, so that no list uses it.

    `body`: what it is made of; empty where nothing asks for it any more.
    """

    key: str
    label: str
    name: str
    state: str
    body: str = ""

    @property
    def of_what(self) -> str:
        """What it serves, in words: no field's key begins with a line below."""
        return "danh sách có sẵn" if self.key.startswith("_") else "trường"


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


def list_bodies(book: Book) -> dict[str, str]:
    """What the indexes of lists that come with the register are made of, each with the name of its list.

    Of conditions that are written in the file: the entries that meet them, in the list's states, by their numbers; whose they are stands
    beside, so that they are counted without a look at them. Of a clock that is to be met so many times: the entries whose runs were met.
    """
    found = dict[str, str]()
    for each in book.definition.ready:
        if each.met is not None:
            sql = "ON registers_deadline (entry_id) WHERE register_id = %s AND clock = %s AND known_to IS NULL AND met_on IS NOT NULL"
            found.setdefault(_filled_in(sql, [book.register.pk, each.met.clock]), each.name)
        if each.where and not each.units_without:
            found.setdefault(_meeting(book, each), each.name)
    return found


def _meeting(book: Book, ready: ReadyList) -> str:
    further, values = where(book.definition, ready.where)
    own = re.sub(r"\be\.", "", further)  # before values stand in it, which are anybody's words
    sql = f"ON registers_entry (id) INCLUDE (owner_id, state, due_on) WHERE register_id = %s AND state = ANY(%s){own}"
    return _filled_in(sql, [book.register.pk, list(ready.states), *values])


def _filled_in(sql: str, values: list[Any]) -> str:
    return str(connection.ops.compose_sql(sql, values))  # type: ignore[attr-defined]  # what PostgreSQL has beside


def wanted_indexes(book: Book) -> list[IndexStanding]:
    """Every index that a register should have, as if none of them stood: of fields, in their order, then of lists.

    The index of a list is named after what it is made of: a list that comes to say something else asks for another index.
    """
    fields = [
        IndexStanding(key, each.label, index_name(book.register.pk, key), MISSING, index_body(book, each))
        for key, each in wanted_fields(book).items()
    ]
    lists = [(f"_{blake2s(body.encode(), digest_size=6).hexdigest()}", label, body) for body, label in list_bodies(book).items()]
    return fields + [IndexStanding(key, label, index_name(book.register.pk, key), MISSING, body) for key, label, body in lists]


def index_standings(book: Book) -> list[IndexStanding]:
    """Every index that a register should have or has: wanted ones in their order, then those that nothing asks for any more."""
    pattern = rf"^entry_{book.register.pk}_"
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [pattern])
        standing: dict[str, bool] = dict(cursor.fetchall())
    found = [replace(each, state=_state(standing.pop(each.name, None))) for each in wanted_indexes(book)]
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
                    f"Sổ {each.register.code}, {index.of_what} “{index.label}” ({index.key}): {said[index.state]}; "
                    f"danh sách vẫn đúng nhưng chậm hơn. Việc nền sẽ lập, hoặc chạy kheo register index {each.register.code}."
                )
