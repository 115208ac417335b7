"""What an entry's links tell of the entries at their other ends, to whom."""

from dataclasses import dataclass

from kheo.registers.access.entries import ReachedEntry
from kheo.registers.access.lists import Sight
from kheo.registers.models import Entry, EntryLink
from kheo.registers.queries.definitions import register_definition
from kheo.registers.queries.showing import title_shown


@dataclass(frozen=True)
class OtherEnd:
    """The entry at the other end of a link. One that is not read is told by its code alone."""

    entry: Entry
    title: str
    is_read: bool


def other_end(reached: ReachedEntry, link: EntryLink, looking: Sight) -> OtherEnd:
    """Seen from the entry that was reached."""
    other = link.other if link.entry_id == reached.entry.pk else link.entry
    definition = register_definition(other.edition_id)
    # Of an entry behind the wall only another one there tells more than the code: who reads this page from above does not read that one.
    is_behind = reached.book.definition.walled and other.owner_id == reached.entry.owner_id
    if not (looking.reads(other) and (not definition.walled or is_behind)):
        return OtherEnd(other, f"Hồ sơ {other.code}", False)
    return OtherEnd(other, title_shown(definition, other, looking.sees_personal(other)), True)
