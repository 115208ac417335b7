"""What came from telephones."""

from collections.abc import Collection

from kheo.org.access import Person
from kheo.registers.models import Entry, EntrySending
from kheo.registers.queries.definitions import Book


def last_filed_for(book: Book, person: Person, units: Collection[int]) -> int | None:
    """The unit for which somebody filed in this register last, if it is still one of these: at most one query."""
    if len(units) < 2:
        return None
    mine = EntrySending.objects.filter(person=person.user_id, way=EntrySending.PHONE, entry__register=book.register, entry__owner__in=units)
    return mine.order_by("-pk").values_list("entry__owner", flat=True).first()


def filing_of(entry: Entry) -> EntrySending | None:
    """How an entry came, where it came from a telephone."""
    return EntrySending.objects.filter(entry=entry, way=EntrySending.PHONE).first()
