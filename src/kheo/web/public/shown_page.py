"""The public pages of a register, put together: cards of a list, and one entry to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.urls import reverse

from kheo.core.registers.columns import Column
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.values import Kept
from kheo.org.queries import names_around
from kheo.registers.access import (
    fields_shown,
    is_mapped_for_all,
    page_of_book,
    photos_shown,
    shown_list,
    title_shown_to_all,
    values_shown,
)
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.listing import MOST_COUNTED
from kheo.web.home.rows import Tag
from kheo.web.registers.reading import Large, keys_told, large_figure
from kheo.web.registers.shown import count_words, state_tag

ON_A_PAGE = 24
FACTS = 3  # on a card, beside the name, the unit and the state
FEW = 5  # fewer people than that are not told: who they are would be
A_FEW = f"dưới {FEW}"


@dataclass(frozen=True)
class Photo:
    """A photograph: where it is, small and whole, and what it shows."""

    small: str
    url: str
    words: str


@dataclass(frozen=True)
class Card:
    """An entry in the public list."""

    url: str
    title: str
    unit: str
    tag: Tag
    facts: tuple[tuple[str, str], ...]
    photo: Photo | None


@dataclass(frozen=True)
class StateChip:
    """A state with how many stand in it."""

    words: str
    count: str
    url: str
    is_current: bool
    tone: str


def list_context(book: Book, state: str, page: str, on: date) -> dict[str, object]:
    """What the list shows: every public state with its number, and a page of cards, the newest first."""
    whole = shown_list(book)
    numbers = {code: number for code, number in whole.numbers_by_state().items() if code in whole.wanted.states}
    found = shown_list(book, [state]) if state in whole.wanted.states else whole
    total = sum(MOST_COUNTED if number is None else number for code, number in numbers.items() if code in found.wanted.states)
    shown = Paginator(range(min(total, MOST_COUNTED)), ON_A_PAGE).get_page(page)
    entries = found.page(shown.number, ON_A_PAGE, expected=total)
    return {
        "book": book,
        "shown": page_of_book(book),
        "chips": _chips(book, numbers, state),
        "cards": _cards(book, entries, on),
        "page": shown,
        "query": f"trang_thai={state}&" if found is not whole else "",
        "map_url": reverse("shown_map", args=[book.register.code]) if is_mapped_for_all(book.definition) else "",
    }


def _chips(book: Book, numbers: Mapping[str, int | None], chosen: str) -> list[StateChip]:
    chips = [StateChip("Tất cả", "", "?", chosen not in numbers, "")]
    for code, number in numbers.items():
        if number != 0 or code == chosen:
            tag = state_tag(book, code)
            chips.append(StateChip(tag.words, count_words(number), f"?trang_thai={code}", code == chosen, tag.state))
    return chips


def _cards(book: Book, entries: Sequence[Entry], on: date) -> list[Card]:
    names, photos = names_around({each.owner_id for each in entries}, on), photos_shown(book, entries)
    cards = []
    for each in entries:
        mine = photos.get(each.pk, ())
        facts = _facts(book, each, values_shown(book, each), _on_cards(book))
        cards.append(
            Card(
                reverse("shown_entry", args=[book.register.code, each.code]),
                title_shown_to_all(book, each),
                names.get(each.owner_id, ""),
                state_tag(book, each.state),
                tuple(facts[:FACTS]),
                _photo(book, each, mine[-1]) if mine else None,
            )
        )
    return cards


def _on_cards(book: Book) -> tuple[str, ...]:
    told = book.definition.reading
    return told.badges if told else tuple(each.key for each in book.definition.asked if each.in_list)


def _facts(book: Book, entry: Entry, values: Mapping[str, Kept], keys: Sequence[str]) -> list[tuple[str, str]]:
    fields = {each.key: each for each in fields_shown(book, entry)}
    told = [(fields[key], values[key]) for key in keys if key in fields and key in values and fields[key].column not in ("title", "place")]
    return [(field.label, words) for field, value in told if (words := said_to_all(book, field, value))]


def said_to_all(book: Book, field: FieldDef, value: Kept) -> str:
    """A field in words; of how many people only that they are a few, where they are."""
    if field.column == "people_count" and isinstance(value, int) and 0 < value < FEW:
        return f"{A_FEW} {field.unit}".strip()
    words = Column(field, book.options).cell({field.key: value})
    return f"{words} {field.measured_in}".strip() if words and field.measured_in else words


def entry_context(book: Book, entry: Entry, on: date) -> dict[str, object]:
    """What the page of an entry shows: photographs before and after, large figures, texts, the rest of what is public."""
    values, told = values_shown(book, entry, with_texts=True), book.definition.reading
    photos = photos_shown(book, [entry]).get(entry.pk, ())
    sides = {role: [each for each in photos if each.role == role] for role in (told.before, told.after) if role} if told else {}
    texts = [key for key in (told.texts if told else ()) if key in values]
    apart = {*keys_told(told), *_long(book)} if told else set(_long(book))
    return {
        "book": book,
        "entry": entry,
        "title": title_shown_to_all(book, entry),
        "unit": names_around([entry.owner_id], on).get(entry.owner_id, ""),
        "tag": state_tag(book, entry.state),
        "badges": _facts(book, entry, values, told.badges) if told else [],
        "before": _side(book, entry, sides.get(told.before or "", ())[:1]) if told else None,
        "after": _side(book, entry, sides.get(told.after or "", ())[-1:]) if told else None,
        "figures": _figures(book, values),
        "texts": [(book.definition.by_key[key].label, str(values[key])) for key in [*texts, *_other_texts(book, values, texts)]],
        "facts": _facts(book, entry, values, [each.key for each in book.definition.asked if each.key not in apart]),
    }


def _side(book: Book, entry: Entry, photos: Sequence[EntryAttachment]) -> Photo | None:
    return _photo(book, entry, photos[0]) if photos else None


def _long(book: Book) -> list[str]:
    return [each.key for each in book.definition.asked if each.type == "long_text"]


def _other_texts(book: Book, values: Mapping[str, Kept], told: Sequence[str]) -> list[str]:
    return [key for key in _long(book) if key in values and key not in told]


def _figures(book: Book, values: Mapping[str, Kept]) -> list[Large]:
    told, found = book.definition.reading, []
    for each in told.figures if told else ():
        if each.value in values:
            field = book.definition.by_key[each.value]
            large = large_figure(book, each, values)
            few = said_to_all(book, field, values[each.value]).startswith(A_FEW)
            found.append(Large(large.label, A_FEW, large.unit, "") if few else large)
    return found


def _photo(book: Book, entry: Entry, attachment: EntryAttachment) -> Photo:
    where = [book.register.code, entry.code, attachment.pk]
    return Photo(reverse("shown_thumbnail", args=where), reverse("shown_photo", args=where), book.definition.by_role[attachment.role].name)
