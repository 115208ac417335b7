"""The two books of a unit, year by year, and what is still to be answered."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from kheo.core.paper_books.facts import OPEN, Standing
from kheo.core.text import words
from kheo.directives.models import Arrival, BookCounter, Issue

PAGE = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a book, the newest first, and how many there are in all."""

    rows: list[Row]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-self.count // PAGE))


def _page(rows: "QuerySet[Row]", number: int) -> "Page[Row]":
    count = rows.count()
    at = min(max(1, number), max(1, -(-count // PAGE)))
    return Page(list(rows[(at - 1) * PAGE : at * PAGE]), count, at)


def _saying(looked_for: str) -> Q:
    """Rows whose paper has every one of these words, with marks or without."""
    found = Q()
    for word in words(looked_for)[:10]:
        found &= Q(directive__search__contains=word)
    return found


def _of_arrivals(unit: int, year: int, looked_for: str, states: Collection[str]) -> "QuerySet[Arrival]":
    rows = Arrival.objects.filter(_saying(looked_for), unit=unit, year=year).select_related("directive")
    return (rows.filter(progress__in=states, standing=Standing.WRITTEN) if states else rows).order_by("-number")


def arrivals_of(unit: int, year: int, *, looked_for: str = "", states: Collection[str] = (), page: int = 1) -> "Page[Arrival]":
    """The book of arrivals of a year, 50 a page, the newest number first. `states`: only these degrees of progress."""
    return _page(_of_arrivals(unit, year, looked_for, states), page)


def issues_of(unit: int, year: int, *, book: str = "", looked_for: str = "", page: int = 1) -> "Page[Issue]":
    """The book of outgoing papers of a year; of all its books where none is named."""
    return _page(_of_issues(unit, year, book, looked_for), page)


def _of_issues(unit: int, year: int, book: str, looked_for: str) -> "QuerySet[Issue]":
    rows = Issue.objects.filter(_saying(looked_for), unit=unit, year=year).select_related("directive")
    return (rows.filter(book=book) if book else rows).order_by("book", "-number")


def whole_book_of_arrivals(unit: int, year: int) -> list[Arrival]:
    """Every number of a year in its order, as a printed book has them."""
    return list(Arrival.objects.filter(unit=unit, year=year).select_related("directive").order_by("number"))


def whole_book_of_issues(unit: int, year: int, book: str = "") -> list[Issue]:
    """The same of the outgoing papers, book by book."""
    rows = Issue.objects.filter(unit=unit, year=year).select_related("directive")
    return list((rows.filter(book=book) if book else rows).order_by("book", "number"))


def books_of(unit: int) -> list[str]:
    """The books of outgoing papers in which a unit ever took a number."""
    return list(BookCounter.objects.filter(unit=unit).exclude(book="").order_by("book").values_list("book", flat=True).distinct())


def years_of(unit: int) -> list[int]:
    """The years for which a unit has a book, the newest first."""
    return list(BookCounter.objects.filter(unit=unit).order_by("-year").values_list("year", flat=True).distinct())


def to_follow(unit: int, *, year: int | None = None) -> list[Arrival]:
    """What is to be answered by a day, and what was: in the order of the days. `year`: only of this book, answered ones as well."""
    rows = Arrival.objects.filter(unit=unit, standing=Standing.WRITTEN, due_on__isnull=False).select_related("directive")
    rows = rows.filter(year=year) if year else rows.filter(progress__in=OPEN)
    return list(rows.order_by("due_on", "year", "number")[:1000])
