"""The same item sent twice at once, on real connections: by two tabs, or by a telephone that did not wait for the answer."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from kheo.org.access import Person
from kheo.registers.actions import Filed, Filing, Refused, file_entry, filing
from kheo.registers.models import Deed, Entry, EntryAttachment, EntrySending, Series
from kheo.registers.queries.definitions import Book
from tests.registers.test_file_from_the_field import KEY, SEEN, TAKEN
from tests.reports.test_races import at_once
from tests.world import World, later

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both_look_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither writes before both have found that nothing is there."""
    real, looks = filing._filed_before, threading.local()
    both_have_looked = threading.Barrier(2)

    def look(key: uuid.UUID, content: str, by: Person) -> Filed | None:
        found = real(key, content, by)
        if not getattr(looks, "done", False):
            looks.done = True
            both_have_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(filing, "_filed_before", look)


def two_sendings(world: World, book: Book) -> list[Filed | Refused]:
    at, owner = later(days=1), world.units["G1"]
    an = world.person("an", at)
    return at_once(*[lambda: file_entry(book, owner, SEEN, Filing(KEY, timedelta(0), [TAKEN]), by=an, at=at)] * 2)


@pytest.mark.usefixtures("both_look_first")
def test_two_sendings_at_once_make_one_entry_and_both_are_told_its_code(world: World, small_book: Book) -> None:
    done = two_sendings(world, small_book)
    assert sorted((each.entry.code, each.is_new) for each in done if isinstance(each, Filed)) == [
        ("SN-2023-0001", False),
        ("SN-2023-0001", True),
    ]
    assert [model.objects.count() for model in (Entry, EntrySending, EntryAttachment, Deed)] == [1, 1, 1, 2]
    assert Series.objects.get().last == 1  # the number of the second is free again


@pytest.mark.usefixtures("both_look_first")
def test_without_the_constraint_there_are_two(world: World, small_book: Book) -> None:
    """Negative control: nothing but the database stands between them."""
    with without_the_constraint():
        done = two_sendings(world, small_book)
        assert [each.is_new for each in done if isinstance(each, Filed)] == [True, True]
        assert Entry.objects.count() == 2


@contextmanager
def without_the_constraint() -> Iterator[None]:
    """Every test after this one needs it again."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registers_sending DROP CONSTRAINT sent_once")
        try:
            yield
        finally:
            EntrySending.objects.all().delete()
            cursor.execute("ALTER TABLE registers_sending ADD CONSTRAINT sent_once UNIQUE (person_id, way, key)")
