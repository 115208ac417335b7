"""What an attack on the two totals found: each of these gave something away, lost it or put it where it was not."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from kheo.core.reorganising import Absorbed, Closed, Decision, Event, Split
from kheo.core.restructuring import Landing, Structure
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import annul_events, appoint, load_units, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import unit_by_code
from kheo.people.models import User
from kheo.reports.actions import open_cycle
from kheo.reports.queries.remainders import reasons
from kheo.reports.queries.restructured import Restructured
from tests.reforming import DAY, reform
from tests.web.accepting import accept
from tests.web.consolidation.test_structures import choose, trend_of
from tests.web.consolidation.test_table import rows
from tests.web.visits import day, enter, text_of
from tests.world import CALENDAR, FIRST_DAY, OPENING, World

TODAY = Structure(Line.UNION, DAY)
NEXT = datetime(2026, 4, 1, 2, tzinfo=UTC)
Where = tuple[str | None, str, tuple[str, ...]]


def happen(*events: Event, at: datetime = OPENING) -> None:
    assert record_events(events, by=SYSTEM, at=at).problems == ()


def landed(world: World, structure: Structure = TODAY) -> dict[str, Where]:
    """By code: where a unit lands, how, and its heirs."""
    shape = Restructured(world.cycle, structure).shape
    code = {unit: code for code, unit in world.units.items()}
    found = {}
    for position, unit in enumerate(shape.origin.units):
        place = int(shape.landings.places[position])
        at = shape.target.units[place] if place >= 0 else None
        heirs = tuple(sorted(code.get(each, "new") for each in shape.landings.heirs.get(position, ())))
        found[code[unit]] = (code.get(at or 0, "new") if at else None, Landing(int(shape.landings.kinds[position])).name, heirs)
    return found


def test_the_papers_tell_of_the_period_before_only_what_the_reader_may_read_in_it(world: World) -> None:
    """G5 of district 2 went into G3 of district 1, whose office never read G5."""
    accept(world, "G3", B02=13)
    accept(world, "G5", B02=1000)
    happen(Absorbed(day=DAY, unit=world.units["G5"], into=world.units["G3"]))
    with day(NEXT):
        opened = open_cycle("mini", "2026-6T", calendar=CALENDAR, by=SYSTEM, at=NEXT)
        assert opened.cycle, opened.problems
        tail = [opened.cycle.pk, "union", DAY.isoformat(), world.units["G3"], "phu-luc.xlsx"]
        mine, theirs = (enter(world, name).get(reverse("structure_download", args=tail)).content for name in ("binh", "kien"))
    assert (holds(mine, 1013), holds(theirs, 1013)) == (False, True)


def holds(workbook: bytes, number: int) -> bool:
    return any(cell.value == number for sheet in load_workbook(BytesIO(workbook)) for row in sheet.iter_rows() for cell in row)


def test_a_chain_of_one_day_is_followed_to_its_end(world: World) -> None:
    units = world.units
    happen(Absorbed(day=DAY, unit=units["G5"], into=units["G2"]), Absorbed(day=DAY, unit=units["G2"], into=units["G3"]))
    assert {code: landed(world)[code] for code in ("G5", "G2", "G3")} == dict.fromkeys(("G5", "G2", "G3"), ("G3", "WHOLE", ()))


def test_a_part_given_to_a_unit_that_was_there_changes_what_was_worked_out(world: World) -> None:
    """No span begins or ends by it, so nothing but the event itself tells that something has changed."""
    assert landed(world)["G4"] == ("G4", "WHOLE", ())
    happen(Split(day=DAY, unit=world.units["G4"], successors=((world.units["G4"], None), (world.units["G3"], None))))
    assert landed(world)["G4"] == ("LDLD", "NOT_DIVISIBLE", ("G3", "G4"))
    last = UnitEvent.objects.order_by("pk").last()
    assert last is not None
    assert annul_events([last.pk], reason="Ghi nhầm", by=SYSTEM, at=OPENING).problems == ()
    assert landed(world)["G4"] == ("G4", "WHOLE", ())


def test_what_was_divided_is_nobodys_where_one_heir_is_gone(world: World) -> None:
    accept(world, "G3", B02=13)
    accept(world, "G4", B02=17)
    reform(world)
    gone = unit_by_code("G42", DAY)
    assert gone is not None
    happen(Closed(day=DAY + timedelta(days=30), unit=gone))
    later = (DAY + timedelta(days=60)).isoformat()
    path = reverse("trend", args=[world.cycle.pk, "union", later, world.units["LDLD"]])
    found = rows(enter(world, "lan").get(f"{path}?chi-tieu=B02"))
    assert (found["LĐLĐ Quận 1"], found["Bị chia, một phần không có chỗ trong cây này"]) == (["13 1/2"], ["17"])
    table = reverse("structure_table", args=[world.cycle.pk, "union", later, world.units["LDLD"]])
    assert "thuộc Công đoàn G41; phần của Công đoàn G42 không có chỗ trong cây này" in text_of(enter(world, "lan").get(table).content)


def test_papers_name_nobody_who_signs_for_a_unit_of_another_structure(world: World) -> None:
    reform(world)
    head = User.objects.create_user("truong", "Vương Thị Trưởng", "mot-mat-khau-thu")
    appoint(head, unit_by_code("G12", DAY) or 0, Role.HEAD, on=DAY, by=SYSTEM, at=OPENING)
    tail = [world.cycle.pk, "union", DAY.isoformat(), unit_by_code("G12", DAY), "bao-cao.docx"]
    with day(datetime(2025, 8, 1, tzinfo=UTC)):
        paper = Document(BytesIO(enter(world, "binh").get(reverse("structure_download", args=tail)).content))
    words = " ".join([each.text for each in paper.paragraphs] + [cell.text for table in paper.tables for cell in table._cells])
    assert "Công đoàn G12".upper() in words.upper()
    assert "Trưởng" not in words


def test_what_was_recorded_late_or_taken_back_late_counts_as_if_it_had_been_known(world: World) -> None:
    units, late = world.units, datetime(2024, 1, 1, tzinfo=UTC)
    # Between the day of the structure and the opening, but recorded after it: the two reported apart, and so they are read.
    happen(Absorbed(day=date(2022, 10, 1), unit=units["G5"], into=units["G3"]), at=late)
    before = landed(world, Structure(Line.UNION, date(2022, 1, 1)))
    assert (before["G3"], before["G5"]) == (("G3", "WHOLE", ()), ("G5", "WHOLE", ()))
    assert landed(world)["G5"] == ("G3", "WHOLE", ())
    # Taken back from a day after the opening: as if nothing had been.
    last = UnitEvent.objects.order_by("pk").last()
    assert last is not None
    assert annul_events([last.pk], reason="Ghi nhầm", by=SYSTEM, at=late, from_day=date(2024, 1, 1)).problems == ()
    after = landed(world, Structure(Line.UNION, date(2024, 2, 1)))
    assert (after["G3"], after["G5"]) == (("G3", "WHOLE", ()), ("G5", "WHOLE", ()))


def test_an_event_the_frozen_tree_knew_and_that_was_taken_back_later_gives_back_what_it_held(world: World) -> None:
    with day(datetime(2026, 4, 1, 2, tzinfo=UTC)):
        happen(Absorbed(day=date(2026, 3, 1), unit=world.units["G5"], into=world.units["G3"]))
        opened = open_cycle("mini", "2026-6T", calendar=CALENDAR, by=SYSTEM, at=NEXT)
        assert opened.cycle, opened.problems
    second = World(opened.cycle, world.definition, world.units, world.users)
    assert landed(second, Structure(Line.UNION, date(2026, 5, 1)))["G3"] == ("G3", "WHOLE", ())
    last = UnitEvent.objects.order_by("pk").last()
    assert last is not None
    assert annul_events([last.pk], reason="Ghi nhầm", by=SYSTEM, at=NEXT + timedelta(days=5)).problems == ()
    assert landed(second, Structure(Line.UNION, date(2026, 5, 1)))["G3"] == ("LDLD", "NOT_DIVISIBLE", ("G3", "G5"))


def test_a_line_that_is_not_open_is_no_way_to_its_units(world: World) -> None:
    text = "code,name,kind,parent_code\nX0,Tổ kín,area_team,\n"
    assert not load_units(text.encode(), "x.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.AREA_TEAM).problems
    hidden = unit_by_code("X0", FIRST_DAY)
    path = reverse("structure_table", args=[world.cycle.pk, "area_team", "2023-04-01", hidden])
    assert enter(world, "lan").get(path).status_code == 404
    page = choose(world, "D1", "?ngay=01/04/2023&tuyen=area_team", who="dung")
    assert "Tổ kín" not in (text_of(page.content) if page.status_code == 200 else "")
    assert "tổ địa bàn" not in text_of(choose(world, "D1", "", who="dung").content)


def test_the_reason_names_the_event_that_divided(world: World) -> None:
    happen(Absorbed(day=date(2024, 2, 1), unit=world.units["G3"], into=world.units["G4"], decision=Decision("KHÁC")))
    reform(world)
    reading = Restructured(world.cycle, TODAY)
    top = reading.unit(world.units["LDLD"])
    assert top is not None
    told = reasons(reading, [part for part in reading.parts(top) if part.is_remainder])
    assert "(chia, tách từ 01/07/2025 theo 12/QĐ-LĐLĐ)" in told[world.units["G4"]].words
    assert "(chia, tách từ 01/07/2025 theo 12/QĐ-LĐLĐ)" in told[world.units["G3"]].words


def test_a_line_without_a_report_in_a_period_is_not_called_incomparable(world: World) -> None:
    reform(world)
    with day(NEXT):
        opened = open_cycle("mini", "2026-6T", calendar=CALENDAR, by=SYSTEM, at=NEXT)
        assert opened.cycle, opened.problems
        page = trend_of(world, "LDLD", "B02", opened.cycle.pk)
    assert "không so sánh được" not in text_of(page.content)


def test_a_reader_who_may_not_open_a_report_gets_no_link_to_it(world: World) -> None:
    """The Party board receives the federation's report with its totals, not the reports below."""
    accept(world, "G1", B02=7)
    reform(world)
    path = reverse("structure_table", args=[world.cycle.pk, "union", DAY.isoformat(), unit_by_code("G12", DAY)])
    report = reverse("report", args=[world.obligation("G1").pk])
    pages = {name: enter(world, name).get(path).content.decode() for name in ("phuc", "lan")}
    assert (report in pages["phuc"], report in pages["lan"]) == (False, True)
    assert "Công đoàn cơ sở Một" in text_of(pages["phuc"].encode()) or "CĐCS Một" in text_of(pages["phuc"].encode())
