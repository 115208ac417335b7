"""What waits for somebody, by what is due: the page is long, and what is late must not be looked for in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from kheo.core.numbers import format_int
from kheo.core.registers.limits import is_overdue
from kheo.core.registers.words import OPEN_CLASSES
from kheo.registers.access import Queue, Sight, Waits
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.messages import waiting_words
from kheo.web.registers.list_drawing import queue_row_drawn
from kheo.web.registers.shown import card_columns, rows_of
from kheo.web.wording import SOON

PARTS = {"overdue": "Quá hạn", "soon": f"Đến hạn trong {SOON} ngày", "again": "Đến lượt xem lại", "": "Chưa tới hạn, không có hạn"}


@dataclass(frozen=True)
class Part:
    """Entries of one urgency; `count` is empty where the page does not hold them all."""

    tone: str
    words: str
    count: str
    rows: tuple[SafeString, ...]


@dataclass(frozen=True)
class OfBook:
    """How much waits in a register; `hidden`: what of it does not stand on the page."""

    book: Book
    count: str
    hidden: str


def parts_of(work: Queue, books: Iterable[Book], looking: Sight, today: date) -> list[Part]:
    """Everything that stands on the page, what is overdue first; in each part what falls due first."""
    books, found = list(books), dict[str, list[Entry]]()
    drawn = _drawn(work, books, looking, today)
    for each in work.entries:
        found.setdefault(_tone(each, today), []).append(each)
    whole, late = sum(each.count for each in work.waits.values()), sum(each.late for each in work.waits.values())
    is_all = whole == len(work.entries)

    def count(tone: str) -> str:
        number = late if tone == "overdue" else len(found[tone]) if is_all else 0
        return format_int(number) if number else ""

    return [Part(tone, words, count(tone), tuple(drawn[each.pk] for each in found[tone])) for tone, words in PARTS.items() if tone in found]


def of_books(work: Queue, books: Iterable[Book]) -> list[OfBook]:
    """Register by register."""
    shown = [each.register_id for each in work.entries]
    waits = [(book, work.waits.get(book.register.pk, Waits(0)).count) for book in books]
    return [
        OfBook(book, format_int(count), format_int(left) if (left := count - shown.count(book.register.pk)) else "")
        for book, count in waits
        if count
    ]


def _drawn(work: Queue, books: list[Book], looking: Sight, today: date) -> dict[int, SafeString]:
    written, drawn = waiting_words([each.pk for each in work.entries]), dict[int, SafeString]()
    for book in books:
        own = [each for each in work.entries if each.register_id == book.register.pk]
        named = book.definition.short if len(books) > 1 else ""
        rows = rows_of(book, own, card_columns(book), looking, today) if own else []
        drawn |= {row.id: queue_row_drawn(row, named, wrote=row.id in written) for row in rows}
    return drawn


def _tone(entry: Entry, today: date) -> str:
    if is_overdue(entry.meaning, entry.due_on, today):
        return "overdue"
    if entry.meaning not in OPEN_CLASSES:
        return "again"
    return "soon" if entry.due_on is not None and (entry.due_on - today).days <= SOON else ""
