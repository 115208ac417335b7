"""How an entry is shown wherever it stands: its state, its limit, its cells."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kheo.core.due_words import again_words
from kheo.core.numbers import format_int
from kheo.core.registers.asking import can_be_column
from kheo.core.registers.columns import Column, columns_of_register
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.values import write_value
from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.org.queries import names_around
from kheo.registers.access import Sight
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import values_in
from kheo.registers.queries.listing import MOST_COUNTED
from kheo.registers.queries.showing import said, title_shown
from kheo.web.home.rows import Tag
from kheo.web.wording import SOON, due_tone, due_words

TONES: Mapping[StateClass, str] = {
    StateClass.DRAFT: "draft",
    StateClass.WAITING_ON_US: "submitted",
    StateClass.WAITING_ON_THEM: "extended",
    StateClass.DONE_GOOD: "accepted",
    StateClass.DONE_BAD: "returned",
    StateClass.VOID: "not_started",
}


@dataclass(frozen=True)
class Cell:
    """A field of an entry in a list."""

    label: str
    words: str
    is_number: bool


@dataclass(frozen=True)
class Row:
    """An entry in a list or on a card."""

    id: int
    version: int
    url: str
    code: str
    title: str
    unit: str
    tag: Tag
    due_tone: str
    due_words: str
    cells: tuple[Cell, ...]


def count_words(number: int | None, most: int = MOST_COUNTED) -> str:
    """How many there are, or that there are more than was counted. Nothing where that was not counted."""
    if number is None:
        return ""
    return format_int(number) if number <= most else f"hơn {format_int(most)}"


def state_tag(book: Book, state: str) -> Tag:
    """The state in its word and its colour."""
    found = book.definition.by_state[state]
    return Tag(TONES[found.meaning], found.name)


def due_of(entry: Entry, today: date) -> tuple[str, str]:
    """Tone and words of the limit that ends first; of what is done only when it is soon looked at again, which is never overdue."""
    if entry.due_on is None or entry.meaning == StateClass.VOID:
        return "", ""
    left = (entry.due_on - today).days
    if entry.meaning in OPEN_CLASSES:
        return due_tone(left), due_words(entry.due_on, left)
    return ("soon", again_words(entry.due_on, left)) if left <= SOON else ("", "")


def list_columns(book: Book, chosen: Collection[str] = ()) -> tuple[Column, ...]:
    """The columns of a list beside the title: those that are chosen, else those that the register puts there."""
    possible = [each for each in columns_of_register(book.definition, book.options) if can_be_column(each.field)]
    wanted = [each for each in possible if each.key in chosen]
    return tuple(wanted or (each for each in possible if each.field.in_list))


def card_columns(book: Book) -> tuple[Column, ...]:
    """The few fields on a card."""
    return tuple(each for each in columns_of_register(book.definition, book.options) if each.key in book.definition.card)


def rows_of(book: Book, entries: Iterable[Entry], columns: Iterable[Column], looking: Sight, today: date) -> list[Row]:
    """Entries as rows: one query for the names of units, whatever their number."""
    entries, columns = list(entries), list(columns)
    units = {entry.owner_id for entry in entries} | {each for entry in entries if (each := entry.handler_id)}
    named = [column.key for column in columns if column.field.type == "unit" and column.field.column is None]
    if any(column.field.column == "ward" for column in columns):
        units |= {each for entry in entries if (each := entry.ward_id)}
    units |= {each for entry in entries for key in named if isinstance(each := entry.extra.get(key), int)}
    names = names_around(units, today)
    head, tail = reverse("entry", args=[0]).rsplit("0", 1)  # looked up once for all of them
    return [_row(book, entry, f"{head}{entry.pk}{tail}", columns, names, looking, today) for entry in entries]


def _row(book: Book, entry: Entry, url: str, columns: Iterable[Column], names: Mapping[int, str], looking: Sight, today: date) -> Row:
    values, unseen = values_in((column.field for column in columns), entry), looking.unseen(entry)
    tone, words = due_of(entry, today)
    given = names.get(entry.handler_id or 0)
    # Whoever reads one unit alone need not be told whose it is.
    owner = names.get(entry.owner_id, "") if looking.units != frozenset({entry.owner_id}) else ""
    return Row(
        id=entry.pk,
        version=entry.version,
        url=url,
        code=entry.code,
        title=title_shown(book.definition, entry, looking.sees_personal(entry)),
        unit=", ".join(each for each in (owner, f"giao {given}" if given else "") if each),
        tag=state_tag(book, entry.state),
        due_tone=tone,
        due_words=words,
        cells=tuple(Cell(each.label, said(each, values, unseen, names), each.is_number) for each in columns),
    )


def field_words(field: FieldDef, value: object, book: Book, names: Mapping[int, str]) -> str:
    """A value that a deed tells of, as people read it; places, lists and units too."""
    if value is None:
        return "trống"
    if field.type == "unit" or field.column == "handler":
        return names.get(value, "") if isinstance(value, int) else ""
    kept = tuple(value) if isinstance(value, list) and field.type == "place" else value
    return write_value(field, kept, book.options)  # type: ignore[arg-type]  # what was kept
