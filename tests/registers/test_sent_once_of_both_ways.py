"""What telephones and what programs sent once stood in two tables: brought together, and taken apart again, every row is kept."""

from datetime import timedelta

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kheo.registers.actions import Made, Refused, SentBefore, content_of, create_once
from kheo.registers.models import EntrySending
from kheo.registers.queries.definitions import Book
from tests.registers.test_file_from_the_field import KEY, SEEN, TAKEN, filed, ok
from tests.world import World, later

LAST, NAME = ("registers", "0015_files_kept_on_order"), "0016_sent_once_by_whatever_way"


def rows() -> list[dict[str, object]]:
    return list(EntrySending.objects.order_by("entry").values("entry", "person", "way", "key", "content", "said_at"))


def from_program(world: World, book: Book) -> Made | SentBefore | Refused:
    at = later(days=1)
    return create_once(book, world.units["G1"], {**SEEN, "ten": "Công trình"}, key=str(KEY), by=world.person("an", at), at=at)


def test_rows_of_both_are_kept_there_and_back(world: World, small_book: Book) -> None:
    """A telephone that sends again after the change is told its entry, and so is a program."""
    at = later(days=1)
    phone = ok(filed(small_book, world, TAKEN, at=at, age=timedelta(hours=3))).entry
    assert isinstance(from_program(world, small_book), Made)
    before = rows()
    assert [each["way"] for each in before] == ["phone", "api"]
    loader = MigrationLoader(connection)
    state, change = loader.project_state(LAST), loader.get_migration("registers", NAME)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        change.unapply(state.clone(), editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id, key, said_at, came_at FROM registers_filing")
        assert cursor.fetchall() == [(phone.pk, KEY, at - timedelta(hours=3), at)]
        cursor.execute("SELECT count(*) FROM registers_sending")
        assert cursor.fetchone() == (1,)
    with connection.schema_editor() as editor:
        change.apply(state.clone(), editor)
    assert rows() == before
    assert ok(filed(small_book, world, TAKEN, at=later(days=2))).entry.pk == phone.pk
    assert isinstance(from_program(world, small_book), SentBefore)


def test_what_was_sent_is_the_same_in_whatever_order_its_fields_came() -> None:
    assert content_of({"a": 1, "b": [2]}, "x") == content_of({"b": [2], "a": 1}, "x") != content_of({"a": 1, "b": [3]}, "x")
    assert content_of("x", files=[TAKEN]) != content_of("x")
