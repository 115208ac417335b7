"""What no unit of a structure can be said to hold: counted, named and called what it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from kheo.core.consolidated import FigureTotal
from kheo.core.reorganising import Absorbed, Closed, Established, Event, Place, Split, Transferred
from kheo.core.restructuring import Structure
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import annul_events, record_events
from kheo.org.models import SnapshotUnit, UnitEvent
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.remainders import Cause, reasons
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.trends import Asked, trend
from tests.reforming import DAY
from tests.web.accepting import accept
from tests.web.consolidation.test_structures import trend_of
from tests.web.consolidation.test_table import rows
from tests.web.visits import enter, queries_of, text_of
from tests.world import OPENING, World
from tests.years import NEXT_YEAR, year_after

TODAY = Structure(Line.UNION, DAY)
VALUES = {"LDLD": 3, "G1": 7, "G2": 11, "G3": 13, "G4": 17, "G5": 29, "D1": 23, "D2": 19}


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


def begun(unit: int, code: str, parent: int, on: date = DAY) -> Established:
    return Established(day=on, unit=unit, name=f"Công đoàn {code}", kind="grassroots_union", code=code, places=(Place(Line.UNION, parent),))


@pytest.fixture
def in_two(world: World) -> World:
    """The federation ends, its districts stand by themselves, and G4 is divided between the two."""
    for code, kept in VALUES.items():
        accept(world, code, B02=kept)
    units = world.units
    happen(
        Transferred(day=DAY, unit=units["D1"], place=Place(Line.UNION, None)),
        Transferred(day=DAY, unit=units["D2"], place=Place(Line.UNION, None)),
        Closed(day=DAY, unit=units["LDLD"]),
        begun(-1, "G41", units["D1"]),
        begun(-2, "G42", units["D2"]),
        Split(day=DAY, unit=units["G4"], successors=((-1, None), (-2, None))),
    )
    return world


def test_the_totals_of_all_roots_and_what_is_outside_are_the_total_as_reported(in_two: World) -> None:
    reading = Restructured(in_two.cycle, TODAY)
    asked = Asked(reading, None, reading.outside())
    top = SnapshotUnit.objects.get(snapshot=in_two.cycle.snapshot_id, code="LDLD")
    reported = consolidated(in_two.cycle, top, at=OPENING + timedelta(hours=1)).figures
    compared = 0
    for code, total in reported.items():
        if not isinstance(total, FigureTotal) or code == "C501":  # behind the wall
            continue
        found = [trend([asked], root, code, at=OPENING + timedelta(hours=1)) for root in reading.roots]
        outside = found[0].outside
        assert outside is not None
        assert all(each.outside == outside for each in found)
        values = [*(each.total[0].value for each in found if each.total[0]), outside[0].value if outside[0] else None]
        assert len(values) == 3
        assert sum(value for value in values if value is not None) == (total.value or 0), code
        compared += 1
    assert compared >= 4
    assert [each.periods[0].outside for each in found] == [2, 2]


def test_the_trend_counts_what_is_outside_and_leads_to_its_names(in_two: World) -> None:
    page = trend_of(in_two, "D1", "B02")
    assert rows(page)["Ngoài cây này"] == ["20"]
    assert rows(page)["Cộng"] == ["54"]
    names = reverse("structure_outside", args=[in_two.cycle.pk, "union", DAY.isoformat(), in_two.units["D1"]])
    assert f'<a href="{names}">2 báo cáo</a>' in page.content.decode()
    lan = enter(in_two, "lan")
    told = text_of(lan.get(names).content)
    assert "không chia được: thuộc Công đoàn G41, Công đoàn G42 (chia, tách từ 01/07/2025)" in told
    assert "đã kết thúc (kết thúc hoạt động từ 01/07/2025), không có đơn vị kế thừa" in told
    assert reverse("report", args=[in_two.obligation("G4").pk]) in lan.get(names).content.decode()
    table = reverse("structure_table", args=[in_two.cycle.pk, "union", DAY.isoformat(), in_two.units["D1"]])
    assert 'href="ngoai-cay/">2 báo cáo của kỳ</a>' in lan.get(table).content.decode()


def test_a_reader_is_told_of_those_outside_that_are_theirs_to_read(in_two: World) -> None:
    names = reverse("structure_outside", args=[in_two.cycle.pk, "union", DAY.isoformat(), in_two.units["D1"]])
    assert "Không có báo cáo nào ở ngoài cây" in text_of(enter(in_two, "binh").get(names).content)
    assert enter(in_two, "chi").get(names).status_code == 404


def test_papers_name_what_is_outside(in_two: World) -> None:
    tail = [in_two.cycle.pk, "union", DAY.isoformat(), in_two.units["D1"]]
    told = enter(in_two, "lan").get(reverse("structure_download", args=[*tail, "tong-hop.json"])).json()
    assert (told["outside"], [each["code"] for each in told["outside_units"]]) == (2, ["LDLD", "G4"])


def test_a_page_of_names_asks_as_many_questions_for_three_as_for_two(in_two: World) -> None:
    names = reverse("structure_outside", args=[in_two.cycle.pk, "union", DAY.isoformat(), in_two.units["D1"]])
    two = queries_of(enter(in_two, "lan"), names)
    units = in_two.units
    happen(
        begun(-1, "G51", units["D1"]),
        begun(-2, "G52", units["D2"]),
        Split(day=DAY, unit=units["G5"], successors=((-1, None), (-2, None))),
    )
    assert "3 báo cáo của kỳ không thuộc" in text_of(enter(in_two, "lan").get(names).content)
    assert queries_of(enter(in_two, "lan"), names) == two


def remainder(world: World, code: str, structure: Structure = TODAY) -> tuple[Cause, str]:
    """Why a unit of the cycle could not be moved, wherever it stands."""
    reading = Restructured(world.cycle, structure)
    parts = reading.reports([reading.shape.origin.position[world.units[code]]])
    assert parts[0].is_remainder
    reason = reasons(reading, parts)[world.units[code]]
    return reason.cause, reason.words


def test_what_is_divided_between_a_unit_and_one_below_it_is_not_without_heir(world: World) -> None:
    """The figures stand at the heir itself: whoever called that “no heir” would say what is not."""
    accept(world, "D1", B02=23)
    happen(Split(day=DAY, unit=world.units["D1"], successors=((world.units["D1"], None), (world.units["G3"], None))))
    cause, words = remainder(world, "D1")
    assert (cause, words.partition(" (")[0]) == (
        Cause.DIVIDED,
        "không chia được: thuộc Liên đoàn Lao động Quận 1, Công đoàn cơ sở Ba",
    )
    found = rows(trend_of(world, "D1", "B02"))
    assert found["Chia giữa chính đơn vị này và cấp dưới"] == ["23"]
    assert not any("kế thừa" in name for name in found)


def test_an_heir_that_is_gone_is_not_the_same_as_none(world: World) -> None:
    happen(Absorbed(day=DAY, unit=world.units["G5"], into=world.units["G4"]))
    happen(Closed(day=DAY + timedelta(days=9), unit=world.units["G4"]))
    later = Structure(Line.UNION, DAY + timedelta(days=10))
    assert remainder(world, "G5", later) == (
        Cause.HEIR_GONE,
        "thuộc Công đoàn cơ sở Bốn, không có chỗ trong cây này (sáp nhập vào đơn vị khác từ 01/07/2025)",
    )
    assert remainder(world, "G4", later) == (
        Cause.NO_HEIR,
        "đã kết thúc (kết thúc hoạt động từ 10/07/2025), không có đơn vị kế thừa",
    )


def test_another_line_is_not_called_an_end(world: World) -> None:
    assert remainder(world, "G5", Structure(Line.PARTY, world.cycle.opened_on)) == (Cause.NO_PLACE, "không có chỗ trong cây này")


def test_a_closure_recorded_late_is_told_with_its_day(world: World) -> None:
    """Its day lies before the opening, which knew nothing of it."""
    happen_late = record_events([Closed(day=OPENING.date() - timedelta(days=30), unit=world.units["G5"])], by=SYSTEM, at=OPENING)
    assert happen_late.problems == ()
    assert remainder(world, "G5")[1] == "đã kết thúc (kết thúc hoạt động từ 02/03/2023), không có đơn vị kế thừa"


def test_a_day_before_a_unit_began_says_so(world: World) -> None:
    happen(begun(-1, "G9", world.units["D1"], date(2023, 7, 1)))
    unit = UnitEvent.objects.get(kind="established", day=date(2023, 7, 1)).unit_id
    later = year_after(replace(world, units={**world.units, "G9": unit}))
    told = remainder(later, "G9", Structure(Line.UNION, OPENING.date()))
    assert told == (Cause.NOT_YET, "ngày đó chưa có (thành lập từ 01/07/2023)")


def test_an_absorption_taken_back_is_told_as_what_it_was(world: World) -> None:
    happen(Absorbed(day=OPENING.date() - timedelta(days=30), unit=world.units["G5"], into=world.units["G3"]))
    last = UnitEvent.objects.order_by("pk").last()
    assert last is not None
    later = year_after(world)
    assert annul_events([last.pk], reason="Ghi nhầm", by=SYSTEM, at=NEXT_YEAR + timedelta(days=1)).problems == ()
    told = remainder(later, "G3", Structure(Line.UNION, later.cycle.opened_on + timedelta(days=2)))
    assert told[0] is Cause.DIVIDED
    assert told[1].startswith(
        "không chia được: gộp từ Công đoàn cơ sở Ba, Công đoàn cơ sở Năm (sáp nhập vào đơn vị khác từ 02/03/2023, đã hủy từ "
    )
