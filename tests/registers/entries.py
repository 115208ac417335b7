"""Short words for what tests do to entries of the small register."""

from collections.abc import Mapping
from datetime import date, datetime

from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Kept
from kheo.org.access import Person
from kheo.registers.actions import Made, Move, act_on_entry, create_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.world import OPENING, World

FILLED: Mapping[str, Kept] = {"ten": "Tổ tự quản hẻm 12", "loai": "CT", "linh_vuc": "KT", "so_nguoi": 40}


def made(book: Book, world: World, who: str = "an", unit: str = "G1", *, at: datetime = OPENING, **values: Kept) -> Entry:
    """A new entry of a unit by one of the cast."""
    done = create_entry(book, world.units[unit], {**FILLED, **values}, by=world.person(who, at), at=at)
    assert isinstance(done, Made), done
    return done.entry


def put(entry: Entry, definition: RegisterDefinition, state: str) -> None:
    """The entry as if it stood in a state, without the way that led there."""
    entry.state, entry.meaning = state, definition.by_state[state].meaning
    Entry.objects.filter(pk=entry.pk).update(state=entry.state, meaning=entry.meaning)


def done(
    entry: Entry,
    act: str,
    by: Person,
    at: datetime,
    *,
    on: date | None = None,
    reason: str = "",
    handler: int | None = None,
    **values: Kept,
) -> Entry:
    """The entry after an act that must be possible."""
    entry.refresh_from_db()
    result = act_on_entry(entry.pk, Move(act, entry.version, values, reason=reason, on=on, handler=handler), by=by, at=at)
    assert isinstance(result, Made), result
    return result.entry
