"""Conservation: whatever people do, every node's roll-up is the sum over its accepted reports, and a recount agrees."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.campaigns.actions import publish
from kheo.core.consolidated import ObligationCounts
from kheo.core.figures import Figure, with_totals
from kheo.journal.actions import SYSTEM
from kheo.journal.queries import broken_link
from kheo.org.actions import load_units
from kheo.org.models import SnapshotUnit
from kheo.org.queries import units_by_code
from kheo.reports.actions import Change, accept_report, open_cycle, recall_report, return_report, revise_report, save_draft, submit_report
from kheo.reports.models import Obligation, Report, Rollup
from kheo.reports.queries import as_of
from kheo.reports.queries.as_of import subtotals_as_of
from kheo.reports.queries.standing import obligation_counts
from kheo.reports.queries.totals import Subtotal, subtotals
from kheo.reports.queries.verifying import faults
from tests.world import CALENDAR, FILES, FIRST_DAY, OPENING, World, head_of, reviewer_of

FIGURES = st.one_of(st.just(0), st.none(), st.just("na"), st.integers(1, 10**12))
TREES = st.lists(st.integers(0, 100), min_size=2, max_size=9)
ACTS = st.sampled_from(["submit", "submit", "return", "accept", "accept", "revise", "recall"])


def random_world(shape: list[int]) -> World:
    """A random tree: unit i hangs under unit shape[i] mod i; inner units are districts, the top is the federation."""
    parents = [pick % (index + 1) for index, pick in enumerate(shape)]
    inner = set(parents)
    lines = ["code,name,kind,parent_code", "U0,Liên đoàn,provincial_federation,"]
    for unit, parent in enumerate(parents, start=1):
        kind = "district_federation" if unit in inner else "grassroots_union"
        lines.append(f"U{unit},Đơn vị {unit},{kind},U{parent}")
    assert not load_units("\n".join(lines).encode(), "t.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    publish((FILES / "mini.yaml").read_text(), "mini.yaml", by=SYSTEM, at=OPENING)
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert opened.cycle
    from kheo.campaigns.queries import definition_of

    return World(opened.cycle, definition_of(opened.cycle.edition_id), units_by_code(FIRST_DAY), {})


def act(world: World, code: str, what: str, figures: dict[str, Figure], step: int) -> None:
    owed = world.obligation(code)
    at = OPENING + timedelta(minutes=step)
    report = Report.objects.filter(obligation=owed).first()
    version = report.version if report else 0
    if what == "submit":
        before = report.figures if report else {}
        cells = {key: Change(before.get(key, ""), value) for key, value in figures.items()}
        words = {"I": Change((report.narrative if report else {}).get("I", ""), f"Lần {step}.")}
        save_draft(owed.pk, cells=cells, sections=words, by=head_of(world, code), at=at)
        fresh = Report.objects.filter(obligation=owed).first()
        submit_report(owed.pk, version=fresh.version if fresh else 0, by=head_of(world, code), at=at)
    elif what == "return":
        return_report(owed.pk, reason="Xem lại", version=version, by=reviewer_of(world, code), at=at)
    elif what == "accept":
        accept_report(owed.pk, version=version, by=reviewer_of(world, code), at=at)
    elif what == "recall":
        recall_report(owed.pk, reason="Nhầm", version=version, by=head_of(world, code), at=at)
    else:
        revise_report(owed.pk, reason="Bổ sung", version=version, by=head_of(world, code), at=at)


def oracle(world: World) -> dict[int, tuple[int, dict[str, tuple[int, int, int, int]]]]:
    """For every unit with a roll-up: (reports, {cell: (sum, zeros, blanks, not applicable)}), by a plain walk over parents."""
    parent = dict(SnapshotUnit.objects.filter(snapshot=world.cycle.snapshot_id).values_list("unit_id", "parent_id"))
    empty = {cell.key: (0, 0, 0, 0) for cell in world.definition.cells}
    sums: dict[int, tuple[int, dict[str, Any]]] = {row.unit_id: (0, dict(empty)) for row in Rollup.objects.filter(cycle=world.cycle)}
    for report in Report.objects.filter(accepted__isnull=False).select_related("accepted", "obligation"):
        assert report.accepted
        figures = with_totals(world.definition, report.accepted.figures)
        unit: int | None = report.obligation.unit_id
        while unit is not None:
            if unit in sums:
                count, cells = sums[unit]
                sums[unit] = (count + 1, {key: _plus(cells[key], figures[key]) for key in cells})
            unit = parent[unit]
    return sums


def _plus(cell: tuple[int, int, int, int], figure: Figure) -> tuple[int, int, int, int]:
    total, zero, blank, na = cell
    number = figure if isinstance(figure, int) else 0
    return (total + number, zero + (figure == 0 and figure is not None), blank + (figure is None), na + (figure == "na"))


def kept(world: World) -> dict[int, tuple[int, dict[str, tuple[int, int, int, int]]]]:
    found: dict[int, tuple[int, dict[str, Any]]] = {}
    width = len(world.definition.cells)
    for row in Rollup.objects.filter(cycle=world.cycle):
        cells = {cell.key: tuple(row.tally[part * width + cell.position] for part in range(4)) for cell in world.definition.cells}
        found[row.unit_id] = (row.reported, cells)
    return found


Sums = dict[int, Subtotal]
Counts = dict[int, ObligationCounts]


def all_units(world: World) -> list[SnapshotUnit]:
    return list(SnapshotUnit.objects.filter(snapshot=world.cycle.snapshot_id).order_by("position"))


def standing_now(world: World, instant: datetime) -> tuple[datetime, Sums, Counts]:
    units = all_units(world)
    return instant, subtotals(world.cycle, units, len(world.definition.cells)), obligation_counts(world.cycle, units, instant)


def standing_as_of(world: World, instant: datetime) -> list[Sums | Counts]:
    """Both ways of counting back must give one answer."""
    units, width = all_units(world), len(world.definition.cells)
    found = subtotals_as_of(world.cycle, units, width, instant)
    values = {"cycle": world.cycle.pk, "instant": instant, "start": 0, "end": len(units), "units": [each.unit_id for each in units]}
    for way in (as_of._added_up, as_of._taken_back):
        tallies, reported = way(units, width, values)
        assert {each.unit_id: (found[each.unit_id].tally, found[each.unit_id].reported) for each in units} == {
            each.unit_id: (tallies[index].tolist(), int(reported[index])) for index, each in enumerate(units)
        }
    return [found, obligation_counts(world.cycle, units, instant, is_past=True)]


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(shape=TREES, data=st.data())
def test_every_rollup_is_the_sum_over_accepted_reports_after_any_sequence_of_acts_and_can_be_read_as_of_each(
    shape: list[int], data: st.DataObject
) -> None:
    with transaction.atomic():
        world = random_world(shape)
        codes = sorted(code for code in world.units if Obligation.objects.filter(unit=world.units[code]).exists())
        seen: list[tuple[datetime, Sums, Counts]] = []
        for step in range(data.draw(st.integers(1, 14))):
            code, what = data.draw(st.sampled_from(codes)), data.draw(ACTS)
            figures = {cell.key: data.draw(FIGURES) for cell in world.definition.input_cells} | {
                "C201": 10**12,
                "C202": data.draw(st.integers(0, 9)),
            }
            act(world, code, what, figures, step)
            assert kept(world) == oracle(world)
            seen.append(standing_now(world, OPENING + timedelta(minutes=step, seconds=30)))
        for instant, *then in seen:
            assert standing_as_of(world, instant) == then
        assert list(faults()) == []
        assert broken_link() is None
        transaction.set_rollback(True)


def test_the_check_goes_red_when_a_rollup_forgets_its_grandparent(world: World) -> None:
    """Negative control of the property above: drop one ancestor from the update and the oracle disagrees."""
    act(world, "G1", "submit", {"B01.KT": 2, "B01.VH": 1, "B02": 5, "C201": 10, "C202": 9, "C501": 1}, 1)
    act(world, "G1", "accept", {}, 2)
    with connection.cursor() as cursor:
        emptied = "UPDATE reports_rollup SET reported = 0, tally = array_fill(0::bigint, ARRAY[cardinality(tally)]) WHERE unit_id = %s"
        cursor.execute(emptied, [world.units["LDLD"]])
    assert kept(world) != oracle(world)
    assert [fault.split(":")[0] for fault in faults()] == [
        "Số báo cáo đã cộng là 0, đếm lại được 1",
        "Tổng đã cộng của B01 là 0, đếm lại được 3",
    ]
