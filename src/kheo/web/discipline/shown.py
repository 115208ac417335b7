"""A table as a page shows it: what a file holds, and where its rows lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.short_words import short_name
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units, unit_facts

MOST_CYCLES = 4


@dataclass(frozen=True)
class Shown:
    """`units`: by row, the unit whose page it opens; None for a row that opens nothing. No units at all: no row does.

    `worded`: the columns of words beside the first one; all others are of numbers.
    """

    table: PlainTable
    units: tuple[int | None, ...] = ()
    note: str = ""
    worded: frozenset[int] = frozenset()

    def units_of_rows(self) -> tuple[int | None, ...]:
        """One for each row."""
        return self.units or (None,) * len(self.table.rows)


def names_below(cycle: Cycle, unit: SnapshotUnit, ids: Sequence[int]) -> Mapping[int, str]:
    """How units below are called; one that has left the tree since keeps the name it had last. The unit itself: its direct report."""
    here = snapshot_units(cycle.snapshot_id, ids)
    gone = unit_facts([each for each in ids if each not in here], cycle.opened_on)
    names = {each: short_name(row.name) for each, row in here.items()} | {each: short_name(facts.name) for each, facts in gone.items()}
    return {**names, unit.unit_id: "Báo cáo của chính đơn vị"}


def tier_names(cycle: Cycle) -> dict[str, str]:
    """By id."""
    return {tier.id: tier.name for tier in definition_of(cycle.edition_id).regime.tiers}
