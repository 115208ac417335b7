"""Indexes of declared fields are made beside running work, and lists use them."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from kheo.config.jobs.indexing import UnfinishedIndexesError
from kheo.config.jobs.indexing import provision_indexes as job
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.actions.indexing import LOCK, Provisioned, order_lacking_indexes, provision_indexes
from kheo.registers.models import Entry, FieldIndex
from kheo.registers.queries.conditions import expression
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.field_indexes import BROKEN, MISSING, READY, index_name, index_remarks, index_standings
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.wanted import wanted_of
from tests.registers.entries import made
from tests.world import OPENING, World, later

FIELDS = ("loai", "linh_vuc", "dien_tich")  # that are filtered or sorted by, but for the day, which all registers have an index of


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'registers_entry' AND indexname LIKE 'entry\\_%%\\_%%'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_every_filtered_or_sorted_field_gets_one_once(small_book: Book) -> None:
    before = indexes()
    assert provision_indexes(small_book, at=OPENING).made == FIELDS
    added = {f"entry_{small_book.register.pk}_{key}" for key in FIELDS}
    assert indexes() - before == added
    assert provision_indexes(small_book, at=later(1)) == Provisioned()
    assert set(FieldIndex.objects.values_list("key", "status")) == {(key, "active") for key in FIELDS}


@pytest.mark.django_db(transaction=True)
def test_one_that_was_broken_off_is_told_and_made_again(small_book: Book, world: World) -> None:
    """What a killed worker leaves: an index that the database keeps and no list uses, whatever our own row says of it."""
    provision_indexes(small_book, at=OPENING)
    _break_off(small_book, world, "loai")
    assert states(small_book) == {"loai": BROKEN, "linh_vuc": READY, "dien_tich": READY}
    (told,) = index_remarks()
    assert "“Loại” (loai): chỉ mục lập dở" in told
    assert provision_indexes(small_book, at=later(1)).made == ("loai",)
    assert (states(small_book)["loai"], list(index_remarks())) == (READY, [])


@pytest.mark.django_db(transaction=True)
def test_one_that_a_restore_did_not_bring_is_told_and_ordered(small_book: Book) -> None:
    provision_indexes(small_book, at=OPENING)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index_name(small_book.register.pk, 'loai')}")
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert [("chưa có chỉ mục" in each) for each in index_remarks()] == [True]
    assert (order_lacking_indexes(), ordered()) == (["so-nho"], ["so-nho"])
    assert (order_lacking_indexes(), ordered()) == (["so-nho"], ["so-nho"])  # one that waits is enough


@pytest.mark.django_db(transaction=True)
def test_the_index_of_a_field_that_filters_no_more_or_is_retired_is_dropped(small_book: Book, register_file: Path) -> None:
    provision_indexes(small_book, at=OPENING)
    text = register_file.read_text(encoding="utf-8").replace("decimals: 2, filter: true, sort: true,", "decimals: 2,")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(1)).problems == ()
    assert provision_indexes(newest(), at=later(1)) == Provisioned(dropped=("dien_tich",))
    text = text.replace("key: loai, label: Loại, type: choice,", "key: loai, label: Loại, type: choice, status: retired,")
    text = text.replace(", shown_if: [{field: loai, equals: MH}]", "").replace("fields: [loai, dip, dien_tich]", "fields: [dip, dien_tich]")
    text = text.replace("{loai}, {dien_tich} m²", "{dien_tich} m²")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(2)).problems == ()
    assert provision_indexes(newest(), at=later(2)) == Provisioned(dropped=("loai",))
    assert set(FieldIndex.objects.values_list("key", "status")) == {("dien_tich", "retired"), ("loai", "retired"), ("linh_vuc", "active")}


@pytest.mark.django_db(transaction=True)
def test_a_list_that_comes_with_the_register_gets_its_own_and_another_once_it_asks_for_something_else(
    small_book: Book, register_file: Path
) -> None:
    provision_indexes(small_book, at=OPENING)
    ready = """ready:
  - {code: can_xem, name: Cần xem, states: [nhap], where: [{field: loai, equals: "%s"}]}
"""
    text, made_for = register_file.read_text(encoding="utf-8"), list[str]()
    for number, asked in enumerate(("MH", "CT"), start=1):
        found = publish_register(text + ready % asked, "so-nho.yaml", by=SYSTEM, at=later(number))
        assert found.problems == ()
        missing = {(each.label, each.of_what) for each in index_standings(newest()) if each.state == MISSING}
        assert missing == {("Cần xem", "danh sách có sẵn")}
        assert "danh sách có sẵn “Cần xem”" in "".join(index_remarks())
        done = provision_indexes(newest(), at=later(number))
        assert (len(done.made), done.dropped) == (1, tuple(made_for))
        made_for = list(done.made)
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index_name(small_book.register.pk, done.made[0])])
            ((text_of_index,),) = cursor.fetchall()
        assert f"'{asked}'" in text_of_index
    assert list(index_remarks()) == []


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_made_does_not_hold_up_the_others(small_book: Book, world: World) -> None:
    entry = made(small_book, world)
    Entry.objects.filter(pk=entry.pk).update(extra={"dien_tich": "chữ"})  # behind the back of every check
    done = provision_indexes(small_book, at=later(1))
    assert (done.made, [key for key, _ in done.failed]) == (("loai", "linh_vuc"), ["dien_tich"])
    with pytest.raises(UnfinishedIndexesError, match="dien_tich"):
        job(code="so-nho")
    Entry.objects.filter(pk=entry.pk).update(extra={})
    job(code="so-nho")
    assert set(states(small_book).values()) == {READY}


@pytest.mark.django_db(transaction=True)
def test_two_at_a_time_leave_it_to_the_first(small_book: Book) -> None:
    connection.ensure_connection()
    with psycopg.connect(connection.connection.info.dsn, password=connection.connection.info.password, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, small_book.register.pk])
        assert provision_indexes(small_book, at=OPENING).is_elsewhere
        assert set(states(small_book).values()) == {MISSING}
        other.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, small_book.register.pk])  # not only when the server sees it leave
    assert provision_indexes(small_book, at=OPENING).made == FIELDS


def test_publishing_orders_them_from_the_worker_and_lists_are_right_before(small_book: Book, world: World) -> None:
    assert ordered() == ["so-nho"]
    assert set(states(small_book).values()) == {MISSING}
    small, large = (made(small_book, world, dien_tich=each) for each in (300, 700))
    found = EntryList(small_book, wanted_of(small_book, {"dien_tich.tu": ["2"], "xep": ["-dien_tich"]}, None, OPENING.date()))
    assert [each.pk for each in found.page()] == [large.pk, small.pk]


def newest() -> Book:
    found = book("so-nho")
    assert found is not None
    return found


def states(of: Book) -> dict[str, str]:
    return {each.key: each.state for each in index_standings(of)}


def ordered() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'code' FROM procrastinate_jobs WHERE task_name = 'provision_indexes' ORDER BY id")
        return [code for (code,) in cursor.fetchall()]


def _break_off(of: Book, world: World, key: str) -> None:
    """An index that is refused on its way stands there as one that was cut short."""
    for _ in range(2):
        made(of, world)
    name = index_name(of.register.pk, key)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")
        with pytest.raises(IntegrityError):
            cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON registers_entry ((register_id - register_id))")


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
    walked = plan(found, lambda each: each.page(expected=10**6))
    assert own in walked
    assert "Sort" not in walked.partition("Index Scan Backward")[0]  # the first way to a page of very many, which finds too few here


@pytest.mark.django_db(transaction=True)
def test_the_newest_with_one_value_are_read_from_the_index_of_its_field_in_their_order(small_book: Book) -> None:
    """What is filled in late is in none of the newest thousands, which would be looked through in vain."""
    provision_indexes(small_book, at=OPENING)
    for asked in ({"loai": ["MH"]}, {"dien_tich.tu": ["5"], "loai": ["MH"]}):
        with CaptureQueriesContext(connection) as looks:
            read = plan(listed(small_book, asked), lambda each: each.page(expected=10**6))
        assert sum("registers_entry AS e" in each["sql"] and "EXPLAIN" not in each["sql"] for each in looks) == 1
        assert f"Scan Backward using entry_{small_book.register.pk}_loai" in read
        assert "Sort" not in read


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("more", [{"tim": ["hẻm"]}, {"qua_han": ["1"]}], ids=["words", "overdue"])
def test_where_more_is_asked_than_of_fields_their_index_is_not_looked_through_for_it(small_book: Book, more: dict[str, list[str]]) -> None:
    """What has a word or is overdue may be one in thousands of what holds the value: nobody fetches those one by one."""
    provision_indexes(small_book, at=OPENING)
    found = listed(small_book, {"loai": ["MH"], **more})
    with CaptureQueriesContext(connection) as looks:
        found.page(expected=10**6)
    value = f"{expression(small_book.definition.by_key['loai']).sql} = 'MH'"
    walked = [each["sql"] for each in looks if "AS walked" in each["sql"] and value in each["sql"].partition("AS walked")[0]]
    assert walked == []
    ranged = listed(small_book, {"dien_tich.tu": ["5"], **more})
    with CaptureQueriesContext(connection) as looks:
        ranged.page(expected=10**6)
    by = expression(small_book.definition.by_key["dien_tich"]).sql
    assert not any(f"ORDER BY {by} OFFSET 0" in each["sql"] for each in looks)


@pytest.mark.django_db(transaction=True)
def test_a_range_of_a_declared_number_is_counted_from_its_index(small_book: Book) -> None:
    provision_indexes(small_book, at=OPENING)
    own = f"using entry_{small_book.register.pk}_dien_tich"
    asked = {"dien_tich.tu": ["5"]}
    assert own in plan(listed(small_book, asked), lambda each: each.count())
    assert own in plan(listed(small_book, asked), lambda each: each.by_state())
    # What else is asked may be met by nearly everything in the range: then there is no order in which to look.
    assert "ORDER BY" in listed(small_book, asked).apart()[0]
    assert "ORDER BY" not in listed(small_book, {**asked, "loai": ["MH"]}).apart()[0]


def listed(of: Book, asked: dict[str, list[str]]) -> EntryList:
    return EntryList(of, wanted_of(of, asked, None, OPENING.date()))


def plan(found: EntryList, work: Callable[[EntryList], object] = EntryList.page) -> str:
    """How the first page would be read, or what else is done with the list."""
    with connection.execute_wrapper(_explained), connection.cursor() as cursor:
        cursor.execute("SET enable_sort = off")
        cursor.execute("SET enable_bitmapscan = off")
        _plans.clear()
        work(found)
        cursor.execute("RESET ALL")
    return "\n".join(_plans)


_plans: list[str] = []


def _explained(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    if "registers_entry AS e" in sql:
        with connection.connection.cursor() as own:
            own.execute(f"EXPLAIN {sql}", params)
            _plans.extend(line for (line,) in own.fetchall())
    return execute(sql, params, many, context)
