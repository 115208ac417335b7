"""The journal: one row per act, only added, chained."""

import pytest
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
