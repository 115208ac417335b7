"""Call-in letters about reports that have not come: what was written stays."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kheo.core.days import format_day, local_day
from kheo.org.queries import names_around
from kheo.reports.models import CalledIn, CallIn
from kheo.reports.queries.touched.change import Change, among, answering
from kheo.reports.queries.touched.touch import Provider, Touch


def _touched(change: Change) -> "QuerySet[CallIn, CallIn]":
    waiting = Q(obligation__closed_at__isnull=True, obligation__report__received_at__isnull=True)
    concerned = change.ended | change.back
    about = CalledIn.objects.filter(waiting, call_in=OuterRef("pk"))
    whose = answering(concerned, "obligation__") | among("obligation__unit", change.back)
    return CallIn.objects.filter(Exists(about.filter(whose)) | among("recipient", concerned) & Exists(about))


def _count(change: Change) -> int:
    return _touched(change).count()


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    found = _touched(change).select_related("cycle").annotate(units=Count("lines"))
    rows = list(found.order_by("made_at", "pk")[start : start + most])
    names = names_around({each.recipient_id for each in rows}, on)
    return [
        Touch(
            names.get(each.recipient_id, ""),
            f"Công văn đôn đốc ngày {format_day(local_day(each.made_at))}, {each.cycle.name.lower()}, {each.units} đơn vị",
            _then(each, change),
        )
        for each in rows
    ]


def _then(each: CallIn, change: Change) -> str:
    if each.recipient_id in change.ended:
        return "Giữ nguyên như khi lập; nơi nhận mới lập công văn sau"
    if change.back and not change.ended:
        return "Giữ nguyên như khi lập"
    return "Giữ nguyên như khi lập; công văn sau ghi đơn vị nộp thay, hoặc không nêu báo cáo đã thôi thu"


LETTERS = Provider("don-doc", "Công văn đôn đốc đã lập", _count, _rows)
