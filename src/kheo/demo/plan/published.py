"""The published totals of 2022, spread over the units so that they add up to exactly that."""

from collections.abc import Mapping
from random import Random

from kheo.core.figures import NA, Figure
from kheo.demo.plan.chance import log_normal, scatter, stream
from kheo.demo.plan.sources import source
from kheo.demo.plan.tree import PlannedUnit

# What a unit says that has nothing to count: mostly "none", now and then "no figures yet" or "not applicable".
_NOTHING: tuple[Figure, ...] = (0, None, NA)
_NOTHING_WEIGHTS = (0.94, 0.03, 0.03)
# What an office itself does, compared with what a union of its size does.
_INNER = 2.0

Spread = Mapping[str, Mapping[str, int]]


def published_totals() -> dict[str, int]:
    """The city's figures of 2022 by cell."""
    return dict(source("published-2022")["totals"])


def spread_published(units: tuple[PlannedUnit, ...], seed: int) -> Spread:
    """By unit code, then cell: whole numbers whose sum over the units is the published total of each cell."""
    shares: dict[str, dict[str, int]] = {unit.code: {} for unit in units}
    for cell, total in published_totals().items():
        chance = stream(seed, "published", cell)
        spread = source("published-2022")["spread"][cell.partition(".")[0]]
        weights = [_weight(unit, spread, chance) for unit in units]
        for unit, count in zip(units, scatter(total, weights, chance), strict=True):
            shares[unit.code][cell] = count
    return shares


def _weight(unit: PlannedUnit, spread: float, chance: Random) -> float:
    size = float((unit.members / 100) ** 0.5) * (_INNER if unit.is_inner else 1.0)
    return log_normal(chance, size, spread)


def as_reported(shares: Mapping[str, int], chance: Random) -> dict[str, Figure]:
    """A unit's shares as it writes them down."""
    return {cell: count or chance.choices(_NOTHING, _NOTHING_WEIGHTS)[0] for cell, count in shares.items()}
