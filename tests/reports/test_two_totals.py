"""Two honest totals: as reported, and in the structure of another day; what cannot be moved exactly is told by name."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.core.consolidated import Consolidated, FigureTotal, RatioTotal
from kheo.core.reorganising import Absorbed
from kheo.core.restructuring import Structure
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.org.actions import annul_events, record_events
from kheo.org.models import SnapshotUnit, UnitEvent
from kheo.org.queries import edges, unit_by_code
from kheo.reports.access.structures import structure_scope
from kheo.reports.actions import accept_report
from kheo.reports.models import Obligation, Revision
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.restructured_report import ReadBy, restructured_report
from kheo.reports.queries.restructured_table import structure_table
from kheo.reports.queries.restructured_walls import tops_of
from tests.core.reorganising.acts import some_event
from tests.reforming import DAY, reform
from tests.reports.test_conservation import ACTS, FIGURES, TREES, act, random_world
from tests.world import GOOD, OPENING, World, reviewer_of, submit

NOW = datetime(2025, 8, 1, tzinfo=OPENING.tzinfo)
TODAY = Structure(Line.UNION, DAY)


def accepted(world: World, code: str, **figures: int) -> None:
    """A unit's report, sent and accepted."""
    accepted_at(world, code, OPENING, **figures)


def accepted_at(world: World, code: str, at: datetime, **figures: int) -> None:
    submit(world, code, {**GOOD, **figures}, at=at)
    report = world.report(code)
    accept_report(report.obligation_id, version=report.version, by=reviewer_of(world, code), at=at)


@pytest.fixture
def reformed(world: World) -> World:
    accepted(world, "G1", B02=7)
    accepted(world, "G2", B02=11)
    accepted(world, "G3", B02=13)
    accepted(world, "G4", B02=17)
    accepted(world, "D2", B02=19)
    accepted(world, "D1", B02=23)
    reform(world)
    return world


def seen(reading: Restructured, unit: SnapshotUnit) -> ReadBy:
    """By the highest unit itself."""
    return ReadBy(tops_of(reading.shape.origin, None), outside=reading.outside())


def read(world: World, code: str, structure: Structure = TODAY) -> Consolidated:
    reading = Restructured(world.cycle, structure)
    found = unit_by_code(code, structure.day)
    assert found is not None
    unit = reading.unit(found)
    assert unit is not None
    return restructured_report(reading, unit, at=NOW, by=seen(reading, unit))


def b02(report: Consolidated) -> dict[str, object]:
    return {line.remainder or ("own" if line.is_own else line.unit.code): line.figures["B02"] for line in report.children}


def test_merged_units_add_up_exactly_and_what_cannot_be_divided_is_a_line_of_its_own(reformed: World) -> None:
    report = read(reformed, "LDLD")
    divided = "không chia được: thuộc Công đoàn G42, Công đoàn G41 (chia, tách từ 01/07/2025 theo 12/QĐ-LĐLĐ)"
    ended = "đã kết thúc (kết thúc hoạt động từ 01/07/2025 theo 12/QĐ-LĐLĐ), không có đơn vị kế thừa"
    assert b02(report) == {"own": None, "G12": 18, "G42": None, "G5": None, "D1": 36, divided: 17, ended: 19}
    assert [(line.unit.code, line.state, line.missing) for line in report.children if line.remainder] == [
        ("D2", "accepted", 0),
        ("G4", "accepted", 0),
    ]
    assert [unit.code for unit in report.missing_units] == ["LDLD", "G5"]
    assert (report.structure, report.outside) == (TODAY, ())


def test_both_totals_are_equal_for_every_indicator_and_every_count(reformed: World) -> None:
    top = SnapshotUnit.objects.get(snapshot=reformed.cycle.snapshot_id, code="LDLD")
    reported = consolidated(reformed.cycle, top, at=NOW)
    other = read(reformed, "LDLD")
    assert other.figures == reported.figures
    assert other.obligations == reported.obligations
    for code, total in other.figures.items():
        if isinstance(total, FigureTotal) and not total.is_hidden and not any(code in line.hidden for line in other.children):
            values = [line.figures[code] for line in other.children]
            assert sum(value for value in values if isinstance(value, int)) == (total.value or 0), code


def test_a_ratio_is_computed_again_from_its_two_sums(reformed: World) -> None:
    ratios = [total for total in read(reformed, "G12").figures.values() if isinstance(total, RatioTotal) and not total.is_hidden]
    assert [(each.numerator, each.denominator) for each in ratios if each.denominator] == [(18, 20), (2, 2)]


def test_read_on_the_day_of_the_cycle_nothing_is_moved(reformed: World) -> None:
    same = Structure(Line.UNION, reformed.cycle.opened_on)
    report = read(reformed, "D2", same)
    assert b02(report) == {"own": 19, "G4": 17, "G5": None}
    assert not any(line.remainder for line in report.children)


def test_on_another_line_every_report_has_its_place_as_well(reformed: World) -> None:
    """The Party's line knows the board and the federation only: everything else stands at the federation, by name."""
    report = read(reformed, "LDLD", Structure(Line.PARTY, reformed.cycle.opened_on))
    assert {line.unit.code: line.remainder for line in report.children if not line.is_own} == dict.fromkeys(
        ["D1", "D2", "G1", "G2", "G3", "G4", "G5"], "không có chỗ trong cây này"
    )
    figure = report.figures["B02"]
    assert isinstance(figure, FigureTotal)
    assert figure.value == 90


def test_an_event_that_was_taken_back_moves_nothing(reformed: World) -> None:
    events = list(UnitEvent.objects.order_by("pk").values_list("pk", flat=True))
    assert annul_events(events, reason="Ghi nhầm", by=SYSTEM, at=OPENING, from_day=date(2026, 1, 1)).problems == ()
    after = read(reformed, "LDLD", Structure(Line.UNION, date(2026, 2, 1)))
    assert b02(after) == {"own": None, "D1": 54, "D2": 36}
    assert "G12" in b02(read(reformed, "LDLD"))


def test_as_of_an_earlier_instant_both_totals_are_those_of_that_instant(reformed: World) -> None:
    accepted_at(reformed, "G5", NOW, B02=29)
    reading = Restructured(reformed.cycle, TODAY)
    unit = reading.unit(reformed.units["LDLD"])
    top = SnapshotUnit.objects.get(snapshot=reformed.cycle.snapshot_id, code="LDLD")
    assert unit is not None
    for instant in (OPENING, OPENING + timedelta(seconds=1), NOW, NOW + timedelta(seconds=1)):
        then = restructured_report(reading, unit, at=NOW, as_of=instant, by=seen(reading, unit))
        reported = consolidated(reformed.cycle, top, at=NOW, as_of=instant)
        shown = {code: total for code, total in reported.figures.items() if not then.figures[code].is_hidden}
        assert {code: total for code, total in then.figures.items() if not total.is_hidden} == shown
        assert [code for code, total in then.figures.items() if total.is_hidden] == ["C501"]  # walls of then are not worked out
        assert then.obligations == reported.obligations


def test_behind_the_wall_what_cuts_all_that_was_covered_leaves_the_whole_only(reformed: World) -> None:
    """C501 is walled: two structures held together would give the count of one union away."""
    whole, part = read(reformed, "LDLD"), read(reformed, "D1")
    total = whole.figures["C501"]
    assert (total.value, total.is_hidden) == (6, False)
    assert part.figures["C501"].is_hidden
    assert {line.figures["C501"] for line in [*whole.children, *part.children]} == {None}
    numbered = {"G12", "D1", "G4", "D2", "G3"}
    hidden = {line.unit.code: "C501" in line.hidden for line in [*whole.children, *part.children] if line.unit.code in numbered}
    assert hidden == dict.fromkeys(numbered, True)


def test_nobody_reads_by_another_structure_what_is_not_theirs_as_reported(reformed: World) -> None:
    units = {code: unit_by_code(code, DAY) or 0 for code in ("LDLD", "D1", "G12", "G3", "G5", "G42")}

    def reads(name: str) -> list[str]:
        found = []
        for code, unit in units.items():
            try:
                structure_scope(reformed.person(name, OPENING), reformed.cycle.pk, TODAY, unit)
            except Unreachable:
                continue
            found.append(code)
        return found

    assert reads("kien") == ["LDLD", "D1", "G12", "G3", "G5", "G42"]
    # D1's own people: G12 holds only reports of their district. G42 stands for none, and what is above it holds others'.
    assert reads("binh") == ["D1", "G12", "G3"]
    assert reads("chi") == []
    # The Party board receives the federation's report with everything below it.
    assert reads("phuc") == ["LDLD", "D1", "G12", "G3", "G5", "G42"]


def test_a_page_asks_as_many_questions_for_one_line_as_for_many(reformed: World) -> None:
    def asked(code: str) -> int:
        reading = Restructured(reformed.cycle, TODAY)
        unit = reading.unit(unit_by_code(code, DAY) or 0)
        assert unit is not None
        with CaptureQueriesContext(
            connection,
        ) as queries:
            structure_table(reading, unit, "", view=None, page=None, at=NOW)
        return len(queries)

    counts = {code: asked(code) for code in ("G3", "D1", "LDLD")}
    assert max(counts.values()) <= 16, counts


def test_working_a_structure_out_asks_as_many_questions_for_many_events_as_for_one(world: World) -> None:
    def asked(day: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            Restructured(world.cycle, Structure(Line.UNION, day))
        return len(queries)

    none = asked(DAY - timedelta(days=1))
    reform(world)
    few = asked(DAY)
    for number, code in enumerate(("G3", "G5")):
        day = DAY + timedelta(days=30 * (number + 1))
        happened = record_events([Absorbed(day=day, unit=world.units[code], into=world.units["D1"])], by=SYSTEM, at=OPENING)
        assert happened.problems == ()
    assert none == few == asked(DAY + timedelta(days=90))


def test_the_table_of_a_page_says_the_same_as_the_report(reformed: World) -> None:
    reading = Restructured(reformed.cycle, TODAY)
    unit = reading.unit(reformed.units["LDLD"])
    assert unit is not None
    report = restructured_report(reading, unit, at=NOW, by=seen(reading, unit))
    for content in reformed.definition.contents:
        table = structure_table(reading, unit, content.id, view=tops_of(reading.shape.origin, None), page=None, at=NOW)
        for place, indicator in enumerate(table.indicators):
            assert table.total.cells[place].value == report.figures[indicator.code].value
            shown = {row.part.unit.code: row.cells[place].value for row in table.rows if row.part}
            told = {line.unit.code: line.figures[indicator.code] for line in report.children}
            assert shown == told, indicator.code


History = dict[tuple[str, int], dict[str, object]]


def history() -> History:
    """Every revision and every row of the journal, whole: one that was touched beside its own hash would keep the hash."""
    rows = [("revision", row) for row in Revision.objects.values()] + [("journal", row) for row in JournalEntry.objects.values()]
    return {(kind, row.get("id") or row["number"]): row for kind, row in rows}


def assert_kept(before: History) -> None:
    """What was there is there and as it was; only more was added."""
    now = history()
    assert {key: now.get(key) for key in before} == before


TOUCHED = {
    "a figure": "UPDATE reports_revision SET figures = jsonb_set(figures, '{B02}', '6')",
    "a sentence": """UPDATE reports_revision SET narrative = '{"I": "Khác"}'""",
    "a hash": "UPDATE reports_revision SET hash = repeat('0', 64)",
    "a signature": "UPDATE reports_revision SET submitted_at = submitted_at + interval '1 second'",
    "a row of the journal": "UPDATE journal_entry SET at = at + interval '1 second' WHERE number = (SELECT min(number) FROM journal_entry)",
    "a row taken out": "DELETE FROM journal_entry WHERE number = (SELECT min(number) FROM journal_entry)",
}


@pytest.mark.parametrize("what", list(TOUCHED))
def test_history_that_was_touched_is_seen(world: World, what: str) -> None:
    """Negative control of the property below: its guard fails for each of these, and for nothing that is only added."""
    submit(world, "G1")
    before = history()
    submit(world, "G2")
    assert_kept(before)
    table = "journal_entry" if "journal_entry" in TOUCHED[what] else "reports_revision"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(TOUCHED[what])
        assert cursor.rowcount
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with pytest.raises(AssertionError):
        assert_kept(before)


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(shape=TREES, seed=st.integers(0, 2**32 - 1), data=st.data())
def test_totals_are_conserved_through_any_reorganisation_and_what_was_sent_never_changes(
    shape: list[int], seed: int, data: st.DataObject
) -> None:
    chance = random.Random(seed)
    with transaction.atomic():
        world = random_world(shape)
        codes = sorted(code for code in world.units if Obligation.objects.filter(unit=world.units[code]).exists())
        known = list(world.units.values())
        # Something is accepted from the beginning, at the top as well: nobody would see a report of an inner unit counted twice otherwise.
        for code in dict.fromkeys([codes[0], *chance.sample(codes, min(3, len(codes)))]):
            first = {cell.key: chance.randint(1, 99) for cell in world.definition.input_cells} | {"C201": 10**12, "C202": 3}
            for what in ("submit", "accept"):
                act(world, code, what, dict(first), 0)
        days = sorted(date(2023, 5, 1) + timedelta(days=chance.randint(0, 400)) for _ in range(5))
        for step in range(data.draw(st.integers(1, 8))):
            figures = {cell.key: data.draw(FIGURES) for cell in world.definition.input_cells} | {"C201": 10**12, "C202": 3}
            act(world, data.draw(st.sampled_from(codes)), data.draw(ACTS), figures, step)
            day = days[step % len(days)]

            def below(unit: int, on: date = day) -> list[int]:
                return [edge.child for edge in edges(on, Line.UNION) if edge.parent == unit]

            before = history()
            record_events(some_event(chance, known, below, day, -1), by=SYSTEM, at=OPENING + timedelta(minutes=step))
            known = sorted({edge.child for edge in edges(day, Line.UNION)} | set(known))
            assert_kept(before)
            on = chance.choice([days[0], day, days[-1] + timedelta(days=1), date(2023, 3, 1)])
            assert_conserved(world, Structure(Line.UNION, on), chance)
        transaction.set_rollback(True)


def assert_conserved(world: World, structure: Structure, chance: random.Random | None = None) -> None:
    """The roots of the structure and what lands above them are the roots of the cycle's tree; every level adds up."""
    reading = Restructured(world.cycle, structure)
    now = OPENING + timedelta(hours=1)
    tree = SnapshotUnit.objects.filter(snapshot=world.cycle.snapshot_id)
    as_reported = [consolidated(world.cycle, unit, at=now) for unit in tree.filter(parent_id=None)]
    reports = [restructured_report(reading, unit, at=now, by=seen(reading, unit)) for unit in reading.roots]
    expected = sum(each.obligations.expected for each in as_reported)
    assert sum(each.obligations.expected for each in reports) + sum(len(each.outside) for each in reports[:1]) == expected
    if len(reports) == 1:
        assert reports[0].figures == as_reported[0].figures
        assert reports[0].obligations == as_reported[0].obligations
    for root in reading.roots:
        below = list(reading.units(reading.shape.target.subtree(root.unit_id)).values())
        for unit in chance.sample(below, min(3, len(below))) if chance else below:
            report = restructured_report(reading, unit, at=now, by=ReadBy())
            lines = sum(line.missing for line in report.children)
            assert lines == report.obligations.expected - report.obligations.accepted
            value = report.figures["B02"].value
            assert sum(line.figures["B02"] or 0 for line in report.children) == (value or 0)


def test_a_report_that_is_dropped_on_the_way_is_seen(reformed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: let one report land nowhere and the totals differ."""
    assert_conserved(reformed, TODAY)
    from kheo.reports.queries import restructured

    shape = restructured._shape

    def lossy(*asked: object) -> restructured.Shape:
        found = shape(*asked)  # type: ignore[arg-type]
        places = found.landings.places.copy()
        places[found.origin.position[reformed.units["G3"]]] = 10**6
        landings = replace(found.landings, places=places)
        return restructured.Shape(found.origin, found.parents, found.ends, found.target, landings)

    monkeypatch.setattr(restructured, "_shape", lossy)
    with pytest.raises(AssertionError):
        assert_conserved(reformed, TODAY)


def test_absorbed_units_are_read_backwards_as_not_divisible(world: World) -> None:
    """A cycle after the day, read in the tree before it: what G3 reports stands for G5 as well by then."""
    done = record_events([Absorbed(day=date(2023, 3, 1), unit=world.units["G5"], into=world.units["G3"])], by=SYSTEM, at=NOW)
    assert done.problems == ()
    # Recorded after the cycle was opened: its tree still has G5, and reads as if the day had been known.
    report = read(world, "LDLD", TODAY)
    assert [line.unit.code for line in report.children if not line.is_own] == ["D1", "D2"]
    assert read(world, "D2").obligations.expected == 2
