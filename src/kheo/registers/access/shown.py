"""What everybody may read of a register without an account: what its public copy holds, where the register has a public page.

The same condition as the copy's (states that are public, consent where it is asked) opens the list, the map, an entry and its photographs:
what has left it is nowhere any more.
"""

from collections.abc import Mapping, Sequence

from kheo.core.registers.copies import Copy, leaves
from kheo.core.registers.fields import WRITTEN, FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import PUBLIC
from kheo.core.registers.public import PublicPage
from kheo.core.registers.values import Kept
from kheo.org.access import Unreachable
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.copying import in_copy
from kheo.registers.queries.definitions import Book, asked_of_the_public, book, books
from kheo.registers.queries.holding import texts_of, values_in
from kheo.registers.queries.listing import EntryList
from kheo.registers.queries.showing import title_in
from kheo.registers.queries.wanted import Wanted


def shown_books() -> list[Book]:
    """The registers that have a public page."""
    return [each for each in books() if _page_of(each.definition) is not None]


def shown_book(code: str) -> Book:
    """One of them. Raises Unreachable."""
    found = book(code)
    if found is None or _page_of(found.definition) is None:
        raise Unreachable
    return found


def page_of_book(found: Book) -> PublicPage:
    """What its public page is called and shows. Raises Unreachable where it has none."""
    page = _page_of(found.definition)
    if page is None:
        raise Unreachable
    return page


def shown_list(found: Book, states: Sequence[str] = ()) -> EntryList:
    """The entries that everybody may read, of some states or of all that are public."""
    return in_copy(EntryList(found, Wanted(states=tuple(states))), Copy.PUBLIC)


def shown_entry(found: Book, code: str) -> Entry:
    """One of them by its code. Raises Unreachable for every other, as for one that is not there."""
    sql, values = shown_list(found).condition()
    statement = f"SELECT e.* FROM registers_entry AS e WHERE {sql} AND e.code = %s"  # noqa: S608  # of checked definitions
    entries = list(Entry.objects.raw(statement, [*values, code]))
    if not entries:
        raise Unreachable
    return entries[0]


def fields_shown(found: Book, entry: Entry) -> list[FieldDef]:
    """The fields of an entry that everybody may read: of what somebody sent without an account no word, these are for who works on it."""
    sent = asked_of_the_public(found.register) if entry.source == PUBLIC else frozenset()
    public = (each for each in found.definition.asked if leaves(each, Copy.PUBLIC))
    return [each for each in public if each.key not in sent or each.type not in WRITTEN]


def values_shown(found: Book, entry: Entry, *, with_texts: bool = False) -> dict[str, Kept]:
    """What they hold; long texts where they are asked for."""
    return values_in(fields_shown(found, entry), entry, texts_of(entry) if with_texts else None)


def title_shown_to_all(found: Book, entry: Entry) -> str:
    """Its name, or its code where the name is of what is not shown."""
    if entry.source == PUBLIC:
        return f"{found.definition.one} {entry.code}"
    return title_in(found.definition, entry, Copy.PUBLIC, sees_personal=False)


def photos_shown(found: Book, entries: Sequence[Entry]) -> Mapping[int, list[EntryAttachment]]:
    """By entry the photographs that everybody may look at, oldest first: of the roles that the page shows, where it was said that
    whoever is in them agreed, and never what came from somebody without an account. One query, none where nobody agreed."""
    page = page_of_book(found)
    agreed = [each.pk for each in entries if page.photos_if and each.source != PUBLIC and each.extra.get(page.photos_if) is True]
    shown: dict[int, list[EntryAttachment]] = {}
    if page.photos and agreed:
        rows = EntryAttachment.objects.filter(entry__in=agreed, removed_at=None, kind="photo", role__in=page.photos)
        rows = rows.filter(thumbnail__isnull=False, file__blob__forgetting=None, thumbnail__blob__forgetting=None)
        for each in rows.order_by("pk"):
            shown.setdefault(each.entry_id, []).append(each)
    return shown


def photo_shown(found: Book, code: str, attachment: int) -> EntryAttachment:
    """One of them. Raises Unreachable."""
    entry = shown_entry(found, code)
    for each in photos_shown(found, [entry]).get(entry.pk, ()):
        if each.pk == attachment:
            return each
    raise Unreachable


def is_mapped_for_all(definition: RegisterDefinition) -> bool:
    """Whether everybody may see where its entries lie."""
    place = definition.field_of("place")
    return "map" in definition.faces and place is not None and leaves(place, Copy.PUBLIC)


def _page_of(definition: RegisterDefinition) -> PublicPage | None:
    return None if definition.hides_small else definition.public_page


__all__ = [
    "fields_shown",
    "is_mapped_for_all",
    "page_of_book",
    "photo_shown",
    "photos_shown",
    "shown_book",
    "shown_books",
    "shown_entry",
    "shown_list",
    "title_shown_to_all",
    "values_shown",
]
