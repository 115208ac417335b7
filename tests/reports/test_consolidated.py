"""The consolidated report as plain data: what it says now, and what it says of an earlier instant."""

from datetime import datetime

from kheo.core.consolidated import Consolidated, FigureTotal
from kheo.org.queries import snapshot_unit
from kheo.reports.actions import Change, Done, accept_report, revise_report, save_draft, submit_report
from kheo.reports.queries.consolidation import consolidated
from tests.world import World, fill, head_of, later, reviewer_of, submit


def seen(world: World, code: str, *, at: datetime, as_of: datetime | None = None) -> Consolidated:
    unit = snapshot_unit(world.cycle.snapshot_id, code)
    assert unit
    return consolidated(world.cycle, unit, at=at, as_of=as_of)


def accept(world: World, code: str, at: datetime) -> None:
    outcome = accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=at)
    assert isinstance(outcome, Done)


def value(data: Consolidated, code: str) -> int | None:
    total = data.figures[code]
    assert isinstance(total, FigureTotal)
    return total.value


def states(data: Consolidated) -> dict[str, str]:
    """By code; the unit's own direct figures under "own"."""
    return {"own" if line.is_own else line.unit.code: line.state for line in data.children}


def words(data: Consolidated) -> list[tuple[str, str, str]]:
    return [(text.section, text.unit.code, text.text) for text in data.narratives]


def supplement(world: World, code: str, text: str, *, opened: datetime) -> None:
    """Open a supplement, write another B02 and another section I into it."""
    owed, head = world.obligation(code).pk, head_of(world, code)
    assert isinstance(revise_report(owed, reason="Bổ sung", version=world.report(code).version, by=head, at=opened), Done)
    fill(world, code, {"B02": 50}, by=head, at=opened)
    rewrite(world, code, text, at=opened)


def rewrite(world: World, code: str, text: str, *, at: datetime) -> None:
    words = {"I": Change(world.report(code).narrative["I"], text)}
    save_draft(world.obligation(code).pk, cells={}, sections=words, by=head_of(world, code), at=at)


def test_an_accepted_report_of_which_a_supplement_is_written_stays_accepted_whatever_stands_below(world: World) -> None:
    submit(world, "D1")
    accept(world, "D1", later(days=1))
    submit(world, "G1")
    supplement(world, "D1", "Viết lại.", opened=later(days=2))
    above, own = seen(world, "LDLD", at=later(days=3)), seen(world, "D1", at=later(days=3))
    assert states(above) == {"own": "not_started", "D1": "accepted", "D2": "not_started"}
    assert states(own) == {"own": "accepted", "G1": "submitted", "G2": "not_started", "G3": "not_started"}
    assert (value(above, "B02"), above.obligations.accepted) == (5, 1)


def test_an_earlier_instant_knows_nothing_of_what_came_after(world: World) -> None:
    submit(world, "D1")
    accept(world, "D1", later(days=1))
    supplement(world, "D1", "Viết lại.", opened=later(days=2))
    report, head = world.report("D1"), head_of(world, "D1")
    submit_report(world.obligation("D1").pk, version=report.version, by=head, at=later(days=3))
    accept(world, "D1", later(days=4))
    now = seen(world, "LDLD", at=later(days=9))
    assert (value(now, "B02"), states(now)["D1"], words(now)) == (50, "accepted", [("I", "D1", "Viết lại.")])
    then = seen(world, "LDLD", at=later(days=9), as_of=later(days=2))
    assert (value(then, "B02"), states(then)["D1"], words(then)) == (5, "accepted", [("I", "D1", "Đã triển khai tốt.")])
    sent = seen(world, "LDLD", at=later(days=9), as_of=later(days=1))
    assert (value(sent, "B02"), states(sent)["D1"], words(sent)) == (None, "submitted", [])
    before = seen(world, "LDLD", at=later(days=9), as_of=later())
    assert (value(before, "B02"), states(before)["D1"], before.obligations.not_started) == (None, "not_started", 8)
