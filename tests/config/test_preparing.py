"""The tables of this version: known by the names of the steps, and every difference is noticed."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from kheo.config import database
from kheo.config.embedded.session import silent
from kheo.config.refusals import Refused

pytestmark = pytest.mark.django_db

STEPS = MigrationRecorder.Migration.objects


def test_where_every_step_was_taken_none_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_connection: object) -> None:
        raise AssertionError("the steps were read")

    monkeypatch.setattr(database, "MigrationExecutor", read)
    assert database.is_prepared()
    database.prepare(silent)


def test_one_step_that_was_not_taken_is_noticed() -> None:
    newest = STEPS.filter(app="org").order_by("name").last()
    assert newest is not None
    newest.delete()
    assert not database.is_prepared()


@pytest.mark.parametrize("is_one_missing", [False, True])
def test_a_step_of_a_newer_version_is_refused(is_one_missing: bool) -> None:
    STEPS.create(app="org", name="9999_of_a_newer_version")
    if is_one_missing:
        STEPS.filter(app="reports").order_by("name").last().delete()  # type: ignore[union-attr]
    with pytest.raises(Refused, match=r"org\.9999_of_a_newer_version"):
        database.prepare(silent)
