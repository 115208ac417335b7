"""On time by the server's clock: to the microsecond, on days off and leap days, and when the clock is set back or forward."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kheo.config import clock
from kheo.core.days import due_instant, is_on_time
from kheo.core.definition.planning import plan_dues
from kheo.journal.queries import broken_link, history_of
from kheo.reports.actions import Receipt, accept_report, return_report, submit_report
from kheo.reports.queries.history import OBJECT
from kheo.reports.queries.verifying import faults
from tests.core.definition.campaigns import five_no
from tests.core.definition.test_calendars import vietnam
from tests.web.visits import text_of
from tests.world import GOOD, World, fill, head_of, later, reviewer_of, submit

DUE = due_instant(date(2023, 5, 8))
TICK, SECOND = timedelta(microseconds=1), timedelta(seconds=1)
# Days on which people get due dates wrong: before a Saturday that moves, around Tết, leap days, ends of months and years.
DAYS = (
    date(2023, 11, 18), date(2023, 11, 20), date(2024, 2, 7), date(2024, 2, 15), date(2026, 2, 13), date(2026, 2, 23),
    date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2023, 2, 28), date(2023, 12, 31), date(2024, 12, 31),
)  # fmt: skip


def cases() -> Iterator[tuple[date, datetime]]:
    """Instants around the end of each day, in the time zones of many machines: near ones to the microsecond and anywhere in three days."""
    chance = random.Random(7)  # not for secrets
    for day in DAYS:
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1) - timedelta(hours=7)
        near = [midnight + step for step in (-SECOND, -TICK, timedelta(0), TICK, SECOND)]
        far = [midnight + timedelta(microseconds=chance.randrange(-2 * 86_400_000_000, 86_400_000_000)) for _ in range(20)]
        for instant in near + far:
            yield day, instant.astimezone(timezone(timedelta(minutes=chance.randrange(-12 * 4, 14 * 4) * 15)))


def is_on_time_by_hand(day: date, instant: datetime) -> bool:
    """Oracle: seven hours added to the clock of Greenwich, and the days compared as texts."""
    shifted = datetime.fromtimestamp(instant.timestamp(), UTC) + timedelta(hours=7)
    exact = shifted.replace(microsecond=instant.microsecond)
    return f"{exact:%Y%m%d}" <= f"{day:%Y%m%d}"


def test_three_hundred_instants_are_judged_as_by_hand() -> None:
    judged = [(is_on_time(instant, due_instant(day)), is_on_time_by_hand(day, instant)) for day, instant in cases()]
    assert len(judged) == 300
    assert all(one == other for one, other in judged)
    assert 100 < sum(one for one, _ in judged) < 250, "both answers are met"


@pytest.mark.parametrize(("step", "on_time"), [(-SECOND, True), (-TICK, True), (timedelta(0), False), (TICK, False), (SECOND, False)])
def test_the_receipt_and_the_journal_tell_the_same_to_the_microsecond(world: World, step: timedelta, on_time: bool) -> None:
    receipt = submit(world, "G1", at=DUE + step)
    assert (receipt.received_at, receipt.on_time) == (DUE + step, on_time)
    assert world.report("G1").received_at == DUE + step
    assert history_of(OBJECT, world.obligation("G1").pk)[-1].detail["on_time"] is on_time


@pytest.mark.parametrize(
    ("code", "tier", "last"),
    [
        ("2023-N", "federation", date(2023, 11, 20)),  # Saturday 18 November
        ("2026-N", "reporting_units", date(2026, 11, 16)),  # Sunday 15 November
        ("2026-N", "grassroots", date(2026, 11, 12)),  # two working days before it
    ],
)
def test_a_moved_due_date_ends_at_midnight_of_the_day_it_moved_to(code: str, tier: str, last: date) -> None:
    cycle = five_no().cycle(code)
    assert cycle is not None
    due = due_instant({each.tier: each.day for each in plan_dues(five_no().regime, cycle, vietnam().working)}[tier])
    assert due == datetime(last.year, last.month, last.day, 17, tzinfo=UTC)
    assert (is_on_time(due - TICK, due), is_on_time(due, due)) == (True, False)


def test_a_clock_set_back_takes_no_report_back_before_its_last_act(world: World) -> None:
    """The draft was saved ten minutes after midnight; then the clock is set back an hour and the head signs: late all the same."""
    saved_at = DUE + timedelta(minutes=10)
    report = fill(world, "G1", GOOD, by=world.person("an"), at=saved_at)
    receipt = submit_report(world.obligation("G1").pk, version=report.version, by=head_of(world, "G1"), at=DUE - timedelta(minutes=50))
    assert isinstance(receipt, Receipt)
    assert (receipt.received_at, receipt.on_time) == (saved_at, False)
    version = world.report("G1").version
    return_report(world.obligation("G1").pk, reason="Xem.", version=version, by=reviewer_of(world, "G1"), at=DUE - timedelta(hours=2))
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=saved_at + timedelta(minutes=1))
    submit(world, "G1", {**GOOD, "B02": 6}, at=DUE - timedelta(hours=3))
    version = world.report("G1").version
    accept_report(world.obligation("G1").pk, version=version, by=reviewer_of(world, "G1"), at=DUE - timedelta(hours=9))
    told = history_of(OBJECT, world.obligation("G1").pk)
    acts = [entry.at for entry in told]
    assert acts == sorted(acts)
    assert [entry.number for entry in told] == sorted(entry.number for entry in told)
    assert (broken_link(), list(faults())) == (None, [])


def test_a_clock_that_runs_on_is_believed(world: World) -> None:
    """Control: nothing is held back where the clock goes forward."""
    report = fill(world, "G1", GOOD, by=world.person("an"), at=DUE - SECOND)
    receipt = submit_report(world.obligation("G1").pk, version=report.version, by=head_of(world, "G1"), at=DUE - TICK)
    assert isinstance(receipt, Receipt)
    assert (receipt.received_at, receipt.on_time) == (DUE - TICK, True)


@pytest.mark.parametrize(
    ("seconds", "word"), [(-1.0, "Đúng hạn"), (0.0, "Nộp trễ"), (3600.0, "Nộp trễ")], ids=["before", "at", "an hour forward"]
)
def test_the_whole_program_takes_one_instant_of_its_own_clock(world: World, seconds: float, word: str) -> None:
    """The page was opened before the due date and says so; what counts is the server's clock when the signature arrives."""
    fill(world, "G1", GOOD, by=world.person("an"), at=later(days=1))
    clock.reset()
    client = Client()
    address = reverse("submit_report", args=[world.obligation("G1").pk])
    with time_machine.travel(DUE - timedelta(minutes=1), tick=False):
        client.force_login(world.users["hoa"])
        assert "là đúng hạn" in text_of(client.get(address).content)
    with time_machine.travel(DUE + timedelta(seconds=seconds), tick=False):
        answer = client.post(address, {"version": world.report("G1").version}, follow=True)
    assert f"{word} Giờ của máy chủ, hạn lúc ấy là hết ngày 08/05/2023." in text_of(answer.content)
    assert world.report("G1").received_at == DUE + timedelta(seconds=seconds)
