"""Corrections and cancellations: rows stay, what they said stays among the writings, and each has its reason."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.core.paper_books.facts import (
    ArrivalFacts,
    PaperFacts,
    Standing,
    all_or_none,
    arrival_problems,
    one_line,
    paper_problems,
    text_problems,
    tidied,
)
from kheo.core.problems import Problem
from kheo.directives.access import arrival_to_write, issue_to_write
from kheo.directives.actions.arriving import columns_of_arrival, handler_problems
from kheo.directives.actions.following import as_passed, locked_arrival
from kheo.directives.actions.issuing import locked_issue, notation_of, symbol_problems
from kheo.directives.actions.outcomes import CANCELLED, MOVED_ON, Refused, refused
from kheo.directives.actions.papers import NOTHING_BROUGHT, Brought, columns_brought, columns_of
from kheo.directives.actions.writing import change, written
from kheo.directives.models import Arrival, Directive, Issue
from kheo.directives.queries.papers import facts_of
from kheo.journal.actions import Actor
from kheo.org.access import Person

NOTHING_NEW = Problem("Chưa sửa chỗ nào: các ô vẫn như trong sổ.")


def reason_problems(reason: str) -> list[Problem]:
    """A correction and a cancellation say why."""
    return text_problems({"reason": reason}) if reason else [Problem("Ghi lý do.", key="reason")]


@transaction.atomic
def correct_arrival(
    number: int, paper: PaperFacts, arrival: ArrivalFacts, *, reason: str, version: int, by: Person, at: datetime
) -> Arrival | Refused:
    """Say it right: of a paper that the unit itself wrote into Khéo, and of its arrival. The number and its year stay."""
    arrival_to_write(by, number)
    row = locked_arrival(number, version)
    if isinstance(row, Refused):
        return row
    said, paper, arrival, today = one_line(reason), tidied(paper), tidied(arrival), local_day(at)
    problems = reason_problems(said) + paper_problems(paper, today) + arrival_problems(arrival, paper.issued_on, today)
    problems += handler_problems(row.unit_id, arrival, by)
    if arrival.arrived_on.year != row.year:
        problems.append(Problem(f"Số {row.number} thuộc sổ năm {row.year}: ngày đến phải trong năm ấy.", key="arrived_on"))
    kept = row.directive
    if kept is not None and kept.keeper_id != row.unit_id and paper != facts_of(kept):
        problems.append(Problem("Văn bản này do nơi gửi ghi trong Khéo; đơn vị chỉ sửa phần của sổ mình.", key="full_number"))
    if not problems and arrival == as_passed(row) and (kept is None or paper == facts_of(kept)):
        problems = [NOTHING_NEW]
    if problems:
        return Refused(all_or_none(problems))
    actor = by.actor(row.unit_id)
    if kept is not None:
        _correct_paper(kept, paper, said, actor, at)
    change(row, columns_of_arrival(arrival), "correct_arrival", by=actor, at=at, reason=said)
    return row


@transaction.atomic
def correct_issue(
    number: int,
    paper: PaperFacts,
    symbol: str,
    brought: Brought = NOTHING_BROUGHT,
    *,
    reason: str,
    version: int,
    by: Person,
    at: datetime,
) -> Issue | Refused:
    """The same for what an outgoing paper says, and for the `symbol` after its number; the number, its book and year stay.

    `brought`: the signed file, which often is there only after the number. The notation of a paper that units of the tree were sent stays:
    their plans name the paper by it.
    """
    issue_to_write(by, number)
    row = locked_issue(number, version)
    if isinstance(row, Refused):
        return row
    kept = row.directive
    assert kept is not None  # a written number names its paper
    said, sign = one_line(reason), one_line(symbol)
    paper = replace(tidied(paper), full_number=notation_of(row.number, sign))
    problems = reason_problems(said) + paper_problems(paper, local_day(at)) + symbol_problems(sign) + _day_problems(row, paper)
    if paper.full_number != kept.full_number and row.passings.exists():
        words = f"Văn bản {kept.full_number} đã gửi các đơn vị trong Khéo nên giữ nguyên ký hiệu; hãy ban hành văn bản đính chính."
        problems.append(Problem(words, key="symbol"))
    if not problems and paper == facts_of(kept) and brought == NOTHING_BROUGHT:
        problems = [NOTHING_NEW]
    if problems:
        return Refused(all_or_none(problems))
    actor = by.actor(row.unit_id)
    refusal = _correct_paper(kept, paper, said, actor, at, brought)
    if refusal is not None:
        return refusal
    change(row, {"issued_on": paper.issued_on}, "correct_issue", by=actor, at=at, reason=said)
    return row


def _day_problems(row: Issue, paper: PaperFacts) -> list[Problem]:
    """An outgoing paper has a day, in the year of its book and not after it was sent."""
    if paper.issued_on is None or paper.issued_on.year != row.year:
        return [Problem(f"Số {row.number} thuộc sổ năm {row.year}: ngày văn bản phải trong năm ấy.", key="issued_on")]
    if row.sent_on is not None and paper.issued_on > row.sent_on:
        return [Problem(f"Ngày văn bản ở sau ngày đã gửi đi ({format_day(row.sent_on)}).", key="issued_on")]
    return []


def _correct_paper(
    kept: Directive, paper: PaperFacts, reason: str, actor: Actor, at: datetime, brought: Brought = NOTHING_BROUGHT
) -> Refused | None:
    if paper == facts_of(kept) and brought == NOTHING_BROUGHT:
        return None
    came = columns_brought(brought, by=actor, at=at)
    if isinstance(came, Refused):
        return came
    for name, value in {**columns_of(paper), **came}.items():
        setattr(kept, name, value)
    kept.save()
    written(kept, "correct_paper", unit=kept.keeper_id, by=actor, at=at, reason=reason)
    return None


@transaction.atomic
def cancel_arrival(number: int, *, reason: str, version: int, by: Person, at: datetime) -> Arrival | Refused:
    """Strike a number of the book of arrivals, written or only reserved; it stays in the book with its reason and is not used again."""
    arrival_to_write(by, number)
    row = Arrival.objects.select_for_update().get(pk=number)
    refusal = _cannot_cancel(row, reason, version)
    if refusal:
        return refusal
    if hasattr(row, "passing") or row.relays.filter(withdrawn_at=None).exists():
        return refused("Văn bản này đã được tiếp nhận hoặc đã triển khai tiếp trong Khéo nên không huỷ số được; hãy sửa phần ghi sai.")
    said = one_line(reason)
    change(row, {"standing": Standing.CANCELLED, "reason": said}, "cancel_arrival", by=by.actor(row.unit_id), at=at, reason=said)
    return row


@transaction.atomic
def cancel_issue(number: int, *, reason: str, version: int, by: Person, at: datetime) -> Issue | Refused:
    """The same in a book of outgoing papers; not of a paper that units of the tree were sent already."""
    issue_to_write(by, number)
    row = Issue.objects.select_for_update().get(pk=number)
    refusal = _cannot_cancel(row, reason, version)
    if refusal:
        return refusal
    if row.passings.exists():
        return refused("Văn bản này đã gửi các đơn vị trong Khéo nên không huỷ số được; hãy ban hành văn bản thay thế.")
    said = one_line(reason)
    change(row, {"standing": Standing.CANCELLED, "reason": said}, "cancel_issue", by=by.actor(row.unit_id), at=at, reason=said)
    return row


def _cannot_cancel(row: Arrival | Issue, reason: str, version: int) -> Refused | None:
    if row.is_cancelled:
        return CANCELLED
    if row.version != version:
        return MOVED_ON
    problems = reason_problems(one_line(reason))
    return Refused(tuple(problems)) if problems else None
