"""Copies of reports for further recipients that are not taken in yet."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kheo.core.dispatching import Deed
from kheo.org.queries import names_around
from kheo.reports.models import Dispatch, DispatchNote, DispatchSending
from kheo.reports.queries.touched.change import Change, among, answering
from kheo.reports.queries.touched.touch import Provider, Touch


def _touched(change: Change) -> "QuerySet[Dispatch, Dispatch]":
    """Without those of which the report's last revision was taken in, and those of reports that are not wanted any more."""
    concerned = change.ended | change.back
    whose = answering(concerned, "obligation__") | among("obligation__unit", change.back) | among("recipient", concerned)
    sendings = DispatchSending.objects.filter(dispatch=OuterRef("pk"), revision=OuterRef("obligation__report__latest"))
    last = OuterRef("obligation__report__latest")
    taken_in = DispatchNote.objects.filter(dispatch=OuterRef("pk"), deed=Deed.ACKNOWLEDGE, sending__revision=last)
    rows = Dispatch.objects.filter(Q(obligation__closed_at__isnull=True) & whose & ~Exists(taken_in))
    return rows.annotate(is_sent=Exists(sendings))


def _count(change: Change) -> int:
    return _touched(change).count()


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    rows = list(_touched(change).select_related("obligation__cycle").order_by("due_at", "pk")[start : start + most])
    names = names_around({unit for each in rows for unit in (each.obligation.answering_id, each.recipient_id)}, on)
    return [
        Touch(
            names.get(each.obligation.answering_id, ""),
            f"Bản gửi {names.get(each.recipient_id, '')}, {each.obligation.cycle.name.lower()}",
            _then(each, change, names.get(each.recipient_id, "")),
            "submitted" if each.is_sent else "not_started",  # type: ignore[attr-defined]  # annotated
            "Đã gửi, chờ tiếp nhận" if each.is_sent else "Chưa gửi",  # type: ignore[attr-defined]
            each.due_at,
            "dispatch",
            each.pk,
        )
        for each in rows
    ]


def _then(each: Dispatch, change: Change, to: str) -> str:
    if each.recipient_id in change.ended:
        followed = each.recipient_id in change.followed
        return f"Đơn vị kế thừa của {to} tiếp nhận" if followed else f"Không ai kế thừa {to}: không phải gửi nữa"
    if each.obligation.answering_id in change.ended:
        sent = each.is_sent  # type: ignore[attr-defined]  # annotated
        return f"{to} vẫn tiếp nhận được" if sent else "Đơn vị được giao báo cáo gửi thay; thôi thu báo cáo thì thôi gửi"
    if each.recipient_id in change.back:
        return f"{to} lại tiếp nhận"
    return f"Ai nộp báo cáo thì gửi {to}"


COPIES = Provider("ban-gui", "Bản gửi nơi nhận khác", _count, _rows)
