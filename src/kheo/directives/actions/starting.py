"""A book that was begun on paper goes on in Khéo at its next number: asked once while nothing is written, moved later with a reason."""

from datetime import date, datetime

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.paper_books.facts import all_or_none, one_line, text_problems
from kheo.core.problems import Problem
from kheo.directives.access import book_to_write
from kheo.directives.actions.numbering import book_problems
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.models import BookCounter, BookStart
from kheo.journal.actions import record
from kheo.org.access import Person

HIGHEST = 99_999


@transaction.atomic
def start_book(unit: int, first: int, *, book: str = "", year: int, reason: str = "", by: Person, at: datetime) -> BookStart | Refused:
    """The next number of a book of a year is `first`: those before it were used on paper, and are no gap.

    `book`: empty for arrivals. What is taken already stays, so `first` is above it; a second word about the same book needs a `reason`.
    """
    book_to_write(by, unit)
    named, said = one_line(book), one_line(reason)
    problems = _problems(first, named, year, said, local_day(at))
    if problems:
        return Refused(all_or_none(problems))
    BookCounter.objects.bulk_create([BookCounter(unit_id=unit, book=named, year=year, last=0)], ignore_conflicts=True)
    counter = BookCounter.objects.select_for_update().get(unit=unit, book=named, year=year)
    refusal = _against(counter, first, said)
    if refusal is not None:
        transaction.set_rollback(True)
        return refusal
    actor = by.actor(unit)
    writer = f"{actor.name} ({actor.post})" if actor.post else actor.name
    row = BookStart.objects.create(counter=counter, after=counter.last, first=first, reason=said, writer=writer, at=at)
    counter.start_at = first
    counter.save(update_fields=["start_at"])
    told = {"book": named, "year": year, "after": row.after, "first": first}
    record("start_book", by=actor, at=at, object_type="book_start", object_id=row.pk, unit_id=unit, reason=said, **told)
    return row


def _problems(first: int, book: str, year: int, reason: str, today: date) -> list[Problem]:
    found = text_problems({"reason": reason})
    if not 1 <= first <= HIGHEST:
        found.append(Problem(f"Ghi một số từ 1 đến {HIGHEST}.", key="first"))
    if year not in (today.year - 1, today.year):
        found.append(Problem(f"Chỉ đặt được cho sổ năm {today.year - 1} và {today.year}.", key="year"))
    return found + (list(book_problems(book)) if book else [])


def _against(counter: BookCounter, first: int, reason: str) -> Refused | None:
    """What the book says already keeps a start from being set."""
    is_known = counter.last > 0 or counter.starts.exists()
    if first <= counter.last:
        return refused(f"Số {counter.last} đã dùng trong Khéo: số tiếp theo từ {counter.last + 1} trở lên.", "first")
    if is_known and first == max(counter.last + 1, counter.start_at):
        return refused(f"Số tiếp theo của sổ này đã là {first}.", "first")
    if is_known and not reason:
        words = "Sổ đã có số" if counter.last else "Đã có số bắt đầu"
        return refused(f"{words}: ghi lý do chuyển sang số {first}.", "reason")
    return None
