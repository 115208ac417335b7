"""The workbook of a long list: written in the background, by the same code and from the same address as one that is sent at once."""

from datetime import datetime
from tempfile import TemporaryFile

from django.http import QueryDict

from kheo.core.registers.columns import Asked as Word
from kheo.core.registers.copies import Copy
from kheo.documents.register_workbook import write_register
from kheo.org.access import Person, Unreachable, person
from kheo.registers.access import book_to_read
from kheo.registers.access.exporting import sight_digest
from kheo.registers.actions.exporting import Exported, about_file, export_entries
from kheo.registers.actions.exporting_beside import sheets_beside
from kheo.registers.actions.ordering_exports import finish_export, unwritten_export
from kheo.registers.queries.definitions import Book
from kheo.web.registers.list_page import Asked, asked_of

# Among the filters of a list: no field has a key that begins so.
CHOSEN = "_cot"
NO_LONGER = "Anh/chị không còn xem được sổ hay đơn vị ấy."


def decided(asked: Asked, chosen: list[str], kind: str, by: Person, at: datetime, copy: Copy = Copy.WHOLE) -> Exported:
    """What leaves, told in the journal before its first byte has left."""
    unit = asked.unit or min(by.reading_units)
    return export_entries(
        asked.book,
        asked.wanted,
        asked.looking,
        chosen=chosen,
        kind=kind,
        by=by.actor(unit),
        unit=unit,
        on=asked.today,
        at=at,
        copy=copy,
    )


def chosen_in(query: QueryDict, book: Book) -> list[str]:
    """The fields that leave: those that were ticked, else the columns that the list was given, with the title; none named is all."""
    if CHOSEN in query:
        return query.getlist(CHOSEN)
    listed, title = query.getlist(Word.COLUMNS), book.definition.field_of("title")
    return [*listed, *([title.key] if title else [])] if listed else []


def write_ordered(number: int, *, at: datetime) -> None:
    """Write it, or write down why it cannot be."""
    found = unwritten_export(number)
    if found is None:
        return
    by, query = person(found.ordered_by, at), QueryDict(found.query)
    try:
        book = book_to_read(by, found.register.code)
        asked = asked_of(book, query, by)
    except Unreachable:
        finish_export(number, at=at, problem=NO_LONGER)
        return
    exported = decided(asked, chosen_in(query, book), "xlsx", by, at)
    with TemporaryFile() as file:
        write_register(about_file(book, by.name, at), exported.heads, exported.rows(), file, sheets_beside(exported))
        file.seek(0)
        finish_export(number, at=at, content=file, entries=len(exported.ids), seen=sight_digest(asked.looking))
