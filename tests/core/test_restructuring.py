"""Where the past of units goes from one tree to another, and that nothing is lost or counted twice on the way."""

import random
from collections.abc import Callable, Collection
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.restructuring import (
    OUTSIDE,
    Became,
    Landing,
    Landings,
    Passage,
    Structure,
    carried,
    done_moves,
    labels_of,
    land,
    pieces_of,
    shared,
    undone_moves,
)
from kheo.core.tree import Edge, Snapshot, build_snapshot
from kheo.core.unit_kinds import Line

FIRST = date(2025, 7, 1)
LATER = date(2026, 1, 1)


def tree(**parents: int) -> Snapshot:
    """`u3=1`: unit 3 under unit 1; 0 for nobody."""
    return build_snapshot([Edge(int(unit[1:]), parent or None) for unit, parent in parents.items()])


def passage(old: int, new: int, day: date = FIRST, event: int = 1) -> Passage:
    return Passage(day, old, new, event)


def followed(units: Collection[int], passages: list[Passage]) -> dict[int, Became]:
    return carried(units, done_moves(passages))


def traced(units: Collection[int], passages: list[Passage], existed: Callable[[int, date], bool]) -> dict[int, Became]:
    return carried(units, undone_moves(passages, existed))


def told(origin: Snapshot, target: Snapshot, landings: Landings) -> dict[int, tuple[int | None, Landing, tuple[int, ...]]]:
    """By unit: where it lands, how, and its heirs."""
    return {
        unit: (
            None if place == OUTSIDE else target.units[place],
            Landing(kind),
            landings.heirs.get(position, ()),
        )
        for position, (unit, place, kind) in enumerate(zip(origin.units, landings.places.tolist(), landings.kinds.tolist(), strict=True))
    }


OLD = tree(u1=0, u2=1, u3=1, u4=2, u5=2, u6=3)


def test_a_merged_units_figures_go_wholly_to_what_it_became() -> None:
    new = tree(u1=0, u2=1, u3=1, u7=2, u6=3)
    landed = told(OLD, new, land(OLD, new, followed(OLD.units, [passage(4, 7), passage(5, 7)])))
    assert (landed[4], landed[5]) == ((7, Landing.WHOLE, ()), (7, Landing.WHOLE, ()))
    assert landed[6] == (6, Landing.WHOLE, ())


def test_a_divided_units_figures_stand_at_the_lowest_unit_above_all_of_its_heirs() -> None:
    beside, apart = tree(u1=0, u2=1, u3=1, u7=2, u8=2, u5=2, u6=3), tree(u1=0, u2=1, u3=1, u7=2, u8=3, u5=2, u6=3)
    became = followed(OLD.units, [passage(4, 7), passage(4, 8)])
    assert told(OLD, beside, land(OLD, beside, became))[4] == (2, Landing.NOT_DIVISIBLE, (7, 8))
    assert told(OLD, apart, land(OLD, apart, became))[4] == (1, Landing.NOT_DIVISIBLE, (7, 8))


def test_a_unit_that_gave_a_part_away_and_lives_on_cannot_be_divided_either() -> None:
    new = tree(u1=0, u2=1, u3=1, u4=2, u7=2, u5=2, u6=3)
    assert told(OLD, new, land(OLD, new, followed(OLD.units, [passage(4, 4), passage(4, 7)])))[4] == (2, Landing.NOT_DIVISIBLE, (4, 7))


def test_parts_that_come_together_again_are_whole() -> None:
    new = tree(u1=0, u2=1, u3=1, u9=2, u5=2, u6=3)
    passages = [passage(4, 7), passage(4, 8), passage(7, 9, LATER, 2), passage(8, 9, LATER, 2)]
    assert told(OLD, new, land(OLD, new, followed(OLD.units, passages)))[4] == (9, Landing.WHOLE, ())


def test_a_chain_of_events_of_one_day_is_followed_to_its_end() -> None:
    """4 into 5 and 5 into 6 on one day, in either order; read backwards 6 was all three."""
    new = tree(u1=0, u2=1, u3=1, u6=3)
    chain = [passage(4, 5, event=2), passage(5, 6, event=1)]
    landed = told(OLD, new, land(OLD, new, followed(OLD.units, chain)))
    assert (landed[4], landed[5]) == ((6, Landing.WHOLE, ()), (6, Landing.WHOLE, ()))
    back = traced(new.units, chain, lambda unit, day: True)
    assert told(new, OLD, land(new, OLD, back))[6] == (1, Landing.NOT_DIVISIBLE, (4, 5, 6))


def test_the_event_that_divided_a_unit_is_told_not_one_before_it() -> None:
    earlier, later = passage(5, 4, date(2024, 2, 1), event=7), [passage(4, 7, event=9), passage(4, 8, event=9)]
    became = followed(OLD.units, [earlier, *later])
    assert {unit: each.event for unit, each in became.items()} == {4: 9, 5: 9}


def test_what_has_no_heir_stays_where_the_unit_above_landed() -> None:
    new = tree(u1=0, u7=1, u6=1)
    landed = told(OLD, new, land(OLD, new, followed(OLD.units, [passage(2, 7)])))
    assert (landed[2], landed[4], landed[3]) == ((7, Landing.WHOLE, ()), (7, Landing.NO_HEIR, ()), (1, Landing.NO_HEIR, ()))


def test_a_part_that_went_nowhere_keeps_the_rest_from_being_called_whole() -> None:
    new = tree(u1=0, u2=1, u7=2, u5=2)
    became = followed(OLD.units, [passage(4, 7), passage(4, 8)])
    assert told(OLD, new, land(OLD, new, became))[4] == (2, Landing.NOT_DIVISIBLE, (7,))


def test_above_several_roots_a_remainder_stands_outside_and_under_a_single_one_at_it() -> None:
    two, one = tree(u2=0, u7=2, u3=0, u8=3), tree(u9=0, u2=9, u7=2, u3=9, u8=3)
    became = followed(OLD.units, [passage(4, 7), passage(4, 8)])
    assert told(OLD, two, land(OLD, two, became))[4] == (None, Landing.NOT_DIVISIBLE, (7, 8))
    assert told(OLD, two, land(OLD, two, became))[1] == (None, Landing.NO_HEIR, ())
    assert told(OLD, one, land(OLD, one, became))[4] == (9, Landing.NOT_DIVISIBLE, (7, 8))
    assert told(OLD, one, land(OLD, one, became))[1] == (9, Landing.NO_HEIR, ())


def test_read_backwards_a_merged_unit_cannot_be_divided_and_a_part_of_one_is_whole() -> None:
    new = tree(u1=0, u2=1, u3=1, u7=2, u8=3, u9=3)
    passages = [passage(4, 7), passage(5, 7), passage(6, 8), passage(6, 9)]
    landed = told(new, OLD, land(new, OLD, traced(new.units, passages, lambda unit, day: False)))
    assert landed[7] == (2, Landing.NOT_DIVISIBLE, (4, 5))
    assert (landed[8], landed[9]) == ((6, Landing.WHOLE, ()), (6, Landing.WHOLE, ()))


def test_read_backwards_a_unit_that_took_another_in_was_both() -> None:
    new = tree(u1=0, u2=1, u3=1, u4=2, u6=3)
    became = traced(new.units, [passage(5, 4)], lambda unit, day: unit == 4)
    assert told(new, OLD, land(new, OLD, became))[4] == (2, Landing.NOT_DIVISIBLE, (4, 5))


def test_units_that_share_what_cannot_be_divided_add_up_only_together() -> None:
    assert shared([(7, 8), (8, 9), (10, 11), (12,)]) == {7: 7, 8: 7, 9: 7, 10: 10, 11: 10, 12: 12}


def test_a_structure_is_named_by_its_day_and_by_its_line_where_it_is_another() -> None:
    assert Structure(Line.UNION, FIRST).words == "Theo cây tổ chức ngày 01/07/2025"
    assert Structure(Line.PARTY, FIRST).words == "Theo cây tổ chức ngày 01/07/2025, tuyến Đảng"


def random_tree(chance: random.Random, units: list[int]) -> Snapshot:
    edges = []
    for index, unit in enumerate(units):
        is_root = index == 0 or chance.random() < 0.1
        edges.append(Edge(unit, None if is_root else units[chance.randrange(index)]))
    return build_snapshot(edges)


def walk(unit: int, passages: list[Passage], after: date) -> set[int]:
    """Oracle: one unit at a time, one day at a time."""
    later = sorted({each.day for each in passages if each.day > after and each.old == unit})
    if not later:
        return {unit}
    return {end for each in within(unit, [each for each in passages if each.day == later[0]]) for end in walk(each, passages, later[0])}


def within(unit: int, today: list[Passage]) -> set[int]:
    """Where a unit's past is in the evening: along every way through the events of one day, in whatever order they are taken."""
    ways, ends = [(unit,)], set()
    while ways:
        way = ways.pop()
        for each in [each for each in today if each.old == way[-1]]:
            goes_on = each.new != each.old and each.new not in way and any(other.old == each.new for other in today)
            if goes_on:
                ways.append((*way, each.new))
            elif each.new in (way[-1], unit) or not any(other.old == each.new for other in today):
                ends.add(each.new)
    return ends


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1))
def test_every_report_is_counted_exactly_once_whatever_happened(seed: int) -> None:
    chance = random.Random(seed)
    before = list(range(1, chance.randint(2, 14)))
    after = sorted(chance.sample(range(1, 24), chance.randint(1, 16)), key=lambda _: chance.random())
    origin, target = random_tree(chance, before), random_tree(chance, after)
    passages = [
        Passage(FIRST + timedelta(days=chance.randint(0, 3)), chance.randint(1, 23), chance.randint(1, 23), number)
        for number in range(chance.randint(0, 12))
    ]
    became = followed(origin.units, passages)
    day_before = FIRST - timedelta(days=1)
    assert {unit: set(became[unit].ends) if unit in became else {unit} for unit in origin.units} == {
        unit: walk(unit, passages, day_before) for unit in origin.units
    }
    landings = land(origin, target, became)
    figures = {unit: chance.randint(0, 10**12) for unit in origin.units}
    landed = told(origin, target, landings)
    # Whole: at the one unit that all of it became. Everything else stands above every heir, and nowhere lower would do.
    for unit in origin.units:
        ends, (place, how, heirs) = walk(unit, passages, day_before), landed[unit]
        known = ends & set(target.units)
        assert (how is Landing.WHOLE) == (len(ends) == 1 and ends == known)
        assert set(heirs) == (known if how is Landing.NOT_DIVISIBLE else set())
        if place is not None:
            assert all(heir in target.subtree(place) for heir in known)
    # Sums over the lines of any unit: its units below, what stands at itself, and the rest.
    for unit in target.units:
        low, high = target.interval(unit)
        children = target.children(unit)
        bounds = [target.interval(child) for child in children]
        starts, ends_at = (np.array([bound[side] for bound in bounds], np.int64) for side in (0, 1))
        labels = labels_of(landings.places, starts, ends_at)
        labels[landings.places == low] = len(children)
        sums = [0] * (len(children) + 1)
        pieces = pieces_of(labels, np.array(origin.parents), np.array(origin.ends))
        for position, line in zip(pieces.subtrees.tolist(), pieces.subtree_lines.tolist(), strict=True):
            sums[line] += sum(figures[each] for each in origin.subtree(origin.units[position]))
        for position, line in zip(pieces.singles.tolist(), pieces.single_lines.tolist(), strict=True):
            sums[line] += figures[origin.units[position]]
        ranges = [0] * (len(children) + 1)
        for start, end, line in zip(pieces.starts.tolist(), pieces.ends.tolist(), pieces.lines.tolist(), strict=True):
            ranges[line] += sum(figures[each] for each in origin.units[start:end])
        inside = [sum(value for each, value in figures.items() if landed[each][0] in target.subtree(child)) for child in children]
        assert sums == ranges == [*inside, sum(value for each, value in figures.items() if landed[each][0] == unit)]
        assert sum(sums) == sum(value for each, value in figures.items() if landed[each][0] in target.units[low:high])
    roots = [unit for unit, above in zip(target.units, target.parents, strict=True) if above < 0]
    of_roots = sum(value for each, value in figures.items() for root in roots if landed[each][0] in target.subtree(root))
    assert of_roots + sum(value for each, value in figures.items() if landed[each][0] is None) == sum(figures.values())
