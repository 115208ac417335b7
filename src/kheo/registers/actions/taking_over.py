"""Taking over what a unit that has ended left: the entry names one of the units that keep it from then on (decision 027)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Q

from kheo.core.days import local_day
from kheo.core.registers.words import Scope, StateClass
from kheo.core.workflow import Role
from kheo.org.access import Person
from kheo.org.queries import Within, keepers, reach
from kheo.registers.access import ReachedEntry, each_to_read, reached_entry
from kheo.registers.actions.keeping import Doing, keep_version, lock_entry, tell
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.actions.recording import STALE
from kheo.registers.models import Entry
from kheo.registers.queries.holding import subject_key

TAKE_OVER = "take_over"  # what the deeds call it
MOST = 500
Side = Literal["owner", "handler"]
_DECIDING = frozenset((scope, role) for scope in (Scope.ABOVE, Scope.OFFICE) for role in (Role.REVIEWER, Role.OFFICE))


def takers(entry: Entry, person: Person, side: Side = "owner") -> frozenset[int]:
    """The units of which one can take an entry over, because the one that it names is not there any more."""
    named = entry.owner_id if side == "owner" else entry.handler_id
    kept = keepers([named], Within(person.on))[named] if named is not None else frozenset[int]()
    return kept - {named} if named is not None else kept


def offered(reached: ReachedEntry, by: Person) -> dict[Side, frozenset[int]]:
    """By side, the units in whose name this person may take the entry over now; sides without any are absent."""
    sides: tuple[Side, ...] = ("owner", "handler")
    found = {side: frozenset(unit for unit in takers(reached.entry, by, side) if _may(reached, unit, by)) for side in sides}
    return {side: units for side, units in found.items() if units and reached.entry.meaning != StateClass.VOID}


@dataclass(frozen=True)
class LeftEntry:
    """An entry that names a unit which has ended, on one of its sides, and the units in whose name this person may take it over."""

    reached: ReachedEntry
    side: Side
    unit: int
    takers: frozenset[int]


def left_behind(by: Person, *, most: int) -> tuple[list[LeftEntry], bool]:
    """What units that ended left to this person, oldest first, and whether there is more than so many: as many queries as for one."""
    left = reach(by.reading_units, by.on).left
    named = Q(owner__in=list(left)) | Q(handler__in=list(left))
    numbers = list(Entry.objects.filter(named).exclude(meaning=StateClass.VOID).order_by("pk").values_list("pk", flat=True)[: most + 1])
    found = [each for reached in each_to_read(by, numbers[:most]).values() for each in _sides_left(reached, left, by)]
    return found, len(numbers) > most


def _sides_left(reached: ReachedEntry, left: Mapping[int, frozenset[int]], by: Person) -> list[LeftEntry]:
    named: dict[Side, int | None] = {"owner": reached.entry.owner_id, "handler": reached.entry.handler_id}
    found = []
    for side, unit in named.items():
        units = frozenset(each for each in left.get(unit or 0, frozenset()) - {unit} if _may(reached, each, by))
        if unit is not None and units:
            found.append(LeftEntry(reached, side, unit, units))
    return found


@transaction.atomic
def take_over(entry_id: int, to: int, *, version: int, by: Person, at: datetime, side: Side = "owner") -> Made | Refused:
    """The entry as `to` has it, or why not. Raises Unreachable for who may not read it.

    Done by the people of `to` who may write, or by those above who decide, who name one of several heirs. What was counted before stays.
    """
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    if entry.version != version:
        return Refused(STALE)
    if entry.meaning == StateClass.VOID:
        return Refused("Hồ sơ đã hủy, không tiếp nhận nữa.")
    possible = takers(entry, by, side)
    if to not in possible:
        return Refused("Chỉ đơn vị kế thừa, hoặc cấp trên khi không ai kế thừa, mới tiếp nhận được hồ sơ của đơn vị đã kết thúc.")
    if not _may(reached, to, by):
        return Refused("Anh/chị không có quyền tiếp nhận hồ sơ này.")
    doing = Doing(TAKE_OVER, by, local_day(at), max(at, entry.known_from))
    before = entry.owner_id if side == "owner" else entry.handler_id
    keep_version(entry, doing.at)
    if side == "owner":
        entry.owner_id = to
        entry.subject_key = subject_key(entry.subject_kind, entry.subject_name, to)
    else:
        entry.handler_id = to
    entry.save()
    tell(entry, entry.state, {side: [before, to]}, doing)
    return Made(entry)


def take_over_many(
    entries: Collection[tuple[int, int]], to: int, *, by: Person, at: datetime, side: Side = "owner"
) -> list[Made | Refused]:
    """Each by itself, `entries` being numbers and versions seen: one that is refused keeps none of the others from being taken over."""
    if len(entries) > MOST:
        return [Refused(f"Mỗi lần tiếp nhận tối đa {MOST} hồ sơ.")]
    return [take_over(entry, to, version=version, by=by, at=at, side=side) for entry, version in entries]


def _may(reached: ReachedEntry, to: int, by: Person) -> bool:
    writing = {role for doer in reached.book.definition.edit for role in doer.roles}
    return bool(by.roles_at(to) & writing) or bool(reached.stance.sides & _DECIDING)
