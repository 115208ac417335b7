"""What goes out about entries: their fields as programs exchange them, and nothing that the copy or the reader is not to have."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ninja import Schema

from kheo.core.registers.copies import Copy, is_blind, leaves
from kheo.core.registers.plain import PlainValue, plain_value
from kheo.org.access import Person
from kheo.org.queries import names_around
from kheo.registers.access import Sight
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of_many, values_of
from kheo.registers.queries.showing import title_in


class EntryOut(Schema):
    """An entry (hồ sơ). `values` by field, only what is filled in; `hidden`: fields that hold something this reader is not shown.

    `version` is sent back with what changes it. `changed_at`: when its fields or state last changed. Units are null in the copy for judges.
    """

    id: int
    code: str
    register_code: str
    version: int
    title: str
    state: str
    meaning: str
    in_state_since: date
    unit: int | None
    unit_name: str
    handler: int | None
    handler_name: str
    registered_on: date
    due_on: date | None
    closed_on: date | None
    changed_at: datetime
    values: dict[str, bool | int | str | list[str] | None]
    hidden: list[str]


@dataclass(frozen=True)
class Eyes:
    """What a reader is not shown of an entry: the keys of its fields."""

    sees_personal: bool
    unseen: Collection[str]


@dataclass(frozen=True)
class Showing:
    """Who is shown entries of a register, in which copy."""

    book: Book
    copy: Copy
    person: Person

    def rows(self, entries: Iterable[Entry], looking: Sight) -> list[dict[str, Any]]:
        """Entries of a list: two queries beside theirs, whatever their number."""
        entries = list(entries)
        has_texts = any(field.type == "long_text" for field in self.book.definition.fields)
        texts = texts_of_many(entry.pk for entry in entries) if has_texts else {}
        names = self.names(entries)
        return [
            self.row(entry, texts.get(entry.pk, {}), names, Eyes(looking.sees_personal(entry), looking.unseen(entry))) for entry in entries
        ]

    def names(self, entries: Iterable[Entry]) -> Mapping[int, str]:
        """Of their units; nobody's in the copy for judges."""
        units = {unit for entry in entries for unit in (entry.owner_id, entry.handler_id) if unit}
        return names_around(units, self.person.on) if not is_blind(self.copy) else {}

    def row(self, entry: Entry, texts: Mapping[str, str], names: Mapping[int, str], eyes: Eyes) -> dict[str, Any]:
        """One entry."""
        blind = is_blind(self.copy)
        return {
            "id": entry.pk,
            "code": entry.code,
            "register_code": self.book.register.code,
            "version": entry.version,
            "title": title_in(self.book.definition, entry, self.copy, eyes.sees_personal),
            "state": entry.state,
            "meaning": entry.meaning,
            "in_state_since": entry.in_state_since,
            "unit": None if blind else entry.owner_id,
            "unit_name": names.get(entry.owner_id, ""),
            "handler": None if blind else entry.handler_id,
            "handler_name": names.get(entry.handler_id or 0, ""),
            "registered_on": entry.registered_on,
            "due_on": entry.due_on,
            "closed_on": entry.closed_on,
            "changed_at": entry.known_from,
            **self._said(entry, texts, eyes.unseen),
        }

    def _said(self, entry: Entry, texts: Mapping[str, str], unseen: Collection[str]) -> dict[str, Any]:
        definition = self.book.definition
        held = values_of(definition, entry, texts)
        fields = [field for field in definition.fields if field.key in held and leaves(field, self.copy)]
        shown: dict[str, PlainValue] = {
            field.key: plain_value(field, held[field.key], self.book.options) for field in fields if field.key not in unseen
        }
        return {"values": shown, "hidden": [field.key for field in fields if field.key not in shown]}
