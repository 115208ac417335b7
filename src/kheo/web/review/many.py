"""Deciding on many reports at once: who is meant is shown first, with whom it leaves out and why; each has its own answer after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.http import QueryDict

from kheo.campaigns.models import Cycle
from kheo.core.workflow import STATE_NAMES, State
from kheo.directives.queries.endings import ending_over, ending_words
from kheo.org.access import Person, Unreachable
from kheo.reports.access import report_to_review
from kheo.reports.actions import Refusal, accept_report, return_report
from kheo.reports.actions.words import ask_to_vouch
from kheo.reports.queries.boards import Child, children_of, passing_children
from kheo.reports.queries.filling import name_of
from kheo.reports.queries.phrases import RETURN, offered, phrases
from kheo.web.numbers import pairs_in
from kheo.web.review.remarks import return_reason
from kheo.web.review.sieve import sieve_of

Deed = Literal["accept", "return"]
MOST = 200  # so many are decided in one go; the rest stays selected for the next
MOST_PICKED = 5000


@dataclass(frozen=True)
class Pick:
    """A ticked report, as its reviewer saw it."""

    obligation: int
    version: int


def read_picks(form: QueryDict) -> list[Pick]:
    """What was ticked (`pick`, one each; `chon`, many in one field), each once; anything else in the fields is no pick."""
    ticked = pairs_in([*form.getlist("pick"), *form.get("chon", "").split()])
    return [Pick(obligation, version) for obligation, version in ticked.items()][:MOST_PICKED]


@dataclass(frozen=True)
class Picked:
    """A pick with the unit that it is about."""

    pick: Pick
    child: Child

    @property
    def value(self) -> str:
        """As it stands in the form."""
        return f"{self.pick.obligation}.{self.pick.version}"


@dataclass(frozen=True)
class LeftOut:
    """A report that was selected and will not be decided, and why."""

    child: Child
    why: str


def asked_for(cycle: Cycle, recipient: int, form: QueryDict, now: datetime) -> list[Picked]:
    """What is selected: the ticked ones, or (`ca`) every waiting report that passes the filters in `loc`, beyond the page as well."""
    if "ca" not in form:
        return of_board(cycle, recipient, read_picks(form))
    passing = passing_children(cycle, recipient, sieve_of(QueryDict(form.get("loc", ""))), now)
    return [Picked(Pick(each.obligation_id, each.version), each) for each in passing if each.state == State.SUBMITTED]


def of_board(cycle: Cycle, recipient: int, picks: Sequence[Pick]) -> list[Picked]:
    """The picks that belong to this board, in its order; of others nothing is said."""
    wanted = {pick.obligation: pick for pick in picks}
    return [Picked(wanted[each.obligation_id], each) for each in children_of(cycle, recipient) if each.obligation_id in wanted]


def sorted_out(picked: Sequence[Picked], deed: Deed) -> tuple[list[Picked], list[LeftOut]]:
    """Those that can be decided, and those that cannot, with the reason."""
    whys = [(each, _why_not(each, deed)) for each in picked]
    return [each for each, why in whys if not why], [LeftOut(each.child, why) for each, why in whys if why]


def _why_not(picked: Picked, deed: Deed) -> str:
    child = picked.child
    if child.state != State.SUBMITTED:
        return f"báo cáo đang ở trạng thái “{STATE_NAMES[child.state]}”"
    if child.version != picked.pick.version:
        return "báo cáo đã thay đổi từ khi anh/chị chọn"
    if deed == "accept" and child.remarks:
        return f"có {child.remarks} nhận xét đã ghi mà chưa gửi: hãy trả lại, hoặc bỏ nhận xét"
    return ""


def decide(person: Person, picked: Picked, deed: Deed, reason: str, at: datetime) -> Refusal | None:
    """Decide on one of them in a transaction of its own; None when it was done."""
    try:
        reached = report_to_review(person, picked.pick.obligation)
    except Unreachable:
        return Refusal("Báo cáo này không thuộc phần việc của anh/chị.")
    owed, version = reached.obligation.pk, picked.pick.version
    if deed == "accept":
        outcome = accept_report(owed, version=version, by=person, at=at)
    else:
        outcome = return_report(owed, reason=reason, version=version, by=person, at=at)
    return outcome if isinstance(outcome, Refusal) else None


def question(cycle: Cycle, recipient: int, picked: Sequence[Picked], deed: Deed, form: QueryDict) -> dict[str, Any]:
    """For the page that asks whether it is meant."""
    chosen, left_out = sorted_out(picked, deed)
    return {
        **_frame(cycle, recipient, deed),
        "chosen": chosen[:MOST],
        "later": len(chosen) - MOST if len(chosen) > MOST else 0,
        "values": " ".join(each.value for each in chosen),
        "left_out": left_out,
        "phrases": offered(phrases(recipient), RETURN) if deed == "return" else (),
        "reason": return_reason(form),
        "refusal": _unvouched(form, deed) if "dong-y" in form else None,
        "is_reason_missing": deed == "return" and "dong-y" in form and not return_reason(form),
    }


def is_meant(form: QueryDict, deed: Deed) -> bool:
    """Whether it was confirmed, and with a reason where one is needed that may go to all of them."""
    return "dong-y" in form and (deed == "accept" or bool(return_reason(form))) and _unvouched(form, deed) is None


def _unvouched(form: QueryDict, deed: Deed) -> Refusal | None:
    return ask_to_vouch(return_reason(form), "Lý do") if deed == "return" else None


def carry_out(
    person: Person, picked: Sequence[Picked], deed: Deed, form: QueryDict, now: datetime
) -> tuple[list[tuple[Picked, Refusal | None]], list[Picked]]:
    """Decide on the first MOST, each by itself; gives each with its answer, and those left for the next go."""
    now_done = [(each, decide(person, each, deed, return_reason(form), now)) for each in picked[:MOST]]
    return now_done, list(picked[MOST:])


def answer(
    cycle: Cycle, recipient: int, deed: Deed, results: Sequence[tuple[Picked, Refusal | None]], later: Sequence[Picked], reason: str
) -> dict[str, Any]:
    """For the page that says what became of each. Those refused stay selected, as they are now."""
    fresh = {each.obligation_id: each for each in children_of(cycle, recipient)}
    rows = [_row(picked, refusal, fresh[picked.pick.obligation]) for picked, refusal in results]
    again = [row["value"] for row in rows if row["value"]] + [each.value for each in later]
    return {
        **_frame(cycle, recipient, deed),
        "rows": rows,
        "done": sum(refusal is None for _, refusal in results),
        "later": len(later),
        "again": len(again),
        "values": " ".join(each.value for each in later),
        "reason": reason,
    }


def _row(picked: Picked, refusal: Refusal | None, now: Child) -> dict[str, Any]:
    value = f"{now.obligation_id}.{now.version}" if refusal and now.state == State.SUBMITTED else ""
    return {"child": picked.child, "refusal": refusal, "value": value, "is_closed": now.state == State.CLOSED}


def _frame(cycle: Cycle, recipient: int, deed: Deed) -> dict[str, Any]:
    ending = ending_over(cycle) if deed == "return" else None
    return {
        "cycle": cycle,
        "recipient": recipient,
        "name": name_of(recipient, cycle.opened_on),
        "deed": deed,
        "is_return": deed == "return",
        "ended": ending_words(ending) if ending else "",
    }
