"""Requests for more time that wait for an answer."""

from datetime import date

from django.db.models import Q, QuerySet

from kheo.core.days import due_day, format_day
from kheo.org.queries import names_around
from kheo.reports.models import ExtensionRequest
from kheo.reports.queries.touched.change import Change, among, answering
from kheo.reports.queries.touched.touch import Provider, Touch


def _touched(change: Change) -> "QuerySet[ExtensionRequest, ExtensionRequest]":
    concerned = change.ended | change.back
    whose = answering(concerned, "obligation__") | among("obligation__unit", change.back) | among("obligation__recipient", concerned)
    return ExtensionRequest.objects.filter(Q(answer__isnull=True, obligation__closed_at__isnull=True) & whose)


def _count(change: Change) -> int:
    return _touched(change).count()


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    rows = list(_touched(change).select_related("obligation__cycle").order_by("asked_at", "pk")[start : start + most])
    names = names_around({unit for each in rows for unit in (each.obligation.answering_id, each.obligation.recipient_id)}, on)
    return [
        Touch(
            names.get(each.obligation.answering_id, ""),
            f"Xin gia hạn đến hết {format_day(due_day(each.wanted))}, {each.obligation.cycle.name.lower()}",
            _then(each, change, names.get(each.obligation.recipient_id, "")),
            due_at=each.obligation.due_at,
            page="report",
            key=each.obligation_id,
        )
        for each in rows
    ]


def _then(each: ExtensionRequest, change: Change, to: str) -> str:
    owed = each.obligation
    if owed.recipient_id in change.ended:
        return "Vẫn chờ, đi cùng báo cáo: nơi nhận mới trả lời"
    if owed.answering_id in change.ended:
        return f"Vẫn chờ {to} trả lời, hạn chưa đổi; thôi thu báo cáo thì thôi chờ"
    return f"Vẫn chờ {to} trả lời"


REQUESTS = Provider("xin-gia-han", "Xin gia hạn đang chờ", _count, _rows)
