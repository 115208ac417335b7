"""Entries whose words are alike: found by their bands among however many, then compared word by word."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db import connection
from django.db.models import Q

from kheo.core.likeness import MADE_WITH, SHORTEST, bands, degree, runs
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Values
from kheo.core.registers.words import StateClass
from kheo.registers.models import Entry, LikePair
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of_many, values_of

# Of each band so many are looked at: a band that more have in common is of what every form says, and tells nothing.
MOST_OF_A_BAND = 50
MOST_COMPARED = 20
MOST_KEPT = 10

_FOUND = """
SELECT f.entry_id FROM unnest(%(bands)s::int[]) AS b (band)
CROSS JOIN LATERAL (
  SELECT l.entry_id FROM registers_likeness AS l JOIN registers_entry AS e ON e.id = l.entry_id
  WHERE l.bands && ARRAY[b.band] AND l.entry_id <> %(apart)s AND e.register_id = %(register)s AND e.meaning <> 'void'{narrowed}
  LIMIT %(most)s
) AS f
"""
_OF_UNIT = " AND e.owner_id = ANY(%(owners)s)"


@dataclass(frozen=True)
class Sketch:
    """What is compared of an entry: the runs of its words, and by what they are found."""

    runs: frozenset[str]
    bands: tuple[int, ...]
    is_short: bool


@dataclass(frozen=True)
class Alike:
    """An entry of like words: how much of what both say is common to them, in per cent."""

    entry: Entry
    degree: int


def compares_words(definition: RegisterDefinition) -> bool:
    """Whether words of this register's entries are compared at all; behind the wall there are none."""
    return bool(definition.duplicates.fields) and not definition.walled


def compared(definition: RegisterDefinition, values: Values) -> str:
    """The words of an entry that are compared, field after field."""
    return "\n".join(str(values[key]) for key in definition.duplicates.fields if key in values)


def sketch(book: Book, values: Values) -> Sketch:
    """Of an entry that says this."""
    found = runs(compared(book.definition, values))
    return Sketch(found, tuple(bands(found, book.register.pk)), len(found) < SHORTEST)


def made_with(definition: RegisterDefinition) -> str:
    """How bands of this register are made: of which fields, by which way of reckoning."""
    return f"{MADE_WITH}.{crc32(','.join(definition.duplicates.fields).encode()):08x}"


def alike(book: Book, found: Sketch, owners: Collection[int], *, apart_from: int = 0) -> list[Alike]:
    """The entries of the register that are alike as much as it says, the most alike first: three queries, whatever stands there.

    `owners`: the units of the entry; names alone are compared within them.
    """
    likely = _likely(book, found, owners, apart_from)
    if not likely:
        return []
    texts = texts_of_many(likely)
    met = [Alike(entry, _degree(book, entry, texts.get(entry.pk, {}), found)) for entry in Entry.objects.filter(pk__in=likely)]
    enough = [each for each in met if each.degree >= book.definition.duplicates.likeness]
    return sorted(enough, key=lambda each: (-each.degree, each.entry.pk))[:MOST_KEPT]


def _likely(book: Book, found: Sketch, owners: Collection[int], apart_from: int) -> list[int]:
    """Those that have the most bands in common with it."""
    if not found.bands:
        return []
    statement = _FOUND.format(narrowed=_OF_UNIT if found.is_short else "")
    values: dict[str, Any] = {
        "bands": list(found.bands),
        "apart": apart_from,
        "register": book.register.pk,
        "owners": sorted(owners),
        "most": MOST_OF_A_BAND,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        shared = Counter(entry for (entry,) in cursor.fetchall())
    return [entry for entry, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:MOST_COMPARED]]


_FOUND_FOR_MANY = """
SELECT b.place, f.entry_id
FROM unnest(%(places)s::int[], %(bands)s::int[], %(owners)s::bigint[], %(short)s::boolean[]) AS b (place, band, owner, is_short)
CROSS JOIN LATERAL (
  SELECT l.entry_id FROM registers_likeness AS l JOIN registers_entry AS e ON e.id = l.entry_id
  WHERE l.bands && ARRAY[b.band] AND e.register_id = %(register)s AND e.meaning <> 'void' AND (NOT b.is_short OR e.owner_id = b.owner)
  LIMIT %(most)s
) AS f
"""


def alike_of_many(book: Book, found: Sequence[tuple[Sketch, int]]) -> list[Alike | None]:
    """Of each of many sketches that are not kept, with its unit, the entry that is most like it: a fixed number of queries for all."""
    rows = [(place, band, owner, each.is_short) for place, (each, owner) in enumerate(found) for band in each.bands]
    if not rows:
        return [None] * len(found)
    places, sought, owners, short = (list(column) for column in zip(*rows, strict=True))
    values: dict[str, Any] = {
        "places": places,
        "bands": sought,
        "owners": owners,
        "short": short,
        "register": book.register.pk,
        "most": MOST_OF_A_BAND,
    }
    shared: dict[int, Counter[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FOUND_FOR_MANY, values)
        for place, entry in cursor.fetchall():
            shared.setdefault(place, Counter())[entry] += 1
    likely = {
        place: [entry for entry, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST_KEPT]]
        for place, counts in shared.items()
    }
    entries = Entry.objects.in_bulk({entry for several in likely.values() for entry in several})
    texts = texts_of_many(entries)
    held = {
        number: runs(compared(book.definition, values_of(book.definition, each, texts.get(number, {})))) for number, each in entries.items()
    }
    return [_most_alike(book, each, [entries[number] for number in likely.get(place, ())], held) for place, (each, _) in enumerate(found)]


def _most_alike(book: Book, found: Sketch, entries: Sequence[Entry], held: Mapping[int, frozenset[str]]) -> Alike | None:
    met = [Alike(entry, degree(found.runs, held[entry.pk])) for entry in entries]
    enough = [each for each in met if each.degree >= book.definition.duplicates.likeness]
    return max(enough, key=lambda each: (each.degree, -each.entry.pk), default=None)


def _degree(book: Book, entry: Entry, texts: Mapping[str, str], found: Sketch) -> int:
    return degree(found.runs, runs(compared(book.definition, values_of(book.definition, entry, texts))))


def pairs_of(entry: int) -> Sequence[LikePair]:
    """The pairs of an entry that stand and count, the most alike first, both read: one query."""
    rows = LikePair.objects.filter(Q(entry=entry) | Q(other=entry), ended_at=None).exclude(entry__meaning=StateClass.VOID)
    return list(rows.exclude(other__meaning=StateClass.VOID).select_related("entry", "other").order_by("-degree", "pk"))


def pair(number: int) -> LikePair | None:
    """A pair that stands."""
    return LikePair.objects.select_related("entry", "other").filter(pk=number, ended_at=None).first()


def without_bands(book: Book, most: int, after: int) -> list[Entry]:
    """Entries of the register, oldest first, whose bands were never made or made otherwise: a batch, beyond a number."""
    rows = Entry.objects.filter(register=book.register, pk__gt=after).exclude(likeness__made_with=made_with(book.definition))
    return list(rows.order_by("pk")[:most])


def texts_and_values(book: Book, entries: Iterable[Entry]) -> list[tuple[Entry, Values]]:
    """Entries with all that they say: one query."""
    entries = list(entries)
    texts = texts_of_many(each.pk for each in entries)
    return [(each, values_of(book.definition, each, texts.get(each.pk, {}))) for each in entries]
