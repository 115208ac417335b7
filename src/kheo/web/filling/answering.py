"""Answers to remarks as they come with the page's form: one button names the place, and every other answer that was typed goes with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from kheo.core.remarks import Answered
from kheo.reports.access import Reached
from kheo.reports.actions import Refusal, answer_remark
from kheo.reports.queries.remarks import Remark, remarks_on
from kheo.web.filling.cells import Overlay
from kheo.web.filling.replies import ANSWER, WHY
from kheo.web.reach import PageRequest
from kheo.web.vouching import said


@dataclass(frozen=True)
class Meant:
    """One answer as it was sent."""

    kind: Answered
    text: str


def read_answers(form: QueryDict, remarks: Mapping[str, Remark]) -> dict[str, Meant]:
    """By place: the one whose button was pressed, and those whose words were changed. Names that are no remarked place are left out."""
    pressed, _, kind = str(form.get(ANSWER, "")).rpartition("=")
    found: dict[str, Meant] = {}
    for target, remark in remarks.items():
        text = str(form.get(f"{WHY}{target}", "")).strip()
        if target == pressed and kind in set(Answered):
            found[target] = Meant(Answered(kind), text)
        elif text and text != (remark.reply.text if remark.reply else ""):
            found[target] = Meant(Answered.CORRECTED if remark.is_changed else Answered.KEPT, text)
    return found


def with_answers(request: PageRequest, reached: Reached, over: Overlay) -> Overlay:
    """Take every answer in the form, each by itself; those that do not fit stay in the page, with the reason.

    `reached` as it is after the figures of the same form were stored: a place that they changed can be answered as corrected.
    """
    remarks = remarks_on(reached.report) if reached.report else {}
    faults, replies = dict(over.faults), dict[str, str]()
    for target, meant in read_answers(request.POST, remarks).items():
        text = said(request.POST, meant.text, target)
        done = answer_remark(reached.obligation.pk, target=target, kind=meant.kind, text=text, by=request.person, at=request.now)
        if isinstance(done, Refusal):
            faults[target], replies[target] = done.message, meant.text
    return replace(over, faults=faults, replies=replies)
