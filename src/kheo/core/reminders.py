"""Who is reminded of what, when, and in which words. The rule is data of the campaign (`regime.reminders`); the clock is passed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kheo.core.days import WorkingCalendar, days_between, due_day, format_day, is_on_time, local_day
from kheo.core.definition.regime import Reminders
from kheo.core.due_words import due_words, report_title
from kheo.core.quiet import is_workday
from kheo.core.workflow import Role, State

# How far back a reminder is made up for that nobody could be given: a server that was down, a row of days off.
LOOK_BACK = 14
MOST_LINES = 40
_DAY = timedelta(days=1)


def reminds_on(day: date, due_at: datetime, rule: Reminders, calendar: WorkingCalendar) -> bool:
    """Whether the rule names this day for something due at that instant: so long before, on the day, or so long overdue."""
    last = due_day(due_at)
    if day > last:
        return repeats_on(day, last, rule, calendar)
    if rule.counting == "calendar" or day == last:
        return (last - day).days in rule.before
    return is_workday(calendar, day) and _workdays(day, last, calendar) in rule.before


def repeats_on(day: date, since: date, rule: Reminders, calendar: WorkingCalendar) -> bool:
    """Whether the rule repeats itself on a worked day after `since`: the next, then every so many, up to its limit."""
    if not is_workday(calendar, day):
        return False
    rounds, rest = divmod(_workdays(since + _DAY, day + _DAY, calendar) - 1, rule.overdue_every)
    return rest == 0 and 0 <= rounds < rule.overdue_at_most


def _workdays(starts: date, ends: date, calendar: WorkingCalendar) -> int:
    return sum(is_workday(calendar, day) for day in days_between(starts, ends))


def last_reminder(due_at: datetime, rule: Reminders, calendar: WorkingCalendar, on: date) -> date | None:
    """The latest day up to `on` for which the rule reminds; None where there is none in two weeks."""
    days = (on - timedelta(days=back) for back in range(LOOK_BACK))
    return next((day for day in days if reminds_on(day, due_at, rule, calendar)), None)


def last_repeat(since: date, rule: Reminders, calendar: WorkingCalendar, on: date) -> date | None:
    """The latest day up to `on` on which the rule repeats itself after `since`."""
    days = (on - timedelta(days=back) for back in range(LOOK_BACK) if on - timedelta(days=back) > since)
    return next((day for day in days if repeats_on(day, since, rule, calendar)), None)


class Todo(StrEnum):
    """What somebody must do next."""

    START = "start"
    FILL = "fill"
    SIGN = "sign"
    CORRECT = "correct"
    REVIEW = "review"
    CHASE = "chase"
    LEAD_ON = "lead_on"
    ACKNOWLEDGE = "acknowledge"
    RELAY = "relay"
    ANSWER = "answer"
    RESEND = "resend"


_WRITERS, _HEAD = frozenset({Role.OFFICER, Role.HEAD}), frozenset({Role.HEAD})
_REVIEWERS = frozenset({Role.REVIEWER})
# Who acts next. Where a unit has no officer its head fills in; where a recipient has no reviewer its campaign office reviews.
WHO: dict[Todo, frozenset[Role]] = {
    Todo.START: _WRITERS,
    Todo.FILL: _WRITERS,
    Todo.SIGN: _HEAD,
    Todo.CORRECT: _WRITERS,
    Todo.REVIEW: _REVIEWERS,
    Todo.CHASE: _REVIEWERS,
}


def todo_of(state: State, *, is_ready: bool, is_counted: bool) -> Todo | None:
    """What a unit must do about its report; None where the next step is not the unit's, or nobody waits for it.

    `is_ready`: only the signature is missing. `is_counted`: an accepted revision stands, so what is being written only supplements it.
    """
    if state == State.RETURNED:
        return Todo.SIGN if is_ready else Todo.CORRECT
    if is_counted or state not in (State.NOT_STARTED, State.DRAFT):
        return None
    if is_ready:
        return Todo.SIGN
    return Todo.START if state == State.NOT_STARTED else Todo.FILL


@dataclass(frozen=True)
class Errand:
    """One thing to do. `unit`: whose report, or for reviewing and chasing the recipient; `since`: the day it was returned or sent.

    `recipient`: to whom, where the report goes to several. Of entries of a register: `cycle` is its name, `late` how many are overdue,
    `behind` how many done ones were to be looked at again by now; so of papers, without a `cycle`.
    """

    todo: Todo
    cycle: str
    unit: str
    target: tuple[int, ...]
    due_at: datetime | None = None
    since: date | None = None
    count: int = 1
    recipient: str = ""
    late: int = 0
    behind: int = 0


@dataclass(frozen=True)
class Line:
    """One line of a digest and the page it leads to (the name of an address, and its numbers)."""

    text: str
    page: str
    args: tuple[int, ...] = ()


_PAGES = {Todo.SIGN: "submit_report", Todo.REVIEW: "board", Todo.CHASE: "board", Todo.LEAD_ON: "register_work"}
_PAGES |= {Todo.ACKNOWLEDGE: "passings", Todo.RELAY: "passing", Todo.ANSWER: "follow_up", Todo.RESEND: "chain"}
# Never a word of a paper: a digest goes by mail.
_PAPERS = {
    Todo.ACKNOWLEDGE: "Văn bản chỉ đạo: {count} văn bản chờ {unit} bấm “Đã nhận”",
    Todo.RELAY: "Văn bản chỉ đạo: {count} văn bản {unit} đã nhận mà chưa chuyển xuống dưới",
    Todo.ANSWER: "Văn bản đến: {count} văn bản chờ {unit} giải quyết",
    Todo.RESEND: "Văn bản chỉ đạo: {count} văn bản {unit} chưa gửi tới đơn vị kế thừa của đơn vị đã kết thúc",
}
_STANDING = {Todo.START: "chưa bắt đầu", Todo.FILL: "đang soạn", Todo.SIGN: "đã đủ số liệu, chờ anh/chị ký nộp"}


def lines_of(errands: Iterable[Errand], now: datetime) -> tuple[Line, ...]:
    """The lines of a digest, the most urgent first; very many are cut short, with a line that says so."""
    ordered = sorted(errands, key=lambda each: (_days_left(each, now), list(Todo).index(each.todo), each.cycle, each.unit, each.target))
    lines = tuple(Line(words_of(each, now), _PAGES.get(each.todo, "report"), each.target) for each in ordered[:MOST_LINES])
    left = len(ordered) - len(lines)
    return (*lines, Line(f"Và {left} việc khác: xem ở “Việc của tôi”.", "home")) if left else lines


def _days_left(errand: Errand, now: datetime) -> int:
    """What waits without a date of its own stands after what is late and before what is not due yet."""
    return (due_day(errand.due_at) - local_day(now)).days if errand.due_at else 0


def words_of(errand: Errand, now: datetime) -> str:
    """An errand as a sentence."""
    if errand.todo == Todo.LEAD_ON:
        return _counted(f"{errand.cycle}: {errand.count} hồ sơ chờ {errand.unit}", errand, now)
    if errand.todo in _PAPERS:
        return _counted(_PAPERS[errand.todo].format(count=errand.count, unit=errand.unit), errand, now)
    title, since = report_title(errand.cycle), f" từ {format_day(errand.since)}" if errand.since else ""
    if errand.todo == Todo.REVIEW:
        return f"{title}: {errand.count} báo cáo chờ {errand.unit} duyệt, lâu nhất{since}."
    if errand.todo == Todo.CHASE:
        return f"{title}: {errand.count} đơn vị gửi {errand.unit} đã quá hạn mà chưa nộp."
    whose = f"{title} của {errand.unit}" + (f", gửi {errand.recipient}" if errand.recipient else "")
    if errand.todo == Todo.SIGN and errand.since:
        return f"{whose}: đã sửa xong, chờ anh/chị ký nộp lại."
    if errand.todo == Todo.CORRECT:
        return f"{whose}: bị trả lại{since}, cần sửa rồi nộp lại."
    return f"{whose}: {_STANDING[errand.todo]}. {_due(errand, now)}."


def _counted(told: str, errand: Errand, now: datetime) -> str:
    """Of a register and of papers only numbers: a digest goes by mail."""
    passed = [*([f"{errand.late} đã quá hạn"] if errand.late else []), *([f"{errand.behind} chậm xem lại"] if errand.behind else [])]
    if passed:
        told += "".join(f", {each}" for each in passed)
    elif errand.due_at:
        told += f". {due_words(due_day(errand.due_at), _days_left(errand, now))}"
    return f"{told}."


def _due(errand: Errand, now: datetime) -> str:
    assert errand.due_at is not None, "what a unit owes has its due date"
    left = _days_left(errand, now)
    if left >= 0 and not is_on_time(now, errand.due_at):
        return f"Đã quá hạn trong ngày {format_day(due_day(errand.due_at))}"
    return due_words(due_day(errand.due_at), left)
