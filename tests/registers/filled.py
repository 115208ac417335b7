"""An entry with something in its fields, without the way on which it was given."""

from collections.abc import Collection, Mapping
from random import Random

from kheo.core.registers.values import Kept
from kheo.registers.actions.recording import write
from kheo.registers.models import Entry, EntryText, StateSpan
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import long_texts
from tests.registers.test_round_trip import of_field
from tests.world import OPENING


def filled(entry: Entry, found: Book, keys: Collection[str]) -> None:
    """The entry with something in each of these fields: what it was never asked may be given however late (decision 062)."""
    luck = Random(7)
    drawn = {key: of_field(found.definition.by_key[key], found.options, luck) for key in keys}
    values = {key: value for key, value in drawn.items() if value is not None}
    write(entry, found.definition, found.options, values)
    entry.save()
    # The day on which it began may be among them: its first state goes with that.
    StateSpan.objects.create(
        entry=entry, register=found.register, ordinal=1, state=entry.state, meaning=entry.meaning, starts=entry.in_state_since,
        known_from=OPENING,
    )  # fmt: skip
    texts = long_texts(found.definition, values)
    EntryText.objects.bulk_create([EntryText(entry=entry, key=key, text=text, known_from=OPENING) for key, text in texts.items()])


def another(found: Book, key: str, held: Mapping[str, Kept]) -> Kept:
    """What a field takes and does not hold; where it takes one thing alone, what it does not take."""
    drawn = (of_field(found.definition.by_key[key], found.options, Random(seed)) for seed in range(50))
    return next((value for value in drawn if value is not None and value != held.get(key)), 1)
