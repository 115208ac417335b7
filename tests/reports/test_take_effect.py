"""An event of a day to come takes effect on its day by itself: posts, cycles opened from then on, and those concerned are told, once."""

from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.reorganising import (
    Absorbed,
    Closed,
    Established,
    Event,
    KindChanged,
    Merged,
    Place,
    Renamed,
    Resumed,
    Suspended,
    Transferred,
)
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Act
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.notices.models import Notice
from kheo.org.actions import annul_events, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import unit_by_code
from kheo.reports.access import report_to_fill
from kheo.reports.actions import open_cycle
from kheo.reports.actions.taking_effect import tell_taken_effect
from kheo.reports.models import Obligation
from kheo.reports.queries.transitions import decider_for, deciders_for
from kheo.reports.queries.verifying import faults
from tests.world import CALENDAR, World, later

DAY = date(2023, 4, 10)
EVE, MORNING = datetime(2023, 4, 9, 16, tzinfo=UTC), datetime(2023, 4, 9, 18, tzinfo=UTC)  # 23:00 and 01:00 in Việt Nam


def happen(*events: Event, at: datetime | None = None) -> None:
    assert record_events(events, by=SYSTEM, at=at or later()).problems == ()


def told() -> dict[str, list[str]]:
    """By person, what they were told."""
    found: dict[str, list[str]] = {}
    for notice in Notice.objects.filter(kind__in=("post_ended", "units_ended")).order_by("pk").select_related("person"):
        found.setdefault(notice.person.username, []).append(notice.text)
    return found


def test_those_concerned_are_told_on_the_day_and_once(world: World) -> None:
    happen(Absorbed(day=DAY, unit=world.units["G1"], into=world.units["G2"]))
    assert (tell_taken_effect(at=EVE), told()) == (0, {})
    assert report_to_fill(world.person("an", EVE), world.obligation("G1").pk).acts >= {Act.SAVE}
    assert tell_taken_effect(at=MORNING) == 3
    ended = "Từ 10/04/2023 Công đoàn cơ sở Một kết thúc; chức danh {} của anh/chị ở đó hết hiệu lực. Việc đang làm dở được giữ nguyên."
    assert told() == {
        "an": [ended.format("cán bộ nhập liệu")],
        "hoa": [ended.format("thủ trưởng đơn vị")],
        "binh": [
            "Báo cáo 6 tháng đầu năm 2023: 1 báo cáo chờ anh/chị quyết định, vì đơn vị nộp hoặc nơi nhận kết thúc từ 10/04/2023.",
        ],
    }
    assert (tell_taken_effect(at=MORNING), tell_taken_effect(at=later(days=20))) == (0, 0)
    assert JournalEntry.objects.filter(act="tell_taken_effect").count() == 1
    assert list(faults()) == []


def test_where_the_recipient_ends_the_office_above_is_told_once_however_many_reports_wait(world: World) -> None:
    moved = [Transferred(unit=world.units[code], day=DAY, place=Place(Line.UNION, world.units["D2"])) for code in ("G1", "G2", "G3")]
    happen(*moved, Absorbed(unit=world.units["D1"], day=DAY, into=world.units["D2"]))
    tell_taken_effect(at=MORNING)
    for who in ("bich", "lan"):
        (words,) = told()[who]
        assert words.startswith("Báo cáo 6 tháng đầu năm 2023: 4 báo cáo chờ anh/chị quyết định")
    assert "an" not in told()


def test_what_is_recorded_after_its_day_is_told_and_what_is_long_past_is_not(world: World) -> None:
    happen(Closed(day=DAY, unit=world.units["G1"]), at=later(days=40))
    assert tell_taken_effect(at=later(days=40)) == 3
    happen(Closed(day=DAY, unit=world.units["G4"]), at=later(days=41))
    assert tell_taken_effect(at=later(days=50)) == 0


def test_what_was_taken_back_before_its_day_is_not_told(world: World) -> None:
    happen(Closed(day=DAY, unit=world.units["G1"]))
    assert not annul_events([UnitEvent.objects.get().pk], reason="Nhầm.", by=SYSTEM, at=later(days=1)).problems
    assert (tell_taken_effect(at=MORNING), told()) == (0, {})


def test_a_unit_renamed_and_later_ended_in_one_batch_is_told_of_once_with_the_day_of_its_end(world: World) -> None:
    renamed = Renamed(day=date(2023, 4, 5), unit=world.units["G1"], name="Công đoàn cơ sở Một mới")
    happen(renamed, Absorbed(day=DAY, unit=world.units["G1"], into=world.units["G2"]), at=later(days=12))
    assert tell_taken_effect(at=later(days=12)) == 3
    (words,) = told()["binh"]
    assert words.endswith("kết thúc từ 10/04/2023.")


def test_many_recipients_that_end_are_as_many_questions_as_one(world: World) -> None:
    happen(Closed(day=DAY, unit=world.units["G1"]), Closed(day=DAY, unit=world.units["G2"]))
    on = date(2023, 4, 20)
    with CaptureQueriesContext(connection) as one:
        deciders_for([(world.cycle.snapshot_id, world.units["G1"])], on)
    with CaptureQueriesContext(connection) as many:
        found = deciders_for([(world.cycle.snapshot_id, world.units[code]) for code in ("G1", "G2")], on)
    assert len(one) == len(many)
    assert found == {(world.cycle.snapshot_id, world.units[code]): world.units["D1"] for code in ("G1", "G2")}
    assert all(decider_for(*lost, on) == decider for lost, decider in found.items())


def test_a_cycle_opened_on_the_day_asks_the_units_of_the_new_tree(world: World) -> None:
    day = date(2023, 10, 1)
    place = (Place(Line.UNION, world.units["D2"]),)
    happen(
        Established(day=day, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="G12", places=place),
        Merged(day=day, unit=-1, predecessors=(world.units["G1"], world.units["G2"])),
        Suspended(day=day, unit=world.units["G3"]),
        KindChanged(day=day, unit=world.units["G4"], kind="ward_union"),
    )
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=datetime(2023, 9, 30, 18, tzinfo=UTC))
    assert opened.cycle
    new = unit_by_code("G12", day)
    owing = dict(Obligation.objects.filter(cycle=opened.cycle).values_list("unit_id", "recipient_id"))
    units = world.units
    assert (owing.get(new or 0), units["G1"] in owing, units["G2"] in owing, units["G3"] in owing) == (units["D2"], False, False, False)
    assert any("Công đoàn cơ sở Ba" in each for each in opened.suspended)
    happen(Resumed(day=date(2024, 1, 1), unit=units["G3"]), at=later(days=200))
    again = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=datetime(2024, 4, 1, 2, tzinfo=UTC))
    assert again.cycle
    assert Obligation.objects.filter(cycle=again.cycle, unit=units["G3"]).exists()
