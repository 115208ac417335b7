"""Taking a number: in the transaction of the act that uses it, so that books have neither gaps nor twins."""

from datetime import date, datetime

from django.db import connection, transaction

from kheo.core.days import local_day
from kheo.core.paper_books.facts import GENERAL_BOOK, Standing, one_line
from kheo.core.problems import Problem
from kheo.directives.access import book_to_write
from kheo.directives.actions.outcomes import Refused
from kheo.directives.actions.writing import written
from kheo.directives.models import Arrival, Issue
from kheo.org.access import Person

LONGEST_BOOK, LONGEST_PURPOSE = 60, 300
# The row stays locked until the act is committed or undone: the next one waits, and takes the number after it, or the same.
TAKE = """
INSERT INTO directives_counter AS c (unit_id, book, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT ON CONSTRAINT one_counter DO UPDATE SET last = greatest(c.last + 1, c.start_at) RETURNING last
"""


def take_number(unit: int, book: str, year: int) -> int:
    """The next number of a book; raises RuntimeError outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number belongs into the transaction of the act that uses it")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [unit, book, year])
        (number,) = cursor.fetchone()
    return int(number)


@transaction.atomic
def reserve_arrival(unit: int, *, purpose: str, by: Person, at: datetime) -> Arrival | Refused:
    """Keep the next number of this year for a paper that is on its way."""
    book_to_write(by, unit)
    today, said = local_day(at), one_line(purpose)
    problems = _purpose_problems(said)
    if problems:
        return Refused(problems)
    row = Arrival.objects.create(unit_id=unit, arrived_on=today, number=take_number(unit, "", today.year), **_reserved(today, said, at))
    written(row, "reserve_arrival", unit=unit, by=by.actor(unit), at=at)
    return row


@transaction.atomic
def reserve_issue(unit: int, *, purpose: str, book: str = GENERAL_BOOK, by: Person, at: datetime) -> Issue | Refused:
    """The same in a book of outgoing papers."""
    book_to_write(by, unit)
    today, said, named = local_day(at), one_line(purpose), one_line(book)
    problems = _purpose_problems(said) + book_problems(named)
    if problems:
        return Refused(problems)
    number = take_number(unit, named, today.year)
    row = Issue.objects.create(unit_id=unit, book=named, issued_on=today, number=number, **_reserved(today, said, at))
    written(row, "reserve_issue", unit=unit, by=by.actor(unit), at=at)
    return row


def _reserved(today: date, purpose: str, at: datetime) -> dict[str, object]:
    return {"year": today.year, "standing": Standing.RESERVED, "reserved_for": purpose, "written_at": at}


def _purpose_problems(purpose: str) -> tuple[Problem, ...]:
    if not purpose:
        return (Problem("Ghi giữ số để làm gì.", key="purpose"),)
    if len(purpose) > LONGEST_PURPOSE or not purpose.isprintable():
        return (Problem(f"Tối đa {LONGEST_PURPOSE} ký tự, một dòng.", key="purpose"),)
    return ()


def book_problems(book: str) -> tuple[Problem, ...]:
    """Of the name of a book of outgoing papers."""
    if not book or len(book) > LONGEST_BOOK or not book.isprintable():
        return (Problem(f"Tên sổ từ 1 đến {LONGEST_BOOK} ký tự.", key="book"),)
    return ()
