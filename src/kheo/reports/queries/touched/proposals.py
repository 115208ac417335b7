"""Proposals that wait at a unit, or that it asks."""

from datetime import date

from django.db.models import Q, QuerySet

from kheo.core.proposals import STAGE_NAMES, UNFINISHED, Stage
from kheo.org.queries import names_around
from kheo.reports.models import Proposal
from kheo.reports.queries.touched.change import Change, among, answering
from kheo.reports.queries.touched.touch import Provider, Touch

COLOURS = {Stage.DRAFTED: "draft", Stage.OPEN: "submitted", Stage.FORWARDED: "submitted", Stage.ANSWERED: "accepted"}


def _touched(change: Change) -> "QuerySet[Proposal, Proposal]":
    """Threads at these units, and everything that these units ask; what was merged into a thread is told once, as its own."""
    concerned = change.ended | change.back
    held = Q(thread=None, stage__in=UNFINISHED) & among("holder", concerned)
    asks = Q(stage=Stage.DRAFTED) | Q(thread=None, stage__in=UNFINISHED) | Q(thread__stage__in=UNFINISHED)
    whose = answering(concerned, "obligation__") | among("obligation__unit", change.back)
    return Proposal.objects.filter(held | asks & whose)


def _count(change: Change) -> int:
    return _touched(change).count()


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    rows = list(_touched(change).select_related("obligation__cycle", "thread").order_by("asked_at", "pk")[start : start + most])
    names = names_around({unit for each in rows for unit in (each.obligation.answering_id, _root(each).holder_id)}, on)
    return [_touch(each, change, names) for each in rows]


def _root(each: Proposal) -> Proposal:
    return each.thread or each


def _touch(each: Proposal, change: Change, names: dict[int, str]) -> Touch:
    root, stage = _root(each), Stage(_root(each).stage)
    holder = names.get(root.holder_id, "")
    return Touch(
        names.get(each.obligation.answering_id, ""),
        f"Kiến nghị ở {holder}, {each.obligation.cycle.name.lower()}",
        _then(each, stage, change, holder),
        COLOURS[stage],
        STAGE_NAMES[stage],
        page="" if stage is Stage.DRAFTED else "proposal",  # nobody above sees what is only marked
        key=each.pk,
    )


def _then(each: Proposal, stage: Stage, change: Change, holder: str) -> str:
    if stage is Stage.DRAFTED:
        return "Chưa gửi: đi cùng báo cáo khi báo cáo được ký nộp"
    asker = each.obligation.answering_id
    if _root(each).holder_id in change.ended:
        return f"Ở lại {holder} cho đến khi được chuyển: theo báo cáo, hoặc cấp trên chọn nơi trả lời thay"
    if asker in change.ended:
        return f"Vẫn do {holder} trả lời; đơn vị được giao báo cáo nhận câu trả lời"
    if _root(each).holder_id in change.back:
        return f"{holder} lại trả lời"
    return f"Vẫn do {holder} trả lời"


PROPOSALS = Provider("kien-nghi", "Kiến nghị chưa xong", _count, _rows)
