"""Which saved lists somebody is shown, and who may share, change and forget them. What a list shows is asked of its reader's own sight."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from kheo.core.registers.asking import SHARING
from kheo.core.registers.words import Reach
from kheo.core.unit_kinds import Line
from kheo.org.access import Person, Unreachable
from kheo.org.queries import Within, left_to, tops, way_to
from kheo.registers.models import SavedEntries
from kheo.registers.queries.definitions import Book


@dataclass(frozen=True)
class SavedList:
    """A list as it is kept; `may_change`: whether this person may rename, write over and forget it."""

    id: int
    name: str
    query: str
    reach: Reach
    unit: int | None
    by: str
    register: int
    may_change: bool


def saved_lists(person: Person, book: Book | None = None) -> list[SavedList]:
    """Those of a register (None: of all) that this person is shown, their own first: what a unit that ended shared is its heirs' to see.

    The same few queries whatever their number. Behind the wall there are none: names and searches would be words about what has none.
    """
    if book is not None and book.definition.walled:
        return []
    own = person.reading_units
    way = {each.id for unit in own for each in way_to(person.on, Line.UNION, unit)} | own
    left = left_to(way, Within(person.on))
    before = {unit for unit, heirs in left.items() if heirs & own}
    wanted = (
        Q(reach=Reach.MINE, owner=person.user_id)
        | Q(reach=Reach.UNIT, unit__in=own | before)
        | Q(reach=Reach.BELOW, unit__in=way | left.keys())
        | Q(reach=Reach.ALL)
    )
    rows = SavedEntries.objects.filter(wanted, **({"register": book.register} if book else {})).order_by("name", "pk")
    heirs = {unit: left[unit] & own for unit in before}
    found = [_saved(row, person, heirs.get(row.unit_id or 0, frozenset())) for row in rows]
    order = list(Reach)
    return sorted(found, key=lambda each: order.index(each.reach))


def _saved(row: SavedEntries, person: Person, heirs: Collection[int]) -> SavedList:
    reach = Reach(row.reach)
    keepers = {row.unit_id, *heirs} if row.unit_id else set[int]()
    may = row.owner_id == person.user_id if reach is Reach.MINE else bool(keepers & person.units_as(*SHARING[reach]))
    return SavedList(row.pk, row.name, row.query, reach, row.unit_id, row.saved_by, row.register_id, may)


def saved_list(person: Person, book: Book, number: int) -> SavedList:
    """One of them. Raises Unreachable for what is not there and for what is not shared with this person."""
    found = next((each for each in saved_lists(person, book) if each.id == number), None)
    if found is None:
        raise Unreachable
    return found


def sharing_units(person: Person) -> dict[Reach, list[int]]:
    """How far this person may share a list, and in the name of which of their units; with everybody at the top of the line alone."""
    found = {reach: sorted(person.units_as(*roles)) for reach, roles in SHARING.items()}
    if found[Reach.ALL]:
        found[Reach.ALL] = tops(found[Reach.ALL], person.on)
    return {reach: units for reach, units in found.items() if units}


def may_share(person: Person, reach: Reach, unit: int) -> bool:
    """Whether this person may share in the name of a unit."""
    return unit in sharing_units(person).get(reach, [])
