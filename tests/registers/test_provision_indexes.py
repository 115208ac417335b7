"""Indexes of declared fields are made beside running work, and lists use them."""

import pytest
from django.db import connection

from kheo.registers.actions.indexing import provision_indexes
from kheo.registers.models import FieldIndex
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import EntryList, wanted_of
from tests.world import OPENING, later


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'registers_entry' AND indexname LIKE 'entry\\_%%\\_%%'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_every_filtered_or_sorted_field_of_the_tail_gets_one_once(small_book: Book) -> None:
    before = indexes()
    assert provision_indexes(small_book, at=OPENING) == ["dien_tich", "loai"]
    made = {f"entry_{small_book.register.pk}_{key}" for key in ("dien_tich", "loai")}
    assert indexes() - before == made
    assert provision_indexes(small_book, at=later(1)) == []
    assert set(FieldIndex.objects.values_list("key", "status")) == {("dien_tich", "active"), ("loai", "active")}


@pytest.mark.django_db(transaction=True)
def test_one_that_was_broken_off_is_made_again(small_book: Book) -> None:
    provision_indexes(small_book, at=OPENING)
    FieldIndex.objects.filter(key="loai").update(status="provisioning")
    assert provision_indexes(small_book, at=later(1)) == ["loai"]


@pytest.mark.django_db(transaction=True)
def test_a_list_in_order_of_a_declared_number_is_read_from_its_index(small_book: Book) -> None:
    """The planner is kept from sorting, so that the plan tells whether the index fits at all."""
    found = EntryList(small_book, wanted_of(small_book, {"dien_tich.tu": ["5"], "xep": ["-dien_tich"]}, None, OPENING.date()))
    own = f"Index Scan Backward using entry_{small_book.register.pk}_dien_tich"
    assert own not in plan(found)
    provision_indexes(small_book, at=OPENING)
    read = plan(found)
    assert own in read
    assert "Sort" not in read  # entries of one and the same number are in order in the index as well


def plan(found: EntryList) -> str:
    """How the first page would be read."""
    with connection.execute_wrapper(_explained), connection.cursor() as cursor:
        cursor.execute("SET enable_sort = off")
        cursor.execute("SET enable_bitmapscan = off")
        _plans.clear()
        found.page()
        cursor.execute("RESET ALL")
    return "\n".join(_plans)


_plans: list[str] = []


def _explained(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    if "SELECT e.*" in sql:
        with connection.connection.cursor() as own:
            own.execute(f"EXPLAIN {sql}", params)
            _plans.extend(line for (line,) in own.fetchall())
    return execute(sql, params, many, context)
