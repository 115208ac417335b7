"""Two people at once, on real connections. Each guard's negative control shows the race with the lock taken out."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link
from kheo.reports.actions import Done, Receipt, Refusal, accept_report, locking, recall_report, return_report, submit_report
from kheo.reports.models import Decision, Revision, Rollup
from kheo.reports.queries.verifying import faults
from tests.world import GOOD, World, fill, later, reviewer_of, small_world, submit

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def world() -> World:
    return small_world()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; gives their results in order, re-raising what one raised."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=20)
            results[index] = acts[index]()
        except Exception as error:  # handed to the main thread
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_eight_clicks_on_submit_make_one_revision_and_eight_equal_receipts(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    owed, version, hoa = world.obligation("G1").pk, world.report("G1").version, world.person("hoa")
    receipts = at_once(*[lambda: submit_report(owed, version=version, by=hoa, at=later())] * 8)
    assert all(isinstance(receipt, Receipt) for receipt in receipts), receipts
    assert len(set(receipts)) == 1
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_accept_and_return_at_once_make_one_decision(world: World, attempt: int) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    results = at_once(
        lambda: accept_report(owed, version=version, by=binh, at=later(days=1)),
        lambda: return_report(owed, reason="Sai", version=version, by=binh, at=later(days=1)),
    )
    assert {type(result) for result in results} == {Done, Refusal}
    assert Decision.objects.count() == 1
    assert JournalEntry.objects.filter(act__in=["accept_report", "return_report"]).count() == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_accept_and_recall_at_once_make_one_decision(world: World, attempt: int) -> None:
    submit(world, "G1")
    owed, version, binh, hoa = world.obligation("G1").pk, world.report("G1").version, world.person("binh"), world.person("hoa")
    results = at_once(
        lambda: accept_report(owed, version=version, by=binh, at=later(days=1)),
        lambda: recall_report(owed, reason="Nhầm", version=version, by=hoa, at=later(days=1)),
    )
    assert {type(result) for result in results} == {Done, Refusal}
    assert (Decision.objects.count(), list(faults())) == (1, [])


def test_accepting_all_units_at_once_loses_no_figure_and_keeps_the_chain_whole(world: World) -> None:
    codes = ["G1", "G2", "G3", "G4", "G5", "D1", "D2"]
    for code in codes:
        submit(world, code)
    acts = []
    for code in codes:
        owed, version, who = world.obligation(code).pk, world.report(code).version, reviewer_of(world, code)
        acts.append(lambda owed=owed, version=version, who=who: accept_report(owed, version=version, by=who, at=later(days=1)))
    assert {type(result) for result in at_once(*acts)} == {Done}
    top = Rollup.objects.get(unit=world.units["LDLD"])
    assert (top.reported, top.tally[0]) == (7, 21)
    assert list(faults()) == []
    assert broken_link() is None


def test_without_the_lock_two_decisions_do_happen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: read without locking, and let both readers read before either writes."""
    both_have_read = threading.Barrier(2)

    def unlocked(obligation_id: int) -> locking.Locked:
        owed = locking.Obligation.objects.select_related("cycle").get(pk=obligation_id)
        found = locking.Locked(owed, locking.Report.objects.select_related("latest", "accepted").filter(obligation=owed).first())
        both_have_read.wait(timeout=20)
        return found

    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    monkeypatch.setattr("kheo.reports.actions.reviewing.lock", unlocked)
    results = at_once(*[lambda: accept_report(owed, version=version, by=binh, at=later(days=1))] * 2)
    # The second line of defence, a unique key, is what stops the second decision now: it surfaces as an error, not as a refusal.
    assert [type(result).__name__ for result in results].count("IntegrityError") == 1
