"""A register leaving as a table: the entries of a list, row by row, and the journal's row that says what left."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from kheo.core.registers.columns import Column
from kheo.core.registers.copies import Copy, is_blind, leaves
from kheo.core.registers.fields import NUMERIC
from kheo.core.registers.table_heads import (
    CODE,
    DAY,
    DUE,
    HANDLER,
    STAMP,
    STATE,
    STATE_CODE,
    UNIT,
    UNIT_CODE,
    Head,
    heads_of,
    stamp,
)
from kheo.documents.register_csv import cell_text
from kheo.documents.register_workbook import About, Cell
from kheo.journal.actions import Actor, record
from kheo.org.queries import codes_of, names_around
from kheo.registers.access import Sight
from kheo.registers.models import Entry
from kheo.registers.queries.batches import in_batches
from kheo.registers.queries.copying import in_copy
from kheo.registers.queries.definitions import Book, edition_number
from kheo.registers.queries.holding import texts_of_many, values_of
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.showing import said, unsaid
from kheo.registers.queries.wanted import Wanted


@dataclass
class Exported:
    """What leaves, decided and told; its rows are read as they are written."""

    book: Book
    looking: Sight
    today: date
    ids: Sequence[int]
    heads: list[Head]
    copy: Copy = Copy.WHOLE
    _names: dict[int, str] = field(default_factory=dict)
    _codes: dict[int, str] = field(default_factory=dict)

    def rows(self) -> Iterator[list[Cell]]:
        """A batch in memory at a time: an entry query and one for its long texts; names of units once for each unit."""
        for cells in self.cells():
            yield [cells[head.key] for head in self.heads]

    def cells(self) -> Iterator[dict[str, Cell]]:
        """The same by the keys of columns."""
        has_texts = any(head.column and head.column.field.type == "long_text" for head in self.heads)
        for batch in in_batches(self.ids):
            texts = texts_of_many(entry.pk for entry in batch) if has_texts else {}
            self.look_up(batch)
            for entry in batch:
                yield self.row(entry, texts.get(entry.pk, {}))

    def row(self, entry: Entry, texts: Mapping[str, str]) -> dict[str, Cell]:
        """The cells of one entry, by the keys of the columns."""
        unseen, definition = self.looking.unseen(entry), self.book.definition
        values = values_of(definition, entry, texts)
        found: dict[str, Cell] = {
            CODE: entry.code,
            UNIT: self._names.get(entry.owner_id, ""),
            UNIT_CODE: self._codes.get(entry.owner_id, ""),
            HANDLER: self._names.get(entry.handler_id or 0, ""),
            STATE: definition.by_state[entry.state].name if entry.state in definition.by_state else entry.state,
            STATE_CODE: entry.state,
            DAY: entry.registered_on,
            DUE: entry.due_on,
        }
        for head in self.heads:
            if head.column is not None:
                found[head.key] = self._cell(head, head.column, values, unseen)
        told = {head.key: cell_text(head, found[head.key]) for head in self.heads if head.key != STAMP}
        return found | {STAMP: stamp(entry.code, entry.version, told)}

    def _cell(self, head: Head, column: Column, values: Mapping[str, object], unseen: Collection[str]) -> Cell:
        value = values.get(column.key)
        if column.key in unseen:
            return (unsaid(column.field) if not head.is_of_codes else None) if value is not None else None
        if head.is_of_codes:
            return "; ".join(value) if isinstance(value, list) else str(value) if value is not None else None
        if column.field.type in NUMERIC and isinstance(value, int):
            return value
        if column.field.type == "day" and isinstance(value, str):
            return date.fromisoformat(value)
        return said(column, values, unseen, self._names) or None

    def look_up(self, batch: Sequence[Entry]) -> None:
        keys = [head.field_key for head in self.heads if head.column and head.column.field.type == "unit"]
        units = {unit for entry in batch for unit in (entry.owner_id, entry.handler_id) if unit}
        units |= {value for entry in batch for key in keys if isinstance(value := entry.extra.get(key), int)}
        unknown = units - self._names.keys()
        if unknown:
            self._names |= dict.fromkeys(unknown, "") | names_around(unknown, self.today)
            self._codes |= codes_of(unknown, self.today)


@transaction.atomic
def export_entries(
    book: Book,
    wanted: Wanted,
    looking: Sight,
    *,
    chosen: Collection[str],
    kind: str,
    by: Actor,
    unit: int | None,
    on: date,
    at: datetime,
    ids: Sequence[int] | None = None,
    copy: Copy = Copy.WHOLE,
) -> Exported:
    """Decide which entries and columns leave, and tell the journal: who, how many, which columns, which of them personal.

    `chosen`: keys of fields, none for all. Whoever sees nothing personal anywhere has no such column at all. What the list was searched
    for is told by its length alone: people search for names. `copy`: of another than the whole one only what is in it leaves.
    """
    sees = looking.near is None or bool(looking.near or looking.given_near)
    heads = [
        head
        for head in heads_of(book.definition, book.options, personal=sees)
        if (not chosen or head.column is None or head.field_key in chosen) and _is_in(head, copy)
    ]
    listed = in_copy(EntryList(book, wanted), copy)
    found = Exported(book, looking, on, listed.ids() if ids is None else ids, heads, copy)
    fields = [head.field_key for head in heads if head.column and not head.is_of_codes]
    record(
        "export_entries",
        by=by,
        at=at,
        object_type="register",
        object_id=book.register.pk,
        unit_id=unit,
        register=book.register.code,
        file=kind,
        **({} if copy is Copy.WHOLE else {"copy": copy.value}),
        entries=len(found.ids),
        fields=fields,
        personal=[key for key in fields if book.definition.by_key[key].personal],
        states=list(wanted.states),
        filters=sorted({each.field for each in wanted.conditions}),
        searched=len(wanted.text),
    )
    return found


def _is_in(head: Head, copy: Copy) -> bool:
    """Whether a column is in a copy. What only the work on an entry needs is in the whole one alone, and judges learn no unit."""
    if copy is Copy.WHOLE:
        return True
    if head.column is not None:
        return leaves(head.column.field, copy) and not head.is_of_codes
    return head.key in (CODE, STATE, DAY) or (head.key == UNIT and not is_blind(copy))


def about_file(book: Book, author: str, at: datetime, *notes: str) -> About:
    """What a file says of itself."""
    return About(book.definition, book.options, edition_number(book.edition_id), author, at, notes)
