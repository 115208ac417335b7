"""The words beside an entry."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from kheo.registers.models import Deed, Entry, EntryMessage


def messages_of(entry: Entry) -> dict[int, EntryMessage]:
    """By the deed that tells who wrote them and when: one query."""
    return {each.deed_id: each for each in EntryMessage.objects.filter(entry=entry)}


def chosen_of(entry: Entry) -> int | None:
    """The ward or unit that its sender chose, where it came through the public form."""
    found = getattr(entry, "from_public", None)
    return found.chosen_id if found is not None else None


def waiting_words(entries: Collection[int]) -> frozenset[int]:
    """Of these entries, those of which the last that happened is that their sender wrote something: one query."""
    later = Deed.objects.filter(entry=OuterRef("entry"), pk__gt=OuterRef("deed"))
    rows = EntryMessage.objects.filter(~Exists(later), entry__in=list(entries), kind="asker")
    return frozenset(rows.values_list("entry_id", flat=True))
