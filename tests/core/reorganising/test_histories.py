"""Random histories: whatever happens, every day is a forest with one value a slot, the past stays, taking back restores."""

import random
from datetime import timedelta
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kheo.core.reorganising import (
    Event,
    Fact,
    Split,
    successions_of,
)
from kheo.core.tree import Edge, build_snapshot
from tests.core.reorganising.acts import some_event
from tests.core.reorganising.ledger import Ledger, Picture, day, town

HORIZON = 12
DAYS = [day(number) for number in range(-1, HORIZON + 2)]


def act(chance: random.Random, ledger: Ledger) -> tuple[int, bool]:
    """Something happens on a day, or on two; the first day, and whether it was accepted."""
    first = chance.randint(0, HORIZON)
    units = range(1, ledger.units + 1)

    def below(unit: int) -> list[int]:
        return [child for child in units if ledger.parent(child, day(first)) == unit]

    events = some_event(chance, units, below, day(first), -1)
    if chance.random() < 0.3:
        events += some_event(chance, units, below, day(min(first + chance.randint(0, 2), HORIZON)), -2)
    return first, ledger.record(*events).problems == ()


def assert_is_a_forest(picture: Picture) -> None:
    """Parents are there, nothing is its own ancestor, one unit a code, everything that has facts has a name."""
    living = {slot.unit for slot in picture if slot.fact is Fact.NAME}
    places = [(slot.unit, value) for slot, value in picture.items() if slot.fact is Fact.PLACE]
    edges = [Edge(unit, value) for unit, value in places if value is None or isinstance(value, int)]
    assert set(build_snapshot(edges).units) == living
    assert {slot.unit for slot in picture} <= living
    codes = [value for slot, value in picture.items() if slot.fact is Fact.CODE]
    assert len(codes) == len(set(codes))


def assert_shares_are_whole(events: tuple[Event, ...]) -> None:
    for event in events:
        by_unit: dict[int, list[Fraction | None]] = {}
        for each in successions_of(event):
            by_unit.setdefault(each.predecessor, []).append(each.share)
        for shares in by_unit.values():
            assert None in shares or sum(share for share in shares if share is not None) == 1


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=60)
@given(seeds)
def test_every_day_of_every_history_makes_sense_and_the_past_stays(seed: int) -> None:
    chance = random.Random(seed)
    ledger = town()
    ledger.appoint(4, "7:officer", day(1))
    for _ in range(12):
        before = ledger.pictures(DAYS)
        first, accepted = act(chance, ledger)
        after = ledger.pictures(DAYS)
        unchanged = [number for number, each in enumerate(DAYS) if not accepted or each < day(first)]
        assert [after[number] for number in unchanged] == [before[number] for number in unchanged]
        for picture in after:
            assert_is_a_forest(picture)


@settings(max_examples=60)
@given(seeds)
def test_taking_back_restores_every_day_exactly(seed: int) -> None:
    """Acts are taken back one by one, newest first: each step gives back the history as it was before that act."""
    chance = random.Random(seed)
    ledger = town()
    ledger.appoint(4, "7:officer", day(1))
    ledger.appoint(5, "8:head", day(2), until=day(8))
    states = []
    for _ in range(10):
        before, known = ledger.pictures(DAYS), len(ledger.done)
        if act(chance, ledger)[1]:
            states.append((before, range(known + 1, len(ledger.done) + 1)))
    rows = set(ledger.spans)
    for before, events in reversed(states):
        assert ledger.annul(events).problems == ()
        assert ledger.pictures(DAYS) == before
        assert rows <= set(ledger.spans)


# An act is taken back while a later one, taken back from a later day, held in between: the two would overlap.
@example(58)
@example(934)
@settings(max_examples=60)
@given(seeds)
def test_taking_any_act_back_from_any_day_leaves_sense_and_the_days_before(seed: int) -> None:
    chance = random.Random(seed)
    ledger = town()
    for _ in range(8):
        known = len(ledger.done)
        act(chance, ledger)
        standing = [event for event in ledger.done if event not in ledger.annulled and event > 6]
        if not standing or chance.random() < 0.5:
            continue
        chosen = chance.choice(standing)
        from_day = ledger.done[chosen].day + timedelta(days=chance.randint(0, 3))
        before = ledger.pictures(DAYS)
        plan = ledger.annul([chosen], from_day)
        after = ledger.pictures(DAYS)
        kept = [number for number, each in enumerate(DAYS) if plan.problems or each < from_day]
        assert [after[number] for number in kept] == [before[number] for number in kept]
        for picture in after:
            assert_is_a_forest(picture)
        assert len(ledger.done) >= known


def test_random_histories_are_mostly_real_ones() -> None:
    """Control: the generator is not refused all the time, and every kind of act comes through."""
    chance = random.Random(7)
    done: set[str] = set()
    accepted = 0
    for _ in range(60):
        ledger = town()
        accepted += sum(act(chance, ledger)[1] for _ in range(10))
        done |= {each.told for each in ledger.done.values()}
    assert accepted > 150
    assert done == {
        *("Established", "Renamed", "CodeChanged", "KindChanged", "Transferred", "Merged", "Absorbed", "Split"),
        *("Suspended", "Resumed", "Closed"),
    }


@settings(max_examples=100)
@given(seeds)
def test_shares_of_what_is_accepted_add_to_one(seed: int) -> None:
    chance = random.Random(seed)
    ledger = town()
    parts = [Fraction(chance.randint(-1, 3), 3) for _ in range(2)]
    split = Split(day=day(3), unit=4, successors=((5, parts[0]), (6, parts[1])))
    plan = ledger.record(split)
    assert (plan.problems == ()) == (sum(parts) == 1 and min(parts) > 0)
    if not plan.problems:
        assert_shares_are_whole(plan.events)
