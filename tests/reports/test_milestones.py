"""Looking back from kept sums: whatever was recorded late, decided anew or recalled, the answer is what adding up gives."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.core.figures import to_vector
from kheo.core.milestones import stored, unstored
from kheo.core.rollup import PARTS, delta, pack
from kheo.org.models import SnapshotUnit
from kheo.reports.actions import accept_report, keep_due_milestones, keep_milestones, mend_milestones
from kheo.reports.actions import looking_back as keeping
from kheo.reports.models import Decision, Milestone, Obligation, Report
from kheo.reports.queries import milestones
from kheo.reports.queries.as_of import _from_milestone, subtotals_as_of, sums_before
from kheo.reports.queries.counted_before import counted_before
from kheo.reports.queries.milestones import nearest, step_of
from kheo.reports.queries.verifying import faults
from tests.reports.test_conservation import ACTS, TREES, act, all_units, random_world
from tests.world import GOOD, OPENING, World, later, reviewer_of, submit

Totals = dict[int, tuple[int, list[int]]]


def one_by_one(world: World, instant: datetime) -> Totals:
    """For every unit the number and tally of what stood accepted before the instant: by reading every decision, up every line."""
    width, above = len(world.definition.cells), {unit.unit_id: unit.ancestors for unit in all_units(world)}
    found: Totals = {unit: (0, [0] * PARTS * width) for unit in above}
    for report in Report.objects.filter(obligation__cycle=world.cycle).select_related("obligation"):
        decided = Decision.objects.filter(revision__report=report, act="accept", decided_at__lt=instant).select_related("revision")
        if not decided:
            continue
        last = max((each.revision for each in decided), key=attrgetter("number"))
        given_to = delta(None, pack(to_vector(world.definition, last.figures)), width)
        for unit in (report.obligation.unit_id, *above[report.obligation.unit_id]):
            count, tally = found[unit]
            found[unit] = (count + 1, [left + right for left, right in zip(tally, given_to, strict=True)])
    return found


def from_milestone(world: World, instant: datetime, units: list[SnapshotUnit]) -> Totals:
    """However small the world; what kept sums give, never the other ways."""
    width = len(world.definition.cells)
    sums = _from_milestone(world.cycle, units, width, instant, fewer_than=10**9)
    assert sums is not None
    return {unit.unit_id: (int(count), tally.tolist()) for unit, tally, count in zip(units, *sums, strict=True)}


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(shape=TREES, seed=st.integers(0, 2**32 - 1), data=st.data())
def test_what_is_recorded_late_is_in_what_is_read_from_milestones_kept_before(shape: list[int], seed: int, data: st.DataObject) -> None:
    """Every report has a clock of its own, so that what is done later is often of an earlier instant than milestones there are."""
    chance = random.Random(seed)
    with transaction.atomic():
        world = random_world(shape)
        codes = sorted(code for code in world.units if Obligation.objects.filter(unit=world.units[code]).exists())
        minute = {code: chance.randint(0, 60) for code in codes}
        for _ in range(chance.randint(4, 30)):
            code = chance.choice(codes)
            minute[code] += chance.randint(1, 20)
            figures = {cell.key: chance.choice([0, None, "na", 7]) for cell in world.definition.input_cells}
            act(world, code, data.draw(ACTS), figures | {"C201": 10**12, "C202": chance.randint(0, 9)}, minute[code])
            if chance.random() < 0.3:
                keep_milestones(world.cycle, step=chance.randint(1, 3))
        units = all_units(world)
        if Milestone.objects.exists():
            for at in chance.sample(range(max(minute.values()) + 2), 3):
                instant = OPENING + timedelta(minutes=at, seconds=chance.choice([0, 30]))
                assert from_milestone(world, instant, units) == one_by_one(world, instant)
        assert list(faults()) == []
        transaction.set_rollback(True)


def accepted(world: World, code: str, at: datetime, ideas: int) -> None:
    submit(world, code, {**GOOD, "C201": ideas}, at=at)
    report = world.report(code)
    accept_report(report.obligation_id, version=report.version, by=reviewer_of(world, code), at=at)


@pytest.fixture
def looked_back_on(world: World) -> World:
    for day, code in enumerate(("G1", "G2", "G3"), start=1):
        accepted(world, code, later(days=day), 10 * day)
    assert keep_milestones(world.cycle, step=1) == 2
    assert list(Milestone.objects.order_by("instant").values_list("instant", flat=True)) == [later(days=2), later(days=3)]
    return world


def test_an_acceptance_with_an_earlier_instant_is_read_although_a_milestone_lies_after_it(looked_back_on: World) -> None:
    """Negative control: what the milestone holds by itself is not what counted, so trusting its instant would tell a wrong total."""
    world, instant, width = looked_back_on, later(days=3), len(looked_back_on.definition.cells)
    before = from_milestone(world, instant, all_units(world))
    accepted(world, "G4", OPENING + timedelta(hours=3), 500)
    kept, counted = nearest(world.cycle, instant, width), counted_before(world.cycle.pk, 0, 100, instant)
    assert kept is not None
    assert set(counted.revisions.tolist()) - set(kept.counted.revisions.tolist()) == {world.report("G4").accepted_id}
    after = from_milestone(world, instant, all_units(world))
    top = world.units["LDLD"]
    assert (before[top][0], after[top][0]) == (2, 3)
    assert after == one_by_one(world, instant)
    assert list(faults()) == []


def test_nothing_is_kept_twice_and_another_step_only_goes_on(looked_back_on: World) -> None:
    kept = list(Milestone.objects.order_by("pk").values())
    assert keep_milestones(looked_back_on.cycle, step=1) == 0
    assert keep_milestones(looked_back_on.cycle) == 0  # a small cycle needs none
    assert list(Milestone.objects.order_by("pk").values()) == kept
    accepted(looked_back_on, "G4", later(days=4), 40)
    assert keep_milestones(looked_back_on.cycle, step=1) == 1


def test_a_cycle_that_is_large_enough_is_looked_at_when_enough_was_decided(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert step_of(world.cycle) == 0
    monkeypatch.setattr(milestones, "MANY", 5)
    monkeypatch.setattr(milestones, "STEPS", 5)
    monkeypatch.setattr(keeping, "FEW", 2)
    accepted(world, "G1", later(days=1), 10)
    assert keep_due_milestones(Decision.objects.get().pk - 1) == Decision.objects.get().pk - 1
    accepted(world, "G2", later(days=2), 20)
    newest = Decision.objects.order_by("pk").last()
    assert newest
    assert keep_due_milestones(newest.pk - 2) == newest.pk
    assert Milestone.objects.get().instant == later(days=2)


def test_reading_takes_it_where_it_spares_reading_and_says_the_same(looked_back_on: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, units, width = looked_back_on, all_units(looked_back_on), len(looked_back_on.definition.cells)
    instant, labels = later(days=2) + timedelta(hours=1), np.array([unit.depth for unit in units])
    read: Callable[[], object] = lambda: (  # noqa: E731
        subtotals_as_of(world.cycle, units, width, instant),
        [each.tolist() for each in sums_before(world.cycle, labels, 4, width, instant, reports=2)],
    )
    with CaptureQueriesContext(connection) as plain:
        otherwise = read()
    monkeypatch.setattr(milestones, "FEWEST", 0)
    with CaptureQueriesContext(connection) as looked:
        assert read() == otherwise
    assert (len(looked) - len(plain), len([query for query in looked if 'FROM "reports_milestone"' in query["sql"]])) == (4, 4)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"tallies": "less"}, id="a sum"),
        pytest.param({"revisions": stored(np.array([1, 2]))}, id="what was counted"),
        pytest.param({"places": stored(np.array([0]))}, id="where it stands"),
        pytest.param({"cuts": b"nothing"}, id="something that cannot be read"),
    ],
)
def test_a_changed_milestone_is_found_and_counted_again(looked_back_on: World, change: dict[str, bytes | str]) -> None:
    row = Milestone.objects.order_by("instant").first()
    assert row
    values = {name: stored(unstored(row.tallies) - 1) if value == "less" else value for name, value in change.items()}
    Milestone.objects.filter(pk=row.pk).update(**values)
    assert list(faults()) == [f"Tổng cộng sẵn lúc 09:00 03/04/2023 của kỳ 2023-6T (milestone {row.pk}) không khớp các báo cáo đã cộng."]
    assert mend_milestones(looked_back_on.cycle) == 1
    assert list(faults()) == []
    assert not Milestone.objects.exists()  # all were taken away, and so small a cycle needs none
