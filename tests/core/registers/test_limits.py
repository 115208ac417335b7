"""Time limits in words."""

from datetime import date

import pytest

from kheo.core.days import WorkingCalendar
from kheo.core.registers.clock import Deadline
from kheo.core.registers.limits import LimitWords, is_overdue, limit_words
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import ClockDef
from kheo.core.registers.waiting import Awaited, awaited
from kheo.core.registers.words import StateClass
from tests.world import FILES

CALENDAR = WorkingCalendar(frozenset({2023}), frozenset({date(2023, 11, 13)}), frozenset())
WORKING = ClockDef(code="tra_loi", name="Trả lời", working_days=5, started_by=("gui",), met_by=("duyet",))
PLAIN = ClockDef(code="xong", name="Xong", days=30, started_by=("gui",), met_by=("duyet",))
BEGAN, DUE = date(2023, 11, 8), date(2023, 11, 15)  # a Wednesday, and the next


@pytest.mark.parametrize(
    ("deadline", "today", "expected"),
    [
        (Deadline(BEGAN, DUE), date(2023, 11, 9), LimitWords("soon", "Còn 3 ngày làm việc, hạn thứ Tư 15/11/2023")),
        (Deadline(BEGAN, DUE), BEGAN, LimitWords("ok", "Còn 4 ngày làm việc, hạn thứ Tư 15/11/2023")),
        (Deadline(BEGAN, DUE, extended=True), DUE, LimitWords("soon", "Hạn là hôm nay, đã gia hạn")),
        (Deadline(BEGAN, DUE), date(2023, 11, 17), LimitWords("overdue", "Quá hạn 2 ngày (hạn 15/11/2023)")),
        (
            Deadline(BEGAN, DUE, paused_on=date(2023, 11, 9), left=3),
            date(2023, 12, 30),
            LimitWords("", "Tạm dừng từ 09/11/2023, khi đếm lại còn 3 ngày làm việc"),
        ),
        (
            Deadline(BEGAN, DUE, paused_on=date(2023, 11, 20), left=0),
            date(2023, 12, 30),
            LimitWords("", "Tạm dừng từ 20/11/2023, lúc dừng đã trễ 5 ngày"),
        ),
        (Deadline(BEGAN, DUE, met_on=DUE), date(2023, 12, 30), LimitWords("", "Xong ngày 15/11/2023, đúng hạn 15/11/2023")),
        (
            Deadline(BEGAN, DUE, met_on=date(2023, 11, 18)),
            date(2023, 12, 30),
            LimitWords("", "Xong ngày 18/11/2023, trễ 3 ngày so với hạn 15/11/2023"),
        ),
    ],
)
def test_a_limit_says_how_long_is_left_or_how_late_it_is(deadline: Deadline, today: date, expected: LimitWords) -> None:
    assert limit_words(WORKING, deadline, today, CALENDAR) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2023, 11, 9), LimitWords("ok", "Còn 6 ngày, hạn thứ Tư 15/11/2023")),
        (DUE, LimitWords("soon", "Hạn là hôm nay")),
        (date(2023, 11, 18), LimitWords("soon", "Chậm 3 ngày (hạn 15/11/2023)")),
    ],
)
def test_what_is_done_and_looked_at_again_is_behind_and_never_overdue(today: date, expected: LimitWords) -> None:
    again = ClockDef(code="kiem", name="Kiểm lại", repeats=(7,), started_by=("duyet",), met_by=("kiem",))
    assert limit_words(again, Deadline(BEGAN, DUE), today, CALENDAR, is_open=False) == expected
    assert [is_overdue(each, DUE, today) for each in StateClass] == [today > DUE] * 3 + [False] * 3


def test_a_limit_in_plain_days_counts_plain_days() -> None:
    assert limit_words(PLAIN, Deadline(BEGAN, DUE), date(2023, 11, 9), CALENDAR).words == "Còn 6 ngày, hạn thứ Tư 15/11/2023"


def test_in_a_year_without_a_calendar_no_working_days_are_guessed() -> None:
    due = date(2031, 1, 10)
    assert limit_words(WORKING, Deadline(BEGAN, due), date(2031, 1, 1), CALENDAR).words == "Còn 9 ngày, hạn thứ Sáu 10/01/2031"


def test_an_entry_waits_for_those_who_can_lead_it_on() -> None:
    definition = load_register((FILES / "so-nho.yaml").read_text(encoding="utf-8"), "so-nho.yaml").definition
    assert definition is not None
    assert awaited(definition, "da_gui") == (Awaited("cấp trên của đơn vị ghi", ("Hỏi lại", "Duyệt")),)
    assert awaited(definition, "xong") == (), "nobody waits for what takes it back"
    assert awaited(definition, "huy") == ()
