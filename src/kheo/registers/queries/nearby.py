"""Entries near a place: is this point written down already, or was it one before?"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from kheo.core.places import Spot, box_around, metres_between
from kheo.core.registers.words import StateClass
from kheo.org.queries import is_among
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book

MOST = 10
# A box of a few hundred metres in the densest street; beyond it the nearest of what was read are shown.
MOST_READ = 500


@dataclass(frozen=True)
class Near:
    """An entry close by; of a permanent place the newest of its episodes."""

    entry: Entry
    metres: int


def near(
    book: Book, spot: Spot, *, units: Collection[int] | None, given: Collection[int] = (), apart_from: int | None = None
) -> list[Near]:
    """Entries that count within the register's distance of a place, the nearest first, each place once: one query by a box on an index.

    Of these units (None: all), or given to those: what is not read is not counted either, for whoever moves a point about would find it.
    Behind the wall nothing is compared.
    """
    metres = book.definition.duplicates.within_m
    if metres is None or book.definition.walled:
        return []
    seen = Q() if units is None else is_among("owner", units) | is_among("handler", given)
    box = box_around(spot, metres)
    rows = (
        Entry.objects.filter(seen, register=book.register, latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
        .exclude(meaning=StateClass.VOID)
        .exclude(pk=apart_from or 0)
        .order_by("-pk")[:MOST_READ]
    )
    found: dict[object, Near] = {}
    for entry in rows:
        if entry.latitude is not None and entry.longitude is not None:
            away = metres_between(spot, Spot(entry.latitude, entry.longitude))
            if away <= metres:
                found.setdefault(entry.place_id or ("entry", entry.pk), Near(entry, away))
    return sorted(found.values(), key=lambda each: (each.metres, -each.entry.pk))[:MOST]
