"""A decision about the report of a unit that ended against its submission, on two connections."""

import threading
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from kheo.core.reorganising import Split
from kheo.core.workflow import Act, Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.journal.queries import broken_link
from kheo.org.access import person
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.reports.actions import Done, Receipt, Refusal, close_report, hand_over, locking, submit_report
from kheo.reports.models import Obligation, Report, Revision
from kheo.reports.queries.verifying import faults
from tests.reports.test_races import at_once
from tests.world import FIRST_DAY, GOOD, OPENING, World, fill, later, small_world

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = later(days=20)


Acts = tuple[World, Callable[[], Any], Callable[[], Any], Callable[[], Any]]


def handed_to_one_of_two() -> Acts:
    """G1 is divided between G2 and G3, its full draft handed to G2: G2's head signs, while the office closes it, or hands it to G3."""
    world = small_world()
    fill(world, "G1", GOOD, by=world.person("an"))
    halves = tuple((world.units[code], Fraction(1, 2)) for code in ("G2", "G3"))
    divided = Split(unit=world.units["G1"], day=date(2023, 4, 10), successors=halves)
    assert not record_events([divided], by=SYSTEM, at=OPENING).problems
    user = User.objects.create_user("h2", "Thủ trưởng Hai")
    appoint(user, world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    owed, binh, head = world.obligation("G1").pk, world.person("binh", AFTER), person(user, AFTER)

    def hands_to(code: str) -> Any:
        return hand_over(owed, to=world.units[code], reason="Chia tách.", by=binh, at=AFTER)

    assert isinstance(hands_to("G2"), Done)
    version = world.report("G1").version
    return (
        world,
        lambda: submit_report(owed, version=version, by=head, at=AFTER),
        lambda: close_report(owed, reason="Thôi.", by=binh, at=AFTER),
        lambda: hands_to("G3"),
    )


def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both acts read without the lock, and both have read before either writes."""
    both_have_read = threading.Barrier(2)

    def without_lock(obligation_id: int) -> locking.Locked:
        owed = Obligation.objects.select_related("cycle").get(pk=obligation_id)
        found = locking.Locked(owed, Report.objects.select_related("latest", "accepted").filter(obligation=owed).first())
        both_have_read.wait(timeout=20)
        return found

    monkeypatch.setattr("kheo.reports.actions.writing.lock", without_lock)
    monkeypatch.setattr("kheo.reports.actions.transitioning.lock", without_lock)


def happened(act: Act) -> tuple[int, list[str]]:
    """How many revisions there are, and in what order the submission and the last decision stand in the journal."""
    told = JournalEntry.objects.filter(act__in=["submit_report", act]).order_by("number").values_list("act", flat=True)
    return Revision.objects.count(), list(told)


@pytest.mark.parametrize("attempt", range(4))
def test_closing_and_sending_at_once_leave_one_of_the_two(attempt: int) -> None:
    _, submits, closes, _ = handed_to_one_of_two()
    results = at_once(submits, closes)
    assert {type(each) for each in results} in ({Receipt, Refusal}, {Refusal, Done})
    assert happened(Act.CLOSE) in ((0, ["close"]), (1, ["submit_report"]))
    assert (Obligation.objects.filter(closed_at__isnull=False).count(), Revision.objects.count()) in ((1, 0), (0, 1))
    assert list(faults()) == []
    assert broken_link() is None


def test_without_the_lock_a_closed_report_is_sent_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control."""
    _, submits, closes, _ = handed_to_one_of_two()
    unlocked(monkeypatch)
    results = at_once(submits, closes)
    assert [type(each) for each in results] == [Receipt, Done]
    assert (Obligation.objects.filter(closed_at__isnull=False).count(), Revision.objects.count()) == (1, 1)


@pytest.mark.parametrize("attempt", range(4))
def test_a_hand_over_and_a_submission_at_once_leave_the_signature_to_whoever_had_the_report(attempt: int) -> None:
    """Signed before it was handed on: G2's submission, which G3 may have to mend. After: refused, and nothing was sent."""
    world, submits, _, hands_on = handed_to_one_of_two()
    sent, handed = at_once(submits, hands_on)
    assert isinstance(handed, Done), handed
    revisions, told = happened(Act.HAND_OVER)
    assert (type(sent), revisions, told) in (
        (Receipt, 1, ["hand_over", "submit_report", "hand_over"]),
        (Refusal, 0, ["hand_over", "hand_over"]),
    )
    assert world.obligation("G1").filler_id == world.units["G3"]
    assert list(faults()) == []
    assert broken_link() is None


def test_without_the_lock_somebody_signs_after_the_report_was_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the submission waits until the hand-over is there for everybody, and is received all the same."""
    world, submits, _, hands_on = handed_to_one_of_two()
    is_handed_on = threading.Event()
    owed = Obligation.objects.select_related("cycle").get(unit=world.units["G1"])

    def read_long_before(obligation_id: int) -> locking.Locked:
        found = locking.Locked(owed, Report.objects.select_related("latest", "accepted").get(obligation=obligation_id))
        assert is_handed_on.wait(timeout=20)
        return found

    def hands_on_first() -> Any:
        done = hands_on()
        is_handed_on.set()
        return done

    monkeypatch.setattr("kheo.reports.actions.writing.lock", read_long_before)
    assert [type(each) for each in at_once(submits, hands_on_first)] == [Receipt, Done]
    assert happened(Act.HAND_OVER) == (1, ["hand_over", "hand_over", "submit_report"])
