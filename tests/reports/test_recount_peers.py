"""How similar units' figures scatter: counted for a cycle, kept as a cache, asked in one query."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.checking import Words
from kheo.core.plausibility import FEWEST
from kheo.core.scatter import unpack_norms
from kheo.reports.actions import recount_due_peers, recount_peers
from kheo.reports.models import PeerNorm
from kheo.reports.queries import peers
from kheo.reports.queries.plausible import norms_for, problems_of_draft
from tests.world import GOOD, OPENING, World, later, submit
from tests.years import NEXT_YEAR, accepted_once, year_after


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three units are enough in the small world; the real number is proved in tests/core."""
    assert FEWEST == 9
    monkeypatch.setattr(peers, "FEWEST", 3)
    monkeypatch.setattr("kheo.reports.queries.plausible.FEWEST", 3)
    monkeypatch.setattr("kheo.core.plausibility.FEWEST", 3)


def kept(world: World) -> dict[tuple[str, str, int], tuple[int, bytes]]:
    rows = PeerNorm.objects.filter(cycle=world.cycle)
    return {(row.kind, row.scope, row.anchor_id): (row.members, bytes(row.norms)) for row in rows}


def test_every_group_is_counted_and_the_cache_is_what_a_recount_gives(world: World) -> None:
    for code, ideas in (("G1", 20), ("G2", 30), ("G3", 40), ("G4", 400)):
        submit(world, code, {**GOOD, "C201": ideas})
    assert recount_peers(world.cycle, at=later(days=1)) > 0
    unions = {key: members for key, (members, _) in kept(world).items() if key[0] == "grassroots_union"}
    d1, d2, top = world.units["D1"], world.units["D2"], world.units["LDLD"]
    assert unions == {
        ("grassroots_union", "recipient", d1): 3,
        ("grassroots_union", "subtree", d1): 3,
        ("grassroots_union", "recipient", d2): 2,
        ("grassroots_union", "subtree", d2): 2,
        ("grassroots_union", "subtree", top): 5,
    }
    place = world.definition.cell("C201").position
    norms = unpack_norms(kept(world)["grassroots_union", "recipient", d1][1])
    assert (int(norms.counts[place]), round(float(norms.medians[place]))) == (3, 30)
    assert recount_peers(world.cycle, at=later(days=2)) == 0
    PeerNorm.objects.filter(anchor=d1).update(members=7)
    PeerNorm.objects.filter(anchor=top).delete()
    assert recount_peers(world.cycle, at=later(days=3)) > 2


def test_cells_of_too_few_units_and_walled_ones_hold_nothing(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        submit(world, code, {**GOOD, "C501": 50, "B02": None if code == "G3" else 5})
    recount_peers(world.cycle, at=later(days=1))
    norms = unpack_norms(kept(world)["grassroots_union", "recipient", world.units["D1"]][1])
    for key in ("C501", "B02"):
        place = world.definition.cell(key).position
        assert (norms.counts[place], norms.middles[place], norms.spreads[place]) == (0, 0, 0), key
    assert norms.counts[world.definition.cell("C201").position] == 3


def test_what_was_accepted_the_year_before_counts_until_the_unit_sends_again(world: World) -> None:
    accepted_once(world, "G1", "G2", "G3", figures={"C201": 100})
    after = year_after(world)
    recount_peers(after.cycle, at=NEXT_YEAR)
    owed, place = after.obligation("G1"), after.definition.cell("C201").position
    norms = norms_for([owed.pk])[owed.pk]
    assert norms
    assert round(float(norms.medians[place])) == 100


def test_where_the_near_group_is_small_the_wider_one_speaks(world: World) -> None:
    for code in ("G1", "G2", "G3", "G4"):
        submit(world, code, {**GOOD, "C201": 40})
    recount_peers(world.cycle, at=later(days=1))
    fifth = world.obligation("G5").pk
    norms = norms_for([fifth])[fifth]  # of D2 only G4 has sent
    assert norms
    assert int(norms.counts[world.definition.cell("C201").position]) == 4


def test_a_draft_far_from_its_peers_is_asked_about_in_a_number_of_queries_that_does_not_grow(world: World) -> None:
    counts = []
    for codes in (("G1", "G2", "G3"), ("D1", "G4")):
        for code in codes:
            submit(world, code, {**GOOD, "C201": 40})
        recount_peers(world.cycle, at=later(days=1))
        with CaptureQueriesContext(connection) as captured:
            problems = problems_of_draft(world.obligation("G5"), {**GOOD, "C201": 900}, Words({"I": "Tốt."}))
        counts.append(len(captured))
        assert [each.message for each in problems] == [
            "C201 Ý kiến tiếp nhận là 900; các đơn vị tương tự thường từ 32 đến 50. Có đúng không?"
        ]
    assert counts[0] == counts[1] <= 4


def test_the_worker_counts_what_is_due_and_rests_between(world: World) -> None:
    assert recount_due_peers(at=OPENING) == 1  # never counted
    assert recount_due_peers(at=later(minutes=20)) == 0  # nothing was sent
    submit(world, "G1", at=later(minutes=5))
    assert recount_due_peers(at=later(minutes=10)) == 0  # a quarter of an hour has not passed
    assert recount_due_peers(at=later(minutes=20)) == 1
    assert recount_due_peers(at=later(minutes=40) + timedelta(days=1)) == 0


def test_counting_takes_as_many_queries_for_many_units_as_for_few(world: World) -> None:
    submit(world, "G1")
    counts = []
    for codes in ((), ("G2", "G3", "D2")):
        for code in codes:
            submit(world, code)
        with CaptureQueriesContext(connection) as captured:
            list(peers.counted_norms(world.cycle))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 4
