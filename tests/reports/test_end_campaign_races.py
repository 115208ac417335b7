"""The end of a campaign against a submission and against the opening of a cycle, on two connections."""

from collections.abc import Callable
from typing import Any

import pytest

from kheo.core.workflow import State
from kheo.journal.queries import broken_link
from kheo.reports.actions import (
    Done,
    Ended,
    OpenResult,
    Receipt,
    closing_after,
    ending_campaigns,
    return_report,
    submit_report,
    take_back_ending,
)
from kheo.reports.queries.verifying import faults
from tests.reports.replaced import AFTER, end, opens, replaced
from tests.reports.waiting import while_open
from tests.world import GOOD, World, fill, small_world, submit

pytestmark = pytest.mark.django_db(transaction=True)


def signing(world: World) -> Callable[[], Any]:
    """Hoa sends G1's full draft."""
    fill(world, "G1", GOOD, by=world.person("an"))
    owed, version, hoa = world.obligation("G1").pk, world.report("G1").version, world.person("hoa", AFTER)
    return lambda: submit_report(owed, version=version, by=hoa, at=AFTER)


def test_what_is_sent_while_the_campaign_ends_is_not_closed() -> None:
    world = small_world("2024-6T")
    sends, link = signing(world), replaced(world)
    sent, ended = while_open(sends, lambda: end(world, link))
    assert isinstance(sent, Receipt), sent
    assert isinstance(ended, Ended), ended
    assert ended.reports == 7
    assert world.obligation("G1").state_of(world.report("G1")) is State.SUBMITTED
    assert list(faults(AFTER)) == []
    assert broken_link() is None


def test_without_the_lock_a_report_that_was_just_sent_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the change waits as well, but what it knows of the reports is older than the submission."""
    world = small_world("2024-6T")
    sends, link = signing(world), replaced(world)
    monkeypatch.setattr(ending_campaigns, "LOCK", "SELECT cardinality(%(cycles)s::bigint[])")
    sent, ended = while_open(sends, lambda: end(world, link))
    assert (type(sent), ended.reports) == (Receipt, 8)
    assert world.obligation("G1").closed_at is not None


def test_a_cycle_that_is_being_opened_is_closed_with_the_others() -> None:
    world = small_world("2024-6T")
    link = replaced(world)
    opened, ended = while_open(lambda: opens("2024-N"), lambda: end(world, link))
    assert isinstance(opened, OpenResult)
    assert isinstance(ended, Ended), ended
    assert ended.reports == 16


def test_a_cycle_is_not_opened_behind_the_back_of_an_ending() -> None:
    world = small_world("2024-6T")
    link = replaced(world)
    ended, opened = while_open(lambda: end(world, link), lambda: opens("2024-N"))
    assert isinstance(ended, Ended), ended
    assert isinstance(opened, OpenResult), opened
    assert opened.cycle is None
    assert list(faults(AFTER)) == []


def returning(world: World) -> Callable[[], Any]:
    """Bình sends G1's report back."""
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh", AFTER)
    return lambda: return_report(owed, reason="Thiếu.", version=version, by=binh, at=AFTER)


def test_what_is_returned_while_the_campaign_ends_is_closed_with_the_others() -> None:
    world = small_world("2024-6T")
    returns, link = returning(world), replaced(world)
    back, ended = while_open(returns, lambda: end(world, link))
    assert (type(back), ended.reports) == (Done, 8)
    assert list(faults(AFTER)) == []


def test_what_is_returned_just_after_the_campaign_ended_is_closed_by_itself() -> None:
    world = small_world("2024-6T")
    returns, link = returning(world), replaced(world)
    ended, back = while_open(lambda: end(world, link), returns)
    assert (ended.reports, type(back), world.obligation("G1").closed_at) == (7, Done, AFTER)


def test_what_is_returned_while_the_ending_is_taken_back_is_not_left_closed() -> None:
    world = small_world("2024-6T")
    returns, ending, lan = returning(world), end(world, replaced(world)).ending, world.person("lan")
    back, taken = while_open(returns, lambda: take_back_ending(ending.pk, reason="Nhầm.", by=lan, at=AFTER))
    assert (type(back), taken.reports, world.obligation("G1").closed_at) == (Done, 8, None)
    assert list(faults(AFTER)) == []


def test_without_the_share_in_the_ending_a_report_is_left_closed_by_what_was_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control of the lock that a return takes of the ending's row."""
    monkeypatch.setattr(closing_after, "HOLDING", closing_after.HOLDING.replace("FOR SHARE", ""))
    world = small_world("2024-6T")
    returns, ending, lan = returning(world), end(world, replaced(world)).ending, world.person("lan")
    taken, back = while_open(lambda: take_back_ending(ending.pk, reason="Nhầm.", by=lan, at=AFTER), returns)
    assert (taken.reports, type(back), world.obligation("G1").closed_at) == (7, Done, AFTER)
