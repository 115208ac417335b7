"""Which number a book takes next, and which of its numbers were used on paper before."""

from dataclasses import dataclass

from kheo.directives.models import BookCounter, BookStart


@dataclass(frozen=True)
class BookNumbers:
    """A book of a year. `book`: empty for arrivals. `is_begun`: a number was taken, or its start was said. `starts`: oldest first."""

    book: str
    next: int
    is_begun: bool
    starts: tuple[BookStart, ...] = ()

    @property
    def on_paper(self) -> tuple[tuple[int, int], ...]:
        """The numbers that were used on paper, from and to, in their order."""
        newest = {each.after: each.first for each in self.starts}
        return tuple((after + 1, first - 1) for after, first in sorted(newest.items()) if first > after + 1)


def numbers_of(unit: int, year: int) -> dict[str, BookNumbers]:
    """The books of a year in which a unit took a number or said where it begins, by name: two queries."""
    counters = BookCounter.objects.filter(unit=unit, year=year).order_by("book").prefetch_related("starts")
    return {each.book: _of(each) for each in counters}


def numbers_of_book(unit: int, book: str, year: int) -> BookNumbers:
    """The same of one book; one that nobody began takes 1 next."""
    return numbers_of(unit, year).get(book, BookNumbers(book, 1, is_begun=False))


def _of(counter: BookCounter) -> BookNumbers:
    starts = tuple(sorted(counter.starts.all(), key=lambda each: each.pk))
    return BookNumbers(counter.book, max(counter.last + 1, counter.start_at), counter.last > 0 or bool(starts), starts)
