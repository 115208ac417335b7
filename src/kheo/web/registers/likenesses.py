"""Entries of like words, as a form that is being filled in and the page of an entry tell of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from kheo.core.days import format_day, local_day
from kheo.core.numbers import format_int
from kheo.core.places import Spot
from kheo.core.registers.values import Values
from kheo.core.unit_kinds import Line
from kheo.org.access import Person
from kheo.org.queries import names_around, way_to
from kheo.registers.access import ReachedEntry, Sight, sight
from kheo.registers.models import Entry, LikePair
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.likenesses import Alike, alike, compares_words, pairs_of, sketch
from kheo.registers.queries.nearby import Near, near
from kheo.registers.queries.showing import title_shown

MOST_SHOWN = 5


@dataclass(frozen=True)
class Like:
    """An entry that may be the same: as a link, with what makes it look so. `compare`: where both stand side by side."""

    title: str
    url: str
    about: str
    compare: str = ""
    settled: str = ""


@dataclass(frozen=True)
class Likes:
    """Those that this person reads; whether there are more of like words in other units (`is_hidden`), and who reads both (`ask`)."""

    rows: tuple[Like, ...] = ()
    settled: tuple[Like, ...] = ()
    is_hidden: bool = False
    ask: str = ""

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell that nobody has settled."""
        return bool(self.rows or self.is_hidden)


def likes_while_writing(person: Person, book: Book, values: Values, units: Collection[int], apart_from: int = 0) -> Likes:
    """What may stand in the register already, by its words and by its place: of an entry of one of these units that is not kept yet.

    By its words in any unit (decision 037); by its place only what this person reads.
    """
    looking = sight(person, walled=book.definition.walled)
    found = alike(book, sketch(book, values), units, apart_from=apart_from) if compares_words(book.definition) else []
    place = values.get(field.key) if (field := book.definition.field_of("place")) else None
    close = near(book, Spot(*place), units=looking.units, given=looking.given, apart_from=apart_from) if isinstance(place, tuple) else []
    if not found and not close:
        return Likes()
    entries = {each.entry.pk: each.entry for each in found} | {each.entry.pk: each.entry for each in close}
    read = {pk for pk, entry in entries.items() if looking.reads(entry)}
    names = names_around({entries[pk].owner_id for pk in read}, person.on)
    rows = tuple(_found(book, entries[pk], found, close, names, looking) for pk in entries if pk in read)[:MOST_SHOWN]
    hidden = [entries[pk] for pk in entries if pk not in read]
    return _with_hidden(Likes(rows), person, hidden, min(units, default=0))


def _found(book: Book, entry: Entry, found: Sequence[Alike], close: Sequence[Near], names: Mapping[int, str], looking: Sight) -> Like:
    why = [f"giống {each.degree}%" for each in found if each.entry.pk == entry.pk]
    why += [f"cách {format_int(each.metres)} m" for each in close if each.entry.pk == entry.pk]
    title = title_shown(book.definition, entry, looking.sees_personal(entry))
    about = " · ".join((entry.code, names.get(entry.owner_id, ""), book.definition.by_state[entry.state].name, *why))
    return Like(title, reverse("entry", args=[entry.pk]), about)


def _with_hidden(likes: Likes, person: Person, hidden: Sequence[Entry], unit: int) -> Likes:
    """Of what this person does not read only that there is something, and which unit reads both: not how much, nothing of what it says."""
    if not hidden:
        return likes
    theirs = {each.id: each.name for each in way_to(person.on, Line.UNION, hidden[0].owner_id)}
    both = [each.id for each in way_to(person.on, Line.UNION, unit) if each.id in theirs]
    return replace(likes, is_hidden=True, ask=theirs[both[-1]] if both else "")


def likes_of(reached: ReachedEntry) -> Sequence[LikePair]:
    """The pairs that the entry is one of."""
    return pairs_of(reached.entry.pk) if compares_words(reached.book.definition) else ()


def other_of(pair: LikePair, entry: int) -> Entry:
    """The other one of the two."""
    return pair.other if pair.entry_id == entry else pair.entry


def like_units(reached: ReachedEntry, pairs: Sequence[LikePair], looking: Sight) -> set[int]:
    """The units that are named."""
    others = [other_of(each, reached.entry.pk) for each in pairs]
    return {each.owner_id for each in others if looking.reads(each)}


def likes_shown(reached: ReachedEntry, pairs: Sequence[LikePair], names: Mapping[int, str], looking: Sight, person: Person) -> Likes:
    """Those in words: what nobody has settled yet first, the most alike before the less."""
    read = [each for each in pairs if looking.reads(other_of(each, reached.entry.pk))]
    rows = [(each, _pair(reached, each, names, looking)) for each in read]
    open_rows = tuple(like for pair, like in rows if pair.settled_at is None)
    hidden = [other_of(each, reached.entry.pk) for each in pairs if each not in read and each.settled_at is None]
    shown = Likes(open_rows, tuple(like for pair, like in rows if pair.settled_at is not None))
    return _with_hidden(shown, person, hidden, reached.entry.owner_id)


def _pair(reached: ReachedEntry, pair: LikePair, names: Mapping[int, str], looking: Sight) -> Like:
    other = other_of(pair, reached.entry.pk)
    title = title_shown(reached.book.definition, other, looking.sees_personal(other))
    about = f"{other.code} · {names.get(other.owner_id, '')} · giống {pair.degree}%"
    return Like(title, reverse("entry", args=[other.pk]), about, reverse("like_pair", args=[pair.pk]), settled_words(pair))


def settled_words(pair: LikePair) -> str:
    """Who said that they are not the same, when and why; nothing where nobody has."""
    return f"Không trùng: {pair.reason} ({pair.settled_who}, {format_day(local_day(pair.settled_at))})" if pair.settled_at else ""
