"""The demo's clock: a pretended instant that runs on, and never goes back behind the journal."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from kheo.config import clock
from kheo.demo.models import DemoClock
from kheo.journal.actions import SYSTEM, record

pytestmark = pytest.mark.django_db
DEMO_DAY = datetime(2023, 11, 9, 1, tzinfo=UTC)
TODAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_clock() -> Iterator[None]:
    clock.reset()
    yield
    clock.reset()


def test_without_a_demo_it_is_the_real_time() -> None:
    with time_machine.travel(TODAY, tick=False):
        assert clock.now() == TODAY


def test_in_a_demo_it_is_the_demos_instant_whatever_the_machine_says() -> None:
    DemoClock.objects.create(starts_at=DEMO_DAY)
    with time_machine.travel(TODAY, tick=False):
        assert timedelta(0) <= clock.now() - DEMO_DAY < timedelta(minutes=1)


def test_the_demos_instant_runs_on() -> None:
    seconds = iter([100.0, 100.0, 160.5])
    demo = clock.DemoTime(DEMO_DAY, lambda: next(seconds))
    assert [demo.now(), demo.now()] == [DEMO_DAY, DEMO_DAY + timedelta(seconds=60.5)]


def test_it_never_goes_back_behind_the_last_act() -> None:
    DemoClock.objects.create(starts_at=DEMO_DAY)
    last = DEMO_DAY + timedelta(hours=3)
    with transaction.atomic():
        record("test", by=SYSTEM, at=last, object_type="test", object_id=1)
    assert timedelta(0) <= clock.now() - last < timedelta(minutes=1)


def test_there_is_one_clock() -> None:
    DemoClock.objects.create(starts_at=DEMO_DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DemoClock.objects.create(id=2, starts_at=DEMO_DAY)


def test_every_request_has_one_instant() -> None:
    with time_machine.travel(TODAY, tick=False):
        seen = []
        middleware = clock.ClockMiddleware(lambda request: seen.append(request.now) or HttpResponse())  # type: ignore[attr-defined, func-returns-value]
        middleware(HttpRequest())
    assert seen == [TODAY]
