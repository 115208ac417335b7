"""Tables on their way into a register: each is there for whoever sent it, alone, while they write in that register."""

from kheo.org.access import Person, Unreachable
from kheo.registers.access.lists import book_to_read, writing_units
from kheo.registers.models import EntryImport
from kheo.registers.queries.definitions import Book


def book_to_write(person: Person, code: str) -> Book:
    """A register in which this person writes new entries. Raises Unreachable."""
    found = book_to_read(person, code)
    if not writing_units(person, found.definition):
        raise Unreachable
    return found


def import_to_see(person: Person, number: int) -> EntryImport:
    """A table that this person sent. Raises Unreachable."""
    found = EntryImport.objects.select_related("register").filter(pk=number, sent_by=person.user_id).first()
    if found is None:
        raise Unreachable
    book_to_write(person, found.register.code)
    return found
