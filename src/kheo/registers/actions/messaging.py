"""Words of a unit beside an entry: to the asker who can come back and read them, or among officers."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.personal_data import Vouched, personal_words
from kheo.core.registers.beside import BesideAct, why_not
from kheo.core.text import written
from kheo.org.access import Person
from kheo.registers.access import ReachedEntry, reached_entry
from kheo.registers.actions.keeping import Doing, Words, lock_entry, tell
from kheo.registers.actions.outcomes import WRITE_SOMETHING, Made, Refused, wrong_words

Kind = Literal["reply", "note"]


def kinds_of_words(reached: ReachedEntry) -> tuple[Kind, ...]:
    """What this person may write beside an entry: who sees what is personal in it works on it; nobody behind the wall writes words."""
    definition, state = reached.book.definition, reached.entry.state
    if definition.walled or not reached.works_near:
        return ()
    kinds: tuple[Kind, ...] = ("reply", "note") if reached.is_from_public else ("note",)
    return tuple(kind for kind in kinds if not why_not(definition, BesideAct(kind), state))


@transaction.atomic
def write_words(entry_id: int, kind: Kind, text: str, *, by: Person, at: datetime) -> Made | Refused:
    """A reply that the asker reads, or a note that only officers read. What looks like personal data is asked back unless it is `Vouched`.

    Raises Unreachable for who may not read the entry.
    """
    entry, vouched = lock_entry(entry_id), isinstance(text, Vouched)
    reached = reached_entry(by, entry)
    if kind not in kinds_of_words(reached):
        return Refused("Anh/chị không viết được ở hồ sơ này.")
    whole = written(text).strip()
    if wrong := wrong_words(kind, whole, WRITE_SOMETHING):
        return Refused(wrong[0].message)
    found = "" if vouched else personal_words(whole)
    if found:
        return Refused(f"Lời này {found}. Hãy bỏ đi, hoặc đánh dấu là đã xem lại.")
    tell(entry, entry.state, {}, Doing(kind, by, local_day(at), max(at, entry.known_from), words=Words(kind, whole)))
    return Made(entry)
