"""When the rule reminds, who must act, and what they are told."""

from datetime import date, datetime, timedelta

import pytest

from kheo.core.days import ZONE, due_instant
from kheo.core.definition import Reminders
from kheo.core.reminders import MOST_LINES, WHO, Errand, Line, Todo, last_reminder, last_repeat, lines_of, reminds_on, todo_of, words_of
from kheo.core.workflow import Act, Role, Side, State, allowed_acts
from tests.core.calendars import vn

USUAL = Reminders()
MICRO = timedelta(microseconds=1)
DUE = due_instant(date(2023, 11, 15))  # a Wednesday


def reminded(due: datetime, rule: Reminders, first: date, last: date) -> list[str]:
    """The days of a span on which the rule reminds."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [f"{day:%d/%m}" for day in days if reminds_on(day, due, rule, vn())]


def test_seven_three_one_and_the_day_then_every_working_day_up_to_ten_times() -> None:
    assert reminded(DUE, USUAL, date(2023, 10, 1), date(2024, 1, 31)) == [
        *("08/11", "12/11", "14/11", "15/11"),
        *("16/11", "17/11", "20/11", "21/11", "22/11", "23/11", "24/11", "27/11", "28/11", "29/11"),
    ]


def test_days_before_may_be_counted_as_working_days() -> None:
    rule = Reminders(counting="working", overdue_at_most=0)
    assert reminded(DUE, rule, date(2023, 10, 1), date(2023, 12, 31)) == ["06/11", "10/11", "14/11", "15/11"]


def test_every_third_working_day_and_no_more_than_twice() -> None:
    rule = Reminders(before=(), overdue_every=3, overdue_at_most=2)
    assert reminded(DUE, rule, date(2023, 11, 1), date(2023, 12, 31)) == ["16/11", "21/11"]


def test_nothing_is_repeated_over_tet() -> None:
    due = due_instant(date(2024, 2, 7))  # the last working day before Tết 8–14/02/2024
    rule = Reminders(overdue_at_most=2)
    assert reminded(due, rule, date(2024, 1, 25), date(2024, 3, 1)) == ["31/01", "04/02", "06/02", "07/02", "15/02", "16/02"]


def test_working_days_before_a_due_date_after_tet() -> None:
    due = due_instant(date(2024, 2, 16))
    rule = Reminders(before=(3, 1), counting="working", overdue_at_most=0)
    assert reminded(due, rule, date(2024, 1, 25), date(2024, 3, 1)) == ["06/02", "15/02"], "without the seven days of Tết"


def test_a_due_saturday_is_its_own_day() -> None:
    assert reminds_on(date(2023, 11, 18), due_instant(date(2023, 11, 18)), USUAL, vn())
    assert reminds_on(date(2023, 11, 18), due_instant(date(2023, 11, 18)), Reminders(counting="working"), vn())


@pytest.mark.parametrize(
    ("due", "on_the_day"),
    [
        (datetime(2023, 11, 16, tzinfo=ZONE) - MICRO, date(2023, 11, 15)),
        (datetime(2023, 11, 16, tzinfo=ZONE), date(2023, 11, 15)),  # 24:00 belongs to the day that ends
        (datetime(2023, 11, 16, tzinfo=ZONE) + MICRO, date(2023, 11, 16)),
    ],
)
def test_the_day_of_a_due_instant_to_the_microsecond(due: datetime, on_the_day: date) -> None:
    only_the_day = Reminders(before=(0,), overdue_at_most=0)
    days = [date(2023, 11, 14) + timedelta(days=offset) for offset in range(4)]
    assert [day for day in days if reminds_on(day, due, only_the_day, vn())] == [on_the_day]


def test_an_extension_begins_the_days_before_again() -> None:
    moved = due_instant(date(2023, 11, 22))
    assert last_reminder(DUE, USUAL, vn(), date(2023, 11, 17)) == date(2023, 11, 17), "overdue, reminded daily"
    assert last_reminder(moved, USUAL, vn(), date(2023, 11, 17)) == date(2023, 11, 15), "seven days before the new date"
    assert reminded(moved, Reminders(overdue_at_most=0), date(2023, 11, 17), date(2023, 11, 30)) == ["19/11", "21/11", "22/11"]


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2023, 11, 7), None),
        (date(2023, 11, 8), date(2023, 11, 8)),
        (date(2023, 11, 11), date(2023, 11, 8)),
        (date(2023, 12, 30), None),
    ],
)
def test_the_last_reminder_is_made_up_for_two_weeks(on: date, last: date | None) -> None:
    assert last_reminder(DUE, USUAL, vn(), on) == last


def test_what_was_returned_is_repeated_from_the_next_working_day() -> None:
    friday = date(2023, 11, 10)
    found = [last_repeat(friday, Reminders(overdue_every=2), vn(), date(2023, 11, day)) for day in (10, 12, 13, 14, 15)]
    assert found == [None, None, date(2023, 11, 13), date(2023, 11, 13), date(2023, 11, 15)]


@pytest.mark.parametrize(
    ("state", "is_ready", "is_counted", "todo"),
    [
        (State.NOT_STARTED, False, False, Todo.START),
        (State.DRAFT, False, False, Todo.FILL),
        (State.DRAFT, True, False, Todo.SIGN),
        (State.RETURNED, False, True, Todo.CORRECT),
        (State.RETURNED, True, True, Todo.SIGN),
        (State.DRAFT, True, True, None),  # a supplement: nobody waits for it
        (State.SUBMITTED, True, True, None),
        (State.ACCEPTED, True, True, None),
    ],
)
def test_what_a_unit_must_do_next(state: State, is_ready: bool, is_counted: bool, todo: Todo | None) -> None:
    assert todo_of(state, is_ready=is_ready, is_counted=is_counted) == todo


def test_whoever_is_told_may_do_it() -> None:
    """The rule and the table of the workflow say the same: nobody is reminded of what is not his to do."""
    needed = {Todo.START: (State.NOT_STARTED, Act.SAVE), Todo.FILL: (State.DRAFT, Act.SAVE), Todo.SIGN: (State.DRAFT, Act.SUBMIT)}
    needed |= {Todo.CORRECT: (State.RETURNED, Act.SAVE)}
    for todo, (state, act) in needed.items():
        assert all(act in allowed_acts(state, Side.UNIT, frozenset({role})) for role in WHO[todo]), todo
    assert all(Act.ACCEPT in allowed_acts(State.SUBMITTED, Side.RECIPIENT, frozenset({role})) for role in WHO[Todo.REVIEW])
    assert WHO[Todo.SIGN] == {Role.HEAD}


NOW = datetime(2023, 11, 12, 8, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("errand", "words"),
    [
        (
            Errand(Todo.START, "Năm 2023", "CĐCS Một", (5,), DUE),
            "Báo cáo năm 2023 của CĐCS Một: chưa bắt đầu. Hạn 15/11/2023 · còn 3 ngày.",
        ),
        (
            Errand(Todo.SIGN, "Năm 2023", "CĐCS Một", (5,), due_instant(date(2023, 11, 12))),
            "Báo cáo năm 2023 của CĐCS Một: đã đủ số liệu, chờ anh/chị ký nộp. Hạn hôm nay, 12/11/2023.",
        ),
        (
            Errand(Todo.FILL, "Năm 2023", "CĐCS Một", (5,), due_instant(date(2023, 11, 9))),
            "Báo cáo năm 2023 của CĐCS Một: đang soạn. Quá hạn 3 ngày (hạn 09/11/2023).",
        ),
        (
            Errand(Todo.FILL, "Năm 2023", "CĐCS Một", (5,), datetime(2023, 11, 12, 7, 59, tzinfo=ZONE)),
            "Báo cáo năm 2023 của CĐCS Một: đang soạn. Đã quá hạn trong ngày 12/11/2023.",
        ),
        (
            Errand(Todo.CORRECT, "Năm 2023", "CĐCS Một", (5,), DUE, date(2023, 11, 10)),
            "Báo cáo năm 2023 của CĐCS Một: bị trả lại từ 10/11/2023, cần sửa rồi nộp lại.",
        ),
        (
            Errand(Todo.SIGN, "Năm 2023", "CĐCS Một", (5,), DUE, date(2023, 11, 10)),
            "Báo cáo năm 2023 của CĐCS Một: đã sửa xong, chờ anh/chị ký nộp lại.",
        ),
        (
            Errand(Todo.REVIEW, "Năm 2023", "LĐLĐ Quận 1", (3, 9), None, date(2023, 11, 10), 12),
            "Báo cáo năm 2023: 12 báo cáo chờ LĐLĐ Quận 1 duyệt, lâu nhất từ 10/11/2023.",
        ),
        (
            Errand(Todo.CHASE, "Năm 2023", "LĐLĐ Quận 1", (3, 9), None, None, 4),
            "Báo cáo năm 2023: 4 đơn vị gửi LĐLĐ Quận 1 đã quá hạn mà chưa nộp.",
        ),
    ],
)
def test_an_errand_as_a_sentence(errand: Errand, words: str) -> None:
    assert words_of(errand, NOW) == words


def test_the_most_urgent_stands_first_and_leads_to_its_page() -> None:
    late = Errand(Todo.FILL, "Năm 2023", "A", (1,), due_instant(date(2023, 11, 1)))
    soon = Errand(Todo.SIGN, "Năm 2023", "B", (2,), DUE)
    waiting = Errand(Todo.REVIEW, "Năm 2023", "C", (3, 9), None, date(2023, 11, 10))
    found = lines_of([soon, waiting, late], NOW)
    assert [(line.page, line.args) for line in found] == [("report", (1,)), ("board", (3, 9)), ("submit_report", (2,))]
    assert found == lines_of([late, soon, waiting], NOW), "whatever order they come in"


def test_very_many_lines_are_cut_short_and_it_is_said() -> None:
    many = [Errand(Todo.START, "Năm 2023", f"Đơn vị {number}", (number,), DUE) for number in range(MOST_LINES + 3)]
    found = lines_of(many, NOW)
    assert len(found) == MOST_LINES + 1
    assert found[-1] == Line("Và 3 việc khác: xem ở “Việc của tôi”.", "home")
