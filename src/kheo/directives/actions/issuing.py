"""A paper of the unit's own goes out: its number in the book of the year, its notation made from it, and what became of it."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.paper_books.facts import (
    GENERAL_BOOK,
    IssueFacts,
    PaperFacts,
    Standing,
    all_or_none,
    issue_problems,
    one_line,
    paper_problems,
    text_problems,
    tidied,
)
from kheo.core.problems import Problem
from kheo.directives.access import book_to_write, issue_to_write
from kheo.directives.actions.numbering import book_problems, take_number
from kheo.directives.actions.outcomes import CANCELLED, MOVED_ON, RESERVED, Refused, refused
from kheo.directives.actions.papers import NOTHING_BROUGHT, Brought, write_paper
from kheo.directives.actions.writing import change, written
from kheo.directives.models import Issue
from kheo.org.access import Person

_WITH_ITS_NUMBER = re.compile(r"\d+ ?/")
_SIGN = re.compile(r"-?[^\W_]+(?:[-–/&.][^\W_]+)*")
NOTHING_NOTED = IssueFacts()


@dataclass(frozen=True)
class Issued:
    """The outgoing paper with its number."""

    issue: Issue


def register_issue(
    unit: int,
    paper: PaperFacts,
    symbol: str,
    issue: IssueFacts = NOTHING_NOTED,
    brought: Brought = NOTHING_BROUGHT,
    *,
    book: str = GENERAL_BOOK,
    reserved: int | None = None,
    by: Person,
    at: datetime,
) -> Issued | Refused:
    """Give a paper the next number of a book of the unit and write it there.

    `symbol`: what stands after the number (`LĐLĐ-TG`, `KH-CĐCS`; with a hyphen before it, as the Party writes: `-HD/BDVTU`).
    `paper.issued_on`: the day whose year the number is of (today where it is None); its `full_number` is made here.
    `reserved`: an issue whose number is kept.
    """
    book_to_write(by, unit)
    today = local_day(at)
    paper = tidied(paper)
    paper = replace(paper, issued_on=paper.issued_on or today)
    issue, named, sign = tidied(issue), one_line(book), one_line(symbol)
    problems = _problems(paper, sign, issue, named, today)
    if problems:
        return Refused(all_or_none(problems))
    with transaction.atomic():
        made = _written(unit, paper, sign, issue, brought, named, reserved, by, at)
        if isinstance(made, Refused):
            transaction.set_rollback(True)
    return made


def _problems(paper: PaperFacts, sign: str, issue: IssueFacts, book: str, today: date) -> list[Problem]:
    day = paper.issued_on or today
    found = paper_problems(paper, today) + issue_problems(issue, day, today) + list(book_problems(book)) + symbol_problems(sign)
    if day.year < today.year - 1:
        found.append(Problem(f"Sổ năm {day.year} đã khoá.", key="issued_on"))
    return found


def symbol_problems(sign: str) -> list[Problem]:
    """Of what stands after the number: signs of letters and digits, parted by hyphens (NĐ 30/2020, phụ lục I, mục II.3)."""
    if not sign:
        return [Problem("Ghi ký hiệu của văn bản, phần đứng sau số.", key="symbol")]
    found = text_problems({"symbol": sign})
    if found:
        return found
    if _WITH_ITS_NUMBER.match(sign):
        return [Problem(f"Ký hiệu “{sign}”: chỉ ghi phần đứng sau số; số do sổ cấp.", key="symbol")]
    if not _SIGN.fullmatch(sign):
        return [Problem(f"Ký hiệu “{sign}”: chỉ gồm chữ, số và gạch nối, không có dấu cách, như KH-LĐLĐ hoặc -HD/BDVTU.", key="symbol")]
    return []


def _written(
    unit: int, paper: PaperFacts, sign: str, issue: IssueFacts, brought: Brought, book: str, reserved: int | None, by: Person, at: datetime
) -> Issued | Refused:
    actor, day = by.actor(unit), paper.issued_on or local_day(at)
    row = _reserved_row(unit, reserved, day.year) if reserved is not None else None
    if isinstance(row, Refused):
        return row
    number = row.number if row else take_number(unit, book, day.year)
    whole = replace(paper, full_number=notation_of(number, sign))
    kept = write_paper(unit, whole, brought, act="write_paper", issuing_unit=unit, by=actor, at=at)
    if isinstance(kept, Refused):
        return kept
    values: dict[str, Any] = {**columns_of_issue(issue), "directive": kept, "issued_on": day, "standing": Standing.WRITTEN}
    if row is not None:
        change(row, values, "register_issue", by=actor, at=at, number=number, year=day.year, directive=kept.pk)
        return Issued(row)
    row = Issue.objects.create(unit_id=unit, book=book, year=day.year, number=number, written_at=at, **values)
    written(row, "register_issue", unit=unit, by=actor, at=at, number=number, year=day.year, book=book, directive=kept.pk)
    return Issued(row)


def notation_of(number: int, sign: str) -> str:
    """`05/KH-LĐLĐ`; `05-HD/BDVTU` where the sign begins with a hyphen. Below 10 with a zero (NĐ 30/2020, phụ lục I, mục II.3)."""
    return f"{number:02d}{sign}" if sign.startswith("-") else f"{number:02d}/{sign.lstrip('/')}"


def sign_of(number: int, full_number: str) -> str:
    """What stands after the number, as `notation_of` takes it."""
    return full_number.removeprefix(f"{number:02d}").removeprefix("/")


def _reserved_row(unit: int, reserved: int, year: int) -> Issue | Refused:
    row = Issue.objects.select_for_update().filter(pk=reserved, unit=unit).first()
    if row is None or row.standing == Standing.WRITTEN:
        return MOVED_ON
    if row.is_cancelled:
        return CANCELLED
    return row if row.year == year else refused(f"Số giữ chỗ thuộc sổ năm {row.year}; ngày văn bản phải trong năm ấy.", "issued_on")


@transaction.atomic
def note_sending(number: int, issue: IssueFacts, *, version: int, by: Person, at: datetime) -> Issue | Refused:
    """What became of an outgoing paper: recipients, copies, who keeps one, when it left, who signed for it."""
    issue_to_write(by, number)
    row = locked_issue(number, version)
    if isinstance(row, Refused):
        return row
    facts = tidied(issue)
    problems = issue_problems(facts, row.issued_on, local_day(at))
    if problems:
        return Refused(all_or_none(problems))
    change(row, columns_of_issue(facts), "note_sending", by=by.actor(row.unit_id), at=at)
    return row


def locked_issue(number: int, version: int) -> Issue | Refused:
    """A written issue, locked; refused where somebody else wrote meanwhile."""
    row = Issue.objects.select_for_update(of=("self",)).select_related("directive").get(pk=number)
    if row.is_cancelled:
        return CANCELLED
    if row.directive is None:
        return RESERVED
    return row if row.version == version else MOVED_ON


def columns_of_issue(issue: IssueFacts) -> dict[str, Any]:
    """What the office adds, as the book's columns."""
    return {**asdict(issue), "recipients": list(issue.recipients)}
