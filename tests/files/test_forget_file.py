"""Only a file of changes of units may leave the shelf, with a row in the journal; its content goes with the last file that has it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kheo.files.actions import forget_file, store_file
from kheo.files.models import Blob, StoredFile
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from tests.world import OPENING

pytestmark = pytest.mark.django_db
CHANGES = "text/csv; kheo=unit-changes"


def stored(data: bytes, media_type: str = CHANGES) -> StoredFile:
    return store_file(data, name="thay-doi.csv", media_type=media_type, by=SYSTEM, at=OPENING)


def contents_go() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM files_blob")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_content_goes_with_the_last_file_that_has_it() -> None:
    first, second = stored(b"x"), stored(b"x")
    number = first.pk
    forget_file(first, by=SYSTEM, at=OPENING)
    assert (StoredFile.objects.count(), Blob.objects.count()) == (1, 1)
    forget_file(second, by=SYSTEM, at=OPENING)
    assert (StoredFile.objects.count(), Blob.objects.count()) == (0, 0)
    entry = JournalEntry.objects.order_by("number").filter(act="forget_file").first()
    assert entry
    assert (entry.object_type, entry.object_id, entry.detail["name"], entry.detail["sender"]) == (
        "file",
        number,
        "thay-doi.csv",
        "Hệ thống",
    )


def test_the_database_keeps_every_other_file_and_a_content_that_a_file_names() -> None:
    other = stored(b"y", "image/jpeg")
    with pytest.raises(DatabaseError), transaction.atomic():
        forget_file(other, by=SYSTEM, at=OPENING)
    with pytest.raises(IntegrityError), transaction.atomic():
        contents_go()
    for table in (StoredFile, Blob):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(**{"name": "khác"} if table is StoredFile else {"size": 9})
    assert (StoredFile.objects.count(), Blob.objects.count()) == (1, 1)
