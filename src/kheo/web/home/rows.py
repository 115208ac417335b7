"""The rows of "Việc của tôi" in words: what, how far, when, and one next step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.timeliness import RECEIVED_WORDS, TIMELINESS_NAMES, Timeliness
from kheo.core.workflow import STATE_NAMES, Role, State
from kheo.org.access import Person
from kheo.reports.access import top_unit
from kheo.reports.queries.filling import is_recalled
from kheo.reports.queries.tasks import Due, OwnTask, ReviewTask, current_cycle
from kheo.web.wording import due_tone, due_words, report_title

NO_DATE = 365  # what can wait until everything with a date is done
WAITING = 0  # where work without a date of its own stands among days left: after what is late, before what is not yet due


@dataclass(frozen=True)
class Tag:
    """A short word with the state that colours it."""

    state: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of work. `urgency` sorts: days left, then what was sent back before what was never sent."""

    title: str
    url: str
    about: str
    tags: tuple[Tag, ...]
    due_tone: str = ""
    due_words: str = ""
    note: str = ""
    done: int = 0
    of: int = 0
    done_words: str = ""
    step: str
    step_url: str
    is_open: bool
    is_done: bool = False
    urgency: tuple[int, int]
    workbook_url: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of work that is written only if it is on the page: its words may need a whole draft read through."""

    urgency: tuple[int, int]
    is_open: bool
    is_done: bool
    row: Callable[[], Row]


def entries(rows: Sequence[Row]) -> list[Entry]:
    """Rows that are written already."""
    return [Entry(row.urgency, row.is_open, row.is_done, partial(_itself, row)) for row in rows]


def _itself(row: Row) -> Row:
    return row


def own_entries(tasks: Sequence[OwnTask], person: Person) -> list[Entry]:
    """The reports that the person's units owe."""
    heads = person.units_as(Role.HEAD)
    names_unit = len({task.obligation.unit_id for task in tasks}) > 1
    return [_own_entry(task, task.obligation.answering_id in heads, names_unit) for task in tasks]


def _own_entry(task: OwnTask, is_head: bool, names_unit: bool) -> Entry:
    urgency = (task.due.days_left, 0 if task.state == State.RETURNED else 1) if task.is_open else (NO_DATE, 0)
    is_open = task.is_open or (task.is_changed_below and is_head)
    is_done = task.state in (State.ACCEPTED, State.CLOSED) and not task.is_changed_below
    return Entry(urgency, is_open, is_done, partial(_own_row, task, is_head, names_unit, urgency, is_open, is_done))


def _own_row(task: OwnTask, is_head: bool, names_unit: bool, urgency: tuple[int, int], is_open: bool, is_done: bool) -> Row:
    owed, due = task.obligation, task.due
    address = reverse("report", args=[owed.pk])
    step, step_url = _next_step(task, is_head, address)
    return Row(
        title=report_title(owed.cycle.name),
        url=address,
        about=f"Nộp thay đơn vị cũ {task.unit_name}, gửi {task.recipient_name}"
        if owed.filler_id
        else f"{task.unit_name} gửi {task.recipient_name}"
        if names_unit
        else f"Gửi {task.recipient_name}",
        tags=(Tag(task.state.value, STATE_NAMES[task.state]), *_received_tag(due), *_below_tag(task)),
        due_tone=due_tone(due.days_left) if task.is_open and not due.received_at else "",
        due_words=due_words(due.on, due.days_left) if task.is_open and not due.received_at else _received_words(due),
        note=_note(task, is_head),
        done=task.count.answered,
        of=task.count.of,
        done_words=f"Đã nhập {task.count.answered}/{task.count.of} ô" if task.is_open else "",
        step=step,
        step_url=step_url,
        is_open=is_open,
        is_done=is_done,
        urgency=urgency,
        workbook_url=reverse("unit_workbook", args=[owed.pk]) if task.is_open else "",
    )


def _next_step(task: OwnTask, is_head: bool, address: str) -> tuple[str, str]:
    """The one button: what its words say, and where it leads."""
    if task.state == State.RETURNED and not task.is_ready:
        return "Sửa theo nhận xét", address
    if task.is_open:
        if task.is_ready:
            return ("Ký và nộp" if is_head else "Báo thủ trưởng ký nộp"), reverse("submit_report", args=[task.obligation.pk])
        return ("Bắt đầu nhập" if task.state == State.NOT_STARTED else "Nhập tiếp"), address
    if task.state == State.CLOSED:
        return "Xem báo cáo", address
    if task.is_changed_below and is_head:
        return "Xem và quyết định", f"{address}#cap-duoi-thay-doi"
    number = task.report.latest.number if task.report and task.report.latest else 0
    return "Xem biên nhận", reverse("receipt", args=[task.obligation.pk, number])


def _note(task: OwnTask, is_head: bool) -> str:
    if task.is_open and task.report and task.report.reason:
        word = "Lý do trả lại" if task.state == State.RETURNED else "Đã rút lại" if is_recalled(task.report) else "Báo cáo bổ sung"
        left = f" Còn {task.asking.left} nhận xét chưa trả lời." if task.asking.left else ""
        return f"{word}: {_shortened(task.report.reason)}{left}"
    if task.is_changed_below:
        return "Số liệu cấp dưới đã thay đổi từ khi đơn vị gửi báo cáo này."
    if task.is_ready and not is_head:
        return f"Đã đủ số liệu. Thủ trưởng ký nộp: {', '.join(task.heads)}." if task.heads else "Đã đủ số liệu. Đơn vị chưa có thủ trưởng."
    if task.standing and task.standing.errors and task.standing.count.answered:
        return f"Còn {len(task.standing.errors)} chỗ phải sửa."
    if task.standing and task.standing.to_explain:
        return f"Còn {len(task.standing.to_explain)} số liệu phải giải trình."
    return f"Đang chờ {task.recipient_name} duyệt." if task.state == State.SUBMITTED else ""


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def _received_tag(due: Due) -> tuple[Tag, ...]:
    if due.first_on and due.received_at is None:
        return (Tag("extended", f"Gia hạn từ {format_day(due.first_on)}"),)
    return (Tag(due.kind.value, TIMELINESS_NAMES[due.kind]),) if due.kind in (Timeliness.LATE, Timeliness.EXTENDED) else ()


def _below_tag(task: OwnTask) -> tuple[Tag, ...]:
    return (Tag("late", "Cấp dưới đã thay đổi"),) if task.is_changed_below else ()


def _received_words(due: Due) -> str:
    if due.received_day is None:
        return ""
    return f"Nộp {format_day(due.received_day)}, {RECEIVED_WORDS[due.kind]}"


def review_rows(tasks: Sequence[ReviewTask]) -> list[Row]:
    """What waits to be reviewed, one row for each cycle and recipient."""
    return [_review_row(task) for task in tasks]


def _review_row(task: ReviewTask) -> Row:
    address = reverse("board", args=[task.cycle.pk, task.recipient_id])
    tags = [Tag("submitted", f"{task.submitted} chờ duyệt")] if task.submitted else []
    if task.overdue:
        tags.append(Tag("overdue", f"{task.overdue} quá hạn chưa nộp"))
    if task.closed:
        tags.append(Tag("closed", f"{task.closed} không thu nữa"))
    if task.returned:
        tags.append(Tag("returned", f"{task.returned} đang sửa"))
    is_done = task.accepted + task.closed == task.expected
    waits = "" if is_done or task.submitted else "Chưa có báo cáo nào chờ duyệt."
    since = f"Báo cáo chờ lâu nhất nộp từ {format_day(task.waiting_since)}." if task.waiting_since else ""
    return Row(
        title=f"Duyệt {report_title(task.cycle.name).lower()} của cấp dưới",
        url=address,
        about=f"Nơi nhận: {task.recipient_name}",
        tags=tuple(tags) or (Tag("accepted", "Đã duyệt hết"),) * is_done,
        note=since or waits,
        done=task.accepted,
        of=task.expected,
        done_words=f"Đã chấp nhận {task.accepted}/{task.expected} báo cáo",
        step="Duyệt báo cáo" if task.submitted else "Xem bảng đơn vị",
        step_url=address,
        is_open=task.submitted > 0 or task.overdue > 0,
        is_done=is_done,
        urgency=(WAITING, 2 if task.submitted else 3),
    )


@dataclass(frozen=True)
class ReaderLink:
    """A page that somebody may read."""

    label: str
    about: str
    url: str


def reader_links(person: Person) -> list[ReaderLink]:
    """What an auditor, or anybody whom nothing awaits, may look at in the newest cycle."""
    cycle = current_cycle(person.reading_units)
    top = top_unit(person, cycle) if cycle else None
    if cycle is None or top is None:
        return []
    return [
        ReaderLink("Bảng tổng hợp", "Từng con số, mở được tới đơn vị gửi lên", reverse("consolidated", args=[cycle.pk, top])),
        ReaderLink("Tiến độ nộp", "Theo ngày so với hạn; đơn vị nào trễ", reverse("progress", args=[cycle.pk, top])),
    ]
