"""In time, in time after an extension, late, overdue, or still open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.days import due_instant
from kheo.core.timeliness import TIMELINESS_NAMES, Timeliness, timeliness

FIRST, MOVED = due_instant(date(2023, 11, 13)), due_instant(date(2023, 11, 15))
TICK, SECOND = timedelta(microseconds=1), timedelta(seconds=1)
INSTANTS = st.datetimes(datetime(2023, 11, 1), datetime(2023, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone


@pytest.mark.parametrize("step", [TICK, SECOND])
def test_the_due_instant_itself_is_late(step: timedelta) -> None:
    found = [timeliness(FIRST + offset, FIRST, None, MOVED) for offset in (-step, timedelta(0), step)]
    assert found == [Timeliness.ON_TIME, Timeliness.LATE, Timeliness.LATE]


@pytest.mark.parametrize("step", [TICK, SECOND])
def test_what_an_extension_made_timely_is_told_apart(step: timedelta) -> None:
    instants = (FIRST - step, FIRST, MOVED - step, MOVED, MOVED + step)
    assert [timeliness(each, MOVED, FIRST, MOVED) for each in instants] == [
        Timeliness.ON_TIME, Timeliness.EXTENDED, Timeliness.EXTENDED, Timeliness.LATE, Timeliness.LATE,
    ]  # fmt: skip


@pytest.mark.parametrize("step", [TICK, SECOND])
def test_nothing_received_is_overdue_from_the_due_instant_on(step: timedelta) -> None:
    found = [timeliness(None, MOVED, FIRST, MOVED + offset) for offset in (-step, timedelta(0), step)]
    assert found == [Timeliness.OPEN, Timeliness.OVERDUE, Timeliness.OVERDUE]


@given(received=INSTANTS, first=INSTANTS, more=st.timedeltas(timedelta(0), timedelta(days=9)), now=INSTANTS)
def test_an_extension_never_makes_anybody_worse_or_punctual(received: datetime, first: datetime, more: timedelta, now: datetime) -> None:
    """Oracle: the plain comparison of instants."""
    before, after = timeliness(received, first, None, now), timeliness(received, first + more, first, now)
    assert (before == Timeliness.ON_TIME) == (after == Timeliness.ON_TIME)
    assert (after == Timeliness.LATE) == (received >= first + more)
    assert after in (before, Timeliness.EXTENDED)


def test_everything_has_its_word() -> None:
    assert set(TIMELINESS_NAMES) == set(Timeliness)
