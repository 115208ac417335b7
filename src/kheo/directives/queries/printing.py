"""The books as lines to be printed or handed on as data."""

from kheo.core.days import format_instant
from kheo.core.paper_books.facts import PROGRESS_NAMES, STANDING_NAMES, Progress, Standing
from kheo.core.paper_books.forms import ArrivalLine, IssueLine, PaperLine
from kheo.directives.models import Arrival, Directive, Issue
from kheo.directives.queries.books import to_follow, whole_book_of_arrivals, whole_book_of_issues


def arrival_lines(unit: int, year: int) -> list[ArrivalLine]:
    """Every number of the book of arrivals of a year."""
    return [_arrival(row) for row in whole_book_of_arrivals(unit, year)]


def lines_to_follow(unit: int, year: int) -> list[ArrivalLine]:
    """What had or has to be answered of it, in the order of the days."""
    return [_arrival(row) for row in to_follow(unit, year=year)]


def issue_lines(unit: int, year: int, book: str = "") -> list[IssueLine]:
    """Every number of a book of outgoing papers of a year; of all books where none is named."""
    return [_issue(row) for row in whole_book_of_issues(unit, year, book)]


def _arrival(row: Arrival) -> ArrivalLine:
    progress = PROGRESS_NAMES[Progress(row.progress)]
    return ArrivalLine(
        number=row.number,
        year=row.year,
        arrived_on=row.arrived_on,
        paper=_paper(row.directive),
        handler=row.handler,
        passed_on=row.passed_on,
        signed=f"{row.signed_by}, {format_instant(row.signed_at)}" if row.signed_at else "",
        due_on=row.due_on,
        progress=f"{progress}: {row.progress_note}" if row.progress_note else progress,
        answer=row.answer,
        file_code=row.file_code,
        note=row.note,
        told=_told(row),
    )


def _issue(row: Issue) -> IssueLine:
    return IssueLine(
        number=row.number,
        year=row.year,
        book=row.book,
        issued_on=row.issued_on,
        paper=_paper(row.directive),
        recipients=tuple(row.recipients),
        kept_by=row.kept_by,
        copies=row.copies,
        sent_on=row.sent_on,
        received_by=row.received_by,
        note=row.note,
        told=_told(row),
    )


def _told(row: Arrival | Issue) -> str:
    if row.standing == Standing.WRITTEN:
        return ""
    return f"{STANDING_NAMES[Standing(row.standing)]}: {row.reason or row.reserved_for}"


def _paper(paper: Directive | None) -> PaperLine | None:
    return PaperLine(**{name: getattr(paper, name) for name in PaperLine.__dataclass_fields__}) if paper else None
