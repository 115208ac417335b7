"""Files of changes that were previewed and never recorded are forgotten after thirty days; what was recorded stays."""

from datetime import timedelta

import pytest

from kheo.core.reorganising import plan_mark
from kheo.files.models import StoredFile
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.org.actions import annul_events
from kheo.org.models import UnitEvent
from kheo.org.queries import planned_file
from kheo.reports.access.reorganising import change_file
from kheo.reports.actions.previews import FILES_KEPT, PREVIEWS_KEPT, Forgotten, forget_unrecorded, keep_preview
from kheo.reports.actions.reorganising import confirm_changes, take_in_changes
from kheo.reports.models import KeptPreview
from kheo.reports.queries.previews import Preview
from kheo.reports.queries.verifying import faults
from tests.world import World, later

HEAD = b"day,event,code,name,kind,parent_code,line,new_code,successors,decision,decision_day,note\n"
RENAMED = HEAD + b"2023-07-01,renamed,G3,Tam,,,,,,,,\n"
OTHER = HEAD + b"2023-07-01,renamed,G4,Tu,,,,,,,,\n"
AT = later()
OLD = AT + FILES_KEPT + timedelta(seconds=1)


def sent(world: World, data: bytes) -> int:
    return take_in_changes(data, "thay-doi.csv", by=world.person("lan"), at=AT).pk


def recorded(world: World, file: int) -> None:
    plan = planned_file(RENAMED, "thay-doi.csv").plan
    assert plan
    assert confirm_changes(file, mark=plan_mark(plan), by=world.person("lan"), at=AT).batch


def test_what_was_never_recorded_goes_after_thirty_days_and_the_journal_says_so(world: World) -> None:
    kept, gone = sent(world, RENAMED), sent(world, OTHER)
    recorded(world, kept)
    assert forget_unrecorded(at=AT + FILES_KEPT) == Forgotten(0, 0)
    assert forget_unrecorded(at=OLD) == Forgotten(1, 0)
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [kept]
    entry = JournalEntry.objects.get(act="forget_file")
    assert (entry.object_id, entry.actor_name, entry.at, entry.detail["name"]) == (gone, "Hệ thống", OLD, "thay-doi.csv")
    with pytest.raises(Unreachable):
        change_file(world.person("lan"), gone)
    assert forget_unrecorded(at=OLD) == Forgotten(0, 0)
    assert list(faults()) == []


def test_what_was_recorded_and_taken_back_stays(world: World) -> None:
    recorded(world, sent(world, RENAMED))
    assert not annul_events([UnitEvent.objects.get().pk], reason="Nhầm.", by=world.person("lan").actor(world.units["LDLD"]), at=AT).problems
    assert forget_unrecorded(at=OLD) == Forgotten(0, 0)


def test_kept_previews_go_after_a_day(world: World) -> None:
    preview = Preview({"mark": ""}, {"su-kien": 1}, {"su-kien": [{"row": 1}]})
    keep_preview(preview, person=world.users["lan"].pk, key="file:1", stamp="x", at=AT)
    assert forget_unrecorded(at=AT + PREVIEWS_KEPT) == Forgotten(0, 0)
    assert forget_unrecorded(at=AT + PREVIEWS_KEPT + timedelta(seconds=1)) == Forgotten(0, 1)
    assert KeptPreview.objects.count() == 0
