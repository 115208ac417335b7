"""Reports still to come: of units that end, move, pause or come back, and those owed to them."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from kheo.core.workflow import STATE_NAMES, State
from kheo.org.queries import names_around
from kheo.reports.models import Obligation
from kheo.reports.queries.touched.change import Change, among, answering
from kheo.reports.queries.touched.touch import Provider, Touch

Names = Mapping[int, str]
# What was accepted and is not being supplemented needs nothing more of anybody.
OPEN = Q(closed_at__isnull=True) & (Q(report__accepted__isnull=True) | ~Q(report__state=State.ACCEPTED))


def reports_touched(change: Change) -> "QuerySet[Obligation, Obligation]":
    """Their obligations."""
    working = answering(change.ended | change.moved | change.paused)
    columns = ("unit", "filler", "recipient", "first_recipient")
    again = reduce(or_, (among(column, change.back) for column in columns))
    return Obligation.objects.filter(OPEN & (working | among("recipient", change.ended)) | Q(report__accepted__isnull=True) & again)


def _count(change: Change) -> int:
    return reports_touched(change).count()


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    found = reports_touched(change).select_related("cycle", "report").defer("report__figures", "report__narrative")
    rows = list(found.order_by("due_at", "pk")[start : start + most])
    names = names_around({unit for each in rows for unit in (each.unit_id, each.answering_id, each.recipient_id)}, on)
    return [_touch(each, change, names) for each in rows]


def _touch(owed: Obligation, change: Change, names: Names) -> Touch:
    state = owed.state_of(getattr(owed, "report", None))
    return Touch(
        names.get(owed.answering_id, ""),
        owed.cycle.name,
        _then(owed, state, change, names),
        state.value,
        STATE_NAMES[state],
        owed.due_at,
        "report",
        owed.pk,
    )


def _then(owed: Obligation, state: State, change: Change, names: Names) -> str:
    """What becomes of it (decision 017)."""
    to = names.get(owed.recipient_id, "")
    lost = owed.recipient_id in change.ended
    if owed.unit_id in change.back:
        return _back(owed, change, names)
    if owed.answering_id in change.ended:
        return _ended(owed, state, change, "" if lost else to)
    if lost:
        return f"Nơi nhận ({to}) ngừng hoạt động: cấp trên còn hoạt động chuyển nơi nhận"
    if owed.answering_id in change.back:
        return f"{names.get(owed.answering_id, '')} lại nhập, ký và nộp thay đơn vị cũ"
    if owed.recipient_id in change.back:
        return f"{to} lại nhận và duyệt"
    if owed.first_recipient_id in change.back:
        return f"Vẫn gửi {to}; nơi ấy chuyển lại được"
    if owed.answering_id in change.paused:
        return "Đã mở thì vẫn phải nộp, cán bộ vẫn nhập và ký được; kỳ mở trong lúc tạm ngừng thì không phải nộp"
    return f"Vẫn gửi {to} như lúc mở kỳ; {to} chuyển nơi nhận được"


def _ended(owed: Obligation, state: State, change: Change, office: str) -> str:
    """Of a unit that ends; `office` decides, "" where that ends as well."""
    heirs = owed.unit_id in change.followed or owed.answering_id in change.followed
    if _is_counted(owed):
        return "Bản đã chấp nhận vẫn được tính; bản bổ sung được giữ như đang có"
    if state is State.SUBMITTED:
        reviewed = f"Đã nộp, {office} vẫn duyệt được" if office else "Đã nộp; cấp trên còn hoạt động chuyển nơi nhận để duyệt"
        return reviewed + ("; cần trả lại thì giao đơn vị kế thừa" if heirs else "")
    kept = "bản đang soạn được giữ; " if state in (State.DRAFT, State.RETURNED) else ""
    given = "giao đơn vị kế thừa nộp thay, hoặc thôi thu" if heirs else "thôi thu, vì không ai kế thừa để nộp thay"
    then = f"{kept}từ ngày đơn vị kết thúc, {office or 'cấp trên còn hoạt động'} {given}"
    return then[:1].upper() + then[1:]


def _is_counted(owed: Obligation) -> bool:
    return getattr(getattr(owed, "report", None), "accepted_id", None) is not None


def _back(owed: Obligation, change: Change, names: Names) -> str:
    if owed.closed_at is not None:
        return "Đã thôi thu, vẫn thôi thu; phong trào còn tiếp tục thì nơi nhận thu lại được"
    if owed.filler_id is None:
        return "Đơn vị lại tự nhập, ký và nộp"
    filler = names.get(owed.filler_id, "")
    if owed.filler_id in change.ended:
        return f"{filler} nộp thay không còn: nơi nhận trả báo cáo về cho đơn vị"
    return f"Vẫn do {filler} nộp thay, cho đến khi nơi nhận trả báo cáo về cho đơn vị"


REPORTS = Provider("bao-cao", "Báo cáo chưa xong", _count, _rows)
