"""Lists of a board that were saved under a name."""

from dataclasses import dataclass

from django.db.models import Q

from kheo.reports.models import SavedList

MOST = 30  # so many belong to one owner


@dataclass(frozen=True)
class SavedAs:
    """A list as it is kept; `is_shared`: it belongs to the unit."""

    id: int
    name: str
    query: str
    is_shared: bool
    is_mine: bool


def lists_of(unit: int, person: int, *, reviews: bool) -> list[SavedAs]:
    """A person's own about this unit's board, and for those who review there the unit's: one query."""
    wanted = Q(owner=person) | Q(owner__isnull=True) if reviews else Q(owner=person)
    rows = SavedList.objects.filter(wanted, unit=unit).order_by("name", "pk")
    return [_saved(row, person) for row in rows]


def saved_list(unit: int, number: int, person: int) -> SavedAs | None:
    """One list about this unit's board, whoever it belongs to: its address may be passed on."""
    row = SavedList.objects.filter(unit=unit, pk=number).first()
    return _saved(row, person) if row else None


def _saved(row: SavedList, person: int) -> SavedAs:
    return SavedAs(row.pk, row.name, row.query, row.owner_id is None, row.owner_id == person)
