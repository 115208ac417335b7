"""What the end of units leaves of a cycle, counted by hand, report by report, against what the pages count at once.

By hand: from each unit's parent in the cycle's tree and from the spans of names alone. The pages go by the copies of these that make
them quick: places of reports, the line above a unit, and what the database counts for itself.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kheo.campaigns.models import Cycle
from kheo.core.days import local_day
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit, UnitName
from kheo.org.queries import heirs_on
from kheo.reports.models import Obligation
from kheo.reports.queries.standing import counts_of, standings
from kheo.reports.queries.waiting import waiting

OWED = ("unit_id", "recipient_id", "filler_id", "closed_at", "report__state", "report__accepted_id")


def ending_faults(cycle: Cycle, names: Mapping[int, str], at: datetime) -> Iterator[str]:
    """Reports that are not wanted any more, and those that wait for an office to decide, where the pages say another number of them."""
    parents = dict(SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id).values_list("unit_id", "parent_id"))
    hand = _by_hand(cycle, parents, local_day(at))
    stood = standings(cycle, 0, len(parents), at)
    place = f"kỳ {cycle.code} (cycle {cycle.pk})"
    units = SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id).order_by("position")
    is_closed = hand.closed.total() or len(stood.closed)
    counted = counts_of(stood, list(units.only("snapshot", "unit", "position", "ends_at"))) if is_closed else {}
    for unit, found in counted.items():
        if (found.closed, found.expected) != (hand.closed[unit], hand.expected[unit]):
            told = f"{found.closed} trong {found.expected}, đếm tay được {hand.closed[unit]} trong {hand.expected[unit]}"
            yield f"Số báo cáo không thu nữa là {told}: {names.get(unit)}, {place}."
    listed: Counter[int] = Counter()
    for each in waiting(hand.near, local_day(at)) if hand.near else ():
        listed[each.decider] += each.reports if each.cycle.pk == cycle.pk else 0
    for office in sorted({*listed, *hand.waiting}):
        if listed[office] != hand.waiting[office]:
            told = f"{listed[office]}, đếm tay được {hand.waiting[office]}"
            yield f"Số báo cáo chờ quyết định vì đơn vị kết thúc là {told}: {names.get(office, office)}, {place}."


@dataclass(frozen=True)
class _Hand:
    """By unit, over what stands under it: reports asked for and closed. By deciding unit: what waits. `near`: who might have to decide."""

    expected: "Counter[int]"
    closed: "Counter[int]"
    waiting: "Counter[int]"
    near: Collection[int]


def _by_hand(cycle: Cycle, parents: Mapping[int, int | None], on: date) -> _Hand:
    gone = _gone(on)
    expected, closed, waits = Counter[int](), Counter[int](), Counter[int]()
    near = set[int]()
    for unit, recipient, filler, closed_at, state, accepted in Obligation.objects.filter(cycle=cycle).values_list(*OWED).iterator():
        for each in _line(unit, parents):
            expected[each] += 1
            closed[each] += closed_at is not None
        answering = filler or unit
        if answering in gone or recipient in gone:
            near.update(each for each in (*_line(recipient, parents), recipient) if each not in gone)
            if closed_at is None and _waits(state, accepted is not None, answering not in gone, recipient not in gone):
                decider = _decider(recipient, parents, gone, on)
                waits[decider] += 1
                near.add(decider)
    return _Hand(expected, closed, waits, near)


def _gone(on: date) -> set[int]:
    """Units that were there once and are not on the day."""
    known, there = set[int](), set[int]()
    ended = UnitName.objects.filter(ends__isnull=False).values("unit")
    for unit, starts, ends in UnitName.objects.filter(unit__in=ended).values_list("unit_id", "starts", "ends"):
        known.add(unit)
        if starts <= on and (ends is None or on < ends):
            there.add(unit)
    return known - there


def _line(unit: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    """The unit and everything above it in the cycle's tree."""
    each: int | None = unit
    while each is not None and each in parents:
        yield each
        each = parents[each]


def _waits(state: str | None, is_counted: bool, answers: bool, is_received: bool) -> bool:
    """Somebody must decide: of what counts already, only about what is on its way to nobody."""
    if not is_counted:
        return not answers or not is_received
    on_its_way = state == State.SUBMITTED or (state in (State.DRAFT, State.RETURNED) and answers)
    return not is_received and on_its_way


def _decider(recipient: int, parents: Mapping[int, int | None], gone: Collection[int], on: date) -> int:
    line = [recipient, *_line(recipient, parents)]
    return next((each for each in line if each not in gone), next(iter(heirs_on(recipient, on)), recipient))
