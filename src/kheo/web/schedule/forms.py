"""What the forms about more time say, read into plain values; a day that is none is a refusal, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from kheo.core.days import due_day, format_day, typed_day
from kheo.reports.actions import Done, Doubt, Extended, Refusal
from kheo.reports.models import ExtensionRequest
from kheo.reports.queries.schedule import Candidate
from kheo.web.vouching import said

MOST = 20_000  # the largest number of reports that one recipient may have
NO_DAY = date.min


@dataclass(frozen=True)
class Typed:
    """What was asked for. `fault`: why it cannot be read."""

    until: date = NO_DAY
    until_text: str = ""
    reason: str = ""
    chosen: tuple[int, ...] = ()
    tier: str = ""
    is_meant: bool = False
    is_refusal: bool = False
    fault: Refusal | None = None


def read_extension(form: QueryDict, found: Sequence[Candidate]) -> Typed:
    """`pick` names reports, or `cap` a whole tier; only those that may be chosen count."""
    tier = form.get("cap", "")
    ticked = set(form.getlist("pick")[:MOST])
    chosen = tuple(each.obligation_id for each in found if (each.tier == tier if tier else str(each.obligation_id) in ticked))
    until, fault = _day(form.get("den", ""))
    return Typed(until, form.get("den", ""), said(form, form.get("ly-do", "")), chosen, tier, "dong-y" in form, fault=fault)


def read_request(form: QueryDict) -> Typed:
    """The day and the reason of a unit."""
    until, fault = _day(form.get("den", ""))
    return Typed(until, form.get("den", ""), said(form, form.get("ly-do", "")), fault=fault)


def read_answer(form: QueryDict, asked: ExtensionRequest | None) -> Typed:
    """The recipient's answer; the day that was asked for stands in the form at first."""
    text = form.get("den", format_day(due_day(asked.wanted)) if asked else "")
    until, fault = _day(text)
    return Typed(
        until, text, said(form, form.get("ly-do", "")), is_meant="dong-y" in form, is_refusal=form.get("tra-loi") == "khong", fault=fault
    )


def _day(text: str) -> tuple[date, Refusal | None]:
    try:
        return typed_day(text), None
    except ValueError:
        return NO_DAY, Refusal("Hãy ghi hạn mới theo dạng ngày/tháng/năm, ví dụ 20/11/2023.")


def is_open(outcome: Extended | Done | Doubt | Refusal) -> bool:
    """Whether nothing was done yet."""
    return isinstance(outcome, Doubt | Refusal)
