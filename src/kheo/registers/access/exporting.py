"""Workbooks that a worker writes: each is there for whoever ordered it, alone, while they read what it holds."""

import hashlib

from kheo.org.access import Person, Unreachable
from kheo.registers.access.lists import Sight, book_to_read
from kheo.registers.models import EntryExport


def export_to_see(person: Person, number: int) -> EntryExport:
    """A workbook that this person ordered, without its bytes. Raises Unreachable."""
    rows = EntryExport.objects.select_related("register")
    found = rows.filter(pk=number, ordered_by=person.user_id).first()
    if found is None:
        raise Unreachable
    book_to_read(person, found.register.code)
    return found


def sight_digest(looking: Sight) -> str:
    """What somebody reads, in one word: another one as soon as they read another unit, or no person's data any more."""
    said = [sorted(each) if each is not None else None for each in (looking.units, looking.given, looking.near, looking.given_near)]
    return hashlib.sha256(repr(said).encode()).hexdigest()
