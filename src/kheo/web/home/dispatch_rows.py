"""Reports that go to further recipients, as rows of "Việc của tôi": to be sent, to be taken in, to be answered."""

from datetime import datetime

from django.urls import reverse

from kheo.core.days import due_day
from kheo.core.dispatching import SENDABLE, Standing
from kheo.core.workflow import REVIEWING, Role, State
from kheo.org.access import Person
from kheo.reports.queries.dispatches import Sent, dispatch_tasks
from kheo.web.home.rows import WAITING, Row, Tag
from kheo.web.wording import due_tone, due_words, report_title


def dispatch_rows(person: Person, now: datetime) -> list[Row]:
    """For the unit once its report is signed, and for the people of the further recipient."""
    sending = person.units_as(Role.OFFICER, Role.HEAD)
    tasks = dispatch_tasks(sending, person.units_as(*REVIEWING, Role.HEAD), now)
    heads = person.units_as(Role.HEAD)
    rows = [_to_send(each, now, is_head=each.dispatch.obligation.answering_id in heads) for each in tasks.to_send if _is_ripe(each)]
    for (cycle_id, recipient), (cycle, name, waiting, overdue) in tasks.to_receive.items():
        tags: tuple[Tag, ...] = (Tag("submitted", f"{waiting} chờ tiếp nhận"),) if waiting else ()
        tags += (Tag("overdue", f"{overdue} quá hạn chưa gửi"),) if overdue else ()
        title = f"{report_title(cycle.name)}: các đơn vị gửi đến"
        url = reverse("dispatches_received", args=[cycle_id, recipient])
        note = "" if waiting else "Chưa có bản nào chờ tiếp nhận."
        rows.append(_row(title, url, f"Nơi nhận: {name}", tags, note, "Xem các bản gửi", is_open=waiting > 0))
    return rows


def _is_ripe(sent: Sent) -> bool:
    """Before the report itself is signed there is nothing to send: the report's own row says what to do."""
    return sent.is_answer_due or (sent.report is not None and sent.latest > 0 and State(sent.report.state) in SENDABLE)


def _to_send(sent: Sent, now: datetime, *, is_head: bool) -> Row:
    url, days = reverse("dispatch", args=[sent.dispatch.pk]), sent.days_left(now)
    title = f"Gửi {report_title(sent.dispatch.obligation.cycle.name).lower()} cho {sent.recipient_name}"
    instead = f" ({sent.instead} nộp thay đơn vị cũ)" if sent.instead else ""
    about = f"{sent.unit_name}{instead} gửi {sent.recipient_name}, không phải nhập lại"
    if sent.is_answer_due:
        return _row(title, url, about, (Tag("returned", "Nơi nhận hỏi lại"),), f"“{sent.notes[-1].text[:160]}”", "Trả lời")
    if sent.standing == Standing.OUTDATED and sent.last:
        tags = (Tag("returned", f"Đã gửi lần {sent.last.revision_number}, nay có lần {sent.latest}"),)
        return _row(title, url, about, tags, "", "Gửi lại" if is_head else "Xem bản gửi", is_open=is_head)
    note = "" if is_head else "Thủ trưởng đơn vị gửi."
    return _row(title, url, about, (), note, "Gửi" if is_head else "Xem bản gửi", due=(sent, days), is_open=is_head)


def _row(
    title: str,
    url: str,
    about: str,
    tags: tuple[Tag, ...],
    note: str,
    step: str,
    *,
    due: tuple[Sent, int] | None = None,
    is_open: bool = True,
) -> Row:
    return Row(
        title=title,
        url=url,
        about=about,
        tags=tags,
        due_tone=due_tone(due[1]) if due else "",
        due_words=due_words(due_day(due[0].dispatch.due_at), due[1]) if due else "",
        note=note,
        step=step,
        step_url=url,
        is_open=is_open,
        urgency=(due[1] if due else WAITING, 2),
    )
