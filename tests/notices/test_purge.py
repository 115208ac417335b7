"""What was told long ago is forgotten at night; what is on its way and what the rounds need is kept."""

from datetime import datetime, timedelta

import pytest
import time_machine

from kheo.config.jobs.purging import forget
from kheo.core.days import ZONE, local_day
from kheo.core.reminders import Line
from kheo.notices.actions import end_round, purging, write_digests
from kheo.notices.actions.purging import Purged, is_behind, purge
from kheo.notices.models import Check, Delivery, Digest, Notice, Preferences, Round
from kheo.notices.queries.rounds import USUAL, open_rounds
from kheo.people.models import User
from tests.web.visits import day

pytestmark = pytest.mark.django_db
KEPT = timedelta(days=400)
NOW = datetime(2023, 11, 13, 2, tzinfo=ZONE)
NOTHING = Purged(0, 0, 0, 0, 0)


def somebody(name: str) -> User:
    user = User.objects.create(username=name, full_name=name)
    Preferences.objects.create(person=user, by_email=True, email="an@example.vn", email_verified_at=NOW, updated_at=NOW)
    return user


def told(user: User, at: datetime, state: str = "sent") -> None:
    """A digest with its notice, its delivery and the round of its day."""
    write_digests({user.pk: [Line("Việc", "home")]}, channels=["email"], at=at)
    Delivery.objects.filter(digest__day=local_day(at)).update(state=state)
    end_round(USUAL, digests=1, at=at)


def counts() -> tuple[int, int, int, int]:
    return Delivery.objects.count(), Notice.objects.count(), Digest.objects.count(), Round.objects.count()


def test_what_is_older_goes_and_what_is_younger_stays_to_the_microsecond() -> None:
    an = somebody("an")
    told(an, NOW - KEPT - timedelta(microseconds=1))
    told(an, NOW - KEPT + timedelta(days=1))
    told(an, NOW - timedelta(days=1))
    assert purge(kept=KEPT, at=NOW) == Purged(1, 1, 1, 1, 0)
    assert counts() == (2, 2, 2, 2)
    assert purge(kept=KEPT, at=NOW) == NOTHING


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_what_is_on_its_way_is_left_with_its_digest(state: str) -> None:
    told(somebody("an"), NOW - KEPT * 2, state)
    purge(kept=KEPT, at=NOW)
    assert (Delivery.objects.count(), Digest.objects.count()) == (1, 1)


def test_the_last_round_stays_however_old_so_that_a_clock_set_back_is_known() -> None:
    last = NOW - KEPT * 2
    end_round(USUAL, digests=0, at=last - timedelta(days=1))
    end_round(USUAL, digests=0, at=last)
    assert purge(kept=KEPT, at=NOW).rounds == 1
    assert Round.objects.get().written_at == last
    assert open_rounds(last - timedelta(hours=1)) == [], "the clock set back is still waited for"


def test_today_s_round_stays_beside_one_of_a_clock_that_was_ahead() -> None:
    morning = NOW.replace(hour=8)
    end_round(USUAL, digests=0, at=morning)
    end_round(USUAL, digests=0, at=morning + timedelta(days=400))
    assert purge(kept=KEPT, at=morning).rounds == 0
    assert open_rounds(morning) == []


def test_an_address_that_nobody_confirmed_is_forgotten_after_a_week() -> None:
    an = somebody("an")
    Check.objects.create(person=an, channel="zalo", address="84912345678", asked_at=NOW - timedelta(days=8))
    Check.objects.create(person=an, channel="email", address="moi@example.vn", asked_at=NOW - timedelta(days=6))
    assert purge(kept=KEPT, at=NOW).checks == 1
    assert Check.objects.get().channel == "email"


def test_a_batch_is_bounded_and_says_that_more_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 2)
    for number in range(3):
        told(somebody(f"u{number}"), NOW - KEPT - timedelta(days=number + 1))
    first = purge(kept=KEPT, at=NOW)
    assert (first.deliveries, first.notices, first.is_all) == (2, 2, False)
    assert purge(kept=KEPT, at=NOW).is_all
    assert counts() == (0, 0, 0, 1)


@pytest.mark.parametrize(("hour", "left"), [(0, 2), (1, 0), (3, 0), (4, 2), (12, 2)])
def test_the_job_works_by_night_and_to_the_end(hour: int, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 1)
    told(somebody("an"), NOW - KEPT - timedelta(hours=13))
    told(somebody("hoa"), NOW - KEPT - timedelta(hours=12))
    with day(NOW.replace(hour=hour)):
        forget(lambda: False)
    assert Notice.objects.count() == left


def test_where_the_server_is_off_at_night_what_the_nights_would_have_taken_goes_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """On at 7, off at 17, day after day: nothing is ever more than a day older than what is kept."""
    monkeypatch.setattr(purging, "BATCH", 2)
    users = [somebody(f"u{number}") for number in range(5)]
    for number, user in zip(reversed(range(5)), users, strict=True):
        told(user, NOW - KEPT - timedelta(days=number) + timedelta(hours=10))
    for days, left in ((0, 1), (1, 1), (2, 0)):
        with time_machine.travel(NOW.replace(hour=7) + timedelta(days=days), tick=False):
            forget(lambda: False)
        assert Notice.objects.count() == left, f"day {days}"
    assert (Delivery.objects.count(), Digest.objects.count()) == (0, 0)


@pytest.mark.parametrize(("missed", "is_behind_now"), [(timedelta(days=1), False), (timedelta(days=1, microseconds=1), True)])
def test_it_is_behind_once_something_is_a_day_too_old(missed: timedelta, is_behind_now: bool) -> None:
    assert not is_behind(kept=KEPT + timedelta(days=1), at=NOW), "nothing was told at all"
    told(somebody("an"), NOW - KEPT - missed)
    assert is_behind(kept=KEPT + timedelta(days=1), at=NOW) is is_behind_now


def test_what_is_on_its_way_does_not_keep_the_job_busy_all_day() -> None:
    told(somebody("an"), NOW - KEPT * 2, "queued")
    Notice.objects.all().delete()
    Digest.objects.update(written_at=NOW)
    assert not is_behind(kept=KEPT, at=NOW)


def test_the_job_ends_between_batches_when_the_worker_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 1)
    for number in range(3):
        told(somebody(f"u{number}"), NOW - KEPT * 2 + timedelta(days=number))
    with day(NOW):
        forget(lambda: True)
    assert Notice.objects.count() == 2
