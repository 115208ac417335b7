"""The entries of a few units, read once for all figures that are counted of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from kheo.core.definition.records import CountingRule
from kheo.registers.models import HELD

ENTRIES = "registers_entry"
FEW_UNITS = 100
_OF_REGISTERS = f"SELECT id, register_id, {', '.join(HELD)}, meaning FROM {ENTRIES} WHERE register_id = ANY(%s::bigint[])"  # noqa: S608  # columns of ours


class Figure(Protocol):
    """What is asked of a figure that is counted."""

    register_id: int
    rule: CountingRule
    known_at: datetime | None


@dataclass(frozen=True)
class Source:
    """Where a statement finds entries as they are now: under this name, after what stands before the statement, with its values."""

    name: str
    before: str
    values: Sequence[Any]


def held_of(figures: Sequence[Figure], units: Collection[int]) -> Source:
    """Of a few units their entries put together beforehand; of many, or as known at an instant, the table itself.

    The planner weighs every partial index of the registers for each figure: of one unit that costs ten times what is read.
    """
    if not 0 < len(units) <= FEW_UNITS or any(each.known_at is not None for each in figures):
        return Source(ENTRIES, "", ())
    registers, listed = sorted({each.register_id for each in figures}), sorted(units)
    # Side by side rather than by one condition, so that each has its index; what an earlier side has is left out of the later ones.
    parts, values = list[str](), list[Any]()
    sides = ("owner_id", *sorted({side_of(each.rule) for each in figures} - {"owner_id"}))
    for place, side in enumerate(sides):
        others = "".join(f" AND ({other} IS NULL OR {other} <> ALL(%s::bigint[]))" for other in sides[:place])
        parts.append(f"{_OF_REGISTERS} AND {side} = ANY(%s::bigint[]){others}")
        values += [registers, listed, *[listed] * place]
    return Source("held", f"WITH held AS MATERIALIZED ({' UNION ALL '.join(parts)})", values)


def side_of(rule: CountingRule) -> str:
    """The column that names the unit for which a rule counts an entry."""
    return f"{rule.counts_for}_id"
