"""Publishing definitions."""

import pytest
from django.db import DatabaseError, transaction

from kheo.campaigns.actions import PublishResult, publish
from kheo.campaigns.models import Edition
from kheo.campaigns.queries import definition_of
from kheo.core.definition import definition_hash
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.reports.actions import open_cycle
from tests.world import CALENDAR, FILES, OPENING, World, small_world

MINI = (FILES / "mini.yaml").read_text(encoding="utf-8")


def put_out(text: str) -> PublishResult:
    return publish(text, "mini.yaml", by=SYSTEM, at=OPENING)


@pytest.mark.django_db
def test_publishing_freezes_an_edition_with_the_hash_of_its_meaning() -> None:
    result = put_out(MINI)
    assert result.edition
    assert (result.edition.number, result.is_new, result.edition.hash) == (1, True, definition_hash(definition_of(result.edition.pk)))
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.detail["hash"]) == ("publish_edition", result.edition.hash)


@pytest.mark.django_db
def test_the_same_definition_in_another_layout_is_the_same_edition() -> None:
    first = put_out(MINI)
    again = put_out("# ghi chú mới\n" + MINI.replace("{code: KT, name: Kinh tế}", "{name: Kinh tế, code: KT}"))
    assert (again.edition, again.is_new) == (first.edition, False)
    assert (Edition.objects.count(), JournalEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_changed_file_is_a_new_edition_and_a_running_cycle_keeps_its_own() -> None:
    world: World = small_world()
    changed = put_out(MINI.replace("Mô hình đang duy trì", "Mô hình còn duy trì"))
    assert changed.edition
    assert changed.edition.number == 2
    world.cycle.refresh_from_db()
    assert world.cycle.edition.number == 1
    following = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    assert following
    assert following.edition.number == 2


@pytest.mark.django_db
def test_a_wrong_definition_publishes_nothing() -> None:
    result = put_out(MINI.replace("aggregation: last", "aggregation: average"))
    assert result.edition is None
    assert [problem.key for problem in result.problems] == ["indicators[1].aggregation"]
    assert (Edition.objects.count(), JournalEntry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_database_refuses_to_change_a_published_edition() -> None:
    put_out(MINI)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Edition.objects.update(hash="x")
