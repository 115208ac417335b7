"""A content that is sent again at the very moment in which it is let go, on real connections: it stays, whoever comes first."""

from collections.abc import Callable

import pytest
from django.db import transaction

from kheo.files.actions import Arrival, forget_contents, store_file, store_files
from kheo.files.models import Blob, Forgetting, StoredFile
from kheo.files.queries import faults
from kheo.journal.actions import SYSTEM
from tests.reports.waiting import while_open
from tests.world import OPENING

pytestmark = pytest.mark.django_db(transaction=True)
DATA = b"a photograph"


def stored() -> StoredFile:
    with transaction.atomic():
        return store_file(DATA, name="anh.jpg", media_type="image/jpeg", by=SYSTEM, at=OPENING)


def stored_with_others() -> list[StoredFile]:
    with transaction.atomic():
        return store_files([Arrival(each, "anh.jpg", "image/jpeg") for each in (DATA, b"another")], by=SYSTEM, at=OPENING)


def forgotten() -> list[str]:
    with transaction.atomic():
        return forget_contents([StoredFile.objects.earliest("pk")], why="Hết thời hạn giữ.", by=SYSTEM, at=OPENING)


@pytest.mark.parametrize("store", [stored, stored_with_others])
@pytest.mark.parametrize("goes_first", [False, True])
def test_what_a_file_names_that_comes_meanwhile_is_not_lost(store: Callable[[], object], goes_first: bool) -> None:
    stored()
    for each in while_open(*((forgotten, store) if goes_first else (store, forgotten))):
        assert not isinstance(each, Exception), each
    assert bytes(Blob.objects.get(sha256=StoredFile.objects.earliest("pk").blob.sha256).content) == DATA
    assert (Forgetting.objects.count(), list(faults())) == (0, [])
