"""The journal: one row per act, only added, chained."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from kheo.journal.actions import SYSTEM, record
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link, head, history_of
from tests.world import later

pytestmark = pytest.mark.django_db


def write(count: int = 4) -> None:
    for number in range(count):
        record("thử", by=SYSTEM, at=later(minutes=number), object_type="unit", object_id=number % 2, unit_id=None, note=f"việc {number}")


def tamper(sql: str, *values: object) -> None:
    """What somebody with the database's own password could do: switch the trigger off first."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER only_added")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER only_added")


def test_rows_are_numbered_from_one_and_chained_to_the_head() -> None:
    write()
    last = JournalEntry.objects.get(number=4)
    assert head() == (4, last.hash)
    assert last.previous_hash == JournalEntry.objects.get(number=3).hash
    assert broken_link() is None


def test_the_history_of_one_object_is_its_rows_in_order() -> None:
    write()
    assert [entry.detail["note"] for entry in history_of("unit", 1)] == ["việc 1", "việc 3"]


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_a_transaction_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record("thử", by=SYSTEM, at=later(), object_type="unit", object_id=1)


@pytest.mark.parametrize("sql", ["UPDATE journal_entry SET act = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_or_delete_a_row(sql: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_empty_the_journal() -> None:
    """TRUNCATE passes by the trigger of rows; without the guard of its own it does empty it."""
    write()
    empty = "TRUNCATE journal_entry"
    with pytest.raises(DatabaseError, match="journal_entry is never emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER never_emptied")
        cursor.execute(empty)
    assert not JournalEntry.objects.exists()


# Tables whose rows the database refuses to delete: 8 is the bit of triggers for DELETE, 32 of those for TRUNCATE.
GUARDED = (
    "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE NOT tgisinternal AND proname LIKE 'kheo%%' AND tgtype & %s > 0"
)


def test_every_table_whose_rows_stay_refuses_to_be_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED, [8])
        stays = {name for (name,) in cursor.fetchall()}
        cursor.execute(GUARDED, [32])
        never_emptied = {name for (name,) in cursor.fetchall()}
    assert {"journal_entry", "directives_arrival", "files_blob", "registers_deed", "reports_revision"} <= stays
    assert stays - never_emptied == set()


def test_a_table_that_others_name_is_not_emptied_through_the_one_they_name() -> None:
    """CASCADE reaches the papers of a unit through the units."""
    with pytest.raises(DatabaseError, match="is never emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE org_unit CASCADE")


@pytest.mark.django_db(transaction=True)
def test_after_a_test_on_real_connections_the_tables_are_empty_and_guarded_again() -> None:
    write_alone()
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)  # other tests know rows by higher numbers
    assert not JournalEntry.objects.exists()
    with pytest.raises(DatabaseError, match="is never emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry")


def write_alone() -> None:
    with transaction.atomic():
        write()


TAMPERING = {
    "an edited column": ("UPDATE journal_entry SET actor_name = 'Ai đó' WHERE number = 2", "Dòng nhật ký số 2 đã bị sửa sau khi ghi."),
    "an edited time": ("UPDATE journal_entry SET at = at - interval '1 day' WHERE number = 3", "Dòng nhật ký số 3 đã bị sửa sau khi ghi."),
    "an edited detail": (
        'UPDATE journal_entry SET detail = \'{"note": "khác"}\' WHERE number = 1',
        "Dòng nhật ký số 1 đã bị sửa sau khi ghi.",
    ),
    "a deleted row": ("DELETE FROM journal_entry WHERE number = 2", "Nhật ký thiếu dòng số 2 (gặp dòng 3)."),
    "a cut tail": (
        "DELETE FROM journal_entry WHERE number = 4",
        "Nhật ký kết thúc ở dòng 3, nhưng đầu chuỗi ghi là dòng 4: có dòng cuối bị cắt hoặc thêm.",
    ),
    "two rows swapped": (
        "UPDATE journal_entry SET number = CASE number WHEN 2 THEN 103 ELSE 102 END WHERE number IN (2, 3);"
        "UPDATE journal_entry SET number = number - 100 WHERE number > 100",
        "Dòng nhật ký số 2 không nối với dòng trước nó.",
    ),
    "an inserted row": (
        "INSERT INTO journal_entry SELECT 5, at, actor_id, actor_name, post, act, object_type, object_id, unit_id, detail, hash, hash"
        " FROM journal_entry WHERE number = 4",
        "Dòng nhật ký số 5 đã bị sửa sau khi ghi.",
    ),
}


@pytest.mark.parametrize("case", TAMPERING)
def test_tampering_is_found_with_the_first_bad_row_named(case: str) -> None:
    sql, fault = TAMPERING[case]
    write()
    tamper(sql)
    assert broken_link() == fault


def test_a_whole_chain_written_anew_is_found_against_a_published_head() -> None:
    write()
    published = head()
    tamper("DELETE FROM journal_entry")
    tamper("UPDATE journal_head SET number = 0, hash = repeat('0', 64)")
    for number in range(4):
        record("thử", by=SYSTEM, at=later(minutes=number), object_type="unit", object_id=number % 2, unit_id=None, note="viết lại")
    assert broken_link() is None
    assert broken_link(published) == "Nhật ký đã bị viết lại: dòng 4 không còn khớp với đầu chuỗi đã công bố."
