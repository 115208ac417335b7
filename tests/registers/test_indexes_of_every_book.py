"""Every field of every book that is filtered or sorted by is answered by an index, its own or one that all share; so are its lists."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.columns import FROM, Column
from kheo.core.registers.faces import ReadyList
from kheo.core.registers.fields import FieldDef
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.field_indexes import index_body, index_name, wanted_fields, wanted_indexes
from kheo.registers.queries.keyset import Reading
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import wanted_of
from tests.registers.books import CAMPAIGNS, shipped
from tests.world import OPENING, World

SHARED = {"occurred_on": "entry_occurred", "planned_until": "entry_planned", "handler": "entry_of_handler", "ward": "entry_in_ward"}
# With them every register could be read to its end, as cheaply as anything where there is no entry at all.
_WHOLE = (
    "entry_newest",
    "entry_in_state",
    "entry_of_unit",
    "entry_due",
    "entry_due_in_state",
    "entry_known",
    "entry_near",
    "entry_of_place",
)


@pytest.fixture
def every_book(world: World) -> list[Book]:
    shipped(*sorted(file.stem for file in (CAMPAIGNS / "registers").glob("*.yaml")))
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"DROP INDEX IF EXISTS {name}" for name in _WHOLE))
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return books()


def test_every_filter_and_every_order_of_every_book_is_read_from_an_index(every_book: list[Book]) -> None:
    asked = [(book, field) for book in every_book for field in book.definition.asked if field.filter or field.sort]
    assert len(asked) > 60
    wrong = [f"{book.register.code} {field.key}: {said}" for book, field in asked for said in unanswered(book, field)]
    assert wrong == []


def test_every_list_that_a_condition_or_a_clock_that_was_met_makes_is_read_from_its_own_index(every_book: list[Book]) -> None:
    """Whoever reads it: the page, how many there are, and what a program reads on."""
    asked = [(book, each) for book in every_book for each in book.definition.ready if (each.where and not each.units_without) or each.met]
    assert {each.code for _, each in asked} >= {"chua_hen", "duy_tri_hai_nam"}
    for book, ready in asked:
        name, body = own_index(book, ready)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX {name} {body}")
        for units in (None, range(1, 10_000)):
            found = EntryList(book, wanted_of(book, {"co_san": [ready.code]}, units, OPENING.date()))
            for work in (found.page, found.count, found.by_state, lambda found=found: Reading(found, 50).after(None)):
                with CaptureQueriesContext(connection) as queries:
                    work()
                plans = [plan_of(each["sql"]) for each in queries if "registers_entry AS e" in each["sql"]]
                assert plans != []
                assert [each for each in plans if not re.search(rf"(using|Scan on) {name}\b", each)] == [], (ready.code, units, work)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {name}")


def own_index(book: Book, ready: ReadyList) -> tuple[str, str]:
    """The name of the index that this list asks for, and what it is made of."""
    (found,) = (each for each in wanted_indexes(book) if each.label == ready.name)
    return found.name, found.body


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


def unanswered(book: Book, field: FieldDef) -> Iterator[str]:
    """What of a field no index answers, the index of that field alone being there beside the shared ones."""
    name = SHARED.get(field.column or "") or index_name(book.register.pk, field.key)
    with connection.cursor() as cursor:
        if field.key in wanted_fields(book):
            cursor.execute(f"CREATE INDEX {name} {index_body(book, field)}")
        if field.filter:
            plan = explained(*whole(book, query_of(book, field)))
            if not re.search(rf"(using|Scan on) {name}\b", plan) or "Index Cond" not in plan:
                yield f"filter\n{plan}"
        if field.sort:
            found = EntryList(book, wanted_of(book, {"xep": [f"-{field.key}"]}, None, OPENING.date()))
            sql, values = found.condition()
            assert found.order is not None
            by = found.order.key
            plan = explained(f"{sql} AND {by} IS NOT NULL ORDER BY {by} DESC, e.id DESC LIMIT 50", values)
            if f"Scan Backward using {name}" not in plan:
                yield f"order\n{plan}"
        if field.key in wanted_fields(book):
            cursor.execute(f"DROP INDEX {name}")


def whole(book: Book, query: dict[str, list[str]]) -> tuple[str, list[object]]:
    wanted = wanted_of(book, query, None, OPENING.date())
    assert len(wanted.conditions) == 1
    return EntryList(book, wanted).condition()


def query_of(book: Book, field: FieldDef) -> dict[str, list[str]]:
    """A filter on the field, as an address says it."""
    column = Column(field, book.options)
    if column.is_range:
        return {f"{field.key}.{FROM}": ["01/02/2023" if field.type == "day" else "3"]}
    return {field.key: [next(iter(column.choices), "7" if field.type == "unit" else "chữ")]}


def explained(condition: str, values: list[object]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN SELECT e.* FROM registers_entry AS e WHERE {condition}", values)
        return "\n".join(line for (line,) in cursor.fetchall())
