"""Who reads which entry of a list behind a number: of a unit's own entries as of the unit, of those of units below one by one.

A unit of a cycle's tree may stand elsewhere today, or be over: who reads the number of the unit above reads its entries no more.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kheo.core.registers.moves import Stance
from kheo.org.access import Person
from kheo.registers.access import reads, reads_single, sees_personal, stance_to_unit, stances_to
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import register_definition
from kheo.reports.models import Obligation
from kheo.reports.queries.counted_lists import CountedList


@dataclass(frozen=True)
class Eyes:
    """`reads_list`: whether the list is read at all. `alone`: by entry how one reads it, where that is not as the unit of the report.

    `on_ground`: they count for the unit on whose ground they are, and are read there whosesoever they are.
    """

    reads_list: bool
    unit: Stance
    alone: Mapping[int, Stance] | None
    on_ground: bool = False

    def reads(self, entry: Entry) -> bool:
        """Whether this entry of the list opens."""
        return self.reads_list and (self.alone is None or self.on_ground or reads(self.alone[entry.pk]))

    def sees_personal(self, entry: Entry) -> bool:
        """Whether what is personal in it is shown."""
        stance = self.unit if self.alone is None else self.alone[entry.pk]
        return sees_personal(stance, register_definition(entry.edition_id), entry.state)


def eyes_on(person: Person, obligation: Obligation, found: CountedList) -> Eyes:
    """With what rights a person looks at a list: as many queries for a long one as for a short one."""
    unit = stance_to_unit(person, obligation.unit_id)
    told = [*(row.entry for row in found.rows if row.entry), *(each.entry for each in found.changed)]
    on_ground = found.feed.rule.counts_for == "ward" and not found.counts_units
    alone = _alone(person, told) if found.counts_units or on_ground else None
    return Eyes(reads_single(unit, walled=found.is_walled), unit, alone, on_ground)


def _alone(person: Person, entries: Collection[Entry]) -> dict[int, Stance]:
    stances = stances_to(person, {(entry.owner_id, entry.handler_id) for entry in entries})
    return {entry.pk: stances[entry.owner_id, entry.handler_id] for entry in entries}
