"""Leaving a post by hand, beside events that end and reopen units: neither loses the other, whatever comes first."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kheo.core.holding import Leaving
from kheo.core.reorganising import Closed, Resumed, Suspended
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import annul_events, appoint, end_post, load_units, record_events
from kheo.org.models import Post, UnitEvent
from kheo.org.queries import posts_of, units_by_code
from kheo.people.models import User
from tests.world import FIRST_DAY, OPENING, UNITS

pytestmark = pytest.mark.django_db

EARLY, END, LATE, LATER = date(2025, 5, 1), date(2025, 7, 1), date(2025, 9, 1), date(2026, 1, 1)


@pytest.fixture
def unit() -> int:
    assert not load_units(UNITS.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    return units_by_code(FIRST_DAY)["G1"]


@pytest.fixture
def an(unit: int) -> User:
    user = User.objects.create_user("an", "Nguyễn Thị An")
    appoint(user, unit, Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return user


def close(unit: int, on: date = END) -> int:
    done = record_events([Closed(day=on, unit=unit)], by=SYSTEM, at=OPENING)
    assert done.batch, done.problems
    return unit_event(unit)


def unit_event(unit: int) -> int:
    found = UnitEvent.objects.filter(unit=unit).order_by("pk").last()
    assert found
    return found.pk


def annul(event: int, from_day: date | None = None) -> None:
    done = annul_events([event], reason="Ghi nhầm", by=SYSTEM, at=OPENING, from_day=from_day)
    assert done.batch, done.problems


def leave(user: User, on: date) -> bool:
    post = Post.objects.filter(user=user).order_by("pk").first()
    assert post
    return end_post(post, on=on, reason=Leaving.MOVED, note="", by=SYSTEM, at=OPENING)


def holds(user: User, *days: date) -> list[bool]:
    return [bool(posts_of(user.pk, day)) for day in days]


def test_ends_the_post_on_the_day_and_says_so_in_the_journal(unit: int, an: User) -> None:
    assert leave(an, EARLY)
    assert holds(an, EARLY - timedelta(days=1), EARLY, LATER) == [True, False, False]
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.unit_id, entry.detail) == (
        "end_post",
        unit,
        {"user": an.pk, "role": "officer", "on": "2025-05-01", "reason": "moved", "note": ""},
    )


def test_leaving_twice_changes_nothing_and_only_an_earlier_day_moves_it(unit: int, an: User) -> None:
    assert leave(an, LATE)
    assert not leave(an, LATE)
    assert not leave(an, LATER)
    assert leave(an, EARLY)
    assert Post.objects.get().ends_by_hand == EARLY


def test_an_event_that_is_taken_back_does_not_reopen_what_was_left_before_it(unit: int, an: User) -> None:
    event = close(unit)
    leave(an, EARLY)
    annul(event)
    assert holds(an, EARLY, END, LATER) == [False, False, False]


def test_the_same_the_other_way_round(unit: int, an: User) -> None:
    leave(an, EARLY)
    annul(close(unit))
    assert holds(an, EARLY - timedelta(days=1), EARLY, END, LATER) == [True, False, False, False]


def test_leaving_after_the_planned_end_is_not_lost_when_the_event_is_taken_back(unit: int, an: User) -> None:
    event = close(unit)
    assert leave(an, LATE)
    assert holds(an, END) == [False]
    annul(event)
    assert holds(an, END, LATE - timedelta(days=1), LATE, LATER) == [True, True, False, False]


def test_a_leaving_known_first_holds_when_an_earlier_end_of_the_unit_is_taken_back(unit: int, an: User) -> None:
    leave(an, LATE)
    event = close(unit)
    assert holds(an, END) == [False]
    annul(event)
    assert holds(an, END, LATE) == [True, False]


def test_who_leaves_what_was_reopened_has_left_it(unit: int, an: User) -> None:
    annul(close(unit))
    assert leave(an, LATE)
    assert holds(an, EARLY, END, LATE) == [True, True, False]


def test_leaving_in_the_days_between_holds_for_what_a_withdrawn_decision_reopens_later(unit: int, an: User) -> None:
    annul(close(unit), from_day=LATE)
    assert holds(an, EARLY, END, LATE, LATER) == [True, False, True, True]
    assert leave(an, END)
    assert holds(an, EARLY, END, LATE, LATER) == [True, False, False, False]


def test_a_post_given_after_the_end_was_recorded_goes_on_when_that_is_taken_back(unit: int) -> None:
    event = close(unit)
    new = User.objects.create_user("moi", "Người Mới")
    appoint(new, unit, Role.HEAD, on=EARLY, by=SYSTEM, at=OPENING)
    short = User.objects.create_user("tam", "Người Tạm")
    appoint(short, unit, Role.HEAD, on=EARLY, until=LATE, by=SYSTEM, at=OPENING)
    assert holds(new, EARLY, END) == holds(short, EARLY, END) == [True, False]
    annul(event)
    assert holds(new, EARLY, END, LATER) == [True, True, True]
    assert holds(short, EARLY, END, LATE) == [True, True, False]


def test_who_comes_back_holds_a_new_post_and_events_touch_only_that(unit: int, an: User) -> None:
    leave(an, EARLY)
    appoint(an, unit, Role.OFFICER, on=date(2025, 6, 1), by=SYSTEM, at=OPENING)
    event = close(unit)
    annul(event)
    assert holds(an, EARLY, date(2025, 6, 1), END, LATER) == [False, True, True, True]


def test_other_posts_of_the_person_stay(unit: int, an: User) -> None:
    appoint(an, units_by_code(FIRST_DAY)["G3"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    appoint(an, unit, Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    leave(an, EARLY)
    assert [(post.role, post.unit_name) for post in posts_of(an.pk, EARLY)] == [
        ("officer", "Công đoàn cơ sở Ba"),
        ("head", "Công đoàn cơ sở Một"),
    ]


def test_the_database_itself_reopens_nothing_that_was_left(unit: int, an: User) -> None:
    leave(an, EARLY)
    for day in (None, LATE):
        with pytest.raises(IntegrityError, match="a_post_left_stays_left"), transaction.atomic():
            Post.objects.update(ends=day)


def test_a_post_still_to_come_may_be_left_before_it_begins(unit: int) -> None:
    new = User.objects.create_user("moi", "Người Mới")
    appoint(new, unit, Role.HEAD, on=END, by=SYSTEM, at=OPENING)
    assert leave(new, EARLY)
    assert holds(new, EARLY, END, LATER) == [False, False, False]


@dataclass
class Ledger:
    """What should hold, told in the plainest way: somebody holds a post on the days of their terms on which the unit is there."""

    terms: list[list[date | None]] = field(default_factory=list)
    gaps: list[tuple[date, date | None]] = field(default_factory=list)

    def is_there(self, day: date) -> bool:
        return not any(first <= day and (last is None or day < last) for first, last in self.gaps)

    def holds(self, day: date) -> bool:
        return self.is_there(day) and any(starts <= day and (ends is None or day < ends) for starts, ends in self.terms if starts)

    def may_begin(self, day: date) -> bool:
        """No term that would overlap a new one from this day."""
        return self.is_there(day) and all(ends is not None and ends <= day for _, ends in self.terms)

    def leave(self, day: date) -> None:
        for term in self.terms:
            starts, ends = term
            assert starts
            new = max(starts, day)
            term[1] = new if ends is None else min(ends, new)


@pytest.mark.parametrize("seed", range(15, 30))
def test_whatever_is_left_closed_given_and_taken_back_in_any_order(unit: int, seed: int) -> None:
    """Against the ledger, after every step, on every day."""
    chance = random.Random(seed)
    days = [date(2025, month, 1) for month in range(1, 13)]
    user = User.objects.create_user("an", "Nguyễn Thị An")
    ledger, closings = Ledger(), list[tuple[int, date]]()
    done = list[str]()
    for _ in range(14):
        day, act = chance.choice(days), chance.choice(["give", "give", "leave", "close", "annul", "annul later", "suspend"])
        if act == "give" and ledger.may_begin(day):
            appoint(user, unit, Role.OFFICER, on=day, by=SYSTEM, at=OPENING)
            gaps = [first for first, last in ledger.gaps if first > day and last != first]
            ledger.terms.append([day, min(gaps) if gaps and ledger.is_there(days[-1]) else None])
        elif act == "leave" and ledger.terms:
            leave(user, day)
            ledger.leave(day)
        elif act == "close" and record_events([Closed(day=day, unit=unit)], by=SYSTEM, at=OPENING).batch:
            ledger.gaps.append((day, None))
            closings.append((unit_event(unit), day))
        elif act == "suspend":
            record_events([Suspended(day=day, unit=unit), Resumed(day=day + timedelta(days=9), unit=unit)], by=SYSTEM, at=OPENING)
        elif act.startswith("annul") and closings:
            event, closed = closings[-1]
            later = max(day, closed) if act == "annul later" else None
            if annul_events([event], reason="Ghi nhầm", by=SYSTEM, at=OPENING, from_day=later).batch:
                closings.pop()
                ledger.gaps.remove((closed, None))
                ledger.gaps += [(closed, later)] if later else []
        done.append(f"{act} {day}: {ledger}")
        told = [(each, bool(posts_of(user.pk, each))) for each in days]
        assert told == [(each, ledger.holds(each)) for each in days], "\n".join(done)
