"""Reports of units that have ended, about which an office has to decide: one row of "Việc của tôi" for all that ended on one day."""

from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.due_words import report_title
from kheo.core.numbers import format_int
from kheo.core.workflow import REVIEWING, STATE_NAMES, State
from kheo.org.access import Person
from kheo.reports.models import Obligation
from kheo.reports.queries.waiting import Waiting, waiting
from kheo.web.home.rows import WAITING, Row, Tag


def ended_rows(person: Person) -> list[Row]:
    """One row for each cycle, deciding unit and day; where a single report waits, it leads there at once."""
    return [_single(each, each.only) if each.only else _row(each) for each in waiting(person.units_as(*REVIEWING), person.on)]


def _row(each: Waiting) -> Row:
    query = f"?ngay={each.day.isoformat()}" if each.day else ""
    link, whose = ("gửi", "nơi nhận") if each.is_lost else ("vì" if each.lost else "của", "đơn vị")
    ended = f"{format_int(each.units)} {whose} kết thúc ngày {format_day(each.day) if each.day else 'chưa rõ'}"
    note = "Một quyết định cho nhiều báo cáo; Khéo đề xuất từng cái theo việc sắp xếp đơn vị."
    return _as_row(
        title=f"{format_int(each.reports)} báo cáo {link} {ended}",
        url=reverse("waiting_reports", args=[each.cycle.pk, each.decider]) + query,
        about=f"{report_title(each.cycle.name)}, hạn sớm nhất {format_day(due_day(each.first_due))}",
        tag=Tag("returned", "Chờ anh/chị quyết định"),
        note=note,
    )


def _single(each: Waiting, owed: Obligation) -> Row:
    state = owed.state_of(getattr(owed, "report", None))
    return _as_row(
        title=f"Báo cáo mất nơi nhận: {each.name}" if each.is_lost else f"Báo cáo của đơn vị cũ: {each.name}",
        url=reverse("decide_on_ended", args=[owed.pk]),
        about=f"{report_title(each.cycle.name)}, hạn {format_day(due_day(owed.due_at))}",
        tag=Tag(state.value, STATE_NAMES[state]),
        note=_note(each, state),
    )


def _note(each: Waiting, state: State) -> str:
    if each.is_lost:
        return "Nơi nhận báo cáo đã ngừng hoạt động. Chuyển cho nơi nhận khác."
    if state is State.SUBMITTED:
        return "Đơn vị đã ngừng hoạt động. Duyệt như thường, hoặc giao đơn vị kế thừa để sửa."
    return "Đơn vị đã ngừng hoạt động. Giao đơn vị kế thừa nộp thay, chuyển nơi nhận, hoặc thôi thu."


def _as_row(*, title: str, url: str, about: str, tag: Tag, note: str) -> Row:
    return Row(
        title=title,
        url=url,
        about=about,
        tags=(tag,),
        note=note,
        step="Quyết định",
        step_url=url,
        is_open=True,
        urgency=(WAITING, 1),
    )
