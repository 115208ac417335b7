"""Taking events back: what was is again, nothing is deleted, nothing before the day moves."""

from datetime import date

import pytest

from kheo.core.reorganising import Absorbed, Closed, CodeChanged, Fact, Merged, Renamed, Slot, Span, Suspended
from kheo.core.reorganising.annulling import _Undoing
from tests.core.reorganising.ledger import Ledger, begin, day, move, town

DAYS = [day(number) for number in (0, 4, 5, 6, 9, 10, 11, 19, 20, 21, 400)]


def told(ledger: Ledger, *events: int, from_day: date | None = None) -> list[str]:
    return [problem.message for problem in ledger.annul(events, from_day).problems]


def test_from_its_own_day_it_is_as_if_it_had_never_been() -> None:
    ledger = town()
    ledger.appoint(4, "7:officer", day(1), until=day(15))
    before = ledger.pictures(DAYS)
    ledger.record(begin(-1, "N", 2, on=day(10)), Merged(day=day(10), unit=-1, predecessors=(4, 5)), Renamed(day=day(10), unit=6, name="X"))
    rows = set(ledger.spans)
    assert ledger.pictures(DAYS) != before
    assert told(ledger, 7, 8, 9) == []
    assert ledger.pictures(DAYS) == before
    assert rows < set(ledger.spans)  # nothing went, what was ended goes on in rows of its own


def test_from_a_later_day_what_was_in_force_in_between_stays() -> None:
    ledger = town()
    ledger.record(Renamed(day=day(10), unit=4, name="Tên mới"))
    assert told(ledger, 7, from_day=day(20)) == []
    assert [ledger.name(4, day(number)) for number in (9, 10, 19, 20, 400)] == [
        "Công đoàn G4",
        "Tên mới",
        "Tên mới",
        "Công đoàn G4",
        "Công đoàn G4",
    ]


def test_a_day_before_the_event_is_its_own_day() -> None:
    ledger = town()
    before = ledger.pictures(DAYS)
    ledger.record(Renamed(day=day(10), unit=4, name="Tên mới"))
    assert told(ledger, 7, from_day=day(2)) == []
    assert ledger.pictures(DAYS) == before


def test_refuses_an_event_that_a_later_one_builds_on_and_names_it() -> None:
    ledger = town()
    ledger.record(Renamed(day=day(10), unit=4, name="Một"))
    ledger.record(Renamed(day=day(20), unit=4, name="Hai"))
    assert told(ledger, 7) == ["Không huỷ được “Renamed”: sự kiện sau dựa vào nó, hãy huỷ trước: “Renamed”."]
    assert told(ledger, 8) == []
    assert told(ledger, 7) == []  # through the row that the first annulment opened
    assert ledger.name(4, day(400)) == "Công đoàn G4"


def test_events_of_several_days_are_taken_back_together() -> None:
    ledger = town()
    before = ledger.pictures(DAYS)
    ledger.record(Renamed(day=day(5), unit=4, name="Một"), Renamed(day=day(10), unit=4, name="Hai"), Closed(day=day(20), unit=4))
    assert told(ledger, 7, 8, 9) == []
    assert ledger.pictures(DAYS) == before
    alive = [span for _, span in ledger.spans.values() if span.value == "Một" and span.starts != span.ends]
    assert alive == []  # nothing was opened again only to be ended in the same act


def test_refuses_to_bring_back_a_unit_whose_parent_is_gone() -> None:
    ledger = town()
    ledger.record(Closed(day=day(5), unit=6))
    ledger.record(Closed(day=day(10), unit=3))
    assert told(ledger, 7) == ["“Công đoàn G6” (G6) thuộc “Công đoàn D3”, mà ngày 11/01/2020 đơn vị này không hoạt động nữa."]


def test_refuses_to_bring_back_a_code_that_another_unit_carries_now() -> None:
    ledger = town()
    ledger.record(CodeChanged(day=day(5), unit=4, code="KHÁC"))
    ledger.record(begin(-1, "G4", 2, on=day(10)))
    assert told(ledger, 7) == ["Mã “G4” ngày 11/01/2020 thuộc về hai đơn vị: “Công đoàn G4”, “Công đoàn G4”."]


def test_refuses_to_take_away_a_unit_that_others_moved_under() -> None:
    ledger = town()
    ledger.record(begin(-1, "D9", 1, on=day(5), kind="district_federation"))
    ledger.record(move(4, 7, day(10)))
    assert told(ledger, 7) == ["“Công đoàn G4” (G4) thuộc “Công đoàn D9”, mà ngày 11/01/2020 đơn vị này không hoạt động nữa."]


def test_posts_end_with_a_unit_that_is_taken_away() -> None:
    ledger = town()
    ledger.record(begin(-1, "G9", 2, on=day(5)))
    ledger.appoint(7, "7:officer", day(6))
    ledger.appoint(4, "8:officer", day(6))
    assert told(ledger, 7) == []
    assert [slot.unit for slot in ledger.picture(day(10)) if slot.fact is Fact.POST] == [4]


def test_refuses_to_take_away_a_unit_of_which_more_was_recorded() -> None:
    ledger = town()
    ledger.record(begin(-1, "G9", 2, on=day(5)))
    ledger.record(Suspended(day=day(10), unit=7))
    assert told(ledger, 7) == ["“Công đoàn G9” không hoạt động ngày 11/01/2020 mà vẫn còn tạm ngừng đã ghi."]


def test_what_was_taken_back_can_be_recorded_again_and_taken_back_again() -> None:
    ledger = town()
    before = ledger.pictures(DAYS)
    for event in (7, 8, 9):
        assert ledger.record(Absorbed(day=day(10), unit=4, into=5)).problems == ()
        assert ledger.name(4, day(10)) is None
        assert told(ledger, event) == []
        assert ledger.pictures(DAYS) == before


def test_taking_back_many_events_costs_each_no_more_than_taking_back_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A country's reform is thousands of events: each may look only at what it did itself."""
    looks = 0
    span = _Undoing.span

    def counted(self: _Undoing, slot: Slot, row: int) -> Span | None:
        nonlocal looks
        looks += 1
        return span(self, slot, row)

    monkeypatch.setattr(_Undoing, "span", counted)

    def cost(many: int) -> int:
        nonlocal looks
        ledger = town()
        units = [ledger.units + 1 + number for number in range(many)]
        begun = [begin(-1 - number, f"N{number}", 1, on=day(1)) for number in range(many)]
        assert ledger.record(*begun).problems == ()
        known = len(ledger.done)
        assert ledger.record(*(Renamed(day=day(2), unit=unit, name=f"Tên {unit}") for unit in units)).problems == ()
        looks = 0
        assert ledger.annul(range(known + 1, known + many + 1)).problems == ()
        return looks

    few, many = cost(20), cost(60)
    assert many <= 3 * few + 10
