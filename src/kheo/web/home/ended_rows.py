"""Reports of units that have ended, about which an office has to decide: rows of "Việc của tôi"."""

from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.due_words import report_title
from kheo.core.workflow import STATE_NAMES, Role, State
from kheo.reports.access import Person
from kheo.reports.queries.transitions import Undecided, ended_and_undecided
from kheo.web.home.rows import NO_DATE, Row, Tag


def ended_rows(person: Person) -> list[Row]:
    """One row for each report."""
    return [_row(each) for each in ended_and_undecided(person.units_as(Role.REVIEWER, Role.OFFICE), person.on)]


def _row(each: Undecided) -> Row:
    owed = each.obligation
    address = reverse("decide_on_ended", args=[owed.pk])
    return Row(
        title=f"Báo cáo của đơn vị cũ: {each.unit_name}" if each.has_ended else f"Báo cáo mất nơi nhận: {each.unit_name}",
        url=address,
        about=f"{report_title(owed.cycle.name)}, hạn {format_day(due_day(owed.due_at))}",
        tags=(Tag(each.state.value, STATE_NAMES[each.state]),),
        due_tone="",
        due_words="",
        note=_note(each),
        done=0,
        of=0,
        done_words="",
        step="Quyết định",
        step_url=address,
        is_open=True,
        is_done=False,
        urgency=(NO_DATE, 0),
    )


def _note(each: Undecided) -> str:
    if not each.has_ended:
        return "Nơi nhận báo cáo đã ngừng hoạt động. Chuyển cho nơi nhận khác."
    if each.state is State.SUBMITTED:
        return "Đơn vị đã ngừng hoạt động. Duyệt như thường, hoặc giao đơn vị kế thừa để sửa."
    return "Đơn vị đã ngừng hoạt động. Giao đơn vị kế thừa nộp thay, chuyển nơi nhận, hoặc thôi thu."
